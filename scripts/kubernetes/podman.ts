import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { has, must, run } from './command.ts';

/** Podman with images, containers and volumes of its own below one folder; nothing of the machine's is touched. */
export interface Podman {
  /** How it had to be called here. */
  way: string;
  run(...args: string[]): string;
  /** Starts what a file of Kubernetes objects describes. @throws Error when an init container fails. */
  play(file: string): void;
  /** Removes it, and the volumes it had: podman keeps even an emptyDir. */
  down(file: string): void;
  /** Waits for the container to end. @returns its exit code */
  end(container: string): Promise<number>;
  /** Waits until the container has printed something that fits. @returns what it printed */
  logs(container: string, until: RegExp): Promise<string>;
}

const PATIENCE_MS = 120_000;
const EVERY_MS = 100;

/** The arguments of buildah and podman that keep everything in one folder. vfs needs nothing of the kernel. */
export function storageArguments(folder: string): string[] {
  const [root, run] = [join(folder, 'storage'), join(folder, 'run')];
  return ['--root', root, '--runroot', run, '--storage-driver', 'vfs'];
}

/**
 * Finds a way to start containers here. Sandboxes forbid some of what podman does: it raises limits (setrlimit), which needs
 * CAP_SYS_RESOURCE, and crun refuses control groups of two versions side by side.
 *
 * @returns undefined when none works, and why each did not in `reasons`.
 */
export function findPodman(
  folder: string,
  image: string,
): { podman: Podman | undefined; reasons: string[] } {
  const reasons: string[] = [];
  const cgroupfs = ['--cgroup-manager', 'cgroupfs'];
  const ways: [string, string[]][] = [
    ['as it is', []],
    ['with cgroupfs', cgroupfs],
    ...['crun', 'runc']
      .filter(has)
      .map((runtime): [string, string[]] => [
        `with cgroupfs and ${runtime} without raised limits`,
        [...cgroupfs, '--runtime', runtimeWithoutLimits(folder, runtime)],
      ]),
  ];
  const trial = join(folder, 'trial.yaml');
  writeFileSync(trial, trialPod(image));
  for (const [way, extra] of ways) {
    const common = [...storageArguments(folder), '--events-backend', 'file', ...extra];
    const played = run('podman', [...common, 'kube', 'play', '--network', 'host', trial]);
    const code = run('podman', [...common, 'wait', 'trial-trial']).stdout.trim();
    run('podman', [...common, 'pod', 'rm', '--all', '--force']);
    if (played.ok && code === '0') return { podman: podmanWith(common, way), reasons };
    reasons.push(`podman ${way}: ${played.output.split('\n').at(-1) ?? ''} (exit code ${code})`);
  }
  return { podman: undefined, reasons };
}

function podmanWith(common: readonly string[], way: string): Podman {
  const podman = (...args: string[]) => must('podman', [...common, ...args]);
  return {
    way,
    run: podman,
    play: (file) => void podman('kube', 'play', '--network', 'host', file),
    down(file) {
      podman('kube', 'down', file);
      podman('volume', 'rm', '--all', '--force');
    },
    async end(container) {
      const state = await poll(() => {
        const text = podman(
          'inspect',
          '--format',
          '{{.State.Status}} {{.State.ExitCode}}',
          container,
        );
        return text.startsWith('exited') ? text : undefined;
      }, `${container} did not end`);
      return Number(state.trim().split(' ')[1]);
    },
    logs: (container, until) =>
      poll(() => {
        // What a container wrote to standard error comes on ours.
        const { output } = run('podman', [...common, 'logs', container]);
        return until.test(output) ? output : undefined;
      }, `${container} printed nothing like ${until}`),
  };
}

async function poll(look: () => string | undefined, otherwise: string): Promise<string> {
  for (let waited = 0; waited < PATIENCE_MS; waited += EVERY_MS) {
    const found = look();
    if (found !== undefined) return found;
    await sleep(EVERY_MS);
  }
  throw new Error(otherwise);
}

/** An OCI runtime that takes the limits out of what it is told to make (config.json, OCI runtime specification). */
function runtimeWithoutLimits(folder: string, runtime: string): string {
  const file = join(folder, `${runtime}-without-limits.mjs`);
  mkdirSync(folder, { recursive: true });
  writeFileSync(
    file,
    `#!${process.execPath}
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
const args = process.argv.slice(2);
if (args.includes('create')) {
  const file = args[args.indexOf('--bundle') + 1] + '/config.json';
  const config = JSON.parse(readFileSync(file, 'utf8'));
  delete config.process.rlimits;
  writeFileSync(file, JSON.stringify(config));
}
// File descriptors that podman hands over (--preserve-fds, pipes of conmon) go on to the runtime.
process.exit(spawnSync(${JSON.stringify(runtime)}, args, { stdio: 'inherit' }).status ?? 1);
`,
    { mode: 0o755 },
  );
  return file;
}

function trialPod(image: string): string {
  return `apiVersion: v1
kind: Pod
metadata:
  name: trial
spec:
  restartPolicy: Never
  containers:
    - name: trial
      image: ${image}
      imagePullPolicy: Never
      command: ["sh", "-c", "true"]
`;
}
