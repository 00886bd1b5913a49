export const id = 978;
export const ids = [978,161,759];
export const modules = {

/***/ 476:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  D2: () => (/* binding */ PARTIAL_FOLDER),
  AV: () => (/* binding */ PartialFile),
  NV: () => (/* binding */ partialFilePath)
});

// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(7598);
// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __webpack_require__(3024);
// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(1455);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
// EXTERNAL MODULE: ./build/store/file-error.js
var file_error = __webpack_require__(3009);
// EXTERNAL MODULE: external "node:os"
var external_node_os_ = __webpack_require__(8161);
// EXTERNAL MODULE: ./node_modules/valibot/dist/index.mjs
var dist = __webpack_require__(7934);
;// CONCATENATED MODULE: ./build/mirror/partial/partial-record.js



const count = dist/* pipe */.FsL(dist/* number */.aig(), dist/* safeInteger */.Y2b(), dist/* minValue */.Wwf(0));
const schema = dist/* object */.Ikc({
    version: dist/* literal */.euz(1),
    bootedAt: dist/* number */.aig(),
    path: dist/* string */.YjP(),
    size: count,
    validator: dist/* pipe */.FsL(dist/* string */.YjP(), dist/* minLength */.BpQ(1)),
    done: dist/* pipe */.FsL(dist/* array */.YOg(dist/* tuple */.PVZ([count, count])), dist/* check */.z6Y((ranges) => ranges.every(([start, end], index) => start < end && start >= (ranges[index - 1]?.[1] ?? 0)))),
});
/** Written beside and renamed in: what stands there is always whole. */
function writeRecord(file, record) {
    const data = {
        version: 1,
        bootedAt: bootTime(),
        path: record.path,
        size: record.size,
        validator: record.validator,
        done: record.done.map(({ start, end }) => [start, end]),
    };
    (0,external_node_fs_.writeFileSync)(`${file}.new`, JSON.stringify(data));
    (0,external_node_fs_.renameSync)(`${file}.new`, file);
}
/**
 * The record, when it is of this file and can be relied upon. Undefined when there is none, it is torn or of another form,
 * or the machine was started since: the record may then be on the disk and the bytes that it vouches for not.
 */
function readRecord(file, path, size) {
    const parsed = dist/* safeParse */.xLC(schema, readJson(file));
    if (!parsed.success)
        return undefined;
    const { bootedAt, done, validator } = parsed.output;
    const last = done.at(-1)?.[1] ?? 0;
    const sameBoot = Math.abs(bootedAt - bootTime()) < 30;
    const sameFile = parsed.output.path === path && parsed.output.size === size;
    if (!sameBoot || !sameFile || last > size)
        return undefined;
    return { path, size, validator, done: done.map(([start, end]) => ({ start, end })) };
}
function readJson(file) {
    try {
        return JSON.parse((0,external_node_fs_.readFileSync)(file, 'utf8'));
    }
    catch (error) {
        // Missing or torn: the same to the caller, who begins anew.
        if (error instanceof Error)
            return undefined;
        throw error;
    }
}
/** When this machine was started, in seconds since the epoch; a setting of the clock may move it by a little. */
function bootTime() {
    return Date.now() / 1000 - (0,external_node_os_.uptime)();
}

// EXTERNAL MODULE: ./build/mirror/partial/ranges.js
var ranges = __webpack_require__(6268);
;// CONCATENATED MODULE: ./build/mirror/partial/partial-file.js







/** The folder in staging for what is not complete. No path of a bucket may begin with it. */
const PARTIAL_FOLDER = '@partial';
/** The record is written again after so many new bytes … */
const RECORD_BYTES = 16 * 1024 * 1024;
/** … or so many milliseconds. What came since the last time is fetched again after a kill. */
const RECORD_PAUSE = 200;
/** A file that is being received, in ranges and in any order, and what is known of it. */
class PartialFile {
    size;
    path;
    staging;
    data;
    recordFile;
    handle;
    done = [];
    knownValidator;
    unrecorded = 0;
    timer;
    /** Recording happens between writes; the next write tells that it failed. */
    recordFailure;
    /** Takes up what an earlier run left of it. Nothing is written before `begin`. */
    constructor(staging, path, size) {
        this.staging = staging;
        this.path = path;
        this.size = size;
        this.data = partialFilePath(staging, path);
        this.recordFile = `${this.data}.json`;
        const record = readRecord(this.recordFile, path, size);
        const last = record?.done.at(-1)?.end ?? 0;
        if (record !== undefined && last > 0 && sizeOf(this.data) >= last) {
            this.done = record.done;
            this.knownValidator = record.validator;
        }
    }
    /** The version that the bytes here are of; undefined before the first answer. */
    get validator() {
        return this.knownValidator;
    }
    get hasBytes() {
        return this.done.length > 0;
    }
    get missing() {
        return (0,ranges/* missingRanges */.TV)(this.done, this.size);
    }
    /** @throws TfcacheError `no-space`, `failed` */
    async begin() {
        try {
            (0,external_node_fs_.mkdirSync)((0,external_node_path_.dirname)(this.data), { recursive: true });
            this.handle ??= await (0,promises_.open)(this.data, this.done.length > 0 ? 'r+' : 'w+', 0o600);
        }
        catch (error) {
            throw (0,file_error/* fileError */.z)('write a file into staging', this.data, error);
        }
    }
    setValidator(validator) {
        this.knownValidator = validator;
    }
    /** Forgets every byte: they are of another version. */
    async reset() {
        this.stopTimer();
        this.done = [];
        this.knownValidator = undefined;
        (0,external_node_fs_.rmSync)(this.recordFile, { force: true });
        await this.handle?.truncate(0);
    }
    /** @throws TfcacheError `no-space`, `failed` */
    async write(buffers, start) {
        const { handle } = this;
        if (handle === undefined)
            throw new Error('the partial file is not open');
        if (this.recordFailure !== undefined)
            throw this.recordFailure;
        let position = start;
        let rest = buffers;
        try {
            while (rest.length > 0) {
                const { bytesWritten } = await handle.writev(rest, position);
                position += bytesWritten;
                rest = dropBytes(rest, bytesWritten);
            }
        }
        catch (error) {
            throw (0,file_error/* fileError */.z)('write a file into staging', this.data, error);
        }
        this.done = (0,ranges/* addRange */.bV)(this.done, { start, end: position });
        this.unrecorded += position - start;
        if (this.unrecorded >= RECORD_BYTES)
            this.record();
        else
            this.timer ??= setTimeout(() => this.record(), RECORD_PAUSE).unref();
    }
    /** There is no such file: leaves nothing behind. */
    async discard() {
        await this.reset();
        await this.close();
        (0,external_node_fs_.rmSync)(this.data, { force: true });
    }
    /** Keeps what is here for a later try. */
    async keep() {
        this.record();
        await this.close();
    }
    /**
     * Puts the complete file in its place.
     * @param mtime whole seconds.
     * @throws TfcacheError `no-space`, `failed`
     */
    async complete(mtime) {
        const target = (0,external_node_path_.join)(this.staging, this.path);
        this.stopTimer();
        try {
            if (mtime !== undefined)
                await this.handle?.utimes(mtime, mtime);
            await this.close();
            (0,external_node_fs_.mkdirSync)((0,external_node_path_.dirname)(target), { recursive: true });
            (0,external_node_fs_.renameSync)(this.data, target);
            (0,external_node_fs_.rmSync)(this.recordFile, { force: true });
        }
        catch (error) {
            throw (0,file_error/* fileError */.z)('put a file into staging', target, error);
        }
    }
    record() {
        this.stopTimer();
        this.unrecorded = 0;
        // Without a validator nothing could tell later that the rest is of the same version.
        if (this.knownValidator === undefined || this.done.length === 0)
            return;
        const { path, size, done } = this;
        try {
            writeRecord(this.recordFile, { path, size, done, validator: this.knownValidator });
        }
        catch (error) {
            this.recordFailure = (0,file_error/* fileError */.z)('write into staging', this.recordFile, error);
        }
    }
    stopTimer() {
        clearTimeout(this.timer);
        this.timer = undefined;
    }
    async close() {
        const { handle } = this;
        this.handle = undefined;
        await handle?.close();
    }
}
/** Where the bytes of a file are while it is not complete; it may have holes. */
function partialFilePath(staging, path) {
    return (0,external_node_path_.join)(staging, PARTIAL_FOLDER, (0,external_node_crypto_.createHash)('sha256').update(path).digest('hex'));
}
function sizeOf(file) {
    return (0,external_node_fs_.statSync)(file, { throwIfNoEntry: false })?.size ?? 0;
}
function dropBytes(buffers, count) {
    const rest = [];
    let left = count;
    for (const buffer of buffers) {
        if (left < buffer.length)
            rest.push(buffer.subarray(left));
        left = Math.max(0, left - buffer.length);
    }
    return rest;
}


/***/ }),

/***/ 6268:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   D3: () => (/* binding */ planPieces),
/* harmony export */   QN: () => (/* binding */ pieceSize),
/* harmony export */   TV: () => (/* binding */ missingRanges),
/* harmony export */   bV: () => (/* binding */ addRange)
/* harmony export */ });
/** A piece is never smaller than this (but for the last): each costs a round trip. */
const SMALLEST_PIECE = 8 * 1024 * 1024;
/** Nor larger than this, so that the connections end at about the same time. */
const LARGEST_PIECE = 64 * 1024 * 1024;
/** Pieces a connection gets, at least, when the file is large enough. */
const PIECES_EACH = 8;
/** How large the pieces of a file are when it comes over several connections; the file's own size when over one. */
function pieceSize(size, connections) {
    if (connections <= 1)
        return size;
    const even = Math.ceil(size / (connections * PIECES_EACH));
    return Math.min(Math.max(even, SMALLEST_PIECE), LARGEST_PIECE);
}
/** Cuts what is missing into pieces, in order; none is longer than `piece`. */
function planPieces(missing, piece) {
    return missing.flatMap(({ start, end }) => {
        const count = Math.ceil((end - start) / Math.max(piece, 1));
        return Array.from({ length: count }, (_, index) => ({
            start: start + index * piece,
            end: Math.min(start + (index + 1) * piece, end),
        }));
    });
}
/** A set of ranges with one more in it: sorted, without overlaps, neighbours joined. */
function addRange(ranges, added) {
    if (added.start >= added.end)
        return [...ranges];
    const before = ranges.filter((range) => range.end < added.start);
    const after = ranges.filter((range) => range.start > added.end);
    const touching = ranges.slice(before.length, ranges.length - after.length);
    const start = Math.min(added.start, ...touching.map((range) => range.start));
    const end = Math.max(added.end, ...touching.map((range) => range.end));
    return [...before, { start, end }, ...after];
}
/** What a set of ranges leaves out of a file of this size. */
function missingRanges(ranges, size) {
    const missing = [];
    let position = 0;
    for (const { start, end } of ranges) {
        if (start > position)
            missing.push({ start: position, end: start });
        position = end;
    }
    if (position < size)
        missing.push({ start: position, end: size });
    return missing;
}


/***/ }),

/***/ 8753:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Dn: () => (/* binding */ partialPath),
/* harmony export */   U_: () => (/* binding */ Growth),
/* harmony export */   c1: () => (/* binding */ byFolder),
/* harmony export */   vM: () => (/* binding */ temporaryFor)
/* harmony export */ });
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(1455);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(6760);
/* harmony import */ var _own_names_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(2421);



/** Folders looked at in one turn: however many wait, a turn stays cheap. */
const FOLDERS_A_TURN = 64;
/** rsync's name for a file that it is receiving: `.NAME.XXXXXX` (receiver.c, get_tmpname()), in the file's folder. */
const TEMPORARY = /^\.(.+)\.[A-Za-z0-9]{6}$/s;
/** The name a temporary file of rsync will get; undefined for any other file. */
function temporaryFor(name) {
    return TEMPORARY.exec(name)?.[1];
}
/** Path of the partial data kept for a file. */
function partialPath(path) {
    const slash = path.lastIndexOf('/') + 1;
    return `${path.slice(0, slash)}${_own_names_js__WEBPACK_IMPORTED_MODULE_2__/* .PARTIAL_FOLDER */ .D2}/${path.slice(slash)}`;
}
/** Paths by folder, each folder's names as a set. */
function byFolder(paths) {
    const folders = new Map();
    for (const path of paths) {
        const slash = path.lastIndexOf('/');
        const folder = path.slice(0, Math.max(0, slash));
        const names = folders.get(folder);
        if (names === undefined)
            folders.set(folder, new Set([path.slice(slash + 1)]));
        else
            names.add(path.slice(slash + 1));
    }
    return folders;
}
/**
 * Sees how far the file is that rsync is receiving, by its temporary file, or by its partial data: one large file would otherwise show
 * no progress until it is complete.
 */
class Growth {
    #staging;
    /** Bytes that were there before, by path: rsync copies them first, they do not come over the wire. */
    #before;
    /** Size and time of each file that was looked at. */
    #states = new Map();
    #sizes = new Map();
    #turn = 0;
    constructor(staging, before) {
        this.#staging = staging;
        this.#before = before;
    }
    /**
     * Bytes received of files not yet complete, whether that changed since the last look, and the size of each of these files so
     * far.
     */
    async look(waiting) {
        const folders = [...byFolder(waiting)];
        const start = folders.length > FOLDERS_A_TURN ? (this.#turn++ * FOLDERS_A_TURN) % folders.length : 0;
        let inFlight = 0;
        let changed = false;
        const see = async (path, at) => {
            const { size, time } = await stateOf(at);
            const state = `${size} ${time}`;
            changed ||= this.#states.get(at) !== state;
            this.#states.set(at, state);
            this.#sizes.set(path, size);
            inFlight += Math.max(0, size - (this.#before.get(path) ?? 0));
        };
        for (const [folder, names] of folders.slice(start, start + FOLDERS_A_TURN)) {
            const pathOf = (name) => (folder === '' ? name : `${folder}/${name}`);
            for (const entry of await namesIn((0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(this.#staging, folder))) {
                const name = temporaryFor(entry);
                if (name === undefined)
                    continue;
                const at = (0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(this.#staging, folder, entry);
                if (names.has(name))
                    await see(pathOf(name), at);
                // Not asked for, in a folder that was: no progress, but it must not fill the disk.
                else
                    this.#sizes.set(pathOf(name), (await stateOf(at)).size);
            }
            // A file that is gone on with grows where its partial data is.
            for (const name of await namesIn((0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(this.#staging, folder, _own_names_js__WEBPACK_IMPORTED_MODULE_2__/* .PARTIAL_FOLDER */ .D2))) {
                if (!names.has(name))
                    continue;
                await see(pathOf(name), (0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(this.#staging, folder, _own_names_js__WEBPACK_IMPORTED_MODULE_2__/* .PARTIAL_FOLDER */ .D2, name));
            }
        }
        return { inFlight, changed, sizes: this.#sizes };
    }
}
async function namesIn(folder) {
    try {
        return await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.readdir)(folder);
    }
    catch {
        // rsync has not made the folder yet: nothing is being received there.
        return [];
    }
}
async function stateOf(path) {
    try {
        const { size, mtimeMs } = await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.lstat)(path);
        return { size, time: mtimeMs };
    }
    catch {
        // Renamed between the two looks: it is complete, and its own line tells of it.
        return { size: 0, time: 0 };
    }
}


/***/ }),

/***/ 978:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   bytesStaged: () => (/* binding */ bytesStaged)
/* harmony export */ });
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(3024);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(6760);
/* harmony import */ var _mirror_partial_partial_file_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(476);
/* harmony import */ var _mirror_rsync_growth_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(8753);
/* harmony import */ var _store_flights_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(161);
/* harmony import */ var _store_open_store_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(9752);
/* harmony import */ var _sync_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(3313);







/**
 * Bytes of these files that are in staging already, complete or in part: what a run that was cancelled or killed, or whose disk
 * was full, left for the next, and what a run that is at work now has so far. They need no more room.
 *
 * @param store the store's folder; nothing need be there yet.
 */
function bytesStaged(store, files) {
    let bytes = 0;
    for (const bucket of new Set(files.map((file) => file.bucket))) {
        const wanted = files.filter((file) => file.bucket === bucket);
        const looks = (0,_store_flights_js__WEBPACK_IMPORTED_MODULE_2__/* .flightFolders */ .S)((0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(store, _store_open_store_js__WEBPACK_IMPORTED_MODULE_3__/* .VERSION */ .xv), (0,_sync_js__WEBPACK_IMPORTED_MODULE_4__/* .flightsOf */ .nz)(bucket)).map(lookInto);
        for (const file of wanted) {
            // Two flights may have left the same file; one of the two is gone on from.
            const most = looks.reduce((best, look) => Math.max(best, look(file)), 0);
            bytes += Math.min(file.size, most);
        }
    }
    return bytes;
}
/** How much of a file is in a flight's folder, in any of the ways in which transports keep it there. */
function lookInto(folder) {
    const drafts = new Map();
    /** What rsyncs that were killed outright left in a folder, by the name it would have got. */
    const draftsIn = (place) => {
        const known = drafts.get(place) ?? readDrafts((0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(folder, place));
        drafts.set(place, known);
        return known;
    };
    return ({ path }) => {
        const slash = path.lastIndexOf('/') + 1;
        return Math.max(bytesOf((0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(folder, path)), bytesOf((0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(folder, (0,_mirror_rsync_growth_js__WEBPACK_IMPORTED_MODULE_5__/* .partialPath */ .Dn)(path))), bytesOf((0,_mirror_partial_partial_file_js__WEBPACK_IMPORTED_MODULE_6__/* .partialFilePath */ .NV)(folder, path)), draftsIn(path.slice(0, slash)).get(path.slice(slash)) ?? 0);
    };
}
function readDrafts(folder) {
    const sizes = new Map();
    for (const entry of namesIn(folder)) {
        const name = (0,_mirror_rsync_growth_js__WEBPACK_IMPORTED_MODULE_5__/* .temporaryFor */ .vM)(entry);
        if (name !== undefined) {
            sizes.set(name, Math.max(sizes.get(name) ?? 0, bytesOf((0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(folder, entry))));
        }
    }
    return sizes;
}
/** Bytes of a regular file that take up room: a file that comes in ranges has holes. */
function bytesOf(file) {
    try {
        const stats = (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.lstatSync)(file);
        return stats.isFile() ? Math.min(stats.size, stats.blocks * 512) : 0;
    }
    catch {
        // Not there, or gone since: it saves no room.
        return 0;
    }
}
function namesIn(folder) {
    try {
        return (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.readdirSync)(folder);
    }
    catch {
        // Nothing was received there yet.
        return [];
    }
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
