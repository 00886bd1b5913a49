import { createHash } from 'node:crypto';

/** What the processes of the kill test publish: two versions of one set, with files that come, go and change. */
export type Version = 'one' | 'two';

export function wantedOf(version: Version): { path: string; content: string; sha256: string }[] {
  return Array.from({ length: 400 }, (_, index) => index)
    .filter((index) => (version === 'one' ? index % 5 !== 0 : index % 7 !== 0))
    .map((index) => {
      const content = index % 3 === 0 ? `always ${index}` : `${version} ${index} `.repeat(index);
      return {
        path: pathOf(index, version),
        content,
        sha256: createHash('sha256').update(content).digest('hex'),
      };
    });
}

/** Some names are a file in one version and a folder in the other. */
function pathOf(index: number, version: Version): string {
  const folder = `folder ${index % 6}/deep`;
  if (index % 50 !== 1) return `${folder}/file ${index}`;
  return version === 'one' ? `turns ${index}` : `turns ${index}/into/a folder`;
}
