import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { TfcacheError } from '../../../platform/error.ts';
import type { FetchFile } from '../../mirror.ts';
import type { ExplainedFailure } from '../exit/exit.ts';
import { partialDataPath } from './growth.ts';

/** Sees to it that nothing comes but what was asked for, and not without end: a run that brings more is ended. */
export class ExcessWatch {
  readonly #folder: string;
  /** Bytes that were listed, by path. */
  readonly #listed: ReadonlyMap<string, number>;
  readonly #largestListed: number;
  readonly #run = new AbortController();
  readonly #unasked = new Set<string>();
  #endless: string | undefined;

  /** @param folder that rsync writes to. */
  constructor(folder: string, files: readonly FetchFile[]) {
    this.#folder = folder;
    this.#listed = new Map(files.map(({ path, size }) => [path, size]));
    // Not spread into Math.max: there may be a hundred thousand.
    this.#largestListed = files.reduce((largest, { size }) => Math.max(largest, size), 0);
  }

  /** Aborted when too much came. */
  get signal(): AbortSignal {
    return this.#run.signal;
  }

  /** Bytes that no file may exceed. */
  get limit(): number {
    return mostFor(this.#largestListed);
  }

  /** True when files came that nobody asked for. */
  get hasUnasked(): boolean {
    return this.#unasked.size > 0;
  }

  /** A file is complete. */
  arrived(path: string): void {
    if (this.#listed.has(path)) return;
    this.#unasked.add(path);
    this.#run.abort();
  }

  /** To be called when the run has ended: rsync tells of a file before it gives it its name. */
  removeUnasked(): void {
    for (const path of this.#unasked) rmSync(join(this.#folder, path), { force: true });
  }

  /** How large files are so far that are not complete yet. */
  checkSizes(sizes: ReadonlyMap<string, number>): void {
    this.#endless ??= [...sizes].find(
      ([path, size]) => size > mostFor(this.#listed.get(path) ?? this.#largestListed),
    )?.[0];
    if (this.#endless !== undefined) this.#run.abort();
  }

  /**
   * Why a run was ended that brought a file without end; undefined when none did. What was kept of the file is removed: it is no
   * part of any file.
   *
   * @param where the mirror, for the message.
   */
  explain(where: string): ExplainedFailure | undefined {
    const path = this.#endless;
    if (path === undefined) return undefined;
    rmSync(join(this.#folder, partialDataPath(path)), { force: true });
    const listed = this.#listed.get(path) ?? 0;
    const error = new TfcacheError(
      'protocol-error',
      `The mirror sends more than it listed for ${JSON.stringify(path)}.`,
      {
        where,
        expected: `${listed} bytes`,
        found: `more than ${mostFor(listed)} bytes, without an end in sight`,
        hint: 'Nothing of it was kept. Name another mirror, and tell the operator of this one.',
      },
    );
    return { error, retry: 'no' };
  }
}

/** A file may grow on the mirror while it is copied, but not without end. */
function mostFor(listed: number): number {
  return 2 * listed + 16 * 1024 * 1024;
}
