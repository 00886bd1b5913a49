/** Variables whose values nobody may see. */
const SECRET_VARIABLES = [
  'AWS_ACCESS_KEY_ID',
  'AWS_SECRET_ACCESS_KEY',
  'AWS_SESSION_TOKEN',
  'AWS_CONTAINER_AUTHORIZATION_TOKEN',
] as const;
/** Names of AWS access keys, wherever they came from: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html */
const ACCESS_KEY = /\b(?:AKIA|ASIA)[A-Z0-9]{12,}\b/g;
/** What stands in signed addresses and headers. */
const SIGNATURE =
  /\b(X-Amz-(?:Credential|Signature|Security-Token)=|Credential=|Signature=)[^&\s,"']+/gi;

/** User names and passwords in addresses, such as a proxy's. */
const USER_INFO = /(:\/\/)[^\s/@]+@/g;

/** Takes out of a text what a store or the SDK may have put into it. */
export function createRedactor(environment: NodeJS.ProcessEnv): (text: string) => string {
  const values = SECRET_VARIABLES.flatMap((name) => {
    const value = environment[name]?.trim();
    return value ? [value, encodeURIComponent(value)] : [];
  });
  // The longest first: where one is the beginning of another, the rest of that one must not stay.
  values.sort((one, other) => other.length - one.length);
  return (text) =>
    values
      .reduce((redacted, value) => redacted.replaceAll(value, '***'), text)
      .replace(ACCESS_KEY, '***')
      .replace(SIGNATURE, '$1***')
      .replace(USER_INFO, '$1***@');
}
