import { formatBytes, formatCount, formatNumber } from '../../platform/text/units.ts';
import type { GarbageCollection } from '../../store/maintenance/collect-garbage.ts';
import type { LastUseAge, StoreStats } from '../../store/maintenance/store-stats.ts';
import type { StoreVerification } from '../../store/maintenance/verify-store.ts';

// The text output of `tfcache store`. Programs read its JSON output.

const AGES: Readonly<Record<LastUseAge, string>> = {
  day: 'within a day',
  week: 'within a week',
  month: 'within a month',
  ever: 'longer ago',
};

/** Renders the output of `tfcache store stats`. */
export function renderStoreStats(stats: StoreStats): string[] {
  const { folder, exists, objects, index, staging, quarantine, jobs } = stats;
  if (!exists) return [`There is no store in ${folder} yet. The first pull creates it.`];
  const rows: [string, string][] = [
    ['objects', amount(objects.count, objects.bytes, 'file')],
    ['  linked elsewhere', amount(objects.linked.count, objects.linked.bytes, 'file')],
    ...objects.used
      .filter(({ count }) => count > 0)
      .map(({ within, count, bytes }): [string, string] => [
        `  used ${AGES[within]}`,
        amount(count, bytes, 'file'),
      ]),
    ['known paths', formatCount(index.lines, 'line')],
    ['partial downloads', amount(staging.files, staging.bytes, 'file')],
    ['quarantined', amount(quarantine.files, quarantine.bytes, 'file')],
    ['running jobs', formatNumber(jobs)],
  ];
  const width = rows.reduce((most, [name]) => Math.max(most, name.length), 0);
  return [`Store ${folder}`, ...rows.map(([name, value]) => `  ${name.padEnd(width)}  ${value}`)];
}

/** Renders the output of `tfcache store verify`. */
export function renderVerifiedStore({
  sound,
  healed,
  wrong,
  gone,
  index,
}: StoreVerification): string[] {
  const lines = [`Intact: ${amount(sound.objects, sound.bytes, 'object')}.`];
  if (healed > 0) {
    lines.push(
      `Repaired: ${formatCount(healed, 'object')} had the right content with another time or inode.`,
    );
  }
  for (const { object, quarantined, problem, ino } of wrong) {
    lines.push(
      `Damaged: ${object}`,
      `  found:    ${problem}`,
      `  kept as:  ${quarantined}`,
      `  next:     find the other links to it (find WORKSPACES -inum ${ino}); a job that writes into such a file needs link: reflink or copy`,
    );
  }
  if (gone > 0) lines.push(`Removed during the check: ${formatCount(gone, 'object')}.`);
  lines.push(
    index.damaged === 0
      ? `Index: ${formatCount(index.lines, 'line')}, all intact${index.repeated > 0 && index.rewritten ? '; duplicates were removed' : ''}.`
      : `Index: ${formatCount(index.lines, 'line')} intact; ${formatCount(index.damaged, 'damaged line')} removed.`,
  );
  return lines;
}

/** Renders the output of `tfcache store gc`. */
export function renderCollectedGarbage(
  { busy, removed, kept, held, jobs, leftovers, forgotten }: GarbageCollection,
  { maxSize }: { maxSize: number | undefined },
): string[] {
  if (busy) return ['Another process is cleaning this store. Nothing was removed.'];
  const lines = [
    `Removed: ${amount(removed.objects, removed.bytes, 'object')}.`,
    `Kept: ${amount(kept.objects, kept.bytes, 'object')}.`,
  ];
  if (leftovers.files > 0) {
    lines.push(
      `Also removed: ${amount(leftovers.files, leftovers.bytes, 'file')} that were abandoned (quarantine, partial downloads).`,
    );
  }
  if (forgotten > 0) {
    lines.push(
      `Removed from the index: ${formatCount(forgotten, 'path')} whose content is no longer in the store.`,
    );
  }
  if (held.objects > 0) {
    lines.push(
      `Not removed: ${amount(held.objects, held.bytes, 'object')} that ${formatCount(jobs, 'running job')} may use.`,
    );
  }
  if (maxSize !== undefined && kept.bytes > maxSize) {
    lines.push(
      `The store is still larger than ${formatBytes(maxSize)}. Run tfcache store gc again later.`,
    );
  }
  return lines;
}

function amount(count: number, bytes: number, noun: string): string {
  return count === 0 ? 'none' : `${formatCount(count, noun)}, ${formatBytes(bytes)}`;
}
