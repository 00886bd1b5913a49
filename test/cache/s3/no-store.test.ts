import { expect, test } from 'vitest';
import { parseS3Location } from '../../../src/cache/s3/location/location.ts';
import { createS3Cache } from '../../../src/cache/s3/s3-cache.ts';
import { recordingLog } from '../../support/recording-log.ts';
import { startWrongServer, textAnswer } from '../../support/wrong-server.ts';

const page = '<!DOCTYPE html><html><body>Sign in</body></html>';
const KEYS = {
  AWS_ACCESS_KEY_ID: 'tfcacheWriter',
  AWS_SECRET_ACCESS_KEY: 'writer-secret-0123456789',
};

async function readFrom(answer: Parameters<typeof startWrongServer>[0]) {
  const server = await startWrongServer(answer);
  try {
    const parameters = `endpoint=${server.url.slice(0, -1)}&region=us-east-1&default-branch=main`;
    const cache = createS3Cache({
      location: parseS3Location(`s3://builds/ci?${parameters}`),
      keyPrefix: 'tfcache',
      environment: { ...KEYS, GITHUB_REF: 'refs/heads/x' },
      log: recordingLog(),
    });
    const { state, reason = '' } = await cache.readIndex('');
    return { state, reason };
  } finally {
    await server.stop();
  }
}

test.each([
  ['404 as text', textAnswer(404, 'text/plain', '404 page not found'), /status 404/],
  ['404 as a page', textAnswer(404, 'text/html', page), /status 404/],
  ['a page', textAnswer(200, 'text/html', page), /without a listing/],
  ['JSON', textAnswer(200, 'application/json', '{}'), /without XML/],
  ['an empty answer', textAnswer(200, 'text/plain', ''), /without a listing/],
  ['405', textAnswer(405, 'text/html', page), /status 405/],
])(
  'a server that is not an S3 store is unavailable, not an empty cache: %s',
  async (_, answer, why) => {
    const { state, reason } = await readFrom(answer);
    expect(state).toBe('unavailable');
    expect(reason).toMatch(/is not an S3 store/);
    expect(reason).toMatch(why);
  },
);

test('an empty bucket is empty, and an unknown one is unavailable', async () => {
  const empty =
    '<?xml version="1.0"?><ListBucketResult><Name>builds</Name><KeyCount>0</KeyCount><IsTruncated>false</IsTruncated></ListBucketResult>';
  expect(await readFrom(textAnswer(200, 'application/xml', empty))).toMatchObject({
    state: 'empty',
  });
  const unknown =
    '<?xml version="1.0"?><Error><Code>NoSuchBucket</Code><Message>no</Message></Error>';
  const answer = await readFrom(textAnswer(404, 'application/xml', unknown));
  expect(answer).toMatchObject({ state: 'unavailable' });
  expect(answer.reason).toMatch(/there is no bucket builds/);
});
