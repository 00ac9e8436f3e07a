import { checkOnline } from './check-online.ts';
import { bothConfigurations, configuration, configurationToConnect } from './configuration.ts';
import type { Command } from './usage.ts';

export const check: Command = {
  name: 'check',
  takes: [],
  flags: ['config.file', 'web.config.file', 'online', 'log.level', 'log.format'],
  help: 'validate the configuration; --online also tries the credentials',
  run: async (values) => {
    const online = values.online === true;
    const read = online ? configurationToConnect : configuration;
    const [config, web] = await bothConfigurations(values, read);
    const names = config.accounts.map(({ name }) => name).join(', ');
    process.stdout.write(`The configuration is valid. Accounts: ${names}\n`);
    if (web !== undefined) process.stdout.write('The web configuration is valid.\n');
    return online ? checkOnline(config) : 0;
  },
};
