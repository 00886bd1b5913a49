export const id = 378;
export const ids = [378];
export const modules = {

/***/ 7378:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  runProbeCommand: () => (/* binding */ runProbeCommand)
});

// EXTERNAL MODULE: ./build/error.js
var build_error = __webpack_require__(5602);
// EXTERNAL MODULE: ./build/inputs/table.js
var table = __webpack_require__(9140);
// EXTERNAL MODULE: ./build/inputs/values.js
var values = __webpack_require__(3368);
;// CONCATENATED MODULE: ./build/probe/json.js
/** The report as JSON text, ending in a newline. What is not known is `null`, so that every key is always there. */
function serializeProbe(report) {
    const text = JSON.stringify(report, (_key, value) => (value === undefined ? null : value), 2);
    return `${text}\n`;
}

// EXTERNAL MODULE: ./build/mirror/https/parallel.js
var parallel = __webpack_require__(3145);
// EXTERNAL MODULE: ./build/probe/context.js
var probe_context = __webpack_require__(1998);
// EXTERNAL MODULE: ./build/mirror/rsync/environment.js
var rsync_environment = __webpack_require__(3997);
// EXTERNAL MODULE: ./build/mirror/rsync/version.js
var rsync_version = __webpack_require__(6268);
// EXTERNAL MODULE: ./build/process/program.js
var program = __webpack_require__(2962);
// EXTERNAL MODULE: ./build/process/run.js + 1 modules
var run = __webpack_require__(5501);
;// CONCATENATED MODULE: ./build/probe/client-holes.js
/**
 * Faults of rsync by which a hostile daemon can harm a client that pulls as tfcache does (no -z, -X, -H, -A). Faults of the
 * daemon, and those that need a local attacker, are left out. From rsync's NEWS.md and its security page
 * (https://rsync.samba.org/security.html). Oldest first.
 */
const HOLES = [
    {
        cve: 'CVE-2022-29154',
        fixedIn: '3.2.5',
        what: 'a mirror writes files that were not asked for',
    },
    { cve: 'CVE-2024-12086', fixedIn: '3.4.0', what: 'a mirror reads files of this machine' },
    { cve: 'CVE-2024-12087', fixedIn: '3.4.0', what: 'a mirror writes outside of the destination' },
    { cve: 'CVE-2024-12088', fixedIn: '3.4.0', what: 'links lead out although --safe-links is set' },
    { cve: 'CVE-2026-43620', fixedIn: '3.4.3', what: 'a mirror makes rsync crash' },
    { cve: 'CVE-2026-45232', fixedIn: '3.4.3', what: 'a proxy writes beyond a buffer (RSYNC_PROXY)' },
    { cve: 'CVE-2026-53789', fixedIn: '3.5.0', what: 'a mirror makes --delete remove more' },
    { cve: 'CVE-2026-70458', fixedIn: '3.5.0', what: 'a mirror writes beyond a buffer' },
    { cve: 'CVE-2026-70462', fixedIn: '3.5.0', what: 'a mirror turns --timeout off' },
];
/** What is known to be wrong with a version, going by its number: `3.2.7`. */
function clientHoles(version) {
    return HOLES.filter(({ fixedIn }) => isOlder(version, fixedIn));
}
function isOlder(version, than) {
    const [left, right] = [version, than].map((text) => text.split('.').map(Number));
    for (let at = 0; at < 3; at += 1) {
        const difference = (left?.[at] ?? 0) - (right?.[at] ?? 0);
        if (difference !== 0)
            return difference < 0;
    }
    return false;
}

;// CONCATENATED MODULE: ./build/probe/local-rsync.js






const LIMIT_MILLISECONDS = 5_000;
/** Looks at the rsync program of this machine. A missing one is told, never installed. */
async function findLocalRsync(rsyncPath, environment) {
    const path = await (0,program/* findProgram */.K)(rsyncPath, environment);
    const absent = { version: undefined, protocol: undefined, holes: [] };
    if (path === undefined) {
        return {
            ...absent,
            path,
            problem: `there is no program ${rsyncPath}: install rsync 3.5.0 or later, or name an https:// mirror`,
        };
    }
    try {
        const { stdout, stderr } = await (0,run.runProgram)(path, ['-VV'], {
            environment: (0,rsync_environment/* rsyncEnvironment */.B)(environment, undefined),
            timeLimit: LIMIT_MILLISECONDS,
        });
        return { path, ...judgeLocalRsync(path, `${stdout}\n${stderr}`) };
    }
    catch (error) {
        return {
            ...absent,
            path,
            problem: error instanceof build_error/* TfcacheError */.TM ? error.message : String(error),
        };
    }
}
/** What `rsync -VV` printed (JSON; text by older ones and by openrsync) says of the program. */
function judgeLocalRsync(path, printed) {
    const version = /(?:"version": *"|\brsync +version +v?)(\d+\.\d+(?:\.\d+)?)/.exec(printed)?.[1];
    const protocol = /"?protocol"?(?: version|:) *"?(\d+(?:\.\d+)?)/.exec(printed)?.[1];
    const holes = version === undefined ? [] : clientHoles(version);
    try {
        (0,rsync_version/* judgeVersion */.uM)(path, printed);
        return { version, protocol, problem: undefined, holes };
    }
    catch (error) {
        if (!(error instanceof build_error/* TfcacheError */.TM))
            throw error;
        return { version, protocol, problem: error.message, holes };
    }
}

// EXTERNAL MODULE: ./build/probe/problem.js
var problem = __webpack_require__(1506);
;// CONCATENATED MODULE: ./build/probe/rsync-proxy.js

/** The form of RSYNC_PROXY in rsync(1): `host:port`, without a scheme. */
const FORM = /^(\[[0-9a-f:.]+\]|[a-z0-9][a-z0-9._-]*):(\d{1,5})$/i;
/**
 * The HTTP proxy for rsync: what the user gave, else RSYNC_PROXY when it is well-formed.
 *
 * @throws TfcacheError `usage` for a proxy that the user gave and that is none.
 */
function parseRsyncProxy(given, environment) {
    const written = given ?? environment['RSYNC_PROXY'];
    if (written === undefined || written === '')
        return undefined;
    const match = FORM.exec(written);
    if (match !== null)
        return { host: (match[1] ?? '').replace(/^\[|\]$/g, ''), port: Number(match[2]) };
    if (given === undefined)
        return undefined;
    throw new build_error/* TfcacheError */.TM('usage', 'The proxy cannot be used.', {
        where: 'input proxy',
        expected: 'host:port, without http:// and without a password',
        found: JSON.stringify(written.replace(/^.*@/, '…@')),
        hint: 'Write it as rsync takes it: proxy.example:3128',
    });
}

;// CONCATENATED MODULE: ./build/probe/probe.js





const STALE_AFTER_DAYS = 7;
const TIME_LIMIT = 10_000;
/** Hosts asked at the same time; each of them by one connection. */
const HOSTS_AT_ONCE = 4;
/**
 * Looks at mirrors: whether they answer, what they have, how fresh they are, how far away they are. Reads only; whatever goes
 * wrong with a mirror is data. One connection at a time to a host.
 *
 * @throws TfcacheError `usage` for a proxy that is none; the reason of `signal` when it is aborted.
 */
async function probe(options) {
    const { targets, environment, staleAfterDays = STALE_AFTER_DAYS, now = Date.now() } = options;
    const needsRsync = targets.some(({ transport }) => transport === 'rsync' || transport === 'ssh');
    const rsync = needsRsync ? await findLocalRsync(options.rsyncPath, environment) : undefined;
    const proxy = parseRsyncProxy(options.proxy, environment);
    const at = Math.floor(now / 1000);
    const found = new Map();
    await (0,parallel/* mapParallel */.E)(byHost(targets), HOSTS_AT_ONCE, options.signal, async (group) => {
        for (const target of group) {
            options.signal?.throwIfAborted();
            options.onBegin?.(target);
            const shared = { environment, rsync, rsyncPassword: options.rsyncPassword, proxy };
            found.set(target, await probeOne(target, { ...shared, limit: { now: at, staleAfterDays } }, options));
        }
    });
    options.signal?.throwIfAborted();
    const mirrors = targets.flatMap((target) => found.get(target) ?? []);
    return { format: 'tfcache-probe/1', at, staleAfterDays, rsync, mirrors };
}
/** One mirror within its time; what takes longer is told as such. */
async function probeOne(target, shared, { timeLimit = TIME_LIMIT, signal }) {
    const until = performance.now() + timeLimit;
    const stop = new AbortController();
    const timer = setTimeout(() => stop.abort((0,problem/* outOfTime */.p3)()), timeLimit);
    const both = signal === undefined ? stop.signal : AbortSignal.any([signal, stop.signal]);
    const context = {
        ...shared,
        signal: both,
        timeLeft: () => Math.max(0, until - performance.now()),
    };
    try {
        const result = await probeByTransport(target, context);
        return stop.signal.aborted ? cutShort(result, timeLimit) : result;
    }
    catch (error) {
        return { ...(0,probe_context/* blank */.hQ)(target), verdict: 'unusable', problem: (0,problem/* problemOf */.Zw)(error) };
    }
    finally {
        clearTimeout(timer);
    }
}
/** What the end of the time means: a mirror that had answered was only slow to list; of another nothing is known. */
function cutShort(result, timeLimit) {
    // What the transports say when they are cut off; any other problem was found before that.
    const isCut = result.problem?.kind === 'failed' || result.problem?.kind === 'time';
    if (!isCut)
        return result;
    if (result.server === undefined)
        return { ...result, problem: (0,problem/* outOfTime */.p3)().problem };
    const note = `It answers, but what is in it was not listed within ${timeLimit / 1000} seconds.`;
    return { ...result, verdict: 'reachable', problem: undefined, notes: [...result.notes, note] };
}
/** Each transport is loaded when a mirror has it. */
async function probeByTransport(target, context) {
    switch (target.transport) {
        case 'rsync':
            return (await Promise.all(/* import() */[__webpack_require__.e(446), __webpack_require__.e(574), __webpack_require__.e(612), __webpack_require__.e(226)]).then(__webpack_require__.bind(__webpack_require__, 2231))).probeRsyncMirror(target, context);
        case 'ssh':
            return (await __webpack_require__.e(/* import() */ 463).then(__webpack_require__.bind(__webpack_require__, 2463))).probeSshMirror(target, context);
        case 'https':
            return (await Promise.all(/* import() */[__webpack_require__.e(446), __webpack_require__.e(574), __webpack_require__.e(657)]).then(__webpack_require__.bind(__webpack_require__, 6657))).probeHttpsMirror(target, context);
        case 'file':
            return (await Promise.all(/* import() */[__webpack_require__.e(446), __webpack_require__.e(574), __webpack_require__.e(169), __webpack_require__.e(715)]).then(__webpack_require__.bind(__webpack_require__, 9715))).probeFileMirror(target, context);
    }
}
function byHost(targets) {
    return [...Map.groupBy(targets, hostOf).values()];
}
function hostOf(target) {
    switch (target.transport) {
        case 'rsync':
            return target.place.host.toLowerCase();
        case 'ssh':
            return target.host.toLowerCase();
        case 'https':
            return target.root.hostname.replace(/^\[|\]$/g, '');
        case 'file':
            return '';
    }
}

// EXTERNAL MODULE: ./build/safe-lines.js
var safe_lines = __webpack_require__(269);
;// CONCATENATED MODULE: ./build/probe/age.js
const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const YEAR = 365.25 * DAY;
const STEPS = [
    [YEAR, 'year'],
    [YEAR / 12, 'month'],
    [DAY, 'day'],
    [HOUR, 'hour'],
    [MINUTE, 'minute'],
];
/** How long ago a time was, in the largest unit that fits: `8 years ago`. Both in seconds since the epoch. */
function formatAge(time, now) {
    const age = now - time;
    if (age < -5 * MINUTE)
        return 'ahead of this machine’s clock';
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
function formatTime(time, now) {
    return now - time < 31 * DAY
        ? `${isoTime(time).slice(0, 16).replace('T', ' ')} UTC`
        : formatDay(time);
}
/** `2018-01-13`, in UTC. */
function formatDay(time) {
    return isoTime(time).replace(/T.*/, '');
}
function isoTime(time) {
    const date = new Date(time * 1000);
    return Number.isNaN(date.getTime()) ? 'no date' : date.toISOString();
}

;// CONCATENATED MODULE: ./build/probe/report.js
/** True for a mirror that a pull can try. */
function canBeUsed({ verdict }) {
    return verdict !== 'unusable';
}

;// CONCATENATED MODULE: ./build/probe/render.js



const WIDTH = 96;
const TAG_WIDTH = 10;
const LABEL_WIDTH = 12;
const MOST_SHOWN = 12;
const LONGEST_QUOTE = 300;
/** The report as lines for a terminal of 96 columns or more. Names of others cannot move the cursor in it. */
function renderProbe(report, { colour }) {
    const paint = (code, text) => colour === 'colour' ? `\x1b[${code}m${text}\x1b[0m` : text;
    const lines = [];
    for (const mirror of report.mirrors) {
        const [word, code] = tagOf(mirror);
        lines.push(paint(code, word.padEnd(TAG_WIDTH)) + (0,safe_lines/* safeLines */.B)(mirror.url));
        for (const line of describe(mirror, report))
            lines.push(' '.repeat(TAG_WIDTH) + line);
        lines.push('');
    }
    if (report.rsync !== undefined)
        lines.push(...renderLocalRsync(report.rsync), '');
    return [...lines, summary(report)];
}
function tagOf(mirror) {
    if (mirror.verdict === 'unusable')
        return ['unusable', 31];
    const { state } = mirror.freshness;
    if (['stale', 'never', 'not-carried'].includes(state))
        return ['stale', 33];
    return mirror.verdict === 'usable' ? ['usable', 32] : ['answers', 33];
}
function describe(mirror, report) {
    const { problem, server, modules, content, notes } = mirror;
    const lines = [];
    const add = (label, text) => {
        if (text === undefined)
            return;
        const wrapped = wrap((0,safe_lines/* safeLines */.B)(text), WIDTH - TAG_WIDTH - LABEL_WIDTH);
        for (const [index, line] of wrapped.entries()) {
            lines.push((index === 0 ? label : '').padEnd(LABEL_WIDTH) + line);
        }
    };
    if (problem !== undefined) {
        lines.push(...wrap((0,safe_lines/* safeLines */.B)(problem.message), WIDTH - TAG_WIDTH));
        add('found', problem.found?.slice(0, LONGEST_QUOTE));
        add('next', problem.hint);
    }
    add('server', server);
    add('round trip', mirror.roundTrips.length === 0 ? undefined : times(mirror.roundTrips));
    if (problem?.kind !== 'unknown-module')
        add('offers', modules === undefined ? undefined : list(modules));
    add('has', content === undefined || content.total === 0 ? undefined : list(content));
    if (mirror.verdict === 'usable' || mirror.freshness.state !== 'unknown') {
        add('freshness', freshnessText(mirror.freshness, report.at));
    }
    for (const note of notes)
        add('note', note);
    return lines;
}
function times(roundTrips) {
    const UNTIL = {
        connect: 'to connect',
        greeting: 'more to the greeting',
        answer: 'to the answer',
    };
    const counts = new Set(roundTrips.map(({ samples }) => samples.length));
    const parts = roundTrips.map(({ of, median, samples }) => {
        const own = counts.size > 1 ? medianOf(samples.length) : '';
        return `${milliseconds(median)} ${UNTIL[of]}${own}`;
    });
    const [count = 1] = counts;
    return parts.join(', ') + (counts.size > 1 ? '' : medianOf(count));
}
function medianOf(samples) {
    return samples > 1 ? ` (median of ${samples})` : '';
}
function milliseconds(time) {
    return `${time < 10 ? time.toFixed(1) : Math.round(time)} ms`;
}
function list({ names, total }) {
    if (total === 0)
        return 'nothing by name';
    const shown = names.slice(0, MOST_SHOWN);
    return shown.join(', ') + (total > shown.length ? ` and ${total - shown.length} more` : '');
}
function freshnessText(freshness, now) {
    const { state, lastSync, status, source, newestFile } = freshness;
    const from = source === undefined ? '' : ` (${source})`;
    const doing = status === undefined || ['success', 'never'].includes(status) ? '' : `; now ${status}`;
    const when = (time) => `${formatTime(time, now)}, ${formatAge(time, now)}`;
    const day = (time) => `${formatDay(time)}, ${formatAge(time, now)}`;
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
function renderLocalRsync({ path, version, protocol, problem, holes }) {
    const protocolText = protocol === undefined ? '' : `, protocol ${protocol}`;
    const what = version === undefined ? 'rsync here' : `rsync ${version} here${protocolText}`;
    const where = path === undefined ? '' : ` (${path})`;
    const lines = [];
    if (problem !== undefined)
        lines.push(...wrap((0,safe_lines/* safeLines */.B)(`${what}${where}: ${problem}`), WIDTH));
    else if (holes.length === 0)
        return [`${what}${(0,safe_lines/* safeLines */.B)(where)}: no hole is known that a mirror could use.`];
    else
        lines.push(`${what}${(0,safe_lines/* safeLines */.B)(where)}`);
    if (holes.length > 0) {
        lines.push('  By its number a hostile mirror can use these, unless your distribution patched them:');
        for (const { cve, fixedIn, what: harm } of holes) {
            lines.push(`    ${cve.padEnd(16)}${harm} (before ${fixedIn})`);
        }
    }
    return lines;
}
function summary({ mirrors, staleAfterDays }) {
    const usable = mirrors.filter(canBeUsed);
    const [only] = mirrors;
    if (mirrors.length === 1 && only !== undefined) {
        return usable.length === 1 ? 'The mirror can be used.' : 'The mirror cannot be used.';
    }
    if (usable.length === 0)
        return `None of the ${mirrors.length} mirrors can be used.`;
    const stale = usable.filter((mirror) => tagOf(mirror)[0] === 'stale').length;
    const old = stale === 0 ? '' : `, ${stale} of them stale (older than ${staleAfterDays} days)`;
    return `${usable.length} of ${mirrors.length} mirrors can be used${old}.`;
}
/** Breaks at spaces; a word longer than the line stays whole, so that it can be copied. */
function wrap(text, width) {
    const lines = [];
    for (const paragraph of text.split('\n')) {
        let line = '';
        for (const word of paragraph.split(' ')) {
            if (line !== '' && line.length + 1 + word.length > width) {
                lines.push(line);
                line = word;
            }
            else {
                line = line === '' ? word : `${line} ${word}`;
            }
        }
        lines.push(line);
    }
    return lines;
}

// EXTERNAL MODULE: ./build/mirror/https/location.js
var https_location = __webpack_require__(7301);
// EXTERNAL MODULE: ./build/mirror/rsync/url.js
var rsync_url = __webpack_require__(6369);
// EXTERNAL MODULE: ./build/request/bucket.js
var bucket = __webpack_require__(9414);
;// CONCATENATED MODULE: ./build/probe/target.js




const FORMS = 'rsync://host/module/, ssh://user@host/path/, https://host/folder/ or file:///folder/';
/**
 * Reads mirrors as the input `mirrors` has them, one a line: `URL` or `BUCKET=URL`, blank lines and `#` comments skipped,
 * `{bucket}` standing for the bucket (`tensorflow` unless one is named). Beyond that, `rsync://host/` asks a daemon for what
 * it offers.
 *
 * @throws TfcacheError `usage` that names the line.
 */
function parseTargets(lines) {
    return (lines
        .flatMap((line) => line.split('\n'))
        .map((line) => line.trim())
        .filter((line) => line !== '' && !line.startsWith('#'))
        // The index of pip's own configuration has no folders to look at.
        .filter((line) => line !== `${bucket/* INDEX_BUCKET */.OT}=${bucket/* PIPS_OWN_INDEX */.zW}`)
        .map(parseTarget));
}
function parseTarget(line) {
    const match = /^(?:([a-z0-9][a-z0-9._-]{1,221}[a-z0-9])=)?([^=]*:\/\/.*|[^=]*)$/s.exec(line);
    const bucket = match?.[1] ?? 'tensorflow';
    const url = (match?.[2] ?? '').replaceAll('{bucket}', bucket);
    const scheme = /^([a-z][a-z0-9+.-]*):\/\//i.exec(url)?.[1]?.toLowerCase();
    const shown = withoutUser(url);
    if (/[\s\p{Cc}]/u.test(url))
        throw unreadable(line, 'it holds white space or control characters');
    if (scheme === 'rsync' || (scheme === undefined && /^[^/]+::/.test(url))) {
        return { ...rsyncTarget(url), shown, bucket };
    }
    if (scheme === 'ssh')
        return { ...sshTarget(url, line), shown, bucket };
    if (scheme === 'https' || scheme === 'http') {
        const { authorization, root } = (0,https_location/* parseLocation */.zS)(url);
        return { transport: 'https', url, root: root(bucket), authorization, shown, bucket };
    }
    if (scheme === 'file')
        return { transport: 'file', url, shown, bucket };
    throw unreadable(line, scheme === undefined ? 'it has no scheme' : `${scheme}:// is no transport`);
}
function rsyncTarget(url) {
    const transport = 'rsync';
    // A module is put in its place so that one parser judges user, host and port.
    if (/^rsync:\/\/[^/]*\/*$/i.test(url)) {
        const place = (0,rsync_url/* parseRsyncUrl */.Gb)(`${url.replace(/\/*$/, '')}/module/`);
        return { transport, url, place, named: 'host' };
    }
    return { transport, url, place: (0,rsync_url/* parseRsyncUrl */.Gb)(url), named: 'module' };
}
function sshTarget(url, line) {
    const parsed = URL.canParse(url) ? new URL(url) : undefined;
    const host = parsed?.hostname.replace(/^\[|\]$/g, '') ?? '';
    if (parsed === undefined || !/^[\w[:][\w.:%-]*$/.test(host)) {
        throw unreadable(line, 'its host is neither a name nor an address');
    }
    if (parsed.password !== '')
        throw unreadable(line, 'it holds a password');
    return { transport: 'ssh', url, host, port: Number(parsed.port || '22') };
}
function withoutUser(url) {
    // Up to the last @: a password may hold one, and in a line that cannot be read also a /.
    return url.includes('://') ? url.replace(/:\/\/[^/]*@/, '://') : url.replace(/^[^/@]*@/, '');
}
function unreadable(line, why) {
    return new build_error/* TfcacheError */.TM('usage', `This is not a mirror: ${why}.`, {
        where: line.replace(/:\/\/.*@/s, '://…@'),
        expected: `${FORMS}, BUCKET= in front of it for another bucket`,
        hint: 'Write the mirror as a URL: tfcache probe rsync://mirror.example/tensorflow/',
    });
}

// EXTERNAL MODULE: ./build/cli/options.js
var options = __webpack_require__(2315);
// EXTERNAL MODULE: ./build/cli/session.js + 5 modules
var session = __webpack_require__(5601);
;// CONCATENATED MODULE: ./build/cli/probe.js










/** Seconds for one mirror; a shorter `timeout` counts. */
const MOST_SECONDS = 10;
/** `tfcache probe`: looks at the mirrors named, else at those of the input. 0 when at least one can be used, else 5. */
async function runProbeCommand(line) {
    return (0,session/* inSession */.C)(line, async ({ surroundings }) => {
        const { inputs, environment } = line;
        if (inputs.offline !== undefined && inputs.offline !== 'false') {
            throw new build_error/* TfcacheError */.TM('usage', 'tfcache probe and --offline exclude each other.', {
                where: 'command line',
                hint: 'Leave out --offline: mirrors are looked at by asking them.',
            });
        }
        const targets = parseTargets(mirrorsOf(line));
        const seconds = inputs.timeout === undefined ? MOST_SECONDS : (0,values/* parseInteger */.cG)('timeout', inputs.timeout);
        const timeLimit = 1000 * Math.min(MOST_SECONDS, seconds);
        const report = await probe({
            targets,
            environment,
            rsyncPath: inputs['rsync-path'] ?? 'rsync',
            rsyncPassword: inputs['rsync-password'],
            proxy: inputs.proxy,
            timeLimit,
            signal: surroundings.signal,
            onBegin: ({ shown }) => surroundings.log.info(`Asking ${shown} (at most ${timeLimit / 1000} s) …`),
        });
        if (line.json)
            process.stdout.write(serializeProbe(report));
        else {
            const { isTTY } = process.stdout;
            const paint = isTTY === true && environment['TERM'] !== 'dumb' && !environment['NO_COLOR'];
            const lines = renderProbe(report, { colour: paint ? 'colour' : 'plain' });
            process.stdout.write(`${lines.join('\n')}\n`);
        }
        return report.mirrors.some(canBeUsed) ? 0 : build_error/* EXIT_CODES */.ai['no-mirror'];
    });
}
/** What stands on the command line; the variable counts only when nothing stands there. */
function mirrorsOf({ inputs, operands, environment }) {
    const fromVariable = inputs.mirrors === environment[(0,options/* variableOf */.Qn)('mirrors')];
    const option = operands.length > 0 && fromVariable ? '' : (inputs.mirrors ?? '');
    const written = [...operands, option].filter((text) => text.trim() !== '');
    return written.length === 0 ? [table/* DEFAULT_MIRROR */.ER] : written;
}


/***/ }),

/***/ 5601:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  C: () => (/* binding */ inSession),
  F: () => (/* binding */ withCliDefaults)
});

// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __webpack_require__(3024);
// EXTERNAL MODULE: external "node:os"
var external_node_os_ = __webpack_require__(8161);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
// EXTERNAL MODULE: ./build/error.js
var error = __webpack_require__(5602);
;// CONCATENATED MODULE: ./build/request/python.js



/**
 * The version (`3.11`) of the python that a step of the job would get: setup-python's (`pythonLocation`), else the first
 * `python3` or `python` on the PATH. Told by file names where they tell it, since starting python costs more than all
 * the rest of resolving; else python itself is asked.
 *
 * @throws TfcacheError `usage` when there is no CPython
 */
async function findPython(environment, platform, run) {
    const location = environment['pythonLocation'] ?? '';
    const told = toolCacheVersion(location);
    if (told !== undefined)
        return told;
    const problems = [];
    for (const program of candidates(location, environment, platform)) {
        const named = versionFromName(program);
        if (named !== undefined)
            return named;
        try {
            const answer = await run(program, ['-c', QUESTION]);
            const version = /^cpython (\d+\.\d+)\s*$/.exec(answer)?.[1];
            if (version !== undefined)
                return version;
            problems.push(`${program} is not CPython`);
        }
        catch (error) {
            problems.push(`${program}: ${error instanceof Error ? error.message : String(error)}`);
        }
    }
    throw new error/* TfcacheError */.TM('usage', 'A wheel was asked for, and no python was found on this machine.', {
        hint: 'Say what the wheel is for: add ?python=3.11 to the request, or set python up before this step.',
        ...(problems.length === 0 ? {} : { found: problems.join('; ') }),
    });
}
const QUESTION = 'import platform,sys;print(platform.python_implementation().lower(),"%d.%d"%sys.version_info[:2])';
/** `/opt/hostedtoolcache/Python/3.11.9/x64` (PyPy stands in a folder of its own name). */
function toolCacheVersion(location) {
    return /[\\/]Python[\\/](\d+\.\d+)\.\d+[^\\/]*(?:[\\/][^\\/]+)?[\\/]?$/.exec(location)?.[1];
}
/** Programs that may be python, best first, each where it is found first. */
function candidates(location, environment, platform) {
    const windows = platform === 'win32';
    const { join, delimiter, isAbsolute } = windows ? external_node_path_.win32 : external_node_path_.posix;
    const names = windows ? ['python3.exe', 'python.exe'] : ['python3', 'python'];
    const setUp = location === '' ? [] : [windows ? location : join(location, 'bin')];
    const searched = pathOf(environment, windows).split(delimiter).filter(isAbsolute);
    const found = [];
    for (const folders of [setUp, searched]) {
        for (const name of names) {
            const file = folders.map((folder) => join(folder, name)).find(isProgram);
            if (file !== undefined && !found.includes(file))
                found.push(file);
        }
    }
    return found;
}
/** Windows spells it `Path`, and does not care. */
function pathOf(environment, windows) {
    if (!windows)
        return environment['PATH'] ?? '';
    const key = Object.keys(environment).find((name) => name.toUpperCase() === 'PATH');
    return key === undefined ? '' : (environment[key] ?? '');
}
function isProgram(file) {
    try {
        (0,external_node_fs_.accessSync)(file, external_node_fs_.constants.X_OK);
        return (0,external_node_fs_.statSync)(file).isFile();
    }
    catch {
        // Not there, or not ours to run: the search goes on either way.
        return false;
    }
}
/** `python3` is most often a link to `python3.11`, in a virtual environment too. */
function versionFromName(program) {
    const name = external_node_path_.posix.basename((0,external_node_fs_.realpathSync)(program).replaceAll('\\', '/'));
    return /^python(\d+\.\d+)(?:\.exe)?$/.exec(name)?.[1];
}

;// CONCATENATED MODULE: ./build/request/machine.js



/** The machine this process runs on. Each answer is found once. */
function detectMachine(surroundings) {
    const { platform = process.platform, arch = process.arch } = surroundings;
    let python;
    return {
        python() {
            python ??= findPython(surroundings.environment, platform, surroundings.run);
            return python;
        },
        platform: () => wheelPlatform(platform, arch, surroundings.fileExists ?? external_node_fs_.existsSync),
        os() {
            const name = SYSTEMS[platform];
            if (name !== undefined)
                return name;
            throw unknown('system', platform, '?os=linux, ?os=darwin or ?os=windows');
        },
        arch() {
            const name = ARCHITECTURES[arch];
            if (name !== undefined)
                return name;
            throw unknown('processor', arch, '?arch=x86_64 or ?arch=arm64');
        },
    };
}
const SYSTEMS = {
    linux: 'linux',
    darwin: 'darwin',
    win32: 'windows',
};
const ARCHITECTURES = { x64: 'x86_64', arm64: 'arm64' };
const WHEEL_PLATFORMS = {
    'linux x64': 'linux_x86_64',
    'linux arm64': 'linux_aarch64',
    'darwin x64': 'macosx_x86_64',
    'darwin arm64': 'macosx_arm64',
    'win32 x64': 'win_amd64',
    'win32 arm64': 'win_arm64',
};
function wheelPlatform(platform, arch, fileExists) {
    const name = WHEEL_PLATFORMS[`${platform} ${arch}`];
    if (name === undefined) {
        throw unknown('machine', `${platform} on ${arch}`, '?platform=linux_x86_64 or an exact tag');
    }
    if (platform === 'linux' && isMusl(name.slice('linux_'.length), fileExists)) {
        // musl 1.2 is in every Alpine since 3.13; manylinux wheels do not load there (PEP 656).
        return name.replace('linux_', 'musllinux_1_2_');
    }
    return name;
}
/** musl's loader without glibc's: some distributions have musl beside glibc for cross builds. */
function isMusl(arch, fileExists) {
    if (!fileExists(`/lib/ld-musl-${arch}.so.1`))
        return false;
    const glibc = arch === 'x86_64' ? '/lib64/ld-linux-x86-64.so.2' : '/lib/ld-linux-aarch64.so.1';
    return fileExists('/etc/alpine-release') || !fileExists(glibc);
}
function unknown(what, name, qualifiers) {
    return new error/* TfcacheError */.TM('usage', `TensorFlow has no files for this ${what} (${name}).`, {
        hint: `Say in the request what it is for: ${qualifiers}`,
    });
}

;// CONCATENATED MODULE: ./build/this-machine.js


const PYTHON_MILLISECONDS = 30_000;
/** The machine this process runs on, asked by programs of this environment only when a request leaves something out. */
function thisMachine(environment) {
    return detectMachine({
        environment,
        run: async (program, args) => {
            const { runProgram } = await __webpack_require__.e(/* import() */ 501).then(__webpack_require__.bind(__webpack_require__, 5501));
            const result = await runProgram(program, args, {
                environment,
                timeLimit: PYTHON_MILLISECONDS,
            });
            if (result.exitCode === 0)
                return result.stdout;
            throw new error/* TfcacheError */.TM('failed', `${program} failed.`, { found: result.stderr.trim() });
        },
    });
}

// EXTERNAL MODULE: ./build/report/units.js
var units = __webpack_require__(5088);
;// CONCATENATED MODULE: ./build/progress.js

/** How far a step is: what every rendering of progress says. Times are milliseconds of one clock. */
class ProgressMeter {
    #step = '';
    #totals = { files: 0, bytes: 0 };
    #done = { files: 0, bytes: 0 };
    #began = 0;
    begin(step, totals, now) {
        this.#step = step;
        this.#totals = totals;
        this.#done = { files: 0, bytes: 0 };
        this.#began = now;
    }
    advance(done) {
        this.#done = {
            files: this.#done.files + (done.files ?? 0),
            bytes: this.#done.bytes + (done.bytes ?? 0),
        };
    }
    /** From 0 to 1: by bytes, or by files where no bytes are expected. */
    get fraction() {
        const { files, bytes } = this.#totals;
        const fraction = bytes > 0 ? this.#done.bytes / bytes : files > 0 ? this.#done.files / files : 1;
        return Math.min(1, Math.max(0, fraction));
    }
    /** `fetch: 45 %, 1.21 GiB of 2.60 GiB, 3 of 4 files, 85.0 MiB/s` */
    describe(now) {
        const seconds = Math.max(now - this.#began, 1) / 1000;
        return [
            `${this.#step}: ${Math.floor(this.fraction * 100)} %`,
            `${(0,units/* formatBytes */.z3)(this.#done.bytes)} of ${(0,units/* formatBytes */.z3)(this.#totals.bytes)}`,
            `${this.#done.files} of ${(0,units/* formatCount */.B4)(this.#totals.files, 'file')}`,
            `${(0,units/* formatBytes */.z3)(Math.round(this.#done.bytes / seconds))}/s`,
        ].join(', ');
    }
}
/** Progress for a log: a line every so many milliseconds while a step works. */
function lineProgress(log, every) {
    const meter = new ProgressMeter();
    let timer;
    const end = () => clearInterval(timer);
    return {
        begin(step, totals) {
            end();
            meter.begin(step, totals, performance.now());
            // A timer, not the data, sets the pace: a transfer that stalls says so too.
            timer = setInterval(() => log.info(meter.describe(performance.now())), every);
            timer.unref();
        },
        advance: (done) => meter.advance(done),
        end,
    };
}

// EXTERNAL MODULE: ./build/safe-lines.js
var safe_lines = __webpack_require__(269);
;// CONCATENATED MODULE: ./build/cli/terminal.js


const LINE_EVERY_MILLISECONDS = 5000;
const BAR_EVERY_MILLISECONDS = 100;
const BAR_WIDTH = 24;
const CLEAR_LINE = '\r\x1b[K';
/** Log and progress on one stream: a bar on a terminal, which steps aside for lines; else a line every few seconds. */
function terminalOutput(terminal, options) {
    const live = terminal.isTTY === true && options.environment['TERM'] !== 'dumb';
    const paint = live && !options.environment['NO_COLOR'];
    let bar = '';
    const print = (message) => {
        terminal.write(`${bar === '' ? '' : CLEAR_LINE}${message}\n${bar}`);
    };
    const colour = (code, text) => (paint ? `\x1b[${code}m${text}\x1b[0m` : text);
    const log = {
        info: (message) => print((0,safe_lines/* safeLines */.B)(message)),
        warning: (message) => print(`${colour(33, 'warning:')} ${(0,safe_lines/* safeLines */.B)(message)}`),
        error: (message) => print(`${colour(31, 'error:')} ${(0,safe_lines/* safeLines */.B)(message)}`),
        debug: (message) => {
            if (options.verbose)
                print(colour(2, (0,safe_lines/* safeLines */.B)(message)));
        },
    };
    if (!live)
        return { log, progress: lineProgress(log, LINE_EVERY_MILLISECONDS) };
    const draw = (next) => {
        terminal.write(next === '' ? CLEAR_LINE : `${CLEAR_LINE}${next}`);
        bar = next;
    };
    return { log, progress: barProgress(draw, () => terminal.columns ?? 80) };
}
/** `████████░░░░ fetch: 45 %, …`, redrawn a few times a second. */
function barProgress(draw, columns) {
    const meter = new ProgressMeter();
    let timer;
    const show = () => {
        const full = Math.round(meter.fraction * BAR_WIDTH);
        const bar = '█'.repeat(full) + '░'.repeat(BAR_WIDTH - full);
        // A line that wraps could not be cleared again.
        draw(`${bar} ${(0,safe_lines/* safeLines */.B)(meter.describe(performance.now()))}`.slice(0, columns() - 1));
    };
    const end = () => {
        if (timer === undefined)
            return;
        clearInterval(timer);
        timer = undefined;
        draw('');
    };
    return {
        begin(step, totals) {
            end();
            meter.begin(step, totals, performance.now());
            timer = setInterval(show, BAR_EVERY_MILLISECONDS);
            timer.unref();
            show();
        },
        advance: (done) => meter.advance(done),
        end,
    };
}

;// CONCATENATED MODULE: ./build/cli/session.js





/** Runs a command with a temporary folder of its own, which is gone afterwards, and ends it in good order on Ctrl-C. */
async function inSession(line, work) {
    const controller = new AbortController();
    let signals = 0;
    for (const signal of ['SIGINT', 'SIGTERM']) {
        process.on(signal, () => {
            signals += 1;
            controller.abort(new Error(`Stopped by ${signal}.`));
            // Who asks twice does not want to wait for the clean end.
            if (signals > 1)
                process.exit(1);
        });
    }
    const temporary = (0,external_node_fs_.mkdtempSync)((0,external_node_path_.join)((0,external_node_os_.tmpdir)(), 'tfcache-'));
    try {
        return await work({
            surroundings: {
                ...terminalOutput(process.stderr, line),
                machine: thisMachine(line.environment),
                signal: controller.signal,
                environment: line.environment,
            },
            context: { workspace: process.cwd(), temporary, home: (0,external_node_os_.homedir)() },
        });
    }
    finally {
        (0,external_node_fs_.rmSync)(temporary, { recursive: true, force: true });
    }
}
/** Outside of a job that can reach GitHub's cache, the command line uses none unless told. */
function withCliDefaults({ inputs, environment }) {
    const inJob = environment['GITHUB_ACTIONS'] === 'true' && Boolean(environment['ACTIONS_RUNTIME_TOKEN']);
    return { ...inputs, cache: inputs.cache ?? (inJob ? 'github' : 'none') };
}


/***/ }),

/***/ 3368:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   AN: () => (/* binding */ badInput),
/* harmony export */   DB: () => (/* binding */ parseSize),
/* harmony export */   HU: () => (/* binding */ parseChoice),
/* harmony export */   cG: () => (/* binding */ parseInteger),
/* harmony export */   mm: () => (/* binding */ inputSpec),
/* harmony export */   yG: () => (/* binding */ parseBoolean)
/* harmony export */ });
/* harmony import */ var _error_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(5602);
/* harmony import */ var _table_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(9140);


/** The entry of an input in the table. */
function inputSpec(name) {
    const spec = _table_js__WEBPACK_IMPORTED_MODULE_0__/* .INPUTS */ .mc.find((candidate) => candidate.name === name);
    if (spec === undefined)
        throw new Error(`The table of inputs lacks ${name}.`);
    return spec;
}
/** A value that an input does not take. The value is shown, so never call it for a secret. */
function badInput(name, value, allowed, hint) {
    return new _error_js__WEBPACK_IMPORTED_MODULE_1__/* .TfcacheError */ .TM('usage', `The input ${name} does not take this value.`, {
        where: `input ${name}`,
        expected: allowed,
        found: JSON.stringify(value),
        hint: hint ?? `Set ${name} to ${allowed}.`,
    });
}
/** The booleans of YAML 1.2's core schema (https://yaml.org/spec/1.2.2/#1032-tag-resolution), as the runner's own tools read them. */
function parseBoolean(name, value) {
    if (['true', 'True', 'TRUE'].includes(value))
        return true;
    if (['false', 'False', 'FALSE'].includes(value))
        return false;
    throw badInput(name, value, 'true or false');
}
/** A whole number in decimal digits within the input's range. */
function parseInteger(name, value) {
    const [smallest, largest] = inputSpec(name).range ?? [0, Number.MAX_SAFE_INTEGER];
    const number = /^\d{1,15}$/.test(value) ? Number(value) : Number.NaN;
    if (!(number >= smallest && number <= largest)) {
        throw badInput(name, value, `a whole number from ${smallest} to ${largest}`);
    }
    return number;
}
/** One of the input's values, given in the type that the caller knows them by. */
function parseChoice(name, value, choices) {
    const choice = choices.find((candidate) => candidate === value);
    if (choice === undefined)
        throw badInput(name, value, choices.join(', '));
    return choice;
}
const UNITS = {
    '': 1,
    B: 1,
    KB: 1e3,
    MB: 1e6,
    GB: 1e9,
    TB: 1e12,
    KIB: 2 ** 10,
    MIB: 2 ** 20,
    GIB: 2 ** 30,
    TIB: 2 ** 40,
};
/** A size in bytes: `50GB` (powers of 1000) or `50GiB` (powers of 1024), upper or lower case. */
function parseSize(name, value) {
    const match = /^(\d{1,12}(?:\.\d{1,6})?) ?([KMGT]?I?B?)$/i.exec(value);
    const unit = UNITS[match?.[2]?.toUpperCase() ?? 'none'];
    const bytes = match === null || unit === undefined ? Number.NaN : Number(match[1]) * unit;
    if (!(bytes >= 1))
        throw badInput(name, value, 'a size such as 50GB or 512MiB');
    return Math.floor(bytes);
}


/***/ }),

/***/ 7301:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   EE: () => (/* binding */ folderUrl),
/* harmony export */   QW: () => (/* binding */ childName),
/* harmony export */   rs: () => (/* binding */ urlOf),
/* harmony export */   zS: () => (/* binding */ parseLocation)
/* harmony export */ });
/* harmony import */ var _error_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(5602);
/* harmony import */ var _safe_path_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7999);


/**
 * Parses `https://[user:password@]host[:port]/[folder/]`, in which `{bucket}` stands for the bucket's name.
 *
 * @throws TfcacheError `usage`.
 */
function parseLocation(written) {
    const url = parse(written, 'bucket');
    const authorization = url.username === ''
        ? undefined
        : `Basic ${Buffer.from(decodeURIComponent(`${url.username}:${url.password}`)).toString('base64')}`;
    const shown = slashed(written.replace(/:\/\/[^/]*@/, '://'));
    return {
        shown,
        authorization,
        root(bucket) {
            if (!(0,_safe_path_js__WEBPACK_IMPORTED_MODULE_0__/* .isBucketName */ .E)(bucket)) {
                throw new _error_js__WEBPACK_IMPORTED_MODULE_1__/* .TfcacheError */ .TM('usage', 'This cannot be the name of a bucket.', {
                    where: shown,
                    found: JSON.stringify(bucket),
                });
            }
            return parse(shown, bucket);
        },
    };
}
function parse(written, bucket) {
    const text = slashed(written.replaceAll('{bucket}', bucket));
    const url = URL.canParse(text) ? new URL(text) : undefined;
    const known = url !== undefined && ['https:', 'http:'].includes(url.protocol) && isDecodable(url);
    if (known && url.search === '' && url.hash === '' && !/[?#]/.test(text))
        return url;
    throw new _error_js__WEBPACK_IMPORTED_MODULE_1__/* .TfcacheError */ .TM('usage', 'A mirror’s URL cannot be used.', {
        expected: 'https://host[:port]/[folder/], {bucket} standing for the bucket',
        // Up to the last @: a password with a / in it that was not encoded must not be shown either.
        found: JSON.stringify(written.replace(/:\/\/.*@/s, '://…@')),
        hint: 'A URL that needs a query (?…) cannot be a mirror: paths are put behind it.',
    });
}
/** A stray `%` cannot be told from an encoded character. */
function isDecodable(url) {
    try {
        decodeURIComponent(url.username + url.password + url.pathname);
        return true;
    }
    catch (error) {
        if (error instanceof URIError)
            return false;
        throw error;
    }
}
function slashed(text) {
    return text.endsWith('/') ? text : `${text}/`;
}
/**
 * The URL of a path below a root. Every character that could mean something in a URL is encoded, also `+`, which stores
 * decode to a space: `versions/"2.21.0"/x.whl` becomes `versions/%222.21.0%22/x.whl`.
 *
 * @param path checked before: no `.` or `..`, which a URL would resolve.
 */
function urlOf(root, path) {
    return new URL(encodePath(path), root);
}
/** The URL of a folder below a root, ending in `/`. `''` is the root. */
function folderUrl(root, folder) {
    return folder === '' ? root : new URL(`${encodePath(folder)}/`, root);
}
function encodePath(path) {
    // `./` keeps a first name with a colon from being read as a scheme.
    return `./${path.split('/').map(encodeURIComponent).join('/')}`;
}
/**
 * The name that a link of a folder's page leads to, when it is directly inside the folder: decoded once, a slash at the
 * end for a folder. Undefined for every other link (parent, sorting, other hosts).
 *
 * @throws TypeError for a name that cannot be decoded (it is no UTF-8).
 */
function childName(href, folder) {
    if (!URL.canParse(href, folder.href))
        return undefined;
    const target = new URL(href, folder);
    if (target.search !== '' || target.hash !== '' || target.origin !== folder.origin)
        return undefined;
    if (!target.pathname.startsWith(folder.pathname))
        return undefined;
    const rest = target.pathname.slice(folder.pathname.length);
    if (rest === '' || rest === '/' || /\/./.test(rest))
        return undefined;
    return decodeURIComponent(rest);
}


/***/ }),

/***/ 3145:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   E: () => (/* binding */ mapParallel),
/* harmony export */   N: () => (/* binding */ Places)
/* harmony export */ });
/** Places for a bounded number of things at once; who waits longest goes first. */
class Places {
    free;
    waiting = [];
    constructor(count) {
        this.free = count;
    }
    /** Does the work when there is a place for it. */
    async use(work) {
        if (this.free > 0)
            this.free -= 1;
        else
            await new Promise((resolve) => this.waiting.push(resolve));
        try {
            return await work();
        }
        finally {
            const next = this.waiting.shift();
            if (next === undefined)
                this.free += 1;
            else
                next();
        }
    }
}
/**
 * `Promise.all` of work on items, at most `limit` at once, begun in order. The first failure stops what has not begun and
 * aborts the signal given to the rest; it is thrown when all that had begun has ended.
 */
async function mapParallel(items, limit, signal, work) {
    const results = [];
    const failures = [];
    const stop = new AbortController();
    const both = signal === undefined ? stop.signal : AbortSignal.any([signal, stop.signal]);
    let next = 0;
    async function worker() {
        while (next < items.length && failures.length === 0) {
            const index = next;
            next += 1;
            try {
                results[index] = await work(items[index], both);
            }
            catch (error) {
                failures.push(error);
                stop.abort(error);
            }
        }
    }
    await Promise.all(Array.from({ length: Math.min(limit, items.length) }, worker));
    if (failures.length > 0)
        throw failures[0];
    return results;
}


/***/ }),

/***/ 1998:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   by: () => (/* binding */ LINE_LIMIT),
/* harmony export */   ct: () => (/* binding */ SAMPLES),
/* harmony export */   hQ: () => (/* binding */ blank),
/* harmony export */   zN: () => (/* binding */ CONNECT_LIMIT)
/* harmony export */ });
/* harmony import */ var _freshness_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(8790);

/** Longest waits, in milliseconds: within the ten seconds of a mirror one of each fits, and a listing. */
const CONNECT_LIMIT = 3_000;
const LINE_LIMIT = 4_000;
/** Connections to measure with. A public site gets no more than are needed anyway. */
const SAMPLES = 3;
/** The fields of a report about which nothing is known yet. */
function blank(target) {
    return {
        url: target.shown,
        bucket: target.bucket,
        server: undefined,
        roundTrips: [],
        modules: undefined,
        content: undefined,
        freshness: _freshness_js__WEBPACK_IMPORTED_MODULE_0__/* .NOTHING_KNOWN */ .GN,
        notes: [],
    };
}


/***/ }),

/***/ 3899:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   r: () => (/* binding */ classifyRefusal)
/* harmony export */ });
/** What an rsync daemon answers instead of a module (clientserver.c); `$1` is the first group. */
const REFUSALS = [
    {
        says: /@ERROR: Unknown module '([^']*)'/,
        kind: 'unknown-module',
        message: 'The mirror has no module $1',
        hint: 'Correct the module in the mirror URL.',
    },
    {
        says: /@ERROR: (max connections \(\d+\) reached)/,
        kind: 'full',
        message: 'The mirror is full now: $1.',
        hint: 'Run again later, or name another mirror; a mirror is not asked more often than once a minute.',
    },
    {
        says: /@ERROR: auth failed on module (\S+)/,
        kind: 'auth',
        message: 'The mirror refused the user name or the password for its module $1.',
        hint: 'Check the user name in the URL (rsync://user@host/module/) and the input rsync-password.',
    },
    {
        says: /@ERROR: access denied to (\S+)/,
        kind: 'access-denied',
        message: 'The mirror has a module $1, but does not serve it to this address.',
        hint: 'Ask the mirror’s operator to allow this machine, or name another mirror.',
    },
    {
        says: /@ERROR: (chdir failed|chroot failed|invalid [^\n]*)/,
        kind: 'failed',
        message: 'The mirror cannot serve the module: $1.',
        hint: 'Its folder is missing on the mirror. Tell the operator, or name another mirror.',
    },
    {
        says: /@ERROR: ([^\n]+)/,
        kind: 'failed',
        message: 'The mirror refused: $1.',
        hint: 'Follow what the mirror says, ask its operator, or name another mirror.',
    },
];
/** Undefined for a text without a daemon's refusal. */
function classifyRefusal(text) {
    for (const { says, kind, message, hint } of REFUSALS) {
        const match = says.exec(text);
        if (match === null)
            continue;
        return { kind, message: message.replace('$1', () => match[1] ?? ''), found: match[0], hint };
    }
    return undefined;
}


/***/ }),

/***/ 8790:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   GN: () => (/* binding */ NOTHING_KNOWN),
/* harmony export */   Gh: () => (/* binding */ judgeStatus),
/* harmony export */   HU: () => (/* binding */ judgeSync)
/* harmony export */ });
const NOTHING_KNOWN = {
    state: 'unknown',
    lastSync: undefined,
    status: undefined,
    source: undefined,
    newestFile: undefined,
};
/** @param lastSync seconds since the epoch of the last successful sync. */
function judgeSync(lastSync, source, limit) {
    const old = limit.now - lastSync > limit.staleAfterDays * 86_400;
    return { ...NOTHING_KNOWN, state: old ? 'stale' : 'fresh', lastSync, source };
}
/**
 * What a site's status says of the mirror by this name. A name that is not in it is not kept by the site, whatever still
 * stands in its folders.
 */
function judgeStatus(entries, name, source, limit) {
    const entry = entries.find((candidate) => candidate.name === name) ??
        entries.find((candidate) => candidate.name.toLowerCase() === name.toLowerCase());
    if (entry === undefined)
        return { ...NOTHING_KNOWN, state: 'not-carried', source };
    if (entry.lastSuccess !== undefined) {
        return { ...judgeSync(entry.lastSuccess, source, limit), status: entry.state };
    }
    const state = entry.state === 'never' ? 'never' : 'unknown';
    return { ...NOTHING_KNOWN, state, status: entry.state, source };
}


/***/ }),

/***/ 1506:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   BU: () => (/* binding */ ProbeFailure),
/* harmony export */   Zw: () => (/* binding */ problemOf),
/* harmony export */   p3: () => (/* binding */ outOfTime)
/* harmony export */ });
/* harmony import */ var _error_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(5602);
/* harmony import */ var _daemon_refusal_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(3899);


/** A problem thrown on its way to the report; it does not leave this folder. */
class ProbeFailure extends Error {
    problem;
    constructor(problem) {
        super(problem.message);
        this.problem = problem;
    }
}
/** The time for one mirror is up. */
function outOfTime() {
    return new ProbeFailure({
        kind: 'time',
        message: 'The mirror answers too slowly: looking at it took longer than it may.',
        found: undefined,
        hint: 'It may be overloaded: run again later, or name another mirror.',
    });
}
/** By what the transports' own errors say. First match wins. */
const KINDS = [
    [/certificate|does not speak TLS/, 'tls'],
    [/\bproxy\b/i, 'proxy'],
    [/redirects to an address that is not safe|web page came in place/, 'captive-portal'],
    [/refuses access/, 'forbidden'],
    [/too many requests|cannot answer now|is full/, 'full'],
    [/no host named|could not be (looked up|resolved)/, 'dns'],
    [/refuses the connection|Connection refused/, 'refused'],
    [/reset it/, 'reset'],
    [/before it said anything/, 'closed'],
    [/is no rsync daemon/, 'not-rsync'],
    [/did not answer within|sent nothing for|made no progress|stalled/, 'silent'],
    [/cannot be reached/, 'unreachable'],
    [/has nothing at this address|but the folder|folder is not there/, 'unknown-folder'],
    [/not a listing|listing/, 'no-listing'],
    [/may not (be )?read/, 'access-denied'],
    [/is not used for|cannot be used/, 'usage'],
];
/**
 * Any error as a problem. Errors of the transports say what happened and what to do already; what an rsync daemon refused
 * with is classified by its own words.
 */
function problemOf(error) {
    if (error instanceof ProbeFailure)
        return error.problem;
    if (!(error instanceof _error_js__WEBPACK_IMPORTED_MODULE_0__/* .TfcacheError */ .TM)) {
        return {
            kind: 'failed',
            message: error instanceof Error ? error.message : String(error),
            found: undefined,
            hint: 'Run it again; name another mirror if it happens again.',
        };
    }
    const refusal = (0,_daemon_refusal_js__WEBPACK_IMPORTED_MODULE_1__/* .classifyRefusal */ .r)(error.found ?? '');
    const kind = KINDS.find(([says]) => says.test(error.message))?.[1] ?? 'failed';
    return {
        kind: refusal?.kind ?? kind,
        message: error.message,
        found: refusal?.found ?? error.found,
        hint: error.hint ?? 'Name another mirror.',
    };
}


/***/ }),

/***/ 5088:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   B4: () => (/* binding */ formatCount),
/* harmony export */   ZV: () => (/* binding */ formatNumber),
/* harmony export */   a3: () => (/* binding */ formatDuration),
/* harmony export */   z3: () => (/* binding */ formatBytes)
/* harmony export */ });
/** Numbers as people read them. Machines read the JSON report, which holds plain bytes and milliseconds. */
const BYTE_UNITS = ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB'];
/** Bytes in binary units, three significant digits: `0 B`, `999 B`, `1.50 KiB`, `12.3 MiB`, `210 MiB`. */
function formatBytes(bytes) {
    let value = bytes;
    let unit = 0;
    // 1023.5 would round to 1024 of a unit, so it is already 1.00 of the next one.
    while (value >= (unit === 0 ? 1024 : 1023.5) && unit < BYTE_UNITS.length - 1) {
        value /= 1024;
        unit += 1;
    }
    return `${unit === 0 ? value : threeDigits(value)} ${BYTE_UNITS[unit] ?? ''}`;
}
function threeDigits(value) {
    if (value < 9.995)
        return value.toFixed(2);
    return value < 99.95 ? value.toFixed(1) : value.toFixed(0);
}
/** Milliseconds as a length of time: `340 ms`, `3.2 s`, `2 min 05 s`, `1 h 02 min`. */
function formatDuration(milliseconds) {
    if (milliseconds < 999.5)
        return `${Math.round(milliseconds)} ms`;
    if (milliseconds < 59_950)
        return `${(milliseconds / 1000).toFixed(1)} s`;
    const seconds = Math.round(milliseconds / 1000);
    if (seconds < 3600)
        return `${Math.floor(seconds / 60)} min ${twoDigits(seconds % 60)} s`;
    const minutes = Math.round(seconds / 60);
    return `${Math.floor(minutes / 60)} h ${twoDigits(minutes % 60)} min`;
}
function twoDigits(value) {
    return String(value).padStart(2, '0');
}
/** `1 file`, `4,000 files`. The plural of every noun used here ends in `s`. */
function formatCount(count, noun) {
    return `${formatNumber(count)} ${noun}${count === 1 ? '' : 's'}`;
}
/** `4,000`. Not by `toLocaleString`: loading a language's rules takes longer than all of a warm run's own work. */
function formatNumber(count) {
    return String(count).replace(/\B(?=(\d{3})+$)/g, ',');
}


/***/ }),

/***/ 9414:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Fl: () => (/* binding */ baseName),
/* harmony export */   OT: () => (/* binding */ INDEX_BUCKET),
/* harmony export */   PG: () => (/* binding */ contents),
/* harmony export */   n8: () => (/* binding */ MAIN_BUCKET),
/* harmony export */   qe: () => (/* binding */ wantedFile),
/* harmony export */   uJ: () => (/* binding */ joinPath),
/* harmony export */   yS: () => (/* binding */ folderOf),
/* harmony export */   zW: () => (/* binding */ PIPS_OWN_INDEX)
/* harmony export */ });
/** The bucket that a path belongs to unless said otherwise. */
const MAIN_BUCKET = 'tensorflow';
/**
 * The name that a Python package index has among the buckets: a folder a project, its wheels inside. It is served only by
 * lines of `mirrors` that name it: `{bucket}` in a URL stands for TensorFlow’s buckets, and this is none of them.
 */
const INDEX_BUCKET = 'pypi';
/** What stands in the place of its URL for the index of pip’s own configuration: `pypi=pip`. */
const PIPS_OWN_INDEX = 'pip';
/** The last name of a path. */
function baseName(path) {
    return path.slice(path.lastIndexOf('/') + 1);
}
/** The folder of a path; `''` for the root. */
function folderOf(path) {
    return path.slice(0, Math.max(0, path.lastIndexOf('/')));
}
/** `folder/name`, or `name` at the root. */
function joinPath(folder, name) {
    return folder === '' ? name : `${folder}/${name}`;
}
/** A listed file as one that is wanted: what the listing says of it, then what else is known. */
function wantedFile(bucket, file, digests = []) {
    return {
        bucket,
        path: file.path,
        size: file.size,
        mtime: file.mtime,
        digests: [...digests, ...(file.digests ?? [])],
    };
}
/** What stands in a folder, in a few words: `a.whl, b.whl and 3 more`. */
function contents(listing, limit = 8) {
    const names = [
        ...listing.folders.map((name) => `${name}/`),
        ...listing.files.map(({ path }) => baseName(path)),
    ];
    if (!listing.exists)
        return 'there is no such folder';
    if (names.length === 0)
        return 'an empty folder';
    const more = names.length - limit;
    return names.slice(0, limit).join(', ') + (more > 0 ? ` and ${more} more` : '');
}


/***/ }),

/***/ 7999:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   E: () => (/* binding */ isBucketName),
/* harmony export */   W: () => (/* binding */ findPathProblem)
/* harmony export */ });
/** Longest name that common file systems take, in bytes. */
const LONGEST_NAME = 255;
/** PATH_MAX of Linux, without the room that the folder in front of it needs. */
const LONGEST_PATH = 3500;
/**
 * Why a path of a bucket cannot be used as a path below a folder of ours, undefined when it can. Paths come from mirrors,
 * caches and lock files; none of them may lead outside.
 *
 * @param path relative to the bucket's root, `/` between names.
 */
function findPathProblem(path) {
    if (path === '')
        return 'it is empty';
    if (path.startsWith('/'))
        return 'it is absolute';
    if (path.includes('\0'))
        return 'it holds a NUL character';
    if (path.length > LONGEST_PATH)
        return 'it is too long';
    for (const name of path.split('/')) {
        if (name === '')
            return 'it holds an empty name (two slashes, or one at the end)';
        if (name === '.' || name === '..')
            return `it holds the name "${name}"`;
        if (name.length * 3 > LONGEST_NAME && Buffer.byteLength(name) > LONGEST_NAME) {
            return `a name in it is longer than ${LONGEST_NAME} bytes`;
        }
    }
    return process.platform === 'win32' ? findWindowsProblem(path) : undefined;
}
/** https://learn.microsoft.com/windows/win32/fileio/naming-a-file */
function findWindowsProblem(path) {
    if (/[\\:*?"<>|]/.test(path))
        return 'it holds a character that Windows does not allow in names';
    if (/[ .](\/|$)/.test(path))
        return 'a name in it ends in a space or a dot, which Windows drops';
    if (/(^|\/)(con|prn|aux|nul|com\d|lpt\d)(\.|\/|$)/i.test(path)) {
        return 'a name in it is reserved by Windows';
    }
    return undefined;
}
/**
 * Whether this can be the name of a bucket: letters, digits, `.`, `_` and `-`, beginning with a letter or digit.
 * https://cloud.google.com/storage/docs/buckets#naming
 */
function isBucketName(bucket) {
    return /^[a-z0-9][a-z0-9._-]{0,221}$/i.test(bucket) && !bucket.endsWith('.');
}


/***/ })

};
