import { createHash, randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  CreateBucketCommand,
  ListMultipartUploadsCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import type { Cache, Pack, PackedContent, PackOutcome } from '../../src/cache/cache.ts';
import { planPacks } from '../../src/cache/packs.ts';
import { parseS3Location } from '../../src/cache/s3/location/location.ts';
import { createS3Cache, type S3CacheOptions } from '../../src/cache/s3/s3-cache.ts';
import { recordingLog } from './recording-log.ts';

/** What a test needs of a server: where it is, and how to be let in. */
export interface S3Access {
  endpoint: string;
  accessKeyId: string;
  secretAccessKey: string;
}

export const BUCKET = 'tfcache-test';

export interface CacheSettings extends Partial<Omit<S3CacheOptions, 'location'>> {
  /** Further parameters of the address, beginning with `&`. */
  parameters?: string;
  bucket?: string;
  endpoint?: string;
}

/** A folder of content as a store holds it, caches that talk to a server, and a client that looks behind them. */
export interface S3Workbench {
  access: S3Access;
  log: ReturnType<typeof recordingLog>;
  /** Read-only files as in a store; random unless bytes are given. */
  addContent(bytes: number | Uint8Array): PackedContent;
  locate(sha256: string): string;
  /** A cache as a job of its own would have it: small ranges and parts, no patience. */
  cache(settings?: CacheSettings): Cache;
  plan(contents: readonly PackedContent[]): Pack[];
  save(packs: readonly Pack[], cache?: Cache): Promise<PackOutcome[]>;
  restore(packs: readonly Pack[], cache?: Cache): Promise<PackOutcome[]>;
  scratch(): string;
  /** All keys of the bucket. */
  keys(): Promise<string[]>;
  put(key: string, body: Uint8Array): Promise<void>;
  unfinishedUploads(): Promise<number>;
  environment(more?: NodeJS.ProcessEnv): NodeJS.ProcessEnv;
  close(): void;
}

export const MEBIBYTE = 1024 * 1024;
/** S3's least size of a part that is not the last. */
export const TEST_PART = 5 * MEBIBYTE;

export async function openS3Workbench(access: S3Access): Promise<S3Workbench> {
  const folder = mkdtempSync(join(tmpdir(), 'tfcache-s3-test-'));
  const store = join(folder, 'store');
  mkdirSync(store);
  const prefix = `run-${randomBytes(4).toString('hex')}`;
  const admin = new S3Client({
    endpoint: access.endpoint,
    region: 'us-east-1',
    forcePathStyle: true,
    credentials: access,
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
  });
  const log = recordingLog();
  let scratches = 0;
  const workbench: S3Workbench = {
    access,
    log,
    addContent(bytes) {
      const data = typeof bytes === 'number' ? randomBytes(bytes) : bytes;
      const sha256 = createHash('sha256').update(data).digest('hex');
      writeFileSync(join(store, sha256), data, { mode: 0o444 });
      return { sha256, size: data.length };
    },
    locate: (sha256) => join(store, sha256),
    cache: ({ parameters = '', bucket = BUCKET, endpoint = access.endpoint, ...options } = {}) =>
      createS3Cache({
        location: parseS3Location(`s3://${bucket}/${prefix}?endpoint=${endpoint}${parameters}`),
        keyPrefix: 'tfcache',
        environment: workbench.environment(),
        log,
        rangeBytes: MEBIBYTE,
        partBytes: TEST_PART,
        ...options,
      }),
    plan: (contents) => planPacks(contents, 'tfcache'),
    async save(packs, cache = workbench.cache()) {
      const outcomes: PackOutcome[] = [];
      await cache.save(packs, workbench.locate, workbench.scratch(), (one) => outcomes.push(one));
      return outcomes;
    },
    async restore(packs, cache = workbench.cache()) {
      const outcomes: PackOutcome[] = [];
      await cache.restore(packs, workbench.scratch(), (one) => outcomes.push(one));
      return outcomes;
    },
    scratch() {
      scratches += 1;
      return join(folder, `scratch-${scratches}`);
    },
    async keys() {
      const keys: string[] = [];
      let token: string | undefined;
      do {
        const page = await admin.send(
          new ListObjectsV2Command({
            Bucket: BUCKET,
            Prefix: `${prefix}/`,
            ContinuationToken: token,
          }),
        );
        for (const { Key } of page.Contents ?? []) if (Key !== undefined) keys.push(Key);
        token = page.NextContinuationToken;
      } while (token !== undefined);
      return keys;
    },
    async put(key, body) {
      await admin.send(new PutObjectCommand({ Bucket: BUCKET, Key: key, Body: body }));
    },
    async unfinishedUploads() {
      const { Uploads } = await admin.send(
        new ListMultipartUploadsCommand({ Bucket: BUCKET, Prefix: prefix }),
      );
      return Uploads?.length ?? 0;
    },
    environment: (more = {}) => ({
      AWS_ACCESS_KEY_ID: access.accessKeyId,
      AWS_SECRET_ACCESS_KEY: access.secretAccessKey,
      // Never ask the machine's own address for a role.
      AWS_EC2_METADATA_DISABLED: 'true',
      ...more,
    }),
    close() {
      admin.destroy();
      rmSync(folder, { recursive: true, force: true });
    },
  };
  return workbench;
}

/** Makes the tests' bucket; a server that has just started may need a few tries. */
export async function createBucket(access: S3Access): Promise<void> {
  const client = new S3Client({
    endpoint: access.endpoint,
    region: 'us-east-1',
    forcePathStyle: true,
    credentials: access,
  });
  for (let left = 100; ; left -= 1) {
    try {
      await client.send(new CreateBucketCommand({ Bucket: BUCKET }));
      break;
    } catch (error) {
      if (left === 0) throw error;
      await sleep(200);
    }
  }
  client.destroy();
}
