import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { type RsyncDaemon, startRsyncDaemon } from './rsync-daemon.ts';
import { type ActionResult, type ActionRun, runAction } from './runner.ts';

/** A job of a test: its folders, and a real mirror with a few small files. */
export interface Job {
  folder: string;
  workspace: string;
  temporary: string;
  /** Folder that the daemon serves. */
  tree: string;
  daemon: RsyncDaemon;
  /** URL of the mirror. */
  mirror: string;
  run(run: Partial<ActionRun> & Pick<ActionRun, 'entry'>): Promise<ActionResult>;
  /** Another job of the same machine and mirror: the workspace stays, what the runner empties is empty. */
  next(): void;
  stop(): Promise<void>;
}

export const TREE: Readonly<Record<string, string>> = {
  'linux/cpu/tensorflow_cpu-2.15.0-cp311-cp311-manylinux2014_x86_64.whl': 'wheel 2.15.0',
  'linux/cpu/tensorflow_cpu-2.15.1-cp311-cp311-manylinux2014_x86_64.whl': 'wheel 2.15.1',
  'data/a.txt': 'file a',
  'data/b.txt': 'file b',
};

export async function startJob(): Promise<Job> {
  const folder = mkdtempSync(join(tmpdir(), 'tfcache-job-'));
  const [workspace, temporary, tree] = ['workspace', 'temp', 'tree'].map((name) => {
    mkdirSync(join(folder, name));
    return join(folder, name);
  }) as [string, string, string];
  for (const [path, content] of Object.entries(TREE)) {
    mkdirSync(dirname(join(tree, path)), { recursive: true });
    writeFileSync(join(tree, path), content);
  }
  const daemon = await startRsyncDaemon({ modules: { tensorflow: tree } });
  return {
    folder,
    workspace,
    temporary,
    tree,
    daemon,
    mirror: daemon.url('tensorflow'),
    run: ({ environment, inputs, ...rest }) =>
      runAction({
        ...rest,
        inputs: { mirrors: daemon.url('tensorflow'), cache: 'none', ...inputs },
        environment: { RUNNER_TEMP: temporary, GITHUB_WORKSPACE: workspace, ...environment },
      }),
    next() {
      rmSync(temporary, { recursive: true, force: true });
      mkdirSync(temporary);
    },
    async stop() {
      await daemon.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
