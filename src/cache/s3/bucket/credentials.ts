export interface S3Credentials {
  accessKeyId: string;
  secretAccessKey: string;
  sessionToken?: string;
}

/**
 * The keys among the job's own variables. Undefined without them, and where a profile is named, which goes first: then the SDK
 * looks where every AWS program looks, at profiles, web identities, containers and machines.
 */
export function findCredentials(environment: NodeJS.ProcessEnv): S3Credentials | undefined {
  // Secrets that were pasted into a form often end with a line break; no key has white space.
  const accessKeyId = environment['AWS_ACCESS_KEY_ID']?.trim();
  const secretAccessKey = environment['AWS_SECRET_ACCESS_KEY']?.trim();
  const sessionToken = environment['AWS_SESSION_TOKEN']?.trim();
  if (!accessKeyId || !secretAccessKey || environment['AWS_PROFILE']) return undefined;
  return { accessKeyId, secretAccessKey, ...(sessionToken ? { sessionToken } : {}) };
}
