import {
  type HostAddress,
  openConnection,
  type ProbeConnection,
} from '../connection/open-connection.ts';
import { collectRoundTrips, summarizeRoundTrip } from '../connection/round-trip.ts';
import { explainFilteredPort } from '../content/filtered-port.ts';
import {
  createEmptyProbe,
  LINE_TIMEOUT_MS,
  PROBE_CONNECT_TIMEOUT_MS,
  type ProbeContext,
} from '../context.ts';
import { ProbeError, toProblem } from '../report/problem.ts';
import type { MirrorProbe } from '../report/report.ts';
import type { ProbeTarget } from '../target.ts';

/** Lines a server may send before its banner: https://www.rfc-editor.org/rfc/rfc4253#section-4.2 */
const MAX_LINE_COUNT = 20;

/** Looks at an SSH server: whether it is there and what it is. No login is tried, so that no key is needed. */
export async function probeSshMirror(
  target: ProbeTarget & { transport: 'ssh' },
  context: ProbeContext,
): Promise<MirrorProbe> {
  const address = { host: target.host, port: target.port };
  const { signal } = context;
  const probe = createEmptyProbe(target);
  try {
    const connection = await openConnection(address, {
      timeoutMs: PROBE_CONNECT_TIMEOUT_MS,
      proxy: undefined,
      signal,
    });
    try {
      const began = performance.now();
      const banner = await readBanner(connection, address, context);
      return {
        ...probe,
        verdict: 'reachable',
        problem: undefined,
        server: banner,
        roundTrips: collectRoundTrips(
          summarizeRoundTrip('connect', [connection.connectMs]),
          summarizeRoundTrip('greeting', [performance.now() - began]),
        ),
        notes: ['It answers. Neither login nor host key nor the path was tried: a pull does that.'],
      };
    } finally {
      connection.socket.destroy();
    }
  } catch (error) {
    const problem = await explainFilteredPort(toProblem(error), address, context);
    return { ...probe, verdict: 'unusable', problem };
  }
}

/** What stands before the banner may be anything but another protocol's greeting. */
async function readBanner(
  { reader }: ProbeConnection,
  address: HostAddress,
  { getRemainingMs }: ProbeContext,
): Promise<string> {
  for (let lines = 0; ; lines += 1) {
    const { text, end } = await reader.readLine(Math.min(LINE_TIMEOUT_MS, getRemainingMs()));
    if (text?.startsWith('SSH-') === true) return text;
    const other = text !== undefined && /^HTTP\/|^\s*<|^@RSYNCD:|^220 /.test(text);
    if (text === undefined || other || lines >= MAX_LINE_COUNT)
      throw createSshError(address, text ?? end);
  }
}

const NO_GREETING_REASONS = {
  silent: 'mirror-timeout',
  closed: 'closed-before-greeting',
  reset: 'connection-reset',
} as const;

function createSshError({ host, port }: HostAddress, found: string): ProbeError {
  const ended = found === 'silent' || found === 'closed' || found === 'reset' ? found : undefined;
  return new ProbeError({
    reason: ended === undefined ? 'not-ssh' : NO_GREETING_REASONS[ended],
    message:
      ended !== undefined
        ? `${host} accepts the connection and does not greet as an SSH server does.`
        : `What answers on port ${port} is no SSH server.`,
    found:
      ended === 'silent'
        ? 'nothing'
        : ended === undefined
          ? found.slice(0, 200)
          : `connection ${ended}`,
    hint: 'Check host and port (sshd listens on 22), and that no proxy answers in its place; a server that shut this address out closes at once: wait some hours.',
  });
}
