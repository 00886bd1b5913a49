import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { finishCrc32c, updateCrc32c } from '../../src/mirror/https/download/crc32c.ts';
import { serveFile } from './faulty-http.ts';

export interface GoogleServer {
  url: string;
  /** Value for STORAGE_EMULATOR_HOST. */
  host: string;
  requests: string[];
  stop(): Promise<void>;
}

export interface GoogleOptions {
  bucket: string;
  objects: Readonly<Record<string, Buffer>>;
  /** What comes when an object is fetched, where it is not what is listed. */
  served?: Readonly<Record<string, Buffer>>;
  /** Composite objects: no MD5, another form of ETag. */
  composite?: readonly string[];
  /** Wrong checksums to tell, hexadecimal. */
  crc32c?: Readonly<Record<string, string>>;
  /** Names on one page. */
  pageSize?: number;
  /** What the JSON interface answers instead of a listing. */
  jsonStatus?: number;
  /** Version 1 of the XML listing only, as an old proxy: `list-type` ignored. */
  xmlVersion?: 1 | 2;
}

/** Answers as Google Cloud Storage does, in the shapes its documentation and recorded answers have. */
export async function startGoogleServer(
  options: GoogleOptions,
  ...others: readonly GoogleOptions[]
): Promise<GoogleServer> {
  const requests: string[] = [];
  const buckets = new Map(
    [options, ...others].map((each) => [each.bucket, answerFor(each)] as const),
  );
  const server = createServer((request, response) => {
    requests.push(`${request.method} ${request.url}`);
    const { pathname } = new URL(request.url ?? '/', 'http://x');
    const name = /^(?:\/storage\/v1\/b)?\/([^/]+)/.exec(pathname)?.[1] ?? '';
    (buckets.get(name) ?? answerFor(options))(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port was given');
  const host = `http://127.0.0.1:${address.port}`;
  return {
    url: `${host}/{bucket}/`,
    host,
    requests,
    stop: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

function answerFor(
  options: GoogleOptions,
): (request: IncomingMessage, response: ServerResponse) => void {
  const {
    bucket,
    objects,
    composite = [],
    pageSize = 3,
    jsonStatus = 200,
    xmlVersion = 2,
  } = options;
  const keys = Object.keys(objects).sort((one, other) =>
    Buffer.compare(Buffer.from(one), Buffer.from(other)),
  );

  /** Keys and prefixes of one page, in order. */
  function page(prefix: string, delimiter: string, after: string) {
    const items: { key?: string; prefix?: string; last: string }[] = [];
    for (const key of keys.filter((name) => name.startsWith(prefix))) {
      const cut = delimiter === '' ? -1 : key.indexOf(delimiter, prefix.length);
      const item =
        cut === -1
          ? { key, last: key }
          : { prefix: key.slice(0, cut + 1), last: key.slice(0, cut + 1) };
      if (item.last <= after || (item.prefix !== undefined && items.at(-1)?.prefix === item.prefix))
        continue;
      items.push(item);
    }
    return { items: items.slice(0, pageSize), more: items.length > pageSize };
  }

  return (request, response) => {
    const url = new URL(request.url ?? '/', 'http://x');
    const parameter = (name: string) => url.searchParams.get(name) ?? '';
    const md5 = (key: string) =>
      composite.includes(key)
        ? undefined
        : createHash('md5')
            .update(objects[key] ?? '')
            .digest();
    if (url.pathname === `/storage/v1/b/${bucket}/o`) {
      if (jsonStatus !== 200) {
        response.writeHead(jsonStatus, { 'content-type': 'application/json' });
        response.end(`{"error":{"code":${jsonStatus},"message":"no"}}`);
        return;
      }
      const { items, more } = page(
        parameter('prefix'),
        parameter('delimiter'),
        parameter('pageToken'),
      );
      const files = items.filter(({ key }) => key !== undefined);
      const folders = items.filter(({ prefix }) => prefix !== undefined);
      response.writeHead(200, { 'content-type': 'application/json; charset=UTF-8' }).end(
        JSON.stringify({
          ...(more ? { nextPageToken: items.at(-1)?.last } : {}),
          ...(folders.length > 0 ? { prefixes: folders.map(({ prefix }) => prefix) } : {}),
          ...(files.length > 0
            ? {
                items: files.map(({ key = '' }) => ({
                  name: key,
                  size: String(objects[key]?.length),
                  updated: '2022-01-05T05:45:10.888Z',
                  crc32c: Buffer.from(
                    options.crc32c?.[key] ?? crc32cHex(objects[key] ?? Buffer.alloc(0)),
                    'hex',
                  ).toString('base64'),
                  ...(md5(key) === undefined ? {} : { md5Hash: md5(key)?.toString('base64') }),
                })),
              }
            : {}),
        }),
      );
      return;
    }
    if (url.pathname === `/${bucket}/`) {
      const after = parameter(xmlVersion === 2 ? 'continuation-token' : 'marker');
      const { items, more } = page(parameter('prefix'), parameter('delimiter'), after);
      const last = items.at(-1)?.last ?? '';
      const token =
        xmlVersion === 2
          ? `<NextContinuationToken>${escapeXml(last)}</NextContinuationToken>`
          : parameter('delimiter') === ''
            ? ''
            : `<NextMarker>${escapeXml(last)}</NextMarker>`;
      const rows = items.map(({ key, prefix }) =>
        key === undefined
          ? `<CommonPrefixes><Prefix>${escapeXml(prefix ?? '')}</Prefix></CommonPrefixes>`
          : `<Contents><Key>${escapeXml(key)}</Key><Generation>1641361510856840</Generation><MetaGeneration>1</MetaGeneration><LastModified>2022-01-05T05:45:10.888Z</LastModified><ETag>"${md5(key)?.toString('hex') ?? '-CKih16GjycICEAE='}"</ETag><Size>${objects[key]?.length}</Size></Contents>`,
      );
      response
        .writeHead(200, { 'content-type': 'application/xml; charset=UTF-8' })
        .end(
          `<?xml version='1.0' encoding='UTF-8'?><ListBucketResult xmlns='http://doc.s3.amazonaws.com/2006-03-01'><Name>${bucket}</Name><Prefix>${escapeXml(parameter('prefix'))}</Prefix><Marker></Marker>${more ? token : ''}<IsTruncated>${more}</IsTruncated>${rows.join('')}</ListBucketResult>`,
        );
      return;
    }
    const key = decodeURIComponent(url.pathname.slice(bucket.length + 2));
    const content = { ...objects, ...options.served };
    const data = url.pathname.startsWith(`/${bucket}/`) ? content[key] : undefined;
    if (data !== undefined) {
      serveFile(request, response, data);
      return;
    }
    response
      .writeHead(404, { 'content-type': 'application/xml; charset=UTF-8' })
      .end(
        "<?xml version='1.0' encoding='UTF-8'?><Error><Code>NoSuchKey</Code><Message>The specified key does not exist.</Message></Error>",
      );
  };
}

function escapeXml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}

function crc32cHex(data: Buffer): string {
  return finishCrc32c(updateCrc32c(-1, data));
}
