import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { OUTPUT_NAMES } from '../../src/action/outputs.ts';
import { INPUT_NAMES, INPUTS } from '../../src/inputs/table.ts';
import { readActionFile } from '../support/action-yml.ts';
import { ROOT } from '../support/runner.ts';

describe('the table of inputs', () => {
  it('holds every input of the contract once, in its order', () => {
    expect(INPUTS.map((spec) => spec.name)).toEqual([...INPUT_NAMES]);
  });

  it.each([
    ['action.yml', INPUT_NAMES],
    ['restore/action.yml', INPUT_NAMES.filter((name) => name !== 'save')],
    ['save/action.yml', ['path', 'cache', 'cache-key-prefix', 'store', 'summary']],
  ])('%s declares the same inputs, defaults and descriptions', (file, names) => {
    const { inputs } = readActionFile(file);
    expect([...inputs.keys()]).toEqual(names);
    for (const spec of INPUTS.filter(({ name }) => inputs.has(name))) {
      expect(inputs.get(spec.name), spec.name).toEqual({
        description: spec.help,
        default: spec.default,
      });
    }
  });

  it.each(['action.yml', 'restore/action.yml'])('%s declares every output', (file) => {
    const { outputs } = readActionFile(file);
    expect([...outputs.keys()]).toEqual([...OUTPUT_NAMES]);
    for (const { description } of outputs.values()) expect(description).not.toBe('');
  });

  it.each([
    ['action.yml', 'action-types.yml'],
    ['restore/action.yml', 'restore/action-types.yml'],
    ['save/action.yml', 'save/action-types.yml'],
  ])('every input and output of %s has a type in %s', (file, types) => {
    const typed = readActionFile(types);
    const action = readActionFile(file);
    expect([...typed.inputs.keys()]).toEqual([...action.inputs.keys()]);
    expect([...typed.outputs.keys()]).toEqual([...action.outputs.keys()]);
  });

  it.each(['action.yml', 'restore/action.yml', 'save/action.yml'])(
    '%s starts what is built',
    (file) => {
      const { runs } = readActionFile(file);
      expect(runs.get('using')).toBe('node24');
      for (const key of ['main', 'post']) {
        const entry = runs.get(key);
        if (entry === undefined) continue;
        expect(existsSync(join(ROOT, file, '..', entry)), entry).toBe(true);
      }
    },
  );

  it.skipIf(!existsSync(join(ROOT, 'README.md')))('README.md lists every input and output', () => {
    const text = readFileSync(join(ROOT, 'README.md'), 'utf8');
    for (const name of [...INPUT_NAMES, ...OUTPUT_NAMES]) expect(text).toContain(`\`${name}\``);
  });
});
