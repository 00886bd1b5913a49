import * as core from '@actions/core';
import type { Log } from '../platform/log.ts';
import { escapeWorkflowCommands } from '../platform/text/safe-lines.ts';

/**
 * Lines as workflow commands; warnings and errors become annotations. core escapes line breaks and `%` alone, so what a
 * terminal or a runner could take for a command is escaped here.
 */
export const actionLog: Log = {
  info: (message) => core.info(escapeWorkflowCommands(message)),
  warning: (message) => core.warning(escapeWorkflowCommands(message)),
  error: (message) => core.error(escapeWorkflowCommands(message)),
  debug: (message) => core.debug(escapeWorkflowCommands(message)),
};
