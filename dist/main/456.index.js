export const id = 456;
export const ids = [456];
export const modules = {

/***/ 5966:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   $m: () => (/* binding */ proxyWantsPassword),
/* harmony export */   KW: () => (/* binding */ cancelled),
/* harmony export */   N4: () => (/* binding */ outward),
/* harmony export */   SP: () => (/* binding */ shown),
/* harmony export */   Wz: () => (/* binding */ PassingFailure),
/* harmony export */   dZ: () => (/* binding */ throwIfCancelled),
/* harmony export */   rd: () => (/* binding */ networkFailure)
/* harmony export */ });
/* harmony import */ var _error_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(5602);
/* harmony import */ var _store_file_error_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(3009);


/**
 * A failure that may pass: another try can do better. It does not leave this folder; when the tries are used up, `error`
 * is what the caller sees.
 */
class PassingFailure extends Error {
    error;
    /** Seconds the server asked to wait (`Retry-After`), undefined when it did not. */
    waitSeconds;
    constructor(error, waitSeconds) {
        super(error.message);
        this.error = error;
        this.waitSeconds = waitSeconds;
    }
}
/** The error that a caller outside sees. */
function outward(error) {
    return error instanceof PassingFailure ? error.error : error;
}
/** @throws TfcacheError `failed` once the signal is aborted. */
function throwIfCancelled(signal) {
    if (signal?.aborted === true)
        throw cancelled(signal);
}
function cancelled(signal) {
    return new _error_js__WEBPACK_IMPORTED_MODULE_0__/* .TfcacheError */ .TM('failed', 'The transfer was cancelled.', {
        cause: signal?.reason,
        hint: 'What arrived is kept in the store: the next run goes on from it.',
    });
}
const CERTIFICATE_HINT = [
    'If a proxy or the mirror uses a certificate of your own authority, set NODE_EXTRA_CA_CERTS to its PEM file in the environment of the job (or of the runner) and run again.',
    'Certificates are always checked; there is no switch to turn that off.',
].join('\n');
/** Codes of Node's TLS for a certificate that cannot be trusted: https://nodejs.org/api/tls.html#x509-certificate-error-codes */
const CERTIFICATE_CODES = /^(CERT_|ERR_TLS_CERT|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_|INVALID_CA$|PATH_LENGTH_EXCEEDED$|HOSTNAME_MISMATCH$)/;
/** What a request that got no answer means. */
function networkFailure(error, url) {
    if (error instanceof PassingFailure || error instanceof _error_js__WEBPACK_IMPORTED_MODULE_0__/* .TfcacheError */ .TM)
        return error;
    const code = (0,_store_file_error_js__WEBPACK_IMPORTED_MODULE_1__/* .errorCode */ .C)(error) ?? '';
    const details = { where: shown(url), cause: error, found: describe(error) };
    const host = url.host;
    if (CERTIFICATE_CODES.test(code)) {
        return new _error_js__WEBPACK_IMPORTED_MODULE_0__/* .TfcacheError */ .TM('no-mirror', `The certificate of ${host} cannot be trusted.`, {
            ...details,
            hint: CERTIFICATE_HINT,
        });
    }
    if (code === 'EPROTO' || code.startsWith('ERR_SSL')) {
        return new _error_js__WEBPACK_IMPORTED_MODULE_0__/* .TfcacheError */ .TM('no-mirror', `${host} does not speak TLS on this port.`, {
            ...details,
            hint: 'Check the port of the mirror; something between here and there may also answer in its place (a proxy, a captive portal).',
        });
    }
    if (code.startsWith('ERR_PROXY'))
        return proxyFailure(error, details, host);
    switch (code) {
        case 'ENOTFOUND':
            return new _error_js__WEBPACK_IMPORTED_MODULE_0__/* .TfcacheError */ .TM('no-mirror', `There is no host named ${url.hostname}.`, {
                ...details,
                hint: 'Check the spelling of the mirror, and that this machine can look names up (getent hosts NAME).',
            });
        case 'EAI_AGAIN':
            return passing(`The name ${url.hostname} could not be looked up.`, details, {
                hint: 'The name server did not answer: check the network of this machine.',
            });
        case 'ECONNREFUSED':
            return passing(`${host} refuses the connection.`, details, {
                hint: 'No server listens there now: check the port, and HTTPS_PROXY, HTTP_PROXY and NO_PROXY; name a further mirror.',
            });
        case 'ENETUNREACH':
        case 'EHOSTUNREACH':
        case 'ETIMEDOUT':
            return passing(`${host} cannot be reached.`, details, {
                hint: 'A firewall may stand between: set HTTPS_PROXY if this network needs a proxy, or name another mirror.',
            });
        default:
            return passing(`The connection to ${host} broke.`, details, {
                hint: 'Run again: what arrived is kept, and the transfer goes on from it.',
            });
    }
}
function proxyFailure(error, details, host) {
    const status = error instanceof Error && 'statusCode' in error && typeof error.statusCode === 'number'
        ? error.statusCode
        : undefined;
    if (status === 407)
        return proxyWantsPassword(details);
    if (status !== undefined && status < 500) {
        return new _error_js__WEBPACK_IMPORTED_MODULE_0__/* .TfcacheError */ .TM('no-mirror', `The proxy refuses to connect to ${host}.`, {
            ...details,
            hint: 'Ask who runs the proxy to allow this host and port, or list the host in NO_PROXY if it can be reached directly.',
        });
    }
    return passing(`The proxy could not connect to ${host}.`, details, {
        hint: 'Check HTTPS_PROXY, HTTP_PROXY and NO_PROXY; list the host in NO_PROXY if it can be reached directly.',
    });
}
function proxyWantsPassword(details) {
    return new _error_js__WEBPACK_IMPORTED_MODULE_0__/* .TfcacheError */ .TM('no-mirror', 'The proxy asks for a user and a password (407).', {
        ...details,
        hint: 'Set HTTPS_PROXY and HTTP_PROXY to http://user:password@host:port (from a secret), or list the host in NO_PROXY.',
    });
}
function passing(message, details, { hint }) {
    return new PassingFailure(new _error_js__WEBPACK_IMPORTED_MODULE_0__/* .TfcacheError */ .TM('no-mirror', message, { ...details, hint }));
}
/** A URL as it may be shown: without user and password, and without query, which may hold a signature. */
function shown(url) {
    const copy = new URL(url);
    copy.username = '';
    copy.password = '';
    copy.search = '';
    return copy.href;
}
function describe(error) {
    if (!(error instanceof Error))
        return String(error);
    // The proxy's own URL may stand in the message, with its password.
    const message = error.message.replace(/\/\/[^/@\s]*@/g, '//…@');
    const code = (0,_store_file_error_js__WEBPACK_IMPORTED_MODULE_1__/* .errorCode */ .C)(error);
    return code === undefined || message.includes(code) ? message : `${code}: ${message}`;
}


/***/ }),

/***/ 4374:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   gE: () => (/* binding */ listedFile),
/* harmony export */   iG: () => (/* binding */ Collected),
/* harmony export */   nJ: () => (/* binding */ MOST_NAMES)
/* harmony export */ });
/* harmony import */ var _error_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(5602);
/* harmony import */ var _safe_path_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(7999);


/** Most names that one answer may hold; a tree of more is asked for in parts. */
const MOST_NAMES = 200_000;
/**
 * Collects what the pages of one answer name. Every name is checked: what could not be a path below a folder of ours, or
 * holds control characters, is left out, counted, and told once.
 */
class Collected {
    files = [];
    folderNames = new Set();
    refused = 0;
    example = '';
    where;
    constructor(where) {
        this.where = where;
    }
    get folders() {
        return [...this.folderNames];
    }
    /** @param path relative to the bucket's root. @throws TfcacheError `no-mirror` when there are too many. */
    addFile(path, entry) {
        if (this.accept(path))
            this.files.push({ path, entry });
    }
    /** @param name of a folder directly inside. @throws TfcacheError `no-mirror` when there are too many. */
    addFolder(name) {
        if (name.includes('/'))
            this.refuse(name, 'a name of a folder with a slash in it');
        else if (this.accept(name))
            this.folderNames.add(name);
    }
    accept(path) {
        if (this.files.length + this.folderNames.size >= MOST_NAMES) {
            throw new _error_js__WEBPACK_IMPORTED_MODULE_0__/* .TfcacheError */ .TM('no-mirror', 'The mirror lists more names than anything should hold.', {
                where: this.where,
                expected: `at most ${MOST_NAMES} names`,
                hint: 'Ask for a smaller folder: a longer fixed beginning of the path.',
            });
        }
        const problem = /\p{Cc}/u.test(path) ? 'it holds a control character' : (0,_safe_path_js__WEBPACK_IMPORTED_MODULE_1__/* .findPathProblem */ .W)(path);
        if (problem === undefined)
            return true;
        this.refuse(path, problem);
        return false;
    }
    refuse(name, problem) {
        this.refused += 1;
        if (this.refused === 1)
            this.example = `${JSON.stringify(name.slice(0, 200))}: ${problem}`;
    }
    warn(log) {
        if (this.refused === 0)
            return;
        log.warning(`${this.where} lists ${this.refused === 1 ? 'a name that is' : `${this.refused} names that are`} not safe to use; left out (${this.example}).`);
    }
}
/** A file whose size and time are known, as every mirror lists it. */
function listedFile(path, entry, size, mtime) {
    const digests = entry.md5 === undefined ? [] : [{ algorithm: 'md5', value: entry.md5, source: 'listing' }];
    return { path, size, mtime, ...(digests.length === 0 ? {} : { digests }) };
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

/***/ 1748:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   F: () => (/* binding */ isStaged),
/* harmony export */   q: () => (/* binding */ checkFetchPath)
/* harmony export */ });
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(3024);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(6760);
/* harmony import */ var _error_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(5602);
/* harmony import */ var _safe_path_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(7999);
/* harmony import */ var _partial_file_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(476);





/**
 * Whether an earlier run completed a file: its size, and its time as it was listed. A file without a listed time is one
 * whose digest is known, so its size is enough.
 */
function isStaged(staging, file) {
    const found = (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.statSync)((0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(staging, file.path), { throwIfNoEntry: false });
    if (found === undefined || !found.isFile() || found.size !== file.size)
        return false;
    return file.mtime === undefined || Math.floor(found.mtimeMs / 1000) === file.mtime;
}
/**
 * Holds a path that is to be fetched to what a path may be: it may come from a lock file or another mirror.
 *
 * @throws TfcacheError `failed` for one that could lead out of staging, or into what is kept there for resuming.
 */
function checkFetchPath(path, where) {
    const problem = path.split('/')[0] === _partial_file_js__WEBPACK_IMPORTED_MODULE_2__/* .PARTIAL_FOLDER */ .D2
        ? `${_partial_file_js__WEBPACK_IMPORTED_MODULE_2__/* .PARTIAL_FOLDER */ .D2} is where partial files are kept`
        : (0,_safe_path_js__WEBPACK_IMPORTED_MODULE_3__/* .findPathProblem */ .W)(path);
    if (problem === undefined)
        return;
    throw new _error_js__WEBPACK_IMPORTED_MODULE_4__/* .TfcacheError */ .TM('failed', 'A path cannot be fetched from the mirror.', {
        where,
        found: `${JSON.stringify(path)}: ${problem}`,
        hint: 'Correct the lock file or the request that names it.',
    });
}


/***/ })

};
