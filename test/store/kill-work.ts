/** What the processes of the kill test bring into the store. */
export const FILES = 1_500;

export function contentOf(index: number): Buffer {
  return Buffer.alloc((index * 97) % 20_000, `content ${index} `);
}

export function wantedOf(index: number): { path: string; size: number; mtime: number } {
  return {
    path: `folder-${index % 9}/file ${index}`,
    size: contentOf(index).length,
    mtime: index + 1,
  };
}
