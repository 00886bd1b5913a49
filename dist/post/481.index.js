export const id = 481;
export const ids = [481];
export const modules = {

/***/ 1851:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Au: () => (/* binding */ indexKeyPrefix),
/* harmony export */   oj: () => (/* binding */ artifactIndexKeyPrefix),
/* harmony export */   qC: () => (/* binding */ planPacks)
/* harmony export */ });
/* unused harmony export STANDALONE_SIZE */
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7598);
/* harmony import */ var _error_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(5602);


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
/** The part of an index entry's key that all general indexes of this format share. */
function indexKeyPrefix(keyPrefix) {
    checkKeyPrefix(keyPrefix);
    return `${keyPrefix}-${PACK_FORMAT}-index-`;
}
/**
 * The part of the key that all indexes of one artifact share. Not a continuation of the general index's: the service finds
 * entries by how their keys begin, and would take these for general ones.
 */
function artifactIndexKeyPrefix(keyPrefix, artifactId) {
    checkKeyPrefix(keyPrefix);
    const digest = (0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.createHash)('sha256').update(artifactId).digest('hex').slice(0, 16);
    return `${keyPrefix}-${PACK_FORMAT}-artifact-index-${digest}-`;
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

/***/ 481:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  saveNew: () => (/* binding */ saveNew)
});

// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(7598);
// EXTERNAL MODULE: ./build/cache/packs.js
var packs = __webpack_require__(1851);
// EXTERNAL MODULE: ./build/error.js
var error = __webpack_require__(5602);
// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __webpack_require__(3024);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
// EXTERNAL MODULE: ./build/store/file-error.js
var file_error = __webpack_require__(3009);
;// CONCATENATED MODULE: ./build/store/last-use.js


/**
 * When an object was last used is its ctime. A hard link made of it sets that by itself, and so does one removed; a clone
 * or a copy does not, so its mode is set to what it is: the cheapest that changes the ctime and nothing else. The mtime
 * stays, which the object's name tells, and nothing must be written down beside it.
 */
function touchAll(objects) {
    for (const object of objects)
        touch(object);
}
/** @returns false when it could not be done: the object is gone, or another user's. */
function touch(object) {
    try {
        (0,external_node_fs_.chmodSync)(object, 0o444);
        return true;
    }
    catch (error) {
        if (['EPERM', 'EACCES', 'EROFS', 'ENOENT'].includes((0,file_error/* errorCode */.C)(error) ?? ''))
            return false;
        throw error;
    }
}

// EXTERNAL MODULE: ./node_modules/valibot/dist/index.mjs
var dist = __webpack_require__(7934);
// EXTERNAL MODULE: ./build/store/make-folders.js
var make_folders = __webpack_require__(8946);
// EXTERNAL MODULE: ./build/store/owned-file.js
var owned_file = __webpack_require__(4422);
// EXTERNAL MODULE: ./build/store/ownership.js
var ownership = __webpack_require__(8603);
;// CONCATENATED MODULE: ./build/store/leases.js







/** So many hexadecimal digits of a sha256 stand in a lease: enough that no two objects of a store share them. */
const DIGITS = 16;
const CONTENT = dist/* object */.Ikc({
    /** Milliseconds since the epoch by the file system's clock: objects that changed since then are held. */
    since: dist/* number */.aig(),
    /** Absent: every object. */
    held: dist/* optional */.lqM(dist/* string */.YjP()),
});
/** A store's clock has steps: ext4 dates a file up to 10 ms before the moment it is written. */
const CLOCK_STEP_MS = 50;
/**
 * Tells whoever cleans up what this job uses. Whoever removes objects does it in the same turns in which leases begin, and
 * reads all leases first: what this process finds in the store once it has its lease stays there.
 *
 * @param version the store's `v1` folder.
 */
function takeLease(version) {
    const folder = (0,external_node_path_.join)(version, 'leases');
    const name = `${process.pid}-${Math.random().toString(36).slice(2)}`;
    const file = (0,external_node_path_.join)(folder, name);
    const turn = takeLeaseTurn(version);
    try {
        (0,make_folders/* makeFolders */.w)(folder);
        const since = (0,owned_file/* fileSystemNow */.M8)(version) - CLOCK_STEP_MS;
        (0,owned_file/* writeOwned */.Vu)(file, 'this process', { since });
        sweep(folder);
        const life = (0,owned_file/* keepAlive */.Z8)(file);
        const release = () => {
            process.removeListener('exit', release);
            life.stop();
            (0,external_node_fs_.rmSync)(file, { force: true });
        };
        process.once('exit', release);
        return {
            narrow(sha256s) {
                const all = [...sha256s];
                // One buffer: a hundred thousand pieces of a string would be there twice.
                const held = Buffer.alloc(all.length * DIGITS, '0');
                for (const [index, sha256] of all.entries())
                    held.write(sha256, index * DIGITS, DIGITS);
                (0,owned_file/* writeOwned */.Vu)(file, 'this process', { since, held: held.toString('latin1') });
            },
            release,
        };
    }
    catch (error) {
        throw (0,file_error/* fileError */.z)('note what this job uses of the store', file, error);
    }
    finally {
        turn.release();
    }
}
/**
 * The turn in which leases begin and objects are removed. Waits with the process standing still: whoever has it keeps it
 * for some milliseconds.
 */
function takeLeaseTurn(version) {
    const folder = (0,external_node_path_.join)(version, 'owners', 'leases');
    for (;;) {
        const turn = (0,ownership/* tryOwnership */.V)(folder);
        if (turn !== undefined)
            return turn;
        Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 2);
    }
}
/** Reads leases again and again; each only when it is new or was written anew. */
function createLeaseReader(version) {
    const folder = join(version, 'leases');
    let known = new Map();
    return () => {
        const now = new Map();
        for (const name of namesIn(folder)) {
            if (name.endsWith('.draft'))
                continue;
            const file = join(folder, name);
            const stats = statSync(file, { throwIfNoEntry: false });
            const stamp = `${stats?.ino} ${stats?.size}`;
            const before = known.get(name);
            if (before?.stamp === stamp) {
                if (mayLive(file, before.owner))
                    now.set(name, before);
                continue;
            }
            const owned = readOwned(file);
            if (owned === undefined || !owned.alive)
                continue;
            const { owner } = owned;
            const content = v.safeParse(CONTENT, owned.content);
            // One that cannot be read holds everything until its owner is known to be dead.
            const { since, held } = content.success ? content.output : { since: 0, held: undefined };
            now.set(name, { stamp, owner, since, held: held === undefined ? undefined : split(held) });
        }
        known = now;
        const leases = [...now.values()];
        const since = leases.reduce((least, lease) => Math.min(least, lease.since), Infinity);
        return {
            jobs: leases.length,
            everything: leases.some(({ held }) => held === undefined),
            holds: (sha256, ctimeMs) => ctimeMs >= since || leases.some(({ held }) => held?.has(sha256.slice(0, DIGITS)) !== false),
        };
    };
}
/** What killed jobs left. In a turn of ours only: a lease is written whole within one. */
function sweep(folder) {
    for (const name of namesIn(folder)) {
        const file = (0,external_node_path_.join)(folder, name);
        if (name.endsWith('.draft')) {
            if (!namesIn(folder).includes(name.slice(0, -'.draft'.length)))
                (0,external_node_fs_.rmSync)(file, { force: true });
            continue;
        }
        if ((0,owned_file/* readOwned */.A4)(file)?.alive === false) {
            (0,external_node_fs_.rmSync)(file, { force: true });
            (0,external_node_fs_.rmSync)(`${file}.draft`, { force: true });
        }
    }
}
function split(held) {
    const digests = new Set();
    for (let at = 0; at < held.length; at += DIGITS)
        digests.add(held.slice(at, at + DIGITS));
    return digests;
}
function namesIn(folder) {
    try {
        return (0,external_node_fs_.readdirSync)(folder);
    }
    catch (error) {
        if ((0,file_error/* errorCode */.C)(error) === 'ENOENT')
            return [];
        throw error;
    }
}

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
/**
 * Whether a file has the size, inode and time that its name tells. Cheap, and right when it says so; a file system whose
 * numbers do not fit into doubles is told `false`, and must be asked with bigints.
 */
function surelyAsNamed(stats, name) {
    const time = name.indexOf('.', 65);
    const inode = name.indexOf('.', time + 1);
    return (stats.isFile() &&
        Number(name.slice(65, time)) === stats.size &&
        isTime(stats.mtimeMs, name.slice(time + 1, inode)) &&
        stats.ino < Number.MAX_SAFE_INTEGER &&
        Number(name.slice(inode + 1)) === stats.ino);
}
/** Whether a time as Node gives it in milliseconds is this one in nanoseconds, as far as a double tells: a quarter of a microsecond. */
function isTime(milliseconds, nanoseconds) {
    // As Node computes it (lib/internal/fs/utils.js, msFromTimeSpec), so that equal times give equal doubles.
    return (milliseconds ===
        Number(nanoseconds.slice(0, -9)) * 1000 + Number(nanoseconds.slice(-9)) / 1_000_000);
}
/** What was recorded of the object at this path when it was verified; undefined when it is no object's path. */
function recordOfObject(path) {
    return parseObjectName(basename(path));
}
/** What a file with these bytes is called in the store. */
function formatObjectName(sha256, stats) {
    return `${sha256}.${stats.size}.${stats.mtimeNs}.${stats.ino}`;
}
/**
 * The folder of an object below `objects` by its sha256 or its name, `00` to `3f`: the first six bits. Sixty-four folders keep a million objects
 * readable a folder at a time, and cost 10 ms to make where 256 cost 200 (ext4), which a store of one job would pay each time.
 */
function objectFolder(sha256) {
    return FOLDERS[objectFolderNumber(sha256)] ?? '';
}
/** The number of that folder, 0 to 63. */
function objectFolderNumber(sha256) {
    return (hexDigit(sha256.charCodeAt(0)) << 2) | (hexDigit(sha256.charCodeAt(1)) >> 2);
}
const FOLDERS = Array.from({ length: 64 }, (_, number) => number.toString(16).padStart(2, '0'));
/** The value of one of `0` to `9`, `a` to `f`, by its code. */
function hexDigit(code) {
    return code < 0x3a ? code - 0x30 : code - 0x57;
}
/** What comes from outside becomes part of a path only when it has this form. */
function isSha256(text) {
    return /^[0-9a-f]{64}$/.test(text);
}

;// CONCATENATED MODULE: ./build/store/object-folders.js




/** File systems keep times of folders in steps of up to two seconds (FAT; ext4 has 4 ms). */
const COARSEST_TIME_MS = 2_000;
function createObjectFolders(objects) {
    const folders = new Array(64);
    function folderOf(sha256) {
        const number = objectFolderNumber(sha256);
        let folder = folders[number];
        if (folder === undefined) {
            folder = read((0,external_node_path_.join)(objects, objectFolder(sha256)));
            folders[number] = folder;
        }
        return folder;
    }
    return {
        names: (sha256) => namesOf(folderOf(sha256).names, sha256),
        refresh(sha256) {
            const number = objectFolderNumber(sha256);
            const known = folders[number];
            const path = (0,external_node_path_.join)(objects, objectFolder(sha256));
            if (known?.settled === true) {
                const mtimeNs = (0,external_node_fs_.lstatSync)(path, { bigint: true, throwIfNoEntry: false })?.mtimeNs;
                if (mtimeNs === known.mtimeNs)
                    return false;
            }
            folders[number] = read(path);
            return true;
        },
        added(sha256, name) {
            add(folderOf(sha256).names, sha256, name);
        },
        removed(sha256, name) {
            const { names } = folderOf(sha256);
            names.set(sha256, namesOf(names, sha256).filter((other) => other !== name));
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
    const known = namesOf(names, sha256);
    if (known === NONE || known.length === 0)
        names.set(sha256, name);
    else if (!known.includes(name))
        names.set(sha256, [...known, name]);
}
const NONE = [];
function namesOf(names, sha256) {
    const known = names.get(sha256);
    if (known === undefined)
        return NONE;
    return typeof known === 'string' ? [known] : known;
}

;// CONCATENATED MODULE: ./build/store/objects.js









/** For so long what was found sound is taken for sound: the time between planning and publishing what is near. */
const SOUND_MILLISECONDS = 10_000;
function createObjects({ folder, quarantine, onChanged }) {
    const folders = createObjectFolders(folder);
    const pathOf = (name) => `${folder}${external_node_path_.sep}${objectFolder(name)}${external_node_path_.sep}${name}`;
    /** The object of this name when it is sound; else it is healed or taken away. */
    function check(name, size) {
        if (!hasSize(name, size))
            return undefined;
        const sha256 = name.slice(0, 64);
        const path = pathOf(name);
        const seen = (0,external_node_fs_.lstatSync)(path, { throwIfNoEntry: false });
        if (seen !== undefined && surelyAsNamed(seen, name)) {
            if ((seen.mode & 0o222) !== 0)
                protect(path);
            return path;
        }
        if (parseObjectName(name) === undefined)
            return undefined;
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
            if (path === undefined)
                continue;
            noteSound(name);
            return path;
        }
        return undefined;
    }
    /** Names that were found sound since `soundSince`. */
    const sound = new Set();
    let soundSince = 0;
    function noteSound(name) {
        if (performance.now() - soundSince > SOUND_MILLISECONDS) {
            sound.clear();
            soundSince = performance.now();
        }
        sound.add(name);
    }
    function place(file, sha256, stats, before) {
        const name = formatObjectName(sha256, stats);
        const path = pathOf(name);
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
    function path(sha256, size) {
        if (!isSha256(sha256))
            return undefined;
        try {
            const found = find(sha256, size);
            if (found !== undefined || !folders.refresh(sha256))
                return found;
            return find(sha256, size);
        }
        catch (error) {
            throw (0,file_error/* fileError */.z)('look into the store', folder, error);
        }
    }
    return {
        path,
        sizeOf(sha256) {
            if (!isSha256(sha256))
                return undefined;
            return folders
                .names(sha256)
                .flatMap((name) => parseObjectName(name)?.size ?? [])
                .find((size) => path(sha256, size) !== undefined);
        },
        soundName(sha256, size) {
            if (performance.now() - soundSince < SOUND_MILLISECONDS) {
                for (const name of folders.names(sha256)) {
                    if (sound.has(name) && hasSize(name, size))
                        return name;
                }
            }
            const found = path(sha256, size);
            return found === undefined ? undefined : (0,external_node_path_.basename)(found);
        },
        pathOf,
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
                // Touched, so that nobody cleans it away as one that was not used for long.
                if (existing !== undefined && (touch(existing) || isThere(existing))) {
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
/** Whether an object's name tells this size. */
function hasSize(name, size) {
    return name.startsWith(`${size}.`, 65);
}
function isThere(object) {
    return (0,external_node_fs_.lstatSync)(object, { throwIfNoEntry: false }) !== undefined;
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
/** What differs from what was recorded, in words. */
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

// EXTERNAL MODULE: external "node:timers/promises"
var promises_ = __webpack_require__(8500);
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
 * Checks a log, and writes it anew when lines in it are damaged or most are repeated. Others may append meanwhile: what they
 * wrote to the old file until a moment after the new one took its place is carried over.
 *
 * @param valueLength characters at the beginning of a line that are its value; the rest is its key, and the last value of
 *   a key counts.
 */
async function repairLog(file, valueLength) {
    const checked = { lines: 0, damaged: 0, repeated: 0, rewritten: false };
    let descriptor;
    try {
        descriptor = openSync(file, 'r');
    }
    catch (error) {
        if (errorCode(error) === 'ENOENT')
            return checked;
        throw error;
    }
    const draft = `${file}.${process.pid}.draft`;
    try {
        const { lines, damaged, end } = readSound(descriptor, 0);
        const values = new Map();
        for (const line of lines)
            values.set(line.slice(valueLength), line.slice(0, valueLength));
        checked.lines = values.size;
        checked.damaged = damaged;
        checked.repeated = lines.length - values.size;
        if (damaged === 0 && checked.repeated <= checked.lines)
            return checked;
        const kept = [...values].map(([key, value]) => value + key);
        if (kept.length === 0)
            writeFileSync(draft, '');
        else
            appendLines(draft, kept);
        renameSync(draft, file);
        checked.rewritten = true;
        await sleep(LATE_WRITERS_MS);
        const late = readSound(descriptor, end).lines;
        if (late.length > 0)
            appendLines(file, late);
        return checked;
    }
    finally {
        closeSync(descriptor);
        rmSync(draft, { force: true });
    }
}
/** Whoever had a log open when it was replaced has written by then. */
const LATE_WRITERS_MS = 200;
/** The sound lines from an offset to the end, how many are not, and where the last whole line ends. */
function readSound(descriptor, offset) {
    const bytes = Buffer.allocUnsafe((0,external_node_fs_.fstatSync)(descriptor).size - offset);
    let count = 0;
    while (count < bytes.length) {
        const more = (0,external_node_fs_.readSync)(descriptor, bytes, count, bytes.length - count, offset + count);
        if (more === 0)
            break;
        count += more;
    }
    const end = bytes.subarray(0, count).lastIndexOf(0x0a) + 1;
    const lines = [];
    let damaged = 0;
    for (const line of bytes.toString('utf8', 0, end).split('\n')) {
        if (line === '')
            continue;
        if (isSound(line))
            lines.push(line.slice(CHECKSUM_LENGTH + 1));
        else
            damaged += 1;
    }
    return { lines, damaged, end: offset + end };
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
        const { lines, end } = readSound(descriptor, offset);
        return { lines, position: { offset: end, ino } };
    }
    finally {
        (0,external_node_fs_.closeSync)(descriptor);
    }
}
const CHECKSUM_LENGTH = 8;
function isSound(line) {
    return (line.length > CHECKSUM_LENGTH &&
        line.startsWith(`${checksum(line.slice(CHECKSUM_LENGTH + 1))} `));
}
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
            known.known.set(line.slice(DIGEST_LENGTH + 1), line.slice(0, DIGEST_LENGTH));
        }
        known.position = position;
        shards.set(name, known);
        return known;
    }
    /** One look at a log a turn: thousands of files are asked for in one. */
    function isFresh(shard) {
        if (shard.lookedAt === true)
            return true;
        shard.lookedAt = true;
        setImmediate(() => {
            shard.lookedAt = false;
        });
        return false;
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
                if (!shard.known.has(key) && !isFresh(shard) && hasGrown(name, shard))
                    read(name);
                const sha256 = shard.known.get(key);
                if (sha256 === undefined || !isSha256(sha256))
                    return undefined;
                return { bucket, path, size, mtime, sha256 };
            }
            catch (error) {
                log.warning(`The store's index could not be read (${(0,file_error/* errorCode */.C)(error) ?? String(error)}): ${(0,external_node_path_.join)(folder, name)}`);
                return undefined;
            }
        },
        previous(bucket, path) {
            flush();
            const name = shardOf(bucket, path);
            try {
                const shard = shards.get(name) ?? read(name);
                if (shard.byPath?.made !== shard.known.size) {
                    shard.byPath = { made: shard.known.size, files: byPath(shard.known) };
                }
                return shard.byPath.files.get(placeOf(bucket, path)) ?? [];
            }
            catch (error) {
                log.warning(`The store's index could not be read (${(0,file_error/* errorCode */.C)(error) ?? String(error)}): ${(0,external_node_path_.join)(folder, name)}`);
                return [];
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
/** Takes the keys of a shard apart. */
function byPath(known) {
    const files = new Map();
    for (const [key, sha256] of known) {
        const [size = '', mtime = '', bucket = ''] = key.split(' ', 3);
        const place = key.slice(size.length + mtime.length + 2);
        if (!isSha256(sha256))
            continue;
        const path = JSON.parse(place.slice(bucket.length + 1));
        if (typeof path !== 'string')
            continue;
        const file = { bucket, path, size: Number(size), mtime: Number(mtime), sha256 };
        files.set(place, [file, ...(files.get(place) ?? [])]);
    }
    return files;
}
function placeOf(bucket, path) {
    return `${bucket} ${JSON.stringify(path)}`;
}
/** What a line says after the digest; a path is quoted, so that a line break in it breaks no line. */
function keyOf(file) {
    return `${file.size} ${file.mtime} ${file.bucket} ${JSON.stringify(file.path)}`;
}
/** A line is the digest and the key, so that reading it takes it apart and no more. */
function formatLine(file) {
    return `${file.sha256} ${keyOf(file)}`;
}
/** Characters of a line that are the digest; the rest is the key. */
const DIGEST_LENGTH = 64;

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
 * v1/owners/NAME/                          whose turn it is in that staging folder, or at something else
 * v1/flights/NAME/N                        who fetches what into staging/NAME-N/
 * v1/leases/ID                             what a running job is going to use
 * v1/clock                                 touched to learn what time it is for the file system
 * v1/quarantine/                           objects that were changed behind the store's back
 * ```
 *
 * @throws TfcacheError `failed` when the folder cannot be used or was made by a newer tfcache, `no-space` on a full disk.
 */
function openStore(folder, options) {
    const { log, onChanged } = options;
    const root = (0,external_node_path_.resolve)(folder);
    const version = (0,external_node_path_.join)(root, VERSION);
    const objectsFolder = (0,external_node_path_.join)(version, 'objects');
    try {
        if (!(0,external_node_fs_.existsSync)(objectsFolder)) {
            refuseNewer(root);
            if (options.missing === 'refuse')
                throw noStore(root);
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
        sizeOf: objects.sizeOf,
        soundName: objects.soundName,
        pathOf: objects.pathOf,
        add: objects.add,
        find: index.find,
        previous(bucket, path) {
            for (const { sha256, size } of index.previous(bucket, path)) {
                const object = objects.path(sha256, size);
                if (object !== undefined)
                    return object;
            }
            return undefined;
        },
        remember: index.remember,
        touch: touchAll,
        stage: (name, onWait) => takeStaging(version, name, onWait, index.flush),
        async claim(name, keys) {
            const { claimFlight } = await __webpack_require__.e(/* import() */ 161).then(__webpack_require__.bind(__webpack_require__, 161));
            return claimFlight(version, name, keys, index.flush);
        },
        async sweep(name, here) {
            if (!(0,external_node_fs_.existsSync)((0,external_node_path_.join)(version, 'flights')))
                return;
            const { sweepFlights } = await __webpack_require__.e(/* import() */ 161).then(__webpack_require__.bind(__webpack_require__, 161));
            await sweepFlights(version, name, here);
        },
        lease: () => takeLease(version),
    };
}
/** Loaded when something must be fetched: a run that has everything in place does not pay for it. */
async function takeStaging(version, name, onWait, onRelease) {
    const staging = await __webpack_require__.e(/* import() */ 759).then(__webpack_require__.bind(__webpack_require__, 3759));
    return staging.takeStaging(version, name, onWait, onRelease);
}
/**
 * What to tell about an object that was changed.
 *
 * @param shared paths that are known to be hard links of it.
 */
function describeChanged(changed, shared = []) {
    const link = shared.length > 0
        ? `A job wrote into ${shared.join(', ')}, which is hard-linked to the store`
        : `Most likely a job wrote into a file that is hard-linked to the store (find WORKSPACES -inum ${changed.ino})`;
    return `An object of the store was changed: ${changed.change}. It is fetched again; the changed one is kept as ${changed.quarantined}. ${link}: set link to reflink or copy for that job.`;
}
function noStore(root) {
    return new error/* TfcacheError */.TM('usage', 'There is no store in this folder.', {
        where: root,
        hint: 'Name the folder that the jobs name as their store; the first pull makes it.',
    });
}
function refuseNewer(root) {
    if (!(0,external_node_fs_.existsSync)(root))
        return;
    const versions = (0,external_node_fs_.readdirSync)(root).filter((name) => /^v\d+$/.test(name));
    // Ours may be there without its folders: another process is making them just now, or was killed while it did.
    if (versions.length === 0 || versions.includes(VERSION))
        return;
    throw new error/* TfcacheError */.TM('failed', 'The store has a format that this tfcache does not know.', {
        where: root,
        expected: VERSION,
        found: versions.join(', '),
        hint: 'Use the tfcache that made it, or name another folder as the store.',
    });
}

;// CONCATENATED MODULE: ./build/pull/artifact-indexes.js
/** For each artifact with new files: those that a pack holds, and these packs. */
function indexArtifacts(work, packs) {
    // Of two packs with the same content the later one counts: the earlier may have come back wrong.
    const packOf = new Map(packs.flatMap((pack) => pack.contents.map(({ sha256 }) => [sha256, pack])));
    return work.artifacts.flatMap(({ id, files, whole }) => {
        const held = files
            .flatMap((position) => work.files[position] ?? [])
            .filter(({ sha256 }) => packOf.has(sha256));
        if (held.length === 0)
            return [];
        const own = new Set(held.flatMap(({ sha256 }) => packOf.get(sha256) ?? []));
        const index = { packs: packs.filter((pack) => own.has(pack)), files: held };
        return [{ id, index, whole: whole && held.length === files.length }];
    });
}

;// CONCATENATED MODULE: ./build/pull/cache.js
/** The cache of a run, loaded only when something is to be read from or written to one. */
async function openCache({ cache, cacheKeyPrefix: keyPrefix }, { environment, log }) {
    if (cache === 'none')
        return undefined;
    if (cache === 'github') {
        const { createGithubCache } = await __webpack_require__.e(/* import() */ 928).then(__webpack_require__.bind(__webpack_require__, 7928));
        return createGithubCache({ keyPrefix, environment, log });
    }
    const [{ createS3Cache }, { parseS3Location }] = await Promise.all([
        __webpack_require__.e(/* import() */ 629).then(__webpack_require__.bind(__webpack_require__, 1629)),
        __webpack_require__.e(/* import() */ 627).then(__webpack_require__.bind(__webpack_require__, 8627)),
    ]);
    return createS3Cache({ location: parseS3Location(cache), keyPrefix, environment, log });
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
    const cache = await openCache(work, surroundings);
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
        // The general index first: should the service have enough of uploads, it is the one that all jobs read.
        const { reason } = await cache.writeIndex({ packs: kept, files }, scratch, forgotten);
        if (reason !== undefined)
            result.problems.push(`index: ${reason}`);
        const standingPacks = [...known.packs, ...kept];
        const gone = [...forgotten, ...work.evicted.filter((key) => !standing.has(key))];
        result.problems.push(...(await tellOfArtifacts(cache, work, standingPacks, gone, scratch)));
    }
    log.debug(`Saved ${result.saved} packs, ${result.alreadyThere} were there already.`);
    return result;
}
/** Writes the indexes of the artifacts, where the cache has such; returns what went wrong. */
async function tellOfArtifacts(cache, work, packs, gone, scratch) {
    if (cache.artifactIndexes === undefined)
        return [];
    const indexes = indexArtifacts(work, packs);
    if (indexes.length === 0) {
        if (cache.unreadable === undefined)
            return [];
        return [`index: ${cache.unreadable}, so other jobs will not find what was saved`];
    }
    const { reason } = await cache.artifactIndexes.write(indexes, scratch, gone);
    return reason === undefined ? [] : [`index of ${reason}`];
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

/***/ 3009:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   C: () => (/* binding */ errorCode),
/* harmony export */   z: () => (/* binding */ fileError)
/* harmony export */ });
/* harmony import */ var _error_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(5602);

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

/***/ 8946:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   w: () => (/* binding */ makeFolders)
/* harmony export */ });
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(3024);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(6760);
/* harmony import */ var _file_error_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(3009);



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


/***/ }),

/***/ 4422:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   A4: () => (/* binding */ readOwned),
/* harmony export */   M8: () => (/* binding */ fileSystemNow),
/* harmony export */   Vu: () => (/* binding */ writeOwned),
/* harmony export */   Z8: () => (/* binding */ keepAlive),
/* harmony export */   s3: () => (/* binding */ mayLive)
/* harmony export */ });
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(3024);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(6760);
/* harmony import */ var valibot__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(7934);
/* harmony import */ var _file_error_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(3009);
/* harmony import */ var _process_identity_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(2762);





const OWNER = valibot__WEBPACK_IMPORTED_MODULE_2__/* .object */ .Ikc({
    pid: valibot__WEBPACK_IMPORTED_MODULE_2__/* .pipe */ .FsL(valibot__WEBPACK_IMPORTED_MODULE_2__/* .number */ .aig(), valibot__WEBPACK_IMPORTED_MODULE_2__/* .safeInteger */ .Y2b(), valibot__WEBPACK_IMPORTED_MODULE_2__/* .minValue */ .Wwf(1)),
    started: valibot__WEBPACK_IMPORTED_MODULE_2__/* .string */ .YjP(),
    realm: valibot__WEBPACK_IMPORTED_MODULE_2__/* .string */ .YjP(),
});
const OWNED = valibot__WEBPACK_IMPORTED_MODULE_2__/* .looseObject */ ._H3({ owner: valibot__WEBPACK_IMPORTED_MODULE_2__/* .optional */ .lqM(OWNER) });
/** An owner that cannot be seen from here (another machine, another container) shows this often that it lives. */
const HEARTBEAT_MS = 5_000;
/** One that showed nothing for this long is dead; clients of NFS see times that are up to a minute old. */
const STALE_MS = 180_000;
/**
 * Writes a JSON file that names this process as its owner, or nobody, at once: whoever reads it finds the old one or the
 * new one.
 *
 * @throws the system's error.
 */
function writeOwned(file, owner, content) {
    const draft = `${file}.draft`;
    const text = JSON.stringify({
        ...(owner === 'nobody' ? {} : { owner: (0,_process_identity_js__WEBPACK_IMPORTED_MODULE_3__/* .currentProcess */ .D)() }),
        ...content,
    });
    try {
        (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.writeFileSync)(draft, text);
        (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.renameSync)(draft, file);
    }
    catch (error) {
        (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.rmSync)(draft, { force: true });
        throw error;
    }
}
/** What such a file says, and whether its owner may live; undefined when it is gone. */
function readOwned(file) {
    let text;
    try {
        text = (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.readFileSync)(file, 'utf8');
    }
    catch (error) {
        if ((0,_file_error_js__WEBPACK_IMPORTED_MODULE_4__/* .errorCode */ .C)(error) === 'ENOENT')
            return undefined;
        throw error;
    }
    try {
        const content = JSON.parse(text);
        const { owner } = valibot__WEBPACK_IMPORTED_MODULE_2__/* .parse */ .qgA(OWNED, content);
        return { owner, alive: owner !== undefined && mayLive(file, owner), content };
    }
    catch (error) {
        if (!(error instanceof SyntaxError || error instanceof valibot__WEBPACK_IMPORTED_MODULE_2__/* .ValiError */ .H6d))
            throw error;
        // Half written on a file system that renames before it writes, or not ours: it may belong to someone for a while.
        return { owner: undefined, alive: mayLive(file, undefined), content: undefined };
    }
}
/** Whether the process that a file belongs to lives, or may live. */
function mayLive(file, owner) {
    const liveness = owner === undefined ? 'unknown' : (0,_process_identity_js__WEBPACK_IMPORTED_MODULE_3__/* .livenessOf */ .l)(owner);
    if (liveness !== 'unknown')
        return liveness === 'alive';
    const shown = (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.statSync)(file, { throwIfNoEntry: false })?.ctimeMs;
    return shown !== undefined && fileSystemNow(versionAbove(file)) - shown < STALE_MS;
}
/**
 * What time it is for the file system, in milliseconds since the epoch: the clocks of the machines that share it may differ
 * by any amount, but whatever one of them does to a file is dated (ctime) by the one clock of the file system.
 */
function fileSystemNow(folder) {
    // Always the same name, so that nothing is left of a process that is killed here.
    const descriptor = (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.openSync)((0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(folder, 'clock'), 'w');
    try {
        (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.writeSync)(descriptor, '.');
        return (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.fstatSync)(descriptor).ctimeMs;
    }
    finally {
        (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.closeSync)(descriptor);
    }
}
/** The store's version folder above a file of its own; the file's folder for one that is in no store. */
function versionAbove(file) {
    for (let at = (0,node_path__WEBPACK_IMPORTED_MODULE_1__.dirname)(file); (0,node_path__WEBPACK_IMPORTED_MODULE_1__.dirname)(at) !== at; at = (0,node_path__WEBPACK_IMPORTED_MODULE_1__.dirname)(at)) {
        if (/^v\d+$/.test((0,node_path__WEBPACK_IMPORTED_MODULE_1__.basename)(at)))
            return at;
    }
    return (0,node_path__WEBPACK_IMPORTED_MODULE_1__.dirname)(file);
}
/** Shows now and then that this process lives, until it is stopped. */
function keepAlive(file) {
    const beat = () => {
        try {
            (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.utimesSync)(file, new Date(), new Date());
        }
        catch (error) {
            if (!(error instanceof Error))
                throw error;
            // Taken over by one that thought us dead, or removed by hand: nothing is left to keep.
            clearInterval(timer);
        }
    };
    const timer = setInterval(beat, HEARTBEAT_MS);
    timer.unref();
    return { beat, stop: () => clearInterval(timer) };
}


/***/ }),

/***/ 8603:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   V: () => (/* binding */ tryOwnership),
/* harmony export */   p: () => (/* binding */ takeOwnership)
/* harmony export */ });
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(3024);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(6760);
/* harmony import */ var node_timers_promises__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(8500);
/* harmony import */ var _file_error_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(3009);
/* harmony import */ var _make_folders_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(8946);
/* harmony import */ var _owned_file_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(4422);
/* harmony import */ var _process_identity_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(2762);







const DEFAULTS = { pollMs: 50, heartbeatMs: 5_000, staleMs: 60_000 };
const RELEASED = 'released\n';
/**
 * Waits until this process owns `folder`.
 *
 * The folder holds a file a turn, `1`, `2`, …, naming the process whose turn it is; the highest counts. Whoever finds it
 * released, or its process dead, makes the next number by link(2), which only one can. The highest is never removed, so
 * nobody can take away a turn that is not the one it looked at: the flaw of locks that are removed when they are stale.
 * A dead process is known by its pid, start and boot at once; only one that cannot be seen from here takes `staleMs`, and
 * clocks of several machines are never compared.
 *
 * @param onWait called once when another owns it.
 */
async function takeOwnership(folder, onWait = () => undefined, options = {}) {
    const { pollMs, heartbeatMs, staleMs } = { ...DEFAULTS, ...options };
    const self = (0,_process_identity_js__WEBPACK_IMPORTED_MODULE_3__/* .currentProcess */ .D)();
    const isStale = createStaleness(staleMs);
    let waited = false;
    try {
        (0,_make_folders_js__WEBPACK_IMPORTED_MODULE_4__/* .makeFolders */ .w)(folder);
        for (;;) {
            const last = highestTurn(folder);
            if (last === 0 || isOver((0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(folder, String(last)), isStale)) {
                const turn = last + 1;
                if (claim(folder, turn, self))
                    return hold(folder, turn, heartbeatMs);
                continue;
            }
            if (!waited)
                onWait();
            waited = true;
            await (0,node_timers_promises__WEBPACK_IMPORTED_MODULE_2__.setTimeout)(pollMs);
        }
    }
    catch (error) {
        throw (0,_file_error_js__WEBPACK_IMPORTED_MODULE_5__/* .fileError */ .z)('take a turn in the store', folder, error);
    }
}
/**
 * As {@link takeOwnership}, but does not wait: whether an owner that cannot be seen from here lives is told by the time its
 * turn was last touched.
 *
 * @returns undefined when another owns it, or may own it.
 */
function tryOwnership(folder) {
    const self = (0,_process_identity_js__WEBPACK_IMPORTED_MODULE_3__/* .currentProcess */ .D)();
    try {
        (0,_make_folders_js__WEBPACK_IMPORTED_MODULE_4__/* .makeFolders */ .w)(folder);
        for (;;) {
            const last = highestTurn(folder);
            if (last !== 0 && !isOver((0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(folder, String(last)), (file) => !(0,_owned_file_js__WEBPACK_IMPORTED_MODULE_6__/* .mayLive */ .s3)(file, undefined)))
                return undefined;
            if (claim(folder, last + 1, self))
                return hold(folder, last + 1, DEFAULTS.heartbeatMs);
        }
    }
    catch (error) {
        throw (0,_file_error_js__WEBPACK_IMPORTED_MODULE_5__/* .fileError */ .z)('take a turn in the store', folder, error);
    }
}
function highestTurn(folder) {
    return (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.readdirSync)(folder)
        .filter((name) => /^[1-9]\d{0,14}$/.test(name))
        .reduce((highest, name) => Math.max(highest, Number(name)), 0);
}
function isOver(file, isStale) {
    let text;
    try {
        text = (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.readFileSync)(file, 'utf8');
    }
    catch (error) {
        // A later turn has begun and swept this one away: look again, there is a higher one.
        if ((0,_file_error_js__WEBPACK_IMPORTED_MODULE_5__/* .errorCode */ .C)(error) === 'ENOENT')
            return false;
        throw error;
    }
    if (text === RELEASED)
        return true;
    const owner = parseOwner(text);
    const liveness = owner === undefined ? 'unknown' : (0,_process_identity_js__WEBPACK_IMPORTED_MODULE_3__/* .livenessOf */ .l)(owner);
    return liveness === 'dead' || (liveness === 'unknown' && isStale(file));
}
/** Pid, start and realm on a line each. */
function parseOwner(text) {
    const [pid, started, realm] = text.split('\n');
    if (pid === undefined || !/^\d{1,10}$/.test(pid))
        return undefined;
    return started === undefined || realm === undefined
        ? undefined
        : { pid: Number(pid), started, realm };
}
/** True when this turn is ours. */
function claim(folder, turn, self) {
    const draft = (0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(folder, `${self.pid}-${Math.random().toString(36).slice(2)}.draft`);
    const file = (0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(folder, String(turn));
    (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.writeFileSync)(draft, `${self.pid}\n${self.started}\n${self.realm}\n`, { flag: 'wx' });
    try {
        linkOrCopy(draft, file);
    }
    catch (error) {
        // Another was first, or it is the owner already and has swept our draft away.
        if ((0,_file_error_js__WEBPACK_IMPORTED_MODULE_5__/* .errorCode */ .C)(error) === 'EEXIST' || (0,_file_error_js__WEBPACK_IMPORTED_MODULE_5__/* .errorCode */ .C)(error) === 'ENOENT')
            return false;
        throw error;
    }
    finally {
        (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.rmSync)(draft, { force: true });
    }
    // Ours may be a turn that was taken, released and swept away since we looked: a higher one tells.
    if (highestTurn(folder) !== turn) {
        (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.rmSync)(file, { force: true });
        return false;
    }
    for (const name of (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.readdirSync)(folder)) {
        if (name !== String(turn))
            (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.rmSync)((0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(folder, name), { force: true });
    }
    return true;
}
function linkOrCopy(draft, file) {
    try {
        (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.linkSync)(draft, file);
    }
    catch (error) {
        // File systems without hard links. A copy is not made at once, but what is half written counts as not known.
        if (!['EPERM', 'ENOTSUP', 'ENOSYS', 'EMLINK'].includes((0,_file_error_js__WEBPACK_IMPORTED_MODULE_5__/* .errorCode */ .C)(error) ?? ''))
            throw error;
        (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.copyFileSync)(draft, file, node_fs__WEBPACK_IMPORTED_MODULE_0__.constants.COPYFILE_EXCL);
    }
}
function hold(folder, turn, heartbeatMs) {
    const file = (0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(folder, String(turn));
    const heartbeat = setInterval(() => {
        try {
            (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.utimesSync)(file, new Date(), new Date());
        }
        catch (error) {
            if (!(error instanceof Error))
                throw error;
            // Taken over by one that thought us dead, or removed by hand: nothing is left to keep.
            clearInterval(heartbeat);
        }
    }, heartbeatMs);
    heartbeat.unref();
    const release = () => {
        process.removeListener('exit', release);
        clearInterval(heartbeat);
        const draft = `${file}.draft`;
        try {
            (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.writeFileSync)(draft, RELEASED);
            (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.renameSync)(draft, file);
        }
        catch (error) {
            // A folder that is gone has no owner; on a full disk our end frees it.
            if ((0,_file_error_js__WEBPACK_IMPORTED_MODULE_5__/* .errorCode */ .C)(error) === 'ENOENT' || (0,_file_error_js__WEBPACK_IMPORTED_MODULE_5__/* .errorCode */ .C)(error) === 'ENOSPC')
                return;
            throw (0,_file_error_js__WEBPACK_IMPORTED_MODULE_5__/* .fileError */ .z)('give up a turn in the store', folder, error);
        }
    };
    process.once('exit', release);
    return { release };
}
/** Whether a file's time stood still for `staleMs` while we watched it, by our own steady clock. */
function createStaleness(staleMs) {
    let seen = '';
    let since = 0;
    return (file) => {
        const stats = (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.statSync)(file, { bigint: true, throwIfNoEntry: false });
        const now = `${file} ${stats?.mtimeNs}`;
        if (now !== seen) {
            seen = now;
            since = performance.now();
        }
        return performance.now() - since > staleMs;
    };
}


/***/ }),

/***/ 2762:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   D: () => (/* binding */ currentProcess),
/* harmony export */   l: () => (/* binding */ livenessOf)
/* harmony export */ });
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(3024);
/* harmony import */ var node_os__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(8161);
/* harmony import */ var _file_error_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(3009);



function currentProcess() {
    return { pid: process.pid, realm: currentRealm(), started: startOf(process.pid) ?? '' };
}
function livenessOf(other) {
    if (other.realm !== currentRealm())
        return 'unknown';
    try {
        process.kill(other.pid, 0);
    }
    catch (error) {
        if ((0,_file_error_js__WEBPACK_IMPORTED_MODULE_2__/* .errorCode */ .C)(error) === 'ESRCH')
            return 'dead';
        if ((0,_file_error_js__WEBPACK_IMPORTED_MODULE_2__/* .errorCode */ .C)(error) !== 'EPERM')
            return 'unknown';
    }
    const started = startOf(other.pid);
    if (other.started === '' || started === undefined)
        return 'unknown';
    return started === other.started ? 'alive' : 'dead';
}
function currentRealm() {
    const boot = read(() => (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.readFileSync)('/proc/sys/kernel/random/boot_id', 'utf8').trim());
    const pids = read(() => (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.readlinkSync)('/proc/self/ns/pid'));
    return [(0,node_os__WEBPACK_IMPORTED_MODULE_1__.hostname)(), boot ?? '', pids ?? ''].join(' ');
}
/** Field 22 of /proc/PID/stat (man 5 proc), clock ticks since boot; a zombie counts as gone. */
function startOf(pid) {
    const stat = read(() => (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.readFileSync)(`/proc/${pid}/stat`, 'utf8'));
    // The program's name in field 2 may hold spaces and parentheses.
    const fields = stat?.slice(stat.lastIndexOf(')') + 2).split(' ');
    if (fields === undefined)
        return undefined;
    return fields[0] === 'Z' ? 'ended' : fields[19];
}
/** Undefined where the system has no such file (anything but Linux), or the process is gone. */
function read(source) {
    try {
        return source();
    }
    catch (error) {
        if (error instanceof Error)
            return undefined;
        throw error;
    }
}


/***/ })

};
