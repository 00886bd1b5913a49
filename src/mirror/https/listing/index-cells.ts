/**
 * The forms in which servers write a time into a folder's page, all read as UTC:
 * nginx `05-Jan-2022 05:45`, Apache `2022-01-05 05:45`, fancyindex `2022-Jan-05 05:45`, and the form with seconds and zone
 * that some sites set (`05 Jan 2022 05:45:10 +0000`).
 */
const DAY_FIRST =
  /\b(\d{1,2})[- ]([A-Z][a-z]{2})[- ](\d{4}) (\d\d):(\d\d)(?::(\d\d))?(?: ([+-]\d{4}))?/;
const YEAR_FIRST =
  /\b(\d{4})-(\d\d|[A-Z][a-z]{2})-(\d\d) (\d\d):(\d\d)(?::(\d\d))?(?: ([+-]\d{4}))?/;

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** Seconds since the epoch, undefined when the text holds no time, or the epoch in place of one. */
export function parseIndexTime(text: string): number | undefined {
  const dayFirst = DAY_FIRST.exec(text);
  const yearFirst = dayFirst === null ? YEAR_FIRST.exec(text) : null;
  const match = dayFirst ?? yearFirst;
  if (match === null) return undefined;
  const [year, month, day] =
    dayFirst === null ? [match[1], match[2], match[3]] : [match[3], match[2], match[1]];
  const [hours = '', minutes = '', seconds = '0', zone = '+0000'] = match.slice(4);
  const named = MONTHS.indexOf(month ?? '');
  const monthIndex = named === -1 ? Number(month) - 1 : named;
  const time = Date.UTC(
    Number(year),
    monthIndex,
    Number(day),
    Number(hours),
    Number(minutes),
    Number(seconds),
  );
  const offset = Number(zone.slice(1, 3)) * 60 + Number(zone.slice(3));
  const result = time / 1000 - (zone.startsWith('-') ? -offset : offset) * 60;
  return result > 0 ? result : undefined;
}

/**
 * The size in the text after a file's name, in bytes, when the server wrote all its digits (nginx by default; small files
 * with every server). What follows (Apache’s description) stands apart by two spaces. Undefined when it is rounded (`1.2K`, `21.5 MiB`) or not there.
 */
export function parseIndexSize(text: string): number | undefined {
  const rest = text.replace(DAY_FIRST, ' ').replace(YEAR_FIRST, ' ').trim();
  const digits = /^(\d{1,15})(?: ?B)?(?:\s\s|$)/.exec(rest)?.[1];
  return digits === undefined ? undefined : Number(digits);
}
