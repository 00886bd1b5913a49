import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { makeRoom, type Room } from '../../support/engine.ts';
import { serveFile } from '../../support/faulty-http.ts';
import { pythonWith } from '../../support/python.ts';

/** Runs `pip download` for each project on standard input, in one process. */
const DOWNLOAD = `
import json, sys
from pip._internal.cli.main import main
index, folder, projects = json.load(sys.stdin)
for project in projects:
    main(["download", "-q", "--no-deps", "--no-cache-dir", "--disable-pip-version-check", "--retries", "0",
          "--index-url", index, "-d", folder + "/" + project, project])
`;

/** Wheels with the content that pip requires, as base64, by file name. */
const BUILD = `
import base64, io, json, sys, zipfile
wheels = {}
for project, version, salt in json.load(sys.stdin):
    data = io.BytesIO()
    name = project.replace("-", "_")
    info = name + "-" + version + ".dist-info/"
    with zipfile.ZipFile(data, "w") as archive:
        archive.writestr(info + "METADATA", "Metadata-Version: 2.1\\nName: " + project + "\\nVersion: " + version + "\\n")
        archive.writestr(info + "WHEEL", "Wheel-Version: 1.0\\nGenerator: t\\nRoot-Is-Purelib: true\\nTag: py3-none-any\\n")
        archive.writestr(info + "RECORD", "")
        archive.writestr("salt", salt)
    wheels[salt + name + "-" + version + "-py3-none-any.whl"] = base64.b64encode(data.getvalue()).decode()
print(json.dumps(wheels))
`;

interface Wheel {
  /** Address of the file below the server's root. */
  address: string;
  project: string;
  /** Address of the server. */
  root: string;
  digest(algorithm: string): string;
}

interface Case {
  what: string;
  page(one: Wheel, two: Wheel): string;
  /** What is published, for those cases in which pip fails and so cannot say. */
  pipFails?: 'nothing' | 'good';
}

const anchor = (href: string, text = '', attributes = ''): string =>
  `<a href="${href}" ${attributes}>${text}</a><br>`;
const json = (...files: readonly object[]): string =>
  JSON.stringify({ meta: { 'api-version': '1.0' }, name: 'x', files });
const entry = (wheel: Wheel, more: object = {}): object => ({
  filename: wheel.address.split('/').at(-1),
  url: `/${wheel.address}`,
  hashes: { sha256: wheel.digest('sha256') },
  ...more,
});

/** Version 1 is `one`, version 2 is `two`. */
const CASES: readonly Case[] = [
  { what: 'cut texts', page: (one) => anchor(`/${one.address}`, 'demo_0-1..&gt;') },
  { what: 'no text', page: (one) => anchor(`/${one.address}`) },
  {
    what: 'texts that name another version',
    page: (one) => anchor(`/${one.address}`, one.address.replace('-1-', '-3-').replace(/.*\//, '')),
  },
  {
    what: 'an escaped address',
    page: (one) => anchor(`/${one.address.replaceAll('-', '%2D')}`, 'x'),
  },
  {
    what: 'a digest behind an egg',
    page: (one) =>
      anchor(`/${one.address}#egg=${one.project}-1&amp;sha256=${one.digest('sha256')}`),
  },
  {
    what: 'wrong digests behind other parts',
    page: (one, two) =>
      anchor(`/${one.address}#egg=${one.project}-1&amp;sha256=${two.digest('sha256')}`),
    pipFails: 'nothing',
  },
  {
    what: 'a wrong digest before other parts',
    page: (one, two) => anchor(`/${one.address}#sha256=${two.digest('sha256')}&amp;egg=x`),
    pipFails: 'nothing',
  },
  ...['sha512', 'sha384', 'sha224', 'sha1', 'md5'].flatMap((algorithm): Case[] => [
    {
      what: `a right ${algorithm}`,
      page: (one) => anchor(`/${one.address}#${algorithm}=${one.digest(algorithm)}`),
    },
    {
      what: `a wrong ${algorithm}`,
      page: (one, two) => anchor(`/${one.address}#${algorithm}=${two.digest(algorithm)}`),
      pipFails: 'nothing',
    },
    {
      what: `a wrong ${algorithm} in JSON`,
      page: (one, two) => json(entry(one, { hashes: { [algorithm]: two.digest(algorithm) } })),
      pipFails: 'nothing',
    },
  ]),
  {
    what: 'a newer one that is yanked without a reason',
    page: (one, two) => anchor(`/${two.address}`, '', 'data-yanked=""') + anchor(`/${one.address}`),
  },
  {
    what: 'JSON: yanked is an empty text',
    page: (one, two) => json(entry(one), entry(two, { yanked: '' })),
  },
  {
    what: 'JSON: yanked for a reason',
    page: (one, two) => json(entry(one), entry(two, { yanked: 'broken' })),
  },
  {
    what: 'JSON: the file name says another version',
    page: (one) => json(entry(one, { filename: 'demo_0-7-py3-none-any.whl' })),
  },
  { what: 'JSON: no size, all alike', page: (one) => json(entry(one, { size: null })) },
  { what: 'JSON: yanked null, all alike', page: (one) => json(entry(one, { yanked: null })) },
  {
    what: 'JSON: a digest that is null',
    page: (one, two) => json(entry(one), entry(two, { hashes: { sha256: null } })),
    pipFails: 'good',
  },
  {
    what: 'links of other kinds',
    page: (one) => anchor('javascript:x.whl') + anchor(`/${one.address}`),
  },
  {
    what: 'a <base> behind the links',
    page: (one) =>
      `${anchor(one.address.split('/').at(-1) ?? '')}<base href="${one.root}${one.address}">`,
  },
];

/** pip supports JSON since 22.2. */
const python = pythonWith(
  'pip._internal.cli.main',
  "tuple(map(int, __import__('pip').__version__.split('.')[:2])) >= (22, 2)",
);
let room: Room;
let server: ReturnType<typeof createServer>;
let origin = '';
const pages = new Map<string, string>();
const files = new Map<string, Buffer>();

async function runPython(script: string, input: unknown): Promise<string> {
  const child = promisify(execFile)(python ?? '', ['-c', script], {
    env: { ...process.env, PIP_CONFIG_FILE: '/dev/null', PIP_INDEX_URL: '' },
    maxBuffer: 64 * 1024 * 1024,
  });
  child.child.stdin?.end(JSON.stringify(input));
  return (await child).stdout;
}

const nameOf = (index: number) => `demo-${index}`;

beforeAll(async () => {
  if (python === undefined) return;
  room = makeRoom();
  const wanted = CASES.flatMap((_, index) => [
    [nameOf(index), '1', ''],
    [nameOf(index), '2', ''],
  ]);
  const built = JSON.parse(await runPython(BUILD, wanted)) as Record<string, string>;
  for (const [name, data] of Object.entries(built)) {
    files.set(`files/${name}`, Buffer.from(data, 'base64'));
  }
  server = createServer((request, response) => {
    const path = decodeURIComponent((request.url ?? '').slice(1));
    const file = files.get(path);
    const page = pages.get(/^simple\/([^/]+)\/$/.exec(path)?.[1] ?? '');
    if (file !== undefined) serveFile(request, response, file);
    else if (page === undefined) response.writeHead(404).end();
    else {
      const type = page.startsWith('{') ? 'application/vnd.pypi.simple.v1+json' : 'text/html';
      response.writeHead(200, { 'content-type': type }).end(page);
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port was given');
  origin = `http://127.0.0.1:${address.port}/`;
  for (const [index, { page }] of CASES.entries()) {
    const wheel = (version: string): Wheel => {
      const address = `files/demo_${index}-${version}-py3-none-any.whl`;
      const content = files.get(address) ?? Buffer.alloc(0);
      return {
        address,
        project: nameOf(index),
        root: origin,
        digest: (algorithm) => createHash(algorithm).update(content).digest('hex'),
      };
    };
    pages.set(nameOf(index), page(wheel('1'), wheel('2')));
  }
  const projects = CASES.map((_, index) => nameOf(index));
  await runPython(DOWNLOAD, [`${origin}simple/`, join(room.folder, 'pip'), projects]);
});

afterAll(() => {
  if (python === undefined) return;
  server.closeAllConnections();
  server.close();
  room.remove();
});

const inFolder = (folder: string): Record<string, string> =>
  existsSync(folder)
    ? Object.fromEntries(
        readdirSync(folder).map((name) => [name, readFileSync(join(folder, name), 'base64')]),
      )
    : {};

test.skipIf(python === undefined).for(CASES.map((one, index) => ({ ...one, index })))(
  'chooses like pip: $what',
  async ({ index, pipFails }) => {
    const project = nameOf(index);
    const { error } = await room.pull({
      artifacts: `wheel:${project}`,
      mirrors: `pypi=${origin}simple/`,
    });
    const ours = inFolder(join(room.destination, '@pypi', project));
    const theirs = inFolder(join(room.folder, 'pip', project));
    if (pipFails === 'good') {
      expect(Object.keys(ours)).toEqual([`demo_${index}-1-py3-none-any.whl`]);
      return;
    }
    expect(ours).toEqual(theirs);
    expect(Object.keys(theirs)).toHaveLength(pipFails === undefined ? 1 : 0);
    expect(error?.code).toBe(pipFails === undefined ? undefined : 'integrity');
  },
);
