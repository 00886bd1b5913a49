import type { Readable } from 'node:stream';

/** Bytes of an object, both ends included. */
export interface ObjectRange {
  start: number;
  end: number;
}

export interface ObjectResponse {
  body: Readable;
  /** The object's size; undefined when the store did not tell. */
  totalBytes: number | undefined;
  /** False when the store ignored the range and sends everything. */
  isRanged: boolean;
}

/** An object as a listing tells it. */
export interface ListedS3Object {
  key: string;
  /** Bytes; undefined when the store does not tell. */
  size: number | undefined;
}

/** Only where nothing is there yet, or whatever is there. */
export type WriteCondition = 'new' | 'any';

/** The few requests that the cache makes, without the SDK's forms. Everything that goes wrong is thrown as the SDK throws it. */
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
  /** One page of the objects with a prefix, in the order of their keys' bytes. */
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
  /** @param tags of the parts, in order. */
  completeUpload(
    key: string,
    upload: string,
    tags: readonly string[],
    condition: WriteCondition,
  ): Promise<void>;
  abortUpload(key: string, upload: string): Promise<void>;
}

/** https://www.rfc-editor.org/rfc/rfc9110#section-14.4. @throws Error when other bytes come than were asked for. */
export function createObjectResponse(
  body: Readable,
  range: ObjectRange | undefined,
  contentRange: string | undefined,
  contentLength: number | undefined,
): ObjectResponse {
  const told = /^bytes (\d+)-\d+\/(\d+|\*)$/.exec(contentRange ?? '');
  if (range !== undefined && told !== null && Number(told[1]) !== range.start) {
    body.destroy();
    throw new Error('the store sent another range than was asked for');
  }
  if (told === null) return { body, totalBytes: contentLength, isRanged: false };
  return { body, totalBytes: told[2] === '*' ? undefined : Number(told[2]), isRanged: true };
}
