import { sanitizeLines } from '../../platform/text/sanitize-lines.ts';
import { formatAge, formatDay, formatTime } from './age.ts';
import type {
  Freshness,
  LocalRsync,
  MirrorProbe,
  NameList,
  ProbeReport,
  RoundTrip,
} from './report.ts';
import { isUsableMirror } from './report.ts';

export interface ProbeRenderOptions {
  /** Whether colours are used. */
  colour: 'colour' | 'plain';
}

const WIDTH = 96;
const TAG_WIDTH = 10;
const LABEL_WIDTH = 12;
const MAX_SHOWN_NAMES = 12;
const MAX_QUOTE_LENGTH = 300;

type Tag = readonly [word: 'usable' | 'stale' | 'answers' | 'unusable', code: 32 | 33 | 31];

/** The report as lines for a terminal of 96 columns or more. Names of others cannot move the cursor in it. */
export function renderProbeReport(report: ProbeReport, { colour }: ProbeRenderOptions): string[] {
  const paint = (code: number, text: string) =>
    colour === 'colour' ? `\x1b[${code}m${text}\x1b[0m` : text;
  const lines: string[] = [];
  for (const mirror of report.mirrors) {
    const [word, code] = chooseTag(mirror);
    lines.push(paint(code, word.padEnd(TAG_WIDTH)) + sanitizeLines(mirror.url));
    for (const line of describeMirror(mirror, report)) lines.push(' '.repeat(TAG_WIDTH) + line);
    lines.push('');
  }
  if (report.rsync !== undefined) lines.push(...renderLocalRsync(report.rsync), '');
  return [...lines, summarizeReport(report)];
}

function chooseTag(mirror: MirrorProbe): Tag {
  if (mirror.verdict === 'unusable') return ['unusable', 31];
  const { state } = mirror.freshness;
  if (['stale', 'never', 'not-carried'].includes(state)) return ['stale', 33];
  return mirror.verdict === 'usable' ? ['usable', 32] : ['answers', 33];
}

function describeMirror(mirror: MirrorProbe, report: ProbeReport): string[] {
  const { problem, server, modules, content, notes } = mirror;
  const lines: string[] = [];
  const add = (label: string, text: string | undefined) => {
    if (text === undefined) return;
    const wrapped = wrapText(sanitizeLines(text), WIDTH - TAG_WIDTH - LABEL_WIDTH);
    for (const [index, line] of wrapped.entries()) {
      lines.push((index === 0 ? label : '').padEnd(LABEL_WIDTH) + line);
    }
  };
  if (problem !== undefined) {
    lines.push(...wrapText(sanitizeLines(problem.message), WIDTH - TAG_WIDTH));
    add('found', problem.found?.slice(0, MAX_QUOTE_LENGTH));
    add('next', problem.hint);
  }
  add('server', server);
  add(
    'round trip',
    mirror.roundTrips.length === 0 ? undefined : formatRoundTrips(mirror.roundTrips),
  );
  if (problem?.reason !== 'module-unknown')
    add('offers', modules === undefined ? undefined : formatNames(modules));
  add('has', content === undefined || content.total === 0 ? undefined : formatNames(content));
  if (mirror.verdict === 'usable' || mirror.freshness.state !== 'unknown') {
    add('freshness', formatFreshness(mirror.freshness, report.at));
  }
  for (const note of notes) add('note', note);
  return lines;
}

function formatRoundTrips(roundTrips: readonly RoundTrip[]): string {
  const UNTIL = {
    connect: 'to connect',
    greeting: 'more to the greeting',
    answer: 'to the answer',
  };
  const counts = new Set(roundTrips.map(({ samples }) => samples.length));
  const parts = roundTrips.map(({ of, median, samples }) => {
    const own = counts.size > 1 ? formatSampleCount(samples.length) : '';
    return `${formatMilliseconds(median)} ${UNTIL[of]}${own}`;
  });
  const [count = 1] = counts;
  return parts.join(', ') + (counts.size > 1 ? '' : formatSampleCount(count));
}

function formatSampleCount(samples: number): string {
  return samples > 1 ? ` (median of ${samples})` : '';
}

function formatMilliseconds(time: number): string {
  return `${time < 10 ? time.toFixed(1) : Math.round(time)} ms`;
}

function formatNames({ names, total }: NameList): string {
  if (total === 0) return 'nothing by name';
  const shown = names.slice(0, MAX_SHOWN_NAMES);
  return shown.join(', ') + (total > shown.length ? ` and ${total - shown.length} more` : '');
}

function formatFreshness(freshness: Freshness, now: number): string {
  const { state, lastSync, status, source, newestFile } = freshness;
  const from = source === undefined ? '' : ` (${source})`;
  const doing =
    status === undefined || ['success', 'never'].includes(status) ? '' : `; now ${status}`;
  const when = (time: number) => `${formatTime(time, now)}, ${formatAge(time, now)}`;
  const day = (time: number) => `${formatDay(time)}, ${formatAge(time, now)}`;
  const newest = newestFile === undefined ? '' : `newest file seen: ${day(newestFile)}`;
  switch (state) {
    case 'fresh':
      return `last synced ${when(lastSync ?? now)}${doing}${from}`;
    case 'stale':
      return `last synced ${when(lastSync ?? 0)}: stale${doing}${from}`;
    case 'never':
      return `never synced yet${doing}${from}`;
    case 'not-carried':
      return `the site’s status does not name it: nobody keeps it up to date${from}${newest === '' ? '' : `; ${newest}`}`;
    case 'unknown':
      return newest === '' ? `not told by the mirror${doing}` : `not told by the mirror; ${newest}`;
  }
}

function renderLocalRsync({ path, version, protocol, problem, holes }: LocalRsync): string[] {
  const protocolText = protocol === undefined ? '' : `, protocol ${protocol}`;
  const what = version === undefined ? 'rsync here' : `rsync ${version} here${protocolText}`;
  const where = path === undefined ? '' : ` (${path})`;
  const lines: string[] = [];
  if (problem !== undefined)
    lines.push(...wrapText(sanitizeLines(`${what}${where}: ${problem}`), WIDTH));
  else if (holes.length === 0)
    return [`${what}${sanitizeLines(where)}: no hole is known that a mirror could use.`];
  else lines.push(`${what}${sanitizeLines(where)}`);
  if (holes.length > 0) {
    lines.push(
      '  By its number a hostile mirror can use these, unless your distribution patched them:',
    );
    for (const { cve, fixedIn, what: harm } of holes) {
      lines.push(`    ${cve.padEnd(16)}${harm} (before ${fixedIn})`);
    }
  }
  return lines;
}

function summarizeReport({ mirrors, staleAfterDays }: ProbeReport): string {
  const usable = mirrors.filter(isUsableMirror);
  const [only] = mirrors;
  if (mirrors.length === 1 && only !== undefined) {
    return usable.length === 1 ? 'The mirror can be used.' : 'The mirror cannot be used.';
  }
  if (usable.length === 0) return `None of the ${mirrors.length} mirrors can be used.`;
  const stale = usable.filter((mirror) => chooseTag(mirror)[0] === 'stale').length;
  const old = stale === 0 ? '' : `, ${stale} of them stale (older than ${staleAfterDays} days)`;
  return `${usable.length} of ${mirrors.length} mirrors can be used${old}.`;
}

/** Breaks at spaces; a word longer than the line stays whole, so that it can be copied. */
function wrapText(text: string, width: number): string[] {
  const lines: string[] = [];
  for (const paragraph of text.split('\n')) {
    let line = '';
    for (const word of paragraph.split(' ')) {
      if (line !== '' && line.length + 1 + word.length > width) {
        lines.push(line);
        line = word;
      } else {
        line = line === '' ? word : `${line} ${word}`;
      }
    }
    lines.push(line);
  }
  return lines;
}
