import { type Address, type Connection, dial } from '../connection/dial.ts';
import { roundTrip, roundTrips } from '../connection/round-trip.ts';
import { nextDoor } from '../content/next-door.ts';
import { blank, CONNECT_LIMIT, LINE_LIMIT, type ProbeContext } from '../context.ts';
import { ProbeFailure, problemOf } from '../report/problem.ts';
import type { MirrorProbe } from '../report/report.ts';
import type { Target } from '../target.ts';

/** Lines a server may send before its banner: https://www.rfc-editor.org/rfc/rfc4253#section-4.2 */
const MOST_LINES = 20;

/** Looks at an SSH server: whether it is there and what it is. No login is tried, so that no key is needed. */
export async function probeSshMirror(
  target: Target & { transport: 'ssh' },
  context: ProbeContext,
): Promise<MirrorProbe> {
  const address = { host: target.host, port: target.port };
  const { signal } = context;
  const probe = blank(target);
  try {
    const connection = await dial(address, { limit: CONNECT_LIMIT, proxy: undefined, signal });
    try {
      const began = performance.now();
      const banner = await readBanner(connection, address, context);
      return {
        ...probe,
        verdict: 'reachable',
        problem: undefined,
        server: banner,
        roundTrips: roundTrips(
          roundTrip('connect', [connection.connectTime]),
          roundTrip('greeting', [performance.now() - began]),
        ),
        notes: ['It answers. Neither login nor host key nor the path was tried: a pull does that.'],
      };
    } finally {
      connection.socket.destroy();
    }
  } catch (error) {
    const problem = await nextDoor(problemOf(error), address, context);
    return { ...probe, verdict: 'unusable', problem };
  }
}

/** What stands before the banner may be anything but another protocol's greeting. */
async function readBanner(
  { reader }: Connection,
  address: Address,
  { timeLeft }: ProbeContext,
): Promise<string> {
  for (let lines = 0; ; lines += 1) {
    const { text, end } = await reader.line(Math.min(LINE_LIMIT, timeLeft()));
    if (text?.startsWith('SSH-') === true) return text;
    const other = text !== undefined && /^HTTP\/|^\s*<|^@RSYNCD:|^220 /.test(text);
    if (text === undefined || other || lines >= MOST_LINES) throw notSsh(address, text ?? end);
  }
}

function notSsh({ host, port }: Address, found: string): ProbeFailure {
  const ended = found === 'silent' || found === 'closed' || found === 'reset' ? found : undefined;
  return new ProbeFailure({
    kind: ended ?? 'not-ssh',
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
