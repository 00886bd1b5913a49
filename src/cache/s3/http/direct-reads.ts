import { setTimeout as sleep } from 'node:timers/promises';
import { parseBucketXml } from '../../../mirror/https/listing/bucket-xml.ts';
import { FormatMismatchError } from '../../../mirror/https/listing/page.ts';
import { type Bucket, createObjectResponse } from '../bucket/bucket.ts';
import { findCredentials } from '../bucket/credentials.ts';
import type { S3Location } from '../location/location.ts';
import { resolveRegion } from '../location/region.ts';
import type { DirectResponse } from './direct-connection.ts';
import type { DirectPool, DirectResponseKind } from './direct-pool.ts';
import {
  EndlessResponseError,
  MAX_RESPONSE_BYTES,
  readResponseBody,
} from './read-response-body.ts';
import { createSigner, type SignedQuery } from './signer.ts';

/** Milliseconds before a store that has too much to do is asked again. */
const RETRY_PAUSE_MS = 500;
/** Bytes of what a store says in place of an object. */
const MAX_ERROR_BODY_BYTES = 64 * 1024;

/** Reads that need no SDK. Undefined in place of an answer: the SDK shall ask, and say what is wrong. */
export interface DirectReads {
  getObject(
    ...asked: Parameters<Bucket['getObject']>
  ): Promise<Awaited<ReturnType<Bucket['getObject']>> | undefined>;
  listObjects(
    ...asked: Parameters<Bucket['listObjects']>
  ): Promise<Awaited<ReturnType<Bucket['listObjects']>> | undefined>;
}

export interface DirectReadsOptions {
  location: S3Location;
  environment: NodeJS.ProcessEnv;
  idleTimeoutMs: number;
  pool: DirectPool;
}

/**
 * Signs and asks by itself where all is plain: an endpoint and keys that are given. Two answers count, what was asked for
 * and that it is not there; with any other the SDK asks once more. So waiting, retries, redirects, clocks that differ and
 * the words for errors are its own.
 */
export function createDirectReads(options: DirectReadsOptions): DirectReads | undefined {
  const { location, environment, idleTimeoutMs, pool } = options;
  const keys = findCredentials(environment);
  const region = resolveRegion(location, environment);
  if (location.endpoint === undefined || !location.pathStyle) return undefined;
  if (keys === undefined || region === undefined) return undefined;
  const signer = createSigner({ endpoint: location.endpoint, region, keys });
  // Once a store refuses what is signed here, it is spared more of it.
  let refused = false;

  async function ask(
    kind: DirectResponseKind,
    path: string,
    query: SignedQuery,
    range: string | undefined,
    signal: AbortSignal | undefined,
  ): Promise<DirectResponse | undefined> {
    if (refused || !pool.isSupported[kind]) return undefined;
    let answer: DirectResponse;
    try {
      answer = await pool.sendRequest(
        kind,
        signer.origin,
        signer.signRequest(path, query, range),
        signal,
      );
    } catch (error) {
      if (signal?.aborted) throw error;
      return undefined;
    }
    const { statusCode } = answer;
    if (statusCode === 200 || statusCode === 206) return answer;
    const code = await refusalOf(answer);
    if (statusCode === 404 && code === 'NoSuchKey') {
      throw Object.assign(new Error(code), { name: code, $metadata: { httpStatusCode: 404 } });
    }
    if (statusCode === 429 || statusCode >= 500)
      await sleep(RETRY_PAUSE_MS * (0.5 + Math.random()));
    else refused = true;
    return undefined;
  }

  async function refusalOf({ body }: DirectResponse): Promise<string | undefined> {
    const text = await read(body, MAX_ERROR_BODY_BYTES);
    return /<Code>([A-Za-z]{1,64})<\/Code>/.exec(text ?? '')?.[1];
  }

  /** Undefined when it does not come. @throws EndlessResponseError: there is no use in asking for it again. */
  async function read(body: DirectResponse['body'], most: number): Promise<string | undefined> {
    try {
      return (await readResponseBody(body, most, idleTimeoutMs)).toString('utf8');
    } catch (error) {
      if (error instanceof EndlessResponseError) throw error;
      // The SDK asks again, and says why when it fares no better.
      return undefined;
    }
  }

  return {
    async getObject(key, range, signal) {
      const wanted = range && `bytes=${range.start}-${range.end}`;
      const path = `/${location.bucket}/${key}`;
      const answer = await ask('object', path, {}, wanted, signal);
      if (answer === undefined) return undefined;
      const { headers, body } = answer;
      const length = headers['content-length'];
      return createObjectResponse(
        body,
        range,
        headers['content-range'],
        length === undefined ? undefined : Number(length),
      );
    },
    async listObjects(prefix, next) {
      const query = {
        'list-type': '2',
        prefix,
        ...(next === undefined ? {} : { 'continuation-token': next }),
      };
      const answer = await ask('page', `/${location.bucket}`, query, undefined, undefined);
      const text = answer && (await read(answer.body, MAX_RESPONSE_BYTES));
      if (text === undefined) return undefined;
      try {
        const page = await parseBucketXml(text, 'opaque');
        if (page.next !== undefined && page.next.parameter !== 'continuation-token')
          return undefined;
        return {
          objects: page.files.map(({ name: key, size }) => ({ key, size })),
          next: page.next?.value,
        };
      } catch (error) {
        if (error instanceof FormatMismatchError) return undefined;
        throw error;
      }
    },
  };
}
