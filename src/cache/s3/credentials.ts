export interface Keys {
  accessKeyId: string;
  secretAccessKey: string;
  sessionToken?: string;
}

/**
 * The keys among the job's own variables. Undefined without them, and where a profile is named, which goes first: then the SDK
 * looks where every AWS program looks, at profiles, web identities, containers and machines.
 */
export function keysOf(environment: NodeJS.ProcessEnv): Keys | undefined {
  const accessKeyId = environment['AWS_ACCESS_KEY_ID'];
  const secretAccessKey = environment['AWS_SECRET_ACCESS_KEY'];
  const sessionToken = environment['AWS_SESSION_TOKEN'];
  if (!accessKeyId || !secretAccessKey || environment['AWS_PROFILE']) return undefined;
  return { accessKeyId, secretAccessKey, ...(sessionToken ? { sessionToken } : {}) };
}
