import { TfcacheError } from '../platform/error.ts';
import { maskValue } from '../platform/text/mask-secrets.ts';
import { suggestName } from '../platform/text/similar-names.ts';
import type { InputName, InputSpec } from './table.ts';
import { INPUTS } from './table.ts';

/** Returns the entry of an input in the table. */
export function getInputSpec(name: InputName): InputSpec {
  const spec = INPUTS.find((candidate) => candidate.name === name);
  if (spec === undefined) throw new Error(`The table of inputs lacks ${name}.`);
  return spec;
}

/** Creates the error for an invalid value. It shows the value, so do not use it for a secret; secrets in an address are masked. */
export function createInputError(
  name: InputName,
  value: string,
  allowed: string,
  hint?: string,
): TfcacheError {
  return new TfcacheError('input-invalid', `The value of the input ${name} is not valid.`, {
    where: `input ${name}`,
    expected: allowed,
    found: JSON.stringify(maskValue(value)),
    hint: hint ?? `Set ${name} to ${allowed}.`,
  });
}

/** Parses a boolean of YAML 1.2's core schema (https://yaml.org/spec/1.2.2/#1032-tag-resolution), as the runner's own tools read them. */
export function parseBoolean(name: InputName, value: string): boolean {
  if (['true', 'True', 'TRUE'].includes(value)) return true;
  if (['false', 'False', 'FALSE'].includes(value)) return false;
  throw createInputError(name, value, 'true or false');
}

/** Parses a whole number in decimal digits within the input's range. */
export function parseInteger(name: InputName, value: string): number {
  const [smallest, largest] = getInputSpec(name).range ?? [0, Number.MAX_SAFE_INTEGER];
  const number = /^\d{1,15}$/.test(value) ? Number(value) : Number.NaN;
  if (!(number >= smallest && number <= largest)) {
    throw createInputError(name, value, `a whole number from ${smallest} to ${largest}`);
  }
  return number;
}

/** Parses one of the input's choices. */
export function parseChoice<Choice extends string>(
  name: InputName,
  value: string,
  choices: readonly Choice[],
): Choice {
  const choice = choices.find((candidate) => candidate === value);
  if (choice !== undefined) return choice;
  const similar = suggestName(value, choices);
  throw createInputError(
    name,
    value,
    choices.join(', '),
    `Set ${name} to ${similar ?? `one of these: ${choices.join(', ')}`}.`,
  );
}

const UNITS: Readonly<Record<string, number>> = {
  '': 1,
  B: 1,
  KB: 1e3,
  MB: 1e6,
  GB: 1e9,
  TB: 1e12,
  KIB: 2 ** 10,
  MIB: 2 ** 20,
  GIB: 2 ** 30,
  TIB: 2 ** 40,
};

/** Parses a size in bytes: `50GB` (powers of 1000) or `50GiB` (powers of 1024), upper or lower case. */
export function parseSize(name: InputName, value: string): number {
  const match = /^(\d{1,12}(?:\.\d{1,6})?) ?([KMGT]?I?B?)$/i.exec(value);
  const unit = UNITS[match?.[2]?.toUpperCase() ?? 'none'];
  const bytes = match === null || unit === undefined ? Number.NaN : Number(match[1]) * unit;
  if (!(bytes >= 1)) throw createInputError(name, value, 'a size such as 50GB or 512MiB');
  return Math.floor(bytes);
}
