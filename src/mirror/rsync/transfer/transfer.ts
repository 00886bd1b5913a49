import { mkdirSync, readdirSync, renameSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { terminateOrphans } from '../../../platform/process/orphans.ts';
import type { FetchEvents, FetchFile, FetchResult } from '../../mirror.ts';
import type { ExplainedFailure } from '../exit/exit.ts';
import { parseItemizeLine } from '../output/itemize.ts';
import { BASIS_FOLDER } from '../output/own-names.ts';
import {
  buildFetchArguments,
  createFetchTest,
  reportsUnchangedFiles,
} from '../process/arguments.ts';
import type { RsyncClient } from '../process/client.ts';
import { isSessionComplete } from '../process/session.ts';
import {
  formatRemoteUrl,
  getModuleRoot,
  getNameFromModuleRoot,
  type Remote,
} from '../url/remote.ts';
import { ArrivalWatch } from './arrivals.ts';
import { stageBasisFiles } from './basis.ts';
import { splitIntoBatches } from './batches.ts';
import { ExcessWatch } from './excess.ts';
import { type CountFiles, selectNamesToFetch } from './folder-names.ts';
import { GrowthWatch } from './growth.ts';
import { ReceivedBytesMeter } from './meter.ts';
import { adoptPartialData } from './partial.ts';
import { type ProgressShare, ProgressShares } from './shares.ts';

export interface RsyncTransferOptions {
  /** rsyncs at once, at most. */
  connections: number;
  /** KiB per second in all; undefined for no limit. */
  bandwidthLimit: number | undefined;
  countIn: CountFiles;
}

/** How one of several rsyncs at once ended; `failed` is undefined when it did all there was to do. */
interface BatchEnd {
  failed: ExplainedFailure | undefined;
}

/** Files on their way from one mirror into one staging folder. */
export class RsyncTransfer {
  readonly #client: RsyncClient;
  readonly #remote: Remote;
  readonly #staging: string;
  readonly #events: FetchEvents;
  readonly #options: RsyncTransferOptions;
  readonly #meter: ReceivedBytesMeter;
  readonly #waiting: Map<string, FetchFile>;

  constructor(
    client: RsyncClient,
    remote: Remote,
    files: readonly FetchFile[],
    staging: string,
    events: FetchEvents,
    options: RsyncTransferOptions,
  ) {
    this.#client = client;
    this.#remote = remote;
    this.#staging = staging;
    this.#events = events;
    this.#options = options;
    this.#meter = new ReceivedBytesMeter((bytes) => events.onBytes(bytes));
    this.#waiting = new Map(files.map((file) => [file.path, file]));
  }

  async run(signal: AbortSignal | undefined): Promise<FetchResult> {
    await mkdir(this.#staging, { recursive: true });
    // What stands there was left by a run that was killed; its rsync may still be writing.
    if (readdirSync(this.#staging).length > 0)
      await terminateOrphans(createFetchTest(this.#staging));
    await this.#client.runWithRetries(this.#remote, signal, async () => {
      this.#meter.nextRun();
      const { whole, based } = await stageBasisFiles(this.#staging, [...this.#waiting.values()]);
      const failed =
        (await this.#receive(whole, this.#staging, signal)) ??
        (await this.#receive(based, join(this.#staging, BASIS_FOLDER), signal));
      // Whatever rsync says, what matters is whether everything that was asked for is here.
      if (failed === undefined || this.#waiting.size === 0) return { value: undefined };
      return { failed };
    });
    return { bytesReceived: this.#meter.total, missing: [...this.#waiting.keys()] };
  }

  /** One rsync for each batch, at once. Where the mirror serves fewer at once than asked for, those that it serves do the rest. */
  async #receive(
    files: readonly FetchFile[],
    folder: string,
    signal: AbortSignal | undefined,
  ): Promise<ExplainedFailure | undefined> {
    let left = files.filter(({ path }) => this.#waiting.has(path));
    for (let connections = this.#options.connections; left.length > 0; ) {
      const batches = splitIntoBatches(left, connections);
      const share = new ProgressShares(this.#meter);
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
    share: ProgressShare,
    signal: AbortSignal | undefined,
    countIn: CountFiles = this.#options.countIn,
  ): Promise<BatchEnd> {
    const paths = files.map(({ path }) => path);
    const isRoom = folder !== this.#staging;
    const before = await adoptPartialData(folder, paths);
    // What grows over a basis is mostly copied from it: bytes are counted when the file is complete.
    const known = isRoom ? new Map(paths.map((path) => [path, Number.POSITIVE_INFINITY])) : before;
    const growth = new GrowthWatch(folder, known);
    const arrivals = new ArrivalWatch(folder, paths, {
      onFile: (path) => {
        if (isRoom) this.#moveOut(folder, path);
        this.#waiting.delete(path);
        this.#events.onFile(path);
      },
    });
    const { bandwidthLimit } = this.#options;
    const asked = selectNamesToFetch(files, isRoom ? () => undefined : countIn);
    const excess = new ExcessWatch(folder, files);
    const { capabilities } = await this.#client.program();
    const result = await this.#client
      .run({
        remote: this.#remote,
        args: (circumstances) =>
          buildFetchArguments(getModuleRoot(circumstances.remote), folder, {
            ...circumstances,
            bandwidthLimit:
              bandwidthLimit === undefined
                ? undefined
                : Math.max(1, Math.floor(bandwidthLimit / batches)),
            largest: asked.hasFolders ? excess.limit : undefined,
          }),
        names: asked.names.map((name) => getNameFromModuleRoot(this.#remote, name)),
        signal: signal === undefined ? excess.signal : AbortSignal.any([signal, excess.signal]),
        onLine: (line) => {
          const file = parseItemizeLine(line);
          if (file === undefined) return;
          excess.arrived(file.path);
          if (!arrivals.isWaiting(file.path)) return;
          share.completed(file.received);
          arrivals.announce(file);
        },
        hasProgressed: async () => {
          const { inFlight, changed, sizes } = await growth.measure(arrivals.waiting);
          share.inFlight(inFlight);
          excess.checkSizes(sizes);
          return changed;
        },
      })
      .finally(() => {
        arrivals.end();
        excess.removeUnasked();
      });
    const endless = excess.explain(formatRemoteUrl(this.#remote));
    if (endless !== undefined) return { failed: endless };
    const complete = isSessionComplete(result);
    // A folder that was named whole is another by now: the rest of its files is asked for by name.
    if (asked.hasFolders && (excess.hasUnasked || (complete && arrivals.waiting.length > 0))) {
      const rest = files.filter(({ path }) => this.#waiting.has(path));
      return this.#receiveBatch(rest, folder, batches, share, signal, () => undefined);
    }
    if (result.exitCode === 0 && !reportsUnchangedFiles(capabilities)) {
      for (const file of arrivals.settle(files)) share.completed(file.size);
    }
    if (complete || arrivals.waiting.length === 0) return { failed: undefined };
    // A part of one file is progress too: who sends that has not shut this address out.
    const after = await adoptPartialData(folder, arrivals.waiting);
    const grew = [...after].some(([path, size]) => size > (before.get(path) ?? 0));
    const progressed = grew || arrivals.waiting.length < paths.length;
    return { failed: await this.#client.explain(this.#remote, result, progressed, signal) };
  }

  /** Complete: from the room of files with a basis to where it is looked for. */
  #moveOut(room: string, path: string): void {
    const place = join(this.#staging, path);
    mkdirSync(dirname(place), { recursive: true });
    renameSync(join(room, path), place);
  }
}
