import { TfcacheError } from '../../../platform/error.ts';
import { maskSecrets } from '../../../platform/text/mask-secrets.ts';

export const LOCATION_SYNTAX = 's3://bucket/prefix?endpoint=https://host:port&region=name';

/** An address of an S3 store that cannot be used. What may be a secret never stands in its text. */
export function createLocationError(
  message: string,
  details: { expected?: string; found?: string; hint?: string },
): TfcacheError {
  return new TfcacheError('usage', message, {
    where: 'input cache',
    hint: `Set cache to ${LOCATION_SYNTAX}, to github or to none.`,
    ...details,
  });
}

/** Credentials stand in the address. */
export function createCredentialsError(what: string): TfcacheError {
  return createLocationError(`${what} in the address of the S3 store.`, {
    hint: 'Take it out, give it up as known to others, and set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY (or a profile, or a role) in the environment.',
  });
}

/** A part of an address as an error may show it. AWS's secrets have 40 characters, so a long part may hold one. */
export function maskLocationValue(value: string): string {
  const masked = maskSecrets(value);
  return JSON.stringify(/[A-Za-z0-9+/]{40}/.test(masked) ? '***' : masked.slice(0, 80));
}
