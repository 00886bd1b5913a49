import { mapParallel } from '../../../platform/concurrency/parallel.ts';
import type { Semaphore } from '../../../platform/concurrency/semaphore.ts';
import { TfcacheError } from '../../../platform/error.ts';
import type { FetchFile } from '../../mirror.ts';
import { PartialFile } from '../../partial/partial-file.ts';
import { type ByteRange, choosePieceBytes, planPieces } from '../../partial/ranges.ts';
import { isStaged } from '../../partial/staged.ts';
import type { BandwidthLimit } from '../http/bandwidth.ts';
import type { HttpClient, HttpResponse } from '../http/client.ts';
import { isFolderOf } from '../http/file-facts.ts';
import { type HttpRetryOptions, RetryCounter } from '../http/http-retry.ts';
import { formatUrlForDisplay, RetryableError } from '../http/network-error.ts';
import { parseTimeSeconds } from '../listing/page.ts';
import { receiveIntoPartialFile } from './receive-into-partial-file.ts';
import {
  buildRangeHeaders,
  checkResponseHead,
  createWrongSizeError,
  getValidator,
  type RangeRequest,
} from './response-head.ts';

export interface DownloadContext {
  client: HttpClient;
  /** Transfers at once, over all files. */
  slots: Semaphore;
  connections: number;
  bandwidth: BandwidthLimit;
  /** Seconds without progress. */
  timeout: number;
  retryOptions: Omit<HttpRetryOptions, 'signal'>;
  staging: string;
  onBytes(bytes: number): void;
}

/** Bytes after which a try counts as one that got somewhere, however it ended. */
const MIN_PROGRESS_BYTES = 1024 * 1024;

/** The file must be asked for as a whole, from its beginning. */
class RestartRequired extends Error {}
class FileMissing extends Error {}

/**
 * Brings one file into staging: in pieces over several connections when it is large, going on from what an earlier try left.
 *
 * @throws TfcacheError; what arrived stays for the next try.
 */
export async function downloadFile(
  url: URL,
  file: FetchFile,
  context: DownloadContext,
  signal: AbortSignal,
): Promise<'complete' | 'missing'> {
  if (isStaged(context.staging, file)) return 'complete';
  const download = new Download(url, file, context);
  return download.run(signal);
}

class Download {
  private readonly url: URL;
  private readonly file: FetchFile;
  private readonly context: DownloadContext;
  private readonly partial: PartialFile;
  private lastModified: number | undefined;
  /** Why the connection broke off last, for the message. */
  private lastBreak: string | undefined;

  constructor(url: URL, file: FetchFile, context: DownloadContext) {
    this.url = url;
    this.file = file;
    this.context = context;
    this.partial = new PartialFile(context.staging, file.path, file.size);
  }

  async run(signal: AbortSignal): Promise<'complete' | 'missing'> {
    const { partial, file, context } = this;
    await partial.open();
    try {
      let piece = choosePieceBytes(file.size, context.connections);
      for (let restarts = 0; ; restarts += 1) {
        const pieces = planPieces(partial.missing, piece);
        try {
          await this.fetchPieces(pieces, signal);
          break;
        } catch (error) {
          if (!(error instanceof RestartRequired)) throw error;
          context.retryOptions.log.debug(`${file.path}: ${error.message}`);
          if (restarts > context.retryOptions.retries) throw this.createCannotResumeError(error);
          await partial.clear();
          piece = file.size;
        }
      }
    } catch (error) {
      if (error instanceof FileMissing) {
        await partial.discard();
        return 'missing';
      }
      await partial.closeForResume();
      throw error;
    }
    await partial.complete(file.mtime ?? this.lastModified);
    return 'complete';
  }

  private createCannotResumeError(cause: RestartRequired): TfcacheError {
    return new TfcacheError(
      'mirror-incomplete',
      `${this.file.path} does not arrive in one go, and the mirror does not let it be gone on with.`,
      {
        where: formatUrlForDisplay(this.url),
        found: [this.lastBreak, cause.message]
          .filter((text) => text !== undefined)
          .join('; then: '),
        cause,
        hint: 'The mirror must answer ranges (Accept-Ranges: bytes) with an ETag or Last-Modified that stays the same; else only an unbroken connection helps. Name another mirror.',
      },
    );
  }

  private async fetchPieces(pieces: readonly ByteRange[], signal: AbortSignal): Promise<void> {
    // An empty file has no pieces, but must be there. One that is complete already is trusted as recorded.
    const work = this.file.size === 0 ? [{ start: 0, end: 0 }] : pieces;
    await mapParallel(work, this.context.connections, signal, (piece, both) =>
      this.fetchPiece(piece, both),
    );
  }

  private async fetchPiece(piece: ByteRange, signal: AbortSignal): Promise<void> {
    const { context } = this;
    const tries = new RetryCounter({ ...context.retryOptions, signal });
    let start = piece.start;
    for (;;) {
      const before = start;
      try {
        await context.slots.run(() => this.transfer({ start: before, end: piece.end }, signal));
        return;
      } catch (error) {
        start = this.firstMissing(piece);
        if (start >= piece.end && piece.end > piece.start) return;
        if (error instanceof RetryableError) this.lastBreak = error.message;
        await tries.waitAfterFailure(
          error,
          start - before >= MIN_PROGRESS_BYTES ? 'progressed' : 'stuck',
        );
      }
    }
  }

  /** Where a piece goes on: everything before it is written. */
  private firstMissing(piece: ByteRange): number {
    const missing = this.partial.missing.find(({ end }) => end > piece.start);
    return Math.max(missing?.start ?? piece.end, piece.start);
  }

  private async transfer(range: ByteRange, signal: AbortSignal): Promise<void> {
    const { client, timeout, bandwidth, onBytes } = this.context;
    const { partial, file } = this;
    const isWhole = range.start === 0 && range.end === file.size;
    if (range.start > 0 && partial.validator === undefined && partial.hasBytes) {
      throw new RestartRequired(
        'the mirror gives no version, so nothing can be added to what came before',
      );
    }
    const question: RangeRequest = {
      path: file.path,
      size: file.size,
      range: isWhole ? undefined : range,
      validator: isWhole ? undefined : partial.validator,
    };
    const response = await client.sendRequest(this.url, {
      headers: buildRangeHeaders(question),
      signal,
    });
    let kept = false;
    try {
      this.refuseFolder(response);
      const verdict = checkResponseHead(response, question, partial.validator);
      if (verdict === 'missing') throw new FileMissing();
      if (verdict === 'whole') {
        throw new RestartRequired(
          `asked for bytes ${range.start}-${range.end - 1}, the mirror has no such part of the same version (HTTP ${response.status}); fetching the whole file`,
        );
      }
      this.checkServer(response, isWhole);
      kept = true;
    } finally {
      if (!kept) response.body.destroy();
    }
    if (isWhole) await this.startAnew(response);
    else partial.setVersion(partial.validator ?? getValidator(response), response.url.origin);
    this.lastModified ??= parseTimeSeconds(response.headers['last-modified']);
    const ending = await receiveIntoPartialFile(response, {
      partial,
      ...range,
      timeout,
      bandwidth,
      onBytes,
      signal,
    });
    if (ending === 'more' && isWhole) {
      await partial.clear();
      throw createWrongSizeError(response, file, `more than ${file.size} bytes`);
    }
  }

  /** @throws TfcacheError `no-mirror` for a page of a folder, also if it is as long as the file should be. */
  private refuseFolder({ url, headers }: HttpResponse): void {
    if (!isFolderOf(url, this.url) || !/html/i.test(headers['content-type'] ?? '')) return;
    throw new TfcacheError('protocol-error', `${this.file.path} is a folder on the mirror.`, {
      where: formatUrlForDisplay(this.url),
      expected: 'a file, as the mirror lists it',
      found: `a redirect to ${formatUrlForDisplay(url)}`,
      hint: 'Ask for the files in the folder by their paths, or let the mirror list folders with a slash at the end.',
    });
  }

  /**
   * Two servers behind one address may have different files of equal size, time and ETag (nginx makes its ETag of the two).
   *
   * @throws AskForWhole when another server answers than the one that sent the bytes so far and no digest would show it.
   */
  private checkServer({ url }: HttpResponse, isWhole: boolean): void {
    const { origin } = this.partial;
    if (isWhole || this.file.hasDigest === true) return;
    if (origin === undefined || origin === url.origin) return;
    throw new RestartRequired(
      `the mirror redirects to ${url.origin} now, and the first bytes came from ${origin}; fetching the whole file`,
    );
  }

  /** A whole file begins: nothing of an earlier version may stay under it. */
  private async startAnew(response: HttpResponse): Promise<void> {
    await this.partial.clear();
    this.partial.setVersion(getValidator(response), response.url.origin);
  }
}
