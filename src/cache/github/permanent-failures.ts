import type { HttpEvent } from './worker-task.ts';

/** No server at this address, or none that this machine trusts: errno(3), https://nodejs.org/api/tls.html#x509-certificate-error-codes */
const UNREACHABLE_CODES =
  /^(?:ECONNREFUSED|EHOSTUNREACH|EHOSTDOWN|ENETUNREACH|ENOTFOUND|EPROTO|CERT_.*|.*SELF_SIGNED_CERT.*|UNABLE_TO_.*|ERR_TLS_.*|ERR_SSL_.*|HOSTNAME_MISMATCH|INVALID_CA)$/;

/** Statuses after which the same request may get another answer. */
const TRANSIENT_STATUSES: ReadonlySet<number> = new Set([408, 425, 500, 502, 503, 504]);

/** Statuses of a service that does not know the request, or not this job: every request ends like this one. */
const REFUSAL_STATUSES: ReadonlySet<number> = new Set([401, 403, 404, 405, 410, 429, 501]);

/** Returns why a request that got no answer will never get one; undefined if a later one may. */
export function explainPermanentNetworkError({ address, error }: HttpEvent): string | undefined {
  if (error === undefined || !UNREACHABLE_CODES.test(error)) return undefined;
  return `${hostOf(address)} cannot be reached (${error})`;
}

/**
 * Returns why the answer before which the toolkit tries again will not get better. Of what it understands, the toolkit
 * repeats only passing faults; any other answer it repeats because it could not read it. Undefined if another try may help.
 */
export function explainPermanentResponse(http: HttpEvent | undefined): string | undefined {
  if (http?.status === undefined || TRANSIENT_STATUSES.has(http.status)) return undefined;
  return describeUnexpectedResponse(http);
}

/** Returns the last answer of the service, if it refuses every request or is no answer of a cache service. */
export function findServiceRefusal(events: readonly HttpEvent[]): HttpEvent | undefined {
  const last = events.findLast(isCacheServiceRequest);
  if (last?.status === undefined) return undefined;
  return REFUSAL_STATUSES.has(last.status) || isWebPage(last) ? last : undefined;
}

/** Whether an answer is a web page, whatever its status: a proxy's, a login's, another server's. */
export function isWebPage({ status, contentType }: HttpEvent): boolean {
  return status !== undefined && !TRANSIENT_STATUSES.has(status) && contentType === 'text/html';
}

export function describeUnexpectedResponse({
  method,
  address,
  status,
  contentType,
}: HttpEvent): string {
  const form = contentType.includes('json') ? `broken ${contentType}` : contentType || 'something';
  return `${method} ${address}: status ${status} with ${form} instead of JSON, which is no answer of a cache service`;
}

/** Returns what the toolkit complains of: the status that it got, which its own line may hide behind a body that is not JSON. */
export function describeRetriedError(complaint: {
  text: string;
  http: HttpEvent | undefined;
}): string {
  const { text, http } = complaint;
  if (http?.status === undefined) return text.replace(/\.+$/, '');
  return `the last answer to ${http.method} ${http.address}: status ${http.status}`;
}

/** Whether a request went to the service itself, not to where it keeps the entries' bytes: version 2 and version 1. */
export function isCacheServiceRequest({ address }: HttpEvent): boolean {
  return /\/twirp\/|\/_apis\/artifactcache\/caches?(?:\/\d+)?$/.test(address);
}

function hostOf(address: string): string {
  return address.replace(/\/.*/s, '');
}
