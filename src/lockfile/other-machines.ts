import { splitMachineQualifiers } from '../request/identifier.ts';
import type { LockedArtifact, Lockfile } from './lockfile.ts';

/** Returns the entries that lock the same request as `id` for another platform or Python version. */
export function findEntriesOfOtherMachines(lock: Lockfile, id: string): LockedArtifact[] {
  const { rest, machine } = splitMachineQualifiers(id);
  if (machine === '') return [];
  return lock.artifacts.filter((entry) => {
    const other = splitMachineQualifiers(entry.id);
    return other.rest === rest && other.machine !== machine && other.machine !== '';
  });
}
