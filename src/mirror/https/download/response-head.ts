import { TfcacheError } from '../../../platform/error.ts';
import type { ByteRange } from '../../partial/ranges.ts';
import type { HttpResponse } from '../http/client.ts';
import { formatUrlForDisplay } from '../http/network-error.ts';
import { checkContentEncoding } from '../http/read-body.ts';
import {
  createCaptivePortalError,
  createStatusError,
  isMissingStatus,
} from '../http/status-error.ts';
import { parseTimeSeconds } from '../listing/page.ts';
import { parseContentRange } from './content-range.ts';

/** What was asked for, to hold the answer to. */
export interface RangeRequest {
  path: string;
  /** Bytes of the whole file, from the listing or the lock. */
  size: number;
  /** The bytes asked for; undefined: the whole file, without a Range. */
  range: ByteRange | undefined;
  /** Sent as If-Range; undefined when the version was not known. */
  validator: string | undefined;
}

/** How it is asked. https://www.rfc-editor.org/rfc/rfc9110#name-range-requests */
export function buildRangeHeaders({ range, validator }: RangeRequest): Record<string, string> {
  if (range === undefined) return {};
  return {
    range: `bytes=${range.start}-${range.end - 1}`,
    ...(validator === undefined ? {} : { 'if-range': validator }),
  };
}

/**
 * What the head of an answer says:
 * - `content`: the bytes that were asked for follow;
 * - `missing`: there is no such file;
 * - `whole`: the server has another version now, does not do ranges, or gives nothing by which to tell versions apart:
 *   ask for the whole file.
 */
export type ResponseKind = 'content' | 'missing' | 'whole';

/**
 * Judges the head of an answer before a byte of its body is kept.
 *
 * @param known the version of what was received so far.
 * @throws PassingFailure, TfcacheError `no-mirror` (not the mirror’s answer), `integrity` (not the file that was listed).
 */
export function checkResponseHead(
  response: HttpResponse,
  question: RangeRequest,
  known: string | undefined,
): ResponseKind {
  const { status, headers } = response;
  if (isMissingStatus(status)) return 'missing';
  // 416: the file is shorter than the range now.
  if (status === 416 && question.range !== undefined) return 'whole';
  if (status !== 200 && status !== 206) throw createStatusError(response);
  refuseWebPage(response, question);
  refuseStoredCompressed(response);
  if (!isAsStored(response, question)) checkContentEncoding(response);
  if (status === 200) {
    if (question.range !== undefined) return 'whole';
    const length = headers['content-length'];
    if (length !== undefined && Number(length) !== question.size) {
      throw createWrongSizeError(response, question, `${length} bytes`);
    }
    return 'content';
  }
  checkRange(response, question);
  const version = getValidator(response);
  // With If-Range a server need not repeat Last-Modified (RFC 9110, 15.3.7).
  if (version === undefined) return question.validator === undefined ? 'whole' : 'content';
  return known === undefined || version === known ? 'content' : 'whole';
}

/**
 * By what a later request can ask for the same version: a strong ETag, else the time of the last change.
 * https://www.rfc-editor.org/rfc/rfc9110#name-if-range
 */
export function getValidator(response: HttpResponse): string | undefined {
  const { etag } = response.headers;
  if (etag?.startsWith('"') === true) return etag;
  const time = response.headers['last-modified'];
  // The epoch is no time: servers that know none give it for every version.
  return parseTimeSeconds(time) === undefined ? undefined : time;
}

function checkRange(response: HttpResponse, { range, size, path }: RangeRequest): void {
  const text = response.headers['content-range'];
  const answer = parseContentRange(text);
  if (answer?.total !== undefined && answer.total !== size) {
    throw createWrongSizeError(response, { path, size }, `${answer.total} bytes`);
  }
  const length = response.headers['content-length'];
  const fits =
    range !== undefined &&
    answer?.start === range.start &&
    answer.end === range.end &&
    (length === undefined || Number(length) === range.end - range.start);
  if (fits) return;
  throw new TfcacheError(
    'protocol-error',
    'The mirror sends another part of the file than was asked for.',
    {
      where: formatUrlForDisplay(response.url),
      expected:
        range === undefined
          ? 'the whole file (200)'
          : `bytes ${range.start}-${range.end - 1}/${size}`,
      found: `${text ?? 'no Content-Range, or several ranges'}${length === undefined ? '' : `, ${length} bytes`}`,
      hint: 'The mirror, or a proxy between, answers ranges wrongly: tell who runs it, or name another mirror.',
    },
  );
}

/**
 * True if the answer has the length of the file as it is stored. Then its Content-Encoding describes what the file is (Apache’s
 * AddEncoding for `.gz`, metadata of an upload such as `aws-chunked`) and not what was done to it on the way.
 */
function isAsStored({ status, headers }: HttpResponse, { size }: RangeRequest): boolean {
  if (status === 206) return parseContentRange(headers['content-range'])?.total === size;
  const length = headers['content-length'];
  return length !== undefined && Number(length) === size;
}

function refuseWebPage(response: HttpResponse, { path, size }: RangeRequest): void {
  const type = response.headers['content-type'] ?? '';
  if (!/^(text\/html|application\/xhtml)/i.test(type) || /\.x?html?$/i.test(path)) return;
  const length = response.headers['content-length'];
  // A server may call any file HTML; the right length, or a right range of it, says that it is the file.
  if (response.status === 206 || (length !== undefined && Number(length) === size)) return;
  throw createCaptivePortalError({
    where: formatUrlForDisplay(response.url),
    found: `HTTP ${response.status}, ${type}, ${length === undefined ? 'of unknown length' : `${length} bytes`} for ${path} (${size} bytes)`,
  });
}

/** https://cloud.google.com/storage/docs/transcoding: served unpacked, with another length and no ranges. */
function refuseStoredCompressed(response: HttpResponse): void {
  if (response.headers['x-goog-stored-content-encoding'] !== 'gzip') return;
  throw new TfcacheError(
    'protocol-error',
    'This object is stored compressed and served unpacked.',
    {
      where: formatUrlForDisplay(response.url),
      found: 'x-goog-stored-content-encoding: gzip',
      hint: 'Its listed size and digest are those of the compressed form, so what is served cannot be verified. Ask its owner to store it as it is.',
    },
  );
}

export function createWrongSizeError(
  response: HttpResponse,
  { path, size }: { path: string; size: number },
  found: string,
): TfcacheError {
  return new TfcacheError(
    'size-mismatch',
    `${path} has another size on the mirror than was listed.`,
    {
      where: formatUrlForDisplay(response.url),
      expected: `${size} bytes`,
      found,
      hint: 'It was replaced since it was listed or locked, or the mirror is being updated: run again in some minutes, or name another mirror.',
    },
  );
}
