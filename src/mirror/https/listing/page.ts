/** A file as one page of a listing names it; nothing in it is checked yet. */
export interface PageEntry {
  /** A whole key of the bucket, or a name in the folder that was asked for: the format decides. */
  name: string;
  /** Bytes; undefined when the format rounds or leaves it out. */
  size: number | undefined;
  /** Whole seconds since the epoch; undefined when the format leaves it out. */
  mtime: number | undefined;
  /** Lower-case hexadecimal. */
  md5?: string;
  /** CRC32C (Castagnoli), lower-case hexadecimal, big-endian; of every object of Google's, also where md5 is missing. */
  crc32c?: string;
  /** Where the file is, if its address does not follow from its name: a link with a query. */
  url?: string;
  /** What the page says of the file, as written: the same text means that nothing visible changed. */
  text?: string;
}

/** Where the next page begins: a query parameter of the request and its value. */
export interface NextPage {
  parameter: 'pageToken' | 'continuation-token' | 'marker';
  value: string;
}

export interface ListingPage {
  files: PageEntry[];
  /** Names or key prefixes of folders, with or without a slash at the end. */
  folders: string[];
  next: NextPage | undefined;
}

/** Why a body is not a page of the format: for an error message. */
export class FormatMismatchError extends Error {}

/** Digests are base64 in Google's listings. Undefined when there is none or it has not the length it must have. */
export function base64ToHex(value: string | undefined, bytes: number): string | undefined {
  if (value === undefined) return undefined;
  const decoded = Buffer.from(value, 'base64');
  return decoded.length === bytes ? decoded.toString('hex') : undefined;
}

/** A time in any form that `Date` reads, as whole seconds; undefined for the epoch, which stands for "unknown". */
export function parseTimeSeconds(time: string | undefined): number | undefined {
  const milliseconds = time === undefined ? Number.NaN : Date.parse(time);
  const seconds = Math.floor(milliseconds / 1000);
  return seconds > 0 ? seconds : undefined;
}

/** A size in decimal digits, or a number. */
export function parseSizeBytes(size: unknown): number | undefined {
  const value = typeof size === 'string' && /^\d{1,16}$/.test(size) ? Number(size) : size;
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 ? value : undefined;
}
