import { TfcacheError } from '../../../platform/error.ts';
import type { ExplainedFailure } from '../exit/exit.ts';
import { formatRsyncUrlWithoutUser, getRsyncPort, type RsyncUrl } from '../url/rsync-url.ts';

/** The error for a daemon that was asked without TLS on a port that speaks TLS. */
export function createTlsRequiredFailure(url: RsyncUrl): ExplainedFailure {
  const port = getRsyncPort(url);
  const { message, hint } = describeTlsRequired(url);
  const error = new TfcacheError('tls-required', message, {
    where: formatRsyncUrlWithoutUser(url),
    expected: 'an rsync daemon without TLS',
    found: `TLS on port ${port}`,
    hint,
  });
  return { error, retry: 'no' };
}

export function describeTlsRequired(url: RsyncUrl): { message: string; hint: string } {
  const port = getRsyncPort(url);
  return {
    message: `The mirror speaks TLS on port ${port}, and rsync:// does not.`,
    hint: `Write ${formatRsyncUrlWithoutUser({ ...url, scheme: 'rsyncs', port: port === 874 ? undefined : port })}`,
  };
}
