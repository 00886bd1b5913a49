import { type GithubTask, PACK_FOLDER, RECEIVED_PREFIX } from './worker-task.ts';

/** 1 MiB instead of 10 KiB read and written at once: less time in the kernel, half of it when extracting. */
const BLOCKING_FACTOR_OPTION = '--blocking-factor=2048';

/**
 * What GNU tar is told through `TAR_OPTIONS`, the only way to it through the toolkit, which runs it with `-P` (names are
 * taken as they stand) on whatever the service returned.
 *
 * Extracting: every member, whatever its name, becomes `tfcache-pack/received-BASENAME`: no name can lead outside, nor be
 * `..`, nor pass through a link, since no member's name has more than these two parts. What a symbolic or hard link points
 * at is replaced by a name that never exists: a symbolic link dangles, a hard link fails. Owners, set-user-ID bits and
 * times are not taken from the archive. What is not a regular file after all is refused when the folder is read.
 * https://www.gnu.org/software/tar/manual/html_section/transform.html
 *
 * Creating: the workspace holds links to the files of the store, of which the bytes are wanted; members say nothing of the
 * user who saved.
 */
export const TAR_OPTIONS: Readonly<Record<GithubTask['operation'], string>> = {
  lookup: '',
  restore: [
    // Backslashes separate names on Windows; TAR_OPTIONS wants each written twice.
    '--transform=flags=rSH;s,.*[/\\\\],,',
    `--transform=flags=rSH;s,^,${PACK_FOLDER}/${RECEIVED_PREFIX},`,
    '--transform=flags=Rsh;s,.*,tfcache-refused-link,',
    '--no-same-owner',
    '--no-same-permissions',
    '--touch',
    BLOCKING_FACTOR_OPTION,
  ].join(' '),
  save: `--dereference --hard-dereference --owner=0 --group=0 --numeric-owner ${BLOCKING_FACTOR_OPTION}`,
};
