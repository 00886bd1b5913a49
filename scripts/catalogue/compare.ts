import type { DatasetFile, WeightFile } from '../../src/request/keras/keras-catalogue.ts';

/** What `keras_files.py` prints. */
export interface KerasFiles {
  files: readonly KerasFile[];
  /** Every digest in the source, in hexadecimal. */
  digests: readonly string[];
  /** Digests of weights, with and without the top, by a part of their names. */
  tables: readonly { name: string; top: string; notop: string }[];
}

export interface KerasFile {
  module: string;
  /** `*` stands for what only a run of Keras would tell. */
  url: string;
  /** `*`: one of `digests`; null: Keras compares nothing. */
  hash: string | null;
}

type CatalogueFile = Pick<WeightFile, 'path' | 'md5' | 'sha256' | 'legacy'> | DatasetFile;

/** Returns the differences between Keras and the catalogue, a line each, sorted; none if they agree. */
export function compareCatalogue(keras: KerasFiles, catalogue: readonly CatalogueFile[]): string[] {
  const differences = new Set<string>();
  /** By folder: Keras drops models with all of their files. */
  const dropped = new Map<string, string[]>();
  const digests = new Set(keras.digests);
  const patterns = keras.files.map((file) => ({ file, matches: matcherOf(file.url) }));
  const ours = new Set(catalogue.flatMap(({ md5, sha256 }) => [md5 ?? [], sha256 ?? []].flat()));
  for (const { file, matches } of patterns) {
    if (!catalogue.some((entry) => matches(urlOf(entry)))) {
      differences.add(`not in the catalogue: ${file.url} (${file.module})`);
    }
  }
  for (const digest of digests) {
    if (!ours.has(digest)) differences.add(`digest not in the catalogue: ${digest}`);
  }
  for (const entry of catalogue) {
    if ('legacy' in entry && entry.legacy === true) continue;
    const url = urlOf(entry);
    const found = patterns.filter(({ matches }) => matches(url));
    if (found.length === 0) {
      const folder = url.slice(0, url.lastIndexOf('/') + 1);
      dropped.set(folder, [...(dropped.get(folder) ?? []), url]);
    }
    const known = [entry.md5 ?? [], entry.sha256 ?? []].flat();
    for (const { file } of found) {
      const fits =
        file.hash === '*'
          ? known.some((digest) => digests.has(digest))
          : file.hash === null
            ? known.length === 0
            : known.includes(file.hash);
      if (fits) continue;
      const here = known.join(', ') || 'no digest';
      differences.add(`digests differ: ${url}: Keras ${file.hash ?? 'has none'}, here ${here}`);
    }
  }
  for (const [folder, [first, ...more]] of dropped) {
    const which = more.length === 0 ? first : `${folder} (${more.length + 1} files)`;
    differences.add(`not in this Keras: ${which}`);
  }
  for (const { name, top, notop } of keras.tables) {
    for (const [variant, digest] of [
      ['top', top],
      ['notop', notop],
    ] as const) {
      const holders = catalogue.filter(({ md5, sha256 }) => md5 === digest || sha256 === digest);
      const isThere = holders.some((entry) => isNamed(urlOf(entry), name, variant));
      if (holders.length > 0 && !isThere) {
        const found = holders.map(urlOf).join(', ');
        differences.add(
          `digest of another file: ${digest} is ${name} (${variant}), here of ${found}`,
        );
      }
    }
  }
  return [...differences].sort();
}

function isNamed(url: string, name: string, variant: 'top' | 'notop'): boolean {
  const file = url.slice(url.lastIndexOf('/') + 1).toLowerCase();
  const isWithoutTop = /no_?top/.test(file);
  return file.includes(name.toLowerCase()) && isWithoutTop === (variant === 'notop');
}

function urlOf(entry: CatalogueFile): string {
  if ('origin' in entry && entry.origin !== undefined) return entry.origin;
  const bucket = 'bucket' in entry ? entry.bucket : 'tensorflow';
  return `https://storage.googleapis.com/${bucket}/${entry.path}`;
}

/** Names are far shorter than what would make a regular expression slow, and few. */
function matcherOf(url: string): (candidate: string) => boolean {
  const parts = url.split('*').map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  const expression = new RegExp(`^${parts.join('[^/]*')}$`);
  return (candidate) => expression.test(candidate);
}
