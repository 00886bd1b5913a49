import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';

/** Removes everything in a folder of ours, also what a killed run left, and keeps the folder. */
export function deleteContents(folder: string): void {
  for (const name of readdirSync(folder)) {
    rmSync(join(folder, name), { recursive: true, force: true, maxRetries: 3 });
  }
}
