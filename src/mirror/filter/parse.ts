import { TfcacheError } from '../../platform/error.ts';
import type { FilterRule } from './rule.ts';

/** What a rule's name means for a pull that deletes nothing: hide and show are the sender's half of exclude and include. */
const ACTIONS: Readonly<Record<string, FilterRule['action']>> = {
  '+': 'include',
  include: 'include',
  S: 'include',
  show: 'include',
  '-': 'exclude',
  exclude: 'exclude',
  H: 'exclude',
  hide: 'exclude',
};

/** Rules that rsync knows and that can have no meaning here. They are refused, for an ignored rule misleads. */
const REFUSED: Readonly<Record<string, string>> = {
  P: 'it protects files from deletion, and tfcache never deletes what a rule protects. Leave it out.',
  protect:
    'it protects files from deletion, and tfcache never deletes what a rule protects. Leave it out.',
  R: 'it allows files to be deleted, and tfcache deletes nothing by rules. Leave it out.',
  risk: 'it allows files to be deleted, and tfcache deletes nothing by rules. Leave it out.',
  '.': 'rules are not read from files. Write the rules of that file here.',
  merge: 'rules are not read from files. Write the rules of that file here.',
  ':': 'rules are not read from the folders of a mirror. Write the rules here.',
  'dir-merge': 'rules are not read from the folders of a mirror. Write the rules here.',
};

const REFUSED_MODIFIERS: Readonly<Record<string, string>> = {
  '/': 'the modifier "/" means paths of the server, which are not known here. A pattern that begins with "/" stands at the root of the bucket: "+ /linux/cpu/".',
  x: 'the modifier "x" is for the names of extended attributes, which are not transferred. Leave the rule out.',
  C: 'the modifier "C" adds the patterns of CVS, which depend on the machine. Write the patterns that you want.',
};

const LONG_NAMES = [
  'include',
  'exclude',
  'hide',
  'show',
  'protect',
  'risk',
  'merge',
  'dir-merge',
  'clear',
] as const;

/**
 * Reads filter rules, one a line: `RULE[,MODIFIERS] PATTERN` of rsync(1), "FILTER RULES IN DEPTH", as in a file that rsync
 * merges: blank lines and lines that begin with `#` or `;` say nothing, `!` (or `clear`) forgets the rules before it.
 * Spaces at the end of a pattern belong to it, as for rsync.
 *
 * @throws TfcacheError `usage` that names the line, for a rule that rsync would not take or that can have no effect here.
 */
export function parseFilterRules(text: string): FilterRule[] {
  let rules: FilterRule[] = [];
  for (const [index, raw] of text.split('\n').entries()) {
    const line = raw.replace(/\r$/, '').replace(/^[ \t]+/, '');
    if (line === '' || line.startsWith('#') || line.startsWith(';')) continue;
    const rule = parseRule(line, index + 1);
    if (rule === 'clear') rules = [];
    else rules.push(rule);
  }
  return rules;
}

function parseRule(text: string, line: number): FilterRule | 'clear' {
  const refuse = (what: string, hint: string) =>
    new TfcacheError('filter-invalid', `This filter rule cannot be used: ${what}.`, {
      where: `input filters, line ${line}`,
      found: text,
      hint,
    });
  const { name, rest } = splitName(text);
  if (name === '!' || name === 'clear') {
    if (/^,?[ _]?$/.test(rest)) return 'clear';
    throw refuse(`nothing may follow "${name}"`, `Write "${name}" on a line of its own.`);
  }
  const reason = REFUSED[name];
  if (reason !== undefined) throw refuse(`"${name}" has no meaning here`, reason);
  const action = ACTIONS[name];
  if (action === undefined) {
    throw refuse(
      'it does not begin with the name of a rule',
      'Write "+ PATTERN" to take what matches or "- PATTERN" to leave it out; the first rule that matches counts.',
    );
  }

  // A comma may stand between name and modifiers; one space or underscore ends them (exclude.c, parse_rule_tok()).
  const match = /^,?([^ _]*)(?:[ _](.*))?$/s.exec(rest);
  const modifiers = match?.[1] ?? '';
  const written = match?.[2] ?? '';
  for (const modifier of modifiers) {
    const why = REFUSED_MODIFIERS[modifier];
    if (why !== undefined) throw refuse(`its modifier "${modifier}" has no meaning here`, why);
    const sideIsGiven = /^(H|S|hide|show)$/.test(name) && /[rs]/.test(modifier);
    if (!'!prs'.includes(modifier) || sideIsGiven) {
      throw refuse(
        `"${modifier}" is no modifier of this rule`,
        `After "${name}" stands one space, then the pattern: "${name} /linux/cpu/".`,
      );
    }
  }
  if (modifiers.includes('r') && !modifiers.includes('s')) {
    throw refuse('the modifier "r" makes it a rule about deletion', REFUSED['P'] ?? '');
  }
  if (written === '') throw refuse('it has no pattern', `Write "${name} PATTERN".`);
  return { text, line, action, ...parsePattern(written), negated: modifiers.includes('!') };
}

/** A long name must end there, a short one is one character. */
function splitName(text: string): { name: string; rest: string } {
  for (const long of LONG_NAMES) {
    const next = text[long.length];
    if (text.startsWith(long) && (next === undefined || /[\s_,]/.test(next))) {
      return { name: long, rest: text.slice(long.length) };
    }
  }
  return { name: text.slice(0, 1), rest: text.slice(1) };
}

/** One slash at either end has a meaning of its own; a lone `/` is an anchor with nothing behind it. */
function parsePattern(written: string): Pick<FilterRule, 'pattern' | 'anchored' | 'foldersOnly'> {
  const foldersOnly = written.length > 1 && written.endsWith('/');
  const body = foldersOnly ? written.slice(0, -1) : written;
  const anchored = body.startsWith('/');
  return { pattern: anchored ? body.slice(1) : body, anchored, foldersOnly };
}
