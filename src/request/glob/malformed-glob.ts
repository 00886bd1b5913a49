/** Why a glob cannot be read, in words for the user. */
export class MalformedGlob extends Error {
  override readonly name = 'MalformedGlob';
}
