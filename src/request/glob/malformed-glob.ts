/** Why a glob cannot be read, in words for the user. */
export class MalformedGlobError extends Error {
  override readonly name = 'MalformedGlobError';
}
