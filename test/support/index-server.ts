import { createHash } from 'node:crypto';
import { createServer } from 'node:http';
import { serveFile } from './faulty-http.ts';

/** A wheel of a package index. */
export interface IndexedWheel {
  name: string;
  content: Buffer;
  requiresPython?: string;
  yanked?: boolean;
  /** What the page says in place of the right digest; `none`: no digest. */
  sha256?: string;
}

export interface IndexServer {
  /** `http://127.0.0.1:PORT/simple/` */
  url: string;
  requests: string[];
  /** From now on the page names a file that the server does not have. */
  withdraw(name: string): void;
  stop(): Promise<void>;
}

/** A package index: PEP 691 in JSON with the sizes of PEP 700, or PEP 503 in HTML, which tells none. */
export async function startIndexServer(
  projects: Readonly<Record<string, readonly IndexedWheel[]>>,
  form: 'json' | 'html' = 'json',
): Promise<IndexServer> {
  const requests: string[] = [];
  const files = new Map(
    Object.values(projects)
      .flat()
      .map((wheel) => [wheel.name, wheel.content]),
  );
  const server = createServer((request, response) => {
    requests.push(`${request.method} ${request.url}`);
    const [, kind, name = ''] = (request.url ?? '').split('/').map(decodeURIComponent);
    const content = kind === 'files' ? files.get(name) : undefined;
    const wheels = kind === 'simple' ? projects[name] : undefined;
    if (content !== undefined) serveFile(request, response, content);
    else if (wheels === undefined) response.writeHead(404).end('no');
    else if (form === 'html')
      response.writeHead(200, { 'content-type': 'text/html' }).end(html(wheels));
    else {
      response.writeHead(200, { 'content-type': 'application/vnd.pypi.simple.v1+json' });
      response.end(json(name, wheels));
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port was given');
  return {
    url: `http://127.0.0.1:${address.port}/simple/`,
    requests,
    withdraw: (name) => void files.delete(name),
    stop: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

function digestOf({ sha256, content }: IndexedWheel): string | undefined {
  if (sha256 === 'none') return undefined;
  return sha256 ?? createHash('sha256').update(content).digest('hex');
}

function json(name: string, wheels: readonly IndexedWheel[]): string {
  return JSON.stringify({
    meta: { 'api-version': '1.1' },
    name,
    files: wheels.map((wheel) => ({
      filename: wheel.name,
      url: `../../files/${wheel.name}`,
      hashes: { ...(digestOf(wheel) === undefined ? {} : { sha256: digestOf(wheel) }) },
      size: wheel.content.length,
      'upload-time': '2022-01-05T05:45:10.123Z',
      ...(wheel.requiresPython === undefined ? {} : { 'requires-python': wheel.requiresPython }),
      yanked: wheel.yanked === true ? 'broken' : false,
    })),
  });
}

function html(wheels: readonly IndexedWheel[]): string {
  const links = wheels.map((wheel) => {
    const digest = digestOf(wheel);
    const fragment = digest === undefined ? '' : `#sha256=${digest}`;
    const python =
      wheel.requiresPython === undefined
        ? ''
        : ` data-requires-python="${wheel.requiresPython.replace('>', '&gt;').replace('<', '&lt;')}"`;
    const yanked = wheel.yanked === true ? ' data-yanked=""' : '';
    return `<a href="../../files/${wheel.name}${fragment}"${python}${yanked}>${wheel.name}</a><br>`;
  });
  return `<!DOCTYPE html><html><body>${links.join('\n')}</body></html>`;
}
