import { MAIN_BUCKET } from '../bucket.ts';
import { type Glob, parseGlobs } from '../glob/glob.ts';
import { MalformedGlob } from '../glob/malformed-glob.ts';
import type { Kind, Request } from '../request.ts';
import { usageError } from '../request-error.ts';

/** `path:linux/cpu/*.whl`: whatever the glob matches and the user's filters let through. */
export const path: Kind = {
  name: 'path',
  qualifiers: [],
  check(request) {
    globsOf(request);
  },
  async identify(request) {
    return `path:${request.name}`;
  },
  bucket: () => MAIN_BUCKET,
  // Loaded when a mirror is asked: what is locked needs no matching.
  resolve: async (request, id, context) =>
    (await import('./path-resolve.ts')).resolvePath(request, id, globsOf(request), context),
};

function globsOf(request: Request): Glob[] {
  try {
    return parseGlobs(request.name);
  } catch (error) {
    if (!(error instanceof MalformedGlob)) throw error;
    throw usageError(request, `${error.message}.`, {
      hint: "Write a path below the bucket's root, for example path:linux/cpu/*.whl",
      cause: error,
    });
  }
}
