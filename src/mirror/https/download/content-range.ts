export interface ContentRange {
  /** First byte, counted from 0. */
  start: number;
  /** The byte after the last. */
  end: number;
  /** Bytes of the whole file; undefined for `*`. */
  total: number | undefined;
}

/** `bytes 0-499/1234`, https://www.rfc-editor.org/rfc/rfc9110#name-content-range; undefined for anything else. */
export function parseContentRange(value: string | undefined): ContentRange | undefined {
  const match = /^bytes (\d{1,15})-(\d{1,15})\/(?:(\d{1,15})|\*)$/i.exec(value?.trim() ?? '');
  if (match === null) return undefined;
  const range = {
    start: Number(match[1]),
    end: Number(match[2]) + 1,
    total: match[3] === undefined ? undefined : Number(match[3]),
  };
  const sound = range.start < range.end && (range.total === undefined || range.end <= range.total);
  return sound ? range : undefined;
}
