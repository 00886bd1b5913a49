import { escapeControlCharacters } from '../../platform/text/escape.ts';
import type { Request } from '../request.ts';
import { createRequestUsageError } from '../request-error.ts';
import { MalformedSpecifierError, parseSpecifier, type Specifier } from './specifier.ts';

/** Parses the version of a request. @throws TfcacheError `request-invalid`, with what is wrong */
export function parseRequestSpecifier(request: Request): Specifier {
  try {
    return parseSpecifier(request.version);
  } catch (error) {
    if (!(error instanceof MalformedSpecifierError)) throw error;
    throw createRequestUsageError(request, `its version is malformed: ${error.message}.`, {
      expected: 'PEP 440 specifiers, such as ==2.15.0, ~=2.15.0 or >=2.14,<2.16',
      hint: escapeControlCharacters(error.hint),
      cause: error,
    });
  }
}

/** Checks a request of a kind without versions. @throws TfcacheError `request-invalid` if it has a version */
export function refuseVersion(request: Request): void {
  if (request.version === '') return;
  throw createRequestUsageError(
    request,
    `${request.kind} has no versions, and "${request.version}" was given.`,
    {
      hint: `Write ${request.kind}:${request.name}`,
    },
  );
}
