import { baseName, folderOf } from '../../../bucket/bucket-path.ts';
import type { FolderListing, ListedFile } from '../../../bucket/file.ts';
import { TfcacheError } from '../../../platform/error.ts';
import { decodeName, isSafeRsyncPath } from './name.ts';
import { findReservedName } from './own-names.ts';
import { SkippedEntries } from './skipped.ts';

/** One line of `rsync --list-only`. */
export interface RsyncEntry {
  kind: 'file' | 'folder' | 'other';
  path: string;
  size: number;
  /** Seconds since the epoch. */
  mtime: number;
}

// The form of generator.c, list_file_entry(), with --no-human-readable (without it, commas in the size): mode, size, date and time, one space, the name.
const LINE =
  /^([-dlpscbD])\S{9,10}\s+([\d,]+) (\d{4,})\/(\d\d)\/(\d\d) (\d\d):(\d\d):(\d\d) ([\s\S]*)$/;

/** Undefined for a line that is no entry (a message of the day), the reason for an entry whose name cannot be used. */
export function parseListLine(line: Buffer): RsyncEntry | 'unsafe' | 'own' | undefined {
  const match = LINE.exec(line.toString('latin1'));
  if (match === null) return undefined;
  const [, type, size, year, month, day, hour, minute, second, name = ''] = match;
  const printed = Buffer.from(name, 'latin1');
  const path = decodeName(printed);
  if (path === undefined || !(path === '.' || isSafeRsyncPath(path))) return 'unsafe';
  if (findReservedName(path) !== undefined) return 'own';
  return {
    kind: type === '-' ? 'file' : type === 'd' ? 'folder' : 'other',
    path: path === '.' ? '' : path,
    size: Number(size?.replaceAll(',', '')),
    mtime:
      Date.UTC(
        Number(year),
        Number(month) - 1,
        Number(day),
        Number(hour),
        Number(minute),
        Number(second),
      ) / 1000,
  };
}

/** Gathers the lines of one listing. */
export class ListingReader {
  readonly skipped = new SkippedEntries();
  readonly files: ListedFile[] = [];
  readonly #folders = new Set<string>();
  readonly #limit: number;

  /** `limit`: entries a listing may have; a mirror that lists without end must not fill the memory. */
  constructor(limit = 2_000_000) {
    this.#limit = limit;
  }

  add(line: Buffer): void {
    const entry = parseListLine(line);
    if (entry === undefined) return;
    if (this.files.length + this.#folders.size + this.skipped.size >= this.#limit) {
      throw new TfcacheError('listing-too-large', 'The mirror lists more than can be taken in.', {
        expected: `at most ${this.#limit} entries`,
        hint: 'Ask for a folder further down, so that less is listed.',
      });
    }
    if (entry === 'unsafe' || entry === 'own') {
      this.skipped.add(entry, line);
    } else if (entry.kind === 'folder') {
      this.#folders.add(entry.path);
    } else if (entry.kind === 'file') {
      this.files.push({ path: entry.path, size: entry.size, mtime: entry.mtime });
    } else {
      this.skipped.add('special', line);
    }
  }

  /** True when the name asked for as a folder is a file: rsync lists it, and then may break off. */
  isFile(path: string): boolean {
    return this.files.some((file) => file.path === path);
  }

  get allFolders(): readonly string[] {
    return [...this.#folders];
  }

  hasFolder(folder: string): boolean {
    return this.#folders.has(folder);
  }

  /** What was listed, by folder; `asked` gives the order. */
  folders(asked: readonly string[]): FolderListing[] {
    const byFolder = new Map<string, { files: ListedFile[]; folders: string[] }>();
    const content = (folder: string) => {
      const known = byFolder.get(folder) ?? { files: [], folders: [] };
      byFolder.set(folder, known);
      return known;
    };
    for (const file of this.files) content(folderOf(file.path)).files.push(file);
    for (const folder of this.#folders) {
      if (folder !== '') content(folderOf(folder)).folders.push(baseName(folder));
    }
    return asked.map((folder) =>
      this.hasFolder(folder)
        ? { folder, exists: true, ...content(folder) }
        : { folder, exists: false, files: [], folders: [] },
    );
  }
}
