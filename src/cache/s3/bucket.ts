import { Readable } from 'node:stream';
import { createClient } from './client.ts';
import type { S3Location } from './location.ts';

/** Bytes of an object, both ends included. */
export interface ByteRange {
  start: number;
  end: number;
}

export interface Answer {
  body: Readable;
  /** The object's size; undefined when the store did not tell. */
  total: number | undefined;
  /** False when the store ignored the range and sends everything. */
  ranged: boolean;
}

/** Only where nothing is there yet, or whatever is there. */
export type Condition = 'new' | 'any';

/** The few requests that the cache makes, without the SDK's forms. Everything that goes wrong is thrown as the SDK throws it. */
export interface Bucket {
  get(key: string, range: ByteRange | undefined, signal: AbortSignal): Promise<Answer>;
  /** The object's size. */
  head(key: string): Promise<number>;
  put(key: string, body: Uint8Array, condition: Condition): Promise<void>;
  remove(key: string): Promise<void>;
  /** One page of the keys with a prefix, in the order of their bytes. */
  list(
    prefix: string,
    next: string | undefined,
  ): Promise<{ keys: string[]; next: string | undefined }>;
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
    condition: Condition,
  ): Promise<void>;
  abortUpload(key: string, upload: string): Promise<void>;
}

/** @param patience see {@link createClient}. */
export async function openBucket(
  location: S3Location,
  environment: NodeJS.ProcessEnv,
  patience: number,
): Promise<Bucket> {
  const { sdk, client } = await createClient(location, environment, patience);
  const Bucket = location.bucket;
  const when = (condition: Condition) => (condition === 'new' ? { IfNoneMatch: '*' } : {});

  return {
    async get(Key, range, abortSignal) {
      const Range = range === undefined ? {} : { Range: `bytes=${range.start}-${range.end}` };
      const answer = await client.send(new sdk.GetObjectCommand({ Bucket, Key, ...Range }), {
        abortSignal,
      });
      if (!(answer.Body instanceof Readable)) throw new Error('the store sent no bytes');
      const total = /^bytes (\d+)-\d+\/(\d+)$/.exec(answer.ContentRange ?? '');
      if (range !== undefined && total !== null && Number(total[1]) !== range.start) {
        answer.Body.destroy();
        throw new Error('the store sent another range than was asked for');
      }
      return {
        body: answer.Body,
        total: total === null ? answer.ContentLength : Number(total[2]),
        ranged: total !== null,
      };
    },
    async head(Key) {
      const { ContentLength } = await client.send(new sdk.HeadObjectCommand({ Bucket, Key }));
      return ContentLength ?? Number.NaN;
    },
    async put(Key, Body, condition) {
      await client.send(new sdk.PutObjectCommand({ Bucket, Key, Body, ...when(condition) }));
    },
    async remove(Key) {
      await client.send(new sdk.DeleteObjectCommand({ Bucket, Key }));
    },
    async list(Prefix, next) {
      const page = await client.send(
        new sdk.ListObjectsV2Command({
          Bucket,
          Prefix,
          ...(next === undefined ? {} : { ContinuationToken: next }),
        }),
      );
      return {
        keys: (page.Contents ?? []).flatMap(({ Key }) => (Key === undefined ? [] : [Key])),
        next: page.IsTruncated === true ? page.NextContinuationToken : undefined,
      };
    },
    async startUpload(Key) {
      const { UploadId } = await client.send(new sdk.CreateMultipartUploadCommand({ Bucket, Key }));
      if (UploadId === undefined) throw new Error('the store gave the upload no name');
      return UploadId;
    },
    async uploadPart(Key, UploadId, PartNumber, Body, abortSignal) {
      const { ETag } = await client.send(
        new sdk.UploadPartCommand({ Bucket, Key, UploadId, PartNumber, Body }),
        { abortSignal },
      );
      if (ETag === undefined) throw new Error('the store gave a part no tag');
      return ETag;
    },
    async completeUpload(Key, UploadId, tags, condition) {
      const Parts = tags.map((ETag, index) => ({ ETag, PartNumber: index + 1 }));
      await client.send(
        new sdk.CompleteMultipartUploadCommand({
          Bucket,
          Key,
          UploadId,
          MultipartUpload: { Parts },
          ...when(condition),
        }),
      );
    },
    async abortUpload(Key, UploadId) {
      await client.send(new sdk.AbortMultipartUploadCommand({ Bucket, Key, UploadId }));
    },
  };
}
