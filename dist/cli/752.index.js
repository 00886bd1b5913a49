export const id = 752;
export const ids = [752];
export const modules = {

/***/ 4752:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  runLockCommand: () => (/* binding */ runLockCommand)
});

// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __webpack_require__(3024);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
// EXTERNAL MODULE: ./build/error.js
var error = __webpack_require__(5602);
// EXTERNAL MODULE: ./build/inputs/parse.js + 5 modules
var parse = __webpack_require__(7273);
// EXTERNAL MODULE: ./build/file.js
var build_file = __webpack_require__(6480);
;// CONCATENATED MODULE: ./build/lock/compare.js

/**
 * How one lock differs from another, a line a difference, for people: `+` is only in the new one, `-` only in the old one,
 * `~` differs. Empty when they say the same. What is told apart is what a run is held to, not titles or the way a request was
 * written.
 */
function compareLock(before, after) {
    const was = new Map(before.artifacts.map((artifact) => [artifact.id, artifact]));
    const is = new Map(after.artifacts.map((artifact) => [artifact.id, artifact]));
    const ids = [...new Set([...was.keys(), ...is.keys()])].sort();
    return ids.flatMap((id) => {
        const [old, now] = [was.get(id), is.get(id)];
        if (old === undefined)
            return now === undefined ? [] : [`+ ${id}: ${summarise(now)}`];
        if (now === undefined)
            return [`- ${id}: ${summarise(old)}`];
        return compareArtifact(old, now);
    });
}
function compareArtifact(old, now) {
    const lines = old.version === now.version
        ? []
        : [`~ ${now.id}: version ${old.version ?? 'none'} became ${now.version ?? 'none'}`];
    const was = new Map(old.files.map((file) => [(0,build_file/* fileKey */.w)(file), file]));
    const is = new Map(now.files.map((file) => [(0,build_file/* fileKey */.w)(file), file]));
    for (const [key, file] of was) {
        const other = is.get(key);
        if (other === undefined)
            lines.push(`- ${now.id}: ${nameOf(file)}`);
        else if (other.sha256 !== file.sha256) {
            lines.push(`~ ${now.id}: ${nameOf(file)}: sha256 ${file.sha256} (${file.size} bytes) became ${other.sha256} (${other.size} bytes)`);
        }
    }
    for (const [key, file] of is)
        if (!was.has(key))
            lines.push(`+ ${now.id}: ${nameOf(file)}`);
    return lines;
}
function summarise({ title, files }) {
    return `${title}, ${files.length} ${files.length === 1 ? 'file' : 'files'}`;
}
function nameOf({ bucket, path }) {
    return bucket === 'tensorflow' ? path : `@${bucket}/${path}`;
}

// EXTERNAL MODULE: ./build/lock/lock.js + 4 modules
var lock_lock = __webpack_require__(9751);
// EXTERNAL MODULE: ./build/pull/pull.js + 21 modules
var pull = __webpack_require__(655);
// EXTERNAL MODULE: ./build/report/lines.js + 1 modules
var lines = __webpack_require__(8547);
// EXTERNAL MODULE: ./build/cli/finish.js
var finish = __webpack_require__(5630);
// EXTERNAL MODULE: ./build/cli/session.js + 5 modules
var session = __webpack_require__(5601);
;// CONCATENATED MODULE: ./build/cli/lock.js










/**
 * `tfcache lock`: a pull with a new lock, which takes the old one's place only when all went well. What it fetches is
 * published only where the user asked for that.
 */
async function runLockCommand(line) {
    return (0,session/* inSession */.C)(line, async ({ surroundings, context }) => {
        const raw = lockInputs((0,session/* withCliDefaults */.F)(line), context);
        const inputs = (0,parse/* parseInputs */.TL)(raw, context);
        const lockFile = refuseContradictions(inputs);
        const scratch = scratchBeside(inputs, context);
        const fresh = `${lockFile}.${process.pid}.new`;
        try {
            const path = line.inputs.path === undefined ? (0,external_node_path_.join)(scratch, 'destination') : inputs.path;
            const result = await (0,pull/* pull */.a)({ ...inputs, path, lockFile: fresh }, surroundings);
            if (result.error === undefined)
                replaceLock(lockFile, fresh, surroundings.log);
            const shown = line.inputs.path === undefined ? { ...result.report, path: '' } : result.report;
            return (0,finish/* finish */.O)(line, { ...result, report: shown }, surroundings, () => (0,lines/* renderLines */.E)(shown));
        }
        finally {
            (0,external_node_fs_.rmSync)(fresh, { force: true });
            (0,external_node_fs_.rmSync)(scratch, { recursive: true, force: true });
        }
    });
}
/** Without requests, those of the lock are resolved anew. */
function lockInputs(raw, context) {
    const written = raw['lock-file'] ?? 'tfcache.lock';
    if (raw.artifacts !== undefined)
        return { ...raw, 'lock-file': written };
    const lock = (0,lock_lock/* readLock */.mF)((0,parse/* absolute */.ys)(written, context));
    if (lock === undefined) {
        throw new error/* TfcacheError */.TM('usage', 'Nothing was asked for, and there is no lock yet.', {
            where: (0,parse/* absolute */.ys)(written, context),
            hint: "Name what to lock: tfcache lock 'wheel:tensorflow-cpu~=2.15.0' --mirrors rsync://…",
        });
    }
    const requests = lock.artifacts.map((artifact) => artifact.request);
    return { ...raw, 'lock-file': written, artifacts: requests.join('\n') };
}
/** Says what changes: a file that has other bytes under the same name is something to look at. */
function replaceLock(lockFile, fresh, log) {
    const before = (0,lock_lock/* readLock */.mF)(lockFile) ?? lock_lock/* EMPTY_LOCK */.U5;
    const changes = compareLock(before, (0,lock_lock/* readLock */.mF)(fresh) ?? lock_lock/* EMPTY_LOCK */.U5);
    (0,external_node_fs_.renameSync)(fresh, lockFile);
    for (const change of changes)
        log.info(change);
    log.info(changes.length === 0 ? `${lockFile} is unchanged.` : `Locked in ${lockFile}.`);
}
function refuseContradictions({ lockFile, frozen, lookupOnly, offline }) {
    const contradiction = frozen ? 'frozen' : lookupOnly ? 'lookup-only' : offline ? 'offline' : '';
    if (contradiction === '' && lockFile !== undefined)
        return lockFile;
    throw new error/* TfcacheError */.TM('usage', `tfcache lock and --${contradiction} exclude each other.`, {
        where: 'command line',
        hint: contradiction === 'lookup-only'
            ? 'tfcache plan says what there is without fetching it.'
            : `Leave out --${contradiction}: a lock is written from what a mirror has.`,
    });
}
/** A folder to publish into for nobody: on the file system of the store, so that links cost nothing. */
function scratchBeside({ store }, { temporary }) {
    const beside = store.lifetime === 'persistent' ? (0,external_node_path_.dirname)(store.folder) : temporary;
    (0,external_node_fs_.mkdirSync)(beside, { recursive: true });
    return (0,external_node_fs_.mkdtempSync)((0,external_node_path_.join)(beside, '.tfcache-lock-'));
}


/***/ })

};
