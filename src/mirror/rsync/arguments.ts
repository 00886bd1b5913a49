import { formatRsyncUrl, type RsyncUrl } from './url.ts';

/** Where partial data waits for the next try, in the folder of its file. */
export const PARTIAL_FOLDER = '.tfcache-partial';

export interface ConnectionOptions {
  /** Seconds without data until rsync gives up, and seconds for the connection to be made. */
  timeout: number;
}

export interface TransferOptions extends ConnectionOptions {
  /** KiB per second; undefined for no limit. */
  bandwidthLimit: number | undefined;
}

/**
 * Lists the content of the folders named on standard input, each as `folder/` (`./` is the root), ended by NUL; one level
 * deep, or the whole tree.
 */
export function listArguments(
  url: RsyncUrl,
  depth: 'one-level' | 'tree',
  options: ConnectionOptions,
): string[] {
  return [
    '--list-only',
    ...(depth === 'tree' ? ['-r'] : ['--dirs']),
    '--no-human-readable',
    ...common(options),
    '--',
    formatRsyncUrl(url),
    // A listing writes nothing, yet rsync wants a destination beside --files-from.
    '.',
  ];
}

/**
 * Fetches the files named on standard input, each ended by NUL, into the folder `staging`: regular files with their times
 * and nothing else (no -l -D -p -o -g -H -X), uncompressed, nothing deleted, and a line on standard output for each file
 * when it is complete (`%b` in the format makes rsync wait for the end of the file).
 */
export function fetchArguments(url: RsyncUrl, staging: string, options: TransferOptions): string[] {
  return [
    '-t',
    // A file that its owner cannot read on the mirror is still readable here.
    '--chmod=D755,F644',
    `--partial-dir=${PARTIAL_FOLDER}`,
    // Twice: files that are already here are told as well.
    '-ii',
    '--outbuf=L',
    '--out-format=%i|%l|%b|%n',
    ...(options.bandwidthLimit === undefined ? [] : [`--bwlimit=${options.bandwidthLimit}`]),
    ...common(options),
    '--',
    formatRsyncUrl(url),
    `${staging}/`,
  ];
}

/** Asks a daemon which modules it offers. */
export function moduleListArguments(host: string, options: ConnectionOptions): string[] {
  return [
    `--contimeout=${options.timeout}`,
    `--timeout=${options.timeout}`,
    '--',
    `rsync://${host}/`,
  ];
}

function common(options: ConnectionOptions): string[] {
  return [
    '--from0',
    '--files-from=-',
    // The folders above a name stay out of the list: they are ours, with our permissions, whatever they are on the mirror.
    '--no-implied-dirs',
    '--8-bit-output',
    '--no-motd',
    `--timeout=${options.timeout}`,
    `--contimeout=${options.timeout}`,
  ];
}
