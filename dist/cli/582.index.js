export const id = 582;
export const ids = [582,696];
export const modules = {

/***/ 9582:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   runLockCommand: () => (/* binding */ runLockCommand)
/* harmony export */ });
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(3024);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(6760);
/* harmony import */ var _error_js__WEBPACK_IMPORTED_MODULE_8__ = __webpack_require__(5602);
/* harmony import */ var _inputs_parse_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(6653);
/* harmony import */ var _lock_add_to_lock_js__WEBPACK_IMPORTED_MODULE_9__ = __webpack_require__(6315);
/* harmony import */ var _lock_compare_js__WEBPACK_IMPORTED_MODULE_10__ = __webpack_require__(7041);
/* harmony import */ var _lock_lock_js__WEBPACK_IMPORTED_MODULE_7__ = __webpack_require__(3340);
/* harmony import */ var _pull_pull_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(7047);
/* harmony import */ var _report_lines_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(8547);
/* harmony import */ var _finish_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(5630);
/* harmony import */ var _session_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(5601);











/**
 * `tfcache lock`: a pull with a new lock, which takes the old one's place only when all went well. What it fetches is
 * published only where the user asked for that.
 */
async function runLockCommand(line) {
    return (0,_session_js__WEBPACK_IMPORTED_MODULE_2__/* .inSession */ .C)(line, async ({ surroundings, context }) => {
        const raw = lockInputs((0,_session_js__WEBPACK_IMPORTED_MODULE_2__/* .withCliDefaults */ .F)(line), context);
        const inputs = (0,_inputs_parse_js__WEBPACK_IMPORTED_MODULE_3__/* .parseInputs */ .TL)(raw, context);
        const lockFile = refuseContradictions(inputs);
        const scratch = scratchBeside(inputs, context);
        const fresh = `${lockFile}.${process.pid}.new`;
        try {
            const path = line.inputs.path === undefined ? (0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(scratch, 'destination') : inputs.path;
            const result = await (0,_pull_pull_js__WEBPACK_IMPORTED_MODULE_4__/* .pull */ .a)({ ...inputs, path, lockFile: fresh }, surroundings);
            if (result.error === undefined)
                await replaceLock(lockFile, fresh, surroundings);
            const shown = line.inputs.path === undefined ? { ...result.report, path: '' } : result.report;
            return (0,_finish_js__WEBPACK_IMPORTED_MODULE_5__/* .finish */ .O)(line, { ...result, report: shown }, surroundings, () => (0,_report_lines_js__WEBPACK_IMPORTED_MODULE_6__/* .renderLines */ .E)(shown));
        }
        finally {
            (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.rmSync)(fresh, { force: true });
            (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.rmSync)(scratch, { recursive: true, force: true });
        }
    });
}
/** Without requests, those of the lock are resolved anew. */
function lockInputs(raw, context) {
    const written = raw['lock-file'] ?? 'tfcache.lock';
    if (raw.artifacts !== undefined)
        return { ...raw, 'lock-file': written };
    const lock = (0,_lock_lock_js__WEBPACK_IMPORTED_MODULE_7__/* .readLock */ .mF)((0,_inputs_parse_js__WEBPACK_IMPORTED_MODULE_3__/* .absolute */ .ys)(written, context));
    if (lock === undefined) {
        throw new _error_js__WEBPACK_IMPORTED_MODULE_8__/* .TfcacheError */ .TM('usage', 'Nothing was asked for, and there is no lock yet.', {
            where: (0,_inputs_parse_js__WEBPACK_IMPORTED_MODULE_3__/* .absolute */ .ys)(written, context),
            hint: "Name what to lock: tfcache lock 'wheel:tensorflow-cpu~=2.15.0' --mirrors rsync://…",
        });
    }
    const requests = lock.artifacts.map((artifact) => artifact.request);
    return { ...raw, 'lock-file': written, artifacts: requests.join('\n') };
}
/** Says what changes: a file that has other bytes under the same name is something to look at. */
async function replaceLock(lockFile, fresh, { log, signal }) {
    const after = (0,_lock_lock_js__WEBPACK_IMPORTED_MODULE_7__/* .readLock */ .mF)(fresh) ?? _lock_lock_js__WEBPACK_IMPORTED_MODULE_7__/* .EMPTY_LOCK */ .U5;
    let changes = [];
    await (0,_lock_add_to_lock_js__WEBPACK_IMPORTED_MODULE_9__/* .changeLock */ .c)(lockFile, signal, () => {
        changes = (0,_lock_compare_js__WEBPACK_IMPORTED_MODULE_10__/* .compareLock */ .h)((0,_lock_lock_js__WEBPACK_IMPORTED_MODULE_7__/* .readLock */ .mF)(lockFile) ?? _lock_lock_js__WEBPACK_IMPORTED_MODULE_7__/* .EMPTY_LOCK */ .U5, after);
        return after;
    });
    for (const change of changes)
        log.info(change);
    log.info(changes.length === 0 ? `${lockFile} is unchanged.` : `Locked in ${lockFile}.`);
}
function refuseContradictions({ lockFile, frozen, lookupOnly, offline }) {
    const contradiction = frozen ? 'frozen' : lookupOnly ? 'lookup-only' : offline ? 'offline' : '';
    if (contradiction === '' && lockFile !== undefined)
        return lockFile;
    throw new _error_js__WEBPACK_IMPORTED_MODULE_8__/* .TfcacheError */ .TM('usage', `tfcache lock and --${contradiction} exclude each other.`, {
        where: 'command line',
        hint: contradiction === 'lookup-only'
            ? 'tfcache plan says what there is without fetching it.'
            : `Leave out --${contradiction}: a lock is written from what a mirror has.`,
    });
}
/** A folder to publish into for nobody: on the file system of the store, so that links cost nothing. */
function scratchBeside({ store }, { temporary }) {
    const beside = store.lifetime === 'persistent' ? (0,node_path__WEBPACK_IMPORTED_MODULE_1__.dirname)(store.folder) : temporary;
    (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.mkdirSync)(beside, { recursive: true });
    return (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.mkdtempSync)((0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(beside, '.tfcache-lock-'));
}


/***/ }),

/***/ 6315:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  addToLock: () => (/* binding */ addToLock),
  c: () => (/* binding */ changeLock)
});

// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
// EXTERNAL MODULE: ./build/error.js
var error = __webpack_require__(5602);
// EXTERNAL MODULE: ./build/store/file-error.js
var file_error = __webpack_require__(3009);
// EXTERNAL MODULE: ./build/store/make-folders.js
var make_folders = __webpack_require__(8946);
// EXTERNAL MODULE: ./build/lock/compare.js
var compare = __webpack_require__(7041);
// EXTERNAL MODULE: ./build/lock/lock.js + 3 modules
var lock = __webpack_require__(3340);
// EXTERNAL MODULE: ./build/lock/replace-file.js
var replace_file = __webpack_require__(6957);
// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(7598);
// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __webpack_require__(3024);
// EXTERNAL MODULE: external "node:timers/promises"
var promises_ = __webpack_require__(8500);
// EXTERNAL MODULE: ./build/store/process-identity.js
var process_identity = __webpack_require__(2762);
;// CONCATENATED MODULE: ./build/lock/turn.js






const DEFAULTS = { pollMs: 20, staleMs: 15_000, patienceMs: 60_000 };
/**
 * Waits until this run may write `lockFile`.
 *
 * A file `LOCK.turn` beside it, made exclusively (open(2), `O_EXCL`, which follows no link), names the process whose turn it
 * is; it is gone afterwards, so that nothing is left in the user's repository. It stands beside the lock and not in a folder
 * for temporary files, because whoever shares the lock shares its folder: other users, containers and machines too. The turn
 * of a run that was killed is taken away at once when its process can be seen to be gone.
 *
 * @param lockFile where the lock really is; its folder is there.
 * @throws TfcacheError `failed` when it cannot be made, or another run keeps it; the signal's reason when it is aborted.
 */
async function takeTurn(lockFile, signal, options = {}) {
    const { pollMs, staleMs, patienceMs } = { ...DEFAULTS, ...options };
    const file = `${lockFile}.turn`;
    const { pid, started, realm } = (0,process_identity/* currentProcess */.D)();
    const mine = `${[pid, started, realm, (0,external_node_crypto_.randomUUID)()].join('\n')}\n`;
    const began = performance.now();
    let seen = '';
    let since = began;
    try {
        while (!claim(file, mine)) {
            const owner = read(file);
            if (owner === undefined)
                continue;
            const now = performance.now();
            if (owner !== seen)
                [seen, since] = [owner, now];
            const liveness = livenessOfOwner(owner);
            if (liveness === 'dead' || (liveness === 'unknown' && now - since > staleMs)) {
                takeAway(file, owner);
                continue;
            }
            if (now - began > patienceMs)
                throw keptByAnother(file, owner);
            await (0,promises_.setTimeout)(pollMs, undefined, { signal });
        }
    }
    catch (error) {
        signal.throwIfAborted();
        throw (0,file_error/* fileError */.z)('take a turn at writing the lock file', file, error);
    }
    const held = () => read(file) === mine;
    return {
        held,
        release() {
            if (held())
                (0,external_node_fs_.rmSync)(file, { force: true });
        },
    };
}
function claim(file, text) {
    try {
        (0,external_node_fs_.writeFileSync)(file, text, { flag: 'wx' });
        return true;
    }
    catch (error) {
        if ((0,file_error/* errorCode */.C)(error) === 'EEXIST')
            return false;
        throw error;
    }
}
/** Undefined when nobody has a turn. */
function read(file) {
    try {
        return (0,external_node_fs_.readFileSync)(file, 'utf8');
    }
    catch (error) {
        if ((0,file_error/* errorCode */.C)(error) === 'ENOENT')
            return undefined;
        throw error;
    }
}
/** Pid, start and realm on a line each; half written it belongs to someone who cannot be told. */
function livenessOfOwner(text) {
    const owner = parseOwner(text);
    return owner === undefined ? 'unknown' : (0,process_identity/* livenessOf */.l)(owner);
}
function parseOwner(text) {
    const [pid = '', started, realm, turn] = text.split('\n');
    if (!/^[1-9]\d{0,9}$/.test(pid) || turn === undefined)
        return undefined;
    return started === undefined || realm === undefined
        ? undefined
        : { pid: Number(pid), started, realm };
}
/** Renaming it aside tells whose turn was taken: one that began since we looked is given back. */
function takeAway(file, dead) {
    const aside = `${file}.${(0,external_node_crypto_.randomUUID)()}`;
    try {
        (0,external_node_fs_.renameSync)(file, aside);
        if ((0,external_node_fs_.readFileSync)(aside, 'utf8') !== dead)
            (0,external_node_fs_.linkSync)(aside, file);
    }
    catch (error) {
        // Gone: another run took it away first. Taken again: its owner sees that it is not held any more, and starts over.
        if ((0,file_error/* errorCode */.C)(error) !== 'ENOENT' && (0,file_error/* errorCode */.C)(error) !== 'EEXIST')
            throw error;
    }
    finally {
        (0,external_node_fs_.rmSync)(aside, { force: true });
    }
}
function keptByAnother(file, owner) {
    const process = parseOwner(owner);
    return new error/* TfcacheError */.TM('failed', 'Another run keeps the lock file to itself.', {
        where: file,
        found: process === undefined ? 'a file that does not say whose it is' : `process ${process.pid}`,
        hint: 'Look whether that process hangs, and end it. If it is no run of tfcache, remove the file and run again.',
    });
}

;// CONCATENATED MODULE: ./build/lock/add-to-lock.js








/**
 * Adds entries to a lock as it is now, not as it was when this run began: several runs may share one, and what others
 * added meanwhile stays. Its folder is made when it is not there.
 *
 * @throws TfcacheError `integrity` when another run meanwhile locked one of these with other bytes; `usage` when the lock
 *   cannot be understood any more; `failed` or `no-space` when it cannot be written.
 */
async function addToLock(file, added, signal) {
    await changeLock(file, signal, () => {
        let next = (0,lock/* readLock */.mF)(file) ?? lock/* EMPTY_LOCK */.U5;
        for (const artifact of added) {
            const other = (0,lock/* findArtifact */.Kc)(next, artifact.id);
            if (other === undefined)
                next = (0,lock/* withArtifact */.rk)(next, artifact);
            else
                refuseOther(file, other, artifact);
        }
        return next;
    });
}
/**
 * Writes a lock while no other run does.
 *
 * @param change gives what is to be written; called anew when this run was taken for dead meanwhile.
 */
async function changeLock(file, signal, change) {
    const target = (0,replace_file/* resolveLink */.n)(file);
    try {
        (0,make_folders/* makeFolders */.w)((0,external_node_path_.dirname)(target));
    }
    catch (error) {
        throw (0,file_error/* fileError */.z)('make the folder of the lock file', (0,external_node_path_.dirname)(target), error);
    }
    for (;;) {
        const turn = await takeTurn(target, signal);
        try {
            const next = change();
            if (!turn.held())
                continue;
            (0,lock/* writeLock */.be)(file, next);
            return;
        }
        finally {
            turn.release();
        }
    }
}
function refuseOther(file, theirs, ours) {
    const differences = (0,compare/* compareArtifact */.K)(theirs, ours);
    if (differences.length === 0)
        return;
    const shown = differences.slice(0, 5).join('\n            ');
    const more = differences.length - 5;
    throw new error/* TfcacheError */.TM('integrity', `Another run locked ${ours.id} meanwhile, and not with the bytes that this run found.`, {
        where: file,
        expected: 'what the other run locked, which stays in the lock',
        found: more > 0 ? `${shown}\n            and ${more} more` : shown,
        hint: 'The mirror changed between the two runs, or they used different mirrors. Run again: this run is then held to the lock. If that fails, find out which of the two is right.',
    });
}


/***/ }),

/***/ 7041:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   K: () => (/* binding */ compareArtifact),
/* harmony export */   h: () => (/* binding */ compareLock)
/* harmony export */ });
/* harmony import */ var _file_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(6480);

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
/** As {@link compareLock}, for one artifact. */
function compareArtifact(old, now) {
    const lines = old.version === now.version
        ? []
        : [`~ ${now.id}: version ${old.version ?? 'none'} became ${now.version ?? 'none'}`];
    const was = new Map(old.files.map((file) => [(0,_file_js__WEBPACK_IMPORTED_MODULE_0__/* .fileKey */ .w)(file), file]));
    const is = new Map(now.files.map((file) => [(0,_file_js__WEBPACK_IMPORTED_MODULE_0__/* .fileKey */ .w)(file), file]));
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


/***/ })

};
