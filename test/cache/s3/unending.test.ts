import { createServer, type Server, type ServerResponse } from 'node:http';
import { afterEach, expect, test } from 'vitest';
import { openSdkBucket } from '../../../src/cache/s3/bucket/sdk-bucket.ts';
import { parseS3Location, type S3Location } from '../../../src/cache/s3/location/location.ts';
import { createS3Cache } from '../../../src/cache/s3/s3-cache.ts';
import { recordingLog } from '../../support/recording-log.ts';

const MIB = 1024 * 1024;

let server: Server | undefined;
afterEach(async () => {
  server?.closeAllConnections();
  await new Promise((resolve) => server?.close(resolve));
  server = undefined;
});

/** Sends without end, as fast as the client reads. */
function flood(response: ServerResponse, piece: string): void {
  const go = () => {
    while (!response.destroyed && response.write(piece));
  };
  response.on('drain', go);
  go();
}

function drip(response: ServerResponse): void {
  const timer = setInterval(() => response.write(' '), 50);
  response.on('close', () => clearInterval(timer));
}

const PAGE = `<ListBucketResult>${'<Contents><Key>x</Key></Contents>'.repeat(1000)}`;

const ANSWERS: Readonly<Record<string, (response: ServerResponse) => void>> = {
  'a listing without end': (response) => flood(response, PAGE),
  'a listing that says how long it is: 20 GB': (response) => {
    response.setHeader('content-length', 20 * 1024 * MIB);
    flood(response, PAGE);
  },
  'a listing that drips': (response) => {
    response.write('<ListBucketResult>');
    drip(response);
  },
  'a long listing that drips': (response) => {
    response.setHeader('content-length', MIB);
    response.write('<ListBucketResult>');
    drip(response);
  },
  'an error without end': (response) => {
    response.writeHead(403);
    flood(response, '<Error>'.repeat(10_000));
  },
  'an error that drips': (response) => {
    response.writeHead(403, { 'content-length': MIB });
    drip(response);
  },
  'a listing of nothing but tags': (response) => {
    response.end(`<ListBucketResult>${'<a/>'.repeat(900_000)}</ListBucketResult>`);
  },
  'tags in tags': (response) => {
    response.end(`<ListBucketResult>${'<a>'.repeat(400_000)}`);
  },
};

const ENVIRONMENT = {
  GITHUB_REF: 'refs/heads/main',
  AWS_ACCESS_KEY_ID: 'tfcacheReader',
  AWS_SECRET_ACCESS_KEY: 'reader-secret-0123456789',
  AWS_EC2_METADATA_DISABLED: 'true',
};
const IDLE_TIMEOUT_MS = 1_000;

async function serve(answer: (response: ServerResponse) => void): Promise<S3Location> {
  const listening = createServer((_request, response) => answer(response));
  server = listening;
  await new Promise<void>((resolve) => listening.listen(0, '127.0.0.1', resolve));
  const address = listening.address();
  const port = typeof address === 'object' ? address?.port : 0;
  return parseS3Location(
    `s3://builds/ci?endpoint=http://127.0.0.1:${port}&region=us-east-1&path-style=true&default-branch=main`,
  );
}

/** Most that the answers may take of memory. A listing has at most 4 MiB. */
const MEMORY = 400 * MIB;

test.each(Object.entries(ANSWERS))('the index: %s', { timeout: 30_000 }, async (name, answer) => {
  const location = await serve(answer);
  const cache = createS3Cache({
    ...{ location, keyPrefix: 'tfcache', environment: ENVIRONMENT },
    ...{ log: recordingLog(), idleTimeoutMs: IDLE_TIMEOUT_MS },
  });
  const before = process.memoryUsage().rss;
  const { index, reason } = await cache.readIndex('');
  expect(index.packs).toEqual([]);
  // It is a listing, if an odd one: no key in it is ours.
  if (name === 'a listing of nothing but tags') expect(reason).toBe('nothing was saved yet');
  else expect(reason).toContain('could not read the index');
  expect(process.memoryUsage().rss - before).toBeLessThan(MEMORY);
});

test.each(Object.entries(ANSWERS))(
  'over the SDK: %s',
  { timeout: 30_000 },
  async (_name, answer) => {
    const bucket = await openSdkBucket(
      await serve(answer),
      ENVIRONMENT,
      IDLE_TIMEOUT_MS,
      undefined,
    );
    const before = process.memoryUsage().rss;
    await expect(bucket.listObjects('ci/', undefined)).rejects.toThrow();
    await expect(bucket.putObject('ci/x', Buffer.from('x'), 'any')).rejects.toThrow();
    expect(process.memoryUsage().rss - before).toBeLessThan(MEMORY);
  },
);
