import { baseName } from '../bucket/bucket-path.ts';
import type { FolderListing } from '../bucket/file.ts';
import { type ErrorDetails, TfcacheError } from '../platform/error.ts';
import { escapeControlCharacters } from '../platform/text/escape.ts';
import { formatShortList } from '../platform/text/similar-names.ts';
import type { Request } from './request.ts';

/** Where a request is in the input. */
export type RequestPosition = Pick<Request, 'line' | 'text'>;

/** Characters of a request's text in a message. */
const MAX_SHOWN_LENGTH = 500;

/** Returns `wheel:tensorflow=2.15 (line 3)`. Requests of a lockfile have no line. */
function describeRequest({ line, text }: RequestPosition): string {
  return line === 0 ? shorten(text) : `${shorten(text)} (line ${line})`;
}

function shorten(text: string): string {
  const shown = text.length > MAX_SHOWN_LENGTH ? `${text.slice(0, MAX_SHOWN_LENGTH)}…` : text;
  return escapeControlCharacters(shown);
}

/** Returns the error of a request that is not valid, with its line and text. */
export function createRequestUsageError(
  request: RequestPosition,
  problem: string,
  details: Omit<ErrorDetails, 'where'> = {},
): TfcacheError {
  const message = `Request ${describeRequest(request)} is not valid: ${shorten(problem)}`;
  return new TfcacheError('request-invalid', message, escapeDetails(details));
}

/** Returns the error of a valid request for which a mirror has no files, with its line and text. */
export function createNothingMatchedError(
  request: RequestPosition,
  problem: string,
  details: ErrorDetails,
): TfcacheError {
  const message = `Nothing matched ${describeRequest(request)}: ${escapeControlCharacters(problem)}`;
  return new TfcacheError('nothing-matched', message, escapeDetails(details));
}

/** Escapes names, which come from mirrors. A hint may have several lines: its author escapes the names in it. */
function escapeDetails(details: ErrorDetails): ErrorDetails {
  const { expected, found, where } = details;
  return {
    ...details,
    ...(expected === undefined ? {} : { expected: escapeControlCharacters(expected) }),
    ...(found === undefined ? {} : { found: escapeControlCharacters(found) }),
    ...(where === undefined ? {} : { where: escapeControlCharacters(where) }),
  };
}

/** Lists the first names in a folder: `linux/, a.whl, b.whl and 3 more`. */
export function describeFolder({ exists, files, folders }: FolderListing, limit = 8): string {
  if (!exists) return 'the folder does not exist';
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

/** Returns a request as the user could write it instead. What is not changed stays, qualifiers too. Names are escaped. */
export function suggestRequest(request: Request, change: RequestChange): string {
  const { name = request.name, version = request.version } = change;
  const pairs = Object.entries({ ...request.qualifiers, ...change.qualifiers });
  const qualifiers = pairs.map(([key, value]) => `${key}=${value}`).join('&');
  return escapeControlCharacters(
    `${request.kind}:${name}${version}${qualifiers === '' ? '' : `?${qualifiers}`}`,
  );
}
