/** What the demo prints: headings, facts in two columns, and claims that are checked before they are shown. */

const COLOURS = process.stdout.isTTY === true && process.env['NO_COLOR'] === undefined;

function colour(code: number, text: string): string {
  return COLOURS ? `\u001b[${code}m${text}\u001b[0m` : text;
}

export function heading(text: string): void {
  process.stdout.write(`\n${colour(1, text)}\n`);
}

export function fact(name: string, value: string): void {
  process.stdout.write(`  ${colour(2, name.padEnd(18))}${value}\n`);
}

/** Counts the claims that did not hold: the demo's exit code. */
export class Claims {
  held = 0;
  broken = 0;

  /** Shows a claim with its mark; `evidence` is what was found. */
  check(claim: string, holds: boolean, evidence: string): void {
    if (holds) this.held += 1;
    else this.broken += 1;
    const mark = holds ? colour(32, '✓') : colour(31, '✗');
    process.stdout.write(`  ${mark} ${claim} ${colour(2, `(${evidence})`)}\n`);
  }
}
