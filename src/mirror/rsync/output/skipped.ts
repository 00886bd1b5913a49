import { folderOf } from '../../../bucket/bucket-path.ts';
import { RESERVED_NAMES_TEXT } from './own-names.ts';

/** Why an entry is left out: no regular file, a name that is not UTF-8 or leads outside, a name that is tfcache's own. */
export type SkippedReason = 'special' | 'unsafe' | 'own';

function describe(reason: SkippedReason, count: number): string {
  const [entries, are, names] =
    count === 1 ? ['1 entry', 'is', 'name'] : [`${count} entries`, 'are', 'names'];
  switch (reason) {
    case 'special':
      return `${entries} that ${are} no regular ${count === 1 ? 'file' : 'files'} (links, devices)`;
    case 'unsafe':
      return `${entries} whose ${names} cannot be used (not UTF-8, with control characters, or leading outside)`;
    case 'own':
      return `${entries} with a name that tfcache itself uses while it copies (${RESERVED_NAMES_TEXT})`;
  }
}

/** Entries of a listing that were left out, for one line to the user. */
export class SkippedEntries {
  /** By the folder they stand in: a folder is told of once, however often it is listed. */
  readonly #byFolder = new Map<string, { counts: Map<SkippedReason, number>; example: string }>();
  #size = 0;
  #names = 0;

  get size(): number {
    return this.#size;
  }

  /** Whether there were files, or what may be files, among them: those whose names cannot be used. */
  get hasNames(): boolean {
    return this.#names > 0;
  }

  /** @param line as rsync printed it. */
  add(reason: SkippedReason, line: Buffer): void {
    const example = line.toString('utf8');
    const folder = folderIn(example);
    const known = this.#byFolder.get(folder) ?? { counts: new Map(), example };
    this.#byFolder.set(folder, known);
    known.counts.set(reason, (known.counts.get(reason) ?? 0) + 1);
    this.#size += 1;
    if (reason !== 'special') this.#names += 1;
  }

  /**
   * What to tell of them, leaving out what was told; undefined for nothing.
   *
   * @param told folders that were told of; those that are now are added.
   * @param key of a folder in `told`.
   */
  describeOnce(
    told: Set<string>,
    key: (folder: string) => string,
  ): { text: string; level: 'info' | 'warning' } | undefined {
    const counts = new Map<SkippedReason, number>();
    let example: string | undefined;
    for (const [folder, here] of this.#byFolder) {
      if (told.has(key(folder))) continue;
      told.add(key(folder));
      example ??= here.example;
      for (const [reason, count] of here.counts) {
        counts.set(reason, (counts.get(reason) ?? 0) + count);
      }
    }
    if (example === undefined) return undefined;
    const parts = [...counts].map(([reason, count]) => describe(reason, count));
    // Links are usual on mirrors; a name that cannot be used is something to look at.
    const level = [...counts.keys()].every((reason) => reason === 'special') ? 'info' : 'warning';
    return { text: `left out ${parts.join(', ')}; one of them: ${visible(example)}`, level };
  }
}

/** rsync escapes control bytes below 32 itself, and not the control characters of UTF-8 beyond. */
function visible(text: string): string {
  return text.replace(
    /\p{Cc}/gu,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/** Of a printed line: mode, size, date and time stand before the name. */
function folderIn(line: string): string {
  return folderOf(/^\S+\s+\S+ \S+ \S+ ([\s\S]*)$/.exec(line)?.[1] ?? '');
}
