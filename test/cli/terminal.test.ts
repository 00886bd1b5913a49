import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createTerminalOutput } from '../../src/cli/terminal.ts';

function open(
  terminal: { isTTY?: boolean; columns?: number },
  environment: NodeJS.ProcessEnv = {},
) {
  let text = '';
  const write = (chunk: string) => {
    text += chunk;
  };
  const output = createTerminalOutput({ ...terminal, write }, { verbose: false, environment });
  return { ...output, text: () => text };
}

/** What a terminal shows in the end: `\r` and "erase to the end of the line" carried out. */
function shown(text: string): string[] {
  return text
    .split('\n')
    .map((line) => line.slice(line.lastIndexOf('\r\x1b[K') + 1).replace('\x1b[K', ''));
}

describe('createTerminalOutput', () => {
  beforeEach(() => vi.useFakeTimers());
  afterEach(() => vi.useRealTimers());

  it('draws a bar on a terminal, which steps aside for lines and is gone in the end', () => {
    const { log, progress, text } = open({ isTTY: true, columns: 120 });
    progress.begin('sync', { files: 2, bytes: 200 });
    progress.advance({ bytes: 100 });
    vi.advanceTimersByTime(100);
    expect(shown(text()).at(-1)).toMatch(/^█{12}░{12} 50 %, 100 B of 200 B.*: sync$/);
    log.info('a line');
    expect(shown(text())[0]).toBe('a line');
    expect(shown(text()).at(-1)).toContain(' 50 %, ');
    progress.end();
    expect(shown(text())).toEqual(['a line', '']);
  });

  it('never draws a bar that wraps', () => {
    const { progress, text } = open({ isTTY: true, columns: 20 });
    progress.begin('a step with quite a long name', { files: 2, bytes: 200 });
    expect(shown(text()).at(-1)?.length).toBeLessThan(20);
    progress.end();
  });

  it.each([{ isTTY: false }, {}])('writes plain lines elsewhere: %j', (terminal) => {
    const { log, progress, text } = open(terminal);
    progress.begin('sync', { files: 1, bytes: 100 });
    vi.advanceTimersByTime(5000);
    progress.end();
    log.warning('careful');
    expect(text()).toMatch(/^0 %, .*: sync\nwarning: careful\n$/);
    expect(text()).not.toContain('\x1b');
  });

  it('colours only a terminal, and not with NO_COLOR', () => {
    const coloured = open({ isTTY: true });
    coloured.log.error('x');
    expect(coloured.text()).toBe('\x1b[31merror:\x1b[0m x\n');
    const plain = open({ isTTY: true }, { NO_COLOR: '1' });
    plain.log.error('x');
    expect(plain.text()).toBe('error: x\n');
    const dumb = open({ isTTY: true }, { TERM: 'dumb' });
    dumb.log.error('x');
    expect(dumb.text()).toBe('error: x\n');
  });

  it('lets no name from a mirror move the cursor', () => {
    const { log, text } = open({ isTTY: true });
    log.info('a\x1b[2Jb\rc');
    expect(text()).not.toContain('\x1b');
    expect(text()).not.toContain('\r');
  });
});
