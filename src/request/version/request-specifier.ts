import type { Request } from '../request.ts';
import { usageError } from '../request-error.ts';
import { MalformedSpecifier, parseSpecifier, type Specifier } from './specifier.ts';

/** The versions a request admits. @throws TfcacheError `usage`, saying what is wrong with the specifier */
export function readSpecifier(request: Request): Specifier {
  try {
    return parseSpecifier(request.version);
  } catch (error) {
    if (!(error instanceof MalformedSpecifier)) throw error;
    throw usageError(request, `the version is malformed: ${error.message}.`, {
      expected: 'PEP 440 specifiers, such as ==2.15.0, ~=2.15.0 or >=2.14,<2.16',
      hint: 'Correct the specifier.',
      cause: error,
    });
  }
}

/** Reads the specifier only to find what is wrong with it. @throws TfcacheError `usage` */
export function checkSpecifier(request: Request): void {
  readSpecifier(request);
}

/** For kinds whose names carry no version. @throws TfcacheError `usage` */
export function refuseVersion(request: Request): void {
  if (request.version === '') return;
  throw usageError(
    request,
    `${request.kind} has no versions, and "${request.version}" was given.`,
    {
      hint: `Write ${request.kind}:${request.name}`,
    },
  );
}
