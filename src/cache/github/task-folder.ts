import { randomUUID } from 'node:crypto';
import { rmSync } from 'node:fs';
import { join } from 'node:path';

/** A folder name below `scratch` for one task, which makes it; removed with all that is in it when the task has ended. */
export async function withTaskFolder<T>(
  scratch: string,
  action: (folder: string) => Promise<T>,
): Promise<T> {
  const folder = join(scratch, randomUUID());
  try {
    return await action(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
  }
}
