import * as core from '@actions/core';
import type { Log } from '../log.ts';
import { safeLines } from '../safe-lines.ts';

/** Lines as workflow commands: warnings and errors become annotations, whose text core itself escapes. */
export const actionLog: Log = {
  info: (message) => core.info(safeLines(message)),
  warning: (message) => core.warning(message),
  error: (message) => core.error(message),
  debug: (message) => core.debug(message),
};
