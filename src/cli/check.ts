import { bothConfigurations, configuration, configurationToConnect } from './configuration.ts';
import type { Run } from './usage.ts';

export const check: Run = async (values) => {
  const online = values.online === true;
  const read = online ? configurationToConnect : configuration;
  const [config, web] = await bothConfigurations(values, read);
  const names = config.accounts.map(({ name }) => name).join(', ');
  process.stdout.write(`The configuration is valid. Accounts: ${names}\n`);
  if (web !== undefined) process.stdout.write('The web configuration is valid.\n');
  if (!online) return 0;
  const { checkOnline } = await import('./check-online.ts');
  return checkOnline(config);
};
