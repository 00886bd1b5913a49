import { createHash, randomBytes } from 'node:crypto';
import { appendFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createFileFollower, type FileFollower } from '../../../src/platform/hashing/follower.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

let follower: FileFollower;
let folder: string;

beforeEach(() => {
  follower = createFileFollower();
  folder = temporaryFolder();
});

afterEach(() => follower.close());

/** Orders are worked off one after the other: when this one is answered, those before it have been begun. */
async function begun(): Promise<void> {
  writeFileSync(at('other'), '');
  await follower.follow(at('other'), []).finish(at('other'));
}

const at = (name: string): string => join(folder, name);

test('the digest of a file that grew while it was followed', async () => {
  const pieces = Array.from({ length: 20 }, (_, index) => randomBytes(index * 70_001));
  writeFileSync(at('.draft'), '');
  const followed = follower.follow(at('.draft'), ['md5']);
  await begun();
  for (const piece of pieces) {
    appendFileSync(at('.draft'), piece);
    await sleep(3);
  }
  renameSync(at('.draft'), at('file'));

  const whole = Buffer.concat(pieces);
  expect(await followed.finish(at('file'))).toMatchObject({
    size: whole.length,
    sha256: createHash('sha256').update(whole).digest('hex'),
    md5: createHash('md5').update(whole).digest('hex'),
  });
});

test('several at once', async () => {
  const contents = [randomBytes(3_000_000), randomBytes(10), Buffer.alloc(0)];
  const all = contents.map((content, index) => {
    writeFileSync(at(`${index}`), content);
    return follower.follow(at(`${index}`), []);
  });
  for (const [index, followed] of all.entries()) {
    const digest = await followed.finish(at(`${index}`));
    expect(digest?.sha256).toBe(
      createHash('sha256')
        .update(contents[index] ?? '')
        .digest('hex'),
    );
  }
});

test('a file that is not what was followed has to be hashed itself', async () => {
  writeFileSync(at('.draft'), 'what was followed');
  const followed = follower.follow(at('.draft'), []);
  writeFileSync(at('file'), 'what is there');
  expect(await followed.finish(at('file'))).toBeUndefined();
});

test('a draft that was written anew, shorter, has to be hashed itself', async () => {
  writeFileSync(at('.draft'), 'long long ago');
  const followed = follower.follow(at('.draft'), []);
  await begun();
  writeFileSync(at('.draft'), 'now');
  expect(await followed.finish(at('.draft'))).toBeUndefined();
});

test('a draft that is not there, and a file that is not there', async () => {
  expect(await follower.follow(at('nothing'), []).finish(at('nothing'))).toBeUndefined();
  writeFileSync(at('.draft'), 'x');
  expect(await follower.follow(at('.draft'), []).finish(at('nothing'))).toBeUndefined();
});

test('closing answers whoever still waits', async () => {
  writeFileSync(at('.draft'), 'x');
  const followed = follower.follow(at('.draft'), []);
  const digest = followed.finish(at('.draft'));
  await follower.close();
  await digest;
});
