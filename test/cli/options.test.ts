import { describe, expect, it } from 'vitest';
import { parseCommandLine } from '../../src/cli/options.ts';
import { TfcacheError } from '../../src/platform/error.ts';

const parse = (args: string[], environment: NodeJS.ProcessEnv = {}) =>
  parseCommandLine(args, environment);

describe('parseCommandLine', () => {
  it('takes options before and after operands, = or a space between', () => {
    expect(
      parse(['--json', 'pull', '--path=out', 'path:a', '--store', '/s', 'path:b']),
    ).toMatchObject({
      command: 'pull',
      operands: ['path:a', 'path:b'],
      json: true,
      inputs: { path: 'out', store: '/s', artifacts: 'path:a\npath:b' },
    });
  });

  it('joins repeated lines and takes values that begin with a dash', () => {
    const { inputs } = parse([
      'pull',
      '--filters',
      '+ /a',
      '--filters',
      '- *',
      '--mirrors',
      'x',
      '--mirrors=y',
    ]);
    expect(inputs).toMatchObject({ filters: '+ /a\n- *', mirrors: 'x\ny' });
  });

  it('the last of other options counts', () => {
    expect(parse(['--link', 'copy', '--link', 'auto']).inputs.link).toBe('auto');
  });

  it.each([
    [['--frozen'], 'true'],
    [['--no-frozen'], 'false'],
    [['--frozen=false'], 'false'],
    [['--frozen=maybe'], 'maybe'],
  ])('%j', (args, value) => {
    expect(parse(args).inputs.frozen).toBe(value);
  });

  it('after -- everything is a request', () => {
    expect(parse(['pull', '--', '--json']).inputs.artifacts).toBe('--json');
    expect(parse(['pull', '--', '--json']).json).toBe(false);
  });

  it('reads variables, and options win over them', () => {
    const environment = { TFCACHE_LOCK_FILE: 'a.lock', TFCACHE_MIRRORS: 'm', TFCACHE_PATH: '' };
    expect(parse(['pull'], environment).inputs).toEqual({ 'lock-file': 'a.lock', mirrors: 'm' });
    expect(parse(['--mirrors', 'x', '--mirrors', 'y'], environment).inputs.mirrors).toBe('x\ny');
    expect(parse(['pull', 'path:b'], { TFCACHE_ARTIFACTS: 'path:a' }).inputs.artifacts).toBe(
      'path:b',
    );
    expect(parse(['pull'], { TFCACHE_ARTIFACTS: 'path:a' }).inputs.artifacts).toBe('path:a');
  });

  it.each([
    [['--mirror=x'], 'Did you mean --mirrors?'],
    [['--lockfile', 'x'], 'Did you mean --lock-file?'],
    [['--jsno'], 'Did you mean --json?'],
    [['--no-json'], undefined],
    [['--json=1'], undefined],
    [['-x'], undefined],
    [['--zzzzzzzzzzzz'], 'tfcache --help'],
    [['--summary'], 'Remove it'],
    [['--artifacts=path:a'], 'without an option'],
    [['--path'], '--path'],
    [['store', 'stats', '--mirrors', 'x'], 'tfcache pull, lock, plan, probe. tfcache'],
    [['--frozen', 'store', 'gc'], 'tfcache pull, lock, plan. tfcache'],
    [['probe', '--store', '/s'], 'tfcache pull, lock, plan, store. tfcache'],
    [['pull', '--max-size', '1GB'], 'tfcache store. tfcache'],
  ])('refuses %j', (args, hint) => {
    try {
      parse(args);
      expect.unreachable();
    } catch (error) {
      expect(error).toBeInstanceOf(TfcacheError);
      expect(error).toMatchObject({ code: 'usage', where: 'command line' });
      if (hint !== undefined && error instanceof TfcacheError) expect(error.hint).toContain(hint);
    }
  });

  it('leaves variables alone that are for other commands of the same job', () => {
    const environment = { TFCACHE_MIRRORS: 'm', TFCACHE_STORE: '/s' };
    expect(parse(['store', 'stats'], environment).inputs).toMatchObject({ store: '/s' });
    expect(parse(['probe', '--proxy', 'p:1'], environment).inputs).toMatchObject({ mirrors: 'm' });
  });
});
