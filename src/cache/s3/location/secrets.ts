/** Variables whose values are secret. */
const SECRET_VARIABLES = [
  'AWS_ACCESS_KEY_ID',
  'AWS_SECRET_ACCESS_KEY',
  'AWS_SESSION_TOKEN',
  'AWS_CONTAINER_AUTHORIZATION_TOKEN',
] as const;
/** AWS access keys: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html */
const ACCESS_KEY = /\b(?:AKIA|ASIA)[A-Z0-9]{12,}\b/g;
/** Credentials and signatures in signed addresses and headers. */
const SIGNATURE =
  /\b(X-Amz-(?:Credential|Signature|Security-Token)=|Credential=|Signature=)[^&\s,"']+/gi;

/** User names and passwords in addresses, such as a proxy's. */
const USER_INFO = /(:\/\/)[^\s/@]+@/g;

/** Returns a function that removes secrets from messages of a store or the SDK. */
export function createRedactor(environment: NodeJS.ProcessEnv): (text: string) => string {
  const values = SECRET_VARIABLES.flatMap((name) => {
    const value = environment[name]?.trim();
    return value ? [value, encodeURIComponent(value)] : [];
  });
  // Longest first: if one value is a prefix of another, the rest of the longer one must not remain.
  values.sort((one, other) => other.length - one.length);
  return (text) =>
    values
      .reduce((redacted, value) => redacted.replaceAll(value, '***'), text)
      .replace(ACCESS_KEY, '***')
      .replace(SIGNATURE, '$1***')
      .replace(USER_INFO, '$1***@');
}
