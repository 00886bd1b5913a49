import { Readable } from 'node:stream';
import type { Handler, Request } from './direct-handler.ts';
import { MAX_ANSWER_BYTES, readWhole, UnendingAnswer } from './read-whole.ts';

interface Response {
  statusCode: number;
  body?: unknown;
}

/**
 * Most tags of an answer: a page of 1,000 keys has some 30,000. The SDK parses an answer in one piece, during which nothing else
 * gets its turn.
 */
const MAX_TAGS = 200_000;

/**
 * Bounds in length and in time what the SDK reads whole: listings, errors and the answers to writes. The bytes of objects pass;
 * their readers have limits of their own.
 *
 * @param patience milliseconds in which something must move.
 */
export function createBoundedHandler<R extends Response>(
  handler: Handler<R>,
  patience: number,
): Handler<R> {
  return {
    async handle(request, options) {
      const { response } = await handler.handle(request, options);
      if (!(response.body instanceof Readable) || isObject(request, response)) return { response };
      const body = await readWhole(response.body, MAX_ANSWER_BYTES, patience);
      if (countTags(body) > MAX_TAGS) {
        throw new UnendingAnswer(`the store's answer has more than ${MAX_TAGS} tags`);
      }
      return { response: Object.assign(response, { body: Readable.from([body]) }) };
    },
    destroy: () => handler.destroy?.(),
  };
}

function isObject({ method, query }: Request, { statusCode }: Response): boolean {
  const isRead = method === 'GET' && query?.['list-type'] === undefined;
  return isRead && statusCode >= 200 && statusCode < 300;
}

function countTags(body: Buffer): number {
  let tags = 0;
  for (let at = body.indexOf('<'); at !== -1; at = body.indexOf('<', at + 1)) tags += 1;
  return tags;
}
