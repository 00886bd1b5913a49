import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import {
  type ProjectPage,
  parseProjectHtml,
  parseProjectJson,
} from '../../../src/mirror/package-index/project-page.ts';

const PAGE = new URL('https://host/simple/demo/');
const digest = (algorithm: string, text = 'bytes') =>
  createHash(algorithm).update(text).digest('hex');
const SHA256 = digest('sha256');

const html = (...links: readonly string[]): Promise<ProjectPage> =>
  parseProjectHtml(`<!DOCTYPE html><body>${links.join('\n')}</body>`, PAGE);
const json = (...files: readonly unknown[]): ProjectPage =>
  parseProjectJson(JSON.stringify({ meta: { 'api-version': '1.1' }, files }), PAGE);
const names = ({ wheels }: ProjectPage) => wheels.map(({ name }) => name);

const sound = { filename: 'good-1.whl', url: 'good-1.whl', hashes: { sha256: SHA256 }, size: 5 };

describe('the name of a wheel is the last segment of its address', () => {
  test.each([
    ['<a href="x-1.whl">x-..&gt;</a>', 'x-1.whl'],
    ['<a href="x-1.whl"></a>', 'x-1.whl'],
    ['<a href="x-1.whl"><img alt=""> x-1.whl   540M</a>', 'x-1.whl'],
    ['<a href="x-1.whl">x-2.whl</a>', 'x-1.whl'],
    ['<a href="../../files/ab/cd/x-1.whl?token=a/b.whl#sha256=">', undefined],
    ['<a href="../../files/ab/cd/x-1.whl?token=a/b.whl">', 'x-1.whl'],
    ['<a href="https://other/x-1%2Bcpu.whl">x</a>', 'x-1+cpu.whl'],
    ['<a href="https://other/x-1%252Bcpu.whl">x</a>', 'x-1+cpu.whl'],
    ['<a href="https://other/folder%2Fx-1.whl">x</a>', 'x-1.whl'],
    ['<a href="https://other/x%-1.whl">x</a>', 'x%-1.whl'],
    ['<a href="x-1.tar.gz">x-1.whl</a>', undefined],
    ['<a href="?C=N;O=D">x-1.whl</a>', undefined],
    ['<a>x-1.whl</a>', undefined],
    ['<!-- <a href="x-1.whl"></a> -->', undefined],
  ])('%s', async (link, name) => {
    expect(names(await html(link))).toEqual(name === undefined ? [] : [name]);
  });

  test('in JSON too', () => {
    const files = [{ ...sound, filename: 'x-2.whl', url: 'x-1.whl' }];
    expect(names(json(...files))).toEqual(['x-1.whl']);
  });

  test('the first <base> counts for all links', async () => {
    const page = await html('<a href="x-1.whl">', '<base href="/files/">', '<base href="/no/">');
    expect(page.wheels[0]?.url).toBe('https://host/files/x-1.whl');
  });

  test('a wheel that is linked twice is listed once: not yanked, then with a digest', async () => {
    const page = await html(
      '<a href="/a/x-1.whl" data-yanked="">',
      '<a href="/b/x-1.whl">',
      `<a href="/c/x-1.whl#sha256=${SHA256}">`,
      `<a href="/d/x-1.whl#sha256=${SHA256}">`,
    );
    expect(page.wheels.map(({ url }) => url)).toEqual(['https://host/c/x-1.whl']);
  });
});

describe('digests', () => {
  const [sha512, sha384, md5] = [digest('sha512'), digest('sha384'), digest('md5')];

  test.each([
    ['#sha256=S', ['sha256']],
    ['#egg=x&sha256=S', ['sha256']],
    ['#sha256=S&egg=x', ['sha256']],
    ['#subdirectory=x&sha256=S', ['sha256']],
    ['#SHA256=S', []],
    ['#sha256=U', ['sha256']],
    ['?a=b&sha256=S', ['sha256']],
    ['?sha256=S', []],
    ['#egg=sha256&x=S', []],
    [`#sha512=${sha512}`, ['sha512']],
    [`#sha384=${sha384}&egg=x`, ['sha384']],
    [`#md5=${md5}`, ['md5']],
    [`#md5=${md5}&sha256=S`, ['sha256']],
    [`#sha512=${sha512}&sha256=S`, ['sha512', 'sha256']],
    [`#sha1=${digest('sha1')}&md5=${md5}`, ['sha1']],
    [`#blake2b=${sha512}`, []],
  ])('%s', async (suffix, algorithms) => {
    const fragment = suffix.replace('=S', `=${SHA256}`).replace('=U', `=${SHA256.toUpperCase()}`);
    const { wheels } = await html(`<a href="x-1.whl${fragment.replaceAll('&', '&amp;')}">x</a>`);
    const [wheel] = wheels;
    expect(wheel?.digests).toEqual(
      algorithms.map((algorithm) => ({ algorithm, value: digest(algorithm) })),
    );
    expect(wheel?.url).not.toContain('#');
  });

  test('a digest that is none costs its wheel', async () => {
    for (const fragment of ['sha256=', 'sha256=abc', `sha256=${'g'.repeat(64)}`, 'md5=None']) {
      const page = await html(`<a href="x-1.whl#${fragment}">x</a>`, '<a href="y-1.whl">y</a>');
      expect(names(page)).toEqual(['y-1.whl']);
      expect(page.skipped).toEqual([expect.stringMatching(/"x-1.whl": .* is not a (sha256|md5)/)]);
    }
  });

  test('JSON: by any name of PEP 691', () => {
    const hashes = { sha512: digest('sha512'), md5, blake2b_256: 'x' };
    expect(json({ ...sound, hashes }).wheels[0]?.digests).toEqual([
      { algorithm: 'sha512', value: digest('sha512') },
    ]);
  });
});

describe('entries in JSON that do not have the form of PEP 691', () => {
  const odd = { ...sound, url: 'odd-2.whl' };
  const { hashes, ...without } = odd;

  test.each([
    ['yanked', { ...odd, yanked: null }],
    ['yanked', { ...odd, yanked: 3 }],
    ['size', { ...odd, size: null }],
    ['size', { ...odd, size: '5' }],
    ['hashes', { ...odd, hashes: { sha256: null } }],
    ['hashes', { ...odd, hashes: 'x' }],
    ['sha256', { ...odd, hashes: { sha256: 'x' } }],
    ['hashes', without],
    ['hashes', { ...without, digests: hashes }],
    ['requires-python', { ...odd, 'requires-python': 3 }],
  ])('%s: cost that entry alone', (what, entry) => {
    const page = json(entry, sound);
    expect(names(page)).toEqual(['good-1.whl']);
    expect(page.skipped).toEqual([expect.stringMatching(/^"odd-2\.whl": /)]);
    expect(page.skipped[0]).toContain(what);
  });

  test.each([null, 'text', 3, [], {}, { url: 7 }])('%j is not an entry', (entry) => {
    const page = json(entry, sound);
    expect(names(page)).toEqual(['good-1.whl']);
    expect(page.skipped).toHaveLength(1);
  });

  test('what is no wheel is not told', () => {
    const page = json({ url: 'demo-1.tar.gz', hashes: null, size: 'x' }, sound);
    expect(page).toMatchObject({ skipped: [], tolerated: [] });
  });

  test('an index that writes all of its entries so is read as pip reads it', () => {
    const page = json(
      { ...odd, yanked: null, size: null },
      { ...without, url: 'odd-1.whl', digests: hashes, size: '5', yanked: '' },
      { ...odd, url: 'odd-0.whl', yanked: 'broken', size: '5' },
      { ...odd, url: 'bad-0.whl', hashes: { sha256: null } },
    );
    expect(page.wheels).toMatchObject([
      { name: 'odd-2.whl', yanked: false, size: undefined },
      { name: 'odd-1.whl', yanked: false, size: 5, digests: [{ value: SHA256 }] },
      { name: 'odd-0.whl', yanked: true },
    ]);
    expect(page.tolerated).toHaveLength(3);
    expect(page.skipped).toHaveLength(1);
  });

  test.each([
    [undefined, false],
    [false, false],
    ['', false],
    [true, true],
    ['broken', true],
  ])('yanked: %j means %s', (yanked, is) => {
    const page = json({ ...sound, yanked });
    expect(page).toMatchObject({ wheels: [{ yanked: is }], skipped: [], tolerated: [] });
  });

  test('what the page says never brings a line of its own into a message', () => {
    const page = json({ ...sound, url: 'a%0Ab.whl', size: 'x\n::error::y' }, sound);
    expect(page.skipped[0]).not.toMatch(/\p{Cc}/u);
  });
});
