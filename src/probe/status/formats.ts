import { ValiError } from 'valibot';
import { parseMirrorz } from './mirrorz.ts';
import type { StatusEntry } from './status-entry.ts';
import { parseTunasync } from './tunasync.ts';
import { parseYuki } from './yuki.ts';

const PARSERS: readonly ((json: unknown) => StatusEntry[])[] = [
  parseTunasync,
  parseMirrorz,
  parseYuki,
];

/** Reads a status of any known form; undefined for what is none (a web page, other JSON). */
export function parseSiteStatus(text: string): StatusEntry[] | undefined {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
  for (const parse of PARSERS) {
    try {
      return parse(json);
    } catch (error) {
      if (!(error instanceof ValiError)) throw error;
    }
  }
  return undefined;
}
