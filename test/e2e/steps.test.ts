import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Job, startJob } from '../support/job.ts';

let job: Job;

beforeEach(async () => {
  job = await startJob();
});

afterEach(() => job.stop());

const at = (path: string): string => join(job.workspace, 'tensorflow-artifacts', path);

async function step(artifacts: string): Promise<void> {
  const { exitCode, stdout } = await job.run({ entry: 'main', inputs: { artifacts } });
  expect(exitCode, stdout).toBe(0);
}

test('two steps of one job may fill one folder: each keeps what the other put there', async () => {
  await step('path:data/a.txt');
  await step('path:data/b.txt');
  expect(readFileSync(at('data/a.txt'), 'utf8')).toBe('file a');
  expect(readFileSync(at('data/b.txt'), 'utf8')).toBe('file b');
  await step('path:data/b.txt');
  expect(existsSync(at('data/a.txt'))).toBe(true);
});

test('the next job removes what no step of its own names any more', async () => {
  await step('path:data/a.txt');
  await step('path:data/b.txt');
  job.next();
  await step('path:data/b.txt');
  expect(existsSync(at('data/a.txt'))).toBe(false);
  expect(readFileSync(at('data/b.txt'), 'utf8')).toBe('file b');
});

test('steps that run at once into one folder wait for each other', async () => {
  const requests = ['path:data/a.txt', 'path:data/b.txt', 'path:data/*.txt', 'path:linux/cpu/*'];
  await Promise.all(requests.map(step));
  for (const path of ['data/a.txt', 'data/b.txt']) expect(existsSync(at(path))).toBe(true);
  expect(existsSync(at('linux/cpu'))).toBe(true);
});
