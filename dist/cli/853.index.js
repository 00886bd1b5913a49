export const id = 853;
export const ids = [853];
export const modules = {

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


/***/ }),

/***/ 8077:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   L: () => (/* binding */ listObjects),
/* harmony export */   e6: () => (/* binding */ totalOf),
/* harmony export */   wX: () => (/* binding */ namesIn)
/* harmony export */ });
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(3024);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(6760);
/* harmony import */ var node_timers_promises__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(8500);
/* harmony import */ var _file_error_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(3009);
/* harmony import */ var _object_name_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(8755);





/** Every object, by its name alone: one read a folder, no look at a file. */
async function listObjects(version) {
    const root = (0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(version, 'objects');
    const objects = [];
    const strangers = [];
    for (const folder of namesIn(root)) {
        const path = (0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(root, folder);
        if (!/^[0-3][0-9a-f]$/.test(folder)) {
            strangers.push(path);
            continue;
        }
        for (const name of namesIn(path)) {
            const parsed = (0,_object_name_js__WEBPACK_IMPORTED_MODULE_3__/* .parseObjectName */ .ye)(name);
            const file = (0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(path, name);
            if (parsed === undefined)
                strangers.push(file);
            else
                objects.push({ path: file, name, sha256: parsed.sha256, size: parsed.size });
        }
        await (0,node_timers_promises__WEBPACK_IMPORTED_MODULE_2__.setImmediate)();
    }
    return { objects, strangers };
}
/** Files below a folder and their bytes; none when there is no such folder. */
function totalOf(folder) {
    const total = { files: 0, bytes: 0 };
    for (const name of namesIn(folder)) {
        const path = (0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(folder, name);
        const stats = (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.lstatSync)(path, { throwIfNoEntry: false });
        if (stats === undefined)
            continue;
        if (stats.isDirectory()) {
            const inside = totalOf(path);
            total.files += inside.files;
            total.bytes += inside.bytes;
        }
        else {
            total.files += 1;
            total.bytes += stats.size;
        }
    }
    return total;
}
/** The names in a folder; none when there is no such folder. */
function namesIn(folder) {
    try {
        return (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.readdirSync)(folder);
    }
    catch (error) {
        if ((0,_file_error_js__WEBPACK_IMPORTED_MODULE_4__/* .errorCode */ .C)(error) === 'ENOENT' || (0,_file_error_js__WEBPACK_IMPORTED_MODULE_4__/* .errorCode */ .C)(error) === 'ENOTDIR')
            return [];
        throw error;
    }
}


/***/ }),

/***/ 7853:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   verifyStore: () => (/* binding */ verifyStore)
/* harmony export */ });
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(3024);
/* harmony import */ var node_os__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(8161);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(6760);
/* harmony import */ var _error_js__WEBPACK_IMPORTED_MODULE_9__ = __webpack_require__(5602);
/* harmony import */ var _file_error_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(3009);
/* harmony import */ var _hash_pool_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(1263);
/* harmony import */ var _index_log_js__WEBPACK_IMPORTED_MODULE_11__ = __webpack_require__(9257);
/* harmony import */ var _make_folders_js__WEBPACK_IMPORTED_MODULE_10__ = __webpack_require__(8946);
/* harmony import */ var _object_name_js__WEBPACK_IMPORTED_MODULE_7__ = __webpack_require__(8755);
/* harmony import */ var _objects_js__WEBPACK_IMPORTED_MODULE_8__ = __webpack_require__(8696);
/* harmony import */ var _open_store_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(2604);
/* harmony import */ var _path_index_js__WEBPACK_IMPORTED_MODULE_12__ = __webpack_require__(5554);
/* harmony import */ var _scan_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(8077);













/** Objects handed to the threads at once: enough that none waits, few enough that a million are not all in memory. */
const AT_ONCE = 512;
/**
 * Reads every object and holds it to its sha256, takes what is wrong out of the store, and repairs the index. May be killed
 * at any moment, and run beside any number of pulls and clean-ups.
 *
 * @throws TfcacheError when the store cannot be read or written, or the signal is aborted.
 */
async function verifyStore(folder, options) {
    const version = (0,node_path__WEBPACK_IMPORTED_MODULE_2__.join)(folder, _open_store_js__WEBPACK_IMPORTED_MODULE_3__/* .VERSION */ .xv);
    const pool = (0,_hash_pool_js__WEBPACK_IMPORTED_MODULE_4__/* .createHashPool */ .X)({ threads: options.threads ?? (0,node_os__WEBPACK_IMPORTED_MODULE_1__.availableParallelism)() });
    const { progress, signal } = options;
    try {
        const { objects, strangers } = await (0,_scan_js__WEBPACK_IMPORTED_MODULE_5__/* .listObjects */ .L)(version);
        const result = {
            sound: { objects: 0, bytes: 0 },
            healed: 0,
            wrong: strangers.flatMap((path) => quarantine(version, path, 'it is no object of the store') ?? []),
            gone: 0,
            index: { lines: 0, damaged: 0, repeated: 0, rewritten: false },
        };
        progress.begin('Verifying the store', {
            files: objects.length,
            bytes: objects.reduce((sum, { size }) => sum + size, 0),
        });
        for (let first = 0; first < objects.length; first += AT_ONCE) {
            signal.throwIfAborted();
            const batch = objects.slice(first, first + AT_ONCE);
            await Promise.all(batch.map((object) => verify(object, version, pool, result, progress)));
        }
        await repairIndex(version, result.index);
        return result;
    }
    catch (error) {
        throw (0,_file_error_js__WEBPACK_IMPORTED_MODULE_6__/* .fileError */ .z)('verify the store', folder, error);
    }
    finally {
        progress.end();
        await pool.close();
    }
}
async function verify(object, version, pool, result, progress) {
    const problem = await problemOf(object, pool);
    progress.advance({ files: 1, bytes: object.size });
    if (problem === 'gone') {
        result.gone += 1;
    }
    else if (problem !== undefined) {
        const wrong = quarantine(version, object.path, problem);
        if (wrong === undefined)
            result.gone += 1;
        else
            result.wrong.push(wrong);
    }
    else {
        result.sound.objects += 1;
        result.sound.bytes += object.size;
        if (heal(object))
            result.healed += 1;
    }
}
/** Undefined when the object has the bytes it must have. */
async function problemOf({ path, name, sha256 }, pool) {
    const stats = (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.lstatSync)(path, { bigint: true, throwIfNoEntry: false });
    if (stats === undefined)
        return 'gone';
    if (!stats.isFile() || stats.size !== BigInt((0,_object_name_js__WEBPACK_IMPORTED_MODULE_7__/* .recordOfObject */ .mp)(path)?.size ?? -1)) {
        return (0,_objects_js__WEBPACK_IMPORTED_MODULE_8__/* .describeChange */ .u)(name, stats);
    }
    try {
        const digest = await pool.digest(path);
        if (digest.sha256 === sha256)
            return undefined;
        const unchanged = (0,_object_name_js__WEBPACK_IMPORTED_MODULE_7__/* .formatObjectName */ .UC)(sha256, stats) === name;
        return unchanged
            ? `its bytes changed on the disk (sha256 ${digest.sha256}), though nothing was written to it`
            : (0,_objects_js__WEBPACK_IMPORTED_MODULE_8__/* .describeChange */ .u)(name, stats);
    }
    catch (error) {
        if (!(0,node_fs__WEBPACK_IMPORTED_MODULE_0__.existsSync)(path))
            return 'gone';
        if (!(error instanceof _error_js__WEBPACK_IMPORTED_MODULE_9__/* .TfcacheError */ .TM))
            throw error;
        const code = (0,_file_error_js__WEBPACK_IMPORTED_MODULE_6__/* .errorCode */ .C)(error.cause);
        if (error.code === 'integrity')
            return 'it changed while it was read';
        if (code === 'EIO')
            return 'the disk cannot read it';
        throw error;
    }
}
/** Touched, restored from a backup or moved to another file system: the name says what the file system says now. */
function heal({ path, name, sha256 }) {
    const stats = (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.lstatSync)(path, { bigint: true, throwIfNoEntry: false });
    if (stats === undefined)
        return false;
    const right = (0,_object_name_js__WEBPACK_IMPORTED_MODULE_7__/* .formatObjectName */ .UC)(sha256, stats);
    if (right === name)
        return false;
    try {
        (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.renameSync)(path, (0,node_path__WEBPACK_IMPORTED_MODULE_2__.join)(path, '..', right));
        return true;
    }
    catch (error) {
        if ((0,_file_error_js__WEBPACK_IMPORTED_MODULE_6__/* .errorCode */ .C)(error) === 'ENOENT')
            return false;
        throw error;
    }
}
/** Undefined when another process took it away first. */
function quarantine(version, path, problem) {
    const name = path.slice(path.lastIndexOf('/') + 1);
    const quarantined = (0,node_path__WEBPACK_IMPORTED_MODULE_2__.join)(version, 'quarantine', name);
    const stats = (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.lstatSync)(path, { bigint: true, throwIfNoEntry: false });
    if (stats === undefined)
        return undefined;
    try {
        (0,_make_folders_js__WEBPACK_IMPORTED_MODULE_10__/* .makeFolders */ .w)((0,node_path__WEBPACK_IMPORTED_MODULE_2__.join)(version, 'quarantine'));
        (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.renameSync)(path, quarantined);
        return { object: path, quarantined, problem, ino: String(stats.ino) };
    }
    catch (error) {
        if ((0,_file_error_js__WEBPACK_IMPORTED_MODULE_6__/* .errorCode */ .C)(error) === 'ENOENT')
            return undefined;
        throw error;
    }
}
async function repairIndex(version, total) {
    for (const name of (0,_scan_js__WEBPACK_IMPORTED_MODULE_5__/* .namesIn */ .wX)((0,node_path__WEBPACK_IMPORTED_MODULE_2__.join)(version, 'index'))) {
        if (!/^[0-9a-f]{2}$/.test(name))
            continue;
        const checked = await (0,_index_log_js__WEBPACK_IMPORTED_MODULE_11__/* .repairLog */ .O3)((0,node_path__WEBPACK_IMPORTED_MODULE_2__.join)(version, 'index', name), _path_index_js__WEBPACK_IMPORTED_MODULE_12__/* .DIGEST_LENGTH */ .O);
        total.lines += checked.lines;
        total.damaged += checked.damaged;
        total.repeated += checked.repeated;
        total.rewritten ||= checked.rewritten;
    }
}


/***/ })

};
