import { describe, expect, it } from 'vitest';
import { resolveEndpoint } from '../../../../src/cache/s3/location/endpoint.ts';
import { parseS3Location } from '../../../../src/cache/s3/location/location.ts';
import { createS3Cache } from '../../../../src/cache/s3/s3-cache.ts';
import { startFaultyProxy } from '../../../support/faulty-proxy.ts';
import { expectSound, packOf } from '../../../support/s3-contract.ts';
import { startStandIn } from '../../../support/s3-stand-in.ts';
import { BUCKET, openS3Workbench } from '../../../support/s3-workbench.ts';

const found = (environment: NodeJS.ProcessEnv, parameters = '') => {
  const location = resolveEndpoint(parseS3Location(`s3://builds?${parameters}`), environment);
  return [location.endpoint, location.pathStyle];
};

const STORE = 'https://s3.internal:9000';

describe('the endpoint of a location', () => {
  it.each([
    [{}, '', [undefined, undefined]],
    [{ AWS_ENDPOINT_URL: `${STORE}/` }, '', [STORE, true]],
    [{ AWS_ENDPOINT_URL: 'https://other', AWS_ENDPOINT_URL_S3: STORE }, '', [STORE, true]],
    [{ AWS_ENDPOINT_URL: 'https://other' }, `endpoint=${STORE}`, [STORE, true]],
    [{ AWS_ENDPOINT_URL: STORE }, 'path-style=false', [STORE, false]],
    [
      { AWS_ENDPOINT_URL: STORE, AWS_IGNORE_CONFIGURED_ENDPOINT_URLS: 'true' },
      '',
      [undefined, undefined],
    ],
    // The SDK's to take, with the bucket in the path all the same.
    [{ AWS_ENDPOINT_URL: 'https://host/storage/v1/s3' }, '', [undefined, true]],
    [{ AWS_ENDPOINT_URL: 'https://user:hidden-secret@host' }, '', [undefined, true]],
  ])('%j and %j', (environment, parameters, expected) => {
    expect(found(environment, parameters)).toEqual(expected);
  });
});

it('of a variable is used like that of the address: by path, directly, without a region or a proxy for AWS', async () => {
  const keys = { accessKeyId: 'tfcacheWriter', secretAccessKey: 'writer-secret-0123456789' };
  const server = await startStandIn({
    buckets: [BUCKET],
    keys: { [keys.accessKeyId]: keys.secretAccessKey },
  });
  const proxy = await startFaultyProxy(server.endpoint);
  const bench = await openS3Workbench({ endpoint: server.endpoint, ...keys });
  try {
    const cache = () =>
      createS3Cache({
        location: parseS3Location(`s3://${BUCKET}/by-variable`),
        keyPrefix: 'tfcache',
        environment: bench.environment({
          AWS_ENDPOINT_URL: proxy.endpoint,
          HTTPS_PROXY: 'http://127.0.0.1:9',
        }),
        log: bench.log,
      });
    const pack = packOf('by-variable', bench.addContent(1000));
    await bench.save([pack], cache());
    proxy.asked.splice(0);
    expectSound(await bench.restore([pack], cache()));
    expect(proxy.asked.map(({ path, agent }) => [path, agent.replace(/\/.*/, '')])).toEqual([
      [`/${BUCKET}/by-variable/v1/local/packs/${pack.key}`, 'tfcache'],
    ]);
  } finally {
    bench.close();
    await proxy.stop();
    await server.stop();
  }
});
