import { globSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { ROOT } from '../support/runner.ts';
import { read } from './readme.ts';

const WORKFLOWS = globSync('.github/workflows/*.yml', { cwd: ROOT }).sort();
const READMES = ['README.md', 'README.zh-CN.md'];

/** Write permissions of the jobs of a workflow, in order. */
const PUBLISHING: Readonly<Record<string, readonly string[]>> = {
  '.github/workflows/release.yml': [
    ...['id-token', 'attestations'],
    ...['packages', 'id-token', 'attestations'],
    'contents',
  ],
};

/** What `uses:` names, with the comment after it. */
function uses(text: string): string[] {
  return [...text.matchAll(/^\s*(?:- )?uses: (.+)$/gm)].map((match) => match[1] ?? '');
}

test('there are workflows to check', () => {
  expect(WORKFLOWS.length).toBeGreaterThan(1);
});

describe.each(WORKFLOWS)('%s', (file) => {
  const text = read(file);

  test('pins every action by its full SHA, with the version beside it', () => {
    const others = uses(text).filter((name) => !name.startsWith('./'));
    expect(others.length).toBeGreaterThan(0);
    for (const name of others)
      expect(name).toMatch(/^[\w.-]+\/[\w./-]+@[0-9a-f]{40} # v\d+(\.\d+){0,2}$/);
  });

  test('may read the repository and nothing else, except jobs that publish', () => {
    expect(text).toMatch(/^permissions:\n {2}contents: read\n(?! )/m);
    const granted = [...text.matchAll(/^ {6}([\w-]+): write/gm)].map(([, name]) => name);
    expect(granted).toEqual(PUBLISHING[file] ?? []);
  });

  test('keeps no credentials, and ends by itself', () => {
    const checkouts = text.match(/uses: actions\/checkout@/g)?.length ?? 0;
    expect(text.match(/persist-credentials: false/g)).toHaveLength(checkouts);
    expect(text.match(/timeout-minutes:/g)?.length).toBe(text.match(/runs-on:/g)?.length);
  });

  test('puts nothing from outside into a script', () => {
    const scripts = [...text.matchAll(/run: (.*)/g)].map((match) => match[1]);
    expect(scripts.filter((script) => script?.includes('${{'))).toEqual([]);
  });
});

test('the same action has the same SHA everywhere, also in the READMEs', () => {
  const pins = new Map<string, Set<string>>();
  for (const file of [...WORKFLOWS, ...READMES]) {
    for (const name of uses(read(file))) {
      const [action = '', pin = ''] = name.split('@');
      if (/^[0-9a-f]{40} /.test(pin)) pins.set(action, (pins.get(action) ?? new Set()).add(pin));
    }
  }
  expect([...pins].filter(([, found]) => found.size > 1)).toEqual([]);
});
