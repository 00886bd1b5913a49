import { splitMachine } from '../request/identifier.ts';
import type { Lock, LockedArtifact } from './lockfile.ts';

/** Returns the entries that lock the same request as `id` for another platform or Python version. */
export function entriesOfOtherMachines(lock: Lock, id: string): LockedArtifact[] {
  const { rest, machine } = splitMachine(id);
  if (machine === '') return [];
  return lock.artifacts.filter((entry) => {
    const other = splitMachine(entry.id);
    return other.rest === rest && other.machine !== machine && other.machine !== '';
  });
}
