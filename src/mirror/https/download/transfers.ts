import { mapParallel } from '../../../platform/concurrency/parallel.ts';
import { createSemaphore } from '../../../platform/concurrency/semaphore.ts';
import { TfcacheError } from '../../../platform/error.ts';
import type { Log } from '../../../platform/log.ts';
import type { FetchEvents, FetchFile, FetchResult } from '../../mirror.ts';
import type { GetAuthorization } from '../http/authorize.ts';
import { BandwidthLimit } from '../http/bandwidth.ts';
import { createHttpClient } from '../http/client.ts';
import { unwrapRetryable } from '../http/network-error.ts';
import type { RequestContext } from '../listing/fetch-page.ts';
import { type DownloadContext, downloadFile } from './download.ts';

/** Connections when the user named none: fewer than a browser opens to one host. */
const DEFAULT_CONNECTIONS = 4;
/** Most that are taken, however many were asked for. */
const MAX_CONNECTIONS = 16;

/** How a server is dealt with, whatever it serves. */
export interface HttpTransferOptions {
  /** Seconds without progress after which a request or a transfer has failed. */
  timeout: number;
  /** Further tries after one that failed in a way that may pass. */
  retries: number;
  /** KiB a second, all connections together; undefined for no limit. */
  bandwidthLimit: number | undefined;
  /** Requests at once; undefined: 4. */
  connections: number | undefined;
  /** For HTTPS_PROXY, HTTP_PROXY, ALL_PROXY and NO_PROXY. */
  environment: NodeJS.ProcessEnv;
  log: Log;
  /** Hosts allowed by name to be asked over plain http://, besides this machine itself. */
  plainHttpHosts?: readonly string[];
  /** Seconds before the second try, each further pause twice as long; 1 when absent. */
  firstPauseSeconds?: number;
}

/** What may be done with each file besides fetching it. */
export interface FetchSteps<F extends FetchFile> {
  getUrl(file: F): URL;
  /** Told once a file is complete in staging, before anyone else is. @throws TfcacheError `integrity` */
  verifyFile?(file: F): Promise<void>;
}

export interface HttpTransfers {
  /** For listings; shares connections and pauses with the transfers. */
  readonly requests: RequestContext;
  /**
   * Brings files into staging. A wrong file does not keep the others from arriving; anything else stops all of them.
   * @throws TfcacheError
   */
  fetch<F extends FetchFile>(
    files: readonly F[],
    steps: FetchSteps<F>,
    staging: string,
    events: FetchEvents,
    signal: AbortSignal | undefined,
  ): Promise<FetchResult>;
}

export function createHttpTransfers(
  options: HttpTransferOptions,
  authorize: GetAuthorization,
): HttpTransfers {
  const {
    timeout,
    retries,
    log,
    environment,
    firstPauseSeconds = 1,
    plainHttpHosts = [],
  } = options;
  const asked = options.connections ?? DEFAULT_CONNECTIONS;
  const connections = Math.min(Math.max(asked, 1), MAX_CONNECTIONS);
  const client = createHttpClient({
    environment,
    connections,
    timeout,
    plainHttpHosts,
    log,
    authorize,
  });
  const slots = createSemaphore(connections);
  const bandwidth = new BandwidthLimit(options.bandwidthLimit);
  const retryOptions = { retries, firstPauseSeconds, log };
  const requests = { client, timeout, connections, slots, retryOptions };

  return {
    requests,
    async fetch(files, steps, staging, events, signal) {
      const missing: string[] = [];
      const wrong: TfcacheError[] = [];
      let bytesReceived = 0;
      const context: DownloadContext = {
        ...requests,
        bandwidth,
        staging,
        onBytes(bytes) {
          bytesReceived += bytes;
          events.onBytes(bytes);
        },
      };
      await mapParallel(files, connections, signal, async (file, both) => {
        try {
          const outcome = await downloadFile(steps.getUrl(file), file, context, both);
          if (outcome === 'missing') {
            missing.push(file.path);
            return;
          }
          await steps.verifyFile?.(file);
          events.onFile(file.path);
        } catch (error) {
          const seen = unwrapRetryable(error);
          if (!(seen instanceof TfcacheError) || seen.code !== 'integrity') throw seen;
          wrong.push(seen);
        }
      });
      if (wrong[0] !== undefined) throw wrong[0];
      return { bytesReceived, missing };
    },
  };
}
