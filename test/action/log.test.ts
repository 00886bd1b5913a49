import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { actionLog } from '../../src/action/log.ts';

let written = '';
beforeEach(() => {
  written = '';
  vi.spyOn(process.stdout, 'write').mockImplementation((chunk) => {
    written += String(chunk);
    return true;
  });
});
afterEach(() => vi.restoreAllMocks());

describe('actionLog', () => {
  it.each([
    '::error::x',
    '  ::add-mask::x',
    'a\n::stop-commands::t',
    'a\r::error::x',
    'see ##[error]x',
  ])('prints %j as text, never as a command', (message) => {
    actionLog.info(message);
    // The runner splits at \r too, and trims before it looks for `::`.
    for (const line of written.split(/[\r\n]/)) {
      expect(line.trimStart().startsWith('::')).toBe(false);
      expect(line).not.toContain('##[');
    }
  });

  it('makes annotations of warnings and errors, several lines in one', () => {
    actionLog.warning('one\ntwo 100 %');
    actionLog.error('three');
    expect(written.split(/\r?\n/)).toEqual(['::warning::one%0Atwo 100 %25', '::error::three', '']);
  });

  it.each(['warning', 'error', 'debug'] as const)('escapes what a %s holds', (level) => {
    actionLog[level]('\u001b[31mred\u009b0m \u202egnp.exe ##[add-mask]x\n::error::y\r::z %0A 中文');
    expect(written).not.toMatch(/[^\P{Cc}\r\n]|\u202e/u);
    expect(written).not.toContain('##[');
    // One command, whose line break core has encoded.
    expect(written.trimEnd().split(/[\r\n]/)).toHaveLength(1);
    expect(written).toContain('%0A\\::error::y\\r::z %250A 中文');
  });
});
