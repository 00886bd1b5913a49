import { MAIN_BUCKET } from '../../bucket/buckets.ts';
import { MalformedGlobError } from '../glob/braces.ts';
import { type Glob, parseGlobs } from '../glob/glob.ts';
import type { Request, RequestKind } from '../request.ts';
import { createRequestUsageError } from '../request-error.ts';

/** `path:linux/cpu/*.whl`: all files that the glob matches and the filters include. */
export const pathKind: RequestKind = {
  name: 'path',
  qualifiers: [],
  check(request) {
    parseRequestGlobs(request);
  },
  async identify(request) {
    return `path:${request.name}`;
  },
  getBucket: () => MAIN_BUCKET,
  // Loaded when a mirror is listed: locked files need no matching.
  resolve: async (request, id, context) =>
    (await import('./path-resolve.ts')).resolvePathRequest(
      request,
      id,
      parseRequestGlobs(request),
      context,
    ),
};

function parseRequestGlobs(request: Request): Glob[] {
  try {
    return parseGlobs(request.name);
  } catch (error) {
    if (!(error instanceof MalformedGlobError)) throw error;
    throw createRequestUsageError(request, `${error.message}.`, {
      hint: 'Write a path below the root of the bucket, for example path:linux/cpu/*.whl',
      cause: error,
    });
  }
}
