import * as v from 'valibot';
import { getErrorMessage } from '../../../platform/error.ts';
import {
  base64ToHex,
  FormatMismatchError,
  type ListingPage,
  parseSizeBytes,
  parseTimeSeconds,
} from './page.ts';

const schema = v.object({
  items: v.optional(
    v.array(
      v.object({
        name: v.string(),
        size: v.string(),
        updated: v.string(),
        md5Hash: v.optional(v.string()),
        crc32c: v.optional(v.string()),
      }),
    ),
    [],
  ),
  prefixes: v.optional(v.array(v.string()), []),
  nextPageToken: v.optional(v.string()),
});

/**
 * A page of Google Cloud Storage's JSON API, https://cloud.google.com/storage/docs/json_api/v1/objects/list. Names are whole
 * keys. MD5 and CRC32C are base64, CRC32C big-endian; composite objects have no MD5
 * (https://cloud.google.com/storage/docs/hashes-etags).
 *
 * @throws FormatMismatch
 */
export function parseGoogleJson(body: string): ListingPage {
  const parsed = v.safeParse(schema, parseJsonPage(body));
  if (!parsed.success) throw new FormatMismatchError(v.summarize(parsed.issues).slice(0, 300));
  const { items, prefixes, nextPageToken } = parsed.output;
  return {
    files: items.map((item) => {
      const md5 = base64ToHex(item.md5Hash, 16);
      const crc32c = base64ToHex(item.crc32c, 4);
      return {
        name: item.name,
        size: parseSizeBytes(item.size),
        mtime: parseTimeSeconds(item.updated),
        ...(md5 === undefined ? {} : { md5 }),
        ...(crc32c === undefined ? {} : { crc32c }),
      };
    }),
    folders: prefixes,
    next:
      nextPageToken === undefined ? undefined : { parameter: 'pageToken', value: nextPageToken },
  };
}

/** Deepest nesting of a listing in JSON; they need about five levels. */
const MAX_JSON_DEPTH = 100;

/** @throws FormatMismatch for what is not JSON, or nested so deep that it is no listing. */
export function parseJsonPage(body: string): unknown {
  if (depthOf(body) > MAX_JSON_DEPTH) {
    throw new FormatMismatchError(`JSON that is nested more than ${MAX_JSON_DEPTH} deep`);
  }
  try {
    // Some servers put a byte order mark before it.
    return JSON.parse(body.replace(/^\uFEFF/, ''));
  } catch (error) {
    throw new FormatMismatchError(getErrorMessage(error));
  }
}

/** Counts brackets outside of strings: nested arrays take many times their length in memory. */
function depthOf(body: string): number {
  let depth = 0;
  let deepest = 0;
  let inString = false;
  for (let at = 0; at < body.length && deepest <= MAX_JSON_DEPTH; at += 1) {
    const character = body[at];
    if (inString) {
      if (character === '\\') at += 1;
      else if (character === '"') inString = false;
    } else if (character === '"') inString = true;
    else if (character === '[' || character === '{') deepest = Math.max(deepest, ++depth);
    else if (character === ']' || character === '}') depth -= 1;
  }
  return deepest;
}
