import { Readable } from 'node:stream';
import type { SdkHandler, SdkRequest } from './direct-handler.ts';
import {
  EndlessResponseError,
  MAX_RESPONSE_BYTES,
  readResponseBody,
} from './read-response-body.ts';

interface Response {
  statusCode: number;
  body?: unknown;
}

/**
 * Most tags of an answer: a page of 1,000 keys has some 30,000. The SDK parses an answer in one piece, during which nothing else
 * gets its turn.
 */
const MAX_TAG_COUNT = 200_000;

/**
 * Bounds in length and in time what the SDK reads whole: listings, errors and the answers to writes. The bytes of objects pass;
 * their readers have limits of their own.
 *
 * @param idleTimeoutMs milliseconds in which something must move.
 */
export function createBoundedHandler<R extends Response>(
  handler: SdkHandler<R>,
  idleTimeoutMs: number,
): SdkHandler<R> {
  return {
    async handle(request, options) {
      const { response } = await handler.handle(request, options);
      if (!(response.body instanceof Readable) || isObject(request, response)) return { response };
      const body = await readResponseBody(response.body, MAX_RESPONSE_BYTES, idleTimeoutMs);
      if (countTags(body) > MAX_TAG_COUNT) {
        throw new EndlessResponseError(`the store's answer has more than ${MAX_TAG_COUNT} tags`);
      }
      return { response: Object.assign(response, { body: Readable.from([body]) }) };
    },
    destroy: () => handler.destroy?.(),
  };
}

function isObject({ method, query }: SdkRequest, { statusCode }: Response): boolean {
  const isRead = method === 'GET' && query?.['list-type'] === undefined;
  return isRead && statusCode >= 200 && statusCode < 300;
}

function countTags(body: Buffer): number {
  let tags = 0;
  for (let at = body.indexOf('<'); at !== -1; at = body.indexOf('<', at + 1)) tags += 1;
  return tags;
}
