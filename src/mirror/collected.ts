import { TfcacheError } from '../error.ts';
import type { Log } from '../log.ts';
import { findPathProblem } from '../safe-path.ts';

/** Most names that one answer may hold; a tree of more is asked for in parts. */
export const MOST_NAMES = 200_000;

/** A file whose path was checked, and what a listing says of it. */
export interface Checked<E> {
  path: string;
  entry: E;
}

/**
 * Collects what the pages of one answer name. Every name is checked: what could not be a path below a folder of ours, or
 * holds control characters, is left out, counted, and told once.
 */
export class Collected<E> {
  readonly files: Checked<E>[] = [];
  private readonly folderNames = new Set<string>();
  private refused = 0;
  private example = '';
  private readonly where: string;

  constructor(where: string) {
    this.where = where;
  }

  get folders(): string[] {
    return [...this.folderNames];
  }

  /** @param path relative to the bucket's root. @throws TfcacheError `no-mirror` when there are too many. */
  addFile(path: string, entry: E): void {
    if (this.accept(path)) this.files.push({ path, entry });
  }

  /** @param name of a folder directly inside. @throws TfcacheError `no-mirror` when there are too many. */
  addFolder(name: string): void {
    if (name.includes('/')) this.refuse(name, 'a name of a folder with a slash in it');
    else if (this.accept(name)) this.folderNames.add(name);
  }

  private accept(path: string): boolean {
    if (this.files.length + this.folderNames.size >= MOST_NAMES) {
      throw new TfcacheError(
        'no-mirror',
        'The mirror lists more names than anything should hold.',
        {
          where: this.where,
          expected: `at most ${MOST_NAMES} names`,
          hint: 'Ask for a smaller folder: a longer fixed beginning of the path.',
        },
      );
    }
    const problem = /\p{Cc}/u.test(path) ? 'it holds a control character' : findPathProblem(path);
    if (problem === undefined) return true;
    this.refuse(path, problem);
    return false;
  }

  private refuse(name: string, problem: string): void {
    this.refused += 1;
    if (this.refused === 1) this.example = `${JSON.stringify(name.slice(0, 200))}: ${problem}`;
  }

  warn(log: Log): void {
    if (this.refused === 0) return;
    log.warning(
      `${this.where} lists ${this.refused === 1 ? 'a name that is' : `${this.refused} names that are`} not safe to use; left out (${this.example}).`,
    );
  }
}
