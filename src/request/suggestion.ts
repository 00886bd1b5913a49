import type { Request } from './request.ts';

/** What a suggestion changes of a request. */
export interface RequestChange {
  name?: string;
  /** PEP 440 specifiers, with their operator: `==2.15.0`. */
  version?: string;
  /** Added to the qualifiers, or put in the place of their values. */
  qualifiers?: Readonly<Record<string, string>>;
}

/** Returns a request as its user could write it instead: all that is not changed stays, qualifiers too. */
export function suggestRequest(request: Request, change: RequestChange): string {
  const { name = request.name, version = request.version } = change;
  const pairs = Object.entries({ ...request.qualifiers, ...change.qualifiers });
  const qualifiers = pairs.map(([key, value]) => `${key}=${value}`).join('&');
  return `${request.kind}:${name}${version}${qualifiers === '' ? '' : `?${qualifiers}`}`;
}
