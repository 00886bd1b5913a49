import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { INPUTS } from '../../src/inputs/table.ts';

export const ROOT = resolve(import.meta.dirname, '../..');

export interface ActionRun {
  /** `dist/ENTRY/index.js` */
  entry: 'main' | 'post' | 'restore' | 'save';
  /** As in `with:`; what is left out has its default, as from a runner. Names are the contract's. */
  inputs?: Readonly<Record<string, string>>;
  /** `RUNNER_TEMP` and `GITHUB_WORKSPACE` at least; main and post of one job share them. */
  environment: NodeJS.ProcessEnv & { RUNNER_TEMP: string; GITHUB_WORKSPACE: string };
  /** What main saved, handed to post. */
  state?: Readonly<Record<string, string>>;
  /** Called once the process runs: to cancel it, for example. */
  onStart?: (pid: number) => void;
  /** Called with what was printed so far, at each piece. */
  onOutput?: (stdout: string, pid: number) => void;
}

export interface ActionResult {
  exitCode: number | null;
  stdout: string;
  stderr: string;
  outputs: Record<string, string>;
  state: Record<string, string>;
  summary: string;
  exportedVariables: Record<string, string>;
}

/** Runs an entry of dist/ in a process of its own, as a runner does, with an environment that holds nothing of ours. */
export async function runAction(run: ActionRun): Promise<ActionResult> {
  const { environment } = run;
  mkdirSync(environment.RUNNER_TEMP, { recursive: true });
  const files = mkdtempSync(join(environment.RUNNER_TEMP, '_runner_file_commands-'));
  const file = (name: string) => {
    writeFileSync(join(files, name), '');
    return join(files, name);
  };
  const commands = {
    GITHUB_OUTPUT: file('output'),
    GITHUB_STATE: file('state'),
    GITHUB_ENV: file('env'),
    GITHUB_PATH: file('path'),
    GITHUB_STEP_SUMMARY: file('summary'),
  };
  const inputs = Object.fromEntries(
    INPUTS.map((spec) => [inputVariable(spec.name), run.inputs?.[spec.name] ?? spec.default]),
  );
  const state = Object.fromEntries(
    Object.entries(run.state ?? {}).map(([name, value]) => [`STATE_${name}`, value]),
  );
  try {
    const { exitCode, stdout, stderr } = await start(run, {
      PATH: process.env['PATH'],
      HOME: process.env['HOME'],
      CI: 'true',
      GITHUB_ACTIONS: 'true',
      ...commands,
      ...inputs,
      ...state,
      ...environment,
    });
    return {
      exitCode,
      stdout,
      stderr,
      outputs: readCommands(commands.GITHUB_OUTPUT),
      state: readCommands(commands.GITHUB_STATE),
      summary: readFileSync(commands.GITHUB_STEP_SUMMARY, 'utf8'),
      exportedVariables: readCommands(commands.GITHUB_ENV),
    };
  } finally {
    rmSync(files, { recursive: true, force: true });
  }
}

/** `INPUT_LOCK-FILE`: capitals, spaces become underscores, hyphens stay. */
export function inputVariable(name: string): string {
  return `INPUT_${name.replaceAll(' ', '_').toUpperCase()}`;
}

function start(
  run: ActionRun,
  environment: NodeJS.ProcessEnv,
): Promise<{ exitCode: number | null; stdout: string; stderr: string }> {
  return new Promise((done, fail) => {
    const child = spawn(process.execPath, [join(ROOT, 'dist', run.entry, 'index.js')], {
      cwd: environment['GITHUB_WORKSPACE'],
      env: environment,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let stdout = '';
    let stderr = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      stdout += text;
      if (child.pid !== undefined) run.onOutput?.(stdout, child.pid);
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      stderr += text;
    });
    child.once('error', fail);
    child.once('spawn', () => {
      if (child.pid !== undefined) run.onStart?.(child.pid);
    });
    child.once('close', (exitCode) => done({ exitCode, stdout, stderr }));
  });
}

/** The file commands `NAME=VALUE` and `NAME<<DELIMITER`, VALUE, DELIMITER. */
export function readCommands(file: string): Record<string, string> {
  const lines = readFileSync(file, 'utf8').split(/\r?\n/);
  const values: Record<string, string> = {};
  for (let at = 0; at < lines.length; at += 1) {
    const line = lines[at] ?? '';
    const block = /^([^=<]+)<<(.+)$/.exec(line);
    if (block !== null) {
      const [, name = '', delimiter = ''] = block;
      const end = lines.indexOf(delimiter, at + 1);
      values[name] = lines.slice(at + 1, end).join('\n');
      at = end;
    } else if (line.includes('=')) {
      values[line.slice(0, line.indexOf('='))] = line.slice(line.indexOf('=') + 1);
    }
  }
  return values;
}
