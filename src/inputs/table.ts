/** The type of an input's value, also used by the command line's help and action-types.yml. */
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
  /** The meaning of an empty value; `''` if an empty value has a meaning of its own. */
  readonly default: string;
  /** One sentence for action.yml, `--help` and README. */
  readonly help: string;
  /** The values of a `choice`. */
  readonly choices?: readonly string[];
  /** The smallest and the largest value of an `integer`. */
  readonly range?: readonly [number, number];
  /** True if the command line has no such option. */
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
 * Every input. The action and the command line read their values by this table, and print `--help` from it. A test compares action.yml
 * with it.
 */
export const INPUTS: readonly InputSpec[] = [
  {
    name: 'artifacts',
    kind: 'lines',
    default: '',
    help: 'The requests, one per line, for example wheel:tensorflow-cpu~=2.15.0. A # starts a comment. May be empty if lock-file is set: tfcache then uses the entries of the lockfile.',
    isActionOnly: true,
  },
  {
    name: 'mirrors',
    kind: 'lines',
    default: DEFAULT_MIRRORS,
    help: 'Mirrors in order of preference, one per line: rsync://host/module/, rsyncs:// (with TLS), ssh://user@host/path/, https://host/folder/ or file:///folder/. A URL serves the bucket tensorflow, BUCKET=URL another one, and {bucket} in a URL is replaced by any. pypi=https://host/simple/ or pypi=pip is a package index for wheel:.',
  },
  {
    name: 'filters',
    kind: 'lines',
    default: '',
    help: 'The rsync filter rules for path: requests, one per line. The first matching rule decides. Example: + /linux/cpu/*.whl, then - *.',
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
    help: 'The path of the lockfile (tfcache.lock). Created if it does not exist. Otherwise files must match it. Default: no lockfile.',
  },
  {
    name: 'frozen',
    kind: 'boolean',
    default: 'false',
    help: 'Fail if the lockfile would change.',
  },
  {
    name: 'cache',
    kind: 'text',
    default: 'github',
    help: 'The cache that jobs share: github, none, or s3://bucket/prefix?endpoint=…&region=… (the credentials come from the usual AWS variables).',
  },
  {
    name: 'cache-key-prefix',
    kind: 'text',
    default: 'tfcache',
    help: 'The first part of every cache key. Change it to start with an empty cache.',
  },
  {
    name: 'store',
    kind: 'path',
    default: '',
    help: 'The folder of a persistent store that the jobs of this machine share (self-hosted runners). Default: a temporary store for this job.',
  },
  {
    name: 'store-max-size',
    kind: 'size',
    default: '',
    help: 'The size limit of a persistent store, for example 50GB or 50GiB. Evicts least recently used files after each pull. Files in use are kept. Default: unlimited.',
  },
  {
    name: 'link',
    kind: 'choice',
    default: 'auto',
    choices: ['auto', 'reflink', 'hardlink', 'copy'],
    help: 'How files get from the store to the destination: auto (a reflink, else a hard link, else a copy), reflink, hardlink or copy.',
  },
  {
    name: 'verify',
    kind: 'choice',
    default: 'fast',
    choices: ['fast', 'full'],
    help: 'How files that the store or the destination already has are verified. fast compares size, time and inode with the values recorded when the file was verified. full verifies the checksum of every file before anything is published.',
  },
  {
    name: 'save',
    kind: 'choice',
    default: 'always',
    choices: ['always', 'on-success', 'never'],
    help: 'When new files are saved to the cache at the end of the job: always (also if a later step fails, because every saved file is verified), on-success or never.',
    isActionOnly: true,
  },
  {
    name: 'offline',
    kind: 'boolean',
    default: 'false',
    help: 'Never contact a mirror. Requires a lock-file with an entry for every request.',
  },
  {
    name: 'lookup-only',
    kind: 'boolean',
    default: 'false',
    help: 'Resolve the requests and report what would be transferred. Nothing is downloaded.',
  },
  {
    name: 'fail-on-cache-miss',
    kind: 'boolean',
    default: 'false',
    help: 'Fail instead of downloading a file from a mirror.',
  },
  {
    name: 'rsync-path',
    kind: 'text',
    default: 'rsync',
    help: 'The rsync program: a name to look up in PATH, or a path. The prefix allow-old: accepts an rsync older than 3.2.5, or openrsync.',
  },
  {
    name: 'connections',
    kind: 'integer',
    default: '1',
    range: [1, 4],
    help: 'The number of parallel rsync connections per mirror, from 1 to 4. The files are divided among them by size. Use 1 for public mirrors.',
  },
  {
    name: 'timeout',
    kind: 'integer',
    default: '120',
    range: [1, 86_400],
    help: 'The number of seconds without progress after which a transfer fails.',
  },
  {
    name: 'retries',
    kind: 'integer',
    default: '2',
    range: [0, 10],
    help: 'The number of retries per mirror after the first attempt.',
  },
  {
    name: 'bandwidth-limit',
    kind: 'integer',
    default: '',
    range: [1, 1_000_000_000],
    help: 'The maximum rate at which files are downloaded from a mirror, in KiB per second. Default: unlimited.',
  },
  {
    name: 'proxy',
    kind: 'text',
    default: '',
    help: 'The HTTP proxy for rsync daemons, as host:port. Hosts in NO_PROXY are contacted directly. Default: the value of the variable RSYNC_PROXY.',
  },
  {
    name: 'ssh-private-key',
    kind: 'secret',
    default: '',
    help: 'The private key for ssh:// mirrors, without a passphrase. Default: the keys of the SSH agent, if one runs.',
  },
  {
    name: 'ssh-known-hosts',
    kind: 'lines',
    default: '',
    help: 'The host keys of ssh:// mirrors, as lines of known_hosts. Get them with ssh-keyscan HOST and compare them with those that the operator publishes. Host keys are always checked.',
  },
  {
    name: 'rsync-password',
    kind: 'secret',
    default: '',
    help: 'The password of a password-protected rsync module. The user name is part of the mirror URL (rsync://user@host/module/).',
  },
  {
    name: 'export-environment',
    kind: 'boolean',
    default: 'true',
    help: 'Set the variables that make pip, Keras and TFDS read the artifacts. There are no views yet, so no variable is set.',
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

/** The unchecked values of all inputs by name. A missing name means the default. */
export type RawInputs = Readonly<Partial<Record<InputName, string>>>;
