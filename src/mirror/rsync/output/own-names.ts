/** Where partial data waits for the next try, in the folder of its file. */
export const RSYNC_PARTIAL_FOLDER = '.tfcache-partial';

/**
 * Below staging: where files are received for which an older one serves as the basis. The older one stands at the file's place
 * there, so that the new one takes its place; in staging itself an old file could be taken for the new one.
 */
export const BASIS_FOLDER = '.tfcache-basis';

/** Names that a path of a mirror cannot hold: what is kept there must not be taken for a file. */
const OWN_NAMES: readonly string[] = [RSYNC_PARTIAL_FOLDER, BASIS_FOLDER];

/** For messages. */
export const RESERVED_NAMES_TEXT = OWN_NAMES.join(' or ');

/** The name in a path that is tfcache's own while rsync copies; undefined when there is none. */
export function findReservedName(path: string): string | undefined {
  if (!path.includes('.tfcache-')) return undefined;
  return path.split('/').find((name) => OWN_NAMES.includes(name));
}
