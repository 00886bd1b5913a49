import { TfcacheError } from '../../../platform/error.ts';
import type { Explained } from '../exit/exit.ts';
import { formatRsyncPlace, portOf, type RsyncUrl } from '../url/rsync-url.ts';

/** The error for a daemon that was asked without TLS on a port that speaks TLS. */
export function tlsInstead(url: RsyncUrl): Explained {
  const port = portOf(url);
  const { message, hint } = tlsInsteadText(url);
  const error = new TfcacheError('configuration', message, {
    where: formatRsyncPlace(url),
    expected: 'an rsync daemon without TLS',
    found: `TLS on port ${port}`,
    hint,
  });
  return { error, retry: 'no' };
}

export function tlsInsteadText(url: RsyncUrl): { message: string; hint: string } {
  const port = portOf(url);
  return {
    message: `The mirror speaks TLS on port ${port}, and rsync:// does not.`,
    hint: `Write ${formatRsyncPlace({ ...url, scheme: 'rsyncs', port: port === 874 ? undefined : port })}`,
  };
}
