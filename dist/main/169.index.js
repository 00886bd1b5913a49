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


/***/ })

};
