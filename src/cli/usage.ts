import { parseArgs } from 'node:util';

/** Said on standard error; the process ends with this code. 2: bad usage or bad configuration. */
export class CommandError extends Error {
  override readonly name = 'CommandError';
  readonly exitCode: 1 | 2;
  constructor(message: string, exitCode: 1 | 2) {
    super(message);
    this.exitCode = exitCode;
  }
}

type Flag = {
  readonly value?: string;
  readonly help: string;
  /** Can be given several times; the values are joined with commas. */
  readonly several?: true;
};

/** Flags in the style of Prometheus. None of them takes a secret: the process list shows them. */
export const flags = {
  'config.file': { value: 'FILE', help: 'configuration; default config.yaml, else environment' },
  'config.auto-reload-interval': {
    value: 'DURATION',
    help: 'reload config.file when its content changes; how often to check, default never',
  },
  'web.listen-address': {
    value: 'HOST:PORT',
    help: 'address to listen on, instead of web.listen_address',
  },
  'web.external-url': {
    value: 'URL',
    help: 'public URL of the pages, instead of web.external_url',
  },
  'web.config.file': { value: 'FILE', help: 'TLS, client certificates, passwords and headers' },
  'web.enable-lifecycle': { help: 'POST /-/reload reloads the configuration' },
  shard: { value: 'N', help: 'shard of this process, from 0, or a name that ends in -N' },
  'total-shards': { value: 'N', help: 'number of processes that share the clusters; default 1' },
  'log.level': { value: 'LEVEL', help: 'trace, debug, info, warn or error' },
  'log.format': { value: 'FORMAT', help: 'json or logfmt' },
  online: { help: 'also try the credentials and list what they can read' },
  'listen-address': { value: 'HOST:PORT', help: 'address to listen on; port 0 picks one' },
  projects: { value: 'N', help: 'simulated projects; default 3' },
  clusters: { value: 'N', help: 'simulated clusters in total; default 50' },
  snapshots: { value: 'N', help: 'snapshots a cluster keeps; default as its policy says' },
  seed: { value: 'TEXT', help: 'seed of the simulated fleet' },
  latency: { value: 'MS', help: 'added to every response' },
  fault: {
    value: 'FAULT',
    help: 'fault to simulate, as server_error:0.3 or hang@/groups; "list" shows all',
    several: true,
  },
  account: { value: 'NAME', help: 'which account, if the configuration has several' },
  output: { value: 'FORM', help: 'table (default) or json' },
  help: { help: 'show this help' },
  version: { help: 'show the version of the program and of Node.js' },
} as const satisfies Record<string, Flag>;

export type FlagName = keyof typeof flags;
/** Flags without a value are `true` when given. */
export type FlagValues = { readonly [K in FlagName]?: string | true };

export type Command = {
  /** The words that call it. */
  readonly name: string;
  /** Positional arguments as the help shows them. */
  readonly takes: readonly string[];
  readonly flags: readonly FlagName[];
  readonly help: string;
  readonly run: Run;
};

/** Resolves to the exit code once the command has ended. */
export type Run = (values: FlagValues, positionals: readonly string[]) => Promise<number>;

export type Call = {
  readonly command: Command;
  readonly values: FlagValues;
  readonly positionals: readonly string[];
};

/** Finds the command and its flags. @throws CommandError 2 that says what is wrong and where to look */
export function callOf(args: readonly string[], commands: readonly Command[]): Call {
  const { values, positionals } = parsed(args);
  const command = commands
    .filter(({ name }) => name !== '')
    .find(({ name }) => positionals.slice(0, name.split(' ').length).join(' ') === name);
  const chosen = command ?? (positionals.length === 0 ? commands[0] : undefined);
  if (chosen === undefined) {
    const names = commands.map(({ name }) => name).join(', ');
    throw usage(`unknown command "${positionals.join(' ').slice(0, 40)}"; commands: ${names}`);
  }
  const rest = command === undefined ? [] : positionals.slice(command.name.split(' ').length);
  const foreign = Object.keys(values).find((flag) => {
    return flag !== 'help' && flag !== 'version' && !chosen.flags.some((one) => one === flag);
  });
  if (foreign !== undefined) throw usage(`${chosen.name} does not take --${foreign}`);
  const asksHelp = values.help === true || values.version === true;
  if (!asksHelp && rest.length !== chosen.takes.length) {
    throw usage(
      chosen.takes.length === 0
        ? `${chosen.name} takes flags only, not "${rest.join(' ').slice(0, 40)}"`
        : `usage: ${[chosen.name, ...chosen.takes].join(' ')}`,
    );
  }
  return { command: chosen, values, positionals: rest };
}

function parsed(args: readonly string[]) {
  const options = Object.fromEntries(
    Object.entries<Flag>(flags).map(([name, { value, several = false }]) => [
      name,
      { type: value === undefined ? ('boolean' as const) : ('string' as const), multiple: several },
    ]),
  );
  try {
    const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true });
    const joined = Object.entries(values).map(([name, value]) => [
      name,
      Array.isArray(value) ? value.join(',') : value,
    ]);
    return { values: Object.fromEntries(joined) as FlagValues, positionals };
  } catch (error) {
    throw usage(error instanceof Error ? (error.message.split('. ')[0] ?? '') : 'bad usage');
  }
}

function usage(message: string): CommandError {
  return new CommandError(`${message}\nTry: mongodbatlas-backup-exporter --help`, 2);
}

/** The text of `--help`. */
export function helpText(commands: readonly Command[]): string {
  const forms = commands.flatMap(({ name, takes, help, flags: taken }) => [
    [[name, ...takes].join(' '), help] as const,
    ['', taken.map((flag) => `--${flag}`).join(' ')] as const,
  ]);
  const options = Object.entries<Flag>(flags).map(
    ([name, { value, help }]) => [`--${name}${value ? ` ${value}` : ''}`, help] as const,
  );
  const block = (rows: readonly (readonly [string, string])[]) =>
    rows.map(([left, right]) => `  ${left.padEnd(44)}${right}\n`).join('');
  return [
    'Prometheus exporter for MongoDB Atlas backup snapshots\n\n',
    'Usage: mongodbatlas-backup-exporter [command] [flags]\n\nCommands\n',
    block(forms),
    '\nFlags\n',
    block(options),
    '\nExit codes: 0 success, 1 failure, 2 bad usage or bad configuration\n',
  ].join('');
}
