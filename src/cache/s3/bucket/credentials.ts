export interface S3Credentials {
  accessKeyId: string;
  secretAccessKey: string;
  sessionToken?: string;
}

/**
 * Returns the keys in the job's variables. Undefined if there are none, or if a profile is named, which has precedence: the
 * SDK then searches profiles, web identities, containers and instance roles, as every AWS program does.
 */
export function findCredentials(environment: NodeJS.ProcessEnv): S3Credentials | undefined {
  // A secret that was pasted into a form often ends with a line break. Keys contain no white space.
  const accessKeyId = environment['AWS_ACCESS_KEY_ID']?.trim();
  const secretAccessKey = environment['AWS_SECRET_ACCESS_KEY']?.trim();
  const sessionToken = environment['AWS_SESSION_TOKEN']?.trim();
  if (!accessKeyId || !secretAccessKey || environment['AWS_PROFILE']) return undefined;
  return { accessKeyId, secretAccessKey, ...(sessionToken ? { sessionToken } : {}) };
}
