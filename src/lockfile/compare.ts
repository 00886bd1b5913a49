import { fileKey } from '../bucket/file.ts';
import type { LockedArtifact, LockedFile, Lockfile } from './lockfile.ts';

/**
 * Describes how two lockfiles differ, one line per difference: `+` is new, `-` is removed, `~` is changed. Compares what a run
 * verifies, not titles or how a request is written.
 */
export function compareLockfiles(before: Lockfile, after: Lockfile): string[] {
  const oldById = new Map(before.artifacts.map((artifact) => [artifact.id, artifact]));
  const newById = new Map(after.artifacts.map((artifact) => [artifact.id, artifact]));
  const ids = [...new Set([...oldById.keys(), ...newById.keys()])].sort();
  return ids.flatMap((id) => {
    const [oldArtifact, newArtifact] = [oldById.get(id), newById.get(id)];
    if (newArtifact === undefined) {
      return oldArtifact === undefined ? [] : [`- ${id}: ${summarizeArtifact(oldArtifact)}`];
    }
    if (oldArtifact === undefined) return [`+ ${id}: ${summarizeArtifact(newArtifact)}`];
    return compareLockedArtifacts(oldArtifact, newArtifact);
  });
}

/** Describes how two entries of one artifact differ, as {@link compareLockfiles} does. */
export function compareLockedArtifacts(before: LockedArtifact, after: LockedArtifact): string[] {
  const { id } = after;
  const lines =
    before.version === after.version
      ? []
      : [`~ ${id}: version ${before.version ?? 'none'} became ${after.version ?? 'none'}`];
  const oldFiles = new Map(before.files.map((file) => [fileKey(file), file]));
  const newFiles = new Map(after.files.map((file) => [fileKey(file), file]));
  for (const [key, file] of oldFiles) {
    const other = newFiles.get(key);
    if (other === undefined) lines.push(`- ${id}: ${formatPlace(file)}`);
    else if (other.sha256 !== file.sha256) {
      lines.push(
        `~ ${id}: ${formatPlace(file)}: sha256 ${file.sha256} (${file.size} bytes) became ${other.sha256} (${other.size} bytes)`,
      );
    }
  }
  for (const [key, file] of newFiles) {
    if (!oldFiles.has(key)) lines.push(`+ ${id}: ${formatPlace(file)}`);
  }
  return lines;
}

function summarizeArtifact({ title, files }: LockedArtifact): string {
  const count = `${files.length} ${files.length === 1 ? 'file' : 'files'}`;
  return title.endsWith(`(${count})`) ? title : `${title}, ${count}`;
}

function formatPlace({ bucket, path }: LockedFile): string {
  return bucket === 'tensorflow' ? path : `@${bucket}/${path}`;
}
