import * as core from '@actions/core';
import type { Log } from '../platform/log.ts';
import { sanitizeLines } from '../platform/text/sanitize-lines.ts';

/**
 * Lines as workflow commands; warnings and errors become annotations. core escapes line breaks and `%` alone, so what a
 * terminal or a runner could take for a command is escaped here.
 */
export const actionLog: Log = {
  info: (message) => core.info(sanitizeLines(message)),
  warning: (message) => core.warning(sanitizeLines(message)),
  error: (message) => core.error(sanitizeLines(message)),
  debug: (message) => core.debug(sanitizeLines(message)),
};
