import { parseArgs } from 'node:util';
import { suggestInputName } from '../inputs/suggest-input-name.ts';
import type { InputName, InputSpec, RawInputs } from '../inputs/table.ts';
import { INPUTS } from '../inputs/table.ts';
import { TfcacheError } from '../platform/error.ts';
import { suggestName } from '../platform/text/similar-names.ts';
import { listCommandInputs, listCommandsOfInput, OPTION_INPUTS } from './command-inputs.ts';

/** The parsed command line. */
export interface CommandLine {
  /** Undefined if the command line has no command. */
  command: string | undefined;
  /** The arguments after the command that are not options, for example requests. */
  operands: readonly string[];
  /** Inputs from options, else from environment variables. */
  inputs: RawInputs;
  /** Options that only this command has ({@link EXTRA_OPTIONS}), by name. */
  extra: Readonly<Record<string, string>>;
  json: boolean;
  help: boolean;
  version: boolean;
  verbose: boolean;
  environment: NodeJS.ProcessEnv;
}

/** An option that only one command has. */
export interface ExtraOption {
  readonly name: string;
  readonly command: string;
  readonly placeholder: string;
  readonly help: string;
}

export const EXTRA_OPTIONS: readonly ExtraOption[] = [
  {
    name: 'max-size',
    command: 'store',
    placeholder: 'SIZE',
    help: 'For gc: the size limit of the store (50GB, 50GiB). Default: --store-max-size.',
  },
  {
    name: 'max-age',
    command: 'store',
    placeholder: 'AGE',
    help: 'For gc: objects that were not used for this time are evicted (12h, 30d, 8w). Default: unlimited.',
  },
  {
    name: 'stale-after',
    command: 'probe',
    placeholder: 'DAYS',
    help: 'The number of days after its last sync when a mirror is reported as stale. Default: 7.',
  },
];

const FLAGS = ['json', 'help', 'version', 'verbose'] as const;

const CONFIG: Record<string, { type: 'string' | 'boolean'; short?: string }> = {
  ...Object.fromEntries(
    OPTION_INPUTS.map(({ name, kind }) => [
      name,
      { type: kind === 'boolean' ? ('boolean' as const) : ('string' as const) },
    ]),
  ),
  ...Object.fromEntries(EXTRA_OPTIONS.map(({ name }) => [name, { type: 'string' as const }])),
  json: { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
  version: { type: 'boolean', short: 'V' },
  verbose: { type: 'boolean', short: 'v' },
};

/**
 * Parses the arguments (without program and script). Options can precede or follow operands. After `--` every argument is
 * an operand.
 *
 * @throws TfcacheError `usage` for an unknown option, with a suggestion
 */
export function parseCommandLine(
  args: readonly string[],
  environment: NodeJS.ProcessEnv,
): CommandLine {
  // Not strict: the errors of the strict mode do not suggest an option.
  const { tokens } = parseArgs({
    args: [...args],
    options: CONFIG,
    strict: false,
    allowPositionals: true,
    allowNegative: true,
    tokens: true,
  });
  const operands: string[] = [];
  const flags = new Set<string>();
  const inputs: Partial<Record<InputName, string>> = inputsFrom(environment);
  const extra: Record<string, string> = {};
  const seen = new Set<InputName>();
  for (const token of tokens) {
    if (token.kind === 'positional') operands.push(token.value);
    if (token.kind !== 'option') continue;
    const spec = OPTION_INPUTS.find(({ name }) => name === token.name);
    if (spec !== undefined) {
      const value = optionValue(spec, token.rawName, token.value);
      const before = spec.kind === 'lines' && seen.has(spec.name) ? `${inputs[spec.name]}\n` : '';
      inputs[spec.name] = before + value;
      seen.add(spec.name);
    } else if (EXTRA_OPTIONS.some(({ name }) => name === token.name)) {
      extra[token.name] = extraValue(token.rawName, token.value);
    } else if (
      isFlag(token.name) &&
      token.value === undefined &&
      !token.rawName.startsWith('--no-')
    ) {
      flags.add(token.name);
    } else {
      throw unknownOption(token.rawName);
    }
  }
  const [command, ...rest] = operands;
  rejectOtherOptions(command, seen, Object.keys(extra));
  if (rest.length > 0) inputs.artifacts = rest.join('\n');
  return {
    command,
    operands: rest,
    inputs,
    extra,
    json: flags.has('json'),
    help: flags.has('help'),
    version: flags.has('version'),
    verbose: flags.has('verbose'),
    environment,
  };
}

/** Returns the environment variable of an input: `TFCACHE_LOCK_FILE` for `lock-file`. */
export function toVariableName(name: InputName): string {
  return `TFCACHE_${name.toUpperCase().replaceAll('-', '_')}`;
}

function inputsFrom(environment: NodeJS.ProcessEnv): Partial<Record<InputName, string>> {
  const inputs: Partial<Record<InputName, string>> = {};
  for (const { name, kind } of INPUTS) {
    const value = environment[toVariableName(name)];
    // An empty secret is kept: in CI it is a secret that does not exist.
    if (value !== undefined && (value !== '' || kind === 'secret')) inputs[name] = value;
  }
  return inputs;
}

function optionValue(spec: InputSpec, rawName: string, value: string | undefined): string {
  if (spec.kind !== 'boolean') {
    if (value !== undefined) return value;
    throw new TfcacheError('command-line-invalid', `The option ${rawName} needs a value.`, {
      where: 'command line',
      hint: `tfcache COMMAND --help describes --${spec.name}.`,
    });
  }
  if (rawName.startsWith('--no-')) return 'false';
  return value ?? 'true';
}

function isFlag(name: string): name is (typeof FLAGS)[number] {
  return FLAGS.some((flag) => flag === name);
}

function extraValue(rawName: string, value: string | undefined): string {
  if (value !== undefined) return value;
  throw new TfcacheError('command-line-invalid', `The option ${rawName} needs a value.`, {
    where: 'command line',
    hint: 'tfcache COMMAND --help describes it.',
  });
}

/** Rejects options of other commands. Variables are allowed: they are set for all commands of a job. */
function rejectOtherOptions(
  command: string | undefined,
  inputs: ReadonlySet<InputName>,
  extra: readonly string[],
): void {
  if (command === undefined) return;
  const known = listCommandInputs(command);
  for (const name of inputs) {
    if (!known.some((spec) => spec.name === name))
      throw otherOptionError(command, name, listCommandsOfInput(name));
  }
  for (const name of extra) {
    const owners = EXTRA_OPTIONS.filter((option) => option.name === name).map(
      (option) => option.command,
    );
    if (!owners.includes(command)) throw otherOptionError(command, name, owners);
  }
}

function otherOptionError(command: string, name: string, owners: readonly string[]): TfcacheError {
  return new TfcacheError('command-line-invalid', `tfcache ${command} has no option --${name}.`, {
    where: 'command line',
    hint: `Use it with tfcache ${owners.join(', ')}. tfcache ${command} --help lists the options of tfcache ${command}.`,
  });
}

function unknownOption(rawName: string): TfcacheError {
  const name = rawName.replace(/^-+/, '');
  const actionOnly = INPUTS.find((spec) => spec.name === name && spec.isActionOnly);
  if (actionOnly !== undefined) {
    return new TfcacheError(
      'command-line-invalid',
      `The option ${rawName} is an input of the action only.`,
      {
        where: 'command line',
        hint: name === 'artifacts' ? 'Write the requests without an option.' : 'Remove it.',
      },
    );
  }
  const meant = suggestInputName(name);
  const isOption = OPTION_INPUTS.some((spec) => spec.name === meant);
  const slip = meant !== undefined && isOption ? meant : suggestName(name, Object.keys(CONFIG));
  return new TfcacheError('command-line-invalid', `There is no option ${rawName}.`, {
    where: 'command line',
    hint: slip === undefined ? 'tfcache --help lists all options.' : `Did you mean --${slip}?`,
  });
}
