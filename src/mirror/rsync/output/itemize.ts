import { decodeName, isSafeRsyncPath } from './name.ts';

/** A file that rsync says is complete here. */
export interface ItemizedFile {
  path: string;
  /** Bytes of the file. */
  size: number;
  /** False when it was here already and nothing was transferred. */
  fresh: boolean;
  /** Bytes that came over the wire for it. */
  received: number;
}

/**
 * One line of `--out-format=%i|%l|%b|%n` for a regular file: `>f…` was received, `.f…` was here already (rsync(1),
 * "--itemize-changes"). Undefined for every other line: folders, skipped specials, notices.
 */
export function parseItemizeLine(line: Buffer): ItemizedFile | undefined {
  const match = /^([>.])f[^|]{9}\|(\d+)\|(\d+)\|([\s\S]+)$/.exec(line.toString('latin1'));
  if (match === null) return undefined;
  const [, update, size, received, name = ''] = match;
  const path = decodeName(Buffer.from(name, 'latin1'));
  if (path === undefined || !isSafeRsyncPath(path)) return undefined;
  return { path, fresh: update === '>', size: Number(size), received: Number(received) };
}
