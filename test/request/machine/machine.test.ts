import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createLocalMachine, detectMachine } from '../../../src/request/machine/machine.ts';
import { pythonWith } from '../../support/python.ts';
import { errorOf } from '../../support/requests.ts';

function unused(): Promise<string> {
  return Promise.reject(new Error('python was started'));
}

describe('platform, system and processor', () => {
  it.each([
    ['linux', 'x64', 'linux_x86_64', 'linux', 'x86_64'],
    ['linux', 'arm64', 'linux_aarch64', 'linux', 'arm64'],
    ['darwin', 'x64', 'macosx_x86_64', 'darwin', 'x86_64'],
    ['darwin', 'arm64', 'macosx_arm64', 'darwin', 'arm64'],
    ['win32', 'x64', 'win_amd64', 'windows', 'x86_64'],
  ] as const)('%s on %s', (platform, arch, wheel, os, cpu) => {
    const machine = detectMachine({
      environment: {},
      run: unused,
      platform,
      arch,
      fileExists: () => false,
    });
    expect([machine.getPlatform(), machine.getOs(), machine.getArch()]).toEqual([wheel, os, cpu]);
  });

  it('distinguishes musl from glibc, also if both are installed', () => {
    const on = (...files: string[]): string =>
      detectMachine({
        environment: {},
        run: unused,
        platform: 'linux',
        arch: 'x64',
        fileExists: (path) => files.includes(path),
      }).getPlatform();
    const musl = '/lib/ld-musl-x86_64.so.1';
    const glibc = '/lib64/ld-linux-x86-64.so.2';
    expect(on(musl)).toBe('musllinux_1_2_x86_64');
    expect(on(musl, glibc)).toBe('linux_x86_64');
    expect(on(musl, glibc, '/etc/alpine-release')).toBe('musllinux_1_2_x86_64');
    expect(on(glibc)).toBe('linux_x86_64');
  });

  it('is refused with the qualifiers to add, if TensorFlow has no files for it', async () => {
    const machine = detectMachine({
      environment: {},
      run: unused,
      platform: 'freebsd',
      arch: 'riscv64',
    });
    for (const [ask, hint] of [
      [() => machine.getPlatform(), '?platform='],
      [() => machine.getOs(), '?os='],
      [() => machine.getArch(), '?arch='],
    ] as const) {
      const error = await errorOf(ask);
      expect(error.reason).toBe('machine-unsupported');
      expect(error.hint).toContain(hint);
    }
  });
});

describe.skipIf(process.platform === 'win32')(
  'python (skipped on Windows, which has no such links)',
  () => {
    let folder = '';
    beforeEach(() => {
      folder = mkdtempSync(join(tmpdir(), 'tfcache-python-'));
    });
    afterEach(() => {
      rmSync(folder, { recursive: true, force: true });
    });

    function program(...path: string[]): string {
      const file = join(folder, ...path);
      mkdirSync(join(file, '..'), { recursive: true });
      writeFileSync(file, '#!/bin/sh\n');
      chmodSync(file, 0o755);
      return file;
    }

    function link(to: string, ...path: string[]): void {
      const file = join(folder, ...path);
      mkdirSync(join(file, '..'), { recursive: true });
      symlinkSync(to, file);
    }

    function python(environment: Record<string, string>, run = unused): Promise<string> {
      return detectMachine({ environment, run, platform: 'linux', arch: 'x64' }).getPythonVersion();
    }

    it('has the version of the name that python3 links to, in a virtual environment too', async () => {
      link(program('usr', 'python3.12'), 'usr', 'python3');
      link(join(folder, 'usr', 'python3'), 'venv', 'python');
      link(join(folder, 'venv', 'python'), 'venv', 'python3');
      expect(await python({ PATH: join(folder, 'usr') })).toBe('3.12');
      expect(await python({ PATH: `${join(folder, 'venv')}:${join(folder, 'usr')}` })).toBe('3.12');
    });

    it('is that of setup-python, if it ran', async () => {
      link(program('usr', 'python3.12'), 'usr', 'python3');
      const environment = {
        PATH: join(folder, 'usr'),
        pythonLocation: '/opt/hostedtoolcache/Python/3.10.14/x64',
      };
      expect(await python(environment)).toBe('3.10');
      link(program('other', 'bin', 'python3.9'), 'other', 'bin', 'python3');
      expect(await python({ ...environment, pythonLocation: join(folder, 'other') })).toBe('3.9');
    });

    it('is run if no file name has the version', async () => {
      const file = program('shims', 'python3');
      const asked: string[] = [];
      const run = (name: string): Promise<string> => {
        asked.push(name);
        return Promise.resolve('cpython 3.13\n');
      };
      const machine = detectMachine({
        environment: { PATH: join(folder, 'shims') },
        run,
        platform: 'linux',
        arch: 'x64',
      });
      expect(await machine.getPythonVersion()).toBe('3.13');
      expect(await machine.getPythonVersion()).toBe('3.13');
      expect(asked).toEqual([file]);
    });

    const asks = (answer: string) => {
      const asked: string[] = [];
      const run = (name: string): Promise<string> => {
        asked.push(name);
        return Promise.resolve(`${answer}\n`);
      };
      const on = (environment: Record<string, string>) =>
        detectMachine({ environment, run, platform: 'linux', arch: 'x64' });
      return { asked, on };
    };

    it.each([
      ['Python/3.11.9/x64', '3.11', '3.11.9'],
      ['Python/3.14.0/x64-freethreaded', '3.14t', '3.14.0t'],
      ['Python/3.15.0-alpha.3/arm64-freethreaded/', '3.15t', '3.15.0t'],
    ])("of setup-python's %s is known without starting it", async (place, minor, full) => {
      const machine = detectMachine({
        environment: { pythonLocation: `/opt/hostedtoolcache/${place}` },
        run: unused,
        platform: 'linux',
      });
      expect([await machine.getPythonVersion(), await machine.getFullPythonVersion?.()]).toEqual([
        minor,
        full,
      ]);
    });

    it('is run for its full version only if that is needed, and once', async () => {
      const file = program('usr', 'python3.11');
      link(file, 'usr', 'python3');
      const { asked, on } = asks('cpython 3.11.7');
      const machine = on({ PATH: join(folder, 'usr') });
      expect([await machine.getPythonVersion(), asked]).toEqual(['3.11', []]);
      expect([
        await machine.getFullPythonVersion?.(),
        await machine.getFullPythonVersion?.(),
      ]).toEqual(['3.11.7', '3.11.7']);
      expect(asked).toEqual([join(folder, 'usr', 'python3')]);
    });

    it('has the version of its name if it cannot be started', async () => {
      link(program('usr', 'python3.11'), 'usr', 'python3');
      const machine = detectMachine({
        environment: { PATH: join(folder, 'usr') },
        run: unused,
        platform: 'linux',
      });
      expect(await machine.getFullPythonVersion?.()).toBe('3.11');
    });

    it('has a free-threaded version of its name', async () => {
      link(program('usr', 'python3.14t'), 'usr', 'python3');
      expect(await python({ PATH: join(folder, 'usr') })).toBe('3.14t');
    });

    it('is run if a free-threaded build has the same name', async () => {
      // As `make install` of CPython leaves it: python3.14 is python3.14t.
      program('usr', 'python3.14t');
      link(program('usr', 'python3.14'), 'usr', 'python3');
      const { on } = asks('cpython 3.14.0t');
      const machine = on({ PATH: join(folder, 'usr') });
      expect([await machine.getPythonVersion(), await machine.getFullPythonVersion?.()]).toEqual([
        '3.14t',
        '3.14.0t',
      ]);
    });

    const real = pythonWith('sysconfig');
    it.skipIf(real === undefined)('of this machine says its full version', async () => {
      const answer = execFileSync(real ?? '', [
        '-c',
        'import sys; print("%d.%d.%d" % sys.version_info[:3])',
      ]);
      const { PATH = '', HOME = '' } = process.env;
      const full = await createLocalMachine({ PATH, HOME }).getFullPythonVersion?.();
      expect(full?.replace('t', '')).toBe(answer.toString().trim());
    });

    it.each([[['pypy 3.10\n']], [['cpython 3.x\n']], [[]]])(
      'is an error if there is none: %j',
      async (answers) => {
        if (answers.length > 0) program('bin', 'python3');
        const run = (): Promise<string> => Promise.resolve(answers[0] ?? '');
        const error = await errorOf(() => python({ PATH: join(folder, 'bin') }, run));
        expect(error.reason).toBe('python-missing');
        expect(error.hint).toContain('?python=3.11');
      },
    );

    it('is never searched for in the working folder', async () => {
      const error = await errorOf(() => python({ PATH: ':.:bin' }));
      expect(error.code).toBe('usage');
    });

    it('is the next program if one does not start', async () => {
      program('a', 'python3');
      link(program('b', 'python3.11'), 'b', 'python');
      expect(await python({ PATH: `${join(folder, 'a')}:${join(folder, 'b')}` })).toBe('3.11');
    });
  },
);
