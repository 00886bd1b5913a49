export const id = 501;
export const ids = [501];
export const modules = {

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
