import { TfcacheError } from '../../../platform/error.ts';
import { RSYNC_PARTIAL_FOLDER } from '../output/own-names.ts';
import { formatOperand, type Remote } from '../url/remote.ts';
import { type Capabilities, CURRENT_CAPABILITIES } from './capabilities.ts';

export interface ConnectionOptions {
  /** Seconds without data until rsync gives up, and seconds for the connection to be made. */
  timeout: number;
  /** What this rsync can; a current one when absent. */
  capabilities?: Capabilities | undefined;
  /** For `-e`, when the other side is reached by SSH. */
  remoteShell?: string | undefined;
}

export interface FetchArgumentOptions extends ConnectionOptions {
  /** KiB per second; undefined for no limit. */
  bandwidthLimit: number | undefined;
  /** Bytes: larger files are left out. For folders named whole, whose files may be others by now. */
  largest?: number | undefined;
}

/**
 * Lists the content of the folders named on standard input, each as `folder/` (`./` is the root), ended by NUL; one level
 * deep, or the whole tree.
 */
export function buildListArguments(
  remote: Remote,
  depth: 'one-level' | 'tree',
  options: ConnectionOptions,
): string[] {
  return [
    '--list-only',
    ...(depth === 'tree' ? ['-r'] : ['--dirs']),
    ...ifKnown(['--no-human-readable'], options),
    ...common(remote, options),
    '--',
    formatOperand(remote),
    // A listing writes nothing, yet rsync wants a destination beside --files-from.
    '.',
  ];
}

/**
 * Lists one folder of a daemon that is named as an operand: without --files-from the daemon need not wait for names, which
 * is 50 ms less even on one machine. The daemon expands wildcards in operands, so the name must be a plain one.
 *
 * @param folder see {@link isPlainFolder}; `''` is the root.
 */
export function buildListOneArguments(
  remote: Remote,
  depth: 'one-level' | 'tree',
  folder: string,
  options: ConnectionOptions,
): string[] {
  return [
    '--list-only',
    '--relative',
    ...(depth === 'tree' ? ['-r'] : ['--dirs']),
    ...ifKnown(['--no-human-readable'], options),
    ...common(remote, options).filter((option) => !FOR_FILES_FROM.includes(option)),
    '--',
    // Names begin behind the dot (rsync(1), "--relative").
    `${formatOperand(remote)}./${folder === '' ? '' : `${folder}/`}`,
  ];
}

const FOR_FILES_FROM = ['--from0', '--files-from=-'];

/** Whether a folder's name means itself to every daemon, whatever it does with wildcards and escapes. */
export function isPlainFolder(folder: string): boolean {
  return folder === '' || /^[A-Za-z0-9_][\w.-]*(\/[A-Za-z0-9_][\w.-]*)*$/.test(folder);
}

/**
 * Fetches the files named on standard input, each ended by NUL, into the folder `staging`: regular files with their times
 * and nothing else (no -l -D -p -o -g -H -X), uncompressed, nothing deleted, and a line on standard output for each file
 * when it is complete (`%b` in the format makes rsync wait for the end of the file).
 */
export function buildFetchArguments(
  remote: Remote,
  staging: string,
  options: FetchArgumentOptions,
): string[] {
  return [
    '-t',
    // A file that its owner cannot read on the mirror is still readable here.
    ...ifKnown(['--chmod=D755,F644'], options),
    `--partial-dir=${RSYNC_PARTIAL_FOLDER}`,
    // Twice: files that are already here are told as well.
    ...(reportsUnchangedFiles(options.capabilities) ? ['-ii', '--out-format=%i|%l|%b|%n'] : []),
    ...ifKnown(['--outbuf=L'], options),
    ...(options.bandwidthLimit === undefined ? [] : [`--bwlimit=${options.bandwidthLimit}`]),
    ...(options.largest === undefined ? [] : ifKnown([`--max-size=${options.largest}`], options)),
    ...common(remote, options),
    '--',
    formatOperand(remote),
    `${staging}/`,
  ];
}

/** Tells the arguments of an rsync of ours that writes into this folder, or into one below it. */
export function createFetchTest(staging: string): (args: readonly string[]) => boolean {
  return (args) =>
    args.includes(`--partial-dir=${RSYNC_PARTIAL_FOLDER}`) &&
    args.at(-1)?.startsWith(`${staging}/`) === true;
}

/** False for an rsync that does not say which files are complete: what stands there at its end must be looked at. */
export function reportsUnchangedFiles(capabilities: Capabilities = CURRENT_CAPABILITIES): boolean {
  return capabilities.has('--out-format') && capabilities.has('--itemize-changes');
}

/** Asks a daemon which modules it offers. */
export function buildModuleListArguments(host: string, options: ConnectionOptions): string[] {
  return [
    `--contimeout=${options.timeout}`,
    `--timeout=${options.timeout}`,
    '--',
    `rsync://${host}/`,
  ];
}

function common(remote: Remote, options: ConnectionOptions): string[] {
  return [
    '--from0',
    '--files-from=-',
    ...ifKnown(
      [
        // The folders above a name stay out of the list: they are ours, with our permissions, whatever they are on the mirror.
        '--no-implied-dirs',
        '--8-bit-output',
        '--no-motd',
      ],
      options,
    ),
    `--timeout=${options.timeout}`,
    ...(remote.over === 'daemon'
      ? [...ifKnown([`--contimeout=${options.timeout}`], options), ...withoutDelay(options)]
      : ['-e', options.remoteShell ?? 'false', ...protectArguments(remote.url.path, options)]),
  ];
}

/**
 * rsync writes its words to a daemon one by one. Without this each waits until the one before was acknowledged (RFC 896), which the
 * other side puts off (RFC 1122, 4.2.3.2): 40 ms a connection on one machine, a round trip and more elsewhere. Only for an
 * rsync that is known to take it, since it is not needed.
 */
function withoutDelay({ capabilities = CURRENT_CAPABILITIES }: ConnectionOptions): string[] {
  return capabilities === CURRENT_CAPABILITIES ? ['--sockopts=TCP_NODELAY'] : [];
}

/**
 * The far shell sees no path: names go over the protocol. An rsync that cannot do that is given only paths that mean nothing to
 * a shell.
 */
function protectArguments(
  path: string,
  { capabilities = CURRENT_CAPABILITIES }: ConnectionOptions,
): string[] {
  if (capabilities.has('--secluded-args')) return ['--secluded-args'];
  if (capabilities.has('--protect-args')) return ['--protect-args'];
  if (/^[\w./@%+=:,-]*$/.test(path)) return [];
  throw new TfcacheError(
    'name-unsupported',
    'This rsync cannot keep the path from the far shell.',
    {
      where: path,
      hint: 'Install a current rsync and name it by the input rsync-path, or use a path of letters, digits, . _ and -.',
    },
  );
}

function ifKnown(
  options: readonly string[],
  { capabilities = CURRENT_CAPABILITIES }: ConnectionOptions,
): string[] {
  return options.filter((option) => capabilities.has(option.replace(/=.*/, '')));
}
