import type { Pack, PackOutcome } from '../../cache.ts';

export function reportDenied(
  packs: readonly Pack[],
  reason: string,
  onOutcome: (outcome: PackOutcome) => void,
): void {
  for (const pack of packs) onOutcome({ status: 'denied', pack, reason });
}

/** So that no large pack is left for the end, when all other connections are idle. */
export function sortLargestFirst(packs: readonly Pack[]): Pack[] {
  return [...packs].sort((one, other) => sumContentBytes(other) - sumContentBytes(one));
}

/** The index may say anything of a pack's size; its contents are what is asked for. */
export function sumContentBytes(pack: Pack): number {
  return pack.contents.reduce((sum, { size }) => sum + size, 0);
}
