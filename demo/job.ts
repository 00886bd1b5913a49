import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { INPUTS } from '../src/inputs/table.ts';

const ROOT = path.resolve(import.meta.dirname, '..');

/** What a step of the job did, as the runner sees it. */
export interface StepResult {
  exitCode: number;
  milliseconds: number;
  /** Everything it printed. */
  log: string;
}

export interface JobResult {
  main: StepResult;
  post: StepResult;
  outputs: Readonly<Record<string, string>>;
  /** The job summary as Markdown. */
  summary: string;
  workspace: string;
}

/**
 * One job on a fresh machine: the built action's main and post programs under this Node, with the environment, the
 * command files and the input defaults that a runner gives them, and nothing of earlier jobs but the cache service.
 */
export async function runJob(
  folder: string,
  inputs: Readonly<Record<string, string>>,
  service: Readonly<Record<string, string>>,
): Promise<JobResult> {
  const workspace = path.join(folder, 'workspace');
  const temporary = path.join(folder, 'temp');
  const files = {
    GITHUB_OUTPUT: path.join(folder, 'output'),
    GITHUB_STATE: path.join(folder, 'state'),
    GITHUB_ENV: path.join(folder, 'env'),
    GITHUB_PATH: path.join(folder, 'path'),
    GITHUB_STEP_SUMMARY: path.join(folder, 'summary.md'),
  };
  for (const made of [workspace, temporary]) mkdirSync(made, { recursive: true });
  for (const file of Object.values(files)) writeFileSync(file, '');

  const environment: Record<string, string> = {
    PATH: process.env['PATH'] ?? '',
    HOME: folder,
    CI: 'true',
    GITHUB_ACTIONS: 'true',
    GITHUB_WORKSPACE: workspace,
    GITHUB_SERVER_URL: 'https://github.com',
    RUNNER_TEMP: temporary,
    RUNNER_TOOL_CACHE: path.join(folder, 'tools'),
    RUNNER_OS: 'Linux',
    RUNNER_ARCH: process.arch === 'arm64' ? 'ARM64' : 'X64',
    ...files,
    ...service,
  };
  for (const input of INPUTS) {
    environment[`INPUT_${input.name.toUpperCase()}`] = inputs[input.name] ?? input.default;
  }

  const main = await step('main', environment, workspace);
  for (const [name, value] of Object.entries(commandFile(files.GITHUB_STATE))) {
    environment[`STATE_${name}`] = value;
  }
  const post = await step('post', environment, workspace);
  const outputs = commandFile(files.GITHUB_OUTPUT);
  const summary = readFileSync(files.GITHUB_STEP_SUMMARY, 'utf8');
  writeFileSync(path.join(folder, 'log.txt'), `${main.log}\n--- post ---\n${post.log}`);
  return { main, post, outputs, summary, workspace };
}

function step(name: string, environment: NodeJS.ProcessEnv, cwd: string): Promise<StepResult> {
  const start = performance.now();
  const program = path.join(ROOT, 'dist', name, 'index.js');
  const child = spawn(process.execPath, [program], { cwd, env: environment, stdio: 'pipe' });
  child.stdin.end();
  let log = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      log += text;
    });
  }
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => {
      resolve({ exitCode: code ?? 1, milliseconds: performance.now() - start, log });
    });
  });
}

/** A file of `NAME<<MARK`, lines, `MARK`, as @actions/core writes outputs and state. */
function commandFile(file: string): Record<string, string> {
  const values: Record<string, string> = {};
  const entries = /^(.+?)<<(.+)\r?\n([\s\S]*?)\r?\n?^\2\r?$/gm;
  for (const [, name = '', , value = ''] of readFileSync(file, 'utf8').matchAll(entries)) {
    values[name] = value;
  }
  return values;
}
