export const id = 634;
export const ids = [634];
export const modules = {

/***/ 9634:
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
// EXTERNAL MODULE: ./build/store/open-store.js
var open_store = __webpack_require__(2604);
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

// EXTERNAL MODULE: ./build/pull/cache.js
var pull_cache = __webpack_require__(5948);
// EXTERNAL MODULE: ./build/pull/empty-folder.js
var empty_folder = __webpack_require__(6280);
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
    const cache = await (0,pull_cache/* openCache */.b)(work, surroundings);
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
    (0,empty_folder/* emptyFolder */.i)(scratch);
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
