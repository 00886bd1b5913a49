/**
 * `a{b,c}d` as `abd` and `acd`, as a shell does it, one by one: a few braces can stand for more than memory holds.
 * Braces without a comma mean themselves, and so does what follows a backslash.
 */
export function* alternatives(text: string): Generator<string> {
  const group = braceGroup(text);
  if (group === undefined) {
    yield text;
    return;
  }
  for (const part of group.parts) {
    for (const start of alternatives(part)) {
      for (const rest of alternatives(group.rest)) yield group.before + start + rest;
    }
  }
}

interface BraceGroup {
  before: string;
  parts: string[];
  rest: string;
}

function braceGroup(text: string): BraceGroup | undefined {
  for (let start = 0; start < text.length; start += 1) {
    if (text.charAt(start) === '\\') start += 1;
    else if (text.charAt(start) === '{') {
      const group = braceGroupAt(text, start);
      if (group !== undefined) return group;
    }
  }
  return undefined;
}

function braceGroupAt(text: string, start: number): BraceGroup | undefined {
  const parts: string[] = [];
  let depth = 0;
  let from = start + 1;
  for (let index = start; index < text.length; index += 1) {
    const character = text.charAt(index);
    if (character === '\\') index += 1;
    else if (character === '{') depth += 1;
    else if (character === ',' && depth === 1) {
      parts.push(text.slice(from, index));
      from = index + 1;
    } else if (character === '}') {
      depth -= 1;
      if (depth > 0) continue;
      if (parts.length === 0) return undefined;
      parts.push(text.slice(from, index));
      return { before: text.slice(0, start), parts, rest: text.slice(index + 1) };
    }
  }
  return undefined;
}
