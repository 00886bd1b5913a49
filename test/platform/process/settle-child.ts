import { describeError } from '../../../src/platform/error.ts';
import { settleBeforeExit } from '../../../src/platform/process/settle-before-exit.ts';

// Work that goes wrong in a way that no `try` sees, or well.
const [how] = process.argv.slice(2);
const ways: Readonly<Record<string, () => Promise<string>>> = {
  well: async () => 'done',
  fails: async () => {
    throw new Error('as usual');
  },
  hangs: () => new Promise(() => undefined),
  throws: () =>
    new Promise(() => {
      setInterval(() => undefined, 1_000);
      setTimeout(() => {
        throw new Error('in a callback');
      });
      setTimeout(() => {
        throw new Error('and again');
      }, 5);
    }),
  rejects: () =>
    new Promise(() => {
      void Promise.reject(new Error('nobody listens'));
    }),
};
try {
  console.log(await settleBeforeExit(ways[how ?? ''] ?? (async () => 'no such way')));
} catch (error) {
  console.log(describeError(error).split('\n')[0]);
  await new Promise((resolve) => setTimeout(resolve, 50));
  console.log('reported');
  process.exitCode = 3;
}
