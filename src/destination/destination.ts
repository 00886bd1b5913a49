import { utimesSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { findSha256, isSameVersion, type WantedFile } from '../bucket/file.ts';
import { errorCode, fileError } from '../platform/files/file-error.ts';
import type { Log } from '../platform/log.ts';
import type { LinkMethodMemory, LinkMode } from '../store/store.ts';
import type { ExpectedFile } from './check/check.ts';
import type { PublishFile } from './destination-file.ts';
import type { PublishResult } from './publish/publish.ts';
import { getFileStatus, isSurelyAsRecorded, withCurrentStats } from './record/file-status.ts';
import { placeInDestination } from './record/layout.ts';
import { type DestinationRecord, readDestinationRecord } from './record/record.ts';

/** How files get to their places. */
export interface PublishSettings {
  link: LinkMode;
  job?: string | undefined;
  linkMethods?: LinkMethodMemory | undefined;
  /**
   * Keeps other runs out of this destination, until it is released. Asked for when something is to be written, and not
   * otherwise; undefined where nobody can be kept out.
   */
  acquireLock?: () => Promise<{ release(): Promise<void> } | undefined>;
}

/** The folder that the build reads. */
export interface Destination {
  /** Absolute path. */
  readonly folder: string;
  /**
   * The sha256 of the file at this file's place when it is the one that is wanted: put there by tfcache, unchanged since,
   * and of the digest that is known; when none is known, of the size and time that the mirror lists. One stat; a file that
   * was only touched or moved is read.
   */
  findInPlace(file: WantedFile): string | undefined;
  /**
   * Makes a file count as changed whose bytes were found wrong though its size, time and inode are as recorded: it is dated
   * now, so that whoever looks at it reads it.
   *
   * @throws TfcacheError when it cannot be dated.
   */
  markAsDamaged(file: { bucket: string; path: string }): void;
  /** Places of ours that had this inode when they were put there: hard links of one object. */
  findPlacesByInode(ino: string): string[];
  /**
   * Looks for what would be in the way of files that are yet to be fetched, as far as their names and sizes tell.
   *
   * @throws TfcacheError as `publish`.
   */
  check(files: readonly ExpectedFile[]): Promise<void>;
  /**
   * Makes the destination hold these files: links what is missing, replaces files of ours that are outdated, removes those
   * that no longer belong (never what an earlier step of the same `job` put there). Nothing of the user's is written over or removed: a file of ours that was changed is kept aside
   * under `@tfcache.changed`, a file of the user's in the way is an error before anything is touched. Killed at any moment,
   * each place has its old file or its new one, and the next run knows which are ours.
   *
   * @throws TfcacheError `usage` for names that collide or a link mode that cannot work here, `failed` for what is in the
   *   way, `no-space`.
   */
  publish(files: readonly PublishFile[], options: PublishSettings): Promise<PublishResult>;
}

/** Opens a destination; nothing is read or made before it is needed. */
export function openDestination(folder: string, log: Log): Destination {
  const root = resolve(folder);
  let opened: DestinationRecord | undefined;
  const record = (): DestinationRecord => {
    opened ??= readDestinationRecord(root, log);
    return opened;
  };
  return {
    folder: root,
    findInPlace(file) {
      const { entries } = record();
      if (entries.size === 0) return undefined;
      const place = placeInDestination(file);
      const recorded = entries.get(place);
      if (recorded === undefined) return undefined;
      const sha256 = findSha256(file.digests)?.value;
      const [only] = recorded;
      if (
        recorded.length === 1 &&
        only !== undefined &&
        only.size === file.size &&
        (sha256 === undefined ? isSameVersion(only, file) : only.sha256 === sha256) &&
        isSurelyAsRecorded(`${root}/${place}`, only)
      ) {
        return only.sha256;
      }
      const wanted = recorded.filter(
        (entry) =>
          entry.size === file.size &&
          (sha256 === undefined ? isSameVersion(entry, file) : entry.sha256 === sha256),
      );
      if (wanted.length === 0) return undefined;
      const standing = getFileStatus(join(root, place), wanted);
      if (standing.kind !== 'known') return undefined;
      // So that a file that had to be read is read once.
      const now = withCurrentStats(standing.entry, standing.stats);
      if (now.mtimeNs !== standing.entry.mtimeNs || now.ino !== standing.entry.ino) {
        entries.set(place, [...recorded, now]);
      }
      return standing.entry.sha256;
    },
    markAsDamaged(file) {
      const path = join(root, placeInDestination(file));
      try {
        const now = new Date();
        utimesSync(path, now, now);
      } catch (error) {
        if (errorCode(error) === 'ENOENT') return;
        throw fileError('mark a file that has wrong bytes', path, error);
      }
    },
    findPlacesByInode(ino) {
      return [...record().entries]
        .filter(([, entries]) => entries.some((entry) => entry.ino === ino))
        .map(([place]) => join(root, place));
    },
    async check(files) {
      const { checkDestination } = await import('./check/check.ts');
      try {
        checkDestination(root, files, record());
      } catch {
        // Another run may have published here since the record was read: its files are ours.
        opened = undefined;
        checkDestination(root, files, record());
      }
    },
    async publish(files, { acquireLock: turn, ...options }) {
      // Loaded when something is published: a dry run does without.
      const { findFinishedPublish, publishFiles } = await import('./publish/publish.ts');
      const whole = () => ({ folder: root, files, record: record(), log, ...options });
      const inPlace = files.every(({ object }) => object === undefined);
      const settled = inPlace ? findFinishedPublish(whole()) : undefined;
      if (settled !== undefined) {
        opened = undefined;
        return settled;
      }
      const taken = await turn?.();
      try {
        // Until it was our turn another run may have published here.
        if (turn !== undefined) opened = undefined;
        return await publishFiles(whole());
      } finally {
        opened = undefined;
        await taken?.release();
      }
    },
  };
}
