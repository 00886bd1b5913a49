/**
 * Returns the header `Authorization` for a request to this address (`Basic …`), undefined for none. It is asked for each
 * request, also after a redirect, so that no host gets what is meant for another.
 */
export type GetAuthorization = (url: URL) => string | undefined;

/** Sends a header to one origin and nowhere else. */
export function createOriginAuthorization(
  origin: string,
  header: string | undefined,
): GetAuthorization {
  return (url) => (url.origin === origin ? header : undefined);
}

export function formatBasicHeader(user: string, password: string): string {
  return `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;
}
