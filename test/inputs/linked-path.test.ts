import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import { rejectLinkedPath } from '../../src/inputs/linked-path.ts';
import { parseInputs, parsePathAndStore } from '../../src/inputs/parse.ts';
import { describeError } from '../../src/platform/error.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { rejectionOf, thrownBy } from '../support/thrown.ts';

let workspace: string;
let outside: string;

beforeEach(() => {
  const root = temporaryFolder();
  [workspace, outside] = [join(root, 'workspace'), join(root, 'outside')];
  for (const folder of [
    workspace,
    outside,
    join(workspace, '.git/hooks'),
    join(workspace, 'real'),
  ]) {
    mkdirSync(folder, { recursive: true });
  }
});

const link = (target: string, name: string) => symlinkSync(target, join(workspace, name));
const check = (path: string) => rejectLinkedPath(join(workspace, path), workspace);

test.each<[string, () => void, string]>([
  ['a link out of the workspace', () => link(outside, 'out'), 'out'],
  ['a relative link out of it', () => link('../outside', 'out'), 'out'],
  ['a folder below such a link', () => link('..', 'up'), 'up/outside/new/folder'],
  ['the workspace itself', () => link('.', 'here'), 'here'],
  ['a dangling link', () => link('../nowhere', 'out'), 'out'],
  ['a folder below a dangling link', () => link('nowhere', 'out'), 'out/sub'],
  ['a link to itself', () => link('loop', 'loop'), 'loop/sub'],
  ['a link into .git', () => link('.git/hooks', 'out'), 'out'],
  [
    'a link behind a link',
    () => {
      link('real', 'first');
      symlinkSync(outside, join(workspace, 'real/second'));
    },
    'first/second',
  ],
])('%s is refused', (_, prepare, path) => {
  prepare();
  const error = thrownBy(() => check(path));
  expect(error).toMatchObject({ code: 'usage', where: expect.stringContaining('input path') });
  expect(error.found).toContain('is a symbolic link to');
  expect(describeError(error)).toContain('set path to');
});

test('the hint names the folder that the link leads to', () => {
  link(outside, 'out');
  expect(thrownBy(() => check('out/sub')).hint).toContain(join(outside, 'sub'));
});

test.each<[string, () => void, string]>([
  ['a new folder', () => undefined, 'new/folder'],
  ['a folder that is there', () => undefined, 'real'],
  ['a link within the workspace', () => link('real', 'inner'), 'inner/sub'],
  ['what is below a file', () => writeFileSync(join(workspace, 'file'), ''), 'file/sub'],
])('%s is accepted', (_, prepare, path) => {
  prepare();
  expect(check(path)).toBeUndefined();
});

test('a path outside of the workspace is the user’s own choice', () => {
  symlinkSync(outside, join(outside, 'self'));
  expect(rejectLinkedPath(join(outside, 'self'), workspace)).toBeUndefined();
});

test('a workspace that is reached by a link is no link of the checkout', () => {
  symlinkSync(workspace, join(outside, 'workspace'));
  const linked = join(outside, 'workspace');
  expect(rejectLinkedPath(join(linked, 'new'), linked)).toBeUndefined();
  link('real', 'inner');
  expect(rejectLinkedPath(join(linked, 'inner'), linked)).toBeUndefined();
});

test('the input path is checked', async () => {
  link(outside, 'tensorflow-artifacts');
  const context = { workspace, temporaryFolder: outside, homeFolder: undefined };
  expect(await rejectionOf(parsePathAndStore({}, context))).toMatchObject({ code: 'usage' });
  expect(await parsePathAndStore({ path: 'real' }, context)).toMatchObject({
    path: join(workspace, 'real'),
  });
});

test.each<[string, string, string]>([
  ['store', 'out/store', 'leads the store out'],
  ['lock-file', 'out/tfcache.lock', 'leads the folder of the lockfile out'],
])(
  'the input %s is checked, unless the workspace is the home folder',
  async (input, value, message) => {
    link(outside, 'out');
    const context = { workspace, temporaryFolder: outside, homeFolder: undefined };
    const raw = { artifacts: 'path:a', [input]: value };
    const error = await rejectionOf(parseInputs(raw, context));
    expect(error).toMatchObject({ code: 'usage', message: expect.stringContaining(message) });
    expect(describeError(error)).toContain(`set ${input} to ${outside}`);
    await parseInputs(raw, { ...context, homeFolder: workspace });
    await parseInputs({ ...raw, [input]: join(outside, 'other') }, context);
  },
);
