import { type Address, dial } from '../connection/dial.ts';
import type { ProbeContext } from '../context.ts';
import { ProbeFailure } from '../report/problem.ts';
import type { Problem } from '../report/report.ts';

const HTTPS_PORT = 443;
const LIMIT = 1_500;

/**
 * Tells a filtered port from a host that is down: when port 443 of the same host answers, even by a refusal, the host is
 * there and the other port is what is blocked.
 */
export async function nextDoor(
  problem: Problem,
  { host, port }: Address,
  { signal, timeLeft }: ProbeContext,
): Promise<Problem> {
  if (problem.kind !== 'filtered' || port === HTTPS_PORT) return problem;
  const limit = Math.min(LIMIT, timeLeft());
  if (limit <= 0) return problem;
  let answer = 'answers';
  try {
    const address = { host, port: HTTPS_PORT };
    (await dial(address, { limit, proxy: undefined, signal })).socket.destroy();
  } catch (error) {
    if (!(error instanceof ProbeFailure)) throw error;
    if (error.problem.kind !== 'refused') return problem;
    answer = 'refuses at once';
  }
  return {
    ...problem,
    message: `Port ${port} is filtered here: ${host} does not answer on it, while its port 443 ${answer}.`,
  };
}
