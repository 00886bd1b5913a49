import { existsSync, mkdirSync, readdirSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, test } from 'vitest';
import { type LinkList, makeHardLinks } from '../../../src/destination/link/hard-links.ts';
import { recordingLog } from '../../support/recording-log.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const COUNT = 3_000;
const PER_FOLDER = 50;

/** One object, and many links to it in folders that are not there yet. */
function workbench() {
  const root = temporaryFolder();
  const object = join(root, 'object');
  writeFileSync(object, 'bytes');
  mkdirSync(join(root, 'links'));
  const folder = (number: number) => join(root, 'links', `${Math.floor(number / PER_FOLDER)}`);
  const links: LinkList = {
    count: COUNT,
    object: () => object,
    target: (number) => join(folder(number), `${number}`),
    folder,
  };
  const linked = () =>
    readdirSync(join(root, 'links'), { recursive: true, withFileTypes: true }).filter((entry) =>
      entry.isFile(),
    ).length;
  return { root, object, links, linked, log: recordingLog() };
}

test.each([
  ['alone', Number.POSITIVE_INFINITY],
  ['with a thread', 1],
])('%s: every link is made, each once', async (_how, worthAThread) => {
  const { object, links, linked, log } = workbench();
  expect(await makeHardLinks(links, { log, minThreadLinkCount: worthAThread })).toEqual([]);
  expect(linked()).toBe(COUNT);
  expect(statSync(object).nlink).toBe(COUNT + 1);
  expect(log.lines).toEqual([]);
});

test.each([
  ['alone', Number.POSITIVE_INFINITY],
  ['with a thread', 1],
])('%s: what something stands in the way of is told, and the rest is made', async (_how, worth) => {
  const { links, linked, log } = workbench();
  const taken = [0, 777, COUNT - 1];
  for (const number of taken) {
    mkdirSync(links.folder(number) ?? '', { recursive: true });
    writeFileSync(links.target(number), 'of the user');
  }
  const failed = await makeHardLinks(links, { log, minThreadLinkCount: worth });
  expect(failed.toSorted((one, other) => one - other)).toEqual(taken);
  expect(linked()).toBe(COUNT);
});

test('a link that stands where a folder should be is not followed', async () => {
  const { root, links, log } = workbench();
  mkdirSync(join(root, 'elsewhere'));
  symlinkSync(join(root, 'elsewhere'), links.folder(0) ?? '');
  const failed = await makeHardLinks(links, { log });
  expect(readdirSync(join(root, 'elsewhere'))).toEqual([]);
  expect(failed).toContain(0);
});

test('a thread that is lost half way costs nothing: what it had is told as not known', async () => {
  const { root, links, log } = workbench();
  const worker = join(root, 'worker.mjs');
  const order = pathToFileURL(
    join(import.meta.dirname, '../../../src/destination/link/link-batch.ts'),
  );
  writeFileSync(
    worker,
    `import { parentPort } from 'node:worker_threads';
    import { carryOutOrder } from ${JSON.stringify(order.href)};
    parentPort.on('message', (order) => { carryOutOrder(order); process.exit(7); });`,
  );
  const failed = await makeHardLinks(links, {
    log,
    minThreadLinkCount: 1,
    workerUrl: pathToFileURL(worker),
  });
  expect(log.lines.join('\n')).toContain('lost');
  const unknown = new Set(failed);
  expect(unknown.size).toBe(failed.length);
  for (let number = 0; number < COUNT; number += 1) {
    expect(unknown.has(number) || existsSync(links.target(number))).toBe(true);
  }
  // It had orders, and was asked for no more.
  expect(failed.length).toBeGreaterThan(0);
  expect(failed.length).toBeLessThan(COUNT);
});
