export const id = 706;
export const ids = [706];
export const modules = {

/***/ 706:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  takeStaging: () => (/* binding */ takeStaging)
});

// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(7598);
// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __webpack_require__(3024);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
// EXTERNAL MODULE: ./build/store/file-error.js
var file_error = __webpack_require__(3009);
// EXTERNAL MODULE: ./build/store/make-folders.js
var make_folders = __webpack_require__(8946);
// EXTERNAL MODULE: external "node:timers/promises"
var promises_ = __webpack_require__(8500);
// EXTERNAL MODULE: external "node:os"
var external_node_os_ = __webpack_require__(8161);
;// CONCATENATED MODULE: ./build/store/process-identity.js



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
        if ((0,file_error/* errorCode */.C)(error) === 'ESRCH')
            return 'dead';
        if ((0,file_error/* errorCode */.C)(error) !== 'EPERM')
            return 'unknown';
    }
    const started = startOf(other.pid);
    if (other.started === '' || started === undefined)
        return 'unknown';
    return started === other.started ? 'alive' : 'dead';
}
function currentRealm() {
    const boot = read(() => (0,external_node_fs_.readFileSync)('/proc/sys/kernel/random/boot_id', 'utf8').trim());
    const pids = read(() => (0,external_node_fs_.readlinkSync)('/proc/self/ns/pid'));
    return [(0,external_node_os_.hostname)(), boot ?? '', pids ?? ''].join(' ');
}
/** Field 22 of /proc/PID/stat (man 5 proc), clock ticks since boot; a zombie counts as gone. */
function startOf(pid) {
    const stat = read(() => (0,external_node_fs_.readFileSync)(`/proc/${pid}/stat`, 'utf8'));
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

;// CONCATENATED MODULE: ./build/store/ownership.js






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
    const self = currentProcess();
    const isStale = createStaleness(staleMs);
    let waited = false;
    try {
        (0,make_folders/* makeFolders */.w)(folder);
        for (;;) {
            const last = highestTurn(folder);
            if (last === 0 || isOver((0,external_node_path_.join)(folder, String(last)), isStale)) {
                const turn = last + 1;
                if (claim(folder, turn, self))
                    return hold(folder, turn, heartbeatMs);
                continue;
            }
            if (!waited)
                onWait();
            waited = true;
            await (0,promises_.setTimeout)(pollMs);
        }
    }
    catch (error) {
        throw (0,file_error/* fileError */.z)('take a turn in the store', folder, error);
    }
}
function highestTurn(folder) {
    return (0,external_node_fs_.readdirSync)(folder)
        .filter((name) => /^[1-9]\d{0,14}$/.test(name))
        .reduce((highest, name) => Math.max(highest, Number(name)), 0);
}
function isOver(file, isStale) {
    let text;
    try {
        text = (0,external_node_fs_.readFileSync)(file, 'utf8');
    }
    catch (error) {
        // A later turn has begun and swept this one away: look again, there is a higher one.
        if ((0,file_error/* errorCode */.C)(error) === 'ENOENT')
            return false;
        throw error;
    }
    if (text === RELEASED)
        return true;
    const owner = parseOwner(text);
    const liveness = owner === undefined ? 'unknown' : livenessOf(owner);
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
    const draft = (0,external_node_path_.join)(folder, `${self.pid}-${Math.random().toString(36).slice(2)}.draft`);
    const file = (0,external_node_path_.join)(folder, String(turn));
    (0,external_node_fs_.writeFileSync)(draft, `${self.pid}\n${self.started}\n${self.realm}\n`, { flag: 'wx' });
    try {
        linkOrCopy(draft, file);
    }
    catch (error) {
        // Another was first, or it is the owner already and has swept our draft away.
        if ((0,file_error/* errorCode */.C)(error) === 'EEXIST' || (0,file_error/* errorCode */.C)(error) === 'ENOENT')
            return false;
        throw error;
    }
    finally {
        (0,external_node_fs_.rmSync)(draft, { force: true });
    }
    // Ours may be a turn that was taken, released and swept away since we looked: a higher one tells.
    if (highestTurn(folder) !== turn) {
        (0,external_node_fs_.rmSync)(file, { force: true });
        return false;
    }
    for (const name of (0,external_node_fs_.readdirSync)(folder)) {
        if (name !== String(turn))
            (0,external_node_fs_.rmSync)((0,external_node_path_.join)(folder, name), { force: true });
    }
    return true;
}
function linkOrCopy(draft, file) {
    try {
        (0,external_node_fs_.linkSync)(draft, file);
    }
    catch (error) {
        // File systems without hard links. A copy is not made at once, but what is half written counts as not known.
        if (!['EPERM', 'ENOTSUP', 'ENOSYS', 'EMLINK'].includes((0,file_error/* errorCode */.C)(error) ?? ''))
            throw error;
        (0,external_node_fs_.copyFileSync)(draft, file, external_node_fs_.constants.COPYFILE_EXCL);
    }
}
function hold(folder, turn, heartbeatMs) {
    const file = (0,external_node_path_.join)(folder, String(turn));
    const heartbeat = setInterval(() => {
        try {
            (0,external_node_fs_.utimesSync)(file, new Date(), new Date());
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
            (0,external_node_fs_.writeFileSync)(draft, RELEASED);
            (0,external_node_fs_.renameSync)(draft, file);
        }
        catch (error) {
            // A folder that is gone has no owner; on a full disk our end frees it.
            if ((0,file_error/* errorCode */.C)(error) === 'ENOENT' || (0,file_error/* errorCode */.C)(error) === 'ENOSPC')
                return;
            throw (0,file_error/* fileError */.z)('give up a turn in the store', folder, error);
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
        const stats = (0,external_node_fs_.statSync)(file, { bigint: true, throwIfNoEntry: false });
        const now = `${file} ${stats?.mtimeNs}`;
        if (now !== seen) {
            seen = now;
            since = performance.now();
        }
        return performance.now() - since > staleMs;
    };
}

;// CONCATENATED MODULE: ./build/store/staging.js






/**
 * Waits for the staging folder of this name, and makes it if it is not there. What an earlier owner left in it stays,
 * whole files and rsync's partial ones, so that the next goes on from there.
 *
 * @param version the store's `v1` folder.
 * @param name anything; what cannot stand in a file name is replaced, and a digest keeps names apart.
 * @param onRelease called before another may own it.
 */
async function takeStaging(version, name, onWait, onRelease) {
    const slug = slugOf(name);
    const folder = (0,external_node_path_.join)(version, 'staging', slug);
    const ownership = await takeOwnership((0,external_node_path_.join)(version, 'owners', slug), onWait);
    try {
        (0,make_folders/* makeFolders */.w)(folder);
    }
    catch (error) {
        ownership.release();
        throw (0,file_error/* fileError */.z)('make a staging folder', folder, error);
    }
    let released = false;
    return {
        folder,
        async release() {
            if (released)
                return;
            released = true;
            try {
                onRelease();
                removeEmptyFolders(folder);
            }
            finally {
                ownership.release();
            }
        },
    };
}
/** Leaves every file where it is. */
function removeEmptyFolders(folder) {
    try {
        for (const entry of (0,external_node_fs_.readdirSync)(folder, { withFileTypes: true })) {
            if (entry.isDirectory())
                removeEmptyFolders((0,external_node_path_.join)(folder, entry.name));
        }
        (0,external_node_fs_.rmdirSync)(folder);
    }
    catch (error) {
        const code = (0,file_error/* errorCode */.C)(error) ?? '';
        if (!['ENOENT', 'ENOTEMPTY', 'EEXIST', 'EACCES', 'EPERM'].includes(code)) {
            throw (0,file_error/* fileError */.z)('tidy a staging folder', folder, error);
        }
    }
}
function slugOf(name) {
    const readable = name.replaceAll(/[^A-Za-z0-9]+/g, '-').slice(0, 40);
    return `${readable}-${(0,external_node_crypto_.createHash)('sha256').update(name).digest('hex').slice(0, 12)}`;
}


/***/ })

};
