import { describe, expect, it } from 'vitest';
import { COMMANDS } from '../../src/cli/command.ts';
import { listCommandInputs, OPTION_INPUTS } from '../../src/cli/command-inputs.ts';
import { renderCommandHelp } from '../../src/cli/help.ts';

const help = (name: string) => {
  const command = COMMANDS.find((one) => one.name === name);
  if (command === undefined) throw new Error(`no command ${name}`);
  return renderCommandHelp(command);
};
const optionsIn = (text: string) =>
  [...text.matchAll(/^ {2}--([a-z-]+).*\[TFCACHE_/gm)].map(([, name]) => name);

describe('the help of a command', () => {
  it.each(COMMANDS.map(({ name }) => name))(
    '%s lists the options that it has, no others',
    (name) => {
      expect(optionsIn(help(name))).toEqual(listCommandInputs(name).map((spec) => spec.name));
    },
  );

  it('lists all options where something is brought, few elsewhere', () => {
    for (const name of ['pull', 'lock', 'plan'])
      expect(listCommandInputs(name)).toEqual(OPTION_INPUTS);
    expect(optionsIn(help('store'))).toEqual(['store', 'store-max-size']);
    expect(optionsIn(help('probe'))).not.toContain('lock-file');
  });

  it.each(COMMANDS.map(({ name }) => name))('%s has an empty line before each heading', (name) => {
    const lines = help(name).split('\n');
    const headings = lines.flatMap((line, at) => (/^Options.*:$/.test(line) ? [at] : []));
    expect(headings.length).toBeGreaterThan(0);
    for (const at of headings) expect(lines[at - 1]).toBe('');
  });

  it('says that a lock can stand in place of requests', () => {
    for (const name of ['pull', 'plan']) expect(help(name)).toContain('[OPTION…] [REQUEST…]\n');
  });
});
