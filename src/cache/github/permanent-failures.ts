import type { HttpEvent } from './worker-task.ts';

/** Codes for: no server at this address, or no trusted one. errno(3), https://nodejs.org/api/tls.html#x509-certificate-error-codes */
const UNREACHABLE_CODES =
  /^(?:ECONNREFUSED|EHOSTUNREACH|EHOSTDOWN|ENETUNREACH|ENOTFOUND|EPROTO|CERT_.*|.*SELF_SIGNED_CERT.*|UNABLE_TO_.*|ERR_TLS_.*|ERR_SSL_.*|HOSTNAME_MISMATCH|INVALID_CA)$/;

/** Statuses after which a retry may succeed. */
const TRANSIENT_STATUSES: ReadonlySet<number> = new Set([408, 425, 500, 502, 503, 504]);

/** Statuses of a service that does not support the request, or refuses this job: every request would end like this. */
const REFUSAL_STATUSES: ReadonlySet<number> = new Set([401, 403, 404, 405, 410, 429, 501]);

/** Returns why a request without a response will never get one; undefined if a retry may. */
export function explainPermanentNetworkError({ address, error }: HttpEvent): string | undefined {
  if (error === undefined || !UNREACHABLE_CODES.test(error)) return undefined;
  return `${getHost(address)} is unreachable (${error})`;
}

/**
 * Returns why the response after which the toolkit retries is permanent; undefined if a retry may help. The toolkit retries
 * after transient statuses, and after responses that it cannot parse. The latter are permanent.
 */
export function explainPermanentResponse(http: HttpEvent | undefined): string | undefined {
  if (http?.status === undefined || TRANSIENT_STATUSES.has(http.status)) return undefined;
  return describeUnexpectedResponse(http);
}

/** Returns the last response of the service if it refuses every request, or does not come from a cache service. */
export function findServiceRefusal(events: readonly HttpEvent[]): HttpEvent | undefined {
  const last = events.findLast(isCacheServiceRequest);
  if (last?.status === undefined) return undefined;
  return REFUSAL_STATUSES.has(last.status) || isWebPage(last) ? last : undefined;
}

/** Returns whether a response is a web page, whatever its status: of a proxy, a login, another server. */
export function isWebPage({ status, contentType }: HttpEvent): boolean {
  return status !== undefined && !TRANSIENT_STATUSES.has(status) && contentType === 'text/html';
}

export function describeUnexpectedResponse({
  method,
  address,
  status,
  contentType,
}: HttpEvent): string {
  const form = contentType.includes('json')
    ? `invalid ${contentType}`
    : contentType || 'an unknown type';
  return `${method} ${address}: status ${status} with ${form} instead of the JSON of a cache service`;
}

/** Returns why the toolkit retries. Its own line may omit the status if the body is not JSON. */
export function describeRetriedError(text: string, http: HttpEvent | undefined): string {
  if (http?.status === undefined) return text.replace(/\.+$/, '');
  return `the last response to ${http.method} ${http.address}: status ${http.status}`;
}

/** Returns whether a request went to the service (version 2 or 1), not to the storage of its entries. */
export function isCacheServiceRequest({ address }: HttpEvent): boolean {
  return /\/twirp\/|\/_apis\/artifactcache\/caches?(?:\/\d+)?$/.test(address);
}

function getHost(address: string): string {
  return address.replace(/\/.*/s, '');
}
