import type { ErrorCode } from '../../../platform/error.ts';
import { PROXY_EXPLANATIONS, SSH_EXPLANATIONS } from './exit-on-the-way.ts';
import { REFUSAL_EXPLANATIONS } from './exit-refusals.ts';

/** The credentials for a daemon: what is missing of them, or `complete`. */
export type DaemonLogin = 'no-user' | 'no-password' | 'empty-password' | 'complete';

/** Whether a further try makes sense: never, after a short pause, or one time after a long pause. */
export type RetryAdvice = 'no' | 'soon' | 'once-later';

/** One way in which rsync can end, in words for the user. */
export interface ExitExplanation {
  exitCodes?: readonly number[];
  /** Found in what rsync said; its first group is `$1` in message and hint. */
  says?: RegExp;
  /** Applies only when the mirror is reached this way. */
  over?: 'proxy' | 'ssh';
  /** Applies only when these were the credentials. */
  login?: DaemonLogin;
  code: ErrorCode;
  message: string;
  hint: string;
  retry: RetryAdvice;
}

/**
 * What rsync's ends mean, first match wins: messages before exit codes, because one code has several causes (5 is both an
 * unknown module and a full server). Codes: errcode.h and rsync(1), "EXIT VALUES".
 */
export const EXIT_EXPLANATIONS: readonly ExitExplanation[] = [
  {
    says: /(?:ERROR: )?((?:rejecting (?:non-directory|excluded|unrequested)|ABORTING due to|invalid file mode|overflow: |filename overflows|Invalid (?:file index|dir index|flist flag|block|checksum|remainder|zero block|literal|packet|message)|multiplexing overflow|invalid multi-message|unexpected tag|File-list index \S+ not in|refusing invalid)[^\n]*)/i,
    code: 'no-mirror',
    message: 'The mirror sent what no honest rsync daemon sends: $1.',
    hint: 'Nothing of it was kept. Name another mirror, and tell the operator of this one.',
    retry: 'no',
  },
  ...SSH_EXPLANATIONS,
  ...PROXY_EXPLANATIONS,
  {
    says: /No space left on device|Disk quota exceeded|\(28\)/,
    code: 'no-space',
    message: 'There is no space left for the files that rsync brings.',
    hint: 'Free space on the disk of the store, name a store on a larger disk, or ask for fewer files. What is complete was kept.',
    retry: 'no',
  },
  ...REFUSAL_EXPLANATIONS,
  {
    says: /change_dir "([^\n]*)" .*failed/,
    code: 'configuration',
    message: 'The module is there, but the folder "$1" in it is not, or cannot be entered.',
    hint: 'Correct the path in the mirror URL.',
    retry: 'no',
  },
  {
    says: /getaddrinfo: \S+ \d+: ([^\n]*)/,
    code: 'no-mirror',
    message: "The mirror's host name could not be resolved: $1.",
    hint: 'Check the host name in the mirror URL and the name service of this machine.',
    retry: 'soon',
  },
  {
    says: /Connection reset by peer/,
    code: 'no-mirror',
    message: 'The mirror accepted the connection and then reset it.',
    hint: 'Mirrors do this to addresses that come too often. Wait some hours, sync less often, or name another mirror.',
    retry: 'once-later',
  },
  {
    says: /failed to connect to [^\n]*: ([^\n:(]*?)(?: \(\d+\))?$/m,
    code: 'no-mirror',
    message: 'The mirror cannot be reached: $1.',
    hint: 'Check host and port (873 unless the URL names another), and that a firewall lets this machine out to it.',
    retry: 'soon',
  },
  {
    says: /did not see server greeting|didn't get server startup line/,
    code: 'no-mirror',
    message: 'The mirror closed the connection before it said anything.',
    hint: 'It may be overloaded or may have shut this address out. Run again later, or name another mirror.',
    retry: 'once-later',
  },
  {
    exitCodes: [30],
    code: 'no-mirror',
    message: 'The mirror sent nothing for $timeout seconds.',
    hint: 'Run again later, raise the input timeout, or name another mirror. What came before is kept.',
    retry: 'soon',
  },
  {
    exitCodes: [35],
    code: 'no-mirror',
    message: 'The mirror did not answer within $timeout seconds.',
    hint: 'Check host and port, and that a firewall lets this machine out to it; or name another mirror.',
    retry: 'soon',
  },
  {
    says: /connection unexpectedly closed/,
    code: 'no-mirror',
    message: 'The mirror closed the connection in the middle.',
    hint: 'Run again: what came before is kept and is not fetched twice. If it happens again, name another mirror.',
    retry: 'soon',
  },
  {
    exitCodes: [10],
    code: 'no-mirror',
    message: 'The connection to the mirror failed.',
    hint: 'Check host, port and network, or name another mirror.',
    retry: 'soon',
  },
  {
    says: /failed verification/,
    code: 'no-mirror',
    message: 'A file changed on the mirror, or on the way, while it was copied.',
    hint: 'Run again in some minutes, when the mirror has finished its own update.',
    retry: 'soon',
  },
  {
    says: /\[sender\][^\n]*Permission denied \(13\)|opendir [^\n]*Permission denied \(13\)/,
    code: 'configuration',
    message: 'The mirror may not read some of what it lists.',
    hint: "Tell the mirror's operator, or name another mirror.",
    retry: 'no',
  },
  {
    exitCodes: [11],
    code: 'failed',
    message: 'rsync could not write on this machine.',
    hint: 'Look at the message: permissions, a read-only disk, or a folder that went away.',
    retry: 'no',
  },
  {
    exitCodes: [23, 24],
    code: 'no-mirror',
    message: 'The mirror sent only a part of what was asked for.',
    hint: 'Run again; the rest is kept. If it happens again, the mirror is damaged: name another.',
    retry: 'soon',
  },
  {
    exitCodes: [12],
    code: 'no-mirror',
    message: 'The connection broke, or the mirror spoke something else than the rsync protocol.',
    hint: 'Run again: what came before is kept. If it happens again, name another mirror.',
    retry: 'soon',
  },
  {
    exitCodes: [5],
    code: 'no-mirror',
    message: 'The mirror and this rsync did not come to terms before the transfer.',
    hint: 'Check host and port, and what answers there; or name another mirror.',
    retry: 'soon',
  },
  {
    exitCodes: [1, 2, 3, 4],
    code: 'configuration',
    message: 'This rsync and the mirror do not understand each other.',
    hint: 'Install a current rsync (3.5.0 or later) here, or name another mirror.',
    retry: 'no',
  },
  {
    exitCodes: [20],
    code: 'no-mirror',
    message: 'The mirror ended the transfer.',
    hint: 'Run again: what came before is kept. If it happens again, name another mirror.',
    retry: 'soon',
  },
  {
    exitCodes: [22],
    code: 'failed',
    message: 'rsync ran out of memory.',
    hint: 'Ask for fewer files at once, or use a machine with more memory.',
    retry: 'no',
  },
  {
    exitCodes: [126, 127],
    code: 'failed',
    message: 'The rsync program could not run.',
    hint: 'Install rsync again, or name a working one by the input rsync-path.',
    retry: 'no',
  },
];
