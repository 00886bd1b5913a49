import { type ErrorDetails, TfcacheError } from '../platform/error.ts';
import type { Request } from './request.ts';

/** Where a request stands in the input: all an error needs of it. */
export type RequestPosition = Pick<Request, 'line' | 'text'>;

/** Text from outside as it may stand in a message: control characters as `\xNN`, so that they cannot forge a line. */
export function escapeControlCharacters(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it looks for
  return text.replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]/g, (character) => {
    const code = character.charCodeAt(0);
    return code < 0x100
      ? `\\x${code.toString(16).padStart(2, '0')}`
      : `\\u${code.toString(16).padStart(4, '0')}`;
  });
}

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
