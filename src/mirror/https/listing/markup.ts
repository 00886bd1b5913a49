import { setImmediate as nextTurn } from 'node:timers/promises';
import { type Handler, Parser } from 'htmlparser2';
import { FormatMismatchError } from './page.ts';

/** Deepest nesting of tags. Listings need about ten levels; the parser's time grows with the product of tags and levels. */
export const MAX_TAG_DEPTH = 256;

/** Characters that are parsed before other work (a signal, a timer) gets its turn. */
const CHARACTERS_PER_TURN = 128 * 1024;

type Handlers = Pick<Partial<Handler>, 'onopentagname' | 'onopentag' | 'ontext' | 'onclosetag'>;

/**
 * Parses a page in HTML or XML from a server that is not trusted: in time that grows with its length alone, and without keeping
 * the process from handling a signal.
 *
 * @throws FormatMismatch for tags nested too deep, and whatever a handler throws.
 */
export async function parseMarkup(
  text: string,
  format: 'html' | 'xml',
  handlers: Handlers,
): Promise<void> {
  let depth = 0;
  const parser = new Parser(
    {
      ...handlers,
      onopentagname(name) {
        depth += 1;
        if (depth > MAX_TAG_DEPTH) {
          throw new FormatMismatchError(`tags that are nested more than ${MAX_TAG_DEPTH} deep`);
        }
        handlers.onopentagname?.(name);
      },
      onclosetag(name, isImplied) {
        depth -= 1;
        handlers.onclosetag?.(name, isImplied);
      },
    },
    { xmlMode: format === 'xml', decodeEntities: true },
  );
  for (let at = 0; at < text.length; at += CHARACTERS_PER_TURN) {
    if (at > 0) await nextTurn();
    parser.write(text.slice(at, at + CHARACTERS_PER_TURN));
  }
  parser.end();
}
