export const id = 15;
export const ids = [15];
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

/***/ 15:
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
// EXTERNAL MODULE: ./build/store/open-store.js + 7 modules
var open_store = __webpack_require__(1535);
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
        Promise.resolve(/* import() */).then(__webpack_require__.bind(__webpack_require__, 8627)),
    ]);
    return createS3Cache({ location: parseS3Location(cache), keyPrefix, environment, log });
}

// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __webpack_require__(3024);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
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
    const store = (0,open_store/* openStore */.Ch)(work.store, { log: surroundings.log });
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


/***/ })

};
