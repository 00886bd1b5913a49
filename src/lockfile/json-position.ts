/**
 * Where a text stops being JSON, as `line 3, column 17`, counted from 1. V8 says so for some errors only; but it says it is short
 * of text for every beginning of JSON, so the longest such beginning is found by halving.
 */
export function describeJsonError(text: string): string {
  let sound = 0;
  let broken = text.length + 1;
  while (broken - sound > 1) {
    const middle = Math.floor((sound + broken) / 2);
    if (isBeginning(text.slice(0, middle))) sound = middle;
    else broken = middle;
  }
  // What follows the last character that is not white space is where something is missing.
  const at = sound === text.length ? text.trimEnd().length : sound;
  const before = text.slice(0, at).split('\n');
  return `line ${before.length}, column ${(before.at(-1)?.length ?? 0) + 1}`;
}

function isBeginning(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    const [, position] = /at position (\d+)/.exec(error.message) ?? [];
    if (position !== undefined && Number(position) >= text.length) return true;
    return /^(Unexpected end|Unterminated string)/.test(error.message);
  }
}
