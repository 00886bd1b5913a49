import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { runProgram } from '../../../src/platform/process/run.ts';

const NODE = process.execPath;
const environment = { PATH: process.env['PATH'] };
let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'tfcache-run-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('what a child gets', () => {
  test('arguments arrive as they are, never through a shell', async () => {
    const args = ['a b', '$HOME', '`id`', '"', "'", '\\', 'x;y', '', '中文', '-n', 'line\nfeed'];
    const result = await runProgram(
      NODE,
      ['-e', 'process.stdout.write(JSON.stringify(process.argv.slice(1)))', '--', ...args],
      { environment },
    );
    expect(JSON.parse(result.stdout)).toEqual(args);
    expect(result.exitCode).toBe(0);
  });

  test('input with NUL bytes arrives whole and ends', async () => {
    const input = Buffer.from('a\0b c\0\n\0', 'utf8');
    const result = await runProgram(
      NODE,
      [
        '-e',
        'process.stdin.on("data",(d)=>process.stdout.write(d.toString("hex"))).on("end",()=>process.stdout.write("."))',
      ],
      { environment, input },
    );
    expect(result.stdout).toBe(`${input.toString('hex')}.`);
  });

  test('no input is the end of input, not a wait', async () => {
    const result = await runProgram('cat', [], { environment, timeLimitMs: 20_000 });
    expect(result).toMatchObject({ exitCode: 0, stopped: undefined, stdout: '' });
  });

  test('the environment is what was given and nothing else', async () => {
    const result = await runProgram(
      NODE,
      ['-e', 'process.stdout.write(JSON.stringify(process.env))'],
      { environment: { ...environment, ONLY: 'this', GONE: undefined } },
    );
    expect(JSON.parse(result.stdout)).toEqual({ ...environment, ONLY: 'this' });
  });

  test('a program in a folder whose name has spaces and a backslash', async () => {
    const odd = join(folder, 'pro gram \\x $y');
    mkdirSync(odd);
    symlinkSync(NODE, join(odd, 'my node'));
    const result = await runProgram(join(odd, 'my node'), ['-p', '6*7'], { environment });
    expect(result.stdout).toBe('42\n');
  });

  test('a working folder', async () => {
    const result = await runProgram('pwd', ['-P'], { environment, folder: '/' });
    expect(result.stdout).toBe('/\n');
  });
});

describe('how a run ends', () => {
  test('an exit code is data', async () => {
    const result = await runProgram(NODE, ['-e', 'console.error("why");process.exit(23)'], {
      environment,
    });
    expect(result).toMatchObject({ exitCode: 23, signal: undefined, stderr: 'why\n' });
  });

  test('a missing program is an error that names it and says what to do', async () => {
    await expect(
      runProgram('no-such-program-here', [], { environment, missingHint: 'apt-get install it' }),
    ).rejects.toMatchObject({
      code: 'failed',
      message: expect.stringContaining('no-such-program-here'),
      hint: 'apt-get install it',
    });
  });

  test('a program that cannot be started is an error', async () => {
    const path = join(folder, 'noise');
    writeFileSync(path, '#!/no/such/interpreter\n');
    chmodSync(path, 0o755);
    await expect(runProgram(path, [], { environment })).rejects.toMatchObject({
      code: 'failed',
      where: path,
    });
  });

  test('programs are never taken from the working folder by an empty entry of PATH', async () => {
    await expect(runProgram('run.test.ts', [], { environment: { PATH: ':' } })).rejects.toThrow(
      'was not found',
    );
  });

  test('a child that does not read its input ends well', async () => {
    const result = await runProgram('true', [], { environment, input: Buffer.alloc(5_000_000) });
    expect(result.exitCode).toBe(0);
  });

  test('nothing is printed by us', async () => {
    const write = vi.spyOn(process.stdout, 'write');
    const complain = vi.spyOn(process.stderr, 'write');
    await runProgram(NODE, ['-e', 'console.log("out");console.error("err")'], { environment });
    expect(write).not.toHaveBeenCalled();
    expect(complain).not.toHaveBeenCalled();
    write.mockRestore();
    complain.mockRestore();
  });

  test('outputs are kept to their last 64 KiB and told in full', async () => {
    let told = 0;
    const result = await runProgram(
      NODE,
      ['-e', 'process.stdout.write("x".repeat(3_000_000)+"end")'],
      {
        environment,
        onStdout: (chunk) => {
          told += chunk.length;
        },
      },
    );
    expect(told).toBe(3_000_003);
    expect(result.stdout.length).toBe(64 * 1024);
    expect(result.stdout.endsWith('xend')).toBe(true);
  });
});

const POLITE =
  'process.on("SIGTERM",()=>{console.log("asked");process.exit(20)});console.log("up");setInterval(()=>{},1000)';
const STUBBORN = 'process.on("SIGTERM",()=>{});console.log("up");setInterval(()=>{},1000)';

describe('ending a child', () => {
  test('an abort asks first', async () => {
    const abort = new AbortController();
    const result = await runProgram(NODE, ['-e', POLITE], {
      environment,
      signal: abort.signal,
      onStdout: () => abort.abort(),
    });
    expect(result).toMatchObject({ exitCode: 20, stopped: 'aborted', stdout: 'up\nasked\n' });
  });

  test('and kills when that does not help', async () => {
    const abort = new AbortController();
    const result = await runProgram(NODE, ['-e', STUBBORN], {
      environment,
      signal: abort.signal,
      graceMs: 100,
      onStdout: () => abort.abort(),
    });
    expect(result).toMatchObject({ exitCode: undefined, signal: 'SIGKILL', stopped: 'aborted' });
  });

  test('an abort before the start ends it at once', async () => {
    const result = await runProgram('sleep', ['1000'], {
      environment,
      signal: AbortSignal.abort(),
    });
    expect(result).toMatchObject({ signal: 'SIGTERM', stopped: 'aborted' });
  });

  test('a time limit', async () => {
    const result = await runProgram('sleep', ['1000'], { environment, timeLimitMs: 50 });
    expect(result).toMatchObject({ signal: 'SIGTERM', stopped: 'time-limit' });
  });

  test('of two alike that run together, only the one that was aborted', async () => {
    const abort = new AbortController();
    const args = ['-e', 'console.log("up");setTimeout(()=>process.exit(7),500)'];
    const [first, second] = await Promise.all([
      runProgram(NODE, args, {
        environment,
        signal: abort.signal,
        onStdout: () => abort.abort(),
      }),
      runProgram(NODE, args, { environment }),
    ]);
    expect(first).toMatchObject({ signal: 'SIGTERM', stopped: 'aborted' });
    expect(second).toMatchObject({ exitCode: 7, stopped: undefined });
  });

  test('a listener that throws ends the child, and its error is the one seen', async () => {
    await expect(
      runProgram(NODE, ['-e', STUBBORN], {
        environment,
        graceMs: 100,
        onStdout: () => {
          throw new RangeError('too much');
        },
      }),
    ).rejects.toThrow(new RangeError('too much'));
  });
});
