import type { InputSpec } from '../inputs/table.ts';
import type { Command } from './command.ts';
import { COMMANDS, PLANNED_COMMANDS } from './command.ts';
import { listCommandInputs } from './command-inputs.ts';
import { EXTRA_OPTIONS, toVariableName } from './options.ts';

const WIDTH = 96;
const INDENT = ' '.repeat(6);

/** Returns the text of `tfcache --help`. */
export function renderGeneralHelp(): string {
  return [
    'tfcache brings TensorFlow artifacts into a build. It resolves requests, caches files, downloads missing',
    'files from a mirror and verifies the checksum of every file.',
    '',
    'Usage: tfcache COMMAND [OPTION…] [REQUEST…]',
    '',
    'Commands:',
    ...COMMANDS.map(({ name, title }) => `  ${name.padEnd(8)}${title}`),
    `  Not supported yet: ${PLANNED_COMMANDS.join(', ')}`,
    '',
    'A request is KIND:NAME[VERSION][?key=value&…]. Quote it for the shell:',
    "  'wheel:tensorflow-cpu~=2.15.0?python=3.11'   'libtensorflow:cpu==2.15.0'   'keras-weights:ResNet50'",
    "  'keras-dataset:mnist'   'path:linux/cpu/*.whl'",
    '',
    'tfcache COMMAND --help lists the options of a command. tfcache --version prints the version.',
    '',
    ...EXIT_CODES_HELP,
    '',
  ].join('\n');
}

/** Returns the text of `tfcache COMMAND --help`. */
export function renderCommandHelp(command: Command): string {
  const own = EXTRA_OPTIONS.filter((option) => option.command === command.name);
  return [
    `Usage: tfcache ${command.name} ${command.usage}`,
    '',
    ...wrap(command.help, ''),
    '',
    ...(own.length === 0 ? [] : [`Options of tfcache ${command.name}:`]),
    ...own.flatMap(({ name, placeholder: value, help }) => [
      `  --${name} ${value}`,
      ...wrap(help, INDENT),
    ]),
    ...(own.length === 0 ? [] : ['']),
    'Options, each with the environment variable that also sets it:',
    ...listCommandInputs(command.name).flatMap((spec) => optionHelp(command.name, spec)),
    '  --json',
    ...wrap(
      'Print the report as JSON to standard output. All other output goes to standard error.',
      INDENT,
    ),
    '  -v, --verbose',
    ...wrap('Print debug messages.', INDENT),
    '  -h, --help',
    ...wrap('Print this help.', INDENT),
    '',
    ...EXIT_CODES_HELP,
    '',
  ].join('\n');
}

const EXIT_CODES_HELP = [
  'Exit codes: 0 done, 1 failed, 2 usage, 3 integrity, 4 nothing matched,',
  '            5 mirror unreachable (a retry may help), 6 no space,',
  '            7 configuration refused (a retry does not help), 130 interrupted (Ctrl-C, SIGTERM).',
];

/** Texts for inputs that behave differently on the command line. They replace the sentence about the default. */
const DIFFERENCES: Readonly<Partial<Record<InputSpec['name'], string>>> = {
  cache:
    'Default: none; github inside a GitHub Actions job that passes its cache token to the command.',
  store:
    'The temporary store is a folder below TMPDIR and is deleted at the end. Set a folder to keep downloaded files and to resume after a killed run.',
  'rsync-password':
    'Use the variable: other users of the machine can see the options of a process.',
};

/** Texts for inputs that have another meaning for one command. */
const MEANINGS: Readonly<Record<string, Readonly<Partial<Record<InputSpec['name'], string>>>>> = {
  probe: { timeout: 'The time limit for each mirror in seconds, at most 10. Default: 10.' },
  store: {
    store: 'The folder of the store. Required.',
    'store-max-size': 'For gc: the size limit if --max-size is not set.',
  },
};

function optionHelp(command: string, spec: InputSpec): string[] {
  const value = spec.kind === 'boolean' ? '' : ` ${placeholder(spec)}`;
  const repeat = spec.kind === 'lines' ? ' …' : '';
  const difference = DIFFERENCES[spec.name];
  const text = [
    spec.help,
    spec.kind === 'lines' ? 'Repeat the option for more lines.' : '',
    difference ??
      (spec.default === '' || spec.kind === 'boolean'
        ? ''
        : `Default: ${spec.default.replaceAll('\n', ' and ')}.`),
  ];
  const meaning = MEANINGS[command]?.[spec.name] ?? text.filter((part) => part !== '').join(' ');
  return [
    `  --${spec.name}${value}${repeat}    [${toVariableName(spec.name)}]`,
    ...wrap(meaning, INDENT),
  ];
}

function placeholder(spec: InputSpec): string {
  if (spec.choices !== undefined) return spec.choices.join('|');
  return {
    lines: 'LINE',
    text: 'TEXT',
    path: 'PATH',
    integer: 'N',
    choice: '',
    size: 'SIZE',
    secret: 'SECRET',
    boolean: '',
  }[spec.kind];
}

function wrap(text: string, indent: string): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line !== '' && indent.length + line.length + 1 + word.length > WIDTH) {
      lines.push(indent + line);
      line = word;
    } else {
      line = line === '' ? word : `${line} ${word}`;
    }
  }
  return [...lines, indent + line];
}
