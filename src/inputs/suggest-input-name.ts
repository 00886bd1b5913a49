import { computeEditDistance } from '../platform/text/similar-names.ts';
import { INPUT_NAMES, type InputName } from './table.ts';

/** The names of inputs in other tools, without separators. */
const SYNONYMS: Readonly<Record<string, InputName>> = {
  destination: 'path',
  dest: 'path',
  dir: 'path',
  directory: 'path',
  folder: 'path',
  output: 'path',
  out: 'path',
  outputdir: 'path',
  target: 'path',
  artifact: 'artifacts',
  request: 'artifacts',
  requests: 'artifacts',
  packages: 'artifacts',
  url: 'mirrors',
  urls: 'mirrors',
  source: 'mirrors',
  indexurl: 'mirrors',
  include: 'filters',
  exclude: 'filters',
  lock: 'lock-file',
  frozenlockfile: 'frozen',
  cachedir: 'store',
  storedir: 'store',
  maxsize: 'store-max-size',
  storemax: 'store-max-size',
  storesize: 'store-max-size',
  prefix: 'cache-key-prefix',
  key: 'cache-key-prefix',
  keyprefix: 'cache-key-prefix',
  cachekey: 'cache-key-prefix',
  linkmode: 'link',
  dryrun: 'lookup-only',
  lookup: 'lookup-only',
  failonmiss: 'fail-on-cache-miss',
  rsync: 'rsync-path',
  jobs: 'connections',
  parallel: 'connections',
  threads: 'connections',
  retry: 'retries',
  bwlimit: 'bandwidth-limit',
  bandwidth: 'bandwidth-limit',
  password: 'rsync-password',
  sshkey: 'ssh-private-key',
  privatekey: 'ssh-private-key',
  knownhosts: 'ssh-known-hosts',
  jobsummary: 'summary',
};

/** Returns the input that resembles a misspelt name, or that other tools call so; else undefined. */
export function suggestInputName(written: string): InputName | undefined {
  const name = normalizeName(written);
  const known = SYNONYMS[name];
  if (known !== undefined) return known;
  const maxDistance = name.length <= 5 ? 1 : 2;
  const similar = INPUT_NAMES.map((input) => ({
    input,
    distance: computeEditDistance(name, normalizeName(input)),
  }))
    .filter(({ distance }) => distance <= maxDistance)
    .sort((left, right) => left.distance - right.distance);
  return similar[0]?.input;
}

function normalizeName(name: string): string {
  return name.toLowerCase().replace(/[-_ ]/g, '').slice(0, 60);
}
