import { describe, expect, test } from 'vitest';
import { OUTPUT_NAMES } from '../../src/action/outputs.ts';
import { INPUTS } from '../../src/inputs/table.ts';
import { readActionFile } from '../support/action-yml.ts';
import { read, rowsBelow, tablesBelow } from './readme.ts';

const READMES = [
  { file: 'README.md', inputs: 'Inputs', outputs: 'Outputs' },
  { file: 'README.zh-CN.md', inputs: '输入', outputs: '输出' },
] as const;

const contract = INPUTS.map((input) => [input.name, input.default]);

describe.each(READMES)('$file', ({ file, inputs, outputs }) => {
  test('names every input with its default, in the order of the code', () => {
    const rows = rowsBelow(read(file), inputs);
    // Of a default of several lines the column has the first; the others are in the text beside it.
    expect(rows.map(([name, fallback]) => [name, fallback])).toEqual(
      contract.map(([name, fallback]) => [name, fallback?.split('\n')[0]]),
    );
    for (const [index, [, fallback = '']] of contract.entries()) {
      for (const line of fallback.split('\n').slice(1)) expect(rows[index]?.[2]).toContain(line);
    }
  });

  test('names every output', () => {
    expect(rowsBelow(read(file), outputs).map(([name]) => name)).toEqual([...OUTPUT_NAMES]);
  });

  test('has the inputs in four tables', () => {
    expect(tablesBelow(read(file), inputs)).toHaveLength(4);
  });

  test('shows the two commands of a fresh machine near the top', () => {
    const lines = read(file).split('\n').slice(0, 40);
    expect(lines.some((line) => line.startsWith('npm run demo '))).toBe(true);
    expect(lines.some((line) => line.startsWith('npm test '))).toBe(true);
  });

  test('names every input that is used in its examples as it is', () => {
    const blocks = [...read(file).matchAll(/```yaml\n(.*?)```/gs)].map((match) => match[1] ?? '');
    const names = blocks.flatMap(inputsOfOurs);
    expect(names.length).toBeGreaterThan(5);
    expect(names.filter((name) => !contract.some(([known]) => known === name))).toEqual([]);
  });
});

test('action.yml has the same inputs and outputs', () => {
  const action = readActionFile('action.yml');
  expect([...action.inputs].map(([name, input]) => [name, input.default])).toEqual(contract);
  expect([...action.outputs.keys()]).toEqual([...OUTPUT_NAMES]);
});

test.each(['restore/action.yml', 'save/action.yml'])(
  '%s has a part of them, with the same defaults',
  (file) => {
    const action = readActionFile(file);
    const known = new Map<string, string>(INPUTS.map((input) => [input.name, input.default]));
    for (const [name, input] of action.inputs)
      expect([name, input.default]).toEqual([name, known.get(name)]);
  },
);

test('action-types.yml gives a type to every input and output', () => {
  const [inputs = '', outputs = ''] = read('action-types.yml').split(/^outputs:$/m);
  const names = (section: string) =>
    [...section.matchAll(/^ {2}([a-z-]+):$/gm)].map((match) => match[1]);
  expect(names(inputs)).toEqual(INPUTS.map((input) => input.name));
  expect(names(outputs)).toEqual([...OUTPUT_NAMES]);
});

/** Keys below `with:` of steps that use tfcache. */
function inputsOfOurs(block: string): string[] {
  const names: string[] = [];
  let ours = false;
  let depth: number | undefined;
  for (const line of block.split('\n')) {
    const indent = line.search(/\S/);
    if (line.includes('uses:')) [ours, depth] = [line.includes('/tfcache'), undefined];
    else if (ours && line.trim() === 'with:') depth = indent;
    else if (depth !== undefined && indent <= depth) depth = undefined;
    else if (depth !== undefined && indent === depth + 2)
      names.push(line.trim().split(':')[0] ?? '');
  }
  return names;
}
