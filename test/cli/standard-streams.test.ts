import { spawn } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';

const MODULE = new URL('../../src/cli/standard-streams.ts', import.meta.url);
/** More than a pipe holds. */
const MUCH = 2_000_000;

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tfcache-streams-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function start(code: string, stdout: 'pipe' | number) {
  const script = `import { printError, printOutput, getStandardError } from ${JSON.stringify(MODULE)}; ${code}`;
  return spawn(process.execPath, ['--input-type=module', '--eval', script], {
    stdio: ['ignore', stdout, 'pipe'],
  });
}

/** What a process prints to pipes, and how it ends. */
async function run(code: string, options: { slowly?: boolean; close?: boolean } = {}) {
  const child = start(code, 'pipe');
  const printed = { output: '', error: '' };
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    printed.error += text;
  });
  if (options.close) child.stdout?.destroy();
  else if (options.slowly) await new Promise((resolve) => setTimeout(resolve, 300));
  child.stdout?.setEncoding('utf8').on('data', (text: string) => {
    printed.output += text;
  });
  const exitCode = await new Promise((resolve) => child.once('close', resolve));
  return { ...printed, exitCode };
}

test('all of it arrives, in order, at a reader who comes late', async () => {
  const code = `printOutput('a'.repeat(${MUCH})); printOutput('ü\\n'); printError('told'); getStandardError().write('!\\n')`;
  const { output, error, exitCode } = await run(code, { slowly: true });
  expect(output).toBe(`${'a'.repeat(MUCH)}ü\n`);
  expect(error).toBe('told!\n');
  expect(exitCode).toBe(0);
});

test('also through a pipe that does not wait', async () => {
  const code = `
    const { Socket } = await import('node:net');
    new Socket({ fd: 1, readable: false, writable: true }).unref();
    printOutput('a'.repeat(${MUCH})); printOutput('b\\n')`;
  const { output, error, exitCode } = await run(code, { slowly: true });
  expect(error).toBe('');
  expect(output).toBe(`${'a'.repeat(MUCH)}b\n`);
  expect(exitCode).toBe(0);
});

test('a reader who goes away is no error', async () => {
  const code = `for (let i = 0; i < 100; i += 1) { printOutput('line\\n'.repeat(1000)); await new Promise((go) => setTimeout(go, 5)); } printError('end')`;
  expect(await run(code, { close: true })).toEqual({ output: '', error: '', exitCode: 0 });
});

test('a file takes what is printed', async () => {
  const file = join(folder, 'out');
  const descriptor = openSync(file, 'w');
  const child = start("printOutput('a\\n'); printOutput('b\\n')", descriptor);
  expect(await new Promise((resolve) => child.once('close', resolve))).toBe(0);
  closeSync(descriptor);
  expect(readFileSync(file, 'utf8')).toBe('a\nb\n');
});

test.runIf(process.platform === 'linux')('a full disk is told', async () => {
  const descriptor = openSync('/dev/full', 'w');
  const child = start("printOutput('a\\n')", descriptor);
  let error = '';
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    error += text;
  });
  expect(await new Promise((resolve) => child.once('close', resolve))).not.toBe(0);
  closeSync(descriptor);
  expect(error).toContain('ENOSPC');
});
