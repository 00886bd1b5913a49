import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { COMMANDS, LATER_COMMANDS } from '../../src/cli/command.ts';
import { inputsOf } from '../../src/cli/command-inputs.ts';
import { variableOf } from '../../src/cli/options.ts';
import { runCli } from '../support/cli.ts';
import { ROOT } from '../support/runner.ts';

describe('tfcache', () => {
  it('says its version, that of package.json', async () => {
    const { version } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
    const run = await runCli(['--version']);
    expect(run).toEqual({ exitCode: 0, stdout: `tfcache ${version}\n`, stderr: '' });
  });

  it.each([['--help'], ['-h'], ['help']])(
    '%s lists the commands and exit codes',
    async (...args) => {
      const run = await runCli(args);
      expect(run.exitCode).toBe(0);
      expect(run.stderr).toBe('');
      for (const { name, title } of COMMANDS)
        expect(run.stdout).toContain(`  ${name.padEnd(8)}${title}`);
      expect(run.stdout).toContain('5 mirror unreachable');
    },
  );

  it.each(COMMANDS.map(({ name }) => name))('%s --help lists its options', async (name) => {
    const run = await runCli([name, '--help']);
    expect(run.exitCode).toBe(0);
    expect(run.stdout).toContain(`Usage: tfcache ${name} `);
    for (const spec of inputsOf(name)) {
      expect(run.stdout).toContain(`  --${spec.name}`);
      expect(run.stdout).toContain(`[${variableOf(spec.name)}]`);
    }
    expect(Math.max(...run.stdout.split('\n').map((line) => line.length))).toBeLessThanOrEqual(100);
    expect((await runCli(['help', name])).stdout).toBe(run.stdout);
  });

  it.each([
    [[], 'No command was given'],
    [['pul'], 'Did you mean tfcache pull?'],
    [['frobnicate'], 'tfcache --help'],
    [['pull', '--frozenn', 'path:a'], 'Did you mean --frozen?'],
    [['pull'], 'Nothing was asked for'],
    [['pull', 'wheal:x'], 'wheal'],
    [['pull', 'path:a', '--timeout', 'soon'], 'The input timeout'],
    [['pull', 'path:a', '--mirrors', 'ftp://m.example/x/'], 'rsync://'],
    [['plan', 'path:a', '--proxy', 'http://p:1'], 'host:port'],
    [['lock', 'path:a', '--frozen'], 'exclude each other'],
    [['lock', 'path:a', '--lookup-only'], 'tfcache plan'],
    ...LATER_COMMANDS.map((name): [string[], string] => [[name, 'stats'], 'not supported yet']),
  ])('%j is wrong use', async (args, text) => {
    const run = await runCli(args);
    expect(run.stderr).toContain(text);
    expect(run.exitCode).toBe(2);
    expect(run.stdout).toBe('');
  });

  it('gives JSON to who asks for JSON, also when it could not begin', async () => {
    const run = await runCli(['pull', 'path:a', '--link', 'glue', '--json']);
    expect(run.exitCode).toBe(2);
    expect(JSON.parse(run.stdout)).toMatchObject({ outcome: 'failed', error: { code: 'usage' } });
    expect(run.stderr).toContain('The input link');
  });

  it('warns of a variable with a slip in its name', async () => {
    const run = await runCli(['pull'], { environment: { TFCACHE_MIRROR: 'rsync://m/x/' } });
    expect(run.stderr).toContain('did you mean TFCACHE_MIRRORS?');
  });
});
