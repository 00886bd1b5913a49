import { TfcacheError } from '../../../platform/error.ts';
import { formatUrlForDisplay } from './network-error.ts';

/** Whether plain http:// may be used for this host: this machine itself, or one that was allowed by name. */
export function isPlainHttpAllowed(url: URL, plainHttpHosts: readonly string[]): boolean {
  return (
    url.protocol === 'http:' && (isLoopback(url.hostname) || plainHttpHosts.includes(url.hostname))
  );
}

/** https://www.rfc-editor.org/rfc/rfc6890, 127.0.0.0/8 and ::1 */
function isLoopback(hostname: string): boolean {
  return /^(localhost|127(?:\.\d{1,3}){3}|\[::1\])$/.test(hostname);
}

/** @throws TfcacheError `usage` for anything but https://, or http:// where it is allowed. */
export function checkUrlScheme(url: URL, plainHttpHosts: readonly string[]): void {
  if (url.protocol === 'https:' || isPlainHttpAllowed(url, plainHttpHosts)) return;
  throw new TfcacheError('mirror-invalid', `${url.protocol}// is not used for ${url.hostname}.`, {
    where: formatUrlForDisplay(url),
    expected: 'https://…; http:// for this machine alone (127.0.0.1, localhost, [::1])',
    hint: 'Anyone on the way can change what comes over plain http://. Use https:// (NODE_EXTRA_CA_CERTS names the certificate of your own authority), rsync://, ssh://, or file:/// for a mounted folder.',
  });
}
