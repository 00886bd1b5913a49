import { existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { TfcacheError } from '../../error.ts';
import { endOrphans } from '../../process/orphans.ts';
import type { FetchEvents, FetchFile, FetchResult } from '../mirror.ts';
import { fetchArguments, tellsFiles } from './arguments.ts';
import { Arrivals } from './arrivals.ts';
import { isWorthABasis, leaveBasis, stageBasis } from './basis.ts';
import { splitIntoBatches } from './batches.ts';
import { isComplete, type RsyncClient } from './client.ts';
import type { Explained } from './exit.ts';
import { type FileCount, namesToFetch } from './folder-names.ts';
import { Growth, partialPath } from './growth.ts';
import { parseItemizeLine } from './itemize.ts';
import { Meter } from './meter.ts';
import { BASIS_FOLDER, PARTIAL_FOLDER } from './own-names.ts';
import { adoptPartialData } from './partial.ts';
import { formatPlace, type Remote } from './remote.ts';

export interface TransferOptions {
  /** rsyncs at once, at most. */
  connections: number;
  /** KiB per second in all; undefined for no limit. */
  bandwidthLimit: number | undefined;
  countIn: FileCount;
}

/** How one of several rsyncs at once ended; `failed` is undefined when it did all there was to do. */
interface BatchEnd {
  failed: Explained | undefined;
}

/** Files on their way from one mirror into one staging folder. */
export class Transfer {
  readonly #client: RsyncClient;
  readonly #remote: Remote;
  readonly #staging: string;
  readonly #events: FetchEvents;
  readonly #options: TransferOptions;
  readonly #meter: Meter;
  readonly #waiting: Map<string, FetchFile>;

  constructor(
    client: RsyncClient,
    remote: Remote,
    files: readonly FetchFile[],
    staging: string,
    events: FetchEvents,
    options: TransferOptions,
  ) {
    this.#client = client;
    this.#remote = remote;
    this.#staging = staging;
    this.#events = events;
    this.#options = options;
    this.#meter = new Meter((bytes) => events.onBytes(bytes));
    this.#waiting = new Map(files.map((file) => [file.path, file]));
  }

  async run(signal: AbortSignal | undefined): Promise<FetchResult> {
    await mkdir(this.#staging, { recursive: true });
    // What stands there was left by a run that was killed; its rsync may still be writing.
    if (readdirSync(this.#staging).length > 0) await endOrphans(isFetchInto(this.#staging));
    await this.#client.retrying(this.#remote, signal, async () => {
      this.#meter.nextRun();
      const { whole, based } = await this.#prepare();
      const failed =
        (await this.#receive(whole, this.#staging, signal)) ??
        (await this.#receive(based, join(this.#staging, BASIS_FOLDER), signal));
      // Whatever rsync says, what matters is whether everything that was asked for is here.
      if (failed === undefined || this.#waiting.size === 0) return { value: undefined };
      return { failed };
    });
    return { bytesReceived: this.#meter.total, missing: [...this.#waiting.keys()] };
  }

  /** Which files come whole, and which as the difference to an older one. */
  async #prepare(): Promise<{ whole: FetchFile[]; based: FetchFile[] }> {
    const room = join(this.#staging, BASIS_FOLDER);
    const whole: FetchFile[] = [];
    const based: FetchFile[] = [];
    const files = [...this.#waiting.values()];
    const promising = new Set(files.filter(isWorthABasis));
    const hadRoom = existsSync(room);
    if (promising.size > 0 || hadRoom) {
      const paths = files.map(({ path }) => path);
      await adoptPartialData(room, paths);
      await adoptPartialData(this.#staging, paths);
    }
    for (const file of files) {
      if (promising.has(file) && (await stageBasis(this.#staging, file))) {
        based.push(file);
        continue;
      }
      if (hadRoom) await leaveBasis(this.#staging, file.path);
      whole.push(file);
    }
    return { whole, based };
  }

  /** One rsync for each batch, at once. Where the mirror serves fewer at once than asked for, those that it serves do the rest. */
  async #receive(
    files: readonly FetchFile[],
    folder: string,
    signal: AbortSignal | undefined,
  ): Promise<Explained | undefined> {
    let left = files.filter(({ path }) => this.#waiting.has(path));
    for (let connections = this.#options.connections; left.length > 0; ) {
      const batches = splitIntoBatches(left, connections);
      const share = new Shares(this.#meter);
      const ends = await Promise.all(
        batches.map((batch) =>
          this.#receiveBatch(batch, folder, batches.length, share.next(), signal),
        ),
      );
      const served = ends.filter(({ failed }) => failed === undefined).length;
      if (served === batches.length) return undefined;
      left = left.filter(({ path }) => this.#waiting.has(path));
      if (served === 0 || signal?.aborted) {
        return ends.map(({ failed }) => failed).find((failed) => failed !== undefined);
      }
      connections = served;
    }
    return undefined;
  }

  async #receiveBatch(
    files: readonly FetchFile[],
    folder: string,
    batches: number,
    share: Share,
    signal: AbortSignal | undefined,
    countIn: FileCount = this.#options.countIn,
  ): Promise<BatchEnd> {
    const paths = files.map(({ path }) => path);
    const isRoom = folder !== this.#staging;
    const before = await adoptPartialData(folder, paths);
    // What grows over a basis is mostly copied from it: bytes are counted when the file is complete.
    const known = isRoom ? new Map(paths.map((path) => [path, Number.POSITIVE_INFINITY])) : before;
    const growth = new Growth(folder, known);
    const arrivals = new Arrivals(folder, paths, {
      onFile: (path) => {
        if (isRoom) this.#moveOut(folder, path);
        this.#waiting.delete(path);
        this.#events.onFile(path);
      },
    });
    const { bandwidthLimit } = this.#options;
    const listed = new Map(files.map(({ path, size }) => [path, size]));
    const asked = namesToFetch(files, isRoom ? () => undefined : countIn);
    const largest = largestOf(listed.values());
    let unasked: string | undefined;
    const tooMuch = new AbortController();
    let endless: string | undefined;
    const { capabilities } = await this.#client.program();
    const result = await this.#client
      .run({
        remote: this.#remote,
        args: (circumstances) =>
          fetchArguments(this.#remote, folder, {
            ...circumstances,
            bandwidthLimit:
              bandwidthLimit === undefined
                ? undefined
                : Math.max(1, Math.floor(bandwidthLimit / batches)),
            largest: asked.hasFolders ? mostFor(largest) : undefined,
          }),
        names: asked.names,
        signal: signal === undefined ? tooMuch.signal : AbortSignal.any([signal, tooMuch.signal]),
        onLine: (line) => {
          const file = parseItemizeLine(line);
          if (file === undefined) return;
          if (!listed.has(file.path)) {
            rmSync(join(folder, file.path), { force: true });
            unasked ??= file.path;
            tooMuch.abort();
          }
          if (!arrivals.isWaiting(file.path)) return;
          share.completed(file.received);
          arrivals.announce(file);
        },
        hasProgressed: async () => {
          const { inFlight, changed, sizes } = await growth.look(arrivals.waiting);
          share.inFlight(inFlight);
          endless ??= [...sizes].find(
            ([path, size]) => size > mostFor(listed.get(path) ?? largest),
          )?.[0];
          if (endless !== undefined) tooMuch.abort();
          return changed;
        },
      })
      .finally(() => arrivals.end());
    if (endless !== undefined) return { failed: this.#sendsTooMuch(folder, endless, listed) };
    const complete = isComplete(result);
    // A folder that was named whole is another by now: the rest of its files is asked for by name.
    if (asked.hasFolders && (unasked !== undefined || (complete && arrivals.waiting.length > 0))) {
      const rest = files.filter(({ path }) => this.#waiting.has(path));
      return this.#receiveBatch(rest, folder, batches, share, signal, () => undefined);
    }
    if (result.exitCode === 0 && !tellsFiles(capabilities)) {
      for (const file of arrivals.settle(files)) share.completed(file.size);
    }
    if (complete || arrivals.waiting.length === 0) return { failed: undefined };
    // A part of one file is progress too: who sends that has not shut this address out.
    const after = await adoptPartialData(folder, arrivals.waiting);
    const grew = [...after].some(([path, size]) => size > (before.get(path) ?? 0));
    const progressed = grew || arrivals.waiting.length < paths.length;
    return { failed: await this.#client.explain(this.#remote, result, progressed, signal) };
  }

  /** What was kept of it is removed: it is no part of any file. */
  #sendsTooMuch(folder: string, path: string, listed: ReadonlyMap<string, number>): Explained {
    rmSync(join(folder, partialPath(path)), { force: true });
    const error = new TfcacheError(
      'no-mirror',
      `The mirror sends more than it listed for ${JSON.stringify(path)}.`,
      {
        where: formatPlace(this.#remote),
        expected: `${listed.get(path) ?? 0} bytes`,
        found: `more than ${mostFor(listed.get(path) ?? 0)} bytes, without an end in sight`,
        hint: 'Nothing of it was kept. Name another mirror, and tell the operator of this one.',
      },
    );
    return { error, retry: 'no' };
  }

  /** Complete: from the room of files with a basis to where it is looked for. */
  #moveOut(room: string, path: string): void {
    const place = join(this.#staging, path);
    mkdirSync(dirname(place), { recursive: true });
    renameSync(join(room, path), place);
  }
}

/** A file may grow on the mirror while it is copied, but not without end. */
function mostFor(listed: number): number {
  return 2 * listed + 16 * 1024 * 1024;
}

/** Not spread into Math.max: there may be a hundred thousand. */
function largestOf(sizes: Iterable<number>): number {
  let largest = 0;
  for (const size of sizes) largest = Math.max(largest, size);
  return largest;
}

/** What one of several rsyncs at once has received. */
interface Share {
  completed(bytes: number): void;
  inFlight(bytes: number): void;
}

/** Adds up what several rsyncs receive at once, for one meter. */
class Shares {
  readonly #meter: Meter;
  readonly #inFlight: number[] = [];

  constructor(meter: Meter) {
    this.#meter = meter;
  }

  next(): Share {
    const index = this.#inFlight.push(0) - 1;
    return {
      completed: (bytes) => {
        this.#inFlight[index] = 0;
        this.#meter.completed(bytes);
      },
      inFlight: (bytes) => {
        this.#inFlight[index] = bytes;
        this.#meter.inFlight(this.#inFlight.reduce((sum, one) => sum + one, 0));
      },
    };
  }
}

/** Tells the arguments of an rsync of ours that writes into this folder, or into one below it. */
function isFetchInto(staging: string): (args: readonly string[]) => boolean {
  return (args) =>
    args.includes(`--partial-dir=${PARTIAL_FOLDER}`) &&
    args.at(-1)?.startsWith(`${staging}/`) === true;
}
