import { type ErrorDetails, TfcacheError } from '../../platform/error.ts';

/**
 * Why `pypi=pip` names no package index that tfcache can ask:
 * - `no-pip`: pip has no configured index, and no pip was found that could name its default;
 * - `no-index`: pip is configured to use no index (`no-index`);
 * - `unsupported`: pip's index is a local folder, or an address that tfcache does not use.
 */
export type NoPipIndexReason = 'no-pip' | 'no-index' | 'unsupported';

/**
 * `pypi=pip` names no package index that tfcache can ask. A caller that added `pypi=pip` by default can treat this as "there
 * is no index"; it is an error only for a user who wrote the line.
 */
export class NoPipIndexError extends TfcacheError {
  readonly reason: NoPipIndexReason;

  constructor(reason: NoPipIndexReason, message: string, details: ErrorDetails) {
    super('configuration', message, { where: 'mirrors: pypi=pip', ...details });
    this.reason = reason;
  }
}
