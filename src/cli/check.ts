import { checkOnline } from './check-online.ts';
import { configuration, configurationToConnect } from './configuration.ts';
import type { Command } from './usage.ts';

export const check: Command = {
  name: 'check',
  takes: [],
  flags: ['config.file', 'online', 'log.level', 'log.format'],
  help: 'validate the configuration; --online also tries the credentials',
  run: async (values) => {
    const online = values.online === true;
    const config = await (online ? configurationToConnect : configuration)(values);
    const names = config.accounts.map(({ name }) => name).join(', ');
    process.stdout.write(`The configuration is valid. Accounts: ${names}\n`);
    return online ? checkOnline(config) : 0;
  },
};
