export const id = 942;
export const ids = [942,161,759];
export const modules = {

/***/ 3942:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   collectGarbage: () => (/* binding */ collectGarbage)
/* harmony export */ });
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(3024);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(6760);
/* harmony import */ var node_timers_promises__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(8500);
/* harmony import */ var _file_error_js__WEBPACK_IMPORTED_MODULE_7__ = __webpack_require__(3009);
/* harmony import */ var _flights_js__WEBPACK_IMPORTED_MODULE_9__ = __webpack_require__(161);
/* harmony import */ var _leases_js__WEBPACK_IMPORTED_MODULE_8__ = __webpack_require__(6043);
/* harmony import */ var _open_store_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(2604);
/* harmony import */ var _owned_file_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(4422);
/* harmony import */ var _ownership_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(8603);
/* harmony import */ var _scan_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(8077);










/** Objects that were changed behind the store's back are kept so long for whoever wants to look. */
const QUARANTINE_MS = 7 * 24 * 3_600_000;
/** What was fetched in part is kept so long for whoever goes on from there. */
const STAGING_MS = 7 * 24 * 3_600_000;
/** Objects removed in one turn; jobs that begin wait meanwhile. */
const OBJECTS_PER_TURN = 64;
/** How long to wait for jobs that have not said yet what they use. */
const PATIENCE_MS = 5_000;
/**
 * Removes what was not used for longest until the rest is small enough, and what is too old; never what a running job uses.
 * May be killed at any moment, and run beside any number of pulls.
 *
 * @throws TfcacheError when the store cannot be read or written.
 */
async function collectGarbage(folder, options) {
    const version = (0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(folder, _open_store_js__WEBPACK_IMPORTED_MODULE_3__/* .VERSION */ .xv);
    const collected = {
        busy: false,
        removed: { objects: 0, bytes: 0 },
        kept: { objects: 0, bytes: 0 },
        held: { objects: 0, bytes: 0 },
        jobs: 0,
        leftovers: { files: 0, bytes: 0 },
    };
    if (!(0,node_fs__WEBPACK_IMPORTED_MODULE_0__.existsSync)(version))
        return collected;
    const turn = (0,_ownership_js__WEBPACK_IMPORTED_MODULE_4__/* .tryOwnership */ .V)((0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(version, 'owners', 'gc'));
    if (turn === undefined)
        return { ...collected, busy: true };
    try {
        const now = (0,_owned_file_js__WEBPACK_IMPORTED_MODULE_5__/* .fileSystemNow */ .M8)(version);
        collected.leftovers = await removeLeftovers(version, now);
        const { objects } = await (0,_scan_js__WEBPACK_IMPORTED_MODULE_6__/* .listObjects */ .L)(version);
        collected.kept = totalOfObjects(objects);
        const { victims, maxSize } = chooseVictims(objects, now, options);
        if (victims.length > 0)
            await removeVictims(version, victims, maxSize, options, collected);
        return collected;
    }
    catch (error) {
        throw (0,_file_error_js__WEBPACK_IMPORTED_MODULE_7__/* .fileError */ .z)('clean up the store', folder, error);
    }
    finally {
        turn.release();
    }
}
/** In the order in which they should go; no more of them than that the rest fits when none is held. */
function chooseVictims(objects, now, { maxSize = Infinity, maxAge = Infinity }) {
    const { bytes } = totalOfObjects(objects);
    // Names tell sizes: as long as all fits, no file is looked at.
    if (bytes <= maxSize && maxAge === Infinity)
        return { victims: [], maxSize };
    const candidates = [];
    for (const object of objects) {
        const used = (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.lstatSync)(object.path, { throwIfNoEntry: false })?.ctimeMs;
        if (used !== undefined)
            candidates.push({ ...object, used });
    }
    candidates.sort((one, other) => one.used - other.used);
    if (bytes > maxSize)
        return { victims: candidates, maxSize };
    return { victims: candidates.filter(({ used }) => now - used > maxAge), maxSize };
}
async function removeVictims(version, victims, maxSize, { maxAge = Infinity, progress, signal }, collected) {
    const readLeases = (0,_leases_js__WEBPACK_IMPORTED_MODULE_8__/* .createLeaseReader */ .OP)(version);
    const now = (0,_owned_file_js__WEBPACK_IMPORTED_MODULE_5__/* .fileSystemNow */ .M8)(version);
    const mustGo = ({ used }) => collected.kept.bytes > maxSize || now - used > maxAge;
    const waitUntil = performance.now() + PATIENCE_MS;
    progress.begin('Cleaning the store', totals(victims, collected.kept.bytes - maxSize));
    try {
        let next = 0;
        while (next < victims.length) {
            signal.throwIfAborted();
            const turn = (0,_leases_js__WEBPACK_IMPORTED_MODULE_8__/* .takeLeaseTurn */ .L6)(version);
            try {
                const held = readLeases();
                collected.jobs = Math.max(collected.jobs, held.jobs);
                const impatient = performance.now() > waitUntil;
                if (!held.everything || impatient) {
                    const batch = victims.slice(next, next + OBJECTS_PER_TURN);
                    next += batch.length;
                    for (const victim of batch) {
                        if (!mustGo(victim))
                            continue;
                        const { path, sha256, size } = victim;
                        const ctime = (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.lstatSync)(path, { throwIfNoEntry: false })?.ctimeMs;
                        if (ctime === undefined)
                            continue;
                        if (ctime > victim.used || held.holds(sha256, ctime)) {
                            count(collected.held, size, 1);
                            continue;
                        }
                        if (!remove(path))
                            continue;
                        count(collected.removed, size, 1);
                        count(collected.kept, size, -1);
                        progress.advance({ files: 1, bytes: size });
                    }
                }
            }
            finally {
                turn.release();
            }
            // Jobs that begin get their turn.
            await (0,node_timers_promises__WEBPACK_IMPORTED_MODULE_2__.setTimeout)(5);
        }
    }
    finally {
        progress.end();
    }
}
function totals(victims, tooMuch) {
    let [files, bytes] = [0, 0];
    for (const { size } of victims) {
        if (Number.isFinite(tooMuch) && bytes >= tooMuch)
            break;
        files += 1;
        bytes += size;
    }
    return { files, bytes };
}
/** @returns false when another removed it. */
function remove(path) {
    try {
        (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.unlinkSync)(path);
        return true;
    }
    catch (error) {
        if ((0,_file_error_js__WEBPACK_IMPORTED_MODULE_7__/* .errorCode */ .C)(error) === 'ENOENT')
            return false;
        throw error;
    }
}
/** What nobody came back for: old quarantine, what was fetched in part, what killed runs left of their turns. */
async function removeLeftovers(version, now) {
    const before = (0,_scan_js__WEBPACK_IMPORTED_MODULE_6__/* .totalOf */ .e6)((0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(version, 'quarantine'));
    const stagedBefore = (0,_scan_js__WEBPACK_IMPORTED_MODULE_6__/* .totalOf */ .e6)((0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(version, 'staging'));
    for (const name of (0,_scan_js__WEBPACK_IMPORTED_MODULE_6__/* .namesIn */ .wX)((0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(version, 'quarantine'))) {
        removeIfOld((0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(version, 'quarantine', name), now - QUARANTINE_MS);
    }
    await (0,_flights_js__WEBPACK_IMPORTED_MODULE_9__/* .removeOldFlights */ .H)(version, now - STAGING_MS);
    removeOldStaging(version, now - STAGING_MS);
    const after = (0,_scan_js__WEBPACK_IMPORTED_MODULE_6__/* .totalOf */ .e6)((0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(version, 'quarantine'));
    const stagedAfter = (0,_scan_js__WEBPACK_IMPORTED_MODULE_6__/* .totalOf */ .e6)((0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(version, 'staging'));
    return {
        files: Math.max(0, before.files - after.files) + Math.max(0, stagedBefore.files - stagedAfter.files),
        bytes: Math.max(0, before.bytes - after.bytes) + Math.max(0, stagedBefore.bytes - stagedAfter.bytes),
    };
}
/** Staging folders that are no flight's and that nobody owns. */
function removeOldStaging(version, before) {
    for (const slug of (0,_scan_js__WEBPACK_IMPORTED_MODULE_6__/* .namesIn */ .wX)((0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(version, 'staging'))) {
        const folder = (0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(version, 'staging', slug);
        const flight = /^(.+)-(\d+)$/.exec(slug);
        if (flight !== null && (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.existsSync)((0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(version, 'flights', flight[1] ?? '', flight[2] ?? ''))) {
            continue;
        }
        const stats = (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.lstatSync)(folder, { throwIfNoEntry: false });
        if (stats === undefined || newestIn(folder) >= before)
            continue;
        const turn = (0,_ownership_js__WEBPACK_IMPORTED_MODULE_4__/* .tryOwnership */ .V)((0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(version, 'owners', slug));
        if (turn === undefined)
            continue;
        try {
            (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.rmSync)(folder, { recursive: true, force: true });
        }
        finally {
            turn.release();
        }
    }
}
function newestIn(folder) {
    let newest = (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.lstatSync)(folder, { throwIfNoEntry: false })?.ctimeMs ?? 0;
    for (const name of (0,_scan_js__WEBPACK_IMPORTED_MODULE_6__/* .namesIn */ .wX)(folder))
        newest = Math.max(newest, newestIn((0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(folder, name)));
    return newest;
}
function removeIfOld(path, before) {
    const ctime = (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.lstatSync)(path, { throwIfNoEntry: false })?.ctimeMs;
    if (ctime !== undefined && ctime < before)
        (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.rmSync)(path, { recursive: true, force: true });
}
function totalOfObjects(objects) {
    return { objects: objects.length, bytes: objects.reduce((sum, { size }) => sum + size, 0) };
}
function count(total, size, times) {
    total.objects += times;
    total.bytes += times * size;
}


/***/ }),

/***/ 161:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   H: () => (/* binding */ removeOldFlights),
/* harmony export */   S: () => (/* binding */ flightFolders),
/* harmony export */   claimFlight: () => (/* binding */ claimFlight),
/* harmony export */   sweepFlights: () => (/* binding */ sweepFlights)
/* harmony export */ });
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(3024);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(6760);
/* harmony import */ var node_timers_promises__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(8500);
/* harmony import */ var valibot__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(7934);
/* harmony import */ var _file_error_js__WEBPACK_IMPORTED_MODULE_7__ = __webpack_require__(3009);
/* harmony import */ var _make_folders_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(8946);
/* harmony import */ var _owned_file_js__WEBPACK_IMPORTED_MODULE_8__ = __webpack_require__(4422);
/* harmony import */ var _ownership_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(8603);
/* harmony import */ var _staging_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(3759);









const CONTENT = valibot__WEBPACK_IMPORTED_MODULE_3__/* .object */ .Ikc({ keys: valibot__WEBPACK_IMPORTED_MODULE_3__/* .array */ .YOg(valibot__WEBPACK_IMPORTED_MODULE_3__/* .string */ .YjP()) });
/** One that waits looks again after so long, and more seldom the longer it waits. */
const FIRST_LOOK_MS = 10;
const LONGEST_PAUSE_MS = 100;
/** A turn at claiming takes some milliseconds. */
const TURN_POLL_MS = 5;
function airportOf(version, slug) {
    return {
        flights: (0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(version, 'flights', slug),
        staging: (0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(version, 'staging', `${slug}-`),
        turns: (0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(version, 'owners', `flights-${slug}`),
    };
}
/**
 * Claims what is to be fetched, so that of all processes that need a thing one fetches it and the others wait for it.
 *
 * `flights/NAME/N` names a process and the keys it fetches, `staging/NAME-N/` is where it puts them. Reading all of them
 * and writing the own one is done in turns (`owners/flights-NAME/`), so two never claim the same. The file of a flight that
 * failed or was killed stays, with what it has staged: whoever claims the same next takes both over.
 *
 * @param version the store's `v1` folder.
 * @param name what the keys are names of, for example a bucket of a mirror.
 * @param keys what this process needs; those that a living process fetches already are not claimed.
 * @param flush called before others may look for what this process fetched.
 */
async function claimFlight(version, name, keys, flush) {
    const airport = airportOf(version, (0,_staging_js__WEBPACK_IMPORTED_MODULE_4__.slugOf)(name));
    const turn = await (0,_ownership_js__WEBPACK_IMPORTED_MODULE_5__/* .takeOwnership */ .p)(airport.turns, undefined, { pollMs: TURN_POLL_MS });
    try {
        (0,_make_folders_js__WEBPACK_IMPORTED_MODULE_6__/* .makeFolders */ .w)(airport.flights);
        const seen = readFlights(airport.flights);
        const alive = seen.filter((flight) => flight.alive);
        const taken = new Set(alive.flatMap((flight) => flight.keys));
        const mine = keys.filter((key) => !taken.has(key));
        const flight = mine.length === 0 ? undefined : begin(airport, mine, seen, flush);
        const wanted = new Set(keys);
        const awaited = alive.filter((other) => other.keys.some((key) => wanted.has(key)));
        return { flight, changed: (signal) => changeOf(awaited, signal) };
    }
    catch (error) {
        throw (0,_file_error_js__WEBPACK_IMPORTED_MODULE_7__/* .fileError */ .z)('claim what is to be fetched', airport.flights, error);
    }
    finally {
        turn.release();
    }
}
/**
 * Removes what killed or failed flights left when all they were for is here by now, so that nothing is left of them.
 * The others stay: what they have staged is gone on from.
 */
async function sweepFlights(version, name, here) {
    const airport = airportOf(version, (0,_staging_js__WEBPACK_IMPORTED_MODULE_4__.slugOf)(name));
    if (readFlights(airport.flights).every((flight) => flight.alive))
        return;
    const keys = here();
    const over = (flight) => !flight.alive && flight.keys.every((key) => keys.has(key));
    const turn = await (0,_ownership_js__WEBPACK_IMPORTED_MODULE_5__/* .takeOwnership */ .p)(airport.turns, undefined, { pollMs: TURN_POLL_MS });
    try {
        for (const flight of readFlights(airport.flights).filter(over))
            remove(airport, flight);
    }
    finally {
        turn.release();
    }
}
/**
 * The folders of staging in which flights of this name put what they fetch, those of killed and failed ones among them.
 *
 * @param version the store's `v1` folder.
 */
function flightFolders(version, name) {
    const { staging } = airportOf(version, (0,_staging_js__WEBPACK_IMPORTED_MODULE_4__.slugOf)(name));
    const folder = (0,node_path__WEBPACK_IMPORTED_MODULE_1__.dirname)(staging);
    return namesIn(folder)
        .map((entry) => (0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(folder, entry))
        .filter((path) => path.startsWith(staging) && /^[1-9]\d*$/.test(path.slice(staging.length)));
}
/** Removes flights that are over and were last written to before a time (of the file system, in milliseconds). */
async function removeOldFlights(version, before) {
    let removed = 0;
    for (const slug of namesIn((0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(version, 'flights'))) {
        const airport = airportOf(version, slug);
        const turn = await (0,_ownership_js__WEBPACK_IMPORTED_MODULE_5__/* .takeOwnership */ .p)(airport.turns, undefined, { pollMs: TURN_POLL_MS });
        try {
            for (const flight of readFlights(airport.flights)) {
                const shown = (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.statSync)(flight.file, { throwIfNoEntry: false })?.ctimeMs;
                if (flight.alive || shown === undefined || shown >= before)
                    continue;
                remove(airport, flight);
                removed += 1;
            }
        }
        finally {
            turn.release();
        }
    }
    return removed;
}
function begin(airport, keys, seen, flush) {
    const mine = new Set(keys);
    const over = seen
        .filter((flight) => !flight.alive)
        .map((flight) => ({ flight, shared: flight.keys.filter((key) => mine.has(key)).length }))
        .sort((one, other) => other.shared - one.shared);
    const best = over.find(({ shared }) => shared > 0)?.flight;
    for (const { flight, shared } of over) {
        // All it was for is fetched now, from the best that is there.
        if (flight !== best && shared === flight.keys.length)
            remove(airport, flight);
    }
    const highest = seen.reduce((most, { number }) => Math.max(most, number), 0);
    const number = best?.number ?? highest + 1;
    const file = (0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(airport.flights, String(number));
    const folder = `${airport.staging}${number}`;
    (0,_owned_file_js__WEBPACK_IMPORTED_MODULE_8__/* .writeOwned */ .Vu)(file, 'this process', { keys });
    const life = (0,_owned_file_js__WEBPACK_IMPORTED_MODULE_8__/* .keepAlive */ .Z8)(file);
    let ended = false;
    const give = (outcome) => {
        if (ended)
            return;
        ended = true;
        process.removeListener('exit', breakOff);
        life.stop();
        flush();
        try {
            if (outcome === 'landed')
                remove(airport, { number, file });
            else
                (0,_owned_file_js__WEBPACK_IMPORTED_MODULE_8__/* .writeOwned */ .Vu)(file, 'nobody', { keys });
        }
        catch (error) {
            // On a full disk our end frees it; a folder that is gone has no owner.
            if (!['ENOENT', 'ENOSPC', 'EDQUOT'].includes((0,_file_error_js__WEBPACK_IMPORTED_MODULE_7__/* .errorCode */ .C)(error) ?? '')) {
                throw (0,_file_error_js__WEBPACK_IMPORTED_MODULE_7__/* .fileError */ .z)('give up what was claimed in the store', file, error);
            }
        }
    };
    const breakOff = () => give('broken off');
    process.once('exit', breakOff);
    try {
        (0,_make_folders_js__WEBPACK_IMPORTED_MODULE_6__/* .makeFolders */ .w)(folder);
    }
    catch (error) {
        breakOff();
        throw (0,_file_error_js__WEBPACK_IMPORTED_MODULE_7__/* .fileError */ .z)('make a staging folder', folder, error);
    }
    return {
        keys: mine,
        folder,
        announce() {
            flush();
            life.beat();
        },
        land: () => give('landed'),
        breakOff,
    };
}
/** The staging first: as long as the file is there, somebody will come back for the rest. */
function remove(airport, { number, file }) {
    (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.rmSync)(`${airport.staging}${number}`, { recursive: true, force: true, maxRetries: 3 });
    (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.rmSync)(file, { force: true });
    (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.rmSync)(`${file}.draft`, { force: true });
}
/** Resolves when one of these flights has brought something or has ended; at once when there is none. */
async function changeOf(flights, signal) {
    if (flights.length === 0)
        return;
    for (let pause = FIRST_LOOK_MS;; pause = Math.min(LONGEST_PAUSE_MS, pause * 1.3)) {
        await (0,node_timers_promises__WEBPACK_IMPORTED_MODULE_2__.setTimeout)(pause, undefined, { signal });
        if (flights.some(({ file, stamp, owner }) => stampOf(file) !== stamp || !(0,_owned_file_js__WEBPACK_IMPORTED_MODULE_8__/* .mayLive */ .s3)(file, owner)))
            return;
    }
}
function readFlights(folder) {
    return namesIn(folder).flatMap((name) => {
        if (!/^[1-9]\d{0,8}$/.test(name))
            return [];
        const file = (0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(folder, name);
        const stamp = stampOf(file);
        const owned = (0,_owned_file_js__WEBPACK_IMPORTED_MODULE_8__/* .readOwned */ .A4)(file);
        if (owned === undefined)
            return [];
        const content = valibot__WEBPACK_IMPORTED_MODULE_3__/* .safeParse */ .xLC(CONTENT, owned.content);
        const keys = content.success ? content.output.keys : [];
        const { owner, alive } = owned;
        return [{ number: Number(name), file, owner, alive, keys, stamp }];
    });
}
function stampOf(file) {
    const stats = (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.statSync)(file, { bigint: true, throwIfNoEntry: false });
    return stats === undefined ? '' : `${stats.ino} ${stats.size} ${stats.mtimeNs}`;
}
function namesIn(folder) {
    try {
        return (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.readdirSync)(folder);
    }
    catch (error) {
        if ((0,_file_error_js__WEBPACK_IMPORTED_MODULE_7__/* .errorCode */ .C)(error) === 'ENOENT')
            return [];
        throw error;
    }
}


/***/ }),

/***/ 8077:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   L: () => (/* binding */ listObjects),
/* harmony export */   e6: () => (/* binding */ totalOf),
/* harmony export */   wX: () => (/* binding */ namesIn)
/* harmony export */ });
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(3024);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(6760);
/* harmony import */ var node_timers_promises__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(8500);
/* harmony import */ var _file_error_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(3009);
/* harmony import */ var _object_name_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(8755);





/** Every object, by its name alone: one read a folder, no look at a file. */
async function listObjects(version) {
    const root = (0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(version, 'objects');
    const objects = [];
    const strangers = [];
    for (const folder of namesIn(root)) {
        const path = (0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(root, folder);
        if (!/^[0-3][0-9a-f]$/.test(folder)) {
            strangers.push(path);
            continue;
        }
        for (const name of namesIn(path)) {
            const parsed = (0,_object_name_js__WEBPACK_IMPORTED_MODULE_3__/* .parseObjectName */ .ye)(name);
            const file = (0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(path, name);
            if (parsed === undefined)
                strangers.push(file);
            else
                objects.push({ path: file, name, sha256: parsed.sha256, size: parsed.size });
        }
        await (0,node_timers_promises__WEBPACK_IMPORTED_MODULE_2__.setImmediate)();
    }
    return { objects, strangers };
}
/** Files below a folder and their bytes; none when there is no such folder. */
function totalOf(folder) {
    const total = { files: 0, bytes: 0 };
    for (const name of namesIn(folder)) {
        const path = (0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(folder, name);
        const stats = (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.lstatSync)(path, { throwIfNoEntry: false });
        if (stats === undefined)
            continue;
        if (stats.isDirectory()) {
            const inside = totalOf(path);
            total.files += inside.files;
            total.bytes += inside.bytes;
        }
        else {
            total.files += 1;
            total.bytes += stats.size;
        }
    }
    return total;
}
/** The names in a folder; none when there is no such folder. */
function namesIn(folder) {
    try {
        return (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.readdirSync)(folder);
    }
    catch (error) {
        if ((0,_file_error_js__WEBPACK_IMPORTED_MODULE_4__/* .errorCode */ .C)(error) === 'ENOENT' || (0,_file_error_js__WEBPACK_IMPORTED_MODULE_4__/* .errorCode */ .C)(error) === 'ENOTDIR')
            return [];
        throw error;
    }
}


/***/ }),

/***/ 3759:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   slugOf: () => (/* binding */ slugOf),
/* harmony export */   takeStaging: () => (/* binding */ takeStaging)
/* harmony export */ });
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7598);
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(3024);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(6760);
/* harmony import */ var _file_error_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(3009);
/* harmony import */ var _make_folders_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(8946);
/* harmony import */ var _ownership_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(8603);






/**
 * Waits for the staging folder of this name, and makes it if it is not there. What an earlier owner left in it stays,
 * whole files and rsync's partial ones, so that the next goes on from there.
 *
 * @param version the store's `v1` folder.
 * @param name anything; what cannot stand in a file name is replaced, and a digest keeps names apart.
 * @param onRelease called before another may own it.
 */
async function takeStaging(version, name, onWait, onRelease) {
    const slug = slugOf(name);
    const folder = (0,node_path__WEBPACK_IMPORTED_MODULE_2__.join)(version, 'staging', slug);
    const ownership = await (0,_ownership_js__WEBPACK_IMPORTED_MODULE_3__/* .takeOwnership */ .p)((0,node_path__WEBPACK_IMPORTED_MODULE_2__.join)(version, 'owners', slug), onWait);
    try {
        (0,_make_folders_js__WEBPACK_IMPORTED_MODULE_4__/* .makeFolders */ .w)(folder);
    }
    catch (error) {
        ownership.release();
        throw (0,_file_error_js__WEBPACK_IMPORTED_MODULE_5__/* .fileError */ .z)('make a staging folder', folder, error);
    }
    let released = false;
    return {
        folder,
        async release() {
            if (released)
                return;
            released = true;
            try {
                onRelease();
                removeEmptyFolders(folder);
            }
            finally {
                ownership.release();
            }
        },
    };
}
/** Leaves every file where it is. */
function removeEmptyFolders(folder) {
    try {
        for (const entry of (0,node_fs__WEBPACK_IMPORTED_MODULE_1__.readdirSync)(folder, { withFileTypes: true })) {
            if (entry.isDirectory())
                removeEmptyFolders((0,node_path__WEBPACK_IMPORTED_MODULE_2__.join)(folder, entry.name));
        }
        (0,node_fs__WEBPACK_IMPORTED_MODULE_1__.rmdirSync)(folder);
    }
    catch (error) {
        const code = (0,_file_error_js__WEBPACK_IMPORTED_MODULE_5__/* .errorCode */ .C)(error) ?? '';
        if (!['ENOENT', 'ENOTEMPTY', 'EEXIST', 'EACCES', 'EPERM'].includes(code)) {
            throw (0,_file_error_js__WEBPACK_IMPORTED_MODULE_5__/* .fileError */ .z)('tidy a staging folder', folder, error);
        }
    }
}
/** A name that can stand in a path, and that no other name has. */
function slugOf(name) {
    const readable = name.replaceAll(/[^A-Za-z0-9]+/g, '-').slice(0, 40);
    return `${readable}-${(0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.createHash)('sha256').update(name).digest('hex').slice(0, 12)}`;
}


/***/ })

};
