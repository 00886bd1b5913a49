import { baseName } from '../bucket/bucket-path.ts';
import type { FolderListing } from '../bucket/file.ts';
import { type ErrorDetails, TfcacheError } from '../platform/error.ts';
import { escapeControlCharacters } from '../platform/text/escape.ts';
import { formatShortList } from '../platform/text/similar-names.ts';
import type { Request } from './request.ts';

/** Where a request stands in the input: all an error needs of it. */
export type RequestPosition = Pick<Request, 'line' | 'text'>;

/** `line 3: wheel:tensorflow=2.15` */
export function describeRequestPosition(request: RequestPosition): string {
  return `line ${request.line}: ${shortened(request.text)}`;
}

/** Characters of a request's text in a message. */
const MAX_SHOWN = 500;

function shortened(text: string): string {
  return escapeControlCharacters(text.length > MAX_SHOWN ? `${text.slice(0, MAX_SHOWN)}…` : text);
}

/** A request that is wrong in itself: code `usage`, with its line and text. */
export function createRequestUsageError(
  request: RequestPosition,
  problem: string,
  details: Omit<ErrorDetails, 'where'> = {},
): TfcacheError {
  const message = `Request on ${describeRequestPosition(request)}: ${shortened(problem)}`;
  return new TfcacheError('usage', message, oneLineEach(details));
}

/** A request that is right and found nothing: code `nothing-matched`, with its line and text. */
export function createNothingMatchedError(
  request: RequestPosition,
  problem: string,
  details: ErrorDetails,
): TfcacheError {
  const message = `Nothing matched the request on ${describeRequestPosition(request)}: ${escapeControlCharacters(problem)}`;
  return new TfcacheError('nothing-matched', message, oneLineEach(details));
}

/** The names in details come from mirrors. Only a hint may have several lines; those who write one print names in it. */
function oneLineEach(details: ErrorDetails): ErrorDetails {
  const { expected, found, where } = details;
  return {
    ...details,
    ...(expected === undefined ? {} : { expected: escapeControlCharacters(expected) }),
    ...(found === undefined ? {} : { found: escapeControlCharacters(found) }),
    ...(where === undefined ? {} : { where: escapeControlCharacters(where) }),
  };
}

/** Lists the first names in a folder: `a.whl, b.whl and 3 more`. */
export function describeFolder({ exists, files, folders }: FolderListing, limit = 8): string {
  if (!exists) return 'there is no such folder';
  const names = [...folders.map((name) => `${name}/`), ...files.map(({ path }) => baseName(path))];
  return names.length === 0 ? 'an empty folder' : formatShortList(names, limit);
}

/** What a suggestion changes of a request. */
export interface RequestChange {
  name?: string;
  /** PEP 440 specifiers with their operator: `==2.15.0`. */
  version?: string;
  /** Added to the qualifiers; replaces the values of those that are there. */
  qualifiers?: Readonly<Record<string, string>>;
}

/** Returns a request as the user could write it instead. What is not changed stays, qualifiers too. */
export function suggestRequest(request: Request, change: RequestChange): string {
  const { name = request.name, version = request.version } = change;
  const pairs = Object.entries({ ...request.qualifiers, ...change.qualifiers });
  const qualifiers = pairs.map(([key, value]) => `${key}=${value}`).join('&');
  return `${request.kind}:${name}${version}${qualifiers === '' ? '' : `?${qualifiers}`}`;
}
