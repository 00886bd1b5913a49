import type { Readable } from 'node:stream';

/** A range of an object's bytes, both ends included. */
export interface ObjectRange {
  start: number;
  end: number;
}

export interface ObjectResponse {
  body: Readable;
  /** The object's size; undefined if the store does not send it. */
  totalBytes: number | undefined;
  /** False if the store ignores the range and sends the whole object. */
  isRanged: boolean;
}

/** An object in a listing. */
export interface ListedS3Object {
  key: string;
  /** Bytes; undefined if the store does not send the size. */
  size: number | undefined;
}

/** Whether to write only a new object (`new`), or also to replace an existing one (`any`). */
export type WriteCondition = 'new' | 'any';

/** The requests that the cache makes. Every failure is thrown in the form of the SDK's errors. */
export interface Bucket {
  getObject(
    key: string,
    range: ObjectRange | undefined,
    signal: AbortSignal,
  ): Promise<ObjectResponse>;
  /** The object's size. */
  headObject(key: string): Promise<number>;
  putObject(key: string, body: Uint8Array, condition: WriteCondition): Promise<void>;
  deleteObject(key: string): Promise<void>;
  /** Lists one page of the objects with a prefix, sorted by the bytes of their keys. */
  listObjects(
    prefix: string,
    next: string | undefined,
  ): Promise<{ objects: ListedS3Object[]; next: string | undefined }>;
  startUpload(key: string): Promise<string>;
  uploadPart(
    key: string,
    upload: string,
    number: number,
    body: Uint8Array,
    signal: AbortSignal,
  ): Promise<string>;
  /** @param tags the parts' tags, in order. */
  completeUpload(
    key: string,
    upload: string,
    tags: readonly string[],
    condition: WriteCondition,
  ): Promise<void>;
  abortUpload(key: string, upload: string): Promise<void>;
}

/**
 * Creates a response from its headers (https://www.rfc-editor.org/rfc/rfc9110#section-14.4).
 *
 * @throws Error if the store sends another range than requested.
 */
export function createObjectResponse(
  body: Readable,
  range: ObjectRange | undefined,
  contentRange: string | undefined,
  contentLength: number | undefined,
): ObjectResponse {
  const match = /^bytes (\d+)-\d+\/(\d+|\*)$/.exec(contentRange ?? '');
  if (range !== undefined && match !== null && Number(match[1]) !== range.start) {
    body.destroy();
    throw new Error('the store sent another range than requested');
  }
  if (match === null) return { body, totalBytes: contentLength, isRanged: false };
  return { body, totalBytes: match[2] === '*' ? undefined : Number(match[2]), isRanged: true };
}
