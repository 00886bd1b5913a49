export const id = 986;
export const ids = [986];
export const modules = {

/***/ 986:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  runStoreCommand: () => (/* binding */ runStoreCommand)
});

// EXTERNAL MODULE: ./build/error.js
var error = __webpack_require__(5602);
// EXTERNAL MODULE: ./build/inputs/parse.js + 4 modules
var parse = __webpack_require__(6653);
// EXTERNAL MODULE: ./build/inputs/values.js
var values = __webpack_require__(3368);
// EXTERNAL MODULE: ./build/store/open-store.js
var open_store = __webpack_require__(2604);
// EXTERNAL MODULE: ./build/cli/session.js + 5 modules
var session = __webpack_require__(5601);
// EXTERNAL MODULE: ./build/report/units.js
var units = __webpack_require__(5088);
;// CONCATENATED MODULE: ./build/cli/store-lines.js

// What `tfcache store` says to people; machines read its JSON.
const AGES = {
    day: 'within a day',
    week: 'within a week',
    month: 'within a month',
    ever: 'longer ago',
};
/** `tfcache store stats` */
function renderStats(stats) {
    const { folder, exists, objects, index, staging, quarantine, jobs } = stats;
    if (!exists)
        return [`There is no store in ${folder} yet; the first pull makes it.`];
    const rows = [
        ['objects', amount(objects.count, objects.bytes, 'file')],
        ['  linked elsewhere', amount(objects.linked.count, objects.linked.bytes, 'file')],
        ...objects.used
            .filter(({ count }) => count > 0)
            .map(({ within, count, bytes }) => [
            `  used ${AGES[within]}`,
            amount(count, bytes, 'file'),
        ]),
        ['known paths', (0,units/* formatCount */.B4)(index.lines, 'line')],
        ['fetched in part', amount(staging.files, staging.bytes, 'file')],
        ['quarantined', amount(quarantine.files, quarantine.bytes, 'file')],
        ['jobs at work', (0,units/* formatNumber */.ZV)(jobs)],
    ];
    const width = rows.reduce((most, [name]) => Math.max(most, name.length), 0);
    return [`Store ${folder}`, ...rows.map(([name, value]) => `  ${name.padEnd(width)}  ${value}`)];
}
/** `tfcache store verify` */
function renderVerified({ sound, healed, wrong, gone, index }) {
    const lines = [`Sound: ${amount(sound.objects, sound.bytes, 'object')}.`];
    if (healed > 0) {
        lines.push(`Healed: ${(0,units/* formatCount */.B4)(healed, 'object')} had the right bytes under another time or inode.`);
    }
    for (const { object, quarantined, problem, ino } of wrong) {
        lines.push(`Wrong: ${object}`, `  found:    ${problem}`, `  kept as:  ${quarantined}`, `  next:     find what shares it (find WORKSPACES -inum ${ino}); a job that writes into such a file needs link: reflink or copy`);
    }
    if (gone > 0)
        lines.push(`Gone meanwhile: ${(0,units/* formatCount */.B4)(gone, 'object')}.`);
    lines.push(index.damaged === 0
        ? `Index: ${(0,units/* formatCount */.B4)(index.lines, 'line')}, all sound${index.rewritten ? '; repeated ones were dropped' : ''}.`
        : `Index: ${(0,units/* formatCount */.B4)(index.lines, 'line')} sound; ${(0,units/* formatCount */.B4)(index.damaged, 'damaged line')} dropped.`);
    return lines;
}
/** `tfcache store gc` */
function renderCollected({ busy, removed, kept, held, jobs, leftovers }, { maxSize }) {
    if (busy)
        return ['Another process cleans this store just now; nothing was done.'];
    const lines = [
        `Removed: ${amount(removed.objects, removed.bytes, 'object')}.`,
        `Left: ${amount(kept.objects, kept.bytes, 'object')}.`,
    ];
    if (leftovers.files > 0) {
        lines.push(`Also removed: ${amount(leftovers.files, leftovers.bytes, 'file')} that nobody came back for (quarantine, parts).`);
    }
    if (held.objects > 0) {
        lines.push(`Not removed: ${amount(held.objects, held.bytes, 'object')} that ${(0,units/* formatCount */.B4)(jobs, 'job')} at work may use.`);
    }
    if (maxSize !== undefined && kept.bytes > maxSize) {
        lines.push(`The store is still larger than ${(0,units/* formatBytes */.z3)(maxSize)}: run again later.`);
    }
    return lines;
}
function amount(count, bytes, noun) {
    return count === 0 ? 'none' : `${(0,units/* formatCount */.B4)(count, noun)}, ${(0,units/* formatBytes */.z3)(bytes)}`;
}

;// CONCATENATED MODULE: ./build/cli/store.js






/** `tfcache store stats | verify | gc`. @returns the exit code: 3 when `verify` found something wrong */
async function runStoreCommand(line) {
    const [action, ...more] = line.operands;
    const run = ACTIONS[action ?? ''];
    if (run === undefined || more.length > 0) {
        throw new error/* TfcacheError */.TM('usage', 'tfcache store takes one of stats, verify and gc.', {
            where: 'command line',
            expected: 'tfcache store stats|verify|gc --store FOLDER',
            found: line.operands.join(' ') || 'nothing',
            hint: 'stats says what is in the store, verify reads and repairs it, gc makes it smaller.',
        });
    }
    refuseExtra(line, action === 'gc');
    return (0,session/* inSession */.C)(line, (session) => run(line, session));
}
const ACTIONS = {
    async stats(line, session) {
        const { storeStats } = await __webpack_require__.e(/* import() */ 177).then(__webpack_require__.bind(__webpack_require__, 177));
        const stats = await storeStats(folderOf(line, session));
        print(line, { version: 1, ...stats }, () => renderStats(stats));
        return 0;
    },
    async verify(line, session) {
        const { log, progress, signal } = session.surroundings;
        const folder = openedFolder(line, session);
        const { verifyStore } = await __webpack_require__.e(/* import() */ 853).then(__webpack_require__.bind(__webpack_require__, 7853));
        const verified = await verifyStore(folder, { progress, signal });
        print(line, { version: 1, folder, ...verified }, () => renderVerified(verified));
        if (verified.wrong.length === 0)
            return 0;
        log.error(`${verified.wrong.length === 1 ? 'An object was' : `${verified.wrong.length} objects were`} wrong; the next pull that needs them fetches them again.`);
        return error/* EXIT_CODES */.ai.integrity;
    },
    async gc(line, session) {
        const { progress, signal } = session.surroundings;
        const folder = openedFolder(line, session);
        const { collectGarbage } = await __webpack_require__.e(/* import() */ 942).then(__webpack_require__.bind(__webpack_require__, 3942));
        const size = line.extra['max-size'] ?? line.inputs['store-max-size'];
        const age = line.extra['max-age'];
        const limits = {
            maxSize: size === undefined || size === '' ? undefined : (0,values/* parseSize */.DB)('store-max-size', size),
            maxAge: age === undefined ? undefined : parseAge(age),
        };
        const collected = await collectGarbage(folder, { ...limits, progress, signal });
        print(line, { version: 1, folder, ...collected }, () => renderCollected(collected, limits));
        return 0;
    },
};
function folderOf({ inputs }, { context }) {
    const written = inputs.store?.trim();
    if (written)
        return (0,parse/* absolute */.ys)(written, context);
    throw new error/* TfcacheError */.TM('usage', 'No store was named.', {
        where: 'command line',
        hint: 'Name the folder: tfcache store stats --store FOLDER, or set TFCACHE_STORE.',
    });
}
/** A folder that holds a store, of a format that we know. A slip in its name must not make a new one. */
function openedFolder(line, session) {
    const folder = folderOf(line, session);
    return (0,open_store/* openStore */.Ch)(folder, { log: session.surroundings.log, missing: 'refuse' }).folder;
}
const UNITS = {
    s: 1,
    m: 60,
    h: 3_600,
    d: 24 * 3_600,
    w: 7 * 24 * 3_600,
};
/** `30d`, `12h`, `2w` in milliseconds. */
function parseAge(value) {
    const [, digits, unit = ''] = /^(\d{1,6})([smhdw])$/.exec(value) ?? [];
    if (digits !== undefined)
        return Number(digits) * (UNITS[unit] ?? 0) * 1000;
    throw new error/* TfcacheError */.TM('usage', 'The option --max-age does not take this value.', {
        where: 'command line',
        expected: 'a number and s, m, h, d or w: 30d',
        found: JSON.stringify(value),
        hint: 'Set --max-age to how long an object may go unused, for example 30d.',
    });
}
function refuseExtra({ extra }, allowed) {
    const [name] = Object.keys(extra);
    if (allowed || name === undefined)
        return;
    throw new error/* TfcacheError */.TM('usage', `The option --${name} belongs to tfcache store gc.`, {
        where: 'command line',
        hint: `Leave out --${name}.`,
    });
}
function print({ json }, data, lines) {
    const text = json ? JSON.stringify(data, undefined, 2) : lines().join('\n');
    process.stdout.write(`${text}\n`);
}


/***/ })

};
