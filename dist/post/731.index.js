export const id = 731;
export const ids = [731];
export const modules = {

/***/ 851:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Au: () => (/* binding */ indexKeyPrefix),
/* harmony export */   qC: () => (/* binding */ planPacks)
/* harmony export */ });
/* unused harmony export STANDALONE_SIZE */
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(598);
/* harmony import */ var _error_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(602);


const MEBIBYTE = 1024 * 1024;
/**
 * Files of at least this many bytes stand alone in a pack, so that its key follows from the file's sha256. Smaller ones
 * are put together until a pack has this size: GitHub allows 200 uploads a minute and repository
 * (https://docs.github.com/en/actions/reference/limits), so one entry per small file is no way.
 */
const STANDALONE_SIZE = 32 * MEBIBYTE;
/** Counts up when the form of a pack changes; old entries are not found then. */
const PACK_FORMAT = 'v1';
/** Keys of the service hold at most 512 characters and no comma (`@actions/cache`, checkKey). */
const LONGEST_PREFIX = 400;
/**
 * Distributes files over packs, each content once. The same files always give the same packs and keys, in whatever order
 * they come; a large file's pack depends on that file alone.
 *
 * `salt` gives other keys for the same content: entries are immutable, so a key whose entry turned out to hold wrong bytes
 * can only be left behind.
 *
 * @throws TfcacheError `usage` for a prefix that cannot stand in a key.
 */
function planPacks(files, keyPrefix, salt = '') {
    checkKeyPrefix(keyPrefix);
    const bySha256 = new Map(files.map(({ sha256, size }) => [sha256, { sha256, size }]));
    const sorted = [...bySha256.values()].sort((one, other) => (one.sha256 < other.sha256 ? -1 : 1));
    const packs = [];
    let together = [];
    let bytes = 0;
    for (const file of sorted) {
        if (file.size >= STANDALONE_SIZE) {
            packs.push(makePack([file], keyPrefix, salt));
            continue;
        }
        together.push(file);
        bytes += file.size;
        if (bytes >= STANDALONE_SIZE) {
            packs.push(makePack(together, keyPrefix, salt));
            together = [];
            bytes = 0;
        }
    }
    if (together.length > 0)
        packs.push(makePack(together, keyPrefix, salt));
    return packs;
}
/** The part of an index entry's key that all index entries of this format share. */
function indexKeyPrefix(keyPrefix) {
    checkKeyPrefix(keyPrefix);
    return `${keyPrefix}-${PACK_FORMAT}-index-`;
}
function makePack(contents, keyPrefix, salt) {
    const digest = (0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.createHash)('sha256');
    for (const { sha256 } of contents)
        digest.update(`${sha256}\n`);
    if (salt !== '')
        digest.update(`salt ${salt}\n`);
    return {
        key: `${keyPrefix}-${PACK_FORMAT}-${digest.digest('hex')}`,
        size: contents.reduce((sum, { size }) => sum + size, 0),
        contents,
    };
}
function checkKeyPrefix(keyPrefix) {
    if (/^[^,\p{Cc}]+$/u.test(keyPrefix) && keyPrefix.length <= LONGEST_PREFIX)
        return;
    throw new _error_js__WEBPACK_IMPORTED_MODULE_1__/* .TfcacheError */ .TM('usage', 'the cache key prefix cannot stand in a key of the cache', {
        where: 'cache-key-prefix',
        expected: `1 to ${LONGEST_PREFIX} characters, no comma, no control character`,
        found: JSON.stringify(keyPrefix.slice(0, 80)),
        hint: 'choose a short name such as "tfcache"',
    });
}


/***/ }),

/***/ 731:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  saveNew: () => (/* binding */ saveNew)
});

// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(598);
// EXTERNAL MODULE: ./build/cache/packs.js
var packs = __webpack_require__(851);
// EXTERNAL MODULE: ./build/error.js
var error = __webpack_require__(602);
// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __webpack_require__(24);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(760);
// EXTERNAL MODULE: ./build/store/file-error.js
var file_error = __webpack_require__(9);
// EXTERNAL MODULE: ./build/store/make-folders.js
var make_folders = __webpack_require__(946);
;// CONCATENATED MODULE: ./build/store/hash-file.js


/**
 * Bytes read at once. Buffers that stay in a core's own cache are hashed fastest: 64 to 256 KiB gave 1.3 GB/s where
 * 512 KiB and more gave 1.0.
 */
const HASH_BUFFER_SIZE = 256 * 1024;
/** A file that was written to while it was read: its digest would mean nothing. */
class FileChangedError extends Error {
    code = 'CHANGED';
}
/**
 * Reads a file once and hashes what was read. Symbolic links are followed.
 *
 * @param buffer where to read to; one buffer serves any number of files, one after the other.
 * @throws the system's error, or FileChangedError.
 */
function hashFileSync(file, buffer, algorithms = []) {
    const descriptor = (0,external_node_fs_.openSync)(file, 'r');
    try {
        const before = (0,external_node_fs_.fstatSync)(descriptor, { bigint: true });
        if (!before.isFile())
            throw new Error('not a regular file');
        const withMd5 = algorithms.includes('md5');
        const read = before.size <= BigInt(buffer.length)
            ? hashSmall(descriptor, Number(before.size), buffer, withMd5)
            : hashLarge(descriptor, buffer, withMd5);
        const after = (0,external_node_fs_.fstatSync)(descriptor, { bigint: true });
        if (BigInt(read.size) !== after.size || before.mtimeNs !== after.mtimeNs) {
            throw new FileChangedError('it changed while it was read');
        }
        return { ...read, ino: String(after.ino) };
    }
    finally {
        (0,external_node_fs_.closeSync)(descriptor);
    }
}
/** The whole file in one call each: what an incremental hash costs beyond that counts when files are small and many. */
function hashSmall(descriptor, expected, buffer, withMd5) {
    let size = 0;
    while (size < expected) {
        const count = (0,external_node_fs_.readSync)(descriptor, buffer, size, expected - size, null);
        if (count === 0)
            break;
        size += count;
    }
    const bytes = buffer.subarray(0, size);
    const sha256 = (0,external_node_crypto_.hash)('sha256', bytes, 'hex');
    return withMd5 ? { size, sha256, md5: (0,external_node_crypto_.hash)('md5', bytes, 'hex') } : { size, sha256 };
}
function hashLarge(descriptor, buffer, withMd5) {
    const sha256 = (0,external_node_crypto_.createHash)('sha256');
    const md5 = withMd5 ? (0,external_node_crypto_.createHash)('md5') : undefined;
    let size = 0;
    for (;;) {
        const count = (0,external_node_fs_.readSync)(descriptor, buffer, 0, buffer.length, null);
        if (count === 0)
            break;
        size += count;
        const bytes = count === buffer.length ? buffer : buffer.subarray(0, count);
        sha256.update(bytes);
        md5?.update(bytes);
    }
    const digest = { size, sha256: sha256.digest('hex') };
    return md5 === undefined ? digest : { ...digest, md5: md5.digest('hex') };
}

;// CONCATENATED MODULE: ./build/store/object-name.js
const FORM = /^([0-9a-f]{64})\.(\d{1,16})\.(-?\d{1,20})\.(\d{1,20})$/;
/** Undefined for a name that is not an object's. */
function parseObjectName(name) {
    const [, sha256, size, mtimeNs, ino] = FORM.exec(name) ?? [];
    if (sha256 === undefined || size === undefined || mtimeNs === undefined || ino === undefined) {
        return undefined;
    }
    return { sha256, size: Number(size), mtimeNs, ino };
}
/** What a file with these bytes is called in the store. */
function formatObjectName(sha256, stats) {
    return `${sha256}.${stats.size}.${stats.mtimeNs}.${stats.ino}`;
}
/**
 * The folder of an object below `objects`, `00` to `3f`: the first six bits. Sixty-four folders keep a million objects
 * readable a folder at a time, and cost 10 ms to make where 256 cost 200 (ext4), which a store of one job would pay each time.
 */
function objectFolder(sha256) {
    return (Number.parseInt(sha256.slice(0, 2), 16) >> 2).toString(16).padStart(2, '0');
}
/** What comes from outside becomes part of a path only when it has this form. */
function isSha256(text) {
    return /^[0-9a-f]{64}$/.test(text);
}

;// CONCATENATED MODULE: ./build/store/object-folders.js




/** File systems keep times of folders in steps of up to two seconds (FAT; ext4 has 4 ms). */
const COARSEST_TIME_MS = 2_000;
function createObjectFolders(objects) {
    const folders = new Map();
    function folderOf(sha256) {
        const name = objectFolder(sha256);
        let folder = folders.get(name);
        if (folder === undefined) {
            folder = read((0,external_node_path_.join)(objects, name));
            folders.set(name, folder);
        }
        return folder;
    }
    return {
        names: (sha256) => folderOf(sha256).names.get(sha256) ?? [],
        refresh(sha256) {
            const name = objectFolder(sha256);
            const known = folders.get(name);
            const path = (0,external_node_path_.join)(objects, name);
            if (known?.settled === true) {
                const mtimeNs = (0,external_node_fs_.lstatSync)(path, { bigint: true, throwIfNoEntry: false })?.mtimeNs;
                if (mtimeNs === known.mtimeNs)
                    return false;
            }
            folders.set(name, read(path));
            return true;
        },
        added(sha256, name) {
            add(folderOf(sha256).names, sha256, name);
        },
        removed(sha256, name) {
            const { names } = folderOf(sha256);
            names.set(sha256, (names.get(sha256) ?? []).filter((other) => other !== name));
        },
    };
}
function read(path) {
    const mtimeNs = (0,external_node_fs_.lstatSync)(path, { bigint: true, throwIfNoEntry: false })?.mtimeNs;
    const names = new Map();
    for (const name of list(path))
        add(names, name.slice(0, 64), name);
    const settled = mtimeNs === undefined || Date.now() - Number(mtimeNs / 1000000n) > COARSEST_TIME_MS;
    return { names, mtimeNs, settled };
}
function list(path) {
    try {
        return (0,external_node_fs_.readdirSync)(path);
    }
    catch (error) {
        if ((0,file_error/* errorCode */.C)(error) === 'ENOENT')
            return [];
        throw error;
    }
}
function add(names, sha256, name) {
    const known = names.get(sha256);
    if (known === undefined)
        names.set(sha256, [name]);
    else if (!known.includes(name))
        known.push(name);
}

;// CONCATENATED MODULE: ./build/store/objects.js








function createObjects({ folder, quarantine, onChanged }) {
    const folders = createObjectFolders(folder);
    /** The object of this name when it is sound; else it is healed or taken away. */
    function check(name, size) {
        const recorded = parseObjectName(name);
        if (recorded === undefined || recorded.size !== size)
            return undefined;
        const { sha256 } = recorded;
        const path = (0,external_node_path_.join)(folder, objectFolder(sha256), name);
        const stats = (0,external_node_fs_.lstatSync)(path, { bigint: true, throwIfNoEntry: false });
        if (stats === undefined) {
            folders.removed(sha256, name);
            return undefined;
        }
        if (stats.isFile() && formatObjectName(sha256, stats) === name) {
            if ((stats.mode & 146n) !== 0n)
                protect(path);
            return path;
        }
        return healed(sha256, name, path, stats) ?? takeAway(sha256, name, path, stats);
    }
    /** Touched, restored from a backup or moved to another file system: other times and inodes, the same bytes. */
    function healed(sha256, name, path, stats) {
        if (!stats.isFile() || stats.size !== BigInt(parseObjectName(name)?.size ?? -1))
            return undefined;
        try {
            if (hashFileSync(path, new Uint8Array(HASH_BUFFER_SIZE)).sha256 !== sha256)
                return undefined;
            protect(path);
            return place(path, sha256, stats, name);
        }
        catch (error) {
            // Another process healed or quarantined it first, or it cannot be read and is no use: taken away, if still there.
            if (error instanceof Error)
                return undefined;
            throw error;
        }
    }
    function takeAway(sha256, name, path, stats) {
        folders.removed(sha256, name);
        const quarantined = (0,external_node_path_.join)(quarantine, name);
        try {
            (0,make_folders/* makeFolders */.w)(quarantine);
            (0,external_node_fs_.renameSync)(path, quarantined);
        }
        catch (error) {
            if ((0,file_error/* errorCode */.C)(error) === 'ENOENT')
                return undefined;
            throw (0,file_error/* fileError */.z)('quarantine an object of the store that was changed', path, error);
        }
        const change = describeChange(name, stats);
        onChanged({ sha256, object: path, quarantined, change, ino: String(stats.ino) });
        return undefined;
    }
    function find(sha256, size) {
        for (const name of folders.names(sha256)) {
            const path = check(name, size);
            if (path !== undefined)
                return path;
        }
        return undefined;
    }
    function place(file, sha256, stats, before) {
        const name = formatObjectName(sha256, stats);
        const path = (0,external_node_path_.join)(folder, objectFolder(sha256), name);
        try {
            (0,external_node_fs_.renameSync)(file, path);
        }
        catch (error) {
            if ((0,file_error/* errorCode */.C)(error) !== 'ENOENT')
                throw error;
            (0,make_folders/* makeFolders */.w)((0,external_node_path_.join)(folder, objectFolder(sha256)));
            (0,external_node_fs_.renameSync)(file, path);
        }
        if (before !== undefined)
            folders.removed(sha256, before);
        folders.added(sha256, name);
        return path;
    }
    return {
        path(sha256, size) {
            if (!isSha256(sha256))
                return undefined;
            try {
                const path = find(sha256, size);
                if (path !== undefined || !folders.refresh(sha256))
                    return path;
                return find(sha256, size);
            }
            catch (error) {
                throw (0,file_error/* fileError */.z)('look into the store', folder, error);
            }
        },
        add(file, digest) {
            const { sha256, size } = digest;
            if (!isSha256(sha256))
                throw new TypeError(`not a sha256: ${sha256}`);
            try {
                const existing = find(sha256, size);
                if (existing === file)
                    return existing;
                const stats = (0,external_node_fs_.lstatSync)(file, { bigint: true });
                requireSame(file, stats, digest);
                if (existing !== undefined) {
                    (0,external_node_fs_.unlinkSync)(file);
                    return existing;
                }
                (0,external_node_fs_.chmodSync)(file, 0o444);
                return place(file, sha256, stats);
            }
            catch (error) {
                throw (0,file_error/* fileError */.z)('take a verified file into the store', file, error);
            }
        },
    };
}
/** That what is taken in is what was hashed: the same file, as long as it was then. */
function requireSame(file, stats, digest) {
    const sameFile = digest.ino === undefined || digest.ino === String(stats.ino);
    if (stats.isFile() && stats.size === BigInt(digest.size) && sameFile)
        return;
    throw new error/* TfcacheError */.TM('integrity', 'A file changed after it was verified.', {
        where: file,
        expected: `a file of ${digest.size} bytes${digest.ino === undefined ? '' : `, inode ${digest.ino}`}`,
        found: stats.isFile() ? `${stats.size} bytes, inode ${stats.ino}` : 'not a regular file',
        hint: 'Something else writes into the staging folder of the store. Run again; if it happens again, find out what that is.',
    });
}
/** Read-only again, when it is ours to say. */
function protect(path) {
    try {
        (0,external_node_fs_.chmodSync)(path, 0o444);
    }
    catch (error) {
        // Another user's object on a shared store, or a read-only store: whoever owns it protects it.
        if (!['EPERM', 'EACCES', 'EROFS', 'ENOENT'].includes((0,file_error/* errorCode */.C)(error) ?? ''))
            throw error;
    }
}
function describeChange(name, stats) {
    const recorded = parseObjectName(name);
    if (recorded === undefined || !stats.isFile())
        return 'it is not a regular file any more';
    if (stats.size !== BigInt(recorded.size)) {
        return `it had ${recorded.size} bytes when it was verified, now ${stats.size}`;
    }
    if (String(stats.ino) !== recorded.ino)
        return 'it was replaced by another file of that size';
    return `it was written to on ${new Date(Number(stats.mtimeNs / 1000000n)).toISOString()}`;
}

;// CONCATENATED MODULE: ./build/safe-path.js
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

;// CONCATENATED MODULE: ./build/store/index-log.js





/**
 * An append-only file of lines, each with its own checksum. Any number of processes append at once: a batch is one write
 * in append mode. A line torn by a kill or a full disk fails its checksum and is skipped; since every batch begins with a
 * line break of its own, it takes no other line with it.
 */
function appendLines(file, lines) {
    const text = `\n${lines.map((line) => `${checksum(line)} ${line}\n`).join('')}`;
    const descriptor = openForAppend(file);
    try {
        const bytes = Buffer.from(text);
        let written = 0;
        while (written < bytes.length)
            written += (0,external_node_fs_.writeSync)(descriptor, bytes, written);
    }
    finally {
        (0,external_node_fs_.closeSync)(descriptor);
    }
}
function openForAppend(file) {
    try {
        return (0,external_node_fs_.openSync)(file, 'a');
    }
    catch (error) {
        if ((0,file_error/* errorCode */.C)(error) !== 'ENOENT')
            throw error;
        (0,make_folders/* makeFolders */.w)((0,external_node_path_.dirname)(file));
        return (0,external_node_fs_.openSync)(file, 'a');
    }
}
/**
 * The sound lines after `from`, without their checksums, and where to go on. A line that is still being written is left for the
 * next time. A log that is not there has no lines.
 */
function readLines(file, from) {
    let descriptor;
    try {
        descriptor = (0,external_node_fs_.openSync)(file, 'r');
    }
    catch (error) {
        if ((0,file_error/* errorCode */.C)(error) === 'ENOENT')
            return { lines: [], position: undefined };
        throw error;
    }
    try {
        const { size, ino } = (0,external_node_fs_.fstatSync)(descriptor, { bigint: true });
        const continues = from !== undefined && from.ino === ino && BigInt(from.offset) <= size;
        const offset = continues ? from.offset : 0;
        const bytes = Buffer.allocUnsafe(Number(size) - offset);
        let count = 0;
        while (count < bytes.length) {
            const more = (0,external_node_fs_.readSync)(descriptor, bytes, count, bytes.length - count, offset + count);
            if (more === 0)
                break;
            count += more;
        }
        const end = bytes.subarray(0, count).lastIndexOf(0x0a) + 1;
        const lines = [];
        for (const line of bytes.toString('utf8', 0, end).split('\n')) {
            if (line.length > CHECKSUM_LENGTH &&
                line.startsWith(`${checksum(line.slice(CHECKSUM_LENGTH + 1))} `)) {
                lines.push(line.slice(CHECKSUM_LENGTH + 1));
            }
        }
        return { lines, position: { offset: offset + end, ino } };
    }
    finally {
        (0,external_node_fs_.closeSync)(descriptor);
    }
}
const CHECKSUM_LENGTH = 8;
/** Guards against tearing, not against malice: what the index says is a hint, and the bytes are held to their sha256. */
function checksum(line) {
    return (0,external_node_crypto_.hash)('sha1', line, 'hex').slice(0, CHECKSUM_LENGTH);
}

;// CONCATENATED MODULE: ./build/store/path-index.js






/** @param folder `…/v1/index` */
function createPathIndex(folder, log) {
    const shards = new Map();
    const shardOf = createSharding();
    let pending = [];
    let scheduled;
    function flush() {
        if (scheduled !== undefined)
            clearImmediate(scheduled);
        scheduled = undefined;
        process.removeListener('exit', flush);
        const files = pending;
        pending = [];
        const batches = new Map();
        for (const file of files) {
            const shard = shardOf(file.bucket, file.path);
            const batch = batches.get(shard) ?? [];
            batch.push(formatLine(file));
            if (batch.length === 1)
                batches.set(shard, batch);
        }
        for (const [shard, lines] of batches) {
            try {
                appendLines((0,external_node_path_.join)(folder, shard), lines);
            }
            catch (error) {
                log.warning(`The store's index could not be written (${error instanceof Error ? error.message : String(error)}): the next run may hash or fetch ${lines.length} files again.`);
            }
        }
    }
    function read(name) {
        const known = shards.get(name) ?? { known: new Map(), position: undefined };
        const { lines, position } = readLines((0,external_node_path_.join)(folder, name), known.position);
        for (const line of lines) {
            const file = parseLine(line);
            if (file !== undefined)
                known.known.set(keyOf(file), file.sha256);
        }
        known.position = position;
        shards.set(name, known);
        return known;
    }
    function hasGrown(name, { position }) {
        const stats = (0,external_node_fs_.statSync)((0,external_node_path_.join)(folder, name), { bigint: true, throwIfNoEntry: false });
        if (stats === undefined)
            return false;
        return stats.ino !== position?.ino || stats.size !== BigInt(position.offset);
    }
    return {
        find(bucket, path, size, mtime) {
            flush();
            const name = shardOf(bucket, path);
            const key = keyOf({ bucket, path, size, mtime });
            try {
                const shard = shards.get(name) ?? read(name);
                // What is missing may have been verified by another process since.
                if (!shard.known.has(key) && hasGrown(name, shard))
                    read(name);
                const sha256 = shard.known.get(key);
                return sha256 === undefined ? undefined : { bucket, path, size, mtime, sha256 };
            }
            catch (error) {
                log.warning(`The store's index could not be read (${(0,file_error/* errorCode */.C)(error) ?? String(error)}): ${(0,external_node_path_.join)(folder, name)}`);
                return undefined;
            }
        },
        remember(files) {
            for (const file of files) {
                pending.push(file);
                shards.get(shardOf(file.bucket, file.path))?.known.set(keyOf(file), file.sha256);
            }
            if (pending.length === 0 || scheduled !== undefined)
                return;
            scheduled = setImmediate(flush);
            process.once('exit', flush);
        },
        flush,
    };
}
/**
 * Which shard a file is in. All files of one folder of a bucket are in one, and there are 256 of them. Files come folder by
 * folder, so the last answer is mostly the next.
 */
function createSharding() {
    let last = { bucket: '', folder: '', shard: '' };
    return (bucket, path) => {
        const slash = path.lastIndexOf('/');
        const folder = slash === -1 ? '' : path.slice(0, slash);
        if (last.shard === '' || folder !== last.folder || bucket !== last.bucket) {
            const shard = (0,external_node_crypto_.hash)('sha1', `${bucket}\0${folder}`, 'hex').slice(0, 2);
            last = { bucket, folder, shard };
        }
        return last.shard;
    };
}
function keyOf(file) {
    return `${file.bucket}\0${file.path}\0${file.size}\0${file.mtime}`;
}
function formatLine({ sha256, size, mtime, bucket, path }) {
    return `${sha256} ${size} ${mtime} ${bucket} ${JSON.stringify(path)}`;
}
const LINE = /^([0-9a-f]{64}) (\d{1,16}) (-?\d{1,16}) (\S+) (".*")$/;
function parseLine(line) {
    const [, sha256, size, mtime, bucket, quoted] = LINE.exec(line) ?? [];
    if (sha256 === undefined || bucket === undefined || quoted === undefined)
        return undefined;
    const path = JSON.parse(quoted);
    if (typeof path !== 'string')
        return undefined;
    if (findPathProblem(path) !== undefined || !isBucketName(bucket))
        return undefined;
    return { sha256, size: Number(size), mtime: Number(mtime), bucket, path };
}

;// CONCATENATED MODULE: ./build/store/open-store.js







/** The format's version is the folder's name: another format is another folder, and neither harms the other. */
const VERSION = 'v1';
/**
 * Opens the store in a folder, and makes it if it is not there. Any number of processes may have it open at once, on one
 * machine or on a shared file system, and each may be killed at any moment.
 *
 * ```
 * v1/objects/3f/SHA256.SIZE.MTIME-NS.INO   content, read-only; the name says what it was when it was verified
 * v1/index/00 … ff                         which path had which content; lines with checksums, only appended to
 * v1/staging/NAME/                         what is being fetched; stays when a run is killed
 * v1/owners/NAME/                          whose turn it is in that staging folder
 * v1/quarantine/                           objects that were changed behind the store's back
 * ```
 *
 * @throws TfcacheError `failed` when the folder cannot be used or was made by a newer tfcache, `no-space` on a full disk.
 */
function openStore(folder, { log, onChanged }) {
    const root = (0,external_node_path_.resolve)(folder);
    const version = (0,external_node_path_.join)(root, VERSION);
    const objectsFolder = (0,external_node_path_.join)(version, 'objects');
    try {
        if (!(0,external_node_fs_.existsSync)(objectsFolder)) {
            refuseNewer(root);
            (0,make_folders/* makeFolders */.w)(objectsFolder);
            // Backup and clean-up programs know it: https://bford.info/cachedir/
            (0,external_node_fs_.writeFileSync)((0,external_node_path_.join)(root, 'CACHEDIR.TAG'), 'Signature: 8a477f597d28d172789f06886806bc55\n');
        }
    }
    catch (error) {
        throw (0,file_error/* fileError */.z)('open the store', root, error);
    }
    const index = createPathIndex((0,external_node_path_.join)(version, 'index'), log);
    const objects = createObjects({
        folder: objectsFolder,
        quarantine: (0,external_node_path_.join)(version, 'quarantine'),
        onChanged: onChanged ?? ((changed) => log.warning(describeChanged(changed))),
    });
    return {
        folder: root,
        objectPath: objects.path,
        add: objects.add,
        find: index.find,
        remember: index.remember,
        stage: (name, onWait) => takeStaging(version, name, onWait, index.flush),
    };
}
/** Loaded when something must be fetched: a run that has everything in place does not pay for it. */
async function takeStaging(version, name, onWait, onRelease) {
    const staging = await __webpack_require__.e(/* import() */ 706).then(__webpack_require__.bind(__webpack_require__, 706));
    return staging.takeStaging(version, name, onWait, onRelease);
}
/** What to tell about an object that was changed. */
function describeChanged(changed) {
    return `An object of the store was changed: ${changed.change}. It is fetched again; the changed one is kept as ${changed.quarantined}. Most likely a job wrote into a file that is hard-linked to the store (inode ${changed.ino}): set link to reflink or copy for that job.`;
}
function refuseNewer(root) {
    if (!(0,external_node_fs_.existsSync)(root))
        return;
    const versions = (0,external_node_fs_.readdirSync)(root).filter((name) => /^v\d+$/.test(name));
    if (versions.length === 0)
        return;
    throw new error/* TfcacheError */.TM('failed', 'The store has a format that this tfcache does not know.', {
        where: root,
        expected: VERSION,
        found: versions.join(', '),
        hint: 'Use the tfcache that made it, or name another folder as the store.',
    });
}

;// CONCATENATED MODULE: ./build/pull/cache.js
/** The cache of a run, loaded only when something is to be read from or written to one. */
async function openCache(choice, surroundings) {
    if (choice.cache === 'none')
        return undefined;
    const { createGithubCache } = await __webpack_require__.e(/* import() */ 916).then(__webpack_require__.bind(__webpack_require__, 916));
    return createGithubCache({
        keyPrefix: choice.cacheKeyPrefix,
        environment: surroundings.environment,
        log: surroundings.log,
    });
}

;// CONCATENATED MODULE: ./build/pull/empty-folder.js


/** Removes everything in a folder of ours, also what a killed run left, and keeps the folder. */
function emptyFolder(folder) {
    for (const name of (0,external_node_fs_.readdirSync)(folder)) {
        (0,external_node_fs_.rmSync)((0,external_node_path_.join)(folder, name), { recursive: true, force: true, maxRetries: 3 });
    }
}

;// CONCATENATED MODULE: ./build/pull/save.js






/** Nothing was saved, for this reason. */
const nothing = (problem) => ({
    saved: 0,
    alreadyThere: 0,
    bytes: 0,
    problems: problem === undefined ? [] : [problem],
});
/**
 * Saves what is new as packs, then the index that names them. Only what no pack holds yet is sent. Never fails: problems
 * are in the result.
 */
async function saveNew(work, surroundings) {
    if (work.files.length === 0)
        return nothing();
    const cache = await openCache({ ...work, cache: 'github' }, surroundings);
    if (cache === undefined)
        return nothing('no cache is used');
    if (cache.unwritable !== undefined)
        return nothing(cache.unwritable);
    const store = openStore(work.store, { log: surroundings.log });
    const staging = await store.stage('save');
    try {
        return await saveInto(cache, work, store, staging.folder, surroundings);
    }
    finally {
        await staging.release();
    }
}
async function saveInto(cache, work, store, scratch, { log, progress }) {
    emptyFolder(scratch);
    const { index } = await cache.readIndex(scratch);
    const known = forget(index, work);
    const { packs, lost } = packNew(work, known, store);
    const kept = [];
    const result = { saved: 0, alreadyThere: 0, bytes: 0, problems: [...lost] };
    if (packs.length > 0) {
        const bytes = packs.reduce((sum, pack) => sum + pack.size, 0);
        progress.begin(`Saving to cache ${cache.name}`, { files: packs.length, bytes });
        await cache.save(packs, locator(store, packs), scratch, (outcome) => {
            progress.advance({ files: 1, bytes: outcome.pack.size });
            if (outcome.status === 'saved') {
                result.saved += 1;
                result.bytes += outcome.pack.size;
                kept.push(outcome.pack);
            }
            else if (outcome.status === 'already-there') {
                result.alreadyThere += 1;
                kept.push(outcome.pack);
            }
            else {
                const reason = 'reason' in outcome ? outcome.reason : outcome.status;
                result.problems.push(`pack ${outcome.pack.key}: ${reason}`);
            }
        });
        progress.end();
    }
    const files = filesIn(work, [...known.packs, ...kept]);
    // A pack that was evicted may have been saved again under the same key.
    const standing = new Set([...known.packs, ...kept].map(({ key }) => key));
    const forgotten = index.packs.map(({ key }) => key).filter((key) => !standing.has(key));
    if (kept.length > 0 || files.length > 0 || forgotten.length > 0) {
        const { reason } = await cache.writeIndex({ packs: kept, files }, scratch, forgotten);
        if (reason !== undefined)
            result.problems.push(`index: ${reason}`);
    }
    log.debug(`Saved ${result.saved} packs, ${result.alreadyThere} were there already.`);
    return result;
}
/** The index without the packs that are gone or came back wrong: what they held is saved anew. */
function forget(index, work) {
    const poisoned = new Set(work.poisoned);
    return {
        packs: index.packs.filter((pack) => !work.evicted.includes(pack.key) &&
            !pack.contents.some((content) => poisoned.has(content.sha256))),
        files: index.files,
    };
}
/** Packs for what no known pack holds. */
function packNew(work, known, store) {
    const held = new Set(known.packs.flatMap((pack) => pack.contents.map(({ sha256 }) => sha256)));
    const fresh = new Map();
    const lost = [];
    for (const { sha256, size, path } of work.files) {
        if (held.has(sha256) || fresh.has(sha256))
            continue;
        if (store.objectPath(sha256, size) === undefined) {
            lost.push(`${path} is no longer in the store as it was verified; it is not saved`);
            continue;
        }
        fresh.set(sha256, { sha256, size });
    }
    const poisoned = new Set(work.poisoned);
    const contents = [...fresh.values()];
    const plain = contents.filter(({ sha256 }) => !poisoned.has(sha256));
    const again = contents.filter(({ sha256 }) => poisoned.has(sha256));
    return {
        packs: [...(0,packs/* planPacks */.qC)(plain, work.cacheKeyPrefix), ...(0,packs/* planPacks */.qC)(again, otherPrefix(work))],
        lost,
    };
}
/** Entries of the service cannot be overwritten, so a poisoned content goes under keys nobody used before. */
function otherPrefix(work) {
    const hash = (0,external_node_crypto_.createHash)('sha256')
        .update(JSON.stringify([work.poisoned, Date.now()]))
        .digest('hex');
    return `${work.cacheKeyPrefix}-again-${hash.slice(0, 12)}`;
}
function filesIn(work, packs) {
    const held = new Set(packs.flatMap((pack) => pack.contents.map(({ sha256 }) => sha256)));
    return work.files.filter(({ sha256 }) => held.has(sha256));
}
/** Where the store keeps each content that is about to be saved. */
function locator(store, packs) {
    const sizes = new Map(packs.flatMap((pack) => pack.contents.map(({ sha256, size }) => [sha256, size])));
    return (sha256) => {
        const path = store.objectPath(sha256, sizes.get(sha256) ?? 0);
        if (path !== undefined)
            return path;
        throw new error/* TfcacheError */.TM('failed', `The store no longer has ${sha256} as it was verified.`, {
            where: store.folder,
            hint: 'Something changed the store while the job ran; the next run fetches it again.',
        });
    };
}


/***/ }),

/***/ 9:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   C: () => (/* binding */ errorCode),
/* harmony export */   z: () => (/* binding */ fileError)
/* harmony export */ });
/* harmony import */ var _error_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(602);

/** The code of a system call's error (`ENOENT`), undefined for anything else. */
function errorCode(error) {
    if (!(error instanceof Error) || !('code' in error))
        return undefined;
    return typeof error.code === 'string' ? error.code : undefined;
}
/**
 * A failed system call as an error for people.
 *
 * @param action what was being done, as the end of "Could not …": `take a file into the store`.
 * @param where the file or folder.
 */
function fileError(action, where, error) {
    if (error instanceof _error_js__WEBPACK_IMPORTED_MODULE_0__/* .TfcacheError */ .TM)
        return error;
    const code = errorCode(error);
    const details = {
        where,
        cause: error,
        found: error instanceof Error ? error.message : String(error),
    };
    switch (code) {
        case 'ENOSPC':
        case 'EDQUOT':
            return new _error_js__WEBPACK_IMPORTED_MODULE_0__/* .TfcacheError */ .TM('no-space', `Could not ${action}: ${code === 'ENOSPC' ? 'the file system is full' : 'the disk quota is used up'}.`, {
                ...details,
                hint: 'Free space there (df -h and df -i tell what is short: bytes or inodes), or name a store and a path on a larger file system.\nWhat was already fetched is kept; the next run goes on from it.',
            });
        case 'EROFS':
            return new _error_js__WEBPACK_IMPORTED_MODULE_0__/* .TfcacheError */ .TM('failed', `Could not ${action}: the file system is read-only.`, {
                ...details,
                hint: 'Name a folder on a file system that can be written, or mount this one read-write.',
            });
        case 'EACCES':
        case 'EPERM':
            return new _error_js__WEBPACK_IMPORTED_MODULE_0__/* .TfcacheError */ .TM('failed', `Could not ${action}: not permitted.`, {
                ...details,
                hint: `Give the user that runs this job ${describeUser()}write access there, or name another folder.`,
            });
        case 'EXDEV':
            return new _error_js__WEBPACK_IMPORTED_MODULE_0__/* .TfcacheError */ .TM('failed', `Could not ${action}: it is on another file system.`, {
                ...details,
                hint: 'Files move into place by renaming, which cannot cross file systems: keep no mount point below that folder.',
            });
        case 'EMFILE':
        case 'ENFILE':
            return new _error_js__WEBPACK_IMPORTED_MODULE_0__/* .TfcacheError */ .TM('failed', `Could not ${action}: too many open files.`, {
                ...details,
                hint: 'Raise the limit of open files (ulimit -n).',
            });
        case 'ENOENT':
            return new _error_js__WEBPACK_IMPORTED_MODULE_0__/* .TfcacheError */ .TM('failed', `Could not ${action}: it is not there (any more).`, {
                ...details,
                hint: 'Something else removed it while tfcache ran. Run again; if it happens again, find out what cleans that folder.',
            });
        default:
            return new _error_js__WEBPACK_IMPORTED_MODULE_0__/* .TfcacheError */ .TM('failed', `Could not ${action}.`, {
                ...details,
                hint: 'The operating system refused it for the reason given. Put that right and run again.',
            });
    }
}
function describeUser() {
    const uid = process.getuid?.();
    return uid === undefined ? '' : `(uid ${uid}) `;
}


/***/ }),

/***/ 946:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   w: () => (/* binding */ makeFolders)
/* harmony export */ });
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(24);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(760);
/* harmony import */ var _file_error_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(9);



/**
 * Makes a folder and those above it, as `mkdir -p` does. Node's own recursive mkdir says "no such file or directory" on a
 * read-only file system, which sends people looking for the wrong thing.
 *
 * @throws the system's error.
 */
function makeFolders(folder) {
    try {
        (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.mkdirSync)(folder);
    }
    catch (error) {
        const code = (0,_file_error_js__WEBPACK_IMPORTED_MODULE_2__/* .errorCode */ .C)(error);
        if (code === 'ENOENT' && (0,node_path__WEBPACK_IMPORTED_MODULE_1__.dirname)(folder) !== folder) {
            makeFolders((0,node_path__WEBPACK_IMPORTED_MODULE_1__.dirname)(folder));
            makeFolder(folder);
        }
        else if (!isFolder(folder))
            throw error;
    }
}
/** Another process may make it at the same moment. */
function makeFolder(folder) {
    try {
        (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.mkdirSync)(folder);
    }
    catch (error) {
        if (!isFolder(folder))
            throw error;
    }
}
/** Whatever mkdir said of it: a read-only file system or a drive's root refuses even what is there. */
function isFolder(folder) {
    return (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.statSync)(folder, { throwIfNoEntry: false })?.isDirectory() === true;
}


/***/ })

};
