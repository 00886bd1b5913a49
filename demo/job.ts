import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { type ActionResult, type ActionRun, runAction } from '../test/support/runner.ts';

/** A step of the job, and how long it took. */
export type Step = ActionResult & { milliseconds: number };

export interface Job {
  main: Step;
  post: Step;
  /** The folder that holds workspace, log and summary. */
  folder: string;
  workspace: string;
}

/**
 * One job on a fresh machine: main and post of the built action, as a runner runs them, with nothing of earlier jobs but
 * the cache service. Its log and its summary are kept in `folder`.
 */
export async function runJob(
  folder: string,
  inputs: Readonly<Record<string, string>>,
  service: Readonly<Record<string, string>>,
): Promise<Job> {
  const workspace = path.join(folder, 'workspace');
  const environment = {
    ...service,
    HOME: folder,
    GITHUB_WORKSPACE: workspace,
    RUNNER_TEMP: path.join(folder, 'temp'),
  };
  mkdirSync(workspace, { recursive: true });
  const main = await timed({ entry: 'main', inputs, environment });
  const post = await timed({ entry: 'post', inputs, environment, state: main.state });
  writeFileSync(path.join(folder, 'log.txt'), `${printed(main)}\n--- post ---\n${printed(post)}`);
  writeFileSync(path.join(folder, 'summary.md'), main.summary);
  return { main, post, folder, workspace };
}

/** Everything a step printed. */
export function printed(step: ActionResult): string {
  return `${step.stdout}${step.stderr}`;
}

async function timed(run: ActionRun): Promise<Step> {
  const start = performance.now();
  const result = await runAction(run);
  return { ...result, milliseconds: performance.now() - start };
}
