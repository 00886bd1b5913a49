import { TfcacheError } from '../error.ts';
import type { Address } from './dial.ts';

/** The form of RSYNC_PROXY in rsync(1): `host:port`, without a scheme. */
const FORM = /^(\[[0-9a-f:.]+\]|[a-z0-9][a-z0-9._-]*):(\d{1,5})$/i;

/**
 * The HTTP proxy for rsync: what the user gave, else RSYNC_PROXY when it is well-formed.
 *
 * @throws TfcacheError `usage` for a proxy that the user gave and that is none.
 */
export function parseRsyncProxy(
  given: string | undefined,
  environment: NodeJS.ProcessEnv,
): Address | undefined {
  const written = given ?? environment['RSYNC_PROXY'];
  if (written === undefined || written === '') return undefined;
  const match = FORM.exec(written);
  if (match !== null)
    return { host: (match[1] ?? '').replace(/^\[|\]$/g, ''), port: Number(match[2]) };
  if (given === undefined) return undefined;
  throw new TfcacheError('usage', 'The proxy cannot be used.', {
    where: 'input proxy',
    expected: 'host:port, without http:// and without a password',
    found: JSON.stringify(written.replace(/^.*@/, '…@')),
    hint: 'Write it as rsync takes it: proxy.example:3128',
  });
}
