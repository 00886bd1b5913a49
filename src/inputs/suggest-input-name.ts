import { computeEditDistance } from '../platform/text/similar-names.ts';
import { INPUT_NAMES, type InputName } from './table.ts';

/** What other tools call an input. */
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

/** Returns the input that a name is most likely meant for: a slip, or what another tool calls it; else undefined. */
export function suggestInputName(written: string): InputName | undefined {
  const name = plain(written);
  const known = SYNONYMS[name];
  if (known !== undefined) return known;
  const allowed = name.length <= 5 ? 1 : 2;
  const near = INPUT_NAMES.map((input) => ({
    input,
    distance: computeEditDistance(name, plain(input)),
  }))
    .filter(({ distance }) => distance <= allowed)
    .sort((left, right) => left.distance - right.distance);
  return near[0]?.input;
}

function plain(name: string): string {
  return name.toLowerCase().replace(/[-_ ]/g, '').slice(0, 60);
}
