import { TfcacheError } from '../../error.ts';

export const LOCATION_FORM = 's3://bucket/prefix?endpoint=https://host:port&region=name';

/** An address of an S3 store that cannot be used. What may be a secret never stands in its text. */
export function badLocation(
  message: string,
  details: { expected?: string; found?: string; hint?: string },
): TfcacheError {
  return new TfcacheError('usage', message, {
    where: 'input cache',
    hint: `Set cache to ${LOCATION_FORM}, to github or to none.`,
    ...details,
  });
}
