import { createHash, createHmac } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

/** Key pairs that a server knows. */
export type KeyPairs = Readonly<Record<string, string>>;

/**
 * Checks a request's signature of version 4 in its headers, as AWS describes it
 * (https://docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-header-based-auth.html).
 *
 * @returns S3's error code, undefined when all is well.
 */
export function signatureFault(
  request: IncomingMessage,
  body: Buffer,
  keys: KeyPairs,
): string | undefined {
  const form =
    /^AWS4-HMAC-SHA256 Credential=([^/]+)\/(\d{8})\/([^/]+)\/s3\/aws4_request, ?SignedHeaders=([^,]+), ?Signature=([0-9a-f]{64})$/;
  const match = form.exec(request.headers.authorization ?? '');
  if (match === null) return 'AccessDenied';
  const [, id = '', date = '', region = '', signedHeaders = '', signature] = match;
  const secret = keys[id];
  if (secret === undefined) return 'InvalidAccessKeyId';
  const time = String(request.headers['x-amz-date']);
  if (Math.abs(Date.parse(toIso(time)) - Date.now()) > 900_000) return 'RequestTimeTooSkewed';
  const claimed = String(request.headers['x-amz-content-sha256']);
  const hashed = createHash('sha256').update(body).digest('hex');
  if (claimed !== 'UNSIGNED-PAYLOAD' && claimed !== hashed) return 'XAmzContentSHA256Mismatch';

  const [path = '', query = ''] = (request.url ?? '').split('?');
  const canonical = [
    request.method,
    path,
    canonicalQuery(query),
    ...signedHeaders.split(';').map((name) => `${name}:${String(request.headers[name]).trim()}`),
    '',
    signedHeaders,
    claimed,
  ].join('\n');
  const scope = `${date}/${region}/s3/aws4_request`;
  const digest = createHash('sha256').update(canonical).digest('hex');
  const text = ['AWS4-HMAC-SHA256', time, scope, digest].join('\n');
  const key = [date, region, 's3', 'aws4_request'].reduce<string | Buffer>(
    (last, part) => createHmac('sha256', last).update(part).digest(),
    `AWS4${secret}`,
  );
  const expected = createHmac('sha256', key).update(text).digest('hex');
  return expected === signature ? undefined : 'SignatureDoesNotMatch';
}

function canonicalQuery(query: string): string {
  return query
    .split('&')
    .filter((part) => part !== '')
    .map((part) => (part.includes('=') ? part : `${part}=`))
    .sort()
    .join('&');
}

/** `20261122T090000Z` */
function toIso(time: string): string {
  return time.replace(/^(\d{4})(\d\d)(\d\dT\d\d)(\d\d)(\d\dZ)$/, '$1-$2-$3:$4:$5');
}
