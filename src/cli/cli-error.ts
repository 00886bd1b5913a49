import { INPUT_NAMES } from '../inputs/table.ts';
import { TfcacheError } from '../platform/error.ts';

const NAMES = INPUT_NAMES.filter((name) => name !== 'artifacts').join('|');
const THE_INPUT = new RegExp(`\\b([Tt])he input (${NAMES})\\b`, 'g');
const AN_INPUT = new RegExp(`\\binput (${NAMES})\\b`, 'g');
const SET_INPUT = new RegExp(`\\b(Set|Raise|raise|set) (${NAMES})\\b(?= (?:to|,)|,)`, 'g');

/** Replaces the input names of the action by the options of the command line: `input link` becomes `--link`. */
export function replaceInputNames(text: string): string {
  return text
    .replaceAll('inputs path and store', '--path and --store')
    .replaceAll('input artifacts', 'the requests')
    .replace(THE_INPUT, (_, the: string, name: string) => `${the}he option --${name}`)
    .replace(AN_INPUT, '--$1')
    .replace(SET_INPUT, '$1 --$2');
}

/** Returns an error of tfcache with the names of the command line. Returns any other error unchanged. */
export function toCliError(error: unknown): unknown {
  if (!(error instanceof TfcacheError)) return error;
  const { where, expected, found, hint, cause } = error;
  const details = Object.entries({ where, expected, hint }).flatMap(([key, text]) =>
    text === undefined ? [] : [[key, replaceInputNames(text)] as const],
  );
  return new TfcacheError(error.reason, replaceInputNames(error.message), {
    ...Object.fromEntries(details),
    ...(found === undefined ? {} : { found }),
    cause,
  });
}
