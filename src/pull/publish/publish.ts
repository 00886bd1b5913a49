import type { VerifiedFile } from '../../bucket/file.ts';
import type { Destination } from '../../destination/destination.ts';
import type { PublishFile } from '../../destination/destination-file.ts';
import { describeError, TfcacheError } from '../../platform/error.ts';
import { isPermissionError } from '../../platform/files/file-error.ts';
import type { Log } from '../../platform/log.ts';
import type { LinkMode, Staging, Store } from '../../store/store.ts';
import type { FetchedFile } from '../fetch/fetched.ts';

export interface PublishContext {
  link: LinkMode;
  job?: string | undefined;
  log: Log;
  signal: AbortSignal;
  /** False when nothing had to be fetched since it was planned: what was found sound then is not looked at again. */
  hasFetched: boolean;
}

/** Puts what was verified where the build reads it. Called only when everything is here: a failed run touches nothing. */
export async function publishFetched(
  fetched: readonly FetchedFile[],
  destination: Destination,
  store: () => Store,
  { link, job, log, signal, hasFetched }: PublishContext,
): Promise<void> {
  const files = fetched.map(({ verified, source, planned }) => {
    if (source === 'in-place') return { ...verified, object: undefined };
    const seen = hasFetched ? undefined : planned.objectName;
    const name = seen ?? store().findObjectName(verified.sha256, verified.size);
    if (name === undefined) throw createMissingObjectError(verified.path, store().folder);
    return new StoredFile(verified, name, store());
  });
  const inPlace = files.every(({ object }) => object === undefined);
  const { method } = await destination.publish(files, {
    link,
    job,
    linkMethods: inPlace ? undefined : store().linkMethods,
    acquireLock: () => lockDestination(destination, store, log, signal),
  });
  if (method === undefined || method === 'hardlink') return;
  store().touch(listObjects(files));
}

/**
 * Runs with one store fill one destination one after the other. Where the store may only be read there are no turns.
 *
 * @throws TfcacheError when the run whose turn it is hangs; the signal's reason.
 */
async function lockDestination(
  { folder }: Destination,
  store: () => Store,
  log: Log,
  signal: AbortSignal,
): Promise<Staging | undefined> {
  try {
    return await store().stage(`destination ${folder}`, {
      signal,
      onWait: (owner) => log.info(`Waiting for ${owner}, which fills the same destination.`),
    });
  } catch (error) {
    if (!(error instanceof TfcacheError) || !isPermissionError(error.cause)) throw error;
    log.debug(`Other runs are not kept out of the destination: ${describeError(error)}`);
    return undefined;
  }
}

/** Its object's path is made when it is asked for: a hundred thousand of them are tens of megabytes. */
class StoredFile implements PublishFile {
  readonly #verified: VerifiedFile;
  readonly #name: string;
  readonly #store: Store;

  constructor(verified: VerifiedFile, name: string, store: Store) {
    this.#verified = verified;
    this.#name = name;
    this.#store = store;
  }

  get bucket(): string {
    return this.#verified.bucket;
  }

  get path(): string {
    return this.#verified.path;
  }

  get size(): number {
    return this.#verified.size;
  }

  get mtime(): number | undefined {
    return this.#verified.mtime;
  }

  get etag(): string | undefined {
    return this.#verified.etag;
  }

  get sha256(): string {
    return this.#verified.sha256;
  }

  get object(): string {
    return this.#store.pathOf(this.#name);
  }
}

function* listObjects(files: readonly PublishFile[]): Generator<string> {
  for (const { object } of files) if (object !== undefined) yield object;
}

function createMissingObjectError(path: string, where: string): TfcacheError {
  return new TfcacheError(
    'store-damaged',
    `${path} was verified, and is no longer in the store as it was.`,
    {
      where,
      hint: 'Something else changed the store meanwhile: run again, and keep other programs out of that folder.',
    },
  );
}
