import { Readable } from 'node:stream';
import type { DirectPool } from '../http/direct-pool.ts';
import type { S3Location } from '../location/location.ts';
import { type Bucket, createObjectResponse, type WriteCondition } from './bucket.ts';
import { createSdkClient } from './client.ts';

/** The server is not an S3 store: its response is not a listing. `message` describes the response. */
class NotAListingError extends Error {
  override readonly name = 'NotAListingError';
}

/** Statuses of web servers. A store returns an empty listing for an unused prefix, and its errors have a code. */
const WEB_STATUSES: ReadonlySet<number> = new Set([302, 303, 308, 404, 405, 410]);

/** @throws NotAListingError for the response of a server that is not an S3 store, else the error itself. */
function throwListingError(error: unknown): never {
  if (error instanceof Error && '$metadata' in error) {
    const { httpStatusCode: status } = error.$metadata as { httpStatusCode?: number };
    // The SDK uses one of these names for a response without a code of S3.
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

/** Opens a bucket through the AWS SDK, which signs and retries requests, and supports all kinds of credentials. */
export async function openSdkBucket(
  location: S3Location,
  environment: NodeJS.ProcessEnv,
  idleTimeoutMs: number,
  pool: DirectPool | undefined,
): Promise<Bucket> {
  const { sdk, client } = await createSdkClient(location, environment, idleTimeoutMs, pool);
  const Bucket = location.bucket;
  const conditionHeaders = (condition: WriteCondition) =>
    condition === 'new' ? { IfNoneMatch: '*' } : {};

  return {
    async getObject(Key, range, abortSignal) {
      const Range = range === undefined ? {} : { Range: `bytes=${range.start}-${range.end}` };
      const response = await client.send(new sdk.GetObjectCommand({ Bucket, Key, ...Range }), {
        abortSignal,
      });
      if (!(response.Body instanceof Readable)) throw new Error('the store sent no body');
      return createObjectResponse(
        response.Body,
        range,
        response.ContentRange,
        response.ContentLength,
      );
    },
    async headObject(Key) {
      const { ContentLength } = await client.send(new sdk.HeadObjectCommand({ Bucket, Key }));
      return ContentLength ?? Number.NaN;
    },
    async putObject(Key, Body, condition) {
      await client.send(
        new sdk.PutObjectCommand({ Bucket, Key, Body, ...conditionHeaders(condition) }),
      );
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
      // The SDK parses any XML, even a web page, as an empty listing. Every store sends one of these fields.
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
      if (UploadId === undefined) throw new Error('the store sent no upload id');
      return UploadId;
    },
    async uploadPart(Key, UploadId, PartNumber, Body, abortSignal) {
      const { ETag } = await client.send(
        new sdk.UploadPartCommand({ Bucket, Key, UploadId, PartNumber, Body }),
        { abortSignal },
      );
      if (ETag === undefined) throw new Error('the store sent no tag for a part');
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
          ...conditionHeaders(condition),
        }),
      );
    },
    async abortUpload(Key, UploadId) {
      await client.send(new sdk.AbortMultipartUploadCommand({ Bucket, Key, UploadId }));
    },
  };
}
