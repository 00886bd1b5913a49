const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const YEAR = 365.25 * DAY;

const STEPS: readonly (readonly [seconds: number, noun: string])[] = [
  [YEAR, 'year'],
  [YEAR / 12, 'month'],
  [DAY, 'day'],
  [HOUR, 'hour'],
  [MINUTE, 'minute'],
];

/** How long ago a time was, in the largest unit that fits: `8 years ago`. Both in seconds since the epoch. */
export function formatAge(time: number, now: number): string {
  const age = now - time;
  if (age < -5 * MINUTE) return 'ahead of this machine’s clock';
  for (const [seconds, noun] of STEPS) {
    const count = Math.floor(age / seconds);
    // Days tell more than one month, hours more than one day.
    if (count >= (noun === 'year' || noun === 'minute' ? 1 : 2)) {
      return `${count} ${noun}${count === 1 ? '' : 's'} ago`;
    }
  }
  return 'just now';
}

/** A time in UTC: with the minute when it is of the last month, else the day alone. */
export function formatTime(time: number, now: number): string {
  return now - time < 31 * DAY
    ? `${formatIsoTime(time).slice(0, 16).replace('T', ' ')} UTC`
    : formatDay(time);
}

/** `2018-01-13`, in UTC. */
export function formatDay(time: number): string {
  return formatIsoTime(time).replace(/T.*/, '');
}

function formatIsoTime(time: number): string {
  const date = new Date(time * 1000);
  return Number.isNaN(date.getTime()) ? 'no date' : date.toISOString();
}
