export const id = 169;
export const ids = [169];
export const modules = {

/***/ 3169:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  createFileMirror: () => (/* binding */ createFileMirror)
});

// EXTERNAL MODULE: ./build/error.js
var build_error = __webpack_require__(5602);
// EXTERNAL MODULE: ./build/mirror/partial/staged.js
var staged = __webpack_require__(1748);
// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __webpack_require__(3024);
// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(1455);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
// EXTERNAL MODULE: ./build/store/file-error.js
var file_error = __webpack_require__(3009);
// EXTERNAL MODULE: ./build/mirror/https/failure.js
var failure = __webpack_require__(5966);
// EXTERNAL MODULE: ./build/mirror/partial/partial-file.js + 1 modules
var partial_file = __webpack_require__(476);
// EXTERNAL MODULE: ./build/mirror/https/listing/checked.js
var checked = __webpack_require__(4374);
// EXTERNAL MODULE: ./build/mirror/https/parallel.js
var parallel = __webpack_require__(3145);
;// CONCATENATED MODULE: ./build/mirror/file/list.js







/** System calls at once: enough for the latency of a network file system, fewer than libuv would queue. */
const AT_ONCE = 16;
/** @throws TfcacheError `no-mirror` when the share is not there or may not be read. */
async function listFolder(root, folder, log, signal) {
    const collected = new checked/* Collected */.iG((0,external_node_path_.join)(root, folder));
    const exists = await readFolder(await realRoot(root), folder, collected, log, signal);
    collected.warn(log);
    return { folder, exists, files: collected.files.map(toListed), folders: collected.folders };
}
/** @throws TfcacheError `no-mirror` when the share is not there or may not be read. */
async function listTree(root, folder, log, signal) {
    const real = await realRoot(root);
    const files = [];
    const left = [folder];
    for (let next = left.pop(); next !== undefined; next = left.pop()) {
        const collected = new checked/* Collected */.iG((0,external_node_path_.join)(root, next));
        await readFolder(real, next, collected, log, signal);
        collected.warn(log);
        for (const file of collected.files)
            files.push(toListed(file));
        for (const name of collected.folders)
            left.push(next === '' ? name : `${next}/${name}`);
    }
    return files;
}
/** Whether a folder or file stands at this very place: no link on the way to it. */
async function isPlainPath(real, path) {
    const place = path === '' ? real : (0,external_node_path_.join)(real, path);
    return (await (0,promises_.realpath)(place)) === place;
}
/** The mirror's own folder may be reached through links: the user named it. */
async function realRoot(root) {
    try {
        return await (0,promises_.realpath)(root);
    }
    catch (error) {
        throw unusable(root, error);
    }
}
async function readFolder(real, folder, collected, log, signal) {
    (0,failure/* throwIfCancelled */.dZ)(signal);
    const place = (0,external_node_path_.join)(real, folder);
    let entries;
    try {
        if (!(await isPlainPath(real, folder)))
            return false;
        entries = await (0,promises_.readdir)(place, { withFileTypes: true });
    }
    catch (error) {
        if (['ENOENT', 'ENOTDIR'].includes((0,file_error/* errorCode */.C)(error) ?? ''))
            return false;
        throw unusable(place, error);
    }
    if (folder === '' && entries.length === 0) {
        log.warning(`${place} is empty: if it is a mount point, nothing is mounted there.`);
    }
    const prefix = folder === '' ? '' : `${folder}/`;
    for (const entry of entries)
        if (entry.isDirectory())
            collected.addFolder(entry.name);
    const files = entries.filter((entry) => entry.isFile());
    await (0,parallel/* mapParallel */.E)(files, AT_ONCE, signal, async ({ name }) => {
        const found = await statIfThere((0,external_node_path_.join)(place, name));
        if (found === undefined)
            return;
        collected.addFile(prefix + name, {
            name,
            size: found.size,
            mtime: Math.floor(found.mtimeMs / 1000),
        });
    });
    const others = entries.length - files.length - entries.filter((entry) => entry.isDirectory()).length;
    if (others > 0)
        log.debug(`${place}: ${others} links or devices passed over.`);
    return true;
}
async function statIfThere(file) {
    try {
        return await (0,promises_.lstat)(file);
    }
    catch (error) {
        // Removed since the folder was read, or not a name that can be read back.
        if ((0,file_error/* errorCode */.C)(error) === 'ENOENT')
            return undefined;
        throw unusable(file, error);
    }
}
function toListed({ path, entry }) {
    return { path, size: entry.size ?? 0, mtime: entry.mtime ?? 0 };
}
function unusable(where, error) {
    if (error instanceof build_error/* TfcacheError */.TM)
        return error;
    const code = (0,file_error/* errorCode */.C)(error);
    const details = {
        where,
        cause: error,
        found: error instanceof Error ? error.message : String(error),
    };
    if (code === 'ENOENT' || code === 'ENOTDIR') {
        return new build_error/* TfcacheError */.TM('no-mirror', 'The mirror’s folder is not there.', {
            ...details,
            hint: 'Mount the share before this step, and check the path (and {bucket}) in mirrors.',
        });
    }
    if (code === 'EACCES' || code === 'EPERM') {
        return new build_error/* TfcacheError */.TM('no-mirror', 'The mirror’s folder may not be read.', {
            ...details,
            hint: 'Give the user that runs this job read access to the share.',
        });
    }
    return new build_error/* TfcacheError */.TM('no-mirror', 'The mirror’s folder cannot be read.', {
        ...details,
        hint: 'ESTALE, EIO and ETIMEDOUT mean that the server of the share is gone: mount it again, or name a further mirror.',
    });
}

;// CONCATENATED MODULE: ./build/mirror/file/copy.js









/** Bytes read at once. */
const BUFFER_SIZE = 4 * 1024 * 1024;
/**
 * Brings one file of a share into staging.
 *
 * @throws TfcacheError `integrity` when it is not the file that was listed or changes under the copy, `no-mirror` when the
 *   share cannot be read, `no-space`.
 */
async function copyFile(root, file, staging, onBytes, signal) {
    (0,failure/* throwIfCancelled */.dZ)(signal);
    const target = (0,external_node_path_.join)(staging, file.path);
    if ((0,staged/* isStaged */.F)(staging, file))
        return 'complete';
    const real = await realRoot(root);
    const place = (0,external_node_path_.join)(real, file.path);
    const source = await openPlain(real, file.path);
    if (source === undefined)
        return 'missing';
    try {
        const before = await version(source);
        if (before.size !== file.size)
            throw changed(place, file, `${before.size} bytes`);
        const mtime = file.mtime ?? before.mtime;
        const cloned = (0,external_node_path_.join)(staging, partial_file/* PARTIAL_FOLDER */.D2, 'clone');
        if (await clone(place, cloned)) {
            await checkUnchanged(source, before.text, place, file, () => (0,external_node_fs_.rmSync)(cloned, { force: true }));
            onBytes(file.size);
            putInPlace(cloned, target, mtime);
            return 'complete';
        }
        const partial = new partial_file/* PartialFile */.AV(staging, file.path, file.size);
        await copyRest(source, before.text, partial, onBytes, signal);
        await checkUnchanged(source, before.text, place, file, () => partial.discard());
        await partial.complete(mtime);
        return 'complete';
    }
    finally {
        await source.close();
    }
}
/** Opened without following a link; undefined when there is no regular file at this very place. */
async function openPlain(real, path) {
    const place = (0,external_node_path_.join)(real, path);
    let handle;
    try {
        if (!(await isPlainPath(real, path)))
            return undefined;
        // A pipe must not hang the job, a link that was put there since must not be followed.
        handle = await (0,promises_.open)(place, external_node_fs_.constants.O_RDONLY | (external_node_fs_.constants.O_NOFOLLOW ?? 0) | (external_node_fs_.constants.O_NONBLOCK ?? 0));
        if ((await handle.stat()).isFile())
            return handle;
        await handle.close();
        return undefined;
    }
    catch (error) {
        await handle?.close();
        if (['ENOENT', 'ENOTDIR', 'ELOOP', 'ENXIO'].includes((0,file_error/* errorCode */.C)(error) ?? ''))
            return undefined;
        throw unusable(place, error);
    }
}
/** A clone shares the blocks of the share's file until one of the two is written; only some file systems can. */
async function clone(place, target) {
    try {
        (0,external_node_fs_.mkdirSync)((0,external_node_path_.dirname)(target), { recursive: true });
        (0,external_node_fs_.rmSync)(target, { force: true });
        await (0,promises_.copyFile)(place, target, external_node_fs_.constants.COPYFILE_FICLONE_FORCE);
        await (0,promises_.chmod)(target, 0o600);
        return true;
    }
    catch (error) {
        if (['ENOSPC', 'EDQUOT', 'EROFS', 'EACCES'].includes((0,file_error/* errorCode */.C)(error) ?? '')) {
            throw (0,file_error/* fileError */.z)('write a file into staging', target, error);
        }
        // Not on this file system, or not across two: every system has its own code for that.
        return false;
    }
}
async function copyRest(source, validator, partial, onBytes, signal) {
    await partial.begin();
    if (partial.validator !== validator)
        await partial.reset();
    partial.setValidator(validator);
    try {
        const buffer = Buffer.allocUnsafe(BUFFER_SIZE);
        for (const { start, end } of partial.missing) {
            for (let position = start; position < end;) {
                (0,failure/* throwIfCancelled */.dZ)(signal);
                const { bytesRead } = await source.read(buffer, 0, Math.min(BUFFER_SIZE, end - position), position);
                if (bytesRead === 0)
                    return;
                await partial.write([buffer.subarray(0, bytesRead)], position);
                position += bytesRead;
                onBytes(bytesRead);
            }
        }
    }
    catch (error) {
        await partial.keep();
        throw error instanceof build_error/* TfcacheError */.TM ? error : unusable('the share', error);
    }
}
async function checkUnchanged(source, before, place, file, discard) {
    const after = await version(source);
    // A clone is made by name: what has that name must be what was opened.
    if (after.text === before && (await namedVersion(place)) === before)
        return;
    await discard();
    throw changed(place, file, 'it changed while it was copied');
}
async function version(source) {
    const found = await source.stat({ bigint: true });
    return {
        size: Number(found.size),
        mtime: Number(found.mtimeNs / 1000000000n),
        text: textOf(found),
    };
}
async function namedVersion(place) {
    try {
        return textOf(await (0,promises_.lstat)(place, { bigint: true }));
    }
    catch (error) {
        if ((0,file_error/* errorCode */.C)(error) === 'ENOENT')
            return undefined;
        throw unusable(place, error);
    }
}
/** Tells one version of a file from another. */
function textOf({ dev, ino, size, mtimeNs }) {
    return `${dev}-${ino}-${size}-${mtimeNs}`;
}
function putInPlace(file, target, mtime) {
    try {
        (0,external_node_fs_.utimesSync)(file, mtime, mtime);
        (0,external_node_fs_.mkdirSync)((0,external_node_path_.dirname)(target), { recursive: true });
        (0,external_node_fs_.renameSync)(file, target);
    }
    catch (error) {
        throw (0,file_error/* fileError */.z)('put a file into staging', target, error);
    }
}
function changed(place, file, found) {
    return new build_error/* TfcacheError */.TM('integrity', `${file.path} is not the file that was listed.`, {
        where: place,
        expected: `${file.size} bytes, unchanged`,
        found,
        hint: 'The share is probably being updated: run again in some minutes.',
    });
}

// EXTERNAL MODULE: external "node:url"
var external_node_url_ = __webpack_require__(3136);
// EXTERNAL MODULE: ./build/safe-path.js
var safe_path = __webpack_require__(7999);
;// CONCATENATED MODULE: ./build/mirror/file/location.js




/**
 * The folder on this machine that a bucket stands in.
 *
 * @param url `file:///folder/{bucket}/`, percent-encoded as URLs are (RFC 8089).
 * @throws TfcacheError `usage`.
 */
function rootOf(url, bucket) {
    if (!(0,safe_path/* isBucketName */.E)(bucket)) {
        throw new build_error/* TfcacheError */.TM('usage', 'This cannot be the name of a bucket.', {
            where: url,
            found: JSON.stringify(bucket),
        });
    }
    try {
        const parsed = new URL(url.replaceAll('{bucket}', bucket));
        if (parsed.protocol !== 'file:' || parsed.search !== '' || parsed.hash !== '') {
            throw new Error('not a plain file:// URL');
        }
        const folder = (0,external_node_url_.fileURLToPath)(parsed);
        if ((0,external_node_path_.isAbsolute)(folder) && !folder.includes('\0'))
            return folder;
        throw new Error('not an absolute path');
    }
    catch (error) {
        throw new build_error/* TfcacheError */.TM('usage', 'A mirror’s URL cannot be used.', {
            expected: 'file:///folder/, three slashes, {bucket} standing for the bucket; %23 for #, %3F for ?',
            found: `${url}: ${error instanceof Error ? error.message : String(error)}`,
            cause: error,
        });
    }
}

;// CONCATENATED MODULE: ./build/mirror/file/file-mirror.js





/**
 * A mirror on a mounted file system. Links and devices are never followed or listed, as with rsync. Files are cloned where
 * the file system can (reflink), else copied; never hard-linked, because what is staged is made read-only and dated by
 * us, and a link would do that to the share’s own file (and its owner could change our store’s).
 *
 * @throws TfcacheError `usage` for a URL that cannot be used.
 */
function createFileMirror(options) {
    return new FileMirror(options);
}
class FileMirror {
    url;
    bucket;
    log;
    constructor({ url, bucket, log }) {
        this.url = url.endsWith('/') ? url : `${url}/`;
        this.bucket = bucket;
        this.log = log;
        rootOf(this.url, bucket ?? 'bucket');
    }
    serves(bucket) {
        return this.bucket === undefined || this.bucket === bucket;
    }
    async listFolders(bucket, folders, signal) {
        const root = rootOf(this.url, bucket);
        const listings = [];
        for (const folder of folders) {
            if (folder !== '')
                (0,staged/* checkFetchPath */.q)(folder, this.url);
            listings.push(await listFolder(root, folder, this.log, signal));
        }
        return listings;
    }
    async listTree(bucket, folder, signal) {
        if (folder !== '')
            (0,staged/* checkFetchPath */.q)(folder, this.url);
        return listTree(rootOf(this.url, bucket), folder, this.log, signal);
    }
    async fetch(bucket, files, staging, events, signal) {
        for (const { path } of files)
            (0,staged/* checkFetchPath */.q)(path, this.url);
        const root = rootOf(this.url, bucket);
        const missing = [];
        let bytesReceived = 0;
        const onBytes = (bytes) => {
            bytesReceived += bytes;
            events.onBytes(bytes);
        };
        /** Wrong files; the others are brought all the same. */
        const wrong = [];
        for (const file of files) {
            try {
                const outcome = await copyFile(root, file, staging, onBytes, signal);
                if (outcome === 'missing')
                    missing.push(file.path);
                else
                    events.onFile(file.path);
            }
            catch (error) {
                if (!(error instanceof build_error/* TfcacheError */.TM) || error.code !== 'integrity')
                    throw error;
                wrong.push(error);
            }
        }
        if (wrong[0] !== undefined)
            throw wrong[0];
        return { bytesReceived, missing };
    }
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
var ranges = __webpack_require__(3887);
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

/***/ 3887:
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
