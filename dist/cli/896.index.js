export const id = 896;
export const ids = [896,501];
export const modules = {

/***/ 2036:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   PG: () => (/* binding */ probeCapabilities),
/* harmony export */   eN: () => (/* binding */ CURRENT)
/* harmony export */ });
/* unused harmony export readCapabilities */
/* harmony import */ var _error_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(5602);
/* harmony import */ var _process_run_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(5501);


/** Every rsync from 3.2.5 on. */
const CURRENT = { has: () => true };
/** Without these there is no transfer that is exact and that can be gone on from. */
const ESSENTIAL = ['--files-from', '--from0', '--list-only', '--partial-dir', '--timeout'];
/**
 * Asks an old or other rsync (openrsync, as on macOS) which options it takes, by its own help.
 *
 * @throws TfcacheError `failed` when it lacks what cannot be done without.
 */
async function probeCapabilities(rsyncPath, environment) {
    const { stdout, stderr } = await (0,_process_run_js__WEBPACK_IMPORTED_MODULE_0__.runProgram)(rsyncPath, ['--help'], {
        environment,
        timeLimit: 20_000,
    });
    return readCapabilities(rsyncPath, `${stdout}\n${stderr}`);
}
/** The options that a help text names: a column of them (rsync), or one line of usage (openrsync). */
function readCapabilities(rsyncPath, help) {
    const options = new Set(help.match(/--[a-z0-9][a-z0-9-]*/g) ?? []);
    const missing = ESSENTIAL.filter((option) => !options.has(option));
    if (missing.length > 0) {
        throw new _error_js__WEBPACK_IMPORTED_MODULE_1__/* .TfcacheError */ .TM('failed', 'This rsync lacks options that are needed.', {
            where: rsyncPath,
            expected: missing.join(', '),
            hint: 'Install a current rsync (macOS: `brew install rsync`) and name it by the input rsync-path, or use an https:// mirror.',
        });
    }
    // Each option that is on by itself has a form that turns it off, which the help does not name.
    return {
        has: (option) => options.has(option) || (option.startsWith('--no-') && options.has(`--${option.slice(5)}`)),
    };
}


/***/ }),

/***/ 3997:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   B: () => (/* binding */ rsyncEnvironment)
/* harmony export */ });
/** What rsync has no business with: it reads options from `RSYNC_…`, and the rest holds a build's secrets. */
const WITHHELD = /^(RSYNC_|INPUT_|TFCACHE_|ACTIONS_|AWS_|GITHUB_TOKEN$|POSIXLY_CORRECT$)/i;
/**
 * The environment rsync runs in: messages in English, times in UTC, no `RSYNC_…` variable of the caller (`RSYNC_RSH`,
 * `RSYNC_CONNECT_PROG`, `RSYNC_OLD_ARGS`, … change what is run and whom it talks to).
 *
 * @param proxy `host:port` of an HTTP proxy before daemons, already checked.
 */
function rsyncEnvironment(environment, password, proxy) {
    const kept = {};
    for (const [name, value] of Object.entries(environment)) {
        if (!WITHHELD.test(name))
            kept[name] = value;
    }
    kept['LC_ALL'] = 'C';
    kept['TZ'] = 'UTC';
    // Set even when there is none: without it rsync asks on the terminal, or takes a line of our file list for an answer.
    kept['RSYNC_PASSWORD'] = password ?? '';
    if (proxy !== undefined)
        kept['RSYNC_PROXY'] = proxy;
    return kept;
}


/***/ }),

/***/ 6369:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Gb: () => (/* binding */ parseRsyncUrl),
/* harmony export */   ey: () => (/* binding */ formatRsyncUrl),
/* harmony export */   g9: () => (/* binding */ formatHost)
/* harmony export */ });
/* harmony import */ var _error_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(5602);

const URL_FORM = /^rsync:\/\/(?:([^@/]*)@)?(\[[^\]/]*\]|[^:/@[\]]*)(?::([^/]*))?(?:\/(.*))?$/;
const DOUBLE_COLON_FORM = /^(?:([^@/:]*)@)?(\[[^\]/]*\]|[^:/@[\]]+)::(.*)$/;
/**
 * Reads `rsync://[user@]host[:port]/module[/path]` or `[user@]host::module[/path]` (rsync(1), "CONNECTING TO AN RSYNC
 * DAEMON"). rsync takes the URL literally: nothing is percent-decoded.
 *
 * @throws TfcacheError `usage` that says which part cannot be used, without printing a password.
 */
function parseRsyncUrl(text) {
    const refuse = (what, hint) => {
        return new _error_js__WEBPACK_IMPORTED_MODULE_0__/* .TfcacheError */ .TM('usage', `This mirror URL cannot be used: ${what}.`, {
            where: withoutPassword(text),
            hint,
        });
    };
    if (/[\s\p{Cc}]/u.test(text)) {
        throw refuse('it holds white space or control characters', 'Remove them.');
    }
    const match = URL_FORM.exec(text);
    const doubleColon = match === null ? DOUBLE_COLON_FORM.exec(text) : null;
    const [user, bracketed, portText, rest] = match !== null
        ? [match[1], match[2] ?? '', match[3], match[4] ?? '']
        : [doubleColon?.[1], doubleColon?.[2] ?? '', undefined, doubleColon?.[3] ?? ''];
    if (match === null && doubleColon === null) {
        throw refuse('it is not an rsync URL', 'Write rsync://host/module/ or host::module/.');
    }
    if (user?.includes(':')) {
        throw refuse('it holds a password', 'Give the password by the input rsync-password and leave only the user name in the URL: rsync://user@host/module/.');
    }
    if (user !== undefined && !/^[\w.+][\w.+-]*$/.test(user)) {
        throw refuse('its user name is not one', 'Write rsync://user@host/module/.');
    }
    const host = bracketed.replace(/^\[|\]$/g, '');
    const isHost = bracketed.startsWith('[')
        ? /^[0-9a-fA-F:.]+(%[\w.-]+)?$/.test(host)
        : /^\w[\w.-]*$/.test(host);
    if (!isHost) {
        throw refuse('its host is neither a name nor an address', 'Write rsync://host/module/; an IPv6 address stands in brackets: rsync://[::1]/module/.');
    }
    const port = portText === undefined ? undefined : Number(portText);
    if (port !== undefined && !(/^\d+$/.test(portText ?? '') && port >= 1 && port <= 65535)) {
        throw refuse('its port is not a number from 1 to 65535', 'Write rsync://host:873/module/.');
    }
    const [module = '', ...names] = rest.split('/').filter((name) => name !== '');
    if (module === '') {
        throw refuse('it names no module', `Write rsync://${bracketed}/MODULE/; \`rsync rsync://${bracketed}/\` lists the modules there are.`);
    }
    if (module.startsWith('-')) {
        throw refuse('its module begins with "-"', 'Use a module whose name is no option.');
    }
    if ([module, ...names].some((name) => name === '.' || name === '..')) {
        throw refuse('it holds "." or ".."', 'Write the path without them.');
    }
    // The daemon expands wildcards in the operand, and takes a backslash as their escape.
    if (/[*?[\]\\]/.test(rest)) {
        throw refuse('its path holds one of * ? [ ] \\', 'Name one folder, without wildcards.');
    }
    return { user, host, port, module, path: names.join('/') };
}
/** The operand for rsync: always `rsync://…/`, so that the folder's content is meant and not the folder. */
function formatRsyncUrl(url) {
    const user = url.user === undefined ? '' : `${url.user}@`;
    const path = url.path === '' ? '' : `${url.path}/`;
    return `rsync://${user}${formatHost(url)}/${url.module}/${path}`;
}
/** `host` or `host:port` as it stands in a URL. */
function formatHost(url) {
    const host = url.host.includes(':') ? `[${url.host}]` : url.host;
    return url.port === undefined ? host : `${host}:${url.port}`;
}
function withoutPassword(text) {
    return text.replace(/^((?:rsync:\/\/)?[^@/:]*):[^/]*@/, '$1:***@');
}


/***/ }),

/***/ 6268:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   ci: () => (/* binding */ probeRsync),
/* harmony export */   k2: () => (/* binding */ parseRsyncPath),
/* harmony export */   uM: () => (/* binding */ judgeVersion)
/* harmony export */ });
/* harmony import */ var valibot__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7934);
/* harmony import */ var _error_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(5602);
/* harmony import */ var _process_run_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(5501);
/* harmony import */ var _capabilities_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(2036);




/** Below this a mirror can write files that were not asked for (CVE-2022-29154). */
const OLDEST = '3.2.5';
/** Below this something is known by which a mirror can harm who pulls from it, unless the distribution patched it. */
const SOUND = '3.5.0';
/** Before the program in the input `rsync-path`: take it although it is openrsync, or older than what can be used safely. */
const ALLOW_OLD = 'allow-old:';
/** The program that `rsync-path` names, and whether an old or other rsync was allowed by name. */
function parseRsyncPath(rsyncPath) {
    return rsyncPath.startsWith(ALLOW_OLD)
        ? { program: rsyncPath.slice(ALLOW_OLD.length), allowOld: true }
        : { program: rsyncPath, allowOld: false };
}
const Probe = valibot__WEBPACK_IMPORTED_MODULE_0__/* .object */ .Ikc({ program: valibot__WEBPACK_IMPORTED_MODULE_0__/* .literal */ .euz('rsync'), version: valibot__WEBPACK_IMPORTED_MODULE_0__/* .string */ .YjP() });
/**
 * Asks rsync which version it is: `rsync -VV` prints JSON, older ones print text, openrsync knows `--version` alone.
 *
 * @throws TfcacheError `failed` for versions that cannot be used safely and were not allowed by name, and for those that lack
 * what is needed.
 */
async function probeRsync(rsyncPath, environment, allowOld = 'refuse-old') {
    const ask = async (option) => {
        const { stdout, stderr } = await (0,_process_run_js__WEBPACK_IMPORTED_MODULE_1__.runProgram)(rsyncPath, [option], {
            environment,
            timeLimit: 20_000,
        });
        return `${stdout}\n${stderr}`;
    };
    let printed = await ask('-VV');
    if (!isKnown(printed))
        printed = await ask('--version');
    const found = judgeVersion(rsyncPath, printed, allowOld);
    const capabilities = isCurrent(printed)
        ? _capabilities_js__WEBPACK_IMPORTED_MODULE_2__/* .CURRENT */ .eN
        : await (0,_capabilities_js__WEBPACK_IMPORTED_MODULE_2__/* .probeCapabilities */ .PG)(rsyncPath, environment);
    return { ...found, capabilities };
}
/** The verdict on what `rsync -VV` printed. */
function judgeVersion(rsyncPath, printed, allowOld = 'refuse-old') {
    const allow = `, or take the risk by name: rsync-path: ${ALLOW_OLD}${rsyncPath}`;
    if (isOpenrsync(printed)) {
        if (allowOld === 'allow-old') {
            return {
                version: 'openrsync',
                warning: `${rsyncPath} is openrsync, taken because rsync-path says ${ALLOW_OLD} It tells nothing of single files, and little of why it failed.`,
            };
        }
        throw new _error_js__WEBPACK_IMPORTED_MODULE_3__/* .TfcacheError */ .TM('failed', 'This rsync is openrsync, which lacks options that are needed.', {
            where: rsyncPath,
            found: firstLine(printed),
            hint: `Install the original (macOS: \`brew install rsync\`) and name it by the input rsync-path, for example /opt/homebrew/bin/rsync${allow}.`,
        });
    }
    const version = readVersion(printed);
    if (version === undefined) {
        throw new _error_js__WEBPACK_IMPORTED_MODULE_3__/* .TfcacheError */ .TM('failed', 'The program named by rsync-path does not seem to be rsync.', {
            where: rsyncPath,
            expected: 'a version, as rsync -VV prints it',
            found: firstLine(printed) || 'nothing',
            hint: 'Name the rsync program by the input rsync-path.',
        });
    }
    if (isOlder(version, OLDEST) && allowOld === 'refuse-old') {
        throw new _error_js__WEBPACK_IMPORTED_MODULE_3__/* .TfcacheError */ .TM('failed', `rsync ${version} is too old to be used safely.`, {
            where: rsyncPath,
            expected: `${OLDEST} or later, best ${SOUND} or later`,
            found: version,
            hint: `Older ones let a mirror write files that were not asked for (CVE-2022-29154). Install a current rsync${allow}.`,
        });
    }
    const warning = isOlder(version, SOUND)
        ? `rsync ${version} at ${rsyncPath}: ${knownFaults(version)} Distributions patch without changing the number; ` +
            `rsync ${SOUND} or later is sound.`
        : undefined;
    return { version, warning };
}
function isOpenrsync(printed) {
    return /openrsync/.test(printed);
}
function isKnown(printed) {
    return isOpenrsync(printed) || readVersion(printed) !== undefined;
}
/** True for versions whose options are known without asking. */
function isCurrent(printed) {
    const version = isOpenrsync(printed) ? undefined : readVersion(printed);
    return version !== undefined && !isOlder(version, OLDEST);
}
function knownFaults(version) {
    const faults = [
        ...(isOlder(version, OLDEST) ? ['CVE-2022-29154'] : []),
        ...(isOlder(version, '3.4.0') ? ['CVE-2024-12086, CVE-2024-12087, CVE-2024-12088'] : []),
        ...(isOlder(version, '3.4.3') ? ['CVE-2026-43620'] : []),
        'CVE-2026-53789, CVE-2026-70458, CVE-2026-70462',
    ];
    return `a hostile mirror can use ${faults.join(', ')} unless your distribution patched them.`;
}
function readVersion(printed) {
    const json = /\{[\s\S]*\}/.exec(printed)?.[0];
    if (json !== undefined) {
        try {
            return numbersOf(valibot__WEBPACK_IMPORTED_MODULE_0__/* .parse */ .qgA(Probe, JSON.parse(json)).version);
        }
        catch {
            // No JSON after all: the text form is looked for below.
        }
    }
    return numbersOf(/^rsync\s+version\s+v?(\S+)/m.exec(printed)?.[1] ?? '');
}
function numbersOf(version) {
    return /\d+\.\d+(\.\d+)?/.exec(version)?.[0];
}
function isOlder(version, than) {
    const [left, right] = [version, than].map((text) => text.split('.').map(Number));
    for (let at = 0; at < 3; at++) {
        const difference = (left?.[at] ?? 0) - (right?.[at] ?? 0);
        if (difference !== 0)
            return difference < 0;
    }
    return false;
}
function firstLine(text) {
    return text.trim().split('\n', 1)[0] ?? '';
}


/***/ }),

/***/ 2962:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   H: () => (/* binding */ missingProgram),
/* harmony export */   K: () => (/* binding */ findProgram)
/* harmony export */ });
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(3024);
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(1455);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(6760);
/* harmony import */ var _error_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(5602);




/**
 * The absolute path of a program: a path is taken as it stands, a bare name is looked for in `PATH` of the environment
 * given. Undefined when there is no such executable file.
 */
async function findProgram(program, environment) {
    const isPath = (0,node_path__WEBPACK_IMPORTED_MODULE_2__.isAbsolute)(program) || /[\\/]/.test(program);
    const folders = isPath ? [''] : (environment['PATH'] ?? '').split(node_path__WEBPACK_IMPORTED_MODULE_2__.delimiter);
    const endings = process.platform === 'win32' ? ['', '.exe', '.cmd', '.bat'] : [''];
    for (const folder of folders) {
        // An empty entry of PATH means the working folder: programs are not taken from there.
        if (!isPath && folder === '')
            continue;
        for (const ending of endings) {
            const candidate = isPath ? (0,node_path__WEBPACK_IMPORTED_MODULE_2__.resolve)(program + ending) : (0,node_path__WEBPACK_IMPORTED_MODULE_2__.join)(folder, program + ending);
            if (await isExecutable(candidate))
                return candidate;
        }
    }
    return undefined;
}
async function isExecutable(path) {
    try {
        await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.access)(path, node_fs__WEBPACK_IMPORTED_MODULE_0__.constants.X_OK);
        return (await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.stat)(path)).isFile();
    }
    catch {
        // Absent or not ours to execute: either way not a program that can be run.
        return false;
    }
}
/** The error for a program that is not there. `hint` says how to get it. */
function missingProgram(program, hint) {
    return new _error_js__WEBPACK_IMPORTED_MODULE_3__/* .TfcacheError */ .TM('failed', `The program ${JSON.stringify(program)} was not found.`, {
        hint,
    });
}


/***/ }),

/***/ 5501:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  runProgram: () => (/* binding */ runProgram)
});

// EXTERNAL MODULE: external "node:async_hooks"
var external_node_async_hooks_ = __webpack_require__(6698);
// EXTERNAL MODULE: external "node:child_process"
var external_node_child_process_ = __webpack_require__(1421);
// EXTERNAL MODULE: external "node:diagnostics_channel"
var external_node_diagnostics_channel_ = __webpack_require__(3053);
// EXTERNAL MODULE: ./build/error.js
var build_error = __webpack_require__(5602);
// EXTERNAL MODULE: ./build/process/program.js
var process_program = __webpack_require__(2962);
;// CONCATENATED MODULE: ./build/process/tail.js
/** The last bytes of an output, for messages: whatever a program prints, no more than `limit` bytes are kept. */
class Tail {
    #limit;
    #chunks = [];
    #length = 0;
    constructor(limit) {
        this.#limit = limit;
    }
    add(chunk) {
        this.#chunks.push(chunk);
        this.#length += chunk.length;
        // Joined only when twice too long: each byte is copied a bounded number of times.
        if (this.#length > 2 * this.#limit || this.#chunks.length > 4096)
            this.#trim();
    }
    toString() {
        this.#trim();
        return (this.#chunks[0] ?? Buffer.alloc(0)).toString('utf8');
    }
    #trim() {
        const all = Buffer.concat(this.#chunks);
        const kept = all.length > this.#limit ? Buffer.from(all.subarray(-this.#limit)) : all;
        this.#chunks = [kept];
        this.#length = kept.length;
    }
}

;// CONCATENATED MODULE: ./build/process/run.js






const TAIL_BYTES = 64 * 1024;
const GRACE_MS = 5_000;
/**
 * Runs a program to its end, without a shell, its outputs bounded in memory, printing nothing itself. The exit code is
 * data, not an error.
 *
 * `@actions/exec` starts the child but gives no handle on it; the handle that a polite end needs (rsync keeps partial
 * data on SIGTERM, never on SIGKILL) comes from Node's diagnostics channel `child_process`, which tells of the child in the
 * asynchronous context of our own call, so that no other child can be mistaken for it.
 *
 * @throws TfcacheError `failed` when the program is not there or cannot be started.
 */
async function runProgram(program, args, options) {
    const path = await (0,process_program/* findProgram */.K)(program, options.environment);
    if (path === undefined) {
        throw (0,process_program/* missingProgram */.H)(program, options.missingHint ?? 'Install it, or give the path of the program.');
    }
    const stdout = new Tail(TAIL_BYTES);
    const stderr = new Tail(TAIL_BYTES);
    const stopper = new Stopper(options.grace ?? GRACE_MS);
    /** What a listener of the caller threw: it must end the run, not the process. */
    let listenerError;
    const guarded = (tail, listener) => {
        return (chunk) => {
            tail.add(chunk);
            if (listener === undefined || listenerError !== undefined)
                return;
            try {
                listener(chunk);
            }
            catch (error) {
                listenerError = error ?? new Error('a listener of the output failed');
                stopper.stop('aborted');
            }
        };
    };
    const onAbort = () => stopper.stop('aborted');
    if (options.signal?.aborted)
        onAbort();
    options.signal?.addEventListener('abort', onAbort, { once: true });
    const limit = options.timeLimit === undefined
        ? undefined
        : setTimeout(() => stopper.stop('time-limit'), options.timeLimit);
    try {
        await withChild((child) => {
            stopper.watch(child);
            if (child.pid !== undefined)
                options.onStart?.(child.pid);
        }, async () => {
            const { exec } = await __webpack_require__.e(/* import() */ 260).then(__webpack_require__.bind(__webpack_require__, 1260));
            return exec(quoteProgram(path), [...args], {
                silent: true,
                ignoreReturnCode: true,
                env: definedOnly(options.environment),
                ...(options.folder === undefined ? {} : { cwd: options.folder }),
                // Always given, so that standard input is closed: a child that reads must not wait for us.
                input: Buffer.from(options.input ?? ''),
                listeners: {
                    stdout: guarded(stdout, options.onStdout?.bind(options)),
                    stderr: guarded(stderr, options.onStderr?.bind(options)),
                },
            });
        });
    }
    catch (error) {
        throw new build_error/* TfcacheError */.TM('failed', `The program ${JSON.stringify(program)} could not be run.`, {
            where: path,
            found: error instanceof Error ? error.message : String(error),
            hint: 'Check that the file is a program for this machine and may be executed.',
            cause: error,
        });
    }
    finally {
        clearTimeout(limit);
        stopper.done();
        options.signal?.removeEventListener('abort', onAbort);
    }
    if (listenerError !== undefined)
        throw listenerError;
    return {
        exitCode: stopper.child?.exitCode ?? undefined,
        signal: stopper.child?.signalCode ?? undefined,
        stopped: stopper.reason,
        stdout: stdout.toString(),
        stderr: stderr.toString(),
    };
}
/** Ends a child politely, then for good. Told before the child exists, it acts as soon as there is one. */
class Stopper {
    child;
    reason;
    #grace;
    #killTimer;
    constructor(grace) {
        this.#grace = grace;
    }
    watch(child) {
        this.child = child;
        if (this.reason !== undefined)
            this.#signal(child);
    }
    stop(reason) {
        if (this.reason !== undefined)
            return;
        this.reason = reason;
        if (this.child !== undefined)
            this.#signal(this.child);
    }
    done() {
        clearTimeout(this.#killTimer);
    }
    #signal(child) {
        child.kill('SIGTERM');
        this.#killTimer = setTimeout(() => child.kill('SIGKILL'), this.#grace);
    }
}
/** Runs `start` and hands over the child process that it starts. */
async function withChild(onChild, start) {
    const context = new external_node_async_hooks_.AsyncLocalStorage();
    const subscriber = (message) => {
        if (context.getStore() !== true || !hasChild(message))
            return;
        const child = message.process;
        // Published while it is being made: its streams exist when the running code has returned.
        queueMicrotask(() => {
            // A child that ends before it read all of its input (rsync refused by the daemon) is no failure of ours.
            child.stdin?.on('error', () => undefined);
            onChild(child);
        });
    };
    (0,external_node_diagnostics_channel_.subscribe)('child_process', subscriber);
    try {
        return await context.run(true, start);
    }
    finally {
        (0,external_node_diagnostics_channel_.unsubscribe)('child_process', subscriber);
    }
}
function hasChild(message) {
    return (typeof message === 'object' &&
        message !== null &&
        'process' in message &&
        message.process instanceof external_node_child_process_.ChildProcess);
}
/** A path as `@actions/exec` splits it from its command line: quoted, so that spaces stay in it. */
function quoteProgram(path) {
    if (path.includes('"') || path.endsWith('\\')) {
        throw new Error('a program whose path holds a double quote cannot be run');
    }
    return `"${path}"`;
}
function definedOnly(environment) {
    const defined = {};
    for (const [name, value] of Object.entries(environment)) {
        if (value !== undefined)
            defined[name] = value;
    }
    return defined;
}


/***/ })

};
