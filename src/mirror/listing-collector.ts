import { findPathProblem } from '../bucket/safe-path.ts';
import { readSteadyClockMs } from '../platform/clock.ts';
import { TfcacheError } from '../platform/error.ts';
import type { Log } from '../platform/log.ts';

/** Most names that one answer may hold; a tree of more is asked for in parts. */
export const MAX_NAMES_PER_LISTING = 200_000;
/** Most names that all folders of one question may hold together. */
export const MAX_NAMES_PER_REQUEST = 1_000_000;
/** Most text that all pages of one answer may have together: a name may keep the page that it was cut from in memory. */
const MAX_CHARACTERS = 512 * 1024 * 1024;

/** All pages of one answer must have come within so many timeouts. */
const MAX_DURATION_IN_TIMEOUTS = 30;

/** Bounds memory and time of one answer, however many folders and pages it is made of, while they are read. */
export class ListingBudget {
  private names = 0;
  private characters = 0;
  private readonly maxNames: number;

  constructor(maxNames = MAX_NAMES_PER_LISTING) {
    this.maxNames = maxNames;
  }
  private readonly begun = readSteadyClockMs();

  /** @throws TfcacheError `no-mirror` if there are too many. */
  addName(where: string): void {
    this.names += 1;
    if (this.names > this.maxNames) throw tooMany(where, `at most ${this.maxNames} names`);
  }

  /**
   * @param characters of one page.
   * @param timeout seconds without progress.
   * @throws TfcacheError `no-mirror` if all pages together have too many, or take too long.
   */
  addPage(characters: number, where: string, timeout: number): void {
    this.characters += characters;
    const seconds = timeout * MAX_DURATION_IN_TIMEOUTS;
    if (readSteadyClockMs() - this.begun > seconds * 1000) throw tooSlow(where, seconds);
    if (this.characters > MAX_CHARACTERS) {
      throw tooMany(where, `at most ${MAX_CHARACTERS / 1024 ** 2} MiB of pages`);
    }
  }
}

function tooSlow(where: string, seconds: number): TfcacheError {
  return new TfcacheError('mirror-timeout', 'The mirror’s listing does not end.', {
    where,
    expected: `an end within ${seconds} seconds`,
    hint: 'Ask for a smaller folder, raise timeout, or name another mirror.',
  });
}

function tooMany(where: string, expected: string): TfcacheError {
  return new TfcacheError(
    'listing-too-large',
    'The mirror lists more names than anything should hold.',
    {
      where,
      expected,
      hint: 'Ask for a smaller folder: a longer fixed beginning of the path.',
    },
  );
}

/** A file whose path was checked, and what a listing says of it. */
export interface CheckedEntry<E> {
  path: string;
  entry: E;
}

/**
 * Collects what the pages of one answer name. Every name is checked: what could not be a path below a folder of ours, or
 * holds control characters, is left out, counted, and told once.
 */
export class ListingCollector<E> {
  readonly files: CheckedEntry<E>[] = [];
  private readonly folderNames = new Set<string>();
  private excludedCount = 0;
  private example = '';
  private readonly where: string;
  private readonly budget: ListingBudget;

  constructor(where: string, budget: ListingBudget = new ListingBudget()) {
    this.where = where;
    this.budget = budget;
  }

  get folders(): string[] {
    return [...this.folderNames];
  }

  /** @param path relative to the bucket's root. @throws TfcacheError `no-mirror` when there are too many. */
  addFile(path: string, entry: E): void {
    if (this.shouldAdd(path)) this.files.push({ path, entry });
  }

  /** @param name of a folder directly inside. @throws TfcacheError `no-mirror` when there are too many. */
  addFolder(name: string): void {
    if (name.includes('/')) this.exclude(name, 'a name of a folder with a slash in it');
    else if (this.shouldAdd(name)) this.folderNames.add(name);
  }

  private shouldAdd(path: string): boolean {
    this.budget.addName(this.where);
    if (this.files.length + this.folderNames.size >= MAX_NAMES_PER_LISTING) {
      throw tooMany(this.where, `at most ${MAX_NAMES_PER_LISTING} names`);
    }
    const problem = /\p{Cc}/u.test(path) ? 'it holds a control character' : findPathProblem(path);
    if (problem === undefined) return true;
    this.exclude(path, problem);
    return false;
  }

  private exclude(name: string, problem: string): void {
    this.excludedCount += 1;
    if (this.excludedCount === 1)
      this.example = `${JSON.stringify(name.slice(0, 200))}: ${problem}`;
  }

  warnAboutExcludedNames(log: Log): void {
    if (this.excludedCount === 0) return;
    log.warning(
      `${this.where} lists ${this.excludedCount === 1 ? 'a name that is' : `${this.excludedCount} names that are`} not safe to use; left out (${this.example}).`,
    );
  }
}
