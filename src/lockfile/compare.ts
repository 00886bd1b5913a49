import { fileKey } from '../bucket/file.ts';
import type { LockedArtifact, LockedFile, Lockfile } from './lockfile.ts';

/**
 * How one lock differs from another, a line a difference, for people: `+` is only in the new one, `-` only in the old one,
 * `~` differs. Empty when they say the same. What is told apart is what a run is held to, not titles or the way a request was
 * written.
 */
export function compareLockfiles(before: Lockfile, after: Lockfile): string[] {
  const was = new Map(before.artifacts.map((artifact) => [artifact.id, artifact]));
  const is = new Map(after.artifacts.map((artifact) => [artifact.id, artifact]));
  const ids = [...new Set([...was.keys(), ...is.keys()])].sort();
  return ids.flatMap((id) => {
    const [old, now] = [was.get(id), is.get(id)];
    if (old === undefined) return now === undefined ? [] : [`+ ${id}: ${summarise(now)}`];
    if (now === undefined) return [`- ${id}: ${summarise(old)}`];
    return compareLockedArtifacts(old, now);
  });
}

/** As {@link compareLockfiles}, for one artifact. */
export function compareLockedArtifacts(old: LockedArtifact, now: LockedArtifact): string[] {
  const lines =
    old.version === now.version
      ? []
      : [`~ ${now.id}: version ${old.version ?? 'none'} became ${now.version ?? 'none'}`];
  const was = new Map(old.files.map((file) => [fileKey(file), file]));
  const is = new Map(now.files.map((file) => [fileKey(file), file]));
  for (const [key, file] of was) {
    const other = is.get(key);
    if (other === undefined) lines.push(`- ${now.id}: ${nameOf(file)}`);
    else if (other.sha256 !== file.sha256) {
      lines.push(
        `~ ${now.id}: ${nameOf(file)}: sha256 ${file.sha256} (${file.size} bytes) became ${other.sha256} (${other.size} bytes)`,
      );
    }
  }
  for (const [key, file] of is) if (!was.has(key)) lines.push(`+ ${now.id}: ${nameOf(file)}`);
  return lines;
}

function summarise({ title, files }: LockedArtifact): string {
  const count = `${files.length} ${files.length === 1 ? 'file' : 'files'}`;
  return title.endsWith(`(${count})`) ? title : `${title}, ${count}`;
}

function nameOf({ bucket, path }: LockedFile): string {
  return bucket === 'tensorflow' ? path : `@${bucket}/${path}`;
}
