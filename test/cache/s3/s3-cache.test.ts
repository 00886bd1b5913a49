import { describeS3Cache } from '../../support/s3-contract.ts';
import { startStandIn } from '../../support/s3-stand-in.ts';
import { BUCKET } from '../../support/s3-workbench.ts';

const ACCESS = { accessKeyId: 'tfcacheWriter', secretAccessKey: 'writer-secret-0123456789' };
const READER = { accessKeyId: 'tfcacheReader', secretAccessKey: 'reader-secret-0123456789' };

describeS3Cache('an S3 cache, with a stand-in for the server', async () => {
  const server = await startStandIn({
    buckets: [BUCKET],
    keys: {
      [ACCESS.accessKeyId]: ACCESS.secretAccessKey,
      [READER.accessKeyId]: READER.secretAccessKey,
    },
    readOnly: [READER.accessKeyId],
    page: 500,
  });
  const { endpoint } = server;
  return {
    access: { endpoint, ...ACCESS },
    reader: { endpoint, ...READER },
    stop: () => server.stop(),
  };
});
