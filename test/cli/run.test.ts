import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { COMMANDS, PLANNED_COMMANDS } from '../../src/cli/command.ts';
import { listCommandInputs } from '../../src/cli/command-inputs.ts';
import { toVariableName } from '../../src/cli/options.ts';
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
    for (const spec of listCommandInputs(name)) {
      expect(run.stdout).toContain(`  --${spec.name}`);
      expect(run.stdout).toContain(`[${toVariableName(spec.name)}]`);
    }
    expect(Math.max(...run.stdout.split('\n').map((line) => line.length))).toBeLessThanOrEqual(100);
    expect((await runCli(['help', name])).stdout).toBe(run.stdout);
  });

  it.each([
    ['pull', 'path:a', '--cache', 's3://AKIA/HIDDEN@bucket/x'],
    ['pull', 'path:a', '--cache', 'S3://AKIA:HIDDEN@bucket/x'],
    ['pull', 'path:a', '--cache', 'redis://u:HIDDEN@host'],
    ['pull', 'path:a', '--cache', 's3://bucket/x?secret-key=HIDDEN'],
    ['pull', 'path:a', '--mirrors', 'https://us/er:HIDDEN@host/'],
    ['pull', 'path:a', '--mirrors', 'https://u:HIDDEN/HIDDEN@host/x y'],
    ['pull', 'path:a', '--mirrors', 'ftp://u:HIDDEN@host/'],
    ['pull', 'path:a', '--mirrors', 'u:HIDDEN@host::module'],
    ['pull', 'path:a', '--mirrors', 'rsync://us/er:HIDDEN@host/module/'],
    ['pull', 'path:a', '--mirrors', 'rsync:/u:HIDDEN@host/module/'],
    ['pull', 'path:a', '--mirrors', 'https://host/simple/?token=HIDDEN'],
    ['pull', 'path:a', '--mirrors', 'file://u:HIDDEN@host/x'],
    ['pull', 'path:a', '--proxy', 'u:HIDDEN@host:3128'],
    ['pull', 'path:a', '--proxy', 'http://u:HIDDEN@host:3128'],
    ['pull', 'path:a', '--rsync-path', 'rsync://u:HIDDEN@host/\n'],
    ['pull', 'path:a', '--link', 'https://u:HIDDEN@host'],
    ['pull', 'https://u:HIDDEN@host/x.whl'],
    ['pull', 'u:HIDDEN@host::module/x.whl'],
    ['probe', 'https://us/er:HIDDEN@host/'],
    ['probe', 'ftp://u:HID DEN@host/ HIDDEN@x'],
    ['probe', 'u:HIDDEN@127.0.0.1::module'],
    ['probe', 'rsync://us/er:HIDDEN@127.0.0.1/module'],
    ['store', 'stats', '--store-max-size', 'https://u:HIDDEN@host'],
    ['frob', 'https://u:HIDDEN@host'],
  ])('%j gives no secret away', async (...args) => {
    const run = await runCli([...args, '--json']);
    expect(run.stderr + run.stdout).not.toContain('HIDDEN');
    expect(run.exitCode).toBeGreaterThan(0);
  });

  it.each([
    [[], 'No command was given'],
    [['pul'], 'Did you mean tfcache pull?'],
    [['frobnicate'], 'tfcache --help'],
    [['pull', '--frozenn', 'path:a'], 'Did you mean --frozen?'],
    [['pull', '--destination', 'x', 'path:a'], 'Did you mean --path?'],
    [['pull', '--lockfile', 'x', 'path:a'], 'Did you mean --lock-file?'],
    [['pull', '--mirror', 'https://a/', 'path:a'], 'Did you mean --mirrors?'],
    [['pull', 'path:a', '--cache', 'redis'], 'github, none or s3://bucket/prefix'],
    [['pull', 'path:a', '--cache', 'S3://bucket/x'], 'in lower case'],
    [['pull', 'path:a', '--link', 'hardlinks'], 'Set --link to hardlink.'],
    [['pull', 'path:a', '--mirrors', 'ftp://m.example/x/'], 'A line of the option --mirrors'],
    [['pull', 'path:a', '--path', 'x', '--store', 'x'], '--path and --store'],
    [['pull'], 'Nothing is requested'],
    [['pull', 'wheal:x'], 'wheal'],
    [['pull', 'path:a', '--timeout', 'soon'], 'The value of the option --timeout'],
    [['pull', 'path:a', '--mirrors', 'ftp://m.example/x/'], 'rsync://'],
    [['plan', 'path:a', '--proxy', 'p:port'], 'host:port'],
    [['lock', 'path:a', '--frozen'], 'cannot be combined with --frozen'],
    [['lock', 'path:a', '--lookup-only'], 'tfcache plan'],
    ...PLANNED_COMMANDS.map((name): [string[], string] => [[name, 'stats'], 'not supported yet']),
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
    expect(run.stderr).toContain('The value of the option --link');
  });

  it('warns of a variable with a slip in its name', async () => {
    const run = await runCli(['pull'], { environment: { TFCACHE_MIRROR: 'rsync://m/x/' } });
    expect(run.stderr).toContain('did you mean TFCACHE_MIRRORS?');
  });
});
