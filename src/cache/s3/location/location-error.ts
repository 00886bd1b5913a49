import { TfcacheError } from '../../../platform/error.ts';
import { maskSecrets } from '../../../platform/text/mask-secrets.ts';

export const LOCATION_SYNTAX = 's3://bucket/prefix?endpoint=https://host:port&region=name';

/** Creates the error for an invalid address of an S3 store. Callers pass no text that may be a secret. */
export function createLocationError(
  message: string,
  details: { expected?: string; found?: string; hint?: string },
): TfcacheError {
  return new TfcacheError('input-invalid', message, {
    where: 'input cache',
    hint: `Set cache to ${LOCATION_SYNTAX}, to github or to none.`,
    ...details,
  });
}

/** Creates the error for an address with credentials. */
export function createCredentialsError(what: string): TfcacheError {
  return createLocationError(`The address of the S3 store contains ${what}.`, {
    hint: 'Remove it from the address and revoke it. Set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY (or a profile, or a role) in the environment.',
  });
}

/** Masks a part of an address for an error. AWS secrets have 40 characters, so a long part may hold one. */
export function maskLocationValue(value: string): string {
  const masked = maskSecrets(value);
  return JSON.stringify(/[A-Za-z0-9+/]{40}/.test(masked) ? '***' : masked.slice(0, 80));
}
