import type { ArtifactIndex, Pack } from '../../cache/cache.ts';
import type { SaveWork } from '../types.ts';

/** For each artifact with new files: those that a pack holds, and these packs. */
export function indexArtifacts(work: SaveWork, packs: readonly Pack[]): ArtifactIndex[] {
  // Of two packs with the same content the later one counts: the earlier may have come back wrong.
  const packOf = new Map(
    packs.flatMap((pack) => pack.contents.map(({ sha256 }) => [sha256, pack] as const)),
  );
  return work.artifacts.flatMap(({ id, files, isComplete: whole }) => {
    const held = files
      .flatMap((position) => work.files[position] ?? [])
      .filter(({ sha256 }) => packOf.has(sha256));
    if (held.length === 0) return [];
    const own = new Set(held.flatMap(({ sha256 }) => packOf.get(sha256) ?? []));
    const index = { packs: packs.filter((pack) => own.has(pack)), files: held };
    return [{ id, index, isComplete: whole && held.length === files.length }];
  });
}
