import { Readable } from 'node:stream';
import type { DirectPool } from '../http/direct-pool.ts';
import type { S3Location } from '../location/location.ts';
import { type Bucket, createObjectResponse, type WriteCondition } from './bucket.ts';
import { createSdkClient } from './client.ts';

/** What was asked for a listing is no S3 store. `message` says what it answered instead. */
class NotAListingError extends Error {
  override readonly name = 'NotAListingError';
}

/** Answers of web servers: a store lists nothing for a prefix without objects, and names its errors. */
const WEB_STATUSES: ReadonlySet<number> = new Set([302, 303, 308, 404, 405, 410]);

/** @throws NotAListingError for an answer of a server that is no S3 store, else the error. */
function throwListingError(error: unknown): never {
  if (error instanceof Error && '$metadata' in error) {
    const { httpStatusCode: status } = error.$metadata as { httpStatusCode?: number };
    // The SDK calls an answer without a code of S3 by one of these names.
    const isNamed = !['NotFound', 'Unknown', 'UnknownError', 'Error'].includes(error.name);
    if (!isNamed && status !== undefined && WEB_STATUSES.has(status)) {
      throw new NotAListingError(`status ${status}`, { cause: error });
    }
    if (status === 200 && error.message.includes('Deserialization error')) {
      throw new NotAListingError('status 200 without XML', { cause: error });
    }
  }
  throw error;
}

/** Every request over the AWS SDK, which signs, waits, tries again and knows all credentials there are. */
export async function openSdkBucket(
  location: S3Location,
  environment: NodeJS.ProcessEnv,
  idleTimeoutMs: number,
  pool: DirectPool | undefined,
): Promise<Bucket> {
  const { sdk, client } = await createSdkClient(location, environment, idleTimeoutMs, pool);
  const Bucket = location.bucket;
  const when = (condition: WriteCondition) => (condition === 'new' ? { IfNoneMatch: '*' } : {});

  return {
    async getObject(Key, range, abortSignal) {
      const Range = range === undefined ? {} : { Range: `bytes=${range.start}-${range.end}` };
      const answer = await client.send(new sdk.GetObjectCommand({ Bucket, Key, ...Range }), {
        abortSignal,
      });
      if (!(answer.Body instanceof Readable)) throw new Error('the store sent no bytes');
      return createObjectResponse(answer.Body, range, answer.ContentRange, answer.ContentLength);
    },
    async headObject(Key) {
      const { ContentLength } = await client.send(new sdk.HeadObjectCommand({ Bucket, Key }));
      return ContentLength ?? Number.NaN;
    },
    async putObject(Key, Body, condition) {
      await client.send(new sdk.PutObjectCommand({ Bucket, Key, Body, ...when(condition) }));
    },
    async deleteObject(Key) {
      await client.send(new sdk.DeleteObjectCommand({ Bucket, Key }));
    },
    async listObjects(Prefix, next) {
      const command = new sdk.ListObjectsV2Command({
        Bucket,
        Prefix,
        ...(next === undefined ? {} : { ContinuationToken: next }),
      });
      const page = await client.send(command).catch(throwListingError);
      // The SDK takes any XML, a web page too, for a listing of nothing; every store names the bucket or says whether more follows.
      if (page.Name === undefined && page.IsTruncated === undefined && page.Contents === undefined)
        throw new NotAListingError('status 200 without a listing');
      return {
        objects: (page.Contents ?? []).flatMap(({ Key: key, Size: size }) =>
          key === undefined ? [] : [{ key, size }],
        ),
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
