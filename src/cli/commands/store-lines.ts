import { formatBytes, formatCount, formatNumber } from '../../platform/text/units.ts';
import type { GarbageCollection } from '../../store/maintenance/collect-garbage.ts';
import type { LastUseAge, StoreStats } from '../../store/maintenance/store-stats.ts';
import type { StoreVerification } from '../../store/maintenance/verify-store.ts';

// What `tfcache store` says to people; machines read its JSON.

const AGES: Readonly<Record<LastUseAge, string>> = {
  day: 'within a day',
  week: 'within a week',
  month: 'within a month',
  ever: 'longer ago',
};

/** `tfcache store stats` */
export function renderStoreStats(stats: StoreStats): string[] {
  const { folder, exists, objects, index, staging, quarantine, jobs } = stats;
  if (!exists) return [`There is no store in ${folder} yet; the first pull makes it.`];
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
    ['fetched in part', amount(staging.files, staging.bytes, 'file')],
    ['quarantined', amount(quarantine.files, quarantine.bytes, 'file')],
    ['jobs at work', formatNumber(jobs)],
  ];
  const width = rows.reduce((most, [name]) => Math.max(most, name.length), 0);
  return [`Store ${folder}`, ...rows.map(([name, value]) => `  ${name.padEnd(width)}  ${value}`)];
}

/** `tfcache store verify` */
export function renderVerifiedStore({
  sound,
  healed,
  wrong,
  gone,
  index,
}: StoreVerification): string[] {
  const lines = [`Sound: ${amount(sound.objects, sound.bytes, 'object')}.`];
  if (healed > 0) {
    lines.push(
      `Healed: ${formatCount(healed, 'object')} had the right bytes under another time or inode.`,
    );
  }
  for (const { object, quarantined, problem, ino } of wrong) {
    lines.push(
      `Wrong: ${object}`,
      `  found:    ${problem}`,
      `  kept as:  ${quarantined}`,
      `  next:     find what shares it (find WORKSPACES -inum ${ino}); a job that writes into such a file needs link: reflink or copy`,
    );
  }
  if (gone > 0) lines.push(`Gone meanwhile: ${formatCount(gone, 'object')}.`);
  lines.push(
    index.damaged === 0
      ? `Index: ${formatCount(index.lines, 'line')}, all sound${index.repeated > 0 && index.rewritten ? '; repeated ones were dropped' : ''}.`
      : `Index: ${formatCount(index.lines, 'line')} sound; ${formatCount(index.damaged, 'damaged line')} dropped.`,
  );
  return lines;
}

/** `tfcache store gc` */
export function renderCollectedGarbage(
  { busy, removed, kept, held, jobs, leftovers, forgotten }: GarbageCollection,
  { maxSize }: { maxSize: number | undefined },
): string[] {
  if (busy) return ['Another process cleans this store just now; nothing was done.'];
  const lines = [
    `Removed: ${amount(removed.objects, removed.bytes, 'object')}.`,
    `Left: ${amount(kept.objects, kept.bytes, 'object')}.`,
  ];
  if (leftovers.files > 0) {
    lines.push(
      `Also removed: ${amount(leftovers.files, leftovers.bytes, 'file')} that nobody came back for (quarantine, parts).`,
    );
  }
  if (forgotten > 0) {
    lines.push(
      `Forgotten: ${formatCount(forgotten, 'path')} whose content the store does not have any more.`,
    );
  }
  if (held.objects > 0) {
    lines.push(
      `Not removed: ${amount(held.objects, held.bytes, 'object')} that ${formatCount(jobs, 'job')} at work may use.`,
    );
  }
  if (maxSize !== undefined && kept.bytes > maxSize) {
    lines.push(`The store is still larger than ${formatBytes(maxSize)}: run again later.`);
  }
  return lines;
}

function amount(count: number, bytes: number, noun: string): string {
  return count === 0 ? 'none' : `${formatCount(count, noun)}, ${formatBytes(bytes)}`;
}
