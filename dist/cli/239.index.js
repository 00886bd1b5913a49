export const id = 239;
export const ids = [239];
export const modules = {

/***/ 1239:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  createGithubCache: () => (/* binding */ createGithubCache)
});

// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(7598);
// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __webpack_require__(3024);
// EXTERNAL MODULE: external "node:os"
var external_node_os_ = __webpack_require__(8161);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
// EXTERNAL MODULE: external "node:timers/promises"
var promises_ = __webpack_require__(8500);
;// CONCATENATED MODULE: ./build/cache/github-environment.js
/** What a worker process may see of the job's environment: what the toolkit, Node, tar and zstd need; no other secret. */
const PASSED_ON = [
    'ACTIONS_CACHE_MODE',
    'ACTIONS_CACHE_SERVICE_V2',
    'ACTIONS_CACHE_URL',
    'ACTIONS_RESULTS_URL',
    'ACTIONS_RUNTIME_TOKEN',
    'GITHUB_SERVER_URL',
    'RUNNER_TRACKING_ID',
    'SEGMENT_DOWNLOAD_TIMEOUT_MINS',
    'PATH',
    'HOME',
    'TMPDIR',
    'HTTP_PROXY',
    'HTTPS_PROXY',
    'NO_PROXY',
    'NODE_EXTRA_CA_CERTS',
    'NODE_USE_SYSTEM_CA',
    'NODE_TLS_REJECT_UNAUTHORIZED',
    'SSL_CERT_FILE',
    'SSL_CERT_DIR',
    'COMSPEC',
    'PATHEXT',
    'PROGRAMFILES',
    'SYSTEMDRIVE',
    'SYSTEMROOT',
    'TEMP',
    'TMP',
    'USERPROFILE',
];
/** Most artifacts are compressed already: the fastest level loses nothing on them. Read by the `zstd` program. */
const ZSTD_LEVEL = '1';
/**
 * glibc keeps the memory of buffers for the next ones instead of giving it back and faulting it in anew: a tenth of the
 * time in the kernel. https://www.gnu.org/software/libc/manual/html_node/Malloc-Tunable-Parameters.html
 */
const KEEP_MEMORY = {
    MALLOC_TRIM_THRESHOLD_: String(128 * 1024 * 1024),
    MALLOC_MMAP_THRESHOLD_: String(32 * 1024 * 1024),
    MALLOC_TOP_PAD_: String(16 * 1024 * 1024),
};
/** The environment of a worker process. Variables that steer tar, zstd or Node (`TAR_OPTIONS`, `NODE_OPTIONS`, …) stay behind. */
function workerEnvironment(environment) {
    const known = new Set(PASSED_ON);
    const passed = Object.entries(environment).filter(([name]) => known.has(name.toUpperCase()));
    return { ...Object.fromEntries(passed), LC_ALL: 'C', ZSTD_CLEVEL: ZSTD_LEVEL, ...KEEP_MEMORY };
}
/**
 * Whether GitHub's cache can be used, as `@actions/cache` decides it (its `isFeatureAvailable` and cache modes), but
 * without loading it: that alone costs more than a warm run. The worker asks the toolkit itself once more.
 */
function availability(environment) {
    const isVersion2 = !isGithubServer(environment) && environment['ACTIONS_CACHE_SERVICE_V2'];
    const variable = isVersion2 ? 'ACTIONS_RESULTS_URL' : 'ACTIONS_CACHE_URL';
    if (!environment[variable]) {
        const reason = `no GitHub cache service is offered to this process (${variable} is not set)`;
        return { unreadable: reason, unwritable: reason };
    }
    if (!environment['ACTIONS_RUNTIME_TOKEN']) {
        const reason = 'the job has no token for the GitHub cache (ACTIONS_RUNTIME_TOKEN is not set)';
        return { unreadable: reason, unwritable: reason };
    }
    // https://github.blog/changelog: `cache-mode`; unknown modes permit everything, as in the toolkit.
    const mode = (environment['ACTIONS_CACHE_MODE'] ?? '').trim().toLowerCase();
    const reason = `the job's cache-mode is ${mode}`;
    return {
        unreadable: mode === 'none' || mode === 'write-only' ? reason : undefined,
        unwritable: mode === 'none' || mode === 'read' ? reason : undefined,
    };
}
/** GitHub Enterprise Server, which knows version 1 of the service alone. */
function isGithubServer(environment) {
    const url = environment['GITHUB_SERVER_URL'] || 'https://github.com';
    const host = URL.canParse(url) ? new URL(url).hostname.toUpperCase() : 'GITHUB.COM';
    return host !== 'GITHUB.COM' && !host.endsWith('.GHE.COM') && !host.endsWith('.LOCALHOST');
}

;// CONCATENATED MODULE: ./build/cache/github-verdict.js
/** Policies of the service, by the words its answers begin with (`@actions/cache`: CACHE_WRITE_DENIED_PREFIX, …). */
const DENIED = /cache (?:write|read) denied:.*/;
/** Set by the service when the same key, version and scope is there or being written. */
const ALREADY_THERE = /\(409\)|already exists/i;
const RATE_LIMITED = /rate limit(?:ed)?|\(429\)/i;
const UNREACHABLE = /failed to make request after|unable to make request: [A-Z]+/i;
const LOCAL_TROUBLE = /No space left|quota exceeded|Read-only file system|Permission denied|Operation not permitted|Cannot allocate|Input\/output error|failed: signal|Too many open/i;
/** The credentials are not taken: no other pack will fare better. */
const UNAUTHORIZED = /\(401\)|\(403\)/;
/**
 * Reads from what the toolkit printed why it returned -1 or undefined: it never throws for what goes wrong in the world.
 */
function judge(task, result) {
    if (result.error !== undefined)
        return { kind: 'failed', reason: result.error, down: false };
    if (task.operation === 'save')
        return judgeSave(result);
    if (result.matchedKey !== undefined)
        return { kind: 'done', matchedKey: result.matchedKey };
    const complaints = complaintsOf(result);
    const text = complaints.join('\n');
    const denied = DENIED.exec(text);
    if (denied !== null)
        return { kind: 'denied', reason: denied[0] };
    if (complaints.length === 0)
        return { kind: 'missing' };
    // Found, but evicted before it was fetched: the toolkit saves the error page as the archive and tar chokes on it.
    const gone = result.http.some(({ method, status }) => method !== 'POST' && (status === 404 || status === 410));
    if (gone)
        return { kind: 'missing' };
    return isBroken(text)
        ? { kind: 'broken', reason: summarize(complaints, result) }
        : failed(complaints, result);
}
/** Extracting failed, and not for want of room or rights on this machine. The toolkit has compared the length before. */
function isBroken(text) {
    return /tar(?:\.exe)?" failed with error/.test(text) && !LOCAL_TROUBLE.test(text);
}
function judgeSave(result) {
    if (result.saved)
        return { kind: 'done', matchedKey: undefined };
    const complaints = complaintsOf(result);
    const text = complaints.join('\n');
    const denied = DENIED.exec(text);
    if (denied !== null)
        return { kind: 'denied', reason: denied[0] };
    if (ALREADY_THERE.test(text))
        return { kind: 'already-there' };
    return failed(complaints, result);
}
function failed(complaints, result) {
    const reason = summarize(complaints, result);
    const down = [RATE_LIMITED, UNREACHABLE, UNAUTHORIZED].some((pattern) => pattern.test(reason));
    return { kind: 'failed', reason, down };
}
/** Warnings and errors of the toolkit, what it hides of a refused reservation in debug lines, and what tar said. */
function complaintsOf(result) {
    const complaints = result.lines.flatMap((line) => {
        const found = /^::(?:warning|error)[^:]*::(.*)$/.exec(line) ??
            /^::debug::(Failed to reserve cache: .*)$/.exec(line) ??
            /^(Failed to save: .*)$/.exec(line) ??
            /^(?:\S*\/)?((?:tar|gtar|zstd|unzstd|gzip): .*)$/.exec(line);
        return found?.[1] === undefined ? [] : [redact(unescapeCommand(found[1]))];
    });
    return [...new Set(complaints)];
}
function summarize(complaints, result) {
    const reasons = complaints
        .map((text) => text
        .replace(/^(?:Failed to (?:save|restore|reserve cache): )+/, '')
        .replace(/^(?:Error: )+/, '')
        .replace(/^Unable to reserve cache with key .*, another job may be creating this cache\.$/, '')
        .replace(/\s+/g, ' ')
        .trim())
        .filter((text) => text !== '');
    const http = result.http
        .filter(({ status }) => status === undefined || status >= 400)
        .map(({ method, address, status, error }) => `${method} ${address}: ${status ?? error}`);
    const first = [...new Set(reasons)].slice(0, 3);
    const last = http.at(-1);
    return ([...first, ...(last === undefined ? [] : [last])].join('; ') || 'the toolkit gave no reason');
}
/** What can be read from the lines while a task hangs: the toolkit tells of its retries. */
function redact(text) {
    return text.replace(/([?&](?:sig|se|sp|sv|skoid|sktid)=)[^&\s"']+/g, '$1…');
}
/** https://github.com/actions/toolkit/blob/main/packages/core/src/command.ts: escapeData */
function unescapeCommand(text) {
    return text.replaceAll('%0D', '\r').replaceAll('%0A', '\n').replaceAll('%25', '%');
}

// EXTERNAL MODULE: external "node:child_process"
var external_node_child_process_ = __webpack_require__(1421);
// EXTERNAL MODULE: external "node:url"
var external_node_url_ = __webpack_require__(3136);
;// CONCATENATED MODULE: ./build/cache/github-worker-process.js


const KEPT_ERROR_BYTES = 4_096;
/**
 * How a worker collects garbage. It has a small heap, and a stream of buffers that makes V8 mark that heap again and again,
 * by default in several threads and small steps: a third of all the time a gigabyte takes.
 */
const COLLECTOR = ['--single-threaded-gc', '--no-incremental-marking'];
/** Starts a worker; `environment` is the whole of its environment. */
function startWorker(url, environment) {
    // A process group of its own, so that `tar` and its decompressor end with it.
    const grouped = process.platform !== 'win32';
    const child = (0,external_node_child_process_.fork)((0,external_node_url_.fileURLToPath)(url), [], {
        env: environment,
        execArgv: [...COLLECTOR],
        detached: grouped,
        stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
        serialization: 'advanced',
    });
    let complaint = '';
    child.stderr?.on('data', (chunk) => {
        complaint = (complaint + chunk.toString('utf8')).slice(-KEPT_ERROR_BYTES);
    });
    let alive = true;
    const gone = new Promise((resolve) => {
        const end = () => {
            alive = false;
            resolve();
        };
        child.once('exit', end);
        child.once('error', (error) => {
            complaint += error.message;
            end();
        });
    });
    return {
        get alive() {
            return alive;
        },
        async run(task, onNews) {
            hold(child);
            return new Promise((resolve) => {
                const onMessage = (message) => {
                    if (message.kind === 'news')
                        onNews(message.news);
                    else
                        finish(message.result);
                };
                const finish = (result) => {
                    child.off('message', onMessage);
                    resolve(result);
                };
                child.on('message', onMessage);
                void gone.then(() => finish(died(complaint)));
                if (alive)
                    child.send(task, (error) => error !== null && finish(died(error.message)));
            });
        },
        async kill() {
            if (alive && child.pid !== undefined)
                killGroup(child, grouped);
            await gone;
        },
        rest() {
            child.unref();
            child.channel?.unref();
            if (child.stderr !== null && 'unref' in child.stderr)
                unrefStream(child.stderr);
        },
    };
}
function hold(child) {
    child.ref();
    child.channel?.ref();
}
function unrefStream(stream) {
    if ('unref' in stream && typeof stream.unref === 'function')
        stream.unref();
}
function killGroup(child, grouped) {
    try {
        if (grouped && child.pid !== undefined)
            process.kill(-child.pid, 'SIGKILL');
        else
            child.kill('SIGKILL');
    }
    catch (error) {
        // It ended by itself in this very moment.
        if (error.code !== 'ESRCH')
            throw error;
    }
}
function died(complaint) {
    const reason = complaint
        .trim()
        .split('\n')
        .filter((line) => /\S/.test(line))
        .slice(0, 8)
        .join(' ');
    return {
        matchedKey: undefined,
        saved: false,
        withoutZstd: false,
        error: `the process that runs the cache client ended early${reason === '' ? '' : `: ${reason}`}`,
        lines: [],
        http: [],
    };
}

;// CONCATENATED MODULE: ./build/cache/github-task.js
/**
 * The literal list of paths of every entry. It is part of the service's version hash: the same everywhere, or nothing is
 * ever found.
 */
const PACK_PATHS = (/* unused pure expression or super */ null && (['tfcache-pack']));
/** The folder inside the workspace that the paths name. */
const PACK_FOLDER = 'tfcache-pack';
/** What every member of a restored archive is renamed to begin with. */
const RECEIVED_PREFIX = 'received-';

;// CONCATENATED MODULE: ./build/cache/received.js



/**
 * The regular files of a restored pack's workspace: content of the pack, of the right size, with no other name anywhere
 * (a second one could be a file of the machine that was linked in). Everything else is left where it is, untouched.
 * Whether the bytes are right is for the caller to verify.
 */
function receivedFiles(pack, workspace) {
    const files = new Map();
    for (const { sha256, size } of pack.contents) {
        const file = receivedFile(workspace, sha256, size);
        if (file !== undefined)
            files.set(sha256, file);
    }
    return files;
}
/** One received file by the base name it was saved under; undefined unless it is regular and of at most `size` bytes. */
function receivedFile(workspace, name, size, form = 'exactly') {
    const file = (0,external_node_path_.join)(workspace, PACK_FOLDER, `${RECEIVED_PREFIX}${name}`);
    const stats = (0,external_node_fs_.lstatSync)(file, { throwIfNoEntry: false });
    if (stats === undefined || !stats.isFile() || stats.nlink !== 1)
        return undefined;
    const fits = form === 'exactly' ? stats.size === size : stats.size <= size;
    return fits ? file : undefined;
}
/** How far a task is, read from its folders: bytes of the archive and of what was extracted, and how many files. */
function measureFolders(workspace, temporary) {
    let archive = 0;
    for (const folder of names(temporary)) {
        for (const name of names((0,external_node_path_.join)(temporary, folder))) {
            archive += sizeOf((0,external_node_path_.join)(temporary, folder, name));
        }
    }
    const extracted = names((0,external_node_path_.join)(workspace, PACK_FOLDER));
    const bytes = extracted.map((name) => sizeOf((0,external_node_path_.join)(workspace, PACK_FOLDER, name)));
    return {
        archive,
        extracted: bytes.reduce((sum, size) => sum + size, 0),
        files: extracted.length,
    };
}
function names(folder) {
    try {
        return (0,external_node_fs_.readdirSync)(folder);
    }
    catch {
        // Not made yet, or already gone: the toolkit works in there while we look.
        return [];
    }
}
function sizeOf(file) {
    return (0,external_node_fs_.lstatSync)(file, { throwIfNoEntry: false })?.size ?? 0;
}

;// CONCATENATED MODULE: ./build/cache/github-client.js






/** Bytes; anything slower than this in `patience` would take longer than the mirror. */
const LEAST_PROGRESS = 256 * 1024;
/** Milliseconds that a busy machine may take to load the toolkit: not the service's fault. */
const STARTING_TIME = 60_000;
/** What a fetched entry may have beyond its contents: headers of tar, frames of zstd. */
const ARCHIVE_SLACK = 16 * 1024 * 1024;
const WITHOUT_ZSTD = 'zstd was not found: what machines with it saved to the GitHub cache cannot be seen here, nor they see what is saved here. Install the package zstd, in containers too.';
function createGithubClient(options) {
    const idle = [];
    // Once the service is down, rate-limits us or does not know our token, asking on only costs the build its time.
    let down;
    let toldOfZstd = false;
    async function call(request) {
        if (down !== undefined)
            return down;
        const task = makeTask(request);
        const worker = takeWorker();
        const { result, gaveUp } = await watch(worker, task, request.limits);
        if (worker.alive)
            idle.push(worker);
        (0,external_node_fs_.rmSync)(task.temporary, { recursive: true, force: true, maxRetries: 3 });
        if (result.withoutZstd && !toldOfZstd) {
            toldOfZstd = true;
            options.log.warning(WITHOUT_ZSTD);
        }
        const verdict = gaveUp ?? judge(task, result);
        if (verdict.kind === 'failed' || verdict.kind === 'broken') {
            if (verdict.kind === 'failed' && verdict.down)
                down = verdict;
            for (const line of result.lines)
                options.log.debug(redact(line));
        }
        return verdict;
    }
    function takeWorker() {
        const resting = idle.pop();
        if (resting?.alive === true)
            return resting;
        return startWorker(options.workerUrl, workerEnvironment(options.environment));
    }
    async function watch(worker, task, limits) {
        let gaveUp;
        let transferred = 0;
        let mark = 0;
        let since = Date.now();
        let complaint = '';
        let began = false;
        const look = () => {
            const seen = measureFolders(task.workspace, task.temporary);
            const moved = transferred + seen.archive + seen.extracted;
            // The archive goes away when it was extracted: less is movement, too.
            if (Math.abs(moved - mark) >= LEAST_PROGRESS) {
                mark = moved;
                since = Date.now();
            }
            if (limits !== undefined && task.operation === 'restore') {
                const tooMuch = seen.extracted > limits.bytes + ARCHIVE_SLACK ||
                    seen.archive > limits.bytes * 1.05 + limits.files * 4_096 + ARCHIVE_SLACK ||
                    seen.files > limits.files * 2 + 64;
                if (tooMuch) {
                    const reason = `its entry holds more than the ${limits.bytes} bytes it should`;
                    gaveUp = { kind: 'broken', reason };
                }
            }
            const patience = began ? options.patience : Math.max(options.patience, STARTING_TIME);
            if (Date.now() - since > patience) {
                const reason = `nothing moved for ${patience / 1000} seconds${complaint}`;
                gaveUp = { kind: 'failed', reason, down: true };
            }
            if (gaveUp !== undefined)
                void worker.kill();
        };
        const timer = setInterval(look, Math.min(1_000, options.patience / 4));
        try {
            const result = await worker.run(task, (news) => {
                if (news.kind === 'began') {
                    began = true;
                    since = Date.now();
                }
                else if (news.kind === 'transferred') {
                    transferred = news.bytes;
                }
                else {
                    complaint = `; ${redact(news.text)}`;
                }
            });
            look();
            if (gaveUp !== undefined)
                await worker.kill();
            return { result, gaveUp };
        }
        finally {
            clearInterval(timer);
        }
    }
    return {
        call,
        async forEach(items, one) {
            let next = 0;
            const line = async () => {
                for (let at = next++; at < items.length; at = next++) {
                    const item = items[at];
                    if (item !== undefined)
                        await one(item, at);
                }
            };
            const lines = Math.min(options.workers, items.length);
            await Promise.all(Array.from({ length: lines }, line));
            // One is kept for the next call, and does not keep this process alive; the others give their memory back.
            for (const worker of idle.splice(1))
                await worker.kill();
            for (const worker of idle)
                worker.rest();
        },
    };
}
function makeTask(request) {
    const { operation, key, restoreKeys = [], folder } = request;
    const task = {
        operation,
        key,
        restoreKeys,
        workspace: (0,external_node_path_.join)(folder, 'workspace'),
        temporary: (0,external_node_path_.join)(folder, 'temporary'),
    };
    // Closed to other users: what comes out of an archive stands here until it was looked at.
    (0,external_node_fs_.mkdirSync)(folder, { recursive: true, mode: 0o700 });
    (0,external_node_fs_.mkdirSync)(task.workspace, { recursive: true });
    (0,external_node_fs_.mkdirSync)(task.temporary, { recursive: true });
    return task;
}

// EXTERNAL MODULE: ./build/cache/index-file.js
var index_file = __webpack_require__(9688);
;// CONCATENATED MODULE: ./build/cache/task-folder.js



/** A folder name below `scratch` for one task, which makes it; removed with all that is in it when the task has ended. */
async function inFolder(scratch, action) {
    const folder = (0,external_node_path_.join)(scratch, (0,external_node_crypto_.randomUUID)());
    try {
        return await action(folder);
    }
    finally {
        (0,external_node_fs_.rmSync)(folder, { recursive: true, force: true, maxRetries: 3 });
    }
}

;// CONCATENATED MODULE: ./build/cache/github-index-entry.js







const INDEX_NAME = 'index.json';
/** The newest entry whose key begins with `series`. Never throws. */
async function readEntry(client, series, scratch) {
    try {
        return await inFolder(scratch, (folder) => readInto(client, series, folder));
    }
    catch (error) {
        return { kind: 'unknown', reason: messageOf(error), denied: false };
    }
}
async function readInto(client, series, folder) {
    const verdict = await client.call({
        operation: 'restore',
        // No entry has this very key: the newest with the prefix is what we want.
        key: `${series}${(0,external_node_crypto_.randomUUID)()}`,
        restoreKeys: [series],
        folder,
        limits: { bytes: index_file/* LARGEST_INDEX */.mU, files: 1 },
    });
    if (verdict.kind === 'missing')
        return { kind: 'nothing' };
    if (verdict.kind === 'broken')
        return { kind: 'unusable', reason: verdict.reason };
    if (verdict.kind !== 'done')
        return unknown(verdict);
    const { matchedKey } = verdict;
    if (matchedKey === undefined)
        return { kind: 'nothing' };
    const file = receivedFile((0,external_node_path_.join)(folder, 'workspace'), INDEX_NAME, index_file/* LARGEST_INDEX */.mU, 'at most');
    const index = file === undefined ? 'it is not there' : (0,index_file/* parseIndex */.A1)((0,external_node_fs_.readFileSync)(file, 'utf8'));
    if (typeof index !== 'string')
        return { kind: 'read', index };
    const reason = `the index in entry ${matchedKey} cannot be used: ${index}`;
    return { kind: 'unusable', reason };
}
/** Adds an entry to a series, the newest from now on. Returns why it could not. Never throws. */
async function writeEntry(client, series, index, scratch) {
    const key = `${series}${Date.now()}-${(0,external_node_crypto_.randomUUID)()}`;
    try {
        return await inFolder(scratch, async (folder) => {
            const contents = (0,external_node_path_.join)(folder, 'workspace', PACK_FOLDER);
            (0,external_node_fs_.mkdirSync)(contents, { recursive: true });
            (0,external_node_fs_.writeFileSync)((0,external_node_path_.join)(contents, INDEX_NAME), (0,index_file/* formatIndex */.Qe)(index));
            const verdict = await client.call({ operation: 'save', key, folder });
            return { reason: verdict.kind === 'done' ? undefined : reasonOf(verdict) };
        });
    }
    catch (error) {
        return { reason: messageOf(error) };
    }
}
function unknown(verdict) {
    return { kind: 'unknown', reason: reasonOf(verdict), denied: verdict.kind === 'denied' };
}
function reasonOf(verdict) {
    return 'reason' in verdict ? verdict.reason : 'the toolkit gave no reason';
}
function messageOf(error) {
    return error instanceof Error ? error.message : String(error);
}

// EXTERNAL MODULE: ./build/cache/packs.js
var packs = __webpack_require__(1851);
;// CONCATENATED MODULE: ./build/cache/github-index.js





/**
 * Artifacts whose own index is read or written by one job. Each is an upload, of which GitHub allows 200 a minute and
 * repository (https://docs.github.com/en/actions/reference/limits), to all jobs together.
 */
const MOST_ARTIFACTS = 40;
/** How often an index is written again because another job's came after it without what it tells. */
const MOST_REPEATS = 2;
/** Milliseconds to wait beyond what reading and writing took, drawn so that jobs do not meet again; and the longest wait. */
const PAUSE = { least: 100, most: 500, longest: 3_000 };
/**
 * The indexes of GitHub's cache. An entry cannot be changed or locked, and of those of a series only the newest is ever
 * found: whoever writes one must know what the newest tells. So there are two kinds: a general one, put together from what
 * all jobs tell and left alone by a job that cannot read it; and one for each artifact, which a job that has all of the
 * artifact's files can write without reading.
 */
function createGithubIndexes(options) {
    const { client, keyPrefix, able } = options;
    const general = (0,packs/* indexKeyPrefix */.Au)(keyPrefix);
    const readGeneral = (scratch) => alone(client, () => readEntry(client, general, scratch));
    async function readIndex(scratch) {
        if (able.unreadable !== undefined)
            return { index: index_file/* EMPTY_INDEX */.ZK, reason: able.unreadable };
        const reading = await readGeneral(scratch);
        if (reading.kind === 'read')
            return { index: reading.index, reason: undefined };
        const reason = reading.kind === 'nothing' ? 'nothing was saved yet' : reading.reason;
        return { index: index_file/* EMPTY_INDEX */.ZK, reason };
    }
    async function writeIndex(index, scratch, forget = []) {
        if (able.unwritable !== undefined)
            return { reason: able.unwritable };
        // The indexes of the artifacts are all that a job may write that does not see what it would replace.
        if (able.unreadable !== undefined)
            return { reason: undefined };
        let forgotten = forget;
        for (let repeats = 0;; repeats += 1) {
            const began = Date.now();
            // Read again as late as can be: another job may have written one since this one began.
            const newest = await readGeneral(scratch);
            if (newest.kind === 'unknown' && repeats === 0) {
                if (newest.denied)
                    return { reason: undefined };
                return { reason: `left as it is, since it cannot be read: ${newest.reason}` };
            }
            // From the second round on there is something to do only if another job wrote without having seen our entry.
            const lacking = newest.kind === 'read' && !(0,index_file/* isWithin */.UO)(index, newest.index);
            if (repeats > 0 && !lacking)
                return { reason: undefined };
            const merged = (0,index_file/* mergeIndexes */.$T)(indexOf(newest), index, forgotten);
            const { reason } = await alone(client, () => writeEntry(client, general, merged, scratch));
            if (reason !== undefined || repeats === MOST_REPEATS)
                return { reason };
            // The other job may have saved again what this one found gone.
            forgotten = [];
            // Whoever read before our entry was there is done with writing after about as long as we took.
            const pause = Date.now() - began + (0,external_node_crypto_.randomInt)(PAUSE.least, PAUSE.most);
            await (0,promises_.setTimeout)(Math.min(pause, PAUSE.longest));
        }
    }
    async function readArtifacts(ids, scratch) {
        if (able.unreadable !== undefined)
            return { index: index_file/* EMPTY_INDEX */.ZK, reason: able.unreadable };
        let reason;
        const found = [];
        await client.forEach([...new Set(ids)].slice(0, MOST_ARTIFACTS), async (id) => {
            // Each try at a service that fails takes seconds.
            if (reason !== undefined)
                return;
            const reading = await readEntry(client, (0,packs/* artifactIndexKeyPrefix */.oj)(keyPrefix, id), scratch);
            if (reading.kind === 'read')
                found.push(reading.index);
            else if (reading.kind === 'unknown')
                reason = reading.reason;
        });
        const index = found.reduce((sum, one) => (0,index_file/* mergeIndexes */.$T)(sum, one), index_file/* EMPTY_INDEX */.ZK);
        return { index, reason };
    }
    async function writeArtifacts(artifacts, scratch, forget = []) {
        if (able.unwritable !== undefined)
            return { reason: able.unwritable };
        let reason;
        let left = Math.max(0, artifacts.length - MOST_ARTIFACTS);
        await client.forEach(artifacts.slice(0, MOST_ARTIFACTS), async (artifact) => {
            const failed = reason ?? (await writeArtifact(artifact, scratch, forget));
            if (failed === undefined)
                return;
            reason = failed;
            left += 1;
        });
        if (reason === undefined && left > 0 && able.unreadable !== undefined) {
            reason = `a job saves those of ${MOST_ARTIFACTS} artifacts`;
        }
        if (reason === undefined)
            return { reason };
        return { reason: `${left} of ${artifacts.length} artifacts: ${reason}` };
    }
    async function writeArtifact({ id, index, whole }, scratch, forget) {
        const series = (0,packs/* artifactIndexKeyPrefix */.oj)(keyPrefix, id);
        let before = index_file/* EMPTY_INDEX */.ZK;
        if (!whole) {
            if (able.unreadable !== undefined)
                return `not all of ${id} was saved; ${able.unreadable}`;
            const reading = await readEntry(client, series, scratch);
            if (reading.kind === 'unknown')
                return reading.reason;
            before = indexOf(reading);
        }
        const merged = (0,index_file/* mergeIndexes */.$T)(before, index, forget);
        return (await writeEntry(client, series, merged, scratch)).reason;
    }
    return {
        readIndex,
        writeIndex,
        artifactIndexes: { read: readArtifacts, write: writeArtifacts },
    };
}
function indexOf(reading) {
    return reading.kind === 'read' ? reading.index : index_file/* EMPTY_INDEX */.ZK;
}
/** What needs no company; the worker rests afterwards. */
async function alone(client, action) {
    const results = [];
    await client.forEach([action], async (one) => {
        results.push(await one());
    });
    const [result] = results;
    if (result === undefined)
        throw new Error('one action gives one result');
    return result;
}

;// CONCATENATED MODULE: ./build/cache/github.js











const DEFAULT_PATIENCE = 30_000;
/**
 * GitHub's cache, by the toolkit's own client (`@actions/cache`, in worker processes). Nothing is started or loaded until
 * a pack or the index is asked for.
 *
 * @throws TfcacheError `usage` for a key prefix that cannot stand in a key.
 */
function createGithubCache(options) {
    const { log } = options;
    const able = availability(options.environment);
    const client = createGithubClient({
        environment: options.environment,
        log,
        workerUrl: options.workerUrl ?? defaultWorkerUrl(),
        workers: options.workers ?? defaultWorkers(),
        patience: options.patience ?? DEFAULT_PATIENCE,
    });
    async function lookup(packs, scratch) {
        const found = new Set();
        if (able.unreadable !== undefined)
            return found;
        await client.forEach(packs, (pack) => inFolder(scratch, async (folder) => {
            const verdict = await client.call({ operation: 'lookup', key: pack.key, folder });
            if (verdict.kind === 'done' && verdict.matchedKey === pack.key)
                found.add(pack.key);
        }));
        return found;
    }
    async function restore(packs, scratch, onOutcome) {
        if (able.unreadable !== undefined)
            return denyAll(packs, able.unreadable, onOutcome);
        await client.forEach(largestFirst(packs), async (pack) => {
            const folder = (0,external_node_path_.join)(scratch, (0,external_node_crypto_.randomUUID)());
            const limits = { bytes: github_sizeOf(pack), files: pack.contents.length };
            const request = { operation: 'restore', key: pack.key, folder, limits };
            const verdict = await guarded(() => client.call(request));
            if (verdict.kind === 'broken') {
                log.warning(`The GitHub cache's entry ${pack.key} cannot be used: ${verdict.reason}.`);
            }
            onOutcome(restoredOutcome(pack, verdict, (0,external_node_path_.join)(folder, 'workspace')));
        });
    }
    async function save(packs, locate, scratch, onOutcome) {
        if (able.unwritable !== undefined)
            return denyAll(packs, able.unwritable, onOutcome);
        let denied;
        await client.forEach(largestFirst(packs), async (pack) => {
            if (denied?.status === 'denied')
                return onOutcome({ ...denied, pack });
            const outcome = await saveOne(pack, locate, scratch);
            if (outcome.status === 'denied')
                denied = outcome;
            onOutcome(outcome);
        });
    }
    async function saveOne(pack, locate, scratch) {
        const verdict = await guarded(() => inFolder(scratch, async (folder) => {
            // The toolkit packs and compresses before it asks whether the key is taken; asking first costs 20 ms.
            if (able.unreadable === undefined) {
                const there = await client.call({ operation: 'lookup', key: pack.key, folder });
                if (there.kind === 'done' && there.matchedKey === pack.key) {
                    return { kind: 'already-there' };
                }
                if (there.kind === 'failed')
                    return there;
            }
            const contents = (0,external_node_path_.join)(folder, 'workspace', PACK_FOLDER);
            (0,external_node_fs_.mkdirSync)(contents, { recursive: true });
            for (const { sha256, size } of pack.contents) {
                const source = locate(sha256);
                // An entry cannot be taken back: one that holds something else would be in the way for good.
                if ((0,external_node_fs_.statSync)(source).size !== size)
                    throw new Error(`${source} has not ${size} bytes`);
                linkOrCopy(source, (0,external_node_path_.join)(contents, sha256));
            }
            return savePatiently({ operation: 'save', key: pack.key, folder });
        }));
        if (verdict.kind === 'done')
            return { status: 'saved', pack };
        if (verdict.kind === 'already-there')
            return { status: 'already-there', pack };
        if (verdict.kind === 'missing') {
            return { status: 'failed', pack, reason: 'the toolkit gave no reason' };
        }
        if (verdict.kind === 'denied')
            return { status: 'denied', pack, reason: verdict.reason };
        return { status: 'failed', pack, reason: verdict.reason };
    }
    /** Another job may link one of the files into its own place while tar reads it: nothing but its ctime changes. */
    async function savePatiently(request) {
        let verdict = await client.call(request);
        for (const pause of [250, 500, 1_000]) {
            if (!isFileTouched(verdict))
                break;
            await (0,promises_.setTimeout)(pause);
            verdict = await client.call(request);
        }
        return verdict;
    }
    return {
        name: 'github',
        unreadable: able.unreadable,
        unwritable: able.unwritable,
        ...createGithubIndexes({ client, keyPrefix: options.keyPrefix, able }),
        lookup,
        restore,
        save,
    };
}
/** An entry that came back without what it should hold is `restored` without files: its key is of no use any more. */
function restoredOutcome(pack, verdict, workspace) {
    if (verdict.kind === 'denied')
        return { status: 'denied', pack, reason: verdict.reason };
    if (verdict.kind === 'failed')
        return { status: 'failed', pack, reason: verdict.reason };
    if (verdict.kind === 'broken')
        return { status: 'restored', pack, files: new Map() };
    // Keys match by prefix: another entry than the one asked for is none.
    if (verdict.kind !== 'done' || verdict.matchedKey !== pack.key)
        return { status: 'missing', pack };
    return { status: 'restored', pack, files: receivedFiles(pack, workspace) };
}
function isFileTouched(verdict) {
    return verdict.kind === 'failed' && verdict.reason.includes('file changed as we read it');
}
/** Full disks and the like are outcomes too: a cache must not break a build. */
async function guarded(action) {
    try {
        return await action();
    }
    catch (error) {
        return { kind: 'failed', reason: github_messageOf(error), down: false };
    }
}
/**
 * Points at the file, for tar to follow. Not a hard link: that changes the file's ctime, and tar fails on a file that
 * changes while it reads, as it would here when two jobs save the same store's files at once.
 */
function linkOrCopy(source, target) {
    try {
        (0,external_node_fs_.symlinkSync)((0,external_node_path_.resolve)(source), target);
    }
    catch (error) {
        // Windows lets only some users make links; file systems without links say so in one of these ways.
        const code = error.code ?? '';
        if (!['EPERM', 'EACCES', 'ENOSYS', 'ENOTSUP', 'EOPNOTSUPP'].includes(code))
            throw error;
        (0,external_node_fs_.copyFileSync)(source, target, external_node_fs_.constants.COPYFILE_FICLONE);
    }
}
function denyAll(packs, reason, onOutcome) {
    for (const pack of packs)
        onOutcome({ status: 'denied', pack, reason });
}
/** So that no large pack is left for the end, when all other workers are done. */
function largestFirst(packs) {
    return [...packs].sort((one, other) => github_sizeOf(other) - github_sizeOf(one));
}
/** The index may say anything of a pack's size; its contents are what is asked for. */
function github_sizeOf(pack) {
    return pack.contents.reduce((sum, { size }) => sum + size, 0);
}
function github_messageOf(error) {
    return error instanceof Error ? error.message : String(error);
}
function defaultWorkers() {
    return Math.min(4, Math.max(2, (0,external_node_os_.availableParallelism)()));
}
/** Beside this module, as source, compiled or bundled. */
function defaultWorkerUrl() {
    const extension = import.meta.url.endsWith('.ts') ? '.ts' : '.js';
    // Not a plain string: the bundler would take it for a file to ship. The build puts one of this name beside each entry.
    return new URL(`./github-worker${extension}`, import.meta.url);
}


/***/ })

};
