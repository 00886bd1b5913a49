import type { LockedArtifact, LockedFile, Lockfile } from './lockfile.ts';

/**
 * The text of a lock: JSON with a line a field and a line a file, everything sorted, so that one changed file is one changed
 * line in a diff and the same content always has the same digest.
 */
export function formatLockfile(lock: Lockfile): string {
  const artifacts = [...lock.artifacts].sort((one, other) => compareText(one.id, other.id));
  const body =
    artifacts.length === 0 ? '[]' : `[\n${artifacts.map(formatArtifact).join(',\n')}\n  ]`;
  return `{\n  "version": ${lock.version},\n  "artifacts": ${body}\n}\n`;
}

function formatArtifact({ id, request, title, version, files }: LockedArtifact): string {
  const sorted = [...files].sort(
    (one, other) => compareText(one.bucket, other.bucket) || compareText(one.path, other.path),
  );
  const fields = [
    `"id": ${JSON.stringify(id)}`,
    `"request": ${JSON.stringify(request)}`,
    `"title": ${JSON.stringify(title)}`,
    ...(version === undefined ? [] : [`"version": ${JSON.stringify(version)}`]),
    sorted.length === 0
      ? '"files": []'
      : `"files": [\n${sorted.map((file) => `        ${formatFile(file)}`).join(',\n')}\n      ]`,
  ];
  return `    {\n${fields.map((field) => `      ${field}`).join(',\n')}\n    }`;
}

function formatFile({ bucket, path, size, mtime, sha256 }: LockedFile): string {
  const fields = Object.entries({ path, bucket, size, mtime, sha256 })
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `"${name}": ${JSON.stringify(value)}`);
  return `{ ${fields.join(', ')} }`;
}

/** By code units, not by the machine's language: the order must not depend on who writes. */
function compareText(one: string, other: string): number {
  if (one === other) return 0;
  return one < other ? -1 : 1;
}
