import { lstatSync } from 'node:fs';
import type { FetchEvents, FetchFile } from '../../mirror.ts';
import type { ItemizedFile } from '../output/itemize.ts';

const FIRST_LOOK_MS = 2;
const LAST_LOOK_MS = 250;

/**
 * Tells of files as they become complete. rsync prints a file's line an instant before it renames the file into place, so a
 * line alone is not enough: a file is told when it stands there, and is another than the one that stood there before.
 */
export class ArrivalWatch {
  readonly #staging: string;
  readonly #events: Pick<FetchEvents, 'onFile'>;
  /** Not yet told; the inode that stood in the file's place when the run began. */
  readonly #waiting = new Map<string, number | undefined>();
  /** rsync said they are complete, but they do not stand there yet. */
  readonly #announced = new Map<string, ItemizedFile>();
  #timer: NodeJS.Timeout | undefined;
  /** What the caller's `onFile` threw while nobody was there to catch it. */
  #failure: { cause: unknown } | undefined;

  constructor(staging: string, paths: Iterable<string>, events: Pick<FetchEvents, 'onFile'>) {
    this.#staging = staging;
    this.#events = events;
    for (const path of paths) this.#waiting.set(path, this.#look(path)?.ino);
  }

  /** Paths not told yet. */
  get waiting(): string[] {
    return [...this.#waiting.keys()];
  }

  isWaiting(path: string): boolean {
    return this.#waiting.has(path);
  }

  announce(file: ItemizedFile): void {
    if (!this.#waiting.has(file.path) || this.#tell(file)) return;
    this.#announced.set(file.path, file);
    this.#lookAgain(FIRST_LOOK_MS);
  }

  /** rsync has ended: what is not there now does not come. Throws what `onFile` threw since the last line. */
  end(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (this.#failure !== undefined) throw this.#failure.cause;
    for (const file of this.#announced.values()) this.#tell(file);
    this.#announced.clear();
  }

  /**
   * For an rsync that says nothing of single files, after it ended without error: what stands there now with the size and time
   * it was listed with is what was asked for. Returns those files.
   */
  settle(files: readonly FetchFile[]): FetchFile[] {
    return files.filter((file) => {
      const stat = lstatSync(`${this.#staging}/${file.path}`, { throwIfNoEntry: false });
      const fits =
        stat?.isFile() === true &&
        stat.size === file.size &&
        (file.mtime === undefined || Math.floor(stat.mtimeMs / 1000) === file.mtime);
      return fits && this.#tell({ path: file.path, size: file.size, received: 0, fresh: false });
    });
  }

  #lookAgain(after: number): void {
    if (this.#timer !== undefined) return;
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      try {
        for (const file of this.#announced.values()) {
          if (this.#tell(file)) this.#announced.delete(file.path);
        }
      } catch (cause) {
        this.#failure = { cause };
        return;
      }
      if (this.#announced.size > 0) this.#lookAgain(Math.min(after * 2, LAST_LOOK_MS));
    }, after);
  }

  /** True when the file has been told, now or before: one that failed verification is announced a second time. */
  #tell(file: ItemizedFile): boolean {
    if (!this.#waiting.has(file.path)) return true;
    const found = this.#look(file.path);
    if (found === undefined) return false;
    if (file.fresh && found.ino === this.#waiting.get(file.path)) return false;
    this.#waiting.delete(file.path);
    this.#events.onFile(file.path);
    return true;
  }

  #look(path: string): { ino: number } | undefined {
    const stat = lstatSync(`${this.#staging}/${path}`, { throwIfNoEntry: false });
    return stat?.isFile() ? { ino: stat.ino } : undefined;
  }
}
