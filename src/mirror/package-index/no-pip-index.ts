import { type ErrorDetails, TfcacheError } from '../../platform/error.ts';

/**
 * Why `pypi=pip` names no package index that tfcache can ask:
 * - `pip-missing`: pip has no configured index, and no pip was found that could name its default;
 * - `pip-index-disabled`: pip is configured to use no index (`no-index`);
 * - `package-index-unsupported`: pip's index is a local folder, or an address that tfcache does not use.
 */
export type NoPipIndexReason = 'pip-missing' | 'pip-index-disabled' | 'package-index-unsupported';

/**
 * `pypi=pip` names no package index that tfcache can ask. A caller that added `pypi=pip` by default can treat this as "there
 * is no index"; it is an error only for a user who wrote the line.
 */
export class NoPipIndexError extends TfcacheError {
  constructor(reason: NoPipIndexReason, message: string, details: ErrorDetails) {
    super(reason, message, { where: 'mirrors: pypi=pip', ...details });
  }
}
