/** The type of an input's value, for reading it, for the command line's help and for action-types.yml. */
export type InputKind =
  | 'lines'
  | 'text'
  | 'path'
  | 'boolean'
  | 'integer'
  | 'choice'
  | 'size'
  | 'secret';

/** One input of the contract. */
export interface InputSpec {
  /** As in action.yml; the command line's option is `--NAME`, its variable `TFCACHE_NAME` in capitals. */
  readonly name: InputName;
  readonly kind: InputKind;
  /** What an empty value stands for; `''` when empty has a meaning of its own. */
  readonly default: string;
  /** One sentence for action.yml, `--help` and README. */
  readonly help: string;
  /** The values of a `choice`. */
  readonly choices?: readonly string[];
  /** Smallest and largest value of an `integer`. */
  readonly range?: readonly [number, number];
  /** Where the input has no use: no option is made of it on the command line. */
  readonly isActionOnly?: boolean;
}

export const INPUT_NAMES = [
  'artifacts',
  'mirrors',
  'filters',
  'path',
  'lock-file',
  'frozen',
  'cache',
  'cache-key-prefix',
  'store',
  'store-max-size',
  'link',
  'verify',
  'save',
  'offline',
  'lookup-only',
  'fail-on-cache-miss',
  'rsync-path',
  'connections',
  'timeout',
  'retries',
  'bandwidth-limit',
  'proxy',
  'ssh-private-key',
  'ssh-known-hosts',
  'rsync-password',
  'export-environment',
  'summary',
] as const;
export type InputName = (typeof INPUT_NAMES)[number];

/** TensorFlow's public buckets and, for `wheel:`, the package index of the user's pip. */
export const DEFAULT_MIRRORS = 'https://storage.googleapis.com/{bucket}/\npypi=pip';

/**
 * Every input, once. The action and the command line read their values by this table, `--help` is printed from it, and
 * a test compares action.yml with it.
 */
export const INPUTS: readonly InputSpec[] = [
  {
    name: 'artifacts',
    kind: 'lines',
    default: '',
    help: 'Requests, one per line (wheel:tensorflow-cpu~=2.15.0), # begins a comment; may be empty when lock-file is given: then all that is locked.',
    isActionOnly: true,
  },
  {
    name: 'mirrors',
    kind: 'lines',
    default: DEFAULT_MIRRORS,
    help: 'Where files come from, the preferred mirror first: rsync://host/module/, ssh://user@host/path/, https://host/folder/ or file:///folder/ serves the bucket tensorflow, BUCKET=URL another one, and {bucket} in a URL is replaced by any; pypi=https://host/simple/ or pypi=pip is a package index for wheel:.',
  },
  {
    name: 'filters',
    kind: 'lines',
    default: '',
    help: 'rsync filter rules for path: requests, one per line, first match wins (+ /linux/cpu/*.whl, then - *).',
  },
  {
    name: 'path',
    kind: 'path',
    default: 'tensorflow-artifacts',
    help: 'The destination: the folder that the build reads.',
  },
  {
    name: 'lock-file',
    kind: 'path',
    default: '',
    help: 'Path of the lock (tfcache.lock); missing: written; present: obeyed, and every byte held to it.',
  },
  {
    name: 'frozen',
    kind: 'boolean',
    default: 'false',
    help: 'Fail when the lock would have to change.',
  },
  {
    name: 'cache',
    kind: 'text',
    default: 'github',
    help: 'Where jobs share what they fetched: github, none, or s3://bucket/prefix?endpoint=…&region=… (credentials from the usual AWS variables).',
  },
  {
    name: 'cache-key-prefix',
    kind: 'text',
    default: 'tfcache',
    help: 'First part of every cache key; another value lets a repository start afresh.',
  },
  {
    name: 'store',
    kind: 'path',
    default: '',
    help: 'Folder of a persistent store shared by jobs of this machine (self-hosted runners); empty: one for this job only.',
  },
  {
    name: 'store-max-size',
    kind: 'size',
    default: '',
    help: 'Largest size of the files in a persistent store, for example 50GB or 50GiB: at the end of a pull those go that were not used for longest, never what a running job uses; empty: any.',
  },
  {
    name: 'link',
    kind: 'choice',
    default: 'auto',
    choices: ['auto', 'reflink', 'hardlink', 'copy'],
    help: 'How files get from the store to the destination: auto (reflink, else hard link, else copy), reflink, hardlink or copy.',
  },
  {
    name: 'verify',
    kind: 'choice',
    default: 'fast',
    choices: ['fast', 'full'],
    help: 'Which checksums are verified of files that the store or the destination already has: fast (none, if size, time and inode are as when the file was verified) or full (all, before anything is published).',
  },
  {
    name: 'save',
    kind: 'choice',
    default: 'always',
    choices: ['always', 'on-success', 'never'],
    help: 'When new files are saved to the cache at the end of the job: always (also when a later step fails: what was verified is sound), on-success or never.',
    isActionOnly: true,
  },
  {
    name: 'offline',
    kind: 'boolean',
    default: 'false',
    help: 'Never contact a mirror; needs a lock-file that has every request.',
  },
  {
    name: 'lookup-only',
    kind: 'boolean',
    default: 'false',
    help: 'Resolve and say what would be transferred; fetch nothing.',
  },
  {
    name: 'fail-on-cache-miss',
    kind: 'boolean',
    default: 'false',
    help: 'Fail instead of fetching a file from a mirror.',
  },
  {
    name: 'rsync-path',
    kind: 'text',
    default: 'rsync',
    help: 'The rsync program: a name looked up in PATH, or a path; allow-old: before it takes one older than 3.2.5, or openrsync.',
  },
  {
    name: 'connections',
    kind: 'integer',
    default: '1',
    range: [1, 4],
    help: 'rsync connections at once per mirror, 1 to 4; files are split by size among them. Public mirrors want 1.',
  },
  {
    name: 'timeout',
    kind: 'integer',
    default: '120',
    range: [1, 86_400],
    help: 'Seconds without progress after which a transfer is given up.',
  },
  {
    name: 'retries',
    kind: 'integer',
    default: '2',
    range: [0, 10],
    help: 'Further tries per mirror after the first.',
  },
  {
    name: 'bandwidth-limit',
    kind: 'integer',
    default: '',
    range: [1, 1_000_000_000],
    help: 'Most that is taken from a mirror, in KiB per second; empty: no limit.',
  },
  {
    name: 'proxy',
    kind: 'text',
    default: '',
    help: 'host:port of an HTTP proxy for rsync daemons. Default: the variable RSYNC_PROXY. Hosts in NO_PROXY are reached directly.',
  },
  {
    name: 'ssh-private-key',
    kind: 'secret',
    default: '',
    help: 'Private key for ssh:// mirrors, without a passphrase; empty: the keys of the SSH agent, if one runs.',
  },
  {
    name: 'ssh-known-hosts',
    kind: 'lines',
    default: '',
    help: 'Host keys for ssh:// mirrors, as lines of known_hosts (ssh-keyscan HOST, compared with what the operator says); always checked.',
  },
  {
    name: 'rsync-password',
    kind: 'secret',
    default: '',
    help: 'Password of a password-protected rsync module; its user name stands in the mirror URL (rsync://user@host/module/).',
  },
  {
    name: 'export-environment',
    kind: 'boolean',
    default: 'true',
    help: 'Set the variables that make pip, Keras, TFDS, … read the artifacts; there are no views yet, so nothing is set so far.',
    isActionOnly: true,
  },
  {
    name: 'summary',
    kind: 'boolean',
    default: 'true',
    help: 'Write the job summary.',
    isActionOnly: true,
  },
];

/** The values of all inputs by name, as given: not checked, a missing name means the default. */
export type RawInputs = Readonly<Partial<Record<InputName, string>>>;
