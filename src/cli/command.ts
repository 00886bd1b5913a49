import { runPullCommand } from './commands/pull.ts';
import type { CommandLine } from './options.ts';

/** One command of the command line. */
export interface Command {
  readonly name: string;
  /** One line for the list of commands. */
  readonly title: string;
  /** What follows `tfcache NAME`. */
  readonly usage: string;
  /** A paragraph for its help. */
  readonly help: string;
  /** Loaded only when it runs. @returns the exit code */
  run(line: CommandLine): Promise<number>;
}

export const COMMANDS: readonly Command[] = [
  {
    name: 'pull',
    title: 'bring artifacts to the destination',
    usage: '[OPTION…] [REQUEST…]',
    help: 'Resolves the requests, takes what is in place, in the store or in the cache, fetches the rest from a mirror, verifies every byte and publishes it below --path. Without a request everything in --lock-file is brought.',
    run: (line) => runPullCommand(line),
  },
  {
    name: 'lock',
    title: 'resolve anew and write the lock',
    usage: '[OPTION…] [REQUEST…]',
    help: 'Resolves the requests against the mirror as if there were no lock, fetches what they name, records every size and sha256, and replaces --lock-file (default: tfcache.lock). Without a request, those in the lock are resolved anew. The destination is filled only when --path is given; --store keeps what was fetched.',
    run: async (line) => (await import('./commands/lock.ts')).runLockCommand(line),
  },
  {
    name: 'plan',
    title: 'say what a pull would do (dry run)',
    usage: '[OPTION…] [REQUEST…]',
    help: 'Resolves the requests and prints every file with its size, where it would come from and why not from nearer, and the free space that a pull would need. Fetches nothing. Without a request everything in --lock-file is looked at.',
    run: async (line) => (await import('./commands/plan.ts')).runPlanCommand(line),
  },
  {
    name: 'probe',
    title: 'say which mirrors can be used, and why not',
    usage: '[OPTION…] [MIRROR…]',
    help: 'Looks at each mirror (those named, else --mirrors) for at most 10 seconds: whether it answers, what it offers, how fresh it is, how far away it is, what is known to be wrong with the rsync here, and what to do when the mirror cannot be used. Reads only, by one connection at a time to a host. rsync://host/ lists the modules of a daemon. If none can be used, the exit code is 5 if a retry may help, else 7.',
    run: async (line) => (await import('./commands/probe.ts')).runProbeCommand(line),
  },
  {
    name: 'store',
    title: 'look at, verify or clean a persistent store',
    usage: 'stats|verify|gc --store FOLDER [OPTION…]',
    help: 'stats says what is in the store. verify reads every object and holds it to its sha256 with all cores, takes what is wrong out (exit code 3) and repairs the index. gc removes what was not used for longest until the rest fits into --max-size, what was not used for --max-age, and what nobody came back for; never what a running job uses. All may be run beside pulls, and be stopped at any moment.',
    run: async (line) => (await import('./commands/store.ts')).runStoreCommand(line),
  },
];

/** Commands of the contract that come later: refused as such, never as unknown. */
export const PLANNED_COMMANDS = ['mirror', 'index', 'image'] as const;
