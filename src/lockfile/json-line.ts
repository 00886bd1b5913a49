/** Keys of objects and indexes of arrays, outermost first. */
export type JsonPath = readonly (string | number)[];

const TOKEN = /"(?:[^"\\]|\\.)*"|[{}[\],:]|[^\s{}[\],:"]+/g;

/**
 * Returns the line, counted from 1, of an object's key or an array's element; undefined if the text has none.
 *
 * @param text valid JSON: `JSON.parse` has accepted it.
 */
export function findJsonPathLine(text: string, path: JsonPath): number | undefined {
  const stack: { isArray: boolean; at: string | number }[] = [];
  let previous = '';
  for (const { 0: token, index } of text.matchAll(TOKEN)) {
    const top = stack.at(-1);
    const isStart = previous === '[' || previous === '{' || previous === ',';
    if (top !== undefined && isStart && token !== ']' && token !== '}') {
      if (top.isArray) top.at = previous === '[' ? 0 : Number(top.at) + 1;
      else top.at = String(JSON.parse(token));
      if (stack.length === path.length && stack.every(({ at }, depth) => at === path[depth])) {
        return text.slice(0, index).split('\n').length;
      }
    }
    if (token === '{' || token === '[') stack.push({ isArray: token === '[', at: '' });
    else if (token === '}' || token === ']') stack.pop();
    previous = token;
  }
  return undefined;
}
