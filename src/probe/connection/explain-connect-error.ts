import { getErrorMessage } from '../../platform/error.ts';
import { errorCode } from '../../platform/files/file-error.ts';
import type { Problem } from '../report/report.ts';

/** What a connection that was not made means. */
export function explainConnectError(
  error: Error,
  { host, port }: { host: string; port: number },
): Problem {
  const code = errorCode(error);
  const message = getErrorMessage(error);
  const found = code === undefined || message.includes(code) ? message : `${code}: ${message}`;
  switch (code) {
    case 'ENOTFOUND':
      return {
        reason: 'host-not-found',
        message: `There is no host named ${host}.`,
        found,
        hint: 'Check the spelling, and that this machine can look names up (getent hosts NAME).',
      };
    case 'EAI_AGAIN':
      return {
        reason: 'host-not-found',
        message: `The name ${host} could not be looked up: the name server does not answer.`,
        found,
        hint: 'Check the network and the name servers of this machine.',
      };
    case 'ECONNREFUSED':
      return {
        reason: 'connection-refused',
        message: `${host} refuses connections to port ${port}: nothing listens there.`,
        found,
        hint: 'Check the port (rsync 873, ssh 22, https 443 unless the URL names another), or name another mirror.',
      };
    case 'ECONNRESET':
    case 'EPIPE':
      return {
        reason: 'connection-reset',
        message: `${host} resets connections to port ${port}.`,
        found,
        hint: 'A firewall may do that, or a mirror that shut this address out. Wait some hours, or name another mirror.',
      };
    case 'ENETUNREACH':
    case 'EHOSTUNREACH':
    case 'ETIMEDOUT':
    case 'EACCES':
    case 'EPERM':
      return {
        reason: 'mirror-unreachable',
        message: `${host} cannot be reached from here.`,
        found,
        hint: 'Check the network and the firewall of this machine, or name another mirror.',
      };
    default:
      return createFilteredProblem(host, port, found);
  }
}

/** Nothing came back: a firewall that drops packets, or a host that is gone. */
function createFilteredProblem(host: string, port: number, found: string): Problem {
  return {
    reason: 'port-filtered',
    message: `Port ${port} of ${host} does not answer: it is filtered here, or the host is down.`,
    found,
    hint: `Let this machine out to port ${port}, or use a proxy, or another mirror.`,
  };
}
