import type { S3Location } from './location.ts';

/** Undefined: as a profile says. */
export function resolveRegion(
  location: S3Location,
  environment: NodeJS.ProcessEnv,
): string | undefined {
  return (
    location.region ??
    environment['AWS_REGION'] ??
    environment['AWS_DEFAULT_REGION'] ??
    // Stores other than AWS have no regions, but a signature names one.
    (location.endpoint === undefined ? undefined : 'us-east-1')
  );
}
