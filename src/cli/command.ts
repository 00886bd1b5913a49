import { runPullCommand } from './commands/pull.ts';
import type { CommandLine } from './options.ts';

/** One command of the command line. */
export interface Command {
  readonly name: string;
  /** The text for the list of commands, one line. */
  readonly title: string;
  /** The arguments after `tfcache NAME`. */
  readonly usage: string;
  /** The paragraph for `tfcache NAME --help`. */
  readonly help: string;
  /** Loads the code of the command and runs it. @returns the exit code */
  run(line: CommandLine): Promise<number>;
}

export const COMMANDS: readonly Command[] = [
  {
    name: 'pull',
    title: 'download and verify artifacts into the destination',
    usage: '[OPTION…] [REQUEST…]',
    help: 'Resolves the requests, reuses files from --path, the store and the cache, downloads the others from a mirror, verifies the checksum of every file and publishes it in --path. Without a request, all entries of --lock-file are pulled.',
    run: (line) => runPullCommand(line),
  },
  {
    name: 'lock',
    title: 'resolve the requests again and write the lockfile',
    usage: '[OPTION…] [REQUEST…]',
    help: 'Resolves the requests against the mirror without the old lockfile, downloads the files, records their sizes and sha256 checksums, and replaces --lock-file (default: tfcache.lock). Without a request, the requests of the lockfile are resolved again. Files are published only if --path is set. Set --store to keep the downloaded files.',
    run: async (line) => (await import('./commands/lock.ts')).runLockCommand(line),
  },
  {
    name: 'plan',
    title: 'show what a pull would do (dry run)',
    usage: '[OPTION…] [REQUEST…]',
    help: 'Resolves the requests and prints every file with its size, its source, the reasons why it is not cached, and the free space that a pull would need. Nothing is downloaded. Without a request, all entries of --lock-file are planned.',
    run: async (line) => (await import('./commands/plan.ts')).runPlanCommand(line),
  },
  {
    name: 'probe',
    title: 'test which mirrors can be used from this machine',
    usage: '[OPTION…] [MIRROR…]',
    help: 'Tests each mirror (the arguments, else --mirrors) for at most 10 seconds. Reports whether it answers, its content, its age, its round-trip time, known problems of the local rsync, and the next step if the mirror cannot be used. Only reads, with one connection at a time per host. rsync://host/ lists the modules of a daemon. If no mirror can be used, the exit code is 5 if a retry may help, else 7.',
    run: async (line) => (await import('./commands/probe.ts')).runProbeCommand(line),
  },
  {
    name: 'store',
    title: 'show, verify or clean a persistent store',
    usage: 'stats|verify|gc --store FOLDER [OPTION…]',
    help: 'stats shows the content of the store. verify reads every object on all cores and compares it with its sha256, moves damaged objects to the quarantine (exit code 3) and repairs the index. gc evicts the least recently used objects until the store fits into --max-size, objects that were not used for --max-age, and abandoned temporary files. Files that running jobs use are kept. All three can run during pulls and can be stopped at any time.',
    run: async (line) => (await import('./commands/store.ts')).runStoreCommand(line),
  },
];

/** Commands of the contract that do not exist yet: rejected as not supported, not as unknown. */
export const PLANNED_COMMANDS = ['mirror', 'index', 'image'] as const;
