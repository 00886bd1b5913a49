import type { S3Location } from './location.ts';

/** Returns the region for signatures; undefined if only a profile may name it. */
export function resolveRegion(
  location: S3Location,
  environment: NodeJS.ProcessEnv,
): string | undefined {
  return (
    location.region ??
    environment['AWS_REGION'] ??
    environment['AWS_DEFAULT_REGION'] ??
    // Stores other than AWS have no regions, but signatures require one.
    (location.endpoint === undefined ? undefined : 'us-east-1')
  );
}
