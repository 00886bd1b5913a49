import aws4 from 'aws4';
import { VERSION } from '../../../platform/version.ts';
import type { S3Credentials } from '../bucket/credentials.ts';
import { type DirectOrigin, escapeUri, formatRequestHead } from './direct-pool.ts';

export type SignedQuery = Readonly<Record<string, string>>;

/** Writes GET requests to one store and signs them, version 4: https://docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-header-based-auth.html */
export interface Signer {
  origin: DirectOrigin;
  /** @param path as it is, nothing escaped. @param range value of the header, `bytes=0-9`. */
  signRequest(path: string, query: SignedQuery, range: string | undefined): string;
}

export function createSigner(options: {
  endpoint: string;
  region: string;
  keys: S3Credentials;
}): Signer {
  const { endpoint, region, keys } = options;
  const { protocol, hostname, port, host } = new URL(endpoint);
  const isTls = protocol === 'https:';
  return {
    origin: {
      protocol: isTls ? 'https:' : 'http:',
      hostname,
      port: port === '' ? (isTls ? 443 : 80) : Number(port),
    },
    signRequest(path, query, range) {
      const escaped = path.split('/').map(escapeUri).join('/');
      const pairs = Object.entries(query).map(
        ([name, value]) => `${escapeUri(name)}=${escapeUri(value)}`,
      );
      const target = pairs.length === 0 ? escaped : `${escaped}?${pairs.join('&')}`;
      const headers = {
        host,
        'user-agent': `tfcache/${VERSION}`,
        ...(range === undefined ? {} : { range }),
      };
      const signed = aws4.sign(
        { service: 's3', region, method: 'GET', path: target, headers },
        keys,
      );
      return formatRequestHead(target, { ...headers, ...signed.headers });
    },
  };
}
