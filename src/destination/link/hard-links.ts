import { availableParallelism } from 'node:os';
import { extname } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { describeError } from '../../platform/error.ts';
import type { Log } from '../../platform/log.ts';
import { makeLinkBatch } from './link-batch.ts';
import type { LinkBatch, LinkBatchResult } from './link-message.ts';

/** Below so many, starting a thread takes longer than it saves. */
const MIN_THREAD_LINK_COUNT = 10_000;
/** So many in one order to the thread, which needs little memory then; while it works on one, the next lies there already. */
const LINKS_PER_BATCH = 1_000;
const MAX_PENDING_BATCHES = 2;
/** Links are made here without a pause for so many; then signals, timers and the thread's answers get their turn. */
const LINKS_PER_TURN = 256;

/** Links to make. */
export interface LinkList {
  count: number;
  /** Absolute path of what a link is to lead to. */
  object(number: number): string;
  /** Absolute path of the link. */
  target(number: number): string;
  /** The folder to make for it, if it is not there; links into one folder follow one another. */
  folder(number: number): string | undefined;
}

export interface HardLinkOptions {
  log: Log;
  /** As many links as a thread is worth. */
  minThreadLinkCount?: number;
  /** The worker's module, when it does not stand beside this one under its own name. */
  workerUrl?: URL;
}

/**
 * Makes hard links where nothing stands yet. When there are many, a second thread makes them from the first on while this one
 * makes them from the last on: a file system links into two folders at once.
 *
 * @returns numbers of those that could not be made, or of which that is not known; whoever tries one again learns more.
 */
export async function makeHardLinks(links: LinkList, options: HardLinkOptions): Promise<number[]> {
  const { minThreadLinkCount: worthAThread = MIN_THREAD_LINK_COUNT } = options;
  /** What nobody works on yet: from `next` to before `end`. */
  const open = { next: 0, end: links.count };
  const alone = links.count < worthAThread || availableParallelism() === 1;
  const there = alone ? undefined : linkInThread(links, open, options);
  const failed: number[] = [];
  while (open.next < open.end) {
    const first = Math.max(open.next, open.end - LINKS_PER_TURN);
    const order = createBatch(links, first, open.end);
    open.end = first;
    failed.push(...makeLinkBatch(order));
    await nextTurn();
  }
  return there === undefined ? failed : failed.concat(await there);
}

async function linkInThread(
  links: LinkList,
  open: { next: number; end: number },
  { log, workerUrl }: HardLinkOptions,
): Promise<number[]> {
  const url = workerUrl ?? new URL(`./link-worker${extname(import.meta.url)}`, import.meta.url);
  // A small heap is enough: it holds an order at a time.
  const worker = new Worker(url, { resourceLimits: { maxYoungGenerationSizeMb: 4 } });
  const failed: number[] = [];
  const ordered: LinkBatch[] = [];
  const order = () => {
    if (open.next >= open.end) return;
    const next = createBatch(links, open.next, Math.min(open.end, open.next + LINKS_PER_BATCH));
    open.next += next.targets.length;
    ordered.push(next);
    worker.postMessage(next);
  };
  try {
    for (let orders = 0; orders < MAX_PENDING_BATCHES; orders += 1) order();
    await new Promise<void>((resolve, reject) => {
      worker.on('error', reject);
      worker.on('exit', (code) => reject(new Error(`it ended with ${code}`)));
      worker.on('message', (answer: LinkBatchResult) => {
        failed.push(...answer.failed);
        ordered.shift();
        order();
        if (ordered.length === 0) resolve();
      });
    });
  } catch (error) {
    // A thread can be refused or killed where memory is short: then its links are made here.
    log.debug(`The thread that makes links was lost: ${describeError(error)}`);
    for (const { first, targets } of ordered)
      failed.push(...targets.map((_, index) => first + index));
  } finally {
    await worker.terminate();
  }
  return failed;
}

function createBatch(links: LinkList, first: number, end: number): LinkBatch {
  const folders = new Set<string>();
  const [objects, targets]: [string[], string[]] = [[], []];
  for (let number = first; number < end; number += 1) {
    const folder = links.folder(number);
    if (folder !== undefined) folders.add(folder);
    objects.push(links.object(number));
    targets.push(links.target(number));
  }
  return { first, folders: [...folders], objects, targets };
}
