const BACKSLASH = 0x5c;
const HASH = 0x23;

/**
 * The bytes of a name that rsync printed with `-8`: control bytes stand as `\#ooo` (three octal digits), and a backslash
 * as `\#134` where it would otherwise look like the start of one (rsync(1), "--8-bit-output").
 */
function unescapeName(printed: Buffer): Buffer {
  if (!printed.includes('\\#')) return printed;
  const bytes: number[] = [];
  for (let at = 0; at < printed.length; at++) {
    const code = escapeAt(printed, at);
    bytes.push(code ?? printed[at] ?? 0);
    if (code !== undefined) at += 4;
  }
  return Buffer.from(bytes);
}

function escapeAt(printed: Buffer, at: number): number | undefined {
  if (printed[at] !== BACKSLASH || printed[at + 1] !== HASH) return undefined;
  const digits = printed.toString('latin1', at + 2, at + 5);
  return /^[0-3][0-7]{2}$/.test(digits) ? Number.parseInt(digits, 8) : undefined;
}

/** A printed name as text; undefined when its bytes are not UTF-8. */
export function decodeName(printed: Buffer): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(unescapeName(printed));
  } catch {
    // The decoder's only error: not UTF-8. The caller skips the name and says so.
    return undefined;
  }
}

/**
 * Returns true if a path from outside stays below the folder it is joined to (no absolute path, no `.`, `..` or empty name)
 * and holds no control characters, as for every other kind of mirror.
 */
export function isSafeRsyncPath(path: string): boolean {
  if (path === '' || /\p{Cc}/u.test(path)) return false;
  return path.split('/').every((name) => name !== '' && name !== '.' && name !== '..');
}
