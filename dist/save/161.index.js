export const id = 161;
export const ids = [161,759];
export const modules = {

/***/ 161:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   claimFlight: () => (/* binding */ claimFlight),
/* harmony export */   sweepFlights: () => (/* binding */ sweepFlights)
/* harmony export */ });
/* unused harmony exports flightFolders, removeOldFlights */
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
    const { staging } = airportOf(version, slugOf(name));
    const folder = dirname(staging);
    return namesIn(folder)
        .map((entry) => join(folder, entry))
        .filter((path) => path.startsWith(staging) && /^[1-9]\d*$/.test(path.slice(staging.length)));
}
/** Removes flights that are over and were last written to before a time (of the file system, in milliseconds). */
async function removeOldFlights(version, before) {
    let removed = 0;
    for (const slug of namesIn(join(version, 'flights'))) {
        const airport = airportOf(version, slug);
        const turn = await takeOwnership(airport.turns, undefined, { pollMs: TURN_POLL_MS });
        try {
            for (const flight of readFlights(airport.flights)) {
                const shown = statSync(flight.file, { throwIfNoEntry: false })?.ctimeMs;
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
