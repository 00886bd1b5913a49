import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, onTestFinished, test } from 'vitest';
import { terminateOrphans } from '../../../src/platform/process/orphans.ts';

const onLinux = process.platform === 'linux';

/** A process with this word among its arguments. */
async function start(word: string, program = 'setInterval(() => {}, 1000)'): Promise<ChildProcess> {
  const child = spawn(process.execPath, ['-e', `${program}; console.log('up')`, word], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  await once(child.stdout ?? child, 'data');
  return child;
}

const named = (word: string) => (args: readonly string[]) => args.at(-1) === word;

test.runIf(onLinux)('ends those it is told of, and no other', async () => {
  const word = `orphan-${process.pid}`;
  const [one, two, other] = await Promise.all([start(word), start(word), start(`${word}-other`)]);
  const ended = Promise.all([once(one, 'exit'), once(two, 'exit')]);
  expect(await terminateOrphans(named(word))).toBe(2);
  expect(await ended).toEqual([
    [null, 'SIGTERM'],
    [null, 'SIGTERM'],
  ]);
  expect(other.exitCode ?? other.signalCode).toBeNull();
  expect(await terminateOrphans(named(word))).toBe(0);
});

test.runIf(onLinux)('one that does not listen is killed', async () => {
  const word = `deaf-${process.pid}`;
  const child = await start(word, "process.on('SIGTERM', () => {}); setInterval(() => {}, 1000)");
  const ended = once(child, 'exit');
  expect(await terminateOrphans(named(word))).toBe(1);
  expect(await ended).toEqual([null, 'SIGKILL']);
});
