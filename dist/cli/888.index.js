export const id = 888;
export const ids = [888];
export const modules = {

/***/ 9688:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   $T: () => (/* binding */ mergeIndexes),
/* harmony export */   A1: () => (/* binding */ parseIndex),
/* harmony export */   Qe: () => (/* binding */ formatIndex),
/* harmony export */   UO: () => (/* binding */ isWithin),
/* harmony export */   ZK: () => (/* binding */ EMPTY_INDEX),
/* harmony export */   mU: () => (/* binding */ LARGEST_INDEX)
/* harmony export */ });
/* unused harmony export INDEX_LIMITS */
/* harmony import */ var valibot__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7934);
/* harmony import */ var _file_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(6480);


const INDEX_LIMITS = { packs: 5_000, contents: 100_000, files: 100_000 };
/** Bytes of JSON that an index may have; more is not read. */
const LARGEST_INDEX = 64 * 1024 * 1024;
const EMPTY_INDEX = { packs: [], files: [] };
const INDEX_VERSION = 1;
const LONGEST_PATH = 4096;
const sha256 = valibot__WEBPACK_IMPORTED_MODULE_0__/* .pipe */ .FsL(valibot__WEBPACK_IMPORTED_MODULE_0__/* .string */ .YjP(), valibot__WEBPACK_IMPORTED_MODULE_0__/* .regex */ .yGV(/^[0-9a-f]{64}$/, 'not a sha256'));
const count = valibot__WEBPACK_IMPORTED_MODULE_0__/* .pipe */ .FsL(valibot__WEBPACK_IMPORTED_MODULE_0__/* .number */ .aig(), valibot__WEBPACK_IMPORTED_MODULE_0__/* .safeInteger */ .Y2b(), valibot__WEBPACK_IMPORTED_MODULE_0__/* .minValue */ .Wwf(0));
const bucket = valibot__WEBPACK_IMPORTED_MODULE_0__/* .pipe */ .FsL(valibot__WEBPACK_IMPORTED_MODULE_0__/* .string */ .YjP(), valibot__WEBPACK_IMPORTED_MODULE_0__/* .regex */ .yGV(/^[A-Za-z0-9][A-Za-z0-9._-]{0,254}$/, 'not a bucket'));
const path = valibot__WEBPACK_IMPORTED_MODULE_0__/* .pipe */ .FsL(valibot__WEBPACK_IMPORTED_MODULE_0__/* .string */ .YjP(), valibot__WEBPACK_IMPORTED_MODULE_0__/* .maxLength */ .Ru6(LONGEST_PATH), valibot__WEBPACK_IMPORTED_MODULE_0__/* .check */ .z6Y(staysInside, 'a path that leaves its bucket'));
const key = valibot__WEBPACK_IMPORTED_MODULE_0__/* .pipe */ .FsL(valibot__WEBPACK_IMPORTED_MODULE_0__/* .string */ .YjP(), valibot__WEBPACK_IMPORTED_MODULE_0__/* .regex */ .yGV(/^[^,\p{Cc}]{1,512}$/u, 'not a key'));
const packSchema = valibot__WEBPACK_IMPORTED_MODULE_0__/* .pipe */ .FsL(valibot__WEBPACK_IMPORTED_MODULE_0__/* .object */ .Ikc({
    key,
    contents: valibot__WEBPACK_IMPORTED_MODULE_0__/* .pipe */ .FsL(valibot__WEBPACK_IMPORTED_MODULE_0__/* .array */ .YOg(valibot__WEBPACK_IMPORTED_MODULE_0__/* .object */ .Ikc({ sha256, size: count })), valibot__WEBPACK_IMPORTED_MODULE_0__/* .minLength */ .BpQ(1)),
}), valibot__WEBPACK_IMPORTED_MODULE_0__/* .transform */ .pdi(({ key, contents }) => ({
    key,
    size: contents.reduce((sum, { size }) => sum + size, 0),
    contents,
})));
const indexSchema = valibot__WEBPACK_IMPORTED_MODULE_0__/* .object */ .Ikc({
    version: valibot__WEBPACK_IMPORTED_MODULE_0__/* .literal */ .euz(INDEX_VERSION),
    packs: valibot__WEBPACK_IMPORTED_MODULE_0__/* .pipe */ .FsL(valibot__WEBPACK_IMPORTED_MODULE_0__/* .array */ .YOg(packSchema), valibot__WEBPACK_IMPORTED_MODULE_0__/* .maxLength */ .Ru6(INDEX_LIMITS.packs)),
    files: valibot__WEBPACK_IMPORTED_MODULE_0__/* .pipe */ .FsL(valibot__WEBPACK_IMPORTED_MODULE_0__/* .array */ .YOg(valibot__WEBPACK_IMPORTED_MODULE_0__/* .object */ .Ikc({ bucket, path, size: count, mtime: valibot__WEBPACK_IMPORTED_MODULE_0__/* .pipe */ .FsL(valibot__WEBPACK_IMPORTED_MODULE_0__/* .number */ .aig(), valibot__WEBPACK_IMPORTED_MODULE_0__/* .safeInteger */ .Y2b()), sha256 })), valibot__WEBPACK_IMPORTED_MODULE_0__/* .maxLength */ .Ru6(INDEX_LIMITS.files)),
});
/** The index as JSON; a pack's size follows from its contents and is not written. */
function formatIndex(index) {
    const packs = index.packs.map(({ key, contents }) => ({ key, contents }));
    return JSON.stringify({ version: INDEX_VERSION, packs, files: index.files });
}
/**
 * Reads an index that came from a cache: anything may stand in it. Returns the reason as a string when it is not an index
 * of this version, or when a name in it is not one that tfcache would have written.
 */
function parseIndex(text) {
    if (text.length > LARGEST_INDEX)
        return `it is larger than ${LARGEST_INDEX} bytes`;
    let data;
    try {
        data = JSON.parse(text);
    }
    catch (error) {
        return `it is not JSON: ${error instanceof Error ? error.message : String(error)}`;
    }
    const versioned = valibot__WEBPACK_IMPORTED_MODULE_0__/* .safeParse */ .xLC(valibot__WEBPACK_IMPORTED_MODULE_0__/* .object */ .Ikc({ version: valibot__WEBPACK_IMPORTED_MODULE_0__/* .number */ .aig() }), data);
    if (versioned.success && versioned.output.version !== INDEX_VERSION) {
        return `it has format ${versioned.output.version}, this tfcache reads format ${INDEX_VERSION}`;
    }
    const parsed = valibot__WEBPACK_IMPORTED_MODULE_0__/* .safeParse */ .xLC(indexSchema, data, { abortEarly: true });
    if (parsed.success)
        return { packs: parsed.output.packs, files: parsed.output.files };
    const issue = parsed.issues[0];
    return `it is malformed at ${valibot__WEBPACK_IMPORTED_MODULE_0__/* .getDotPath */ .BuJ(issue) ?? 'the top'}: ${issue.message}`;
}
/**
 * Two indexes as one, oldest first; of the same pack or the same file (bucket, path, size, mtime) the newer one stays.
 * Packs with a key in `forget` are left out, and the oldest beyond the limits.
 */
function mergeIndexes(older, newer, forget = [], limits = INDEX_LIMITS) {
    const forgotten = new Set(forget);
    const packs = newestLast(older.packs, newer.packs, (pack) => pack.key);
    const files = newestLast(older.files, newer.files, versionKey);
    const kept = [];
    let contents = 0;
    for (const pack of packs.filter(({ key }) => !forgotten.has(key)).reverse()) {
        contents += pack.contents.length;
        if (kept.length >= limits.packs || contents > limits.contents)
            break;
        kept.unshift(pack);
    }
    return { packs: kept, files: files.slice(-limits.files) };
}
/** Whether `all` names every pack and file that `part` names. */
function isWithin(part, all) {
    const packs = new Set(all.packs.map(({ key }) => key));
    const files = new Set(all.files.map(versionKey));
    return (part.packs.every(({ key }) => packs.has(key)) &&
        part.files.every((file) => files.has(versionKey(file))));
}
function newestLast(older, newer, keyOf) {
    const byKey = new Map();
    for (const one of [...older, ...newer]) {
        // Deleted first, so that what is set again moves to the end.
        byKey.delete(keyOf(one));
        byKey.set(keyOf(one), one);
    }
    return [...byKey.values()];
}
function versionKey(file) {
    return `${(0,_file_js__WEBPACK_IMPORTED_MODULE_1__/* .fileKey */ .w)(file)}\0${file.size}\0${file.mtime}`;
}
function staysInside(path) {
    if (path.includes('\0'))
        return false;
    return path.split('/').every((name) => name !== '' && name !== '.' && name !== '..');
}


/***/ }),

/***/ 1851:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Au: () => (/* binding */ indexKeyPrefix),
/* harmony export */   g8: () => (/* binding */ STANDALONE_SIZE),
/* harmony export */   oj: () => (/* binding */ artifactIndexKeyPrefix),
/* harmony export */   qC: () => (/* binding */ planPacks)
/* harmony export */ });
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

/***/ 5630:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   O: () => (/* binding */ finish),
/* harmony export */   _: () => (/* binding */ saveAtOnce)
/* harmony export */ });
/* harmony import */ var _error_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(5602);
/* harmony import */ var _report_json_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(9665);


/** Prints the report (JSON on standard output), or its lines, or the error when there is one. @returns the exit code */
function finish(line, result, { log }, lines) {
    if (line.json)
        process.stdout.write((0,_report_json_js__WEBPACK_IMPORTED_MODULE_0__/* .serializeReport */ .x)(result.report));
    // One clear error: the lines of a failed run would only say it twice.
    else if (result.error === undefined)
        for (const text of lines())
            log.info(text);
    if (result.error === undefined)
        return 0;
    log.error((0,_error_js__WEBPACK_IMPORTED_MODULE_1__/* .describeError */ .Uc)(result.error));
    return result.error.exitCode;
}
/** The command line has no post step: what is new is saved at once. Saving never fails a pull. */
async function saveAtOnce(inputs, { save }, surroundings) {
    if (inputs.cache === 'none' || inputs.save === 'never' || save === undefined)
        return;
    try {
        const { saveNew } = await __webpack_require__.e(/* import() */ 634).then(__webpack_require__.bind(__webpack_require__, 9634));
        const { problems } = await saveNew(save, surroundings);
        for (const problem of problems)
            surroundings.log.warning(`Not saved: ${problem}`);
    }
    catch (error) {
        surroundings.log.warning(`Nothing was saved to the cache: ${(0,_error_js__WEBPACK_IMPORTED_MODULE_1__/* .describeError */ .Uc)(error)}`);
    }
}


/***/ }),

/***/ 6993:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   $t: () => (/* binding */ placeOf),
/* harmony export */   W8: () => (/* binding */ CHANGED_FOLDER),
/* harmony export */   Z0: () => (/* binding */ TEMPORARY_FOLDER),
/* harmony export */   pd: () => (/* binding */ foldersOf),
/* harmony export */   qP: () => (/* binding */ RECORD_NAME),
/* harmony export */   yS: () => (/* binding */ folderOf)
/* harmony export */ });
/* harmony import */ var _error_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(5602);
/* harmony import */ var _safe_path_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7999);


/** The bucket whose files stand at the top of a destination. */
const MAIN_BUCKET = 'tensorflow';
/** What tfcache keeps at the top of a destination for itself; every other name that begins with `@` is a bucket's. */
const RECORD_NAME = '@tfcache.json';
const TEMPORARY_FOLDER = '@tfcache.tmp';
const CHANGED_FOLDER = '@tfcache.changed';
const VIEWS_FOLDER = '@views';
const RESERVED = new Set([RECORD_NAME, TEMPORARY_FOLDER, CHANGED_FOLDER, VIEWS_FOLDER]);
/**
 * Where a file of a bucket stands in a destination, relative to it, `/` between names: those of the bucket `tensorflow` as
 * they stand in the bucket, those of another under `@BUCKET/`.
 *
 * @throws TfcacheError `usage` for a path that leads outside or takes a name that is tfcache's own.
 */
function placeOf({ bucket, path }) {
    const problem = (0,_safe_path_js__WEBPACK_IMPORTED_MODULE_0__/* .findPathProblem */ .W)(path) ?? findNameProblem(bucket, path);
    if (problem === undefined)
        return bucket === MAIN_BUCKET ? path : `@${bucket}/${path}`;
    throw new _error_js__WEBPACK_IMPORTED_MODULE_1__/* .TfcacheError */ .TM('usage', `A file cannot be published: ${problem}.`, {
        where: `bucket ${JSON.stringify(bucket)}, path ${JSON.stringify(path)}`,
        hint: 'Leave it out with a filter or a narrower request; if the mirror really holds such a name, tell whoever runs it.',
    });
}
function findNameProblem(bucket, path) {
    if (bucket !== MAIN_BUCKET) {
        if (!(0,_safe_path_js__WEBPACK_IMPORTED_MODULE_0__/* .isBucketName */ .E)(bucket))
            return 'this is not the name of a bucket';
        return RESERVED.has(`@${bucket.toLowerCase()}`)
            ? `the folder @${bucket} is tfcache's own`
            : undefined;
    }
    return path.startsWith('@')
        ? 'names that begin with @ at the top of a destination are tfcache’s own'
        : undefined;
}
/** The folders a path stands in, outermost first: `a/b/c` gives `a`, `a/b`. */
function foldersOf(place) {
    const folders = [];
    for (let at = place.indexOf('/'); at !== -1; at = place.indexOf('/', at + 1)) {
        folders.push(place.slice(0, at));
    }
    return folders;
}
/** The folder a path stands in, `''` at the top. */
function folderOf(place) {
    const slash = place.lastIndexOf('/');
    return slash === -1 ? '' : place.slice(0, slash);
}


/***/ }),

/***/ 4814:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   a: () => (/* binding */ readRecord),
/* harmony export */   r: () => (/* binding */ writeRecord)
/* harmony export */ });
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(3024);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(6760);
/* harmony import */ var valibot__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(7934);
/* harmony import */ var _error_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(5602);
/* harmony import */ var _safe_path_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(7999);
/* harmony import */ var _store_file_error_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(3009);
/* harmony import */ var _layout_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(6993);







const DIGITS = valibot__WEBPACK_IMPORTED_MODULE_2__/* .pipe */ .FsL(valibot__WEBPACK_IMPORTED_MODULE_2__/* .string */ .YjP(), valibot__WEBPACK_IMPORTED_MODULE_2__/* .regex */ .yGV(/^-?\d{1,20}$/));
const SAFE_PATH = valibot__WEBPACK_IMPORTED_MODULE_2__/* .pipe */ .FsL(valibot__WEBPACK_IMPORTED_MODULE_2__/* .string */ .YjP(), valibot__WEBPACK_IMPORTED_MODULE_2__/* .check */ .z6Y((path) => (0,_safe_path_js__WEBPACK_IMPORTED_MODULE_3__/* .findPathProblem */ .W)(path) === undefined));
const COUNT = valibot__WEBPACK_IMPORTED_MODULE_2__/* .pipe */ .FsL(valibot__WEBPACK_IMPORTED_MODULE_2__/* .number */ .aig(), valibot__WEBPACK_IMPORTED_MODULE_2__/* .safeInteger */ .Y2b());
const ENTRY = valibot__WEBPACK_IMPORTED_MODULE_2__/* .object */ .Ikc({
    bucket: valibot__WEBPACK_IMPORTED_MODULE_2__/* .string */ .YjP(),
    path: SAFE_PATH,
    size: COUNT,
    mtime: COUNT,
    sha256: valibot__WEBPACK_IMPORTED_MODULE_2__/* .pipe */ .FsL(valibot__WEBPACK_IMPORTED_MODULE_2__/* .string */ .YjP(), valibot__WEBPACK_IMPORTED_MODULE_2__/* .regex */ .yGV(/^[0-9a-f]{64}$/)),
    mtimeNs: valibot__WEBPACK_IMPORTED_MODULE_2__/* .optional */ .lqM(DIGITS),
    ino: valibot__WEBPACK_IMPORTED_MODULE_2__/* .optional */ .lqM(DIGITS),
    adopted: valibot__WEBPACK_IMPORTED_MODULE_2__/* .optional */ .lqM(valibot__WEBPACK_IMPORTED_MODULE_2__/* .boolean */ .zMY()),
});
const RECORD = valibot__WEBPACK_IMPORTED_MODULE_2__/* .object */ .Ikc({
    version: valibot__WEBPACK_IMPORTED_MODULE_2__/* .literal */ .euz(1),
    job: valibot__WEBPACK_IMPORTED_MODULE_2__/* .optional */ .lqM(valibot__WEBPACK_IMPORTED_MODULE_2__/* .string */ .YjP()),
    folders: valibot__WEBPACK_IMPORTED_MODULE_2__/* .array */ .YOg(SAFE_PATH),
    files: valibot__WEBPACK_IMPORTED_MODULE_2__/* .array */ .YOg(valibot__WEBPACK_IMPORTED_MODULE_2__/* .unknown */ .L5J()),
});
/**
 * What tfcache put into a destination; empty when it put nothing there. A record that is damaged counts as none: then
 * whatever has the right bytes is taken as it is, and nothing is removed.
 *
 * @throws TfcacheError `failed` for the record of a newer tfcache.
 */
function readRecord(destination, log) {
    const file = (0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(destination, _layout_js__WEBPACK_IMPORTED_MODULE_4__/* .RECORD_NAME */ .qP);
    const empty = { entries: new Map(), folders: new Set(), job: undefined };
    const text = readText(file);
    if (text === undefined)
        return empty;
    try {
        const data = JSON.parse(text);
        refuseOtherVersion(data, file);
        const { files, folders, job } = valibot__WEBPACK_IMPORTED_MODULE_2__/* .parse */ .qgA(RECORD, data);
        const entries = new Map();
        // One by one: what is checked is a copy, and a hundred thousand of them need not be there twice.
        for (const unchecked of files) {
            const entry = valibot__WEBPACK_IMPORTED_MODULE_2__/* .parse */ .qgA(ENTRY, unchecked);
            const place = (0,_layout_js__WEBPACK_IMPORTED_MODULE_4__/* .placeOf */ .$t)(entry);
            const known = entries.get(place);
            if (known === undefined)
                entries.set(place, [entry]);
            else
                known.push(entry);
        }
        return { entries, folders: new Set(folders), job };
    }
    catch (error) {
        if (error instanceof _error_js__WEBPACK_IMPORTED_MODULE_5__/* .TfcacheError */ .TM && error.code === 'failed')
            throw error;
        log.warning(`${file} is damaged (${error instanceof Error ? error.message : String(error)}): files that are there are taken by their content, and none is removed.`);
        return empty;
    }
}
/** At once: the old record or the new one is there. A line a file, written some at a time: it may hold a hundred thousand. */
function writeRecord(destination, record) {
    const file = (0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(destination, _layout_js__WEBPACK_IMPORTED_MODULE_4__/* .RECORD_NAME */ .qP);
    // Always the same name: what a killed run left is written over. Two runs into one destination are the caller's mistake.
    const draft = `${file}.tmp`;
    try {
        const descriptor = (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.openSync)(draft, 'w');
        try {
            for (const text of chunksOf(record))
                (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.writeFileSync)(descriptor, text);
        }
        finally {
            (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.closeSync)(descriptor);
        }
        (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.renameSync)(draft, file);
    }
    catch (error) {
        (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.rmSync)(draft, { force: true });
        throw (0,_store_file_error_js__WEBPACK_IMPORTED_MODULE_6__/* .fileError */ .z)('write the record of what is in the destination', file, error);
    }
}
const CHARACTERS_AT_ONCE = 256 * 1024;
function* chunksOf({ entries, folders, job }) {
    const owner = job === undefined ? '' : `"job":${JSON.stringify(job)},`;
    let text = `{"version":1,${owner}"folders":${JSON.stringify([...folders].sort())},"files":[`;
    let separator = '\n';
    for (const entry of entries) {
        text += separator + JSON.stringify(entry);
        separator = ',\n';
        if (text.length > CHARACTERS_AT_ONCE) {
            yield text;
            text = '';
        }
    }
    yield `${text}\n]}\n`;
}
function readText(file) {
    try {
        return (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.readFileSync)(file, 'utf8');
    }
    catch (error) {
        const code = (0,_store_file_error_js__WEBPACK_IMPORTED_MODULE_6__/* .errorCode */ .C)(error);
        if (code === 'ENOENT' || code === 'ENOTDIR')
            return undefined;
        throw (0,_store_file_error_js__WEBPACK_IMPORTED_MODULE_6__/* .fileError */ .z)('read the record of what is in the destination', file, error);
    }
}
function refuseOtherVersion(data, where) {
    const version = valibot__WEBPACK_IMPORTED_MODULE_2__/* .safeParse */ .xLC(valibot__WEBPACK_IMPORTED_MODULE_2__/* .object */ .Ikc({ version: valibot__WEBPACK_IMPORTED_MODULE_2__/* .number */ .aig() }), data);
    if (!version.success || version.output.version === 1)
        return;
    throw new _error_js__WEBPACK_IMPORTED_MODULE_5__/* .TfcacheError */ .TM('failed', 'A newer tfcache filled this destination.', {
        where,
        expected: 'version 1',
        found: `version ${version.output.version}`,
        hint: 'Use that tfcache, or another path.',
    });
}


/***/ }),

/***/ 3647:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Hf: () => (/* binding */ isAsRecorded),
/* harmony export */   Op: () => (/* binding */ look),
/* harmony export */   Q3: () => (/* binding */ standsAsRecorded),
/* harmony export */   _N: () => (/* binding */ statOf),
/* harmony export */   bQ: () => (/* binding */ recordedNow)
/* harmony export */ });
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(3024);
/* harmony import */ var _store_file_error_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(3009);
/* harmony import */ var _store_hash_file_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(3035);
/* harmony import */ var _store_object_name_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(8755);




/**
 * Costs one stat when the file is as recorded. One that has other times or another inode, but the size it should have, is
 * read: it was touched, copied or moved with its folder, or its run was killed, and its bytes decide.
 *
 * @param entries what may stand there; the wanted one among them need not be recorded yet.
 */
function look(file, recorded, wanted) {
    const stats = statOf(file);
    if (stats === undefined)
        return { kind: 'nothing' };
    if (stats.isDirectory())
        return { kind: 'folder' };
    if (!stats.isFile()) {
        return { kind: 'other', what: stats.isSymbolicLink() ? 'a symbolic link' : 'a special file' };
    }
    const exact = recorded.find((entry) => isAsRecorded(entry, stats));
    if (exact !== undefined)
        return { kind: 'known', entry: exact, stats };
    const candidates = wanted === undefined ? recorded : [...recorded, wanted];
    const possible = candidates.filter((entry) => BigInt(entry.size) === stats.size);
    if (possible.length > 0) {
        const sha256 = hashOf(file);
        const same = possible.find((entry) => entry.sha256 === sha256);
        if (same !== undefined) {
            return {
                kind: 'known',
                stats,
                entry: recorded.length === 0 ? { ...same, adopted: true } : same,
            };
        }
    }
    return { kind: recorded.length === 0 ? 'foreign' : 'changed', stats };
}
/** One cheap stat; true only when the file is surely the one that was recorded. Otherwise {@link look} tells what it is. */
function standsAsRecorded(file, entry) {
    const { mtimeNs, ino, size } = entry;
    if (mtimeNs === undefined || ino === undefined)
        return false;
    try {
        const stats = (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.lstatSync)(file, { throwIfNoEntry: false });
        return (stats?.isFile() === true &&
            stats.size === size &&
            stats.ino < Number.MAX_SAFE_INTEGER &&
            Number(ino) === stats.ino &&
            (0,_store_object_name_js__WEBPACK_IMPORTED_MODULE_1__/* .isTime */ .K8)(stats.mtimeMs, mtimeNs));
    }
    catch (error) {
        if ((0,_store_file_error_js__WEBPACK_IMPORTED_MODULE_2__/* .errorCode */ .C)(error) === 'ENOTDIR')
            return false;
        throw error;
    }
}
/** Undefined also when something that is no folder stands in front. */
function statOf(file) {
    try {
        return (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.lstatSync)(file, { bigint: true, throwIfNoEntry: false });
    }
    catch (error) {
        if ((0,_store_file_error_js__WEBPACK_IMPORTED_MODULE_2__/* .errorCode */ .C)(error) === 'ENOTDIR')
            return undefined;
        throw error;
    }
}
function isAsRecorded(entry, stats) {
    return (BigInt(entry.size) === stats.size &&
        entry.mtimeNs === String(stats.mtimeNs) &&
        entry.ino === String(stats.ino));
}
/** What the file system says of it now. */
function recordedNow(entry, stats) {
    return { ...entry, mtimeNs: String(stats.mtimeNs), ino: String(stats.ino) };
}
/** Undefined for a file that cannot be read: then its bytes vouch for nothing. */
function hashOf(file) {
    try {
        return (0,_store_hash_file_js__WEBPACK_IMPORTED_MODULE_3__/* .hashFileSync */ .iu)(file, new Uint8Array(_store_hash_file_js__WEBPACK_IMPORTED_MODULE_3__/* .HASH_BUFFER_SIZE */ .c1)).sha256;
    }
    catch (error) {
        if (error instanceof Error)
            return undefined;
        throw error;
    }
}


/***/ }),

/***/ 6480:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   b: () => (/* binding */ knownSha256),
/* harmony export */   w: () => (/* binding */ fileKey)
/* harmony export */ });
/** `bucket` and `path` as one string that no other pair has (NUL cannot stand in either). */
function fileKey(file) {
    return `${file.bucket}\0${file.path}`;
}
/** The sha256 among a file's known digests, if there is one. */
function knownSha256(digests) {
    return digests.find((digest) => digest.algorithm === 'sha256');
}


/***/ }),

/***/ 3340:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  U5: () => (/* binding */ EMPTY_LOCK),
  Kc: () => (/* binding */ findArtifact),
  sU: () => (/* binding */ lockDigest),
  mF: () => (/* binding */ readLock),
  rk: () => (/* binding */ withArtifact),
  be: () => (/* binding */ writeLock)
});

// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(7598);
// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __webpack_require__(3024);
// EXTERNAL MODULE: ./build/error.js
var build_error = __webpack_require__(5602);
// EXTERNAL MODULE: ./build/store/file-error.js
var file_error = __webpack_require__(3009);
;// CONCATENATED MODULE: ./build/lock/format.js
/**
 * The text of a lock: JSON with a line a field and a line a file, everything sorted, so that one changed file is one changed
 * line in a diff and the same content always has the same digest.
 */
function formatLock(lock) {
    const artifacts = [...lock.artifacts].sort((one, other) => compareText(one.id, other.id));
    const body = artifacts.length === 0 ? '[]' : `[\n${artifacts.map(formatArtifact).join(',\n')}\n  ]`;
    return `{\n  "version": ${lock.version},\n  "artifacts": ${body}\n}\n`;
}
function formatArtifact({ id, request, title, version, files }) {
    const sorted = [...files].sort((one, other) => compareText(one.bucket, other.bucket) || compareText(one.path, other.path));
    const fields = [
        `"id": ${JSON.stringify(id)}`,
        `"request": ${JSON.stringify(request)}`,
        `"title": ${JSON.stringify(title)}`,
        ...(version === undefined ? [] : [`"version": ${JSON.stringify(version)}`]),
        sorted.length === 0
            ? '"files": []'
            : `"files": [\n${sorted.map((file) => `        ${formatFile(file)}`).join(',\n')}\n      ]`,
    ];
    return `    {\n${fields.map((field) => `      ${field}`).join(',\n')}\n    }`;
}
function formatFile({ bucket, path, size, mtime, sha256 }) {
    const fields = Object.entries({ path, bucket, size, mtime, sha256 })
        .filter(([, value]) => value !== undefined)
        .map(([name, value]) => `"${name}": ${JSON.stringify(value)}`);
    return `{ ${fields.join(', ')} }`;
}
/** By code units, not by the machine's language: the order must not depend on who writes. */
function compareText(one, other) {
    if (one === other)
        return 0;
    return one < other ? -1 : 1;
}

// EXTERNAL MODULE: ./node_modules/valibot/dist/index.mjs
var dist = __webpack_require__(7934);
// EXTERNAL MODULE: ./build/safe-path.js
var safe_path = __webpack_require__(7999);
;// CONCATENATED MODULE: ./build/lock/json-position.js
/**
 * Where a text stops being JSON, as `line 3, column 17`, counted from 1. V8 says so for some errors only; but it says it is short
 * of text for every beginning of JSON, so the longest such beginning is found by halving.
 */
function describeJsonError(text) {
    let sound = 0;
    let broken = text.length + 1;
    while (broken - sound > 1) {
        const middle = Math.floor((sound + broken) / 2);
        if (isBeginning(text.slice(0, middle)))
            sound = middle;
        else
            broken = middle;
    }
    // What follows the last character that is not white space is where something is missing.
    const at = sound === text.length ? text.trimEnd().length : sound;
    const before = text.slice(0, at).split('\n');
    return `line ${before.length}, column ${(before.at(-1)?.length ?? 0) + 1}`;
}
function isBeginning(text) {
    try {
        JSON.parse(text);
        return true;
    }
    catch (error) {
        if (!(error instanceof SyntaxError))
            throw error;
        const [, position] = /at position (\d+)/.exec(error.message) ?? [];
        if (position !== undefined && Number(position) >= text.length)
            return true;
        return /^(Unexpected end|Unterminated string)/.test(error.message);
    }
}

;// CONCATENATED MODULE: ./build/lock/parse.js




const FILE = dist/* strictObject */.rej({
    path: dist/* pipe */.FsL(dist/* string */.YjP(), dist/* rawCheck */.H0v(({ dataset, addIssue }) => {
        if (!dataset.typed)
            return;
        const problem = (0,safe_path/* findPathProblem */.W)(dataset.value);
        if (problem !== undefined)
            addIssue({ message: `the path cannot be used: ${problem}` });
    })),
    bucket: dist/* pipe */.FsL(dist/* string */.YjP(), dist/* check */.z6Y(safe_path/* isBucketName */.E, 'this is not the name of a bucket')),
    size: dist/* pipe */.FsL(dist/* number */.aig(), dist/* safeInteger */.Y2b(), dist/* minValue */.Wwf(0)),
    mtime: dist/* optional */.lqM(dist/* pipe */.FsL(dist/* number */.aig(), dist/* safeInteger */.Y2b())),
    sha256: dist/* pipe */.FsL(dist/* string */.YjP(), dist/* regex */.yGV(/^[0-9a-f]{64}$/, 'a sha256 has 64 lower-case hexadecimal digits')),
});
const LOCK = dist/* strictObject */.rej({
    version: dist/* literal */.euz(1),
    artifacts: dist/* array */.YOg(dist/* strictObject */.rej({
        id: dist/* pipe */.FsL(dist/* string */.YjP(), dist/* nonEmpty */.hq()),
        request: dist/* string */.YjP(),
        title: dist/* string */.YjP(),
        version: dist/* optional */.lqM(dist/* string */.YjP()),
        files: dist/* array */.YOg(FILE),
    })),
});
/**
 * Understands the text of a lock.
 *
 * @param where the file's name, for messages.
 * @throws TfcacheError `usage`: merge conflicts, bad JSON (with line and column), another version, fields that are missing,
 *   wrong or unknown, paths that lead outside, an artifact without files, an artifact or a file of one that stands in it twice.
 */
function parseLock(content, where) {
    const text = content.startsWith('\uFEFF') ? content.slice(1) : content;
    refuseConflicts(text, where);
    const data = parseJson(text, where);
    refuseOtherVersion(data, where);
    const result = dist/* safeParse */.xLC(LOCK, data);
    if (!result.success) {
        const [issue] = result.issues;
        throw new build_error/* TfcacheError */.TM('usage', `The lock file is not as it should be: ${issue.message}.`, {
            where: `${where}, ${dist/* getDotPath */.BuJ(issue) ?? 'at its top'}${describeLine(text, issue.input)}`,
            ...(issue.expected === null ? {} : { expected: issue.expected }),
            found: issue.received,
            hint: ADVICE,
        });
    }
    const artifacts = result.output.artifacts.map((artifact) => ({
        ...artifact,
        version: artifact.version,
        files: artifact.files.map((file) => ({ ...file, mtime: file.mtime })),
    }));
    for (const { id, files } of artifacts) {
        if (files.length === 0)
            throw withoutFiles(id, text, where);
        refuseTwice(files.map(({ bucket, path }) => `${path} (bucket ${bucket})`), `in ${id}`, where);
    }
    refuseTwice(artifacts.map(({ id }) => id), '', where);
    return { version: 1, artifacts };
}
const ADVICE = 'Restore the file from your version control, or remove it and run once without frozen to lock anew.';
/** To obey it would be to bring nothing, and to take that for success. */
function withoutFiles(id, text, where) {
    // Quotes inside of a JSON string are escaped, so this is found where it is meant only.
    const at = text.search(/"files"\s*:\s*\[\s*\]/);
    const line = at === -1 ? '' : `, line ${text.slice(0, at).split('\n').length}`;
    return new build_error/* TfcacheError */.TM('usage', `The lock file names no files for ${id}.`, {
        where: `${where}${line}`,
        expected: 'at least one file',
        found: '"files": []',
        hint: 'Restore the file from your version control; or remove this whole entry and run once without frozen, so that the request is locked anew.',
    });
}
function refuseConflicts(text, where) {
    const lines = text.split('\n');
    const index = lines.findIndex((line) => /^(<{7}|\|{7}|={7}|>{7})( |$)/.test(line.trimEnd()));
    if (index === -1)
        return;
    throw new build_error/* TfcacheError */.TM('usage', 'The lock file holds the marks of a merge that was not finished.', {
        where: `${where}, line ${index + 1}`,
        found: (lines[index] ?? '').trimEnd(),
        hint: 'Take either side (git checkout --ours or --theirs), run tfcache lock for what the other side added, and commit.',
    });
}
function parseJson(text, where) {
    try {
        return JSON.parse(text);
    }
    catch (error) {
        if (!(error instanceof SyntaxError))
            throw error;
        throw new build_error/* TfcacheError */.TM('usage', 'The lock file is not JSON.', {
            where: `${where}, ${describeJsonError(text)}`,
            found: error.message,
            hint: ADVICE,
            cause: error,
        });
    }
}
/** Where a wrong value stands, when it stands there once only. */
function describeLine(text, value) {
    if (typeof value !== 'string' && typeof value !== 'number')
        return '';
    const written = JSON.stringify(value);
    const at = text.indexOf(written);
    if (at === -1 || text.includes(written, at + 1))
        return '';
    return `, line ${text.slice(0, at).split('\n').length}`;
}
function refuseOtherVersion(data, where) {
    const version = dist/* safeParse */.xLC(dist/* object */.Ikc({ version: dist/* number */.aig() }), data);
    if (!version.success || version.output.version === 1)
        return;
    throw new build_error/* TfcacheError */.TM('usage', 'The lock file has a version that this tfcache does not know.', {
        where,
        expected: 'version 1',
        found: `version ${version.output.version}`,
        hint: 'Use the tfcache that wrote it, or remove the file and lock anew.',
    });
}
function refuseTwice(names, inside, where) {
    const seen = new Set();
    for (const name of names) {
        if (seen.has(name)) {
            throw new build_error/* TfcacheError */.TM('usage', `The lock file names something twice: ${name}`, {
                where: inside === '' ? where : `${where}, ${inside}`,
                hint: 'Two branches probably locked it and were merged: keep one of the two entries and commit.',
            });
        }
        seen.add(name);
    }
}

// EXTERNAL MODULE: ./build/lock/replace-file.js
var replace_file = __webpack_require__(6957);
;// CONCATENATED MODULE: ./build/lock/lock.js







const EMPTY_LOCK = { version: 1, artifacts: [] };
/**
 * Reads a lock; undefined when there is none.
 *
 * @throws TfcacheError `usage` when it cannot be understood, with the line; `failed` when it cannot be read.
 */
function readLock(file) {
    const text = readText(file);
    return text === undefined ? undefined : parseLock(text, file);
}
/**
 * Writes a lock at once or not at all; a file that would not change is not touched.
 *
 * @returns whether it changed.
 * @throws TfcacheError `failed` or `no-space` when it cannot be written.
 */
function writeLock(file, lock) {
    const text = formatLock(lock);
    if (readText(file) === text)
        return false;
    (0,replace_file/* replaceFile */.f)(file, text, 'write the lock file');
    return true;
}
/** sha256 of the lock file's bytes, lower-case hexadecimal; empty when there is no lock, or none that can be read. */
function lockDigest(file) {
    try {
        const text = readText(file);
        return text === undefined ? '' : (0,external_node_crypto_.createHash)('sha256').update(text).digest('hex');
    }
    catch (error) {
        // Whoever needs what it says is told when it is read; a report is made either way.
        if (error instanceof build_error/* TfcacheError */.TM)
            return '';
        throw error;
    }
}
/** The entry of one artifact, if it is locked. */
function findArtifact(lock, id) {
    return lock.artifacts.find((artifact) => artifact.id === id);
}
/** The lock with this artifact in it, in place of an older entry of the same id. */
function withArtifact(lock, artifact) {
    const others = lock.artifacts.filter(({ id }) => id !== artifact.id);
    return { version: 1, artifacts: [...others, artifact] };
}
function readText(file) {
    try {
        return (0,external_node_fs_.readFileSync)(file, 'utf8');
    }
    catch (error) {
        if ((0,file_error/* errorCode */.C)(error) === 'ENOENT')
            return undefined;
        if ((0,file_error/* errorCode */.C)(error) === 'EISDIR') {
            throw new build_error/* TfcacheError */.TM('usage', 'The lock file is a folder.', {
                where: file,
                hint: 'Name the file itself, for example tfcache.lock.',
            });
        }
        throw (0,file_error/* fileError */.z)('read the lock file', file, error);
    }
}


/***/ }),

/***/ 6957:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   f: () => (/* binding */ replaceFile),
/* harmony export */   n: () => (/* binding */ resolveLink)
/* harmony export */ });
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(3024);
/* harmony import */ var _store_file_error_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(3009);


/**
 * Gives a file new content at once: written beside it, forced to the disk, renamed over it. A file reached through a
 * symbolic link is replaced where it really is.
 *
 * @param action what is being done, as the end of "Could not …".
 * @throws TfcacheError `failed` or `no-space`.
 */
function replaceFile(file, text, action) {
    let draft;
    try {
        const target = resolveLink(file);
        draft = `${target}.${process.pid}.tmp`;
        const descriptor = (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.openSync)(draft, 'w', 0o644);
        try {
            const bytes = Buffer.from(text);
            let written = 0;
            while (written < bytes.length)
                written += (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.writeSync)(descriptor, bytes, written);
            (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.fsyncSync)(descriptor);
        }
        finally {
            (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.closeSync)(descriptor);
        }
        (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.renameSync)(draft, target);
    }
    catch (error) {
        if (draft !== undefined)
            (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.rmSync)(draft, { force: true });
        throw (0,_store_file_error_js__WEBPACK_IMPORTED_MODULE_1__/* .fileError */ .z)(action, file, error);
    }
}
/** Where a file really is; as named when there is none yet. */
function resolveLink(file) {
    try {
        return (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.realpathSync)(file);
    }
    catch (error) {
        if ((0,_store_file_error_js__WEBPACK_IMPORTED_MODULE_1__/* .errorCode */ .C)(error) === 'ENOENT')
            return file;
        throw error;
    }
}


/***/ }),

/***/ 5948:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   b: () => (/* binding */ openCache)
/* harmony export */ });
/** The cache of a run, loaded only when something is to be read from or written to one. */
async function openCache({ cache, cacheKeyPrefix: keyPrefix }, { environment, log }) {
    if (cache === 'none')
        return undefined;
    if (cache === 'github') {
        const { createGithubCache } = await __webpack_require__.e(/* import() */ 239).then(__webpack_require__.bind(__webpack_require__, 1239));
        return createGithubCache({ keyPrefix, environment, log });
    }
    const [{ createS3Cache }, { parseS3Location }] = await Promise.all([
        __webpack_require__.e(/* import() */ 629).then(__webpack_require__.bind(__webpack_require__, 1629)),
        Promise.resolve(/* import() */).then(__webpack_require__.bind(__webpack_require__, 8627)),
    ]);
    return createS3Cache({ location: parseS3Location(cache), keyPrefix, environment, log });
}


/***/ }),

/***/ 6280:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   i: () => (/* binding */ emptyFolder)
/* harmony export */ });
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(3024);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(6760);


/** Removes everything in a folder of ours, also what a killed run left, and keeps the folder. */
function emptyFolder(folder) {
    for (const name of (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.readdirSync)(folder)) {
        (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.rmSync)((0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(folder, name), { recursive: true, force: true, maxRetries: 3 });
    }
}


/***/ }),

/***/ 5571:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Nt: () => (/* binding */ verifiedFile),
/* harmony export */   f2: () => (/* binding */ stillMissing),
/* harmony export */   l: () => (/* binding */ takeIn)
/* harmony export */ });
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(3024);
/* harmony import */ var _file_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(6480);


/** Takes a verified file into the store, dated as the mirror dates it. `file` is on the store's file system. */
function takeIn(store, planned, file, digest) {
    if (planned.file.mtime !== undefined)
        (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.utimesSync)(file, planned.file.mtime, planned.file.mtime);
    store.add(file, digest);
}
/** The record of a file once its bytes are known. */
function verifiedFile(planned, sha256, size) {
    const { bucket, path, mtime } = planned.file;
    return { bucket, path, size, mtime: mtime ?? 0, sha256 };
}
/** Those of `planned` that are not among `fetched`. */
function stillMissing(planned, fetched) {
    const here = new Set(fetched.map(({ verified }) => (0,_file_js__WEBPACK_IMPORTED_MODULE_1__/* .fileKey */ .w)(verified)));
    return planned.filter(({ file }) => !here.has((0,_file_js__WEBPACK_IMPORTED_MODULE_1__/* .fileKey */ .w)(file)));
}


/***/ }),

/***/ 7047:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  a: () => (/* binding */ pull)
});

// EXTERNAL MODULE: ./build/error.js
var build_error = __webpack_require__(5602);
// EXTERNAL MODULE: ./build/request/kinds.js + 30 modules
var kinds = __webpack_require__(2202);
// EXTERNAL MODULE: external "node:os"
var external_node_os_ = __webpack_require__(8161);
// EXTERNAL MODULE: ./build/file.js
var build_file = __webpack_require__(6480);
// EXTERNAL MODULE: ./build/store/hash-pool.js
var hash_pool = __webpack_require__(1263);
// EXTERNAL MODULE: ./build/pull/cache.js
var pull_cache = __webpack_require__(5948);
// EXTERNAL MODULE: ./build/pull/empty-folder.js
var empty_folder = __webpack_require__(6280);
// EXTERNAL MODULE: ./build/pull/fetched.js
var pull_fetched = __webpack_require__(5571);
// EXTERNAL MODULE: ./build/cache/index-file.js
var index_file = __webpack_require__(9688);
// EXTERNAL MODULE: ./build/cache/packs.js
var packs = __webpack_require__(1851);
;// CONCATENATED MODULE: ./build/pull/knowledge.js


/**
 * From the index, and from what needs none: a large file stands alone in a pack whose key follows from its sha256, so one
 * with a lock is found even when the index was lost.
 */
function knowPacks(index, far, keyPrefix) {
    const byContent = new Map();
    for (const pack of index.packs) {
        for (const { sha256 } of pack.contents)
            byContent.set(sha256, pack);
    }
    for (const { sha256, file } of far) {
        if (sha256 === undefined || byContent.has(sha256) || file.size < packs/* STANDALONE_SIZE */.g8)
            continue;
        const [pack] = (0,packs/* planPacks */.qC)([{ sha256, size: file.size }], keyPrefix);
        if (pack !== undefined)
            byContent.set(sha256, pack);
    }
    const byFile = new Map(index.files.map((file) => [timedKey(file), file]));
    return {
        unread: undefined,
        packs: [...new Set([...index.packs, ...byContent.values()])],
        remembered: (file) => file.mtime === undefined ? undefined : byFile.get(timedKey({ ...file, mtime: file.mtime })),
        packOf: (sha256) => byContent.get(sha256),
    };
}
/** A cache that is not read, and why. */
function unreadCache(reason) {
    return { unread: reason, packs: [], remembered: () => undefined, packOf: () => undefined };
}
/** Why this cache is not read at all; undefined when it is. */
function reasonNotToRead(cache) {
    return cache === undefined ? 'no cache is used' : cache.unreadable;
}
function timedKey(file) {
    return `${(0,build_file/* fileKey */.w)(file)}\0${file.size}\0${file.mtime}`;
}

// EXTERNAL MODULE: ./build/pull/verify.js
var verify = __webpack_require__(7177);
;// CONCATENATED MODULE: ./build/pull/plan.js


/**
 * First look: what needs nothing from outside this machine. What neither place nor store has is left to `planFar`.
 *
 * @throws TfcacheError `integrity` when the store has what the lock names, and its size is not the locked one.
 */
function planNear(files, nearby) {
    const near = [];
    const far = [];
    for (const file of files) {
        const believed = (0,build_file/* knownSha256 */.b)(file.digests)?.value ?? nearby.remembered(file)?.sha256;
        const placed = nearby.inPlace(file);
        if (placed !== undefined && (believed === undefined || placed === believed)) {
            near.push({ file, sha256: placed, source: 'in-place', because: [] });
            continue;
        }
        const notInPlace = placed === undefined ? 'not in place' : 'another version is in place';
        if (believed !== undefined && nearby.stored(believed, file.size)) {
            near.push({ file, sha256: believed, source: 'store', because: [notInPlace] });
            continue;
        }
        refuseWrongSize(file, believed, nearby);
        far.push({
            file,
            sha256: believed,
            source: 'mirror',
            because: [notInPlace, believed === undefined ? 'not known to the store' : 'not in the store'],
        });
    }
    return { near, far };
}
function refuseWrongSize(file, sha256, nearby) {
    if (sha256 === undefined)
        return;
    const size = nearby.storedSize(sha256);
    const wrong = size === undefined ? undefined : (0,verify/* findWrongSize */.wo)(file, { sha256, size }, 'the store');
    if (wrong !== undefined)
        throw wrong;
}
/** Second look: what the cache is thought to hold comes from there, the rest from the mirror. */
function planFar(far, cache) {
    return far.map((planned) => {
        if (cache.unread !== undefined) {
            return { ...planned, because: [...planned.because, cache.unread] };
        }
        const sha256 = planned.sha256 ?? cache.remembered(planned.file)?.sha256;
        if (sha256 === undefined) {
            return { ...planned, because: [...planned.because, 'the cache has not seen this file'] };
        }
        if (cache.packOf(sha256, planned.file.size) === undefined) {
            return { ...planned, because: [...planned.because, 'the cache has no pack with it'] };
        }
        return { ...planned, sha256, source: 'cache' };
    });
}

;// CONCATENATED MODULE: ./build/pull/learn.js




/**
 * What the cache knows of the files. The general index first; the artifacts' own only for those that it does not help
 * with: each is one more entry to look for.
 */
async function learn(far, { inputs, cache, artifacts, scratch, log }) {
    if (cache === undefined || cache.unreadable !== undefined) {
        return unreadCache(reasonNotToRead(cache) ?? '');
    }
    const { index, reason } = await cache.readIndex(scratch);
    if (reason !== undefined)
        log.info(`Cache ${cache.name}: ${reason}`);
    const knowledge = knowPacks(index, far, inputs.cacheKeyPrefix);
    const ids = artifactsWith(unknownTo(knowledge, far), artifacts);
    if (cache.artifactIndexes === undefined || ids.length === 0)
        return knowledge;
    const own = await cache.artifactIndexes.read(ids, scratch);
    if (own.reason !== undefined) {
        log.debug(`Cache ${cache.name}, indexes of artifacts: ${own.reason}`);
    }
    return knowPacks((0,index_file/* mergeIndexes */.$T)(own.index, index), far, inputs.cacheKeyPrefix);
}
function unknownTo(knowledge, far) {
    const planned = planFar(far, knowledge).filter(({ source }) => source !== 'cache');
    return new Set(planned.map(({ file }) => (0,build_file/* fileKey */.w)(file)));
}
function artifactsWith(files, artifacts) {
    return artifacts
        .filter((artifact) => artifact.files.some((file) => files.has((0,build_file/* fileKey */.w)(file))))
        .map(({ id }) => id);
}

;// CONCATENATED MODULE: ./build/cache/choose-packs.js
/**
 * Which packs to fetch for the wanted contents (sha256): greedily the pack with the smallest share of bytes that nobody
 * asked for, then the next for what is still missing. A pack without anything wanted is never chosen; a content in no pack
 * is left out.
 */
function choosePacks(wanted, packs) {
    const missing = new Set(wanted);
    const candidates = packs
        .map((pack) => measure(pack, missing))
        .filter((candidate) => candidate !== undefined)
        .sort(better);
    const chosen = [];
    while (missing.size > 0) {
        const first = candidates.shift();
        if (first === undefined)
            break;
        // What a pack brings only shrinks as others are chosen: the first that is still as good as it was is the best.
        const now = measure(first.pack, missing);
        if (now === undefined)
            continue;
        const next = candidates[0];
        if (next === undefined || better(now, next) <= 0) {
            chosen.push(now.pack);
            for (const { sha256 } of now.pack.contents)
                missing.delete(sha256);
        }
        else {
            candidates.push(now);
            candidates.sort(better);
        }
    }
    return chosen;
}
function measure(pack, missing) {
    let useful = 0;
    let cost = 0;
    let hits = 0;
    for (const { sha256, size } of pack.contents) {
        cost += size;
        if (!missing.has(sha256))
            continue;
        useful += size;
        hits += 1;
    }
    return hits === 0 ? undefined : { pack, useful, cost };
}
/** Sorts the better one first: share of useful bytes, then more of them, then the key, so that the choice is always the same. */
function better(one, other) {
    const share = other.useful * Math.max(1, one.cost) - one.useful * Math.max(1, other.cost);
    if (share !== 0)
        return share;
    if (one.useful !== other.useful)
        return other.useful - one.useful;
    return one.pack.key < other.pack.key ? -1 : 1;
}

;// CONCATENATED MODULE: ./build/pull/restore.js





/** What the flights are called that restore packs; their keys are the packs'. */
const PACK_FLIGHTS = 'cache-packs';
/**
 * Brings packs from the cache, holds every file in them to its sha256 and takes it into the store. What the cache does not
 * give, or gives wrong, is left for the mirror. Wrong bytes are said loudly.
 *
 * @throws TfcacheError `integrity` when the cache is right and the lock has a wrong size; `no-space`.
 */
async function restore(planned, context) {
    const { cache, store, log, progress } = context;
    const wanted = new Map();
    for (const file of planned) {
        if (file.sha256 === undefined)
            continue;
        wanted.set(file.sha256, [...(wanted.get(file.sha256) ?? []), file]);
    }
    const fetched = [];
    const reasons = new Map();
    const evicted = [];
    const poisoned = [];
    let packs = context.packs;
    let told = false;
    /** The lock's fault, not the cache's: no other source would help. */
    let wrongSize;
    try {
        progress.begin(`Restoring from cache ${cache.name}`, totals(planned));
        for (;;) {
            const useful = choosePacks([...wanted.keys()], packs);
            if (useful.length === 0)
                break;
            const keys = useful.map((pack) => pack.key);
            const { flight, changed } = await store.claim(PACK_FLIGHTS, keys);
            // Another job may have brought some of it before it was claimed.
            takeWhatIsThere();
            if (flight === undefined) {
                if (!told)
                    log.info('Waiting for another job, which restores the same packs.');
                told = true;
                await changed(context.signal);
                takeWhatIsThere();
                continue;
            }
            const still = new Set(choosePacks([...wanted.keys()], packs).map((pack) => pack.key));
            const chosen = useful.filter(({ key }) => flight.keys.has(key) && still.has(key));
            try {
                (0,empty_folder/* emptyFolder */.i)(flight.folder);
                await restorePacks(chosen, flight.folder);
            }
            finally {
                // What did not fit is of no use to anyone.
                flight.land();
            }
            const tried = new Set(chosen.map((pack) => pack.key));
            packs = packs.filter((pack) => !tried.has(pack.key));
        }
    }
    finally {
        progress.end();
    }
    const left = [...wanted].flatMap(([sha256, files]) => files.map((file) => ({
        ...file,
        source: 'mirror',
        because: [...file.because, reasons.get(sha256) ?? 'the cache has no pack with it'],
    })));
    return { fetched, left, evicted, poisoned };
    async function restorePacks(chosen, folder) {
        if (chosen.length === 0)
            return;
        const checks = [];
        await cache.restore(chosen, folder, (outcome) => {
            if (outcome.status === 'restored') {
                for (const content of outcome.pack.contents) {
                    const file = outcome.files.get(content.sha256);
                    checks.push(check(content.sha256, file));
                }
                return;
            }
            if (outcome.status === 'missing')
                evicted.push(outcome.pack.key);
            const reason = 'reason' in outcome ? outcome.reason : 'the cache no longer has its pack (evicted)';
            if (outcome.status === 'failed') {
                log.warning(`Cache ${cache.name}: pack ${outcome.pack.key} could not be restored: ${reason}`);
            }
            for (const content of outcome.pack.contents)
                reasons.set(content.sha256, reason);
        });
        await Promise.all(checks);
        if (wrongSize !== undefined)
            throw wrongSize;
    }
    /** Another job may have filled the store while this one waited for its turn. */
    function takeWhatIsThere() {
        for (const [sha256, files] of wanted) {
            const size = files[0]?.file.size ?? 0;
            if (store.objectPath(sha256, size) === undefined)
                continue;
            keep(sha256, files, size, 'store', undefined);
        }
    }
    function keep(sha256, files, size, source, origin) {
        wanted.delete(sha256);
        for (const planned of files) {
            fetched.push({ planned, verified: (0,pull_fetched/* verifiedFile */.Nt)(planned, sha256, size), source, origin });
            progress.advance({ files: 1, bytes: size });
        }
    }
    async function check(sha256, path) {
        const files = wanted.get(sha256);
        const first = files?.[0];
        if (files === undefined || first === undefined)
            return;
        if (path === undefined) {
            refuse(sha256, `the pack came back without ${first.file.path}`, undefined);
            return;
        }
        const algorithms = new Set(files.flatMap(({ file }) => (0,verify/* neededAlgorithms */.A0)(file.digests)));
        try {
            const digest = await context.hashPool.digest(path, [...algorithms]);
            for (const { file } of files) {
                wrongSize ??= (0,verify/* findWrongSize */.wo)(file, digest, `cache ${cache.name}`);
                if (wrongSize !== undefined)
                    return;
                const believed = { algorithm: 'sha256', value: sha256, source: 'cache' };
                const held = { ...file, digests: [...file.digests, believed] };
                const mismatch = (0,verify/* findMismatch */._n)(held, digest, `cache ${cache.name}`);
                if (mismatch !== undefined) {
                    refuse(sha256, 'the cache returned other bytes', mismatch);
                    return;
                }
            }
            (0,pull_fetched/* takeIn */.l)(store, first, path, digest);
            keep(sha256, files, digest.size, 'cache', cache.name);
        }
        catch (error) {
            if (error instanceof build_error/* TfcacheError */.TM && error.code === 'no-space')
                throw error;
            refuse(sha256, `the restored file could not be taken in: ${(0,build_error/* describeError */.Uc)(error)}`, undefined);
        }
    }
    function refuse(sha256, reason, mismatch) {
        poisoned.push(sha256);
        reasons.set(sha256, reason);
        if (mismatch === undefined) {
            log.warning(`Cache ${cache.name}: ${reason}.`);
            return;
        }
        log.error(`${(0,build_error/* describeError */.Uc)(mismatch)}\n  The bytes were thrown away. Delete the cache entry or change cache-key-prefix if nobody can explain it.`);
    }
}
function totals(planned) {
    return { files: planned.length, bytes: planned.reduce((sum, { file }) => sum + file.size, 0) };
}

// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __webpack_require__(3024);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
// EXTERNAL MODULE: ./build/report/units.js
var units = __webpack_require__(5088);
;// CONCATENATED MODULE: ./build/pull/room.js




/** Bytes a pull writes on each side. Links across file systems are copies. */
function roomNeeded(planned, { link, sameFileSystem }) {
    let [store, destination] = [0, 0];
    for (const { source, file } of planned) {
        if (source === 'cache')
            store += 2 * file.size;
        if (source === 'mirror')
            store += file.size;
        if (source !== 'in-place' && (link === 'copy' || !sameFileSystem))
            destination += file.size;
    }
    return { store, destination };
}
/**
 * Looks before the first byte whether there is room for all. What an earlier run left in staging needs none; it is looked for
 * only when there seems to be too little. A file system that does not say how much is free is trusted.
 *
 * @throws TfcacheError `no-space`, with what is needed and what is there.
 */
async function checkRoom(planned, folders, link) {
    const store = nearest(folders.store);
    const destination = nearest(folders.destination);
    const sameFileSystem = store.device === destination.device;
    const needed = roomNeeded(planned, { link, sameFileSystem });
    const sides = sameFileSystem
        ? [{ folder: store.folder, needed: needed.store + needed.destination, staging: true }]
        : [
            { folder: store.folder, needed: needed.store, staging: true },
            { folder: destination.folder, needed: needed.destination, staging: false },
        ];
    for (const side of sides) {
        const free = freeIn(side.folder);
        if (side.needed <= free)
            continue;
        const staged = side.staging ? await stagedOf(planned, folders.store) : 0;
        if (side.needed - staged > free)
            throw tooLittle(side.folder, side.needed - staged, free);
    }
}
async function stagedOf(planned, store) {
    // Loaded when it is asked for, which is seldom.
    const { bytesStaged } = await __webpack_require__.e(/* import() */ 978).then(__webpack_require__.bind(__webpack_require__, 978));
    const fetched = planned.filter(({ source }) => source === 'mirror');
    return bytesStaged(store, fetched.map(({ file }) => file));
}
/** Bytes; without end when the file system does not say. */
function freeIn(folder) {
    const { bavail, bsize, blocks } = (0,external_node_fs_.statfsSync)(folder);
    return blocks === 0 ? Number.POSITIVE_INFINITY : bavail * bsize;
}
function tooLittle(folder, needed, free) {
    return new build_error/* TfcacheError */.TM('no-space', 'There is not enough room on the disk; nothing was fetched.', {
        where: folder,
        expected: `${(0,units/* formatBytes */.z3)(needed)} free (staging, store and destination together)`,
        found: `${(0,units/* formatBytes */.z3)(free)} free`,
        hint: 'Free some space, put store and path on one file system so that files are linked, or name a store on a larger disk.',
    });
}
/** The folder, or the closest one above it that is there already. */
function nearest(folder) {
    for (let at = folder;; at = (0,external_node_path_.dirname)(at)) {
        const stats = (0,external_node_fs_.statSync)(at, { throwIfNoEntry: false });
        if (stats !== undefined)
            return { folder: at, device: stats.dev };
    }
}

// EXTERNAL MODULE: ./build/pull/sync.js + 4 modules
var sync = __webpack_require__(3313);
;// CONCATENATED MODULE: ./build/pull/bring.js












/**
 * Brings what neither the destination nor the store has: packs from the cache first, the rest from the mirror.
 * In a dry run nothing is brought; the plan is told to the ledger.
 *
 * @throws TfcacheError when something cannot be had, or is wrong.
 */
async function bringFar(far, context) {
    if (far.length === 0)
        return [];
    const { inputs, surroundings, steps, ledger } = context;
    const cache = await (0,pull_cache/* openCache */.b)(inputs, surroundings);
    const store = context.store();
    const scratch = await store.stage('cache-index');
    let knowledge;
    let planned;
    try {
        (0,empty_folder/* emptyFolder */.i)(scratch.folder);
        if (cache?.unreadable !== undefined && cache.artifactIndexes !== undefined) {
            // Without reading, a job cannot tell others where all of an artifact is but by saving it all.
            ledger.unseen(({ sha256, size }) => store.soundName(sha256, size) !== undefined);
        }
        knowledge = await steps.run('read the cache index', () => learn(far, { ...context, cache, scratch: scratch.folder, log: surroundings.log }));
        planned = planFar(far, knowledge);
        if (inputs.lookupOnly && cache !== undefined) {
            const packs = knowledge.packs.filter((pack) => planned.some(({ sha256 }) => pack.contents.some((content) => content.sha256 === sha256)));
            const there = await cache.lookup(packs, scratch.folder);
            planned = planFar(far, withoutPacks(knowledge, there));
        }
    }
    finally {
        await scratch.release();
    }
    ledger.planned(planned);
    if (inputs.lookupOnly)
        return [];
    const folders = { store: store.folder, destination: inputs.path };
    await steps.run('look for room', () => checkRoom(planned, folders, inputs.link));
    const hashPool = (0,hash_pool/* createHashPool */.X)({ threads: Math.min(4, (0,external_node_os_.availableParallelism)()) });
    try {
        const fromCache = planned.filter(({ source }) => source === 'cache');
        const restored = cache === undefined || fromCache.length === 0
            ? { fetched: [], left: [], evicted: [], poisoned: [] }
            : await steps.run('restore from the cache', () => restore(fromCache, { ...surroundings, cache, packs: knowledge.packs, store, hashPool }));
        ledger.fetched(restored.fetched);
        ledger.lost(restored);
        const reconsidered = new Map(restored.left.map((file) => [(0,build_file/* fileKey */.w)(file.file), file]));
        const left = (0,pull_fetched/* stillMissing */.f2)(planned, restored.fetched).map((file) => reconsidered.get((0,build_file/* fileKey */.w)(file.file)) ?? file);
        ledger.planned(left);
        const synced = await syncAll(left, context, store, hashPool);
        return [...restored.fetched, ...synced];
    }
    finally {
        await hashPool.close();
    }
}
/** Asks the mirrors of each bucket in order of preference; each is asked only for what the ones before it did not give. */
async function syncAll(missing, context, store, hashPool) {
    const { inputs, surroundings, mirrors, steps, ledger } = context;
    if (missing.length === 0)
        return [];
    if (inputs.failOnCacheMiss)
        throw cacheMiss(missing);
    const fetched = [];
    for (const bucket of new Set(missing.map(({ file }) => file.bucket))) {
        let left = missing.filter(({ file }) => file.bucket === bucket);
        let error;
        for (const [tier, mirror] of (await mirrors.for(bucket)).entries()) {
            const files = left.filter(({ file }) => context.tierOf(file) <= tier);
            if (files.length === 0)
                continue;
            surroundings.signal.throwIfAborted();
            const synced = mirrors.givenUp(mirror) ?? (await syncFrom(mirror, files));
            if (synced instanceof build_error/* TfcacheError */.TM) {
                error = (0,sync/* worse */.JJ)(error, synced);
                continue;
            }
            fetched.push(...synced.fetched);
            const given = new Set(synced.fetched.map(({ verified }) => (0,build_file/* fileKey */.w)(verified)));
            left = left.filter(({ file }) => !given.has((0,build_file/* fileKey */.w)(file)));
            error = (0,sync/* worse */.JJ)(error, synced.error);
            if (synced.error?.code === 'no-mirror')
                mirrors.giveUp(mirror, synced.error);
        }
        if (left.length > 0)
            throw error ?? notBrought(left, bucket);
        async function syncFrom(mirror, files) {
            if (error !== undefined)
                ledger.warn(surroundings.log, nextMirror(error, files, mirror));
            ledger.asked(mirror.url.replaceAll('{bucket}', bucket));
            const synced = await steps.run(`sync bucket ${bucket}`, () => (0,sync/* sync */.OH)(files, { ...surroundings, mirror, bucket, store, hashPool }));
            ledger.fetched(synced.fetched);
            return synced;
        }
    }
    return fetched;
}
function notBrought(left, bucket) {
    return new build_error/* TfcacheError */.TM('failed', `No mirror gave ${left.map(({ file }) => file.path).join(', ')}.`, {
        where: `bucket ${bucket}`,
        hint: 'Look at the warnings above: each mirror said why.',
    });
}
function nextMirror(error, left, mirror) {
    const files = `${left.length} ${left.length === 1 ? 'file' : 'files'}`;
    return `${(0,build_error/* describeError */.Uc)(error)}\n  Taking ${files} from the next mirror, ${mirror.url}.`;
}
function withoutPacks(knowledge, there) {
    return {
        ...knowledge,
        packOf(sha256, size) {
            const pack = knowledge.packOf(sha256, size);
            return pack !== undefined && there.has(pack.key) ? pack : undefined;
        },
    };
}
function cacheMiss(left) {
    const names = left.slice(0, 5).map(({ file }) => file.path);
    return new build_error/* TfcacheError */.TM('failed', `${left.length} ${left.length === 1 ? 'file is' : 'files are'} neither in the store nor in the cache, and fail-on-cache-miss is set: ${names.join(', ')}${left.length > 5 ? ', …' : ''}`, {
        found: left[0]?.because.join('; ') ?? '',
        hint: 'Run a job that may contact a mirror first, so that the cache is filled.',
    });
}

// EXTERNAL MODULE: ./build/lock/lock.js + 3 modules
var lock_lock = __webpack_require__(3340);
;// CONCATENATED MODULE: ./build/pull/report.js


/** A file as it came, for the report. */
function reportFetched({ planned, verified, source, origin }) {
    const { size, sha256 } = verified;
    return { ...common({ ...planned, source }), size, sha256, source, origin };
}
/** A file as it would come (dry run) or would have come (failed run). */
function reportPlanned(planned, origin) {
    return { ...common(planned), sha256: planned.sha256 ?? '', source: planned.source, origin };
}
function common(planned) {
    const { bucket, path, size, digests } = planned.file;
    const held = digests.length > 0 || planned.source === 'mirror'
        ? (0,verify/* heldTo */.lD)(digests)
        : planned.source === 'cache'
            ? 'cache'
            : 'an earlier run';
    return { bucket, path, size, because: planned.because, heldTo: held };
}
/**
 * Files sorted to the artifacts they belong to; one file may belong to several.
 *
 * @param arrived milliseconds from the beginning of the run until a file was here, by {@link fileKey}.
 */
function reportArtifacts(artifacts, files, arrived) {
    const byKey = new Map(files.map((file) => [(0,build_file/* fileKey */.w)(file), file]));
    return artifacts.map((artifact) => {
        const mine = artifact.files.flatMap((file) => byKey.get((0,build_file/* fileKey */.w)(file)) ?? []);
        const times = mine.flatMap((file) => arrived.get((0,build_file/* fileKey */.w)(file)) ?? []);
        // Not spread into Math.max: an artifact may have 100,000 files.
        const last = times.reduce((latest, time) => Math.max(latest, time), 0);
        return {
            request: artifact.request.text,
            id: artifact.id,
            title: artifact.title,
            version: artifact.version,
            files: mine,
            ...(times.length === 0 ? {} : { milliseconds: Math.round(last) }),
        };
    });
}
/** Bytes by source, each file counted once. */
function countBytes(files) {
    const bytes = { 'in-place': 0, store: 0, cache: 0, mirror: 0 };
    for (const file of files)
        bytes[file.source] += file.size;
    return bytes;
}

;// CONCATENATED MODULE: ./build/pull/ledger.js



function createLedger(inputs, steps) {
    const files = new Map();
    const started = performance.now();
    /** Milliseconds from the beginning until a file was here, verified. */
    const here = new Map();
    const warnings = [];
    let artifacts = [];
    let mirror = '';
    const fresh = [];
    /** Verified as well, but not from a mirror. */
    const near = [];
    let isNew = (_file) => false;
    let lost = { evicted: [], poisoned: [] };
    /** Staged once and moved in; a copy at the destination takes its room again. */
    function spaceNeeded() {
        const { store, cache, mirror: fromMirror } = countBytes([...files.values()]);
        const moved = cache + fromMirror;
        return inputs.link === 'copy' ? 2 * moved + store : moved;
    }
    function workToSave() {
        if (inputs.save === 'never' || inputs.cache === 'none' || fresh.length === 0)
            return undefined;
        const files = [...fresh, ...near.filter(isNew)];
        return {
            version: 1,
            cache: inputs.cache,
            cacheKeyPrefix: inputs.cacheKeyPrefix,
            store: inputs.store.folder,
            files,
            artifacts: artifactsOf(files, artifacts),
            ...lost,
        };
    }
    return {
        resolved(resolved) {
            artifacts = resolved.artifacts;
        },
        planned(planned) {
            const origin = {
                // Without the parameters of an address.
                cache: inputs.cache.replace(/\?.*$/s, ''),
                mirror: undefined,
                store: undefined,
            };
            for (const file of planned) {
                const from = file.source === 'in-place' ? undefined : origin[file.source];
                files.set((0,build_file/* fileKey */.w)(file.file), reportPlanned(file, from));
            }
        },
        fetched(fetched) {
            for (const file of fetched) {
                files.set((0,build_file/* fileKey */.w)(file.verified), reportFetched(file));
                here.set((0,build_file/* fileKey */.w)(file.verified), performance.now() - started);
                (file.source === 'mirror' ? fresh : near).push(file.verified);
            }
        },
        asked(url) {
            mirror = url;
        },
        lost(packs) {
            lost = packs;
        },
        unseen(isStored) {
            isNew = isStored;
        },
        warn(log, warning) {
            log.warning(warning);
            warnings.push(warning);
        },
        result(outcome, error) {
            const counted = [...files.values()].filter((file) => outcome === 'planned' || here.has((0,build_file/* fileKey */.w)(file)));
            const bytes = countBytes(counted);
            const complete = outcome !== 'failed';
            const report = {
                version: 1,
                outcome,
                cacheHit: complete && counted.every((file) => file.source !== 'mirror'),
                path: inputs.path,
                bytes,
                artifacts: reportArtifacts(artifacts, counted, here),
                mirror: outcome === 'planned' ? '' : mirror,
                lockDigest: inputs.lockFile === undefined ? '' : (0,lock_lock/* lockDigest */.sU)(inputs.lockFile),
                spaceNeeded: outcome === 'planned' ? spaceNeeded() : undefined,
                warnings,
                steps: steps.times,
                error: error === undefined
                    ? undefined
                    : { code: error.code, message: error.message, hint: error.hint },
            };
            return { report, error, save: workToSave() };
        },
    };
}
/** The artifacts that some of these files belong to, with positions in `files`. */
function artifactsOf(files, artifacts) {
    const positions = new Map(files.map((file, position) => [(0,build_file/* fileKey */.w)(file), position]));
    return artifacts.flatMap((artifact) => {
        const own = artifact.files.flatMap((file) => positions.get((0,build_file/* fileKey */.w)(file)) ?? []);
        if (own.length === 0)
            return [];
        return [{ id: artifact.id, files: own, whole: own.length === artifact.files.length }];
    });
}

;// CONCATENATED MODULE: ./build/pull/listing.js

/**
 * What one tier of mirrors lists (tier 0: the preferred mirror of each bucket, tier 1: the next, …), remembered for the
 * run. Folders asked for in the same turn, by whichever request, go out as one question: with rsync each question costs
 * a connection.
 */
function createListing(mirrors, tier, signal) {
    const answers = new Map();
    const trees = new Map();
    const waiting = new Map();
    // One connection to a mirror at a time.
    let last = Promise.resolve();
    function inTurn(work) {
        const turn = last.then(work);
        last = turn.catch(() => undefined);
        return turn;
    }
    async function asking(bucket, question) {
        const mirror = (await mirrors.for(bucket))[tier];
        if (mirror === undefined)
            throw noFurther(bucket);
        const givenUp = mirrors.givenUp(mirror);
        if (givenUp !== undefined)
            throw givenUp;
        try {
            return await question(mirror);
        }
        catch (error) {
            if (error instanceof build_error/* TfcacheError */.TM && error.code === 'no-mirror')
                mirrors.giveUp(mirror, error);
            throw error;
        }
    }
    async function ask(bucket) {
        const questions = waiting.get(bucket) ?? [];
        waiting.delete(bucket);
        try {
            const folders = questions.map((question) => question.folder);
            const listings = await asking(bucket, async (mirror) => {
                const listed = await mirror.listFolders(bucket, folders, signal);
                const url = mirror.url.replaceAll('{bucket}', bucket);
                return listed.map((listing) => ({ ...listing, files: signed(listing.files, url) }));
            });
            const byFolder = new Map(listings.map((listing) => [listing.folder, listing]));
            for (const { folder, answer } of questions) {
                answer(byFolder.get(folder) ?? { folder, exists: false, files: [], folders: [] });
            }
        }
        catch (error) {
            for (const { fail } of questions)
                fail(error);
        }
    }
    function folder(bucket, path) {
        const key = `${bucket}\0${path}`;
        const known = answers.get(key);
        if (known !== undefined)
            return known;
        const answer = new Promise((resolve, reject) => {
            const queue = waiting.get(bucket) ?? [];
            queue.push({ folder: path, answer: resolve, fail: reject });
            waiting.set(bucket, queue);
            if (queue.length === 1)
                setImmediate(() => inTurn(() => ask(bucket)));
        });
        answers.set(key, answer);
        return answer;
    }
    return {
        folders: (bucket, folders) => Promise.all(folders.map((path) => folder(bucket, path))),
        tree(bucket, path) {
            const key = `${bucket}\0${path}`;
            const known = trees.get(key);
            if (known !== undefined)
                return known;
            const tree = inTurn(() => asking(bucket, async (mirror) => {
                const files = await mirror.listTree(bucket, path, signal);
                return signed(files, mirror.url.replaceAll('{bucket}', bucket));
            }));
            trees.set(key, tree);
            return tree;
        },
        serves: (bucket) => tier < mirrors.count(bucket),
        where: (bucket) => mirrors.where(bucket),
    };
}
/** Digests with the mirror that says so: when another one serves the file, both are named if they disagree. */
function signed(files, from) {
    return files.map((file) => file.digests === undefined
        ? file
        : { ...file, digests: file.digests.map((digest) => ({ ...digest, from })) });
}
function noFurther(bucket) {
    return new build_error/* TfcacheError */.TM('nothing-matched', `No further mirror serves the bucket ${bucket}.`);
}

;// CONCATENATED MODULE: ./build/pull/locking.js



/**
 * The lock of this run; undefined when none is kept or none is there yet.
 *
 * @throws TfcacheError `failed` when `frozen` and there is none to obey; whatever {@link readLock} throws.
 */
function loadLock(inputs) {
    const lock = inputs.lockFile === undefined ? undefined : (0,lock_lock/* readLock */.mF)(inputs.lockFile);
    if (lock === undefined && inputs.frozen) {
        throw new build_error/* TfcacheError */.TM('failed', 'frozen is set, and there is no lock to obey.', {
            where: inputs.lockFile ?? 'input lock-file (empty)',
            hint: 'Name a lock file, run once without frozen so that it is written, and commit it.',
        });
    }
    return lock;
}
/**
 * That the lock can be written, when this run will have to: asked before anything is fetched.
 *
 * @throws TfcacheError `failed` or `no-space` when it cannot.
 */
async function requireWritableLock(inputs, lock, artifacts) {
    if (inputs.lockFile === undefined || inputs.frozen || inputs.lookupOnly)
        return;
    if (notLocked(lock, artifacts).length === 0)
        return;
    // Loaded when it is needed: most runs find everything locked.
    const { requireWritable } = await __webpack_require__.e(/* import() */ 154).then(__webpack_require__.bind(__webpack_require__, 5154));
    requireWritable(inputs.lockFile);
}
/**
 * Adds what was not locked yet. Entries of other requests stay: several workflows, and several runs at once, may share one
 * lock. A lock that needs no entry is not touched.
 *
 * @throws TfcacheError `integrity` when another run meanwhile locked the same request with other bytes; whatever
 *   writing throws.
 */
async function updateLock(inputs, lock, { artifacts, fetched, signal, }) {
    if (inputs.lockFile === undefined || inputs.frozen)
        return;
    const fresh = notLocked(lock, artifacts);
    if (fresh.length === 0)
        return;
    const verified = new Map(fetched.map((file) => [(0,build_file/* fileKey */.w)(file.verified), file.verified]));
    const added = fresh.map(({ id, request, title, version, files }) => ({
        id,
        request: request.text,
        title,
        version,
        files: files.flatMap((file) => {
            const known = verified.get((0,build_file/* fileKey */.w)(file));
            return known === undefined ? [] : [{ ...known, mtime: known.mtime || undefined }];
        }),
    }));
    const { addToLock } = await __webpack_require__.e(/* import() */ 696).then(__webpack_require__.bind(__webpack_require__, 6315));
    await addToLock(inputs.lockFile, added, signal);
}
function notLocked(lock, artifacts) {
    return artifacts.filter(({ id }) => lock === undefined || (0,lock_lock/* findArtifact */.Kc)(lock, id) === undefined);
}

// EXTERNAL MODULE: ./build/request/bucket.js
var request_bucket = __webpack_require__(9414);
;// CONCATENATED MODULE: ./build/pull/mirrors.js



function openMirrors(inputs, surroundings) {
    const opened = new Map();
    const dead = new Map();
    function open(line) {
        const known = opened.get(line) ?? openMirror(line, inputs, surroundings);
        opened.set(line, known);
        return known;
    }
    const serving = (bucket) => inputs.mirrors.filter((line) => line.bucket === bucket || (line.bucket === undefined && bucket !== request_bucket/* INDEX_BUCKET */.OT));
    return {
        most: Math.max(1, inputs.mirrors.length),
        count: (bucket) => serving(bucket).length,
        where: (bucket) => serving(bucket)
            .map((line) => withoutUser(line.url).replaceAll('{bucket}', bucket))
            .join(', '),
        async for(bucket) {
            if (inputs.offline)
                throw offline(bucket);
            const lines = serving(bucket);
            if (lines.length === 0)
                throw notServed(bucket, inputs);
            return Promise.all(lines.map(open));
        },
        giveUp: (mirror, error) => dead.set(mirror, error),
        givenUp: (mirror) => dead.get(mirror),
    };
}
function offline(bucket) {
    return new build_error/* TfcacheError */.TM('no-mirror', `Offline: no mirror is asked for bucket ${bucket}.`, {
        hint: 'Run once with offline: false and a lock-file, so that everything is locked and cached.',
    });
}
function notServed(bucket, inputs) {
    return new build_error/* TfcacheError */.TM('no-mirror', `No mirror serves the bucket ${bucket}.`, {
        where: inputs.mirrors.map((line) => withoutUser(line.url)).join(', ') || 'input mirrors (empty)',
        hint: `Add a line to mirrors: rsync://your.mirror/{bucket}/ or ${bucket}=https://your.mirror/folder/`,
    });
}
/** What may be shown of a URL. */
function withoutUser(url) {
    // Up to the last @ before the path: a password may hold one.
    return url.replace(/:\/\/[^/]*@/, '://');
}
/** Each transport is loaded when a mirror of its kind is asked for something. */
async function openMirror({ url, bucket }, inputs, { environment, log }) {
    const { timeout, retries, bandwidthLimit } = inputs;
    const common = { url, bucket, timeout, retries, bandwidthLimit, environment, log };
    const scheme = url.slice(0, url.indexOf(':')).toLowerCase();
    if (scheme === 'rsync' || scheme === 'ssh') {
        const { createRsyncMirror } = await Promise.all(/* import() */[__webpack_require__.e(612), __webpack_require__.e(896)]).then(__webpack_require__.bind(__webpack_require__, 1612));
        const { rsyncPath, rsyncPassword, connections, proxy, sshPrivateKey, sshKnownHosts } = inputs;
        return createRsyncMirror({
            ...common,
            rsyncPath,
            password: rsyncPassword,
            connections,
            proxy,
            ssh: { privateKey: sshPrivateKey, knownHosts: sshKnownHosts },
            hostsFolder: (0,external_node_path_.join)(inputs.store.folder, 'v1', 'hosts'),
        });
    }
    if (scheme === 'file') {
        const { createFileMirror } = await Promise.all(/* import() */[__webpack_require__.e(169), __webpack_require__.e(845)]).then(__webpack_require__.bind(__webpack_require__, 3169));
        return createFileMirror(common);
    }
    if (bucket === request_bucket/* INDEX_BUCKET */.OT) {
        const { openPackageIndex } = await Promise.all(/* import() */[__webpack_require__.e(446), __webpack_require__.e(370), __webpack_require__.e(44)]).then(__webpack_require__.bind(__webpack_require__, 6663));
        return openPackageIndex({ ...common, connections: undefined });
    }
    const { createHttpsMirror } = await Promise.all(/* import() */[__webpack_require__.e(446), __webpack_require__.e(370), __webpack_require__.e(207)]).then(__webpack_require__.bind(__webpack_require__, 8207));
    return createHttpsMirror({ ...common, connections: undefined });
}

// EXTERNAL MODULE: ./build/destination/layout.js
var layout = __webpack_require__(6993);
// EXTERNAL MODULE: ./build/destination/record.js
var destination_record = __webpack_require__(4814);
// EXTERNAL MODULE: ./build/destination/standing.js
var destination_standing = __webpack_require__(3647);
;// CONCATENATED MODULE: ./build/destination/destination.js





/** Opens a destination; nothing is read or made before it is needed. */
function openDestination(folder, log) {
    const root = (0,external_node_path_.resolve)(folder);
    let opened;
    const record = () => {
        opened ??= (0,destination_record/* readRecord */.a)(root, log);
        return opened;
    };
    return {
        folder: root,
        inPlace(file) {
            const place = (0,layout/* placeOf */.$t)(file);
            const { entries } = record();
            const recorded = entries.get(place);
            if (recorded === undefined)
                return undefined;
            const sha256 = (0,build_file/* knownSha256 */.b)(file.digests)?.value;
            const [only] = recorded;
            if (recorded.length === 1 &&
                only !== undefined &&
                only.size === file.size &&
                (sha256 === undefined ? only.mtime === file.mtime : only.sha256 === sha256) &&
                (0,destination_standing/* standsAsRecorded */.Q3)(`${root}/${place}`, only)) {
                return only.sha256;
            }
            const wanted = recorded.filter((entry) => entry.size === file.size &&
                (sha256 === undefined ? entry.mtime === file.mtime : entry.sha256 === sha256));
            if (wanted.length === 0)
                return undefined;
            const standing = (0,destination_standing/* look */.Op)((0,external_node_path_.join)(root, place), wanted);
            if (standing.kind !== 'known')
                return undefined;
            // So that a file that had to be read is read once.
            const now = (0,destination_standing/* recordedNow */.bQ)(standing.entry, standing.stats);
            if (now.mtimeNs !== standing.entry.mtimeNs || now.ino !== standing.entry.ino) {
                entries.set(place, [...recorded, now]);
            }
            return standing.entry.sha256;
        },
        forget() {
            opened = undefined;
        },
        placesOf(ino) {
            return [...record().entries]
                .filter(([, entries]) => entries.some((entry) => entry.ino === ino))
                .map(([place]) => (0,external_node_path_.join)(root, place));
        },
        async check(files) {
            const { checkDestination } = await __webpack_require__.e(/* import() */ 511).then(__webpack_require__.bind(__webpack_require__, 5511));
            try {
                checkDestination(root, files, record());
            }
            catch {
                // Another run may have published here since the record was read: its files are ours.
                opened = undefined;
                checkDestination(root, files, record());
            }
        },
        async publish(files, options) {
            // Loaded when something is published: a dry run does without.
            const { publish } = await __webpack_require__.e(/* import() */ 957).then(__webpack_require__.bind(__webpack_require__, 9338));
            const published = await publish({ folder: root, files, record: record(), log, ...options });
            opened = undefined;
            return published;
        },
    };
}

// EXTERNAL MODULE: ./build/store/open-store.js
var open_store = __webpack_require__(2604);
;// CONCATENATED MODULE: ./build/pull/nearby.js




function lookNearby(inputs, log) {
    const destination = openDestination(inputs.path, log);
    let opened;
    let lease;
    const store = () => {
        if (opened !== undefined)
            return opened;
        opened = (0,open_store/* openStore */.Ch)(inputs.store.folder, {
            log,
            onChanged: (changed) => log.warning((0,open_store/* describeChanged */.Ky)(changed, destination.placesOf(changed.ino))),
        });
        // Nobody cleans a job's own store, and a dry run uses nothing.
        if (inputs.store.lifetime === 'persistent' && !inputs.lookupOnly) {
            lease = leaseOf(opened, log);
        }
        return opened;
    };
    return {
        destination,
        store,
        get opened() {
            return opened;
        },
        uses: (sha256s) => lease?.narrow(sha256s),
        close() {
            lease?.release();
            lease = undefined;
        },
        known: {
            inPlace: (file) => destination.inPlace(file),
            remembered: ({ bucket, path, size, mtime }) => mtime === undefined ? undefined : store().find(bucket, path, size, mtime),
            stored: (sha256, size) => store().objectPath(sha256, size) !== undefined,
            storedSize: (sha256) => store().sizeOf(sha256),
        },
    };
}
/** A store that may only be read can be used, but nobody can be told so. */
function leaseOf(store, log) {
    try {
        return store.lease();
    }
    catch (error) {
        log.debug(`The use of the store could not be noted: ${(0,build_error/* describeError */.Uc)(error)}`);
        return undefined;
    }
}
/** What is near needs no fetching: it is here by being planned. */
function takeNear(near) {
    return near.flatMap((planned) => planned.sha256 === undefined
        ? []
        : [
            {
                planned,
                verified: (0,pull_fetched/* verifiedFile */.Nt)(planned, planned.sha256, planned.file.size),
                source: planned.source,
                origin: undefined,
            },
        ]);
}

;// CONCATENATED MODULE: ./build/pull/publish.js

/** Puts what was verified where the build reads it. Called only when everything is here: a failed run touches nothing. */
async function publishAll(fetched, destination, store, { link, job, log }) {
    const files = fetched.map(({ verified, source }) => {
        if (source === 'in-place')
            return { ...verified, object: undefined };
        const name = store().soundName(verified.sha256, verified.size);
        if (name === undefined)
            throw vanished(verified.path, store().folder);
        return new StoredFile(verified, name, store());
    });
    const turn = await takeTurn(files, destination, store, log);
    const { method } = await destination.publish(files, { link, job }).finally(() => turn?.release());
    if (method === undefined || method === 'hardlink')
        return;
    store().touch(objectsOf(files));
}
/**
 * Two runs with one store fill one destination one after the other. A run that finds everything in place asks for no turn:
 * it costs what opening a store costs.
 */
async function takeTurn(files, destination, store, log) {
    if (files.every(({ object }) => object === undefined))
        return undefined;
    const turn = await store().stage(`destination ${destination.folder}`, () => {
        log.info('Waiting for another run, which fills the same destination.');
    });
    destination.forget();
    return turn;
}
/** Its object's path is made when it is asked for: a hundred thousand of them are tens of megabytes. */
class StoredFile {
    #verified;
    #name;
    #store;
    constructor(verified, name, store) {
        this.#verified = verified;
        this.#name = name;
        this.#store = store;
    }
    get bucket() {
        return this.#verified.bucket;
    }
    get path() {
        return this.#verified.path;
    }
    get size() {
        return this.#verified.size;
    }
    get mtime() {
        return this.#verified.mtime;
    }
    get sha256() {
        return this.#verified.sha256;
    }
    get object() {
        return this.#store.pathOf(this.#name);
    }
}
function* objectsOf(files) {
    for (const { object } of files)
        if (object !== undefined)
            yield object;
}
function vanished(path, where) {
    return new build_error/* TfcacheError */.TM('failed', `${path} was verified, and is no longer in the store as it was.`, {
        where,
        hint: 'Something else changed the store meanwhile: run again, and keep other programs out of that folder.',
    });
}

;// CONCATENATED MODULE: ./build/pull/merge-files.js


/** Each file once. Two digests of the same algorithm that differ can both not be right: an error before anything moves. */
function mergeFiles(artifacts) {
    const files = new Map();
    for (const file of artifacts.flatMap((artifact) => artifact.files)) {
        const known = files.get((0,build_file/* fileKey */.w)(file));
        if (known === undefined) {
            files.set((0,build_file/* fileKey */.w)(file), file);
            continue;
        }
        const [first, second] = [(0,build_file/* knownSha256 */.b)(known.digests), (0,build_file/* knownSha256 */.b)(file.digests)];
        if (first !== undefined && second !== undefined && first.value !== second.value) {
            throw new build_error/* TfcacheError */.TM('integrity', `Two artifacts disagree about ${file.path}.`, {
                expected: `sha256 ${first.value} (${first.source})`,
                found: `sha256 ${second.value} (${second.source})`,
                hint: 'Remove both entries from the lock file and lock them anew.',
            });
        }
        if (isLocked(known) && isLocked(file) && known.size !== file.size) {
            throw new build_error/* TfcacheError */.TM('integrity', `Two entries of the lock disagree about ${file.path}.`, {
                expected: `${known.size} bytes`,
                found: `${file.size} bytes, with the same sha256`,
                hint: 'One of them was edited: restore the lock file from your version control, or remove both entries and lock them anew.',
            });
        }
        // Size and time as the lock has them, before what a mirror lists now.
        const decided = isLocked(file) && !isLocked(known) ? file : known;
        files.set((0,build_file/* fileKey */.w)(file), { ...decided, digests: mergeDigests(known.digests, file.digests) });
    }
    return [...files.values()];
}
function isLocked({ digests }) {
    return digests.some(({ source }) => source === 'lock');
}
function mergeDigests(some, more) {
    return [
        ...some,
        ...more.filter((digest) => !some.some((known) => known.algorithm === digest.algorithm && known.value === digest.value)),
    ];
}

;// CONCATENATED MODULE: ./build/pull/places.js

/**
 * Where a request is looked for, in order: every mirror of the kind’s own bucket, then every one of the other bucket it may
 * come from. When no mirror serves any of them there is one place all the same: asking it gives the error that says so.
 */
function placesFor({ kind, request }, listings) {
    const own = { bucket: kind.bucket(request), resolve: kind.resolve };
    const ways = kind.elsewhere === undefined ? [own] : [own, kind.elsewhere];
    const all = ways.flatMap(({ bucket, resolve }) => listings.map((listing, tier) => ({ tier, bucket, listing, resolve })));
    const served = all.filter(({ bucket, listing }) => listing.serves(bucket));
    return served.length > 0 ? served : all.slice(0, 1);
}
/** That an index is asked for what is not TensorFlow’s own is the way of things; that a mirror lacks something is not. */
function tellNext(log, error, request, next) {
    const otherBucket = next.tier === 0;
    const where = otherBucket
        ? `in ${next.listing.where(next.bucket)} (bucket ${next.bucket})`
        : 'at the next mirror';
    const text = `${(0,build_error/* describeError */.Uc)(error)}\n  Looking ${where} for ${request.text}.`;
    if (otherBucket && error.code === 'nothing-matched')
        log.info(text);
    else
        log.warning(text);
}
/**
 * Of what two places said, what the user is told in the end. What a mirror that answered said is worth more than that another
 * could not be reached; of two mirrors of one bucket the first is told, of two buckets both.
 */
function worthTelling(told, error, { sameBucket }) {
    if (told === undefined || told.code === 'no-mirror')
        return error;
    if (sameBucket || error.code === 'no-mirror')
        return told;
    const hint = error.hint ?? told.hint;
    return new build_error/* TfcacheError */.TM(told.code, told.message, {
        where: joined('; then ', told.where, error.where),
        ...(told.expected === undefined ? {} : { expected: told.expected }),
        found: joined('; then ', told.found, error.found),
        ...(hint === undefined ? {} : { hint }),
        cause: error,
    });
}
function joined(separator, ...texts) {
    return texts.filter((text) => text !== undefined).join(separator);
}

;// CONCATENATED MODULE: ./build/pull/resolve.js




/**
 * Decides the files of every request: from the lock when it has the request, else from the mirror's listing.
 *
 * @throws TfcacheError `usage` when nothing is asked for; `failed` when `frozen` and the lock lacks a request;
 *   `nothing-matched` when a mirror has nothing that fits, and for a request that came out without files; `integrity` when
 *   two entries of the lock disagree on a file.
 */
async function resolve(context) {
    const { inputs, lock, machine, kindOf } = context;
    if (inputs.requests.length === 0) {
        if (lock === undefined || lock.artifacts.length === 0)
            throw nothingAsked(inputs, lock);
        return together(lock.artifacts.map((locked) => ({ artifact: fromLock(locked), tier: 0 })));
    }
    const wanted = await Promise.all(inputs.requests.map(async (request) => {
        const kind = kindOf(request.kind);
        kind.check(request);
        const id = withFilters(await kind.identify(request, machine), request, inputs);
        return { request, kind, id, locked: lock?.artifacts.find((artifact) => artifact.id === id) };
    }));
    const unlocked = wanted.filter((want) => want.locked === undefined);
    if (inputs.frozen && unlocked.length > 0) {
        throw new build_error/* TfcacheError */.TM('failed', 'The lock would have to change, and frozen is set.', {
            where: inputs.lockFile ?? 'input lock-file (empty)',
            found: `not in the lock: ${unlocked.map((want) => want.id).join(', ')}`,
            hint: 'Run once without frozen (or tfcache lock) and commit the lock file.',
        });
    }
    return together(await Promise.all(wanted.map((want) => findOne(want, context))));
}
/** From the lock, else from the first mirror that has something that fits. */
async function findOne(want, context) {
    const { request, id, locked } = want;
    if (locked !== undefined)
        return { artifact: fromLock(locked, request), tier: 0 };
    const { inputs, machine, log } = context;
    const { filters } = inputs;
    const places = placesFor(want, context.listings);
    let told;
    for (const [index, { tier, bucket, listing, resolve: resolveHere }] of places.entries()) {
        try {
            return { artifact: await resolveHere(request, id, { listing, filters }, machine), tier };
        }
        catch (error) {
            if (!(error instanceof build_error/* TfcacheError */.TM) || !mayBeElsewhere(error))
                throw error;
            const next = places[index + 1];
            if (next !== undefined)
                tellNext(log, error, request, next);
            told = worthTelling(told, error, { sameBucket: places[index - 1]?.bucket === bucket });
        }
    }
    throw told ?? nothingAsked(inputs, context.lock);
}
function mayBeElsewhere(error) {
    return error.code === 'nothing-matched' || error.code === 'no-mirror' || error.code === 'failed';
}
function together(found) {
    const artifacts = found.map(({ artifact }) => artifact);
    const empty = artifacts.find(({ files }) => files.length === 0);
    if (empty !== undefined)
        throw withoutFiles(empty);
    const tiers = new Map(found.flatMap(({ artifact, tier }) => artifact.files.map((file) => [(0,build_file/* fileKey */.w)(file), tier])));
    return {
        artifacts,
        files: mergeFiles(artifacts),
        tierOf: (file) => tiers.get((0,build_file/* fileKey */.w)(file)) ?? 0,
    };
}
/** What a `path:` request finds depends on the filters, so they are part of its name in the lock. */
function withFilters(id, request, inputs) {
    if (request.kind !== 'path' || inputs.filters.length === 0)
        return id;
    return `${id} filters=${JSON.stringify(inputs.filters.map((rule) => rule.text))}`;
}
function nothingAsked(inputs, lock) {
    return new build_error/* TfcacheError */.TM('usage', 'Nothing was asked for.', {
        where: inputs.lockFile === undefined ? 'input artifacts' : inputs.lockFile,
        found: inputs.lockFile === undefined
            ? 'artifacts is empty'
            : `artifacts is empty, and ${lock === undefined ? 'there is no lock yet' : 'nothing is locked in the lock file'}`,
        hint: 'Name at least one artifact, for example wheel:tensorflow-cpu~=2.15.0 or path:linux/cpu/*.whl.',
    });
}
/** Nothing brought is not success, whatever let it come this far. */
function withoutFiles({ id, title }) {
    return new build_error/* TfcacheError */.TM('nothing-matched', `${title} came out without any file.`, {
        where: id,
        hint: 'Look at filters, and at what the mirror has (tfcache plan).',
    });
}
function fromLock(locked, request) {
    return {
        request: request ?? {
            kind: 'path',
            name: '',
            version: '',
            qualifiers: {},
            text: locked.request,
            line: 0,
        },
        id: locked.id,
        title: locked.title,
        version: locked.version,
        files: locked.files.map((file) => ({
            bucket: file.bucket,
            path: file.path,
            size: file.size,
            mtime: file.mtime,
            digests: [{ algorithm: 'sha256', value: file.sha256, source: 'lock' }],
        })),
    };
}

// EXTERNAL MODULE: external "node:v8"
var external_node_v8_ = __webpack_require__(8877);
// EXTERNAL MODULE: external "node:vm"
var external_node_vm_ = __webpack_require__(714);
;// CONCATENATED MODULE: ./build/pull/spare-memory.js


/** Below this, what is saved is not worth the milliseconds. */
const MANY_FILES = 20_000;
/**
 * Frees what the step before left, when there are many files. Left to itself V8 lets the heap double before it looks, and
 * a run of some seconds ends first: for a hundred thousand files that is a hundred megabytes more than are in use.
 * Sources of the way: https://nodejs.org/api/v8.html#v8setflagsfromstringflags (its example).
 */
function spareMemory(files) {
    if (files < MANY_FILES)
        return;
    (0,external_node_v8_.setFlagsFromString)('--expose-gc');
    // From now on it looks when the heap has grown by a fifth.
    (0,external_node_v8_.setFlagsFromString)('--heap-growing-percent=20');
    const collect = (0,external_node_vm_.runInNewContext)('gc');
    if (typeof collect === 'function')
        collect();
}

;// CONCATENATED MODULE: ./build/pull/steps.js
function createSteps() {
    const times = [];
    return {
        times,
        async run(step, work) {
            const start = performance.now();
            try {
                return await work();
            }
            finally {
                times.push({ step, milliseconds: Math.round(performance.now() - start) });
            }
        },
    };
}

;// CONCATENATED MODULE: ./build/pull/tidy.js



/**
 * Leaves the store as it should be: what killed runs left of these files is gone, and it is no larger than it may be.
 * Never fails a pull that has done its work.
 */
async function tidyStore(nearby, fetched, inputs, { log, progress, signal }) {
    const store = nearby.opened;
    if (store === undefined)
        return;
    try {
        for (const bucket of new Set(fetched.map(({ verified }) => verified.bucket))) {
            await store.sweep((0,sync/* flightsOf */.nz)(bucket), () => pathsIn(bucket, fetched));
        }
        const maxSize = inputs.storeMaxSize;
        if (maxSize === undefined || inputs.store.lifetime !== 'persistent')
            return;
        const { collectGarbage } = await __webpack_require__.e(/* import() */ 942).then(__webpack_require__.bind(__webpack_require__, 3942));
        const { busy, removed, kept } = await collectGarbage(store.folder, {
            maxSize,
            maxAge: undefined,
            progress,
            signal,
        });
        if (busy)
            log.debug('Another job cleans the store.');
        if (removed.objects > 0) {
            log.info(`Store: ${removed.objects} objects (${(0,units/* formatBytes */.z3)(removed.bytes)}) that were not used for longest were removed; ${(0,units/* formatBytes */.z3)(kept.bytes)} are left.`);
        }
        if (kept.bytes > maxSize && !busy) {
            log.info(`Store: ${(0,units/* formatBytes */.z3)(kept.bytes)}, more than store-max-size (${(0,units/* formatBytes */.z3)(maxSize)}): jobs that run now use the rest.`);
        }
    }
    catch (error) {
        log.warning(`The store could not be tidied: ${(0,build_error/* describeError */.Uc)(error)}`);
    }
}
function pathsIn(bucket, fetched) {
    const paths = new Set();
    for (const { verified } of fetched)
        if (verified.bucket === bucket)
            paths.add(verified.path);
    return paths;
}

;// CONCATENATED MODULE: ./build/pull/pull.js














/**
 * Resolves what was asked for, takes what is near, restores what the cache has, syncs only the rest, and publishes what
 * was verified. One direction: each step reads what the last returned.
 *
 * Never throws for what can go wrong in the world: see {@link PullResult}.
 */
async function pull(inputs, surroundings) {
    const steps = createSteps();
    const ledger = createLedger(inputs, steps);
    let nearby;
    try {
        const lock = await steps.run('read the lock', () => loadLock(inputs));
        const mirrors = openMirrors(inputs, surroundings);
        const { machine, log, signal } = surroundings;
        const listings = Array.from({ length: mirrors.most }, (_, tier) => createListing(mirrors, tier, signal));
        const resolved = await steps.run('resolve', () => resolve({ inputs, lock, listings, machine, kindOf: kinds/* kindOf */.I, log }));
        ledger.resolved(resolved);
        await requireWritableLock(inputs, lock, resolved.artifacts);
        spareMemory(resolved.files.length);
        const places = lookNearby(inputs, log);
        nearby = places;
        const { near, far } = await steps.run('plan', () => planNear(resolved.files, places.known));
        places.uses(near.map(({ sha256 }) => sha256 ?? ''));
        ledger.planned([...near, ...far]);
        const fetched = takeNear(near);
        ledger.fetched(fetched);
        spareMemory(resolved.files.length);
        if (far.length > 0 && !inputs.lookupOnly) {
            const toPlace = [...near, ...far].filter(({ source }) => source !== 'in-place');
            await steps.run('look at the destination', () => places.destination.check(toPlace.map(({ file }) => file)));
        }
        const brought = await bringFar(far, {
            inputs,
            surroundings,
            mirrors,
            artifacts: resolved.artifacts,
            tierOf: resolved.tierOf,
            store: places.store,
            steps,
            ledger,
        });
        if (inputs.lookupOnly)
            return ledger.result('planned', undefined);
        const all = [...fetched, ...brought];
        await steps.run('publish', () => publishAll(all, places.destination, places.store, { ...surroundings, link: inputs.link }));
        spareMemory(resolved.files.length);
        await steps.run('write the lock', () => updateLock(inputs, lock, { artifacts: resolved.artifacts, fetched: all, signal }));
        await steps.run('tidy the store', () => tidyStore(places, all, inputs, surroundings));
        return ledger.result('done', undefined);
    }
    catch (error) {
        return ledger.result('failed', asTfcacheError(error, surroundings.signal));
    }
    finally {
        nearby?.close();
    }
}
function asTfcacheError(error, signal) {
    if (signal.aborted) {
        const reason = signal.reason;
        return new build_error/* TfcacheError */.TM('failed', reason instanceof Error ? reason.message : 'Stopped.', {
            hint: 'What was verified is in the store and what is partial in its staging: the next run with the same store goes on from there.',
            cause: error,
        });
    }
    if (error instanceof build_error/* TfcacheError */.TM)
        return error;
    const message = error instanceof Error ? error.message : String(error);
    return new build_error/* TfcacheError */.TM('failed', `Unexpected: ${message}`, {
        hint: 'This is a defect of tfcache: please report it with the log of the step.',
        cause: error,
    });
}


/***/ }),

/***/ 3313:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  nz: () => (/* binding */ flightsOf),
  OH: () => (/* binding */ sync),
  JJ: () => (/* binding */ worse)
});

// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __webpack_require__(3024);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
// EXTERNAL MODULE: external "node:timers/promises"
var promises_ = __webpack_require__(8500);
// EXTERNAL MODULE: ./build/error.js
var error = __webpack_require__(5602);
// EXTERNAL MODULE: ./build/file.js
var build_file = __webpack_require__(6480);
// EXTERNAL MODULE: external "node:worker_threads"
var external_node_worker_threads_ = __webpack_require__(5919);
;// CONCATENATED MODULE: ./build/store/follower.js


/** Following is never needed for a right result: whatever goes wrong here, the file is hashed from its beginning. */
function createFollower({ workerUrl } = {}) {
    const url = workerUrl ?? new URL(`./hash-worker${(0,external_node_path_.extname)(import.meta.url)}`, import.meta.url);
    const waiting = new Map();
    let worker;
    let count = 0;
    function giveUp() {
        for (const answer of waiting.values())
            answer(undefined);
        waiting.clear();
    }
    function start() {
        const started = new external_node_worker_threads_.Worker(url);
        started.unref();
        started.on('message', ({ follow, digest }) => {
            waiting.get(follow)?.(digest);
            waiting.delete(follow);
            if (waiting.size === 0)
                started.unref();
        });
        started.on('error', giveUp);
        started.on('exit', giveUp);
        return started;
    }
    function tell(order) {
        worker ??= start();
        worker.postMessage(order);
    }
    return {
        follow(draft, algorithms) {
            const follow = ++count;
            tell({ follow, draft, algorithms });
            return {
                finish: (file) => new Promise((resolve) => {
                    waiting.set(follow, resolve);
                    tell({ follow, file });
                    worker?.ref();
                }),
            };
        },
        async close() {
            giveUp();
            await worker?.terminate();
        },
    };
}

// EXTERNAL MODULE: ./build/pull/verify.js
var verify = __webpack_require__(7177);
;// CONCATENATED MODULE: ./build/pull/drafts.js




/** Below this a file is hashed within some milliseconds once it is there. */
const WORTH_FOLLOWING = 16 * 1024 * 1024;
const LOOK_EVERY_MILLISECONDS = 20;
/**
 * Looks into the folders of large files for what the transport writes there. Without it the last file of a transfer would be
 * hashed when everything else is done.
 */
function followDrafts(files, staging, mirror) {
    const large = new Map(files.filter(({ file }) => file.size >= WORTH_FOLLOWING).map((one) => [one.file.path, one]));
    if (mirror.draftOf === undefined || large.size === 0) {
        return { digestOf: () => Promise.resolve(undefined), close: () => Promise.resolve() };
    }
    const follower = createFollower();
    const followed = new Map();
    function look() {
        for (const folder of new Set([...large.keys()].map((path) => external_node_path_.posix.dirname(path)))) {
            for (const name of namesIn((0,external_node_path_.join)(staging, folder))) {
                const becomes = mirror.draftOf?.(name);
                if (becomes === undefined)
                    continue;
                const path = folder === '.' ? becomes : `${folder}/${becomes}`;
                const planned = large.get(path);
                // A second try writes a second draft: the newest one counts.
                if (planned === undefined || followed.get(path)?.draft === name)
                    continue;
                const file = follower.follow((0,external_node_path_.join)(staging, folder, name), (0,verify/* neededAlgorithms */.A0)(planned.file.digests));
                followed.set(path, { draft: name, file });
            }
        }
    }
    const timer = setInterval(look, LOOK_EVERY_MILLISECONDS);
    timer.unref();
    return {
        async digestOf({ file }) {
            large.delete(file.path);
            return followed.get(file.path)?.file.finish((0,external_node_path_.join)(staging, file.path));
        },
        close() {
            clearInterval(timer);
            return follower.close();
        },
    };
}
function namesIn(folder) {
    try {
        return (0,external_node_fs_.readdirSync)(folder);
    }
    catch {
        // The transport has not made the folder yet: nothing is being written there.
        return [];
    }
}

;// CONCATENATED MODULE: ./build/pull/arrival.js





/** Bytes below which no older content is looked for: a delta would save next to nothing. */
const WORTH_A_DELTA = 1024 * 1024;
/**
 * Fetches into staging and hashes each file as soon as it is there, beside the transfer. Bytes that do not fit are removed
 * at once: a second try must not take them for what it wants.
 *
 * @throws TfcacheError `no-space` and other errors of this machine.
 */
async function fetchAndHash(files, staging, { mirror, bucket, store, hashPool, progress, signal, onArrival }) {
    const byPath = new Map(files.map((planned) => [planned.file.path, planned]));
    const arrivals = [];
    const hashing = [];
    const drafts = followDrafts(files, staging, mirror);
    const wrong = [];
    const broken = [];
    async function hash(planned) {
        const staged = (0,external_node_path_.join)(staging, planned.file.path);
        try {
            const digest = (await drafts.digestOf(planned)) ??
                (await hashPool.digest(staged, (0,verify/* neededAlgorithms */.A0)(planned.file.digests)));
            const mismatch = (0,verify/* findMismatch */._n)(planned.file, digest, mirror.url.replaceAll('{bucket}', bucket));
            if (mismatch === undefined) {
                const arrival = { planned, staged, digest };
                onArrival?.(arrival);
                arrivals.push(arrival);
                return;
            }
            (0,external_node_fs_.rmSync)(staged, { force: true });
            wrong.push(mismatch);
        }
        catch (error) {
            broken.push(error);
        }
    }
    const wanted = files.map(({ file: { path, size, mtime } }) => {
        const basis = size < WORTH_A_DELTA ? undefined : store.previous(bucket, path);
        return { path, size, mtime, ...(basis === undefined ? {} : { basis }) };
    });
    const events = {
        onFile(path) {
            const planned = byPath.get(path);
            if (planned === undefined)
                return;
            byPath.delete(path);
            progress.advance({ files: 1 });
            hashing.push(hash(planned));
        },
        onBytes: (bytes) => progress.advance({ bytes }),
    };
    let missing = [];
    let failure;
    try {
        ({ missing } = await mirror.fetch(bucket, wanted, staging, events, signal));
    }
    catch (error) {
        failure = error;
    }
    await Promise.all(hashing);
    await drafts.close();
    if (broken.length > 0)
        throw broken[0];
    if (failure !== undefined && !(failure instanceof error/* TfcacheError */.TM && isTheMirrors(failure))) {
        throw failure;
    }
    return {
        arrivals,
        complete: failure === undefined,
        error: wrong[0] ?? failure ?? (missing.length > 0 ? gone(missing, mirror, bucket) : undefined),
    };
}
/** Whether another mirror may do better: a full disk or a wrong option stays what it is. */
function isTheMirrors(error) {
    return error.code !== 'no-space' && error.code !== 'usage';
}
function gone(paths, mirror, bucket) {
    const names = `${paths.slice(0, 5).join(', ')}${paths.length > 5 ? ', …' : ''}`;
    const what = paths.length === 1 ? 'a file that is needed' : `${paths.length} files that are needed`;
    return new error/* TfcacheError */.TM('nothing-matched', `The mirror does not have ${what}: ${names}`, {
        where: mirror.url.replaceAll('{bucket}', bucket),
        hint: 'It was removed or never mirrored: name a mirror that has it, or lock the request anew (tfcache lock).',
    });
}

;// CONCATENATED MODULE: ./build/pull/changed.js

/**
 * Which files changed on the mirror while they were copied. rsync does not tell: it sends what it read, with a checksum of
 * what it read. A file whose digest was known needs no such check; at first sight the listing after the copy must be
 * the listing before it, and the bytes received must be as many as were listed.
 *
 * @param sizes bytes received, by path.
 * @returns the files to fetch again, with size and time as they are listed now.
 */
async function findChanged(files, sizes, mirror, bucket, signal) {
    if (files.length === 0)
        return [];
    const folders = [...new Set(files.map(({ file }) => folderOf(file.path)))];
    const listings = await mirror.listFolders(bucket, folders, signal);
    const now = new Map();
    for (const listing of listings)
        for (const file of listing.files)
            now.set(file.path, file);
    return files.flatMap((planned) => {
        const { path, size, mtime } = planned.file;
        const listed = now.get(path);
        const same = listed !== undefined && listed.size === size && listed.mtime === mtime;
        if (same && sizes.get(path) === size)
            return [];
        const current = listed === undefined ? {} : { size: listed.size, mtime: listed.mtime };
        return [{ ...planned, file: { ...planned.file, ...current } }];
    });
}
function folderOf(path) {
    const folder = external_node_path_.posix.dirname(path);
    return folder === '.' ? '' : folder;
}

// EXTERNAL MODULE: ./build/pull/fetched.js
var pull_fetched = __webpack_require__(5571);
;// CONCATENATED MODULE: ./build/pull/sync.js








/** Files are taken in without a pause for so many; then what else is going on gets its turn. */
const FILES_PER_TURN = 64;
/** How often a file may change under the copy before we give up. */
const TRIES_FOR_CHANGING_FILES = 2;
/** How often jobs that wait are told of files that came: each looks through all it waits for. */
const ANNOUNCE_MILLISECONDS = 1_000;
/**
 * Brings files of one bucket from a mirror: staged, hashed as they arrive, held to what is known of them, taken into the
 * store. Wrong bytes are not kept, not even in staging; what is sound stays, in the store or in staging, so that the next
 * mirror or the next run goes on from it.
 *
 * Of all jobs that share the store one fetches a file, and the others wait for it; what it could not get they try themselves.
 *
 * @throws TfcacheError when the store cannot be written (`no-space`, …): then no other mirror would help.
 */
async function sync(planned, context) {
    const { bucket, store, log, signal } = context;
    const synced = {
        fetched: [],
        left: [],
        error: undefined,
    };
    let open = planned;
    let told = false;
    for (;;) {
        const paths = open.map(({ file }) => file.path);
        const { flight, changed } = await store.claim(flightsOf(bucket), paths);
        if (flight !== undefined) {
            const mine = open.filter(({ file }) => flight.keys.has(file.path));
            open = open.filter(({ file }) => !flight.keys.has(file.path));
            const brought = await fly(mine, flight, context);
            synced.fetched = synced.fetched.concat(brought.fetched);
            synced.left = synced.left.concat(brought.left);
            synced.error = worse(synced.error, brought.error);
        }
        if (open.length === 0)
            return synced;
        if (!told)
            log.info(`Waiting for another job, which fetches ${describeFiles(open)}.`);
        told = true;
        await changed(signal);
        const { here, missing } = splitByStore(open, store);
        synced.fetched = synced.fetched.concat(here);
        open = missing;
        if (open.length === 0)
            return synced;
    }
}
/** What the flights are called that fetch files of a bucket; their keys are paths. */
function flightsOf(bucket) {
    return `mirror-${encodeURIComponent(bucket)}`;
}
/** Fetches what this job has claimed. */
async function fly(claimed, flight, context) {
    const { progress, mirror } = context;
    try {
        // Another job may have brought some of it before it was claimed.
        const { here, missing } = splitByStore(claimed, context.store);
        progress.begin(`Syncing from ${mirror.url}`, {
            files: missing.length,
            bytes: missing.reduce((sum, { file }) => sum + file.size, 0),
        });
        const brought = await fetchInRounds(missing, flight, context);
        if (brought.left.length === 0)
            flight.land();
        return { ...brought, fetched: [...here, ...brought.fetched] };
    }
    finally {
        progress.end();
        flight.breakOff();
    }
}
async function fetchInRounds(missing, flight, context) {
    const { mirror, log } = context;
    let fetched = [];
    let left = [];
    let asked = missing;
    let error;
    for (let round = 1; asked.length > 0; round += 1) {
        const early = takeEarly(flight, context);
        const brought = await fetchAndHash(asked, flight.folder, { ...context, onArrival: early.take });
        const others = brought.arrivals.filter(({ planned }) => planned.file.digests.length === 0);
        const { changed, taken } = await takeUnchanged(others, brought.complete, context);
        const here = early.taken.concat(taken);
        fetched = fetched.concat(here);
        error = worse(error, brought.error);
        const again = new Set(changed.map(({ file }) => (0,build_file/* fileKey */.w)(file)));
        const arrived = new Set(here.map(({ verified }) => (0,build_file/* fileKey */.w)(verified)));
        left = left.concat(asked.filter(({ file }) => !arrived.has((0,build_file/* fileKey */.w)(file)) && !again.has((0,build_file/* fileKey */.w)(file))));
        if (changed.length > 0 && round >= TRIES_FOR_CHANGING_FILES) {
            error = worse(error, keepsChanging(changed, mirror));
            left = left.concat(changed);
            asked = [];
        }
        else {
            asked = changed;
        }
        for (const { file } of changed) {
            log.warning(`${file.path} changed on the mirror while it was copied.`);
            (0,external_node_fs_.rmSync)((0,external_node_path_.join)(flight.folder, file.path), { force: true });
        }
    }
    return { fetched, left, error };
}
/**
 * Takes a file in as soon as it is here when its digest was known beforehand: a run that is killed later has it, and jobs
 * that wait for it go on.
 */
function takeEarly(flight, context) {
    const { store } = context;
    const taken = [];
    let announced = performance.now();
    return {
        taken,
        take({ planned, staged, digest }) {
            if (planned.file.digests.length === 0)
                return;
            (0,pull_fetched/* takeIn */.l)(store, planned, staged, digest);
            const fetched = fetchedFrom(planned, digest, context);
            taken.push(fetched);
            store.remember([fetched.verified]);
            if (performance.now() - announced < ANNOUNCE_MILLISECONDS)
                return;
            flight.announce();
            announced = performance.now();
        },
    };
}
function fetchedFrom(planned, { sha256, size }, { mirror, bucket }) {
    const origin = mirror.url.replaceAll('{bucket}', bucket);
    return { planned, verified: (0,pull_fetched/* verifiedFile */.Nt)(planned, sha256, size), source: 'mirror', origin };
}
function describeFiles(files) {
    const [first] = files;
    return files.length === 1 && first !== undefined ? first.file.path : `${files.length} files`;
}
/** Another job may have brought some of it while this one waited for its turn. */
function splitByStore(planned, store) {
    const here = [];
    const missing = [];
    for (const file of planned) {
        const { bucket, path, size, mtime } = file.file;
        const sha256 = file.sha256 ??
            (mtime === undefined ? undefined : store.find(bucket, path, size, mtime)?.sha256);
        if (sha256 === undefined || store.objectPath(sha256, size) === undefined) {
            missing.push(file);
        }
        else {
            const verified = (0,pull_fetched/* verifiedFile */.Nt)(file, sha256, size);
            here.push({ planned: file, verified, source: 'store', origin: undefined });
        }
    }
    return { here, missing };
}
/**
 * Takes in what nobody vouched for beforehand and what did not change under the copy; nothing else could tell (rsync exits
 * 0). When the mirror failed half way that cannot be asked: the files stay in staging, where the next try finds them.
 */
async function takeUnchanged(arrivals, complete, context) {
    if (!complete || arrivals.length === 0)
        return { changed: [], taken: [] };
    const { mirror, bucket, store, signal } = context;
    const listedAgain = findChanged(arrivals.map(({ planned }) => planned), new Map(arrivals.map(({ planned, digest }) => [planned.file.path, digest.size])), mirror, bucket, signal);
    // The mirror is asked and answers meanwhile.
    for (const [index, { planned, staged, digest }] of arrivals.entries()) {
        if (index % FILES_PER_TURN === 0)
            await (0,promises_.setImmediate)();
        (0,pull_fetched/* takeIn */.l)(store, planned, staged, digest);
    }
    const changed = await listedAgain;
    const changedKeys = new Set(changed.map(({ file }) => (0,build_file/* fileKey */.w)(file)));
    const taken = arrivals
        .filter(({ planned }) => !changedKeys.has((0,build_file/* fileKey */.w)(planned.file)))
        .map(({ planned, digest }) => fetchedFrom(planned, digest, context));
    store.remember(taken.map(({ verified }) => verified));
    return { changed, taken };
}
/** The one to tell of two: wrong bytes before all, else the first. */
function worse(one, other) {
    if (one === undefined || other?.code === 'integrity')
        return other ?? one;
    return one;
}
function keepsChanging(files, mirror) {
    return new error/* TfcacheError */.TM('integrity', `${files.map(({ file }) => file.path).join(', ')} changed on the mirror while it was copied, ${TRIES_FOR_CHANGING_FILES} times in a row.`, {
        where: mirror.url,
        hint: 'The mirror is probably being updated: try again in some minutes.',
    });
}


/***/ }),

/***/ 7177:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   A0: () => (/* binding */ neededAlgorithms),
/* harmony export */   _n: () => (/* binding */ findMismatch),
/* harmony export */   lD: () => (/* binding */ heldTo),
/* harmony export */   wo: () => (/* binding */ findWrongSize)
/* harmony export */ });
/* harmony import */ var _error_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(5602);

/** What a mirror lists counts only where neither lock nor catalogue decide: mirrors may disagree. */
function deciding(digests) {
    const decided = digests.some(({ source }) => source === 'lock' || source === 'catalogue');
    return decided ? digests.filter(({ source }) => source !== 'listing') : digests;
}
/** Which digests must be computed to hold a file to everything that is known of it. sha256 always is. */
function neededAlgorithms(digests) {
    return [...new Set(deciding(digests).map((digest) => digest.algorithm))].filter((algorithm) => algorithm !== 'sha256');
}
/**
 * Holds what was read to every digest known beforehand.
 *
 * @param origin where the bytes came from, for the message: a mirror's URL, a cache's name.
 * @returns undefined when all fit, else the error (`integrity`) that names both digests and the source.
 */
function findMismatch(file, found, origin) {
    for (const digest of deciding(file.digests)) {
        const actual = digest.algorithm === 'sha256' ? found.sha256 : found.md5;
        if (actual === digest.value)
            continue;
        return new _error_js__WEBPACK_IMPORTED_MODULE_0__/* .TfcacheError */ .TM('integrity', digest.from === undefined || digest.from === origin
            ? `Wrong bytes: ${file.path} does not have the digest it must have.`
            : `Wrong bytes: ${origin} and ${digest.from} disagree about ${file.path}.`, {
            where: origin,
            expected: `${digest.algorithm} ${digest.value} (${describeSource(digest)}, ${file.size} bytes)`,
            found: `${digest.algorithm} ${actual ?? 'not computed'} (${found.size} bytes)`,
            hint: adviceFor(digest, origin),
        });
    }
    return findWrongSize(file, found, origin);
}
/**
 * A lock that has the right digest with a wrong size was edited: what is kept by size (the store, a cache) would be missed
 * for ever, and the reader misled. Sizes of other sources are not held against them: a listing may be older than the file.
 *
 * @param found a content that has the locked digest.
 * @param origin as of {@link findMismatch}.
 */
function findWrongSize(file, found, origin) {
    const locked = file.digests.some(({ source, algorithm, value }) => source === 'lock' && algorithm === 'sha256' && value === found.sha256);
    if (!locked || found.size === file.size)
        return undefined;
    return new _error_js__WEBPACK_IMPORTED_MODULE_0__/* .TfcacheError */ .TM('integrity', `The lock has a wrong size for ${file.path}: the content with its sha256 has another.`, {
        where: origin,
        expected: `${file.size} bytes (from the lock)`,
        found: `${found.size} bytes, sha256 ${found.sha256}`,
        hint: 'The lock file was edited: restore it from your version control, or remove the entry and lock it anew.',
    });
}
function describeSource(digest) {
    if (digest.from !== undefined)
        return `from the listing of ${digest.from}`;
    return {
        lock: 'from the lock',
        catalogue: 'the digest Keras itself checks',
        listing: 'from the listing',
        cache: 'recorded when it was saved to the cache',
    }[digest.source];
}
function adviceFor(digest, origin) {
    if (digest.source === 'lock') {
        return 'If the file was replaced on purpose, remove its entry from the lock file and commit the new one; if not, ask who runs the source.';
    }
    return digest.from !== undefined && digest.from !== origin
        ? 'Find out which of the two is right. Name only that one in mirrors, and lock the request (lock-file): from then on the lock decides.'
        : 'The source serves other bytes than it should: ask who runs it, or name another mirror first.';
}
/** The strongest thing the bytes were held to, for the report. */
function heldTo(digests) {
    const order = ['lock', 'catalogue', 'listing', 'cache'];
    return (order.find((source) => digests.some((digest) => digest.source === source)) ?? 'first sight');
}


/***/ }),

/***/ 8547:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  E: () => (/* binding */ renderLines)
});

// EXTERNAL MODULE: ./build/report/escape.js
var report_escape = __webpack_require__(9924);
// EXTERNAL MODULE: ./build/report/totals.js
var report_totals = __webpack_require__(1756);
// EXTERNAL MODULE: ./build/report/units.js
var units = __webpack_require__(5088);
;// CONCATENATED MODULE: ./build/report/headline.js


function statusOf(report) {
    if (report.outcome === 'failed')
        return 'failed';
    if (report.outcome === 'planned')
        return 'planned';
    const totals = (0,report_totals/* totalsBySource */.WB)((0,report_totals/* allFiles */.ZP)(report));
    if (totals.length === 0)
        return 'empty';
    if (!report.cacheHit)
        return totals.every(fromMirror) ? 'cold' : 'partial';
    return totals.every((total) => total.source === 'in-place') ? 'in-place' : 'warm';
}
/** A mark for each status that is understood without colour. */
const STATUS_MARKS = {
    'in-place': '✅',
    warm: '✅',
    partial: '✅',
    cold: '✅',
    empty: '⚠️',
    planned: '📋',
    failed: '❌',
};
const SENTENCES = {
    'in-place': (report) => `Everything was in place already (${amount(report)}); nothing came from a mirror.`,
    warm: (report) => `Everything is there (${amount(report)}) and nothing came from a mirror: ${sources(report)}.`,
    partial: (report) => `Everything is there (${amount(report)}); ${(0,units/* formatBytes */.z3)(mirrorBytes(report))} of it came from the mirror: ${sources(report)}.`,
    cold: (report) => `Everything is there (${amount(report)}), all of it from the mirror.`,
    empty: () => 'Nothing was asked for.',
    planned: (report) => `Dry run, nothing was fetched: a pull would bring ${amount(report)}, ${(0,units/* formatBytes */.z3)(mirrorBytes(report))} of it from the mirror.`,
    failed: (report) => `Failed: ${report.error?.message.split('\n', 1)[0] ?? 'the reason is not known'}`,
};
/** One sentence for the whole run. Holds names from outside: escape it where it is shown. */
function headline(report) {
    return SENTENCES[statusOf(report)](report);
}
function amount(report) {
    return (0,report_totals/* describeAmount */.c$)((0,report_totals/* allFiles */.ZP)(report));
}
function sources(report) {
    return (0,report_totals/* describeSources */.av)((0,report_totals/* allFiles */.ZP)(report));
}
function mirrorBytes(report) {
    return (0,report_totals/* sumBytes */.jO)((0,report_totals/* allFiles */.ZP)(report).filter((file) => file.source === 'mirror'));
}
function fromMirror(total) {
    return total.source === 'mirror';
}

;// CONCATENATED MODULE: ./build/report/lines.js




/** More files of one artifact than these are not told one by one. */
const FILES_SHOWN = 12;
/**
 * What happened, for the end of a log: a sentence, then for each artifact what it is, its size, where it came from and
 * why not from nearer, then how long each step took. Safe to print as they are: no line holds a command to the runner.
 */
function renderLines(report) {
    const lines = [headline(report), ...report.artifacts.flatMap(artifactLines)];
    if (report.error?.hint !== undefined)
        lines.push(...hintLines(report.error.hint));
    if (report.steps.length > 0)
        lines.push(`time: ${stepTimes(report)}`);
    if (report.path !== '' && report.outcome !== 'failed')
        lines.push(`path: ${report.path}`);
    return lines.map(report_escape/* logText */.kc);
}
/** A hint may have several lines: an example, say. */
function hintLines(hint) {
    return hint.split('\n').map((line, index) => (index === 0 ? `next: ${line}` : `      ${line}`));
}
function artifactLines(artifact) {
    const { files, title } = artifact;
    if (files.length === 0)
        return [`  ${title}: not here`];
    const lines = [`  ${title}: ${(0,report_totals/* describeAmount */.c$)(files)}, ${(0,report_totals/* describeSources */.av)(files)}`];
    // One file, or many of one fate, are told by the artifact's own line.
    const origins = (0,report_totals/* originsToName */.gM)([artifact]);
    const mixed = (0,report_totals/* totalsBySource */.WB)(files).length > 1;
    if (mixed) {
        lines.push(...files.slice(0, FILES_SHOWN).map((file) => fileLine(file, origins)));
        const more = files.length - FILES_SHOWN;
        if (more > 0)
            lines.push(`    … and ${(0,units/* formatNumber */.ZV)(more)} more files`);
    }
    else {
        const reasons = (0,report_totals/* describeReasons */.nl)(files);
        if (reasons.length > 0)
            lines.push(`    because ${reasons.join('; ')}`);
    }
    return lines;
}
function fileLine(file, origins) {
    const because = file.because.length === 0 ? '' : ` because ${file.because.join('; ')}`;
    return `    ${(0,report_totals/* nameInDestination */.Hm)(file)}: ${(0,units/* formatBytes */.z3)(file.size)}, ${(0,report_totals/* describeSources */.av)([file], origins)}${because}`;
}
function stepTimes(report) {
    const total = report.steps.reduce((sum, step) => sum + step.milliseconds, 0);
    const steps = report.steps.map((step) => `${step.step} ${(0,units/* formatDuration */.a3)(step.milliseconds)}`);
    return `${(0,units/* formatDuration */.a3)(total)} (${steps.join(', ')})`;
}


/***/ }),

/***/ 1756:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Hm: () => (/* binding */ nameInDestination),
/* harmony export */   WB: () => (/* binding */ totalsBySource),
/* harmony export */   ZP: () => (/* binding */ allFiles),
/* harmony export */   av: () => (/* binding */ describeSources),
/* harmony export */   c$: () => (/* binding */ describeAmount),
/* harmony export */   ce: () => (/* binding */ SOURCE_TITLES),
/* harmony export */   gM: () => (/* binding */ originsToName),
/* harmony export */   jO: () => (/* binding */ sumBytes),
/* harmony export */   nl: () => (/* binding */ describeReasons)
/* harmony export */ });
/* unused harmony export SOURCES */
/* harmony import */ var _units_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(5088);

/** Nearest first: the order in which every rendering shows sources. */
const SOURCES = ['in-place', 'store', 'cache', 'mirror'];
/** What a source is called in a sentence: `3 files from the cache`. */
const SOURCE_TITLES = {
    'in-place': 'already in place',
    store: 'the store',
    cache: 'the cache',
    mirror: 'the mirror',
};
/** Every file of the report once, though two artifacts may name it. */
function allFiles(report) {
    const files = new Map();
    for (const artifact of report.artifacts) {
        for (const file of artifact.files)
            files.set(`${file.bucket}\0${file.path}`, file);
    }
    return [...files.values()];
}
/** Files by source, nearest first; sources that gave nothing are left out. */
function totalsBySource(files) {
    return SOURCES.map((source) => {
        const mine = files.filter((file) => file.source === source);
        return {
            source,
            files: mine.length,
            bytes: sumBytes(mine),
            origins: [...new Set(mine.map((file) => file.origin ?? ''))].filter((origin) => origin !== ''),
        };
    }).filter((total) => total.files > 0);
}
function sumBytes(files) {
    return files.reduce((sum, file) => sum + file.size, 0);
}
/** A file's name as it stands below the destination: other buckets than `tensorflow` have a folder of their own. */
function nameInDestination(file) {
    return file.bucket === 'tensorflow' ? file.path : `@${file.bucket}/${file.path}`;
}
/**
 * `in place`, `cache (github)`, `mirror (rsync://…)`, or several of them with the number of files each. Of a failed run
 * only what is here has a source.
 */
function describeSources(files, { origins } = { origins: 'named' }) {
    const totals = totalsBySource(files);
    if (totals.length === 0)
        return 'not here';
    return totals
        .map((total) => {
        const name = total.source === 'in-place' ? 'in place' : total.source;
        const named = origins === 'named' && total.origins.length > 0;
        const origin = named ? ` (${total.origins.join(', ')})` : '';
        const count = totals.length === 1 ? '' : ` ${(0,_units_js__WEBPACK_IMPORTED_MODULE_0__/* .formatCount */ .B4)(total.files, 'file')}`;
        return `${name}${origin}${count}`;
    })
        .join(', ');
}
/** For tables below a list of the sources: where it names one mirror and one cache, rows need not. */
function originsToName(artifacts) {
    const totals = totalsBySource(artifacts.flatMap((artifact) => artifact.files));
    return { origins: totals.some((total) => total.origins.length > 1) ? 'named' : 'left out' };
}
/** Each reason once, with the number of files it holds for when that is not all of them; the commonest first. */
function describeReasons(files) {
    const counts = new Map();
    for (const file of files) {
        for (const reason of new Set(file.because))
            counts.set(reason, (counts.get(reason) ?? 0) + 1);
    }
    return [...counts]
        .sort(([, one], [, other]) => other - one)
        .map(([reason, count]) => count === files.length ? reason : `${reason} (${(0,_units_js__WEBPACK_IMPORTED_MODULE_0__/* .formatCount */ .B4)(count, 'file')})`);
}
/** `3 files, 210 MiB` */
function describeAmount(files) {
    return `${(0,_units_js__WEBPACK_IMPORTED_MODULE_0__/* .formatCount */ .B4)(files.length, 'file')}, ${(0,_units_js__WEBPACK_IMPORTED_MODULE_0__/* .formatBytes */ .z3)(sumBytes(files))}`;
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


/***/ }),

/***/ 1263:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   X: () => (/* binding */ createHashPool)
/* harmony export */ });
/* harmony import */ var node_os__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(8161);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(6760);
/* harmony import */ var node_worker_threads__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(5919);
/* harmony import */ var _error_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(5602);
/* harmony import */ var _file_error_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(3009);





/** Orders that may lie at one worker: the one it works on, and one so that it need not wait for the next. */
const ORDERS_AT_ONCE = 2;
/**
 * Files that come one by one go out together after so long: a message costs as much as hashing a small file does. The first
 * after a pause goes at once.
 */
const GATHER_MILLISECONDS = 4;
const ENOUGH_TO_GO = 16;
/** Files in one order at most: enough that a message costs little a file, few enough that all threads have work. */
const FILES_PER_ORDER = 64;
/**
 * Hashes files in threads, started at the first digest. It never keeps the process alive by itself: only work that is not
 * done does.
 */
function createHashPool({ threads: most = (0,node_os__WEBPACK_IMPORTED_MODULE_0__.availableParallelism)(), workerUrl, } = {}) {
    const url = workerUrl ?? new URL(`./hash-worker${(0,node_path__WEBPACK_IMPORTED_MODULE_1__.extname)(import.meta.url)}`, import.meta.url);
    const threads = new Set();
    const queue = [];
    let taken = 0;
    let batches = 0;
    let scheduled = false;
    let sent = 0;
    let closed = false;
    function schedule() {
        if (scheduled)
            return;
        scheduled = true;
        const go = () => {
            scheduled = false;
            dispatch();
        };
        const pause = sent + GATHER_MILLISECONDS - performance.now();
        // What is asked for in the same turn goes out together.
        if (pause <= 0)
            queueMicrotask(go);
        else
            setTimeout(go, pause);
    }
    function dispatch() {
        sent = performance.now();
        while (taken < queue.length) {
            const thread = chooseThread();
            if (thread === undefined)
                return;
            order(thread);
        }
        queue.length = 0;
        taken = 0;
    }
    /** The idlest thread that can take an order; a new one rather than one that is at work. */
    function chooseThread() {
        let idlest;
        for (const thread of threads) {
            if (idlest === undefined || thread.orders.size < idlest.orders.size)
                idlest = thread;
        }
        if ((idlest === undefined || idlest.orders.size > 0) && threads.size < most)
            return start();
        return idlest !== undefined && idlest.orders.size < ORDERS_AT_ONCE ? idlest : undefined;
    }
    function order(thread) {
        const share = Math.ceil((queue.length - taken) / (most * ORDERS_AT_ONCE));
        const jobs = queue.slice(taken, taken + Math.min(share, FILES_PER_ORDER));
        taken += jobs.length;
        const message = {
            batch: ++batches,
            files: jobs.map(({ file, algorithms }) => ({ file, algorithms })),
        };
        thread.orders.set(message.batch, jobs);
        thread.worker.ref();
        thread.worker.postMessage(message);
    }
    function start() {
        const thread = { worker: new node_worker_threads__WEBPACK_IMPORTED_MODULE_2__.Worker(url), orders: new Map() };
        threads.add(thread);
        thread.worker.on('message', (answer) => {
            const jobs = thread.orders.get(answer.batch) ?? [];
            thread.orders.delete(answer.batch);
            if (thread.orders.size === 0)
                thread.worker.unref();
            // The next order first: the thread works while this one goes through the answers.
            if (queue.length - taken >= ENOUGH_TO_GO)
                dispatch();
            else if (taken < queue.length)
                schedule();
            for (const [index, job] of jobs.entries())
                settle(job, answer.results[index]);
        });
        thread.worker.on('error', (error) => fail(thread, error));
        thread.worker.on('exit', () => fail(thread, new Error('the hashing thread ended')));
        return thread;
    }
    function fail(thread, cause) {
        if (!threads.delete(thread))
            return;
        for (const job of [...thread.orders.values()].flat()) {
            job.reject(new _error_js__WEBPACK_IMPORTED_MODULE_3__/* .TfcacheError */ .TM('failed', 'The hashing thread ended before its work was done.', {
                where: job.file,
                found: cause.message,
                hint: closed
                    ? 'The run was stopped; run again.'
                    : 'If the machine is short of memory, give the job more; otherwise please report this.',
                cause,
            }));
        }
        if (!closed)
            dispatch();
    }
    return {
        digest(file, algorithms = []) {
            if (closed) {
                const error = new _error_js__WEBPACK_IMPORTED_MODULE_3__/* .TfcacheError */ .TM('failed', 'The hash pool is closed.', { where: file });
                return Promise.reject(error);
            }
            return new Promise((resolve, reject) => {
                queue.push({ file, algorithms, resolve, reject });
                schedule();
            });
        },
        async close() {
            closed = true;
            for (const job of queue.splice(0).slice(taken)) {
                job.reject(new _error_js__WEBPACK_IMPORTED_MODULE_3__/* .TfcacheError */ .TM('failed', 'The hash pool was closed.', { where: job.file }));
            }
            taken = 0;
            await Promise.all([...threads].map((thread) => thread.worker.terminate()));
        },
    };
}
function settle(job, result) {
    if (result === undefined) {
        job.reject(new _error_js__WEBPACK_IMPORTED_MODULE_3__/* .TfcacheError */ .TM('failed', 'The hashing thread gave no answer.', { where: job.file }));
    }
    else if ('sha256' in result) {
        job.resolve(result);
    }
    else {
        job.reject(describeFailure(job.file, result));
    }
}
function describeFailure(file, { message, code }) {
    if (code === 'CHANGED') {
        return new _error_js__WEBPACK_IMPORTED_MODULE_3__/* .TfcacheError */ .TM('integrity', 'A file changed while it was read.', {
            where: file,
            hint: 'Something else writes to it. Run again; if it happens again, find out what that is.',
        });
    }
    return (0,_file_error_js__WEBPACK_IMPORTED_MODULE_4__/* .fileError */ .z)('read a file to verify it', file, Object.assign(new Error(message), { code }));
}


/***/ })

};
