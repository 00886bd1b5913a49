import { type HostAddress, openConnection } from '../connection/open-connection.ts';
import type { ProbeContext } from '../context.ts';
import { ProbeError } from '../report/problem.ts';
import type { Problem } from '../report/report.ts';

const HTTPS_PORT = 443;
const TIMEOUT_MS = 1_500;

/**
 * Tells a filtered port from a host that is down: when port 443 of the same host answers, even by a refusal, the host is
 * there and the other port is what is blocked.
 */
export async function explainFilteredPort(
  problem: Problem,
  { host, port }: HostAddress,
  { signal, getRemainingMs }: ProbeContext,
): Promise<Problem> {
  if (problem.reason !== 'port-filtered' || port === HTTPS_PORT) return problem;
  const timeoutMs = Math.min(TIMEOUT_MS, getRemainingMs());
  if (timeoutMs <= 0) return problem;
  let answer = 'answers';
  try {
    const address = { host, port: HTTPS_PORT };
    (await openConnection(address, { timeoutMs, proxy: undefined, signal })).socket.destroy();
  } catch (error) {
    if (!(error instanceof ProbeError)) throw error;
    if (error.problem.reason !== 'connection-refused') return problem;
    answer = 'refuses at once';
  }
  return {
    ...problem,
    message: `Port ${port} is filtered here: ${host} does not answer on it, while its port 443 ${answer}.`,
  };
}
