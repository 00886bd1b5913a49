/**
 * The cache server as a program: `node cache-server-main.ts --port 0 --folder DIR` prints one JSON line with the
 * environment of a job, and serves until it is told to stop by SIGTERM or SIGINT.
 */
import { parseArgs } from 'node:util';
import { startCacheServer } from './cache-server.ts';

const { values } = parseArgs({
  options: { port: { type: 'string', default: '0' }, folder: { type: 'string' } },
});
const server = await startCacheServer({
  port: Number(values.port),
  ...(values.folder === undefined ? {} : { folder: values.folder }),
});
process.stdout.write(`${JSON.stringify(server.environment)}\n`);

const stop = () => {
  void server.stop().then(() => process.exit(0));
};
process.once('SIGTERM', stop);
process.once('SIGINT', stop);
