export const id = 150;
export const ids = [150];
export const modules = {

/***/ 1851:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Au: () => (/* binding */ indexKeyPrefix),
/* harmony export */   g8: () => (/* binding */ STANDALONE_SIZE),
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
/** The part of an index entry's key that all index entries of this format share. */
function indexKeyPrefix(keyPrefix) {
    checkKeyPrefix(keyPrefix);
    return `${keyPrefix}-${PACK_FORMAT}-index-`;
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


/** Prints the report (JSON on standard output) or its lines, then the error if there is one. @returns the exit code */
function finish(line, result, { log }, lines) {
    if (line.json)
        process.stdout.write((0,_report_json_js__WEBPACK_IMPORTED_MODULE_0__/* .serializeReport */ .x)(result.report));
    else
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
        const { saveNew } = await __webpack_require__.e(/* import() */ 809).then(__webpack_require__.bind(__webpack_require__, 1809));
        const { problems } = await saveNew(save, surroundings);
        for (const problem of problems)
            surroundings.log.warning(`Not saved: ${problem}`);
    }
    catch (error) {
        surroundings.log.warning(`Nothing was saved to the cache: ${(0,_error_js__WEBPACK_IMPORTED_MODULE_1__/* .describeError */ .Uc)(error)}`);
    }
}


/***/ }),

/***/ 5601:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  C: () => (/* binding */ inSession),
  F: () => (/* binding */ withCliDefaults)
});

// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __webpack_require__(3024);
// EXTERNAL MODULE: external "node:os"
var external_node_os_ = __webpack_require__(8161);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
// EXTERNAL MODULE: ./build/error.js
var error = __webpack_require__(5602);
;// CONCATENATED MODULE: ./build/request/python.js



/**
 * The version (`3.11`) of the python that a step of the job would get: setup-python's (`pythonLocation`), else the first
 * `python3` or `python` on the PATH. Told by file names where they tell it, since starting python costs more than all
 * the rest of resolving; else python itself is asked.
 *
 * @throws TfcacheError `usage` when there is no CPython
 */
async function findPython(environment, platform, run) {
    const location = environment['pythonLocation'] ?? '';
    const told = toolCacheVersion(location);
    if (told !== undefined)
        return told;
    const problems = [];
    for (const program of candidates(location, environment, platform)) {
        const named = versionFromName(program);
        if (named !== undefined)
            return named;
        try {
            const answer = await run(program, ['-c', QUESTION]);
            const version = /^cpython (\d+\.\d+)\s*$/.exec(answer)?.[1];
            if (version !== undefined)
                return version;
            problems.push(`${program} is not CPython`);
        }
        catch (error) {
            problems.push(`${program}: ${error instanceof Error ? error.message : String(error)}`);
        }
    }
    throw new error/* TfcacheError */.TM('usage', 'A wheel was asked for, and no python was found on this machine.', {
        hint: 'Say what the wheel is for: add ?python=3.11 to the request, or set python up before this step.',
        ...(problems.length === 0 ? {} : { found: problems.join('; ') }),
    });
}
const QUESTION = 'import platform,sys;print(platform.python_implementation().lower(),"%d.%d"%sys.version_info[:2])';
/** `/opt/hostedtoolcache/Python/3.11.9/x64` (PyPy stands in a folder of its own name). */
function toolCacheVersion(location) {
    return /[\\/]Python[\\/](\d+\.\d+)\.\d+[^\\/]*(?:[\\/][^\\/]+)?[\\/]?$/.exec(location)?.[1];
}
/** Programs that may be python, best first, each where it is found first. */
function candidates(location, environment, platform) {
    const windows = platform === 'win32';
    const { join, delimiter, isAbsolute } = windows ? external_node_path_.win32 : external_node_path_.posix;
    const names = windows ? ['python3.exe', 'python.exe'] : ['python3', 'python'];
    const setUp = location === '' ? [] : [windows ? location : join(location, 'bin')];
    const searched = pathOf(environment, windows).split(delimiter).filter(isAbsolute);
    const found = [];
    for (const folders of [setUp, searched]) {
        for (const name of names) {
            const file = folders.map((folder) => join(folder, name)).find(isProgram);
            if (file !== undefined && !found.includes(file))
                found.push(file);
        }
    }
    return found;
}
/** Windows spells it `Path`, and does not care. */
function pathOf(environment, windows) {
    if (!windows)
        return environment['PATH'] ?? '';
    const key = Object.keys(environment).find((name) => name.toUpperCase() === 'PATH');
    return key === undefined ? '' : (environment[key] ?? '');
}
function isProgram(file) {
    try {
        (0,external_node_fs_.accessSync)(file, external_node_fs_.constants.X_OK);
        return (0,external_node_fs_.statSync)(file).isFile();
    }
    catch {
        // Not there, or not ours to run: the search goes on either way.
        return false;
    }
}
/** `python3` is most often a link to `python3.11`, in a virtual environment too. */
function versionFromName(program) {
    const name = external_node_path_.posix.basename((0,external_node_fs_.realpathSync)(program).replaceAll('\\', '/'));
    return /^python(\d+\.\d+)(?:\.exe)?$/.exec(name)?.[1];
}

;// CONCATENATED MODULE: ./build/request/machine.js



/** The machine this process runs on. Each answer is found once. */
function detectMachine(surroundings) {
    const { platform = process.platform, arch = process.arch } = surroundings;
    let python;
    return {
        python() {
            python ??= findPython(surroundings.environment, platform, surroundings.run);
            return python;
        },
        platform: () => wheelPlatform(platform, arch, surroundings.fileExists ?? external_node_fs_.existsSync),
        os() {
            const name = SYSTEMS[platform];
            if (name !== undefined)
                return name;
            throw unknown('system', platform, '?os=linux, ?os=darwin or ?os=windows');
        },
        arch() {
            const name = ARCHITECTURES[arch];
            if (name !== undefined)
                return name;
            throw unknown('processor', arch, '?arch=x86_64 or ?arch=arm64');
        },
    };
}
const SYSTEMS = {
    linux: 'linux',
    darwin: 'darwin',
    win32: 'windows',
};
const ARCHITECTURES = { x64: 'x86_64', arm64: 'arm64' };
const WHEEL_PLATFORMS = {
    'linux x64': 'linux_x86_64',
    'linux arm64': 'linux_aarch64',
    'darwin x64': 'macosx_x86_64',
    'darwin arm64': 'macosx_arm64',
    'win32 x64': 'win_amd64',
    'win32 arm64': 'win_arm64',
};
function wheelPlatform(platform, arch, fileExists) {
    const name = WHEEL_PLATFORMS[`${platform} ${arch}`];
    if (name === undefined) {
        throw unknown('machine', `${platform} on ${arch}`, '?platform=linux_x86_64 or an exact tag');
    }
    if (platform === 'linux' && isMusl(name.slice('linux_'.length), fileExists)) {
        // musl 1.2 is in every Alpine since 3.13; manylinux wheels do not load there (PEP 656).
        return name.replace('linux_', 'musllinux_1_2_');
    }
    return name;
}
/** musl's loader without glibc's: some distributions have musl beside glibc for cross builds. */
function isMusl(arch, fileExists) {
    if (!fileExists(`/lib/ld-musl-${arch}.so.1`))
        return false;
    const glibc = arch === 'x86_64' ? '/lib64/ld-linux-x86-64.so.2' : '/lib/ld-linux-aarch64.so.1';
    return fileExists('/etc/alpine-release') || !fileExists(glibc);
}
function unknown(what, name, qualifiers) {
    return new error/* TfcacheError */.TM('usage', `TensorFlow has no files for this ${what} (${name}).`, {
        hint: `Say in the request what it is for: ${qualifiers}`,
    });
}

;// CONCATENATED MODULE: ./build/this-machine.js


const PYTHON_MILLISECONDS = 30_000;
/** The machine this process runs on, asked by programs of this environment only when a request leaves something out. */
function thisMachine(environment) {
    return detectMachine({
        environment,
        run: async (program, args) => {
            const { runProgram } = await __webpack_require__.e(/* import() */ 501).then(__webpack_require__.bind(__webpack_require__, 5501));
            const result = await runProgram(program, args, {
                environment,
                timeLimit: PYTHON_MILLISECONDS,
            });
            if (result.exitCode === 0)
                return result.stdout;
            throw new error/* TfcacheError */.TM('failed', `${program} failed.`, { found: result.stderr.trim() });
        },
    });
}

// EXTERNAL MODULE: ./build/report/units.js
var units = __webpack_require__(5088);
;// CONCATENATED MODULE: ./build/progress.js

/** How far a step is: what every rendering of progress says. Times are milliseconds of one clock. */
class ProgressMeter {
    #step = '';
    #totals = { files: 0, bytes: 0 };
    #done = { files: 0, bytes: 0 };
    #began = 0;
    begin(step, totals, now) {
        this.#step = step;
        this.#totals = totals;
        this.#done = { files: 0, bytes: 0 };
        this.#began = now;
    }
    advance(done) {
        this.#done = {
            files: this.#done.files + (done.files ?? 0),
            bytes: this.#done.bytes + (done.bytes ?? 0),
        };
    }
    /** From 0 to 1: by bytes, or by files where no bytes are expected. */
    get fraction() {
        const { files, bytes } = this.#totals;
        const fraction = bytes > 0 ? this.#done.bytes / bytes : files > 0 ? this.#done.files / files : 1;
        return Math.min(1, Math.max(0, fraction));
    }
    /** `fetch: 45 %, 1.21 GiB of 2.60 GiB, 3 of 4 files, 85.0 MiB/s` */
    describe(now) {
        const seconds = Math.max(now - this.#began, 1) / 1000;
        return [
            `${this.#step}: ${Math.floor(this.fraction * 100)} %`,
            `${(0,units/* formatBytes */.z3)(this.#done.bytes)} of ${(0,units/* formatBytes */.z3)(this.#totals.bytes)}`,
            `${this.#done.files} of ${(0,units/* formatCount */.B4)(this.#totals.files, 'file')}`,
            `${(0,units/* formatBytes */.z3)(Math.round(this.#done.bytes / seconds))}/s`,
        ].join(', ');
    }
}
/** Progress for a log: a line every so many milliseconds while a step works. */
function lineProgress(log, every) {
    const meter = new ProgressMeter();
    let timer;
    const end = () => clearInterval(timer);
    return {
        begin(step, totals) {
            end();
            meter.begin(step, totals, performance.now());
            // A timer, not the data, sets the pace: a transfer that stalls says so too.
            timer = setInterval(() => log.info(meter.describe(performance.now())), every);
            timer.unref();
        },
        advance: (done) => meter.advance(done),
        end,
    };
}

// EXTERNAL MODULE: ./build/safe-lines.js
var safe_lines = __webpack_require__(269);
;// CONCATENATED MODULE: ./build/cli/terminal.js


const LINE_EVERY_MILLISECONDS = 5000;
const BAR_EVERY_MILLISECONDS = 100;
const BAR_WIDTH = 24;
const CLEAR_LINE = '\r\x1b[K';
/** Log and progress on one stream: a bar on a terminal, which steps aside for lines; else a line every few seconds. */
function terminalOutput(terminal, options) {
    const live = terminal.isTTY === true && options.environment['TERM'] !== 'dumb';
    const paint = live && !options.environment['NO_COLOR'];
    let bar = '';
    const print = (message) => {
        terminal.write(`${bar === '' ? '' : CLEAR_LINE}${message}\n${bar}`);
    };
    const colour = (code, text) => (paint ? `\x1b[${code}m${text}\x1b[0m` : text);
    const log = {
        info: (message) => print((0,safe_lines/* safeLines */.B)(message)),
        warning: (message) => print(`${colour(33, 'warning:')} ${(0,safe_lines/* safeLines */.B)(message)}`),
        error: (message) => print(`${colour(31, 'error:')} ${(0,safe_lines/* safeLines */.B)(message)}`),
        debug: (message) => {
            if (options.verbose)
                print(colour(2, (0,safe_lines/* safeLines */.B)(message)));
        },
    };
    if (!live)
        return { log, progress: lineProgress(log, LINE_EVERY_MILLISECONDS) };
    const draw = (next) => {
        terminal.write(next === '' ? CLEAR_LINE : `${CLEAR_LINE}${next}`);
        bar = next;
    };
    return { log, progress: barProgress(draw, () => terminal.columns ?? 80) };
}
/** `████████░░░░ fetch: 45 %, …`, redrawn a few times a second. */
function barProgress(draw, columns) {
    const meter = new ProgressMeter();
    let timer;
    const show = () => {
        const full = Math.round(meter.fraction * BAR_WIDTH);
        const bar = '█'.repeat(full) + '░'.repeat(BAR_WIDTH - full);
        // A line that wraps could not be cleared again.
        draw(`${bar} ${(0,safe_lines/* safeLines */.B)(meter.describe(performance.now()))}`.slice(0, columns() - 1));
    };
    const end = () => {
        if (timer === undefined)
            return;
        clearInterval(timer);
        timer = undefined;
        draw('');
    };
    return {
        begin(step, totals) {
            end();
            meter.begin(step, totals, performance.now());
            timer = setInterval(show, BAR_EVERY_MILLISECONDS);
            timer.unref();
            show();
        },
        advance: (done) => meter.advance(done),
        end,
    };
}

;// CONCATENATED MODULE: ./build/cli/session.js





/** Runs a command with a temporary folder of its own, which is gone afterwards, and ends it in good order on Ctrl-C. */
async function inSession(line, work) {
    const controller = new AbortController();
    let signals = 0;
    for (const signal of ['SIGINT', 'SIGTERM']) {
        process.on(signal, () => {
            signals += 1;
            controller.abort(new Error(`Stopped by ${signal}.`));
            // Who asks twice does not want to wait for the clean end.
            if (signals > 1)
                process.exit(1);
        });
    }
    const temporary = (0,external_node_fs_.mkdtempSync)((0,external_node_path_.join)((0,external_node_os_.tmpdir)(), 'tfcache-'));
    try {
        return await work({
            surroundings: {
                ...terminalOutput(process.stderr, line),
                machine: thisMachine(line.environment),
                signal: controller.signal,
                environment: line.environment,
            },
            context: { workspace: process.cwd(), temporary, home: (0,external_node_os_.homedir)() },
        });
    }
    finally {
        (0,external_node_fs_.rmSync)(temporary, { recursive: true, force: true });
    }
}
/** Outside of a job that can reach GitHub's cache, the command line uses none unless told. */
function withCliDefaults({ inputs, environment }) {
    const inJob = environment['GITHUB_ACTIONS'] === 'true' && Boolean(environment['ACTIONS_RUNTIME_TOKEN']);
    return { ...inputs, cache: inputs.cache ?? (inJob ? 'github' : 'none') };
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
/* harmony export */   aE: () => (/* binding */ readRecord),
/* harmony export */   bM: () => (/* binding */ formatRecord),
/* harmony export */   rh: () => (/* binding */ writeRecord)
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
    folders: valibot__WEBPACK_IMPORTED_MODULE_2__/* .array */ .YOg(SAFE_PATH),
    files: valibot__WEBPACK_IMPORTED_MODULE_2__/* .array */ .YOg(ENTRY),
});
/**
 * What tfcache put into a destination; empty when it put nothing there. A record that is damaged counts as none: then
 * whatever has the right bytes is taken as it is, and nothing is removed.
 *
 * @throws TfcacheError `failed` for the record of a newer tfcache.
 */
function readRecord(destination, log) {
    const file = (0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(destination, _layout_js__WEBPACK_IMPORTED_MODULE_4__/* .RECORD_NAME */ .qP);
    const empty = { entries: new Map(), folders: new Set() };
    const text = readText(file);
    if (text === undefined)
        return empty;
    try {
        const data = JSON.parse(text);
        refuseOtherVersion(data, file);
        const { files, folders } = valibot__WEBPACK_IMPORTED_MODULE_2__/* .parse */ .qgA(RECORD, data);
        const entries = new Map();
        for (const entry of files) {
            const place = (0,_layout_js__WEBPACK_IMPORTED_MODULE_4__/* .placeOf */ .$t)(entry);
            const known = entries.get(place);
            if (known === undefined)
                entries.set(place, [entry]);
            else
                known.push(entry);
        }
        return { entries, folders: new Set(folders) };
    }
    catch (error) {
        if (error instanceof _error_js__WEBPACK_IMPORTED_MODULE_5__/* .TfcacheError */ .TM && error.code === 'failed')
            throw error;
        log.warning(`${file} is damaged (${error instanceof Error ? error.message : String(error)}): files that are there are taken by their content, and none is removed.`);
        return empty;
    }
}
/** The text of a record: a line a file. */
function formatRecord(record) {
    const files = [...record.entries.values()].flat().map((entry) => JSON.stringify(entry));
    const folders = JSON.stringify([...record.folders].sort());
    return `{"version":1,"folders":${folders},"files":[\n${files.join(',\n')}\n]}\n`;
}
/** At once: the old record or the new one is there. */
function writeRecord(destination, text) {
    const file = (0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(destination, _layout_js__WEBPACK_IMPORTED_MODULE_4__/* .RECORD_NAME */ .qP);
    // Always the same name: what a killed run left is written over. Two runs into one destination are the caller's mistake.
    const draft = `${file}.tmp`;
    try {
        (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.writeFileSync)(draft, text);
        (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.renameSync)(draft, file);
    }
    catch (error) {
        (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.rmSync)(draft, { force: true });
        throw (0,_store_file_error_js__WEBPACK_IMPORTED_MODULE_6__/* .fileError */ .z)('write the record of what is in the destination', file, error);
    }
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
/* harmony export */   _N: () => (/* binding */ statOf),
/* harmony export */   bQ: () => (/* binding */ recordedNow)
/* harmony export */ });
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(3024);
/* harmony import */ var _store_file_error_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(3009);
/* harmony import */ var _store_hash_file_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(3035);



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
/** Undefined also when something that is no folder stands in front. */
function statOf(file) {
    try {
        return (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.lstatSync)(file, { bigint: true, throwIfNoEntry: false });
    }
    catch (error) {
        if ((0,_store_file_error_js__WEBPACK_IMPORTED_MODULE_1__/* .errorCode */ .C)(error) === 'ENOTDIR')
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
        return (0,_store_hash_file_js__WEBPACK_IMPORTED_MODULE_2__/* .hashFileSync */ .iu)(file, new Uint8Array(_store_hash_file_js__WEBPACK_IMPORTED_MODULE_2__/* .HASH_BUFFER_SIZE */ .c1)).sha256;
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

/***/ 7273:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  ys: () => (/* binding */ absolute),
  TL: () => (/* binding */ parseInputs)
});

// UNUSED EXPORTS: parseKeyPrefix, parsePlaces

// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
// EXTERNAL MODULE: ./build/error.js
var error = __webpack_require__(5602);
;// CONCATENATED MODULE: ./build/mirror/filter/parse.js

/** What a rule's name means for a pull that deletes nothing: hide and show are the sender's half of exclude and include. */
const ACTIONS = {
    '+': 'include',
    include: 'include',
    S: 'include',
    show: 'include',
    '-': 'exclude',
    exclude: 'exclude',
    H: 'exclude',
    hide: 'exclude',
};
/** Rules that rsync knows and that can have no meaning here. They are refused, for an ignored rule misleads. */
const REFUSED = {
    P: 'it protects files from deletion, and tfcache never deletes what a rule protects. Leave it out.',
    protect: 'it protects files from deletion, and tfcache never deletes what a rule protects. Leave it out.',
    R: 'it allows files to be deleted, and tfcache deletes nothing by rules. Leave it out.',
    risk: 'it allows files to be deleted, and tfcache deletes nothing by rules. Leave it out.',
    '.': 'rules are not read from files. Write the rules of that file here.',
    merge: 'rules are not read from files. Write the rules of that file here.',
    ':': 'rules are not read from the folders of a mirror. Write the rules here.',
    'dir-merge': 'rules are not read from the folders of a mirror. Write the rules here.',
};
const REFUSED_MODIFIERS = {
    '/': 'the modifier "/" means paths of the server, which are not known here. A pattern that begins with "/" stands at the root of the bucket: "+ /linux/cpu/".',
    x: 'the modifier "x" is for the names of extended attributes, which are not transferred. Leave the rule out.',
    C: 'the modifier "C" adds the patterns of CVS, which depend on the machine. Write the patterns that you want.',
};
const LONG_NAMES = [
    'include',
    'exclude',
    'hide',
    'show',
    'protect',
    'risk',
    'merge',
    'dir-merge',
    'clear',
];
/**
 * Reads filter rules, one a line: `RULE[,MODIFIERS] PATTERN` of rsync(1), "FILTER RULES IN DEPTH", as in a file that rsync
 * merges: blank lines and lines that begin with `#` or `;` say nothing, `!` (or `clear`) forgets the rules before it.
 * Spaces at the end of a pattern belong to it, as for rsync.
 *
 * @throws TfcacheError `usage` that names the line, for a rule that rsync would not take or that can have no effect here.
 */
function parseFilterRules(text) {
    let rules = [];
    for (const [index, raw] of text.split('\n').entries()) {
        const line = raw.replace(/\r$/, '').replace(/^[ \t]+/, '');
        if (line === '' || line.startsWith('#') || line.startsWith(';'))
            continue;
        const rule = parseRule(line, index + 1);
        if (rule === 'clear')
            rules = [];
        else
            rules.push(rule);
    }
    return rules;
}
function parseRule(text, line) {
    const refuse = (what, hint) => new error/* TfcacheError */.TM('usage', `This filter rule cannot be used: ${what}.`, {
        where: `input filters, line ${line}`,
        found: text,
        hint,
    });
    const { name, rest } = splitName(text);
    if (name === '!' || name === 'clear') {
        if (/^,?[ _]?$/.test(rest))
            return 'clear';
        throw refuse(`nothing may follow "${name}"`, `Write "${name}" on a line of its own.`);
    }
    const reason = REFUSED[name];
    if (reason !== undefined)
        throw refuse(`"${name}" has no meaning here`, reason);
    const action = ACTIONS[name];
    if (action === undefined) {
        throw refuse('it does not begin with the name of a rule', 'Write "+ PATTERN" to take what matches or "- PATTERN" to leave it out; the first rule that matches counts.');
    }
    // A comma may stand between name and modifiers; one space or underscore ends them (exclude.c, parse_rule_tok()).
    const match = /^,?([^ _]*)(?:[ _](.*))?$/s.exec(rest);
    const modifiers = match?.[1] ?? '';
    const written = match?.[2] ?? '';
    for (const modifier of modifiers) {
        const why = REFUSED_MODIFIERS[modifier];
        if (why !== undefined)
            throw refuse(`its modifier "${modifier}" has no meaning here`, why);
        const sideIsGiven = /^(H|S|hide|show)$/.test(name) && /[rs]/.test(modifier);
        if (!'!prs'.includes(modifier) || sideIsGiven) {
            throw refuse(`"${modifier}" is no modifier of this rule`, `After "${name}" stands one space, then the pattern: "${name} /linux/cpu/".`);
        }
    }
    if (modifiers.includes('r') && !modifiers.includes('s')) {
        throw refuse('the modifier "r" makes it a rule about deletion', REFUSED['P'] ?? '');
    }
    if (written === '')
        throw refuse('it has no pattern', `Write "${name} PATTERN".`);
    return { text, line, action, ...parsePattern(written), negated: modifiers.includes('!') };
}
/** A long name must end there, a short one is one character. */
function splitName(text) {
    for (const long of LONG_NAMES) {
        const next = text[long.length];
        if (text.startsWith(long) && (next === undefined || /[\s_,]/.test(next))) {
            return { name: long, rest: text.slice(long.length) };
        }
    }
    return { name: text.slice(0, 1), rest: text.slice(1) };
}
/** One slash at either end has a meaning of its own; a lone `/` is an anchor with nothing behind it. */
function parsePattern(written) {
    const foldersOnly = written.length > 1 && written.endsWith('/');
    const body = foldersOnly ? written.slice(0, -1) : written;
    const anchored = body.startsWith('/');
    return { pattern: anchored ? body.slice(1) : body, anchored, foldersOnly };
}

// EXTERNAL MODULE: ./build/request/kinds.js + 30 modules
var kinds = __webpack_require__(9331);
// EXTERNAL MODULE: ./build/request/nearest.js
var nearest = __webpack_require__(7320);
;// CONCATENATED MODULE: ./build/request/request.js
/** The kinds that resolve today. */
const KINDS = ['wheel', 'libtensorflow', 'keras-weights', 'keras-dataset', 'path'];
/** The kinds of the contract that come later: refused with "not supported yet", never as unknown. */
const LATER_KINDS = ['tfds', 'tfhub', 'image'];

// EXTERNAL MODULE: ./build/request/request-error.js
var request_error = __webpack_require__(9044);
;// CONCATENATED MODULE: ./build/request/grammar.js




/**
 * Reads requests, one a line: `KIND:NAME[VERSION][?key=value&…]`.
 *
 * `#` begins a comment at the start of a line or after a space (`\#` does not, for a path that has one there). A request
 * that says the same as an earlier one is dropped. `path:` takes all that follows as a glob; `?` is a glob character there.
 *
 * @throws TfcacheError `usage`, naming line and text, for the first line that is wrong
 */
function parseRequests(text) {
    const requests = new Map();
    const lines = text.replace(/^\uFEFF/, '').split(/\r?\n/);
    for (const [index, line] of lines.entries()) {
        const content = withoutComment(line);
        if (content === '')
            continue;
        const request = parseRequest({ text: content, line: index + 1 });
        const key = meaning(request);
        if (!requests.has(key))
            requests.set(key, request);
    }
    return [...requests.values()];
}
function withoutComment(line) {
    const content = line.replace(/(?:^|[ \t])#.*$/s, '').replace(/^[ \t\r]+/, '');
    const end = content.replace(/[ \t\r]+$/, '');
    // A backslash before the space that ends a path keeps the space: `path:odd name\ `.
    const escapes = /\\*$/.exec(end)?.[0].length ?? 0;
    return escapes % 2 === 1 ? content.slice(0, end.length + 1) : end;
}
function meaning(request) {
    const qualifiers = Object.entries(request.qualifiers).sort(([a], [b]) => (a < b ? -1 : 1));
    return JSON.stringify([
        request.kind,
        request.name,
        request.version.replace(/\s+/g, ''),
        qualifiers,
    ]);
}
function parseRequest(place) {
    const { text } = place;
    if (text.includes('\0'))
        throw (0,request_error/* usageError */.Wp)(place, 'it holds a NUL character, which no name can.', {
            hint: 'Look at how the line is made; a glob such as * can stand for what cannot be written.',
        });
    const colon = text.indexOf(':');
    const kind = parseKind(place, colon === -1 ? undefined : text.slice(0, colon).trimEnd());
    const rest = text.slice(colon + 1);
    const request = kind === 'path' ? pathRequest(place, rest) : namedRequest(place, kind, rest.trim());
    if (request.name === '') {
        throw (0,request_error/* usageError */.Wp)(place, `it names nothing after "${kind}:".`, { hint: EXAMPLES[kind] });
    }
    (0,kinds/* kindOf */.I)(kind).check(request);
    return request;
}
const EXAMPLES = {
    wheel: 'Write a project, for example wheel:tensorflow-cpu~=2.15.0',
    libtensorflow: 'Write cpu or gpu, for example libtensorflow:cpu==2.15.0',
    'keras-weights': 'Write a model, for example keras-weights:ResNet50?variant=notop',
    'keras-dataset': 'Write a data set, for example keras-dataset:mnist',
    path: 'Write a path or a glob, for example path:linux/cpu/*.whl',
};
function parseKind(place, written) {
    if (written === undefined) {
        throw (0,request_error/* usageError */.Wp)(place, 'it has no kind.', {
            hint: `Put a kind and a colon before it, for example wheel:${place.text} or path:${place.text}`,
            expected: `KIND:NAME, where KIND is ${KINDS.join(', ')}`,
        });
    }
    const known = KINDS.find((kind) => kind === written);
    if (known !== undefined)
        return known;
    const later = LATER_KINDS.find((kind) => kind === written);
    if (later !== undefined) {
        throw (0,request_error/* usageError */.Wp)(place, `the kind "${later}" is not supported yet.`, {
            expected: KINDS.join(', '),
            hint: 'If the mirror holds the files, ask for them with path:FOLDER/**',
        });
    }
    const slip = (0,nearest/* likelySlip */.jm)(written, KINDS);
    throw (0,request_error/* usageError */.Wp)(place, `there is no kind "${written}".`, {
        expected: KINDS.join(', '),
        hint: slip === undefined ? 'Write one of these before the colon.' : `Did you mean ${slip}: ?`,
    });
}
function pathRequest(place, glob) {
    return { ...place, kind: 'path', name: glob, version: '', qualifiers: {} };
}
function namedRequest(place, kind, rest) {
    const question = rest.indexOf('?');
    const subject = (question === -1 ? rest : rest.slice(0, question)).trim();
    const qualifiers = question === -1 ? {} : parseQualifiers(place, kind, rest.slice(question + 1));
    const start = subject.search(/[=<>!~^@\s([;]/);
    const name = start === -1 ? subject : subject.slice(0, start);
    const version = start === -1 ? '' : parseVersionPart(place, subject.slice(start).trim());
    return { ...place, kind, name, version, qualifiers };
}
/** Refuses what pip would read here and we do not: extras, markers, addresses. */
function parseVersionPart(place, text) {
    if (text.startsWith('[')) {
        throw (0,request_error/* usageError */.Wp)(place, `extras ("${text}") are not supported.`, {
            hint: 'A wheel is one file: leave the brackets out, and ask for each further wheel on a line of its own.',
        });
    }
    if (text.includes(';')) {
        throw (0,request_error/* usageError */.Wp)(place, 'environment markers (after ";") are not supported.', {
            hint: 'Leave the marker out; say ?python=3.11&platform=linux_x86_64 where it matters.',
        });
    }
    if (text.startsWith('@')) {
        throw (0,request_error/* usageError */.Wp)(place, `"${text}" is no version specifier.`, {
            hint: `Write ==${text.slice(1).trim() || '2.15.0'} for exactly that version.`,
        });
    }
    const bracketed = /^\((.*)\)$/s.exec(text);
    return bracketed === null ? text : (bracketed[1] ?? '').trim();
}
function parseQualifiers(place, kind, text) {
    const known = (0,kinds/* kindOf */.I)(kind).qualifiers;
    const qualifiers = new Map();
    for (const pair of text.split('&')) {
        const equals = pair.indexOf('=');
        const key = (equals === -1 ? pair : pair.slice(0, equals)).trim();
        const value = equals === -1 ? '' : pair.slice(equals + 1).trim();
        if (!known.includes(key))
            throw unknownQualifier(place, kind, key);
        if (value === '') {
            throw (0,request_error/* usageError */.Wp)(place, `the qualifier "${key}" has no value.`, {
                hint: `Write ${key}=VALUE, or leave it out.`,
            });
        }
        if (qualifiers.has(key)) {
            throw (0,request_error/* usageError */.Wp)(place, `the qualifier "${key}" is there twice.`, {
                hint: 'Keep one of them.',
            });
        }
        qualifiers.set(key, value);
    }
    return Object.fromEntries(qualifiers);
}
function unknownQualifier(place, kind, key) {
    const known = (0,kinds/* kindOf */.I)(kind).qualifiers;
    if (known.length === 0) {
        return (0,request_error/* usageError */.Wp)(place, `${kind} takes no qualifiers, and "?${key}" was given.`, {
            hint: 'Leave out the question mark and what follows.',
        });
    }
    const problem = key === '' ? 'there is a qualifier without a name.' : `${kind} has no qualifier "${key}".`;
    const slip = (0,nearest/* likelySlip */.jm)(key, known);
    return (0,request_error/* usageError */.Wp)(place, problem, {
        expected: known.join(', '),
        hint: key === '' || slip === undefined ? 'Write ?key=value&key=value.' : `Did you mean ${slip}= ?`,
    });
}

// EXTERNAL MODULE: ./build/inputs/table.js
var table = __webpack_require__(9140);
;// CONCATENATED MODULE: ./build/inputs/mirrors.js


const WHAT_TO_DO = 'Set mirrors to an rsync:// URL, for example rsync://mirror.example/tensorflow/ or rsync://mirror.example/{bucket}/.';
/**
 * Parses the input `mirrors`: one mirror per line, `URL` or `BUCKET=URL`; blank lines and lines that begin with `#` are
 * skipped. The default is accepted and marked `unsupported`: a run that has everything locked and cached needs no mirror.
 *
 * @throws TfcacheError `usage`, naming the line.
 */
function parseMirrors(text) {
    if (text.trim() === table/* DEFAULT_MIRROR */.ER)
        return [defaultMirror()];
    const lines = text
        .split('\n')
        .map((written, index) => ({ written: written.trim(), line: index + 1 }))
        .filter(({ written }) => written !== '' && !written.startsWith('#'))
        .map(({ written, line }) => parseLine(written, line));
    refuseSeveral(lines);
    return lines;
}
function defaultMirror() {
    return {
        url: table/* DEFAULT_MIRROR */.ER,
        bucket: undefined,
        line: 1,
        unsupported: `Fetching over https:// is not supported yet, and mirrors is at its default. ${WHAT_TO_DO}`,
    };
}
function parseLine(written, line) {
    // Buckets are named by https://cloud.google.com/storage/docs/buckets#naming: no `:` and no `/`, so a URL's own `=` is not taken for ours.
    const match = /^(?:([a-z0-9][a-z0-9._-]{1,221}[a-z0-9])=)?([^=]*:\/\/.*|[^=]*)$/s.exec(written);
    const url = match?.[2];
    if (url === undefined || url === '') {
        throw badLine(written, line, 'URL or BUCKET=URL, the bucket in lower-case letters, digits, . _ -');
    }
    checkUrl(url, line);
    const bucket = match?.[1];
    if (bucket !== undefined)
        return { url: url.replaceAll('{bucket}', bucket), bucket, line };
    return { url, bucket: url.includes('{bucket}') ? undefined : 'tensorflow', line };
}
function checkUrl(url, line) {
    const scheme = /^([a-z][a-z0-9+.-]*):\/\//i.exec(url)?.[1]?.toLowerCase();
    if (scheme === 'ssh' || scheme === 'https' || scheme === 'file') {
        throw new error/* TfcacheError */.TM('usage', `Mirrors by ${scheme}:// are not supported yet.`, {
            where: `input mirrors, line ${line}`,
            found: withoutPassword(url),
            hint: WHAT_TO_DO,
        });
    }
    const expected = 'rsync://[user@]host[:port]/module/[folder/]';
    if (scheme !== 'rsync')
        throw badLine(url, line, expected);
    const match = /^rsync:\/\/(?:([^@/]*)@)?([^/]*)\/(.*)$/is.exec(url);
    const [user, host = '', path = ''] = match?.slice(1) ?? [];
    if (user?.includes(':')) {
        throw new error/* TfcacheError */.TM('usage', 'A mirror URL must not hold a password.', {
            where: `input mirrors, line ${line}`,
            hint: 'Keep rsync://user@host/module/ and put the password into a secret for the input rsync-password.',
        });
    }
    // A leading - would be read as an option, a control character never stands in a name that a person wrote.
    const named = /^(?:\[[0-9a-f:.]+\]|(?:[a-z0-9]|\{bucket\})(?:[a-z0-9._-]|\{bucket\})*)(?::\d{1,5})?$/i;
    const names = path.split('/');
    const sound = named.test(host) &&
        (user === undefined || /^[a-z0-9_][a-z0-9_.+-]*$/i.test(user)) &&
        names[0] !== '' &&
        !names[0]?.startsWith('-') &&
        !names.includes('..') &&
        !/\p{Cc}/u.test(url);
    if (!sound)
        throw badLine(url, line, expected);
}
/** Choosing among several mirrors of a bucket comes later; until then the second would be ignored, so it is refused. */
function refuseSeveral(lines) {
    for (const [index, line] of lines.entries()) {
        const earlier = lines
            .slice(0, index)
            .find((other) => other.bucket === line.bucket || other.bucket === undefined || line.bucket === undefined);
        if (earlier === undefined)
            continue;
        const bucket = line.bucket ?? earlier.bucket ?? 'every bucket';
        throw new error/* TfcacheError */.TM('usage', `More than one mirror for ${bucket} is not supported yet.`, {
            where: `input mirrors, lines ${earlier.line} and ${line.line}`,
            found: `${earlier.url} and ${line.url}`,
            hint: 'Keep one line for each bucket.',
        });
    }
}
function badLine(written, line, expected) {
    return new error/* TfcacheError */.TM('usage', 'A line of the input mirrors cannot be read.', {
        where: `input mirrors, line ${line}`,
        expected,
        found: JSON.stringify(withoutPassword(written)),
        hint: WHAT_TO_DO,
    });
}
function withoutPassword(url) {
    return url.replace(/:\/\/[^/]*@/, '://…@');
}

;// CONCATENATED MODULE: ./build/inputs/values.js


/** The entry of an input in the table. */
function inputSpec(name) {
    const spec = table/* INPUTS */.mc.find((candidate) => candidate.name === name);
    if (spec === undefined)
        throw new Error(`The table of inputs lacks ${name}.`);
    return spec;
}
/** A value that an input does not take. The value is shown, so never call it for a secret. */
function badInput(name, value, allowed, hint) {
    return new error/* TfcacheError */.TM('usage', `The input ${name} does not take this value.`, {
        where: `input ${name}`,
        expected: allowed,
        found: JSON.stringify(value),
        hint: hint ?? `Set ${name} to ${allowed}.`,
    });
}
/** A value whose capability comes with a later release: refused, never ignored. */
function notSupportedYet(name, what, hint) {
    return new error/* TfcacheError */.TM('usage', `The input ${name}: ${what} not supported yet.`, {
        where: `input ${name}`,
        hint,
    });
}
/** The booleans of YAML 1.2's core schema (https://yaml.org/spec/1.2.2/#1032-tag-resolution), as the runner's own tools read them. */
function parseBoolean(name, value) {
    if (['true', 'True', 'TRUE'].includes(value))
        return true;
    if (['false', 'False', 'FALSE'].includes(value))
        return false;
    throw badInput(name, value, 'true or false');
}
/** A whole number in decimal digits within the input's range. */
function parseInteger(name, value) {
    const [smallest, largest] = inputSpec(name).range ?? [0, Number.MAX_SAFE_INTEGER];
    const number = /^\d{1,15}$/.test(value) ? Number(value) : Number.NaN;
    if (!(number >= smallest && number <= largest)) {
        throw badInput(name, value, `a whole number from ${smallest} to ${largest}`);
    }
    return number;
}
/** One of the input's values, given in the type that the caller knows them by. */
function parseChoice(name, value, choices) {
    const choice = choices.find((candidate) => candidate === value);
    if (choice === undefined)
        throw badInput(name, value, choices.join(', '));
    return choice;
}
const UNITS = {
    '': 1,
    B: 1,
    KB: 1e3,
    MB: 1e6,
    GB: 1e9,
    TB: 1e12,
    KIB: 2 ** 10,
    MIB: 2 ** 20,
    GIB: 2 ** 30,
    TIB: 2 ** 40,
};
/** A size in bytes: `50GB` (powers of 1000) or `50GiB` (powers of 1024), upper or lower case. */
function parseSize(name, value) {
    const match = /^(\d{1,12}(?:\.\d{1,6})?) ?([KMGT]?I?B?)$/i.exec(value);
    const unit = UNITS[match?.[2]?.toUpperCase() ?? 'none'];
    const bytes = match === null || unit === undefined ? Number.NaN : Number(match[1]) * unit;
    if (!(bytes >= 1))
        throw badInput(name, value, 'a size such as 50GB or 512MiB');
    return Math.floor(bytes);
}

;// CONCATENATED MODULE: ./build/inputs/parse.js






/**
 * Checks every input and gives them their types. An empty value stands for the default.
 *
 * @throws TfcacheError `usage`, naming the input, the value (never a secret's) and what is allowed.
 */
function parseInputs(raw, context) {
    const text = (name) => textOf(raw, name);
    const lines = (name) => (raw[name]?.trim() ? raw[name] : inputSpec(name).default);
    const boolean = (name) => parseBoolean(name, text(name));
    const integer = (name) => parseInteger(name, text(name));
    refuseLater(text, integer);
    const lockFile = text('lock-file') === '' ? undefined : absolute(text('lock-file'), context);
    const frozen = boolean('frozen');
    if (frozen && lockFile === undefined) {
        throw badInput('frozen', 'true', 'false while lock-file is empty', 'Set lock-file, for example to tfcache.lock.');
    }
    const requests = parseRequests(lines('artifacts'));
    if (requests.length === 0 && lockFile === undefined)
        throw nothingAsked();
    const password = text('rsync-password');
    return {
        ...parsePlaces(raw, context),
        requests,
        mirrors: parseMirrors(lines('mirrors')),
        filters: parseFilterRules(lines('filters')),
        lockFile,
        frozen,
        link: parseChoice('link', text('link'), ['auto', 'reflink', 'hardlink', 'copy']),
        save: parseChoice('save', text('save'), ['always', 'on-success', 'never']),
        offline: boolean('offline'),
        lookupOnly: boolean('lookup-only'),
        failOnCacheMiss: boolean('fail-on-cache-miss'),
        rsyncPath: parseProgram(text('rsync-path')),
        timeout: integer('timeout'),
        retries: integer('retries'),
        bandwidthLimit: text('bandwidth-limit') === '' ? undefined : integer('bandwidth-limit'),
        rsyncPassword: password === '' ? undefined : password,
        exportEnvironment: boolean('export-environment'),
        summary: boolean('summary'),
    };
}
/** Where files are kept: all that the sub-action `save` is told. @throws TfcacheError `usage` */
function parsePlaces(raw, context) {
    const text = (name) => textOf(raw, name);
    return {
        path: absolute(text('path'), context),
        cache: parseCache(text('cache')),
        cacheKeyPrefix: parseKeyPrefix(text('cache-key-prefix')),
        store: text('store') === ''
            ? { folder: (0,external_node_path_.join)(context.temporary, 'tfcache', 'store'), lifetime: 'job' }
            : { folder: absolute(text('store'), context), lifetime: 'persistent' },
    };
}
function textOf(raw, name) {
    return raw[name]?.trim() || inputSpec(name).default;
}
/** Inputs of the contract whose capability comes later. */
function refuseLater(text, integer) {
    if (integer('connections') > 1) {
        throw notSupportedYet('connections', 'more than one connection at once is', 'Set connections to 1 or leave it out.');
    }
    if (text('store-max-size') !== '') {
        parseSize('store-max-size', text('store-max-size'));
        throw notSupportedYet('store-max-size', 'bounding the store is', 'Leave it out, and empty the store by hand when it grows too large.');
    }
    if (text('proxy') !== '') {
        throw notSupportedYet('proxy', 'a proxy before rsync daemons is', 'Leave it out, and use a mirror that is reached directly.');
    }
    for (const name of ['ssh-private-key', 'ssh-known-hosts']) {
        if (text(name) !== '') {
            throw notSupportedYet(name, 'mirrors by ssh:// are', 'Leave it out, and use an rsync:// mirror.');
        }
    }
}
function parseCache(value) {
    if (value.startsWith('s3://')) {
        throw notSupportedYet('cache', 'S3-compatible stores are', 'Set cache to github or none.');
    }
    return parseChoice('cache', value, ['github', 'none']);
}
/** GitHub's cache takes keys of at most 512 characters without commas; ours add less than 312 to the prefix. */
function parseKeyPrefix(value) {
    if (!/^[^,\p{Cc}]{1,200}$/u.test(value)) {
        throw badInput('cache-key-prefix', value, '1 to 200 characters without commas and line breaks');
    }
    return value;
}
function parseProgram(value) {
    if (value.startsWith('-') || /\p{Cc}/u.test(value)) {
        throw badInput('rsync-path', value, "a program's name or path", 'Set rsync-path to rsync or to the full path of the program.');
    }
    return value;
}
/** An absolute path of what a user wrote: `~/x` below home, relative ones below the workspace. */
function absolute(written, context) {
    if (context.home !== undefined && (written === '~' || /^~[/\\]/.test(written))) {
        return (0,external_node_path_.resolve)(context.home, `.${written.slice(1)}`);
    }
    return (0,external_node_path_.isAbsolute)(written) ? (0,external_node_path_.resolve)(written) : (0,external_node_path_.resolve)(context.workspace, written);
}
function nothingAsked() {
    return new error/* TfcacheError */.TM('usage', 'Nothing was asked for.', {
        where: 'input artifacts',
        found: 'artifacts and lock-file are both empty',
        hint: 'Name at least one artifact, for example wheel:tensorflow-cpu~=2.15.0 or path:linux/cpu/*.whl, or the lock-file of what you locked.',
    });
}


/***/ }),

/***/ 9751:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  U5: () => (/* binding */ EMPTY_LOCK),
  sU: () => (/* binding */ lockDigest),
  mF: () => (/* binding */ readLock),
  rk: () => (/* binding */ withArtifact),
  be: () => (/* binding */ writeLock)
});

// UNUSED EXPORTS: findArtifact

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
 *   wrong or unknown, paths that lead outside, an artifact or a file of one that stands in it twice.
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
    for (const { id, files } of artifacts)
        refuseTwice(files.map(({ bucket, path }) => `${path} (bucket ${bucket})`), `in ${id}`, where);
    refuseTwice(artifacts.map(({ id }) => id), '', where);
    return { version: 1, artifacts };
}
const ADVICE = 'Restore the file from your version control, or remove it and run once without frozen to lock anew.';
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

;// CONCATENATED MODULE: ./build/lock/replace-file.js


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
        const descriptor = (0,external_node_fs_.openSync)(draft, 'w', 0o644);
        try {
            const bytes = Buffer.from(text);
            let written = 0;
            while (written < bytes.length)
                written += (0,external_node_fs_.writeSync)(descriptor, bytes, written);
            (0,external_node_fs_.fsyncSync)(descriptor);
        }
        finally {
            (0,external_node_fs_.closeSync)(descriptor);
        }
        (0,external_node_fs_.renameSync)(draft, target);
    }
    catch (error) {
        if (draft !== undefined)
            (0,external_node_fs_.rmSync)(draft, { force: true });
        throw (0,file_error/* fileError */.z)(action, file, error);
    }
}
function resolveLink(file) {
    try {
        return (0,external_node_fs_.realpathSync)(file);
    }
    catch (error) {
        if ((0,file_error/* errorCode */.C)(error) === 'ENOENT')
            return file;
        throw error;
    }
}

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
    replaceFile(file, text, 'write the lock file');
    return true;
}
/** sha256 of the lock file's bytes, lower-case hexadecimal; empty when there is no lock. */
function lockDigest(file) {
    const text = readText(file);
    return text === undefined ? '' : (0,external_node_crypto_.createHash)('sha256').update(text).digest('hex');
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

/***/ 5948:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   b: () => (/* binding */ openCache)
/* harmony export */ });
/** The cache of a run, loaded only when something is to be read from or written to one. */
async function openCache(choice, surroundings) {
    if (choice.cache === 'none')
        return undefined;
    const { createGithubCache } = await __webpack_require__.e(/* import() */ 920).then(__webpack_require__.bind(__webpack_require__, 920));
    return createGithubCache({
        keyPrefix: choice.cacheKeyPrefix,
        environment: surroundings.environment,
        log: surroundings.log,
    });
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

/***/ 655:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  a: () => (/* binding */ pull)
});

// EXTERNAL MODULE: ./build/error.js
var build_error = __webpack_require__(5602);
// EXTERNAL MODULE: ./build/request/kinds.js + 30 modules
var kinds = __webpack_require__(9331);
// EXTERNAL MODULE: external "node:os"
var external_node_os_ = __webpack_require__(8161);
// EXTERNAL MODULE: ./build/file.js
var build_file = __webpack_require__(6480);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
// EXTERNAL MODULE: external "node:worker_threads"
var external_node_worker_threads_ = __webpack_require__(5919);
// EXTERNAL MODULE: ./build/store/file-error.js
var file_error = __webpack_require__(3009);
;// CONCATENATED MODULE: ./build/store/hash-pool.js





/** Orders that may lie at one worker: the one it works on, and one so that it need not wait for the next. */
const ORDERS_AT_ONCE = 2;
/** Files in one order at most: enough that a message costs little a file, few enough that all threads have work. */
const FILES_PER_ORDER = 64;
/**
 * Hashes files in threads, started at the first digest. It never keeps the process alive by itself: only work that is not
 * done does.
 */
function createHashPool({ threads: most = (0,external_node_os_.availableParallelism)(), workerUrl, } = {}) {
    const url = workerUrl ?? new URL(`./hash-worker${(0,external_node_path_.extname)(import.meta.url)}`, import.meta.url);
    const threads = new Set();
    const queue = [];
    let taken = 0;
    let batches = 0;
    let scheduled = false;
    let closed = false;
    function schedule() {
        if (scheduled)
            return;
        scheduled = true;
        // What is asked for in the same turn goes out together.
        queueMicrotask(() => {
            scheduled = false;
            dispatch();
        });
    }
    function dispatch() {
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
        const thread = { worker: new external_node_worker_threads_.Worker(url), orders: new Map() };
        threads.add(thread);
        thread.worker.on('message', (answer) => {
            const jobs = thread.orders.get(answer.batch) ?? [];
            thread.orders.delete(answer.batch);
            if (thread.orders.size === 0)
                thread.worker.unref();
            // The next order first: the thread works while this one goes through the answers.
            dispatch();
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
            job.reject(new build_error/* TfcacheError */.TM('failed', 'The hashing thread ended before its work was done.', {
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
                const error = new build_error/* TfcacheError */.TM('failed', 'The hash pool is closed.', { where: file });
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
                job.reject(new build_error/* TfcacheError */.TM('failed', 'The hash pool was closed.', { where: job.file }));
            }
            taken = 0;
            await Promise.all([...threads].map((thread) => thread.worker.terminate()));
        },
    };
}
function settle(job, result) {
    if (result === undefined) {
        job.reject(new build_error/* TfcacheError */.TM('failed', 'The hashing thread gave no answer.', { where: job.file }));
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
        return new build_error/* TfcacheError */.TM('integrity', 'A file changed while it was read.', {
            where: file,
            hint: 'Something else writes to it. Run again; if it happens again, find out what that is.',
        });
    }
    return (0,file_error/* fileError */.z)('read a file to verify it', file, Object.assign(new Error(message), { code }));
}

// EXTERNAL MODULE: ./build/pull/cache.js
var pull_cache = __webpack_require__(5948);
// EXTERNAL MODULE: ./build/pull/empty-folder.js
var empty_folder = __webpack_require__(6280);
// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __webpack_require__(3024);
;// CONCATENATED MODULE: ./build/pull/fetched.js


/** Takes a verified file into the store, dated as the mirror dates it. `file` is on the store's file system. */
function takeIn(store, planned, file, digest) {
    if (planned.file.mtime !== undefined)
        (0,external_node_fs_.utimesSync)(file, planned.file.mtime, planned.file.mtime);
    store.add(file, digest);
}
/** The record of a file once its bytes are known. */
function verifiedFile(planned, sha256, size) {
    const { bucket, path, mtime } = planned.file;
    return { bucket, path, size, mtime: mtime ?? 0, sha256 };
}
/** Those of `planned` that are not among `fetched`. */
function stillMissing(planned, fetched) {
    const here = new Set(fetched.map(({ verified }) => (0,build_file/* fileKey */.w)(verified)));
    return planned.filter(({ file }) => !here.has((0,build_file/* fileKey */.w)(file)));
}

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

;// CONCATENATED MODULE: ./build/pull/plan.js

/** First look: what needs nothing from outside this machine. What neither place nor store has is left to `planFar`. */
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
        far.push({
            file,
            sha256: believed,
            source: 'mirror',
            because: [notInPlace, believed === undefined ? 'not known to the store' : 'not in the store'],
        });
    }
    return { near, far };
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

;// CONCATENATED MODULE: ./build/pull/verify.js

/** Which digests must be computed to hold a file to everything that is known of it. sha256 always is. */
function neededAlgorithms(digests) {
    return [...new Set(digests.map((digest) => digest.algorithm))].filter((algorithm) => algorithm !== 'sha256');
}
/**
 * Holds what was read to every digest known beforehand.
 *
 * @param origin where the bytes came from, for the message: a mirror's URL, a cache's name.
 * @returns undefined when all fit, else the error (`integrity`) that names both digests and the source.
 */
function findMismatch(file, found, origin) {
    for (const digest of file.digests) {
        const actual = digest.algorithm === 'sha256' ? found.sha256 : found.md5;
        if (actual === digest.value)
            continue;
        return new build_error/* TfcacheError */.TM('integrity', `Wrong bytes: ${file.path} does not have the digest it must have.`, {
            where: origin,
            expected: `${digest.algorithm} ${digest.value} (${describeSource(digest)}, ${file.size} bytes)`,
            found: `${digest.algorithm} ${actual ?? 'not computed'} (${found.size} bytes)`,
            hint: adviceFor(digest),
        });
    }
    return undefined;
}
function describeSource(digest) {
    return {
        lock: 'from the lock',
        catalogue: 'the digest Keras itself checks',
        listing: 'from the listing',
        cache: 'recorded when it was saved to the cache',
    }[digest.source];
}
function adviceFor(digest) {
    return digest.source === 'lock'
        ? 'If the file was replaced on purpose, remove its entry from the lock file and commit the new one; if not, ask who runs the source.'
        : 'The source serves other bytes than it should: ask who runs it, or name another mirror first.';
}
/** The strongest thing the bytes were held to, for the report. */
function heldTo(digests) {
    const order = ['lock', 'catalogue', 'listing', 'cache'];
    return (order.find((source) => digests.some((digest) => digest.source === source)) ?? 'first sight');
}

;// CONCATENATED MODULE: ./build/pull/restore.js





/**
 * Brings packs from the cache, holds every file in them to its sha256 and takes it into the store. Never fails: what the
 * cache does not give, or gives wrong, is left for the mirror. Wrong bytes are said loudly.
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
    const staging = await store.stage('cache', () => log.info('Waiting for another job that restores into the same store.'));
    try {
        (0,empty_folder/* emptyFolder */.i)(staging.folder);
        progress.begin(`Restoring from cache ${cache.name}`, totals(planned));
        takeWhatIsThere();
        for (;;) {
            const chosen = choosePacks([...wanted.keys()], packs);
            if (chosen.length === 0)
                break;
            const checks = [];
            await cache.restore(chosen, staging.folder, (outcome) => {
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
            (0,empty_folder/* emptyFolder */.i)(staging.folder);
            const tried = new Set(chosen.map((pack) => pack.key));
            packs = packs.filter((pack) => !tried.has(pack.key));
        }
    }
    finally {
        progress.end();
        (0,empty_folder/* emptyFolder */.i)(staging.folder);
        await staging.release();
    }
    const left = [...wanted].flatMap(([sha256, files]) => files.map((file) => ({
        ...file,
        source: 'mirror',
        because: [...file.because, reasons.get(sha256) ?? 'the cache has no pack with it'],
    })));
    return { fetched, left, evicted, poisoned };
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
            fetched.push({ planned, verified: verifiedFile(planned, sha256, size), source, origin });
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
        const algorithms = new Set(files.flatMap(({ file }) => neededAlgorithms(file.digests)));
        try {
            const digest = await context.hashPool.digest(path, [...algorithms]);
            for (const { file } of files) {
                const believed = { algorithm: 'sha256', value: sha256, source: 'cache' };
                const held = { ...file, digests: [...file.digests, believed] };
                const mismatch = findMismatch(held, digest, `cache ${cache.name}`);
                if (mismatch !== undefined) {
                    refuse(sha256, 'the cache returned other bytes', mismatch);
                    return;
                }
            }
            takeIn(store, first, path, digest);
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

;// CONCATENATED MODULE: ./build/pull/arrival.js




/**
 * Fetches into staging and hashes each file as soon as it is there, beside the transfer. Bytes that do not fit are removed
 * at once: a second try must not take them for what it wants.
 *
 * @throws TfcacheError `no-space` and other errors of this machine.
 */
async function fetchAndHash(files, staging, { mirror, bucket, hashPool, progress, signal }) {
    const byPath = new Map(files.map((planned) => [planned.file.path, planned]));
    const arrivals = [];
    const hashing = [];
    const wrong = [];
    const broken = [];
    async function hash(planned) {
        const staged = (0,external_node_path_.join)(staging, planned.file.path);
        try {
            const digest = await hashPool.digest(staged, neededAlgorithms(planned.file.digests));
            const mismatch = findMismatch(planned.file, digest, mirror.url.replaceAll('{bucket}', bucket));
            if (mismatch === undefined) {
                arrivals.push({ planned, staged, digest });
                return;
            }
            (0,external_node_fs_.rmSync)(staged, { force: true });
            wrong.push(mismatch);
        }
        catch (error) {
            broken.push(error);
        }
    }
    const wanted = files.map(({ file }) => ({ path: file.path, size: file.size, mtime: file.mtime }));
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
    if (broken.length > 0)
        throw broken[0];
    if (failure !== undefined && !(failure instanceof build_error/* TfcacheError */.TM && isTheMirrors(failure))) {
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
    return new build_error/* TfcacheError */.TM('nothing-matched', `The mirror does not have ${what}: ${names}`, {
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

;// CONCATENATED MODULE: ./build/pull/sync.js







/** How often a file may change under the copy before we give up. */
const TRIES_FOR_CHANGING_FILES = 2;
/**
 * Brings files of one bucket from a mirror: staged, hashed as they arrive, held to what is known of them, taken into the
 * store. Wrong bytes are not kept, not even in staging; what is sound stays, in the store or in staging, so that the next
 * mirror or the next run goes on from it.
 *
 * @throws TfcacheError when the store cannot be written (`no-space`, …): then no other mirror would help.
 */
async function sync(planned, context) {
    const { mirror, bucket, store, log, progress } = context;
    const staging = await store.stage(`mirror-${encodeURIComponent(bucket)}`, () => log.info('Waiting for another job that syncs into the same store.'));
    try {
        const { here, missing } = splitByStore(planned, store);
        progress.begin(`Syncing from ${mirror.url}`, {
            files: missing.length,
            bytes: missing.reduce((sum, { file }) => sum + file.size, 0),
        });
        const fetched = [...here];
        let asked = missing;
        const failed = [];
        let error;
        for (let round = 1; asked.length > 0; round += 1) {
            const brought = await fetchAndHash(asked, staging.folder, context);
            const { changed, taken } = await takeUnchanged(brought.arrivals, brought.complete, context);
            fetched.push(...taken);
            error = worse(error, brought.error);
            const again = new Set(changed.map(({ file }) => (0,build_file/* fileKey */.w)(file)));
            const arrived = new Set(taken.map(({ verified }) => (0,build_file/* fileKey */.w)(verified)));
            failed.push(...asked.filter(({ file }) => !arrived.has((0,build_file/* fileKey */.w)(file)) && !again.has((0,build_file/* fileKey */.w)(file))));
            if (changed.length > 0 && round >= TRIES_FOR_CHANGING_FILES) {
                error = worse(error, keepsChanging(changed, mirror));
                failed.push(...changed);
                asked = [];
            }
            else {
                asked = changed;
            }
            for (const { file } of changed) {
                log.warning(`${file.path} changed on the mirror while it was copied.`);
                (0,external_node_fs_.rmSync)((0,external_node_path_.join)(staging.folder, file.path), { force: true });
            }
        }
        if (failed.length === 0)
            (0,external_node_fs_.rmSync)(staging.folder, { recursive: true, force: true });
        return { fetched, left: failed, error };
    }
    finally {
        progress.end();
        await staging.release();
    }
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
            const verified = verifiedFile(file, sha256, size);
            here.push({ planned: file, verified, source: 'store', origin: undefined });
        }
    }
    return { here, missing };
}
/**
 * Takes in what did not change under the copy; at first sight nothing else could tell (rsync exits 0). When the mirror
 * failed half way that cannot be asked: what nobody vouches for stays in staging, where the next try finds it.
 */
async function takeUnchanged(arrivals, complete, { mirror, bucket, store, signal }) {
    const firstSight = arrivals.filter(({ planned }) => planned.file.digests.length === 0);
    const usable = complete ? arrivals : arrivals.filter((arrival) => !firstSight.includes(arrival));
    const listedAgain = complete
        ? findChanged(firstSight.map(({ planned }) => planned), new Map(firstSight.map(({ planned, digest }) => [planned.file.path, digest.size])), mirror, bucket, signal)
        : Promise.resolve([]);
    // The mirror answers meanwhile.
    for (const { planned, staged, digest } of usable)
        takeIn(store, planned, staged, digest);
    const changed = await listedAgain;
    const changedKeys = new Set(changed.map(({ file }) => (0,build_file/* fileKey */.w)(file)));
    const taken = usable
        .filter(({ planned }) => !changedKeys.has((0,build_file/* fileKey */.w)(planned.file)))
        .map(({ planned, digest }) => ({
        planned,
        verified: verifiedFile(planned, digest.sha256, digest.size),
        source: 'mirror',
        origin: mirror.url.replaceAll('{bucket}', bucket),
    }));
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
    return new build_error/* TfcacheError */.TM('integrity', `${files.map(({ file }) => file.path).join(', ')} changed on the mirror while it was copied, ${TRIES_FOR_CHANGING_FILES} times in a row.`, {
        where: mirror.url,
        hint: 'The mirror is probably being updated: try again in some minutes.',
    });
}

;// CONCATENATED MODULE: ./build/pull/bring.js











/**
 * Brings what neither the destination nor the store has: packs from the cache first, the rest from the mirror.
 * In a dry run nothing is brought; the plan is told to the ledger.
 *
 * @throws TfcacheError when something cannot be had, or is wrong.
 */
async function bringFar(far, context) {
    if (far.length === 0)
        return { fetched: [], save: undefined };
    const { inputs, surroundings, steps, ledger } = context;
    const cache = await (0,pull_cache/* openCache */.b)(inputs, surroundings);
    const unread = reasonNotToRead(cache);
    const store = context.store();
    const scratch = await store.stage('cache-index');
    let knowledge;
    let planned;
    try {
        (0,empty_folder/* emptyFolder */.i)(scratch.folder);
        knowledge = await steps.run('read the cache index', async () => {
            if (cache === undefined || unread !== undefined)
                return unreadCache(unread ?? '');
            const { index, reason } = await cache.readIndex(scratch.folder);
            if (reason !== undefined)
                surroundings.log.info(`Cache ${cache.name}: ${reason}`);
            return knowPacks(index, far, inputs.cacheKeyPrefix);
        });
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
        return { fetched: [], save: undefined };
    const hashPool = createHashPool({ threads: Math.min(4, (0,external_node_os_.availableParallelism)()) });
    try {
        const fromCache = planned.filter(({ source }) => source === 'cache');
        const restored = cache === undefined || fromCache.length === 0
            ? { fetched: [], left: [], evicted: [], poisoned: [] }
            : await steps.run('restore from the cache', () => restore(fromCache, { ...surroundings, cache, packs: knowledge.packs, store, hashPool }));
        ledger.fetched(restored.fetched);
        const left = [...stillMissing(planned, restored.fetched)].map((file) => restored.left.find((other) => other.file === file.file) ?? file);
        ledger.planned(left);
        const synced = await syncAll(left, context, store, hashPool);
        const save = inputs.save === 'never' || cache === undefined
            ? undefined
            : workToSave(synced, restored, inputs, store);
        return { fetched: [...restored.fetched, ...synced], save };
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
                error = worse(error, synced);
                continue;
            }
            fetched.push(...synced.fetched);
            const given = new Set(synced.fetched.map(({ verified }) => (0,build_file/* fileKey */.w)(verified)));
            left = left.filter(({ file }) => !given.has((0,build_file/* fileKey */.w)(file)));
            error = worse(error, synced.error);
            if (synced.error?.code === 'no-mirror')
                mirrors.giveUp(mirror, synced.error);
        }
        if (left.length > 0)
            throw error ?? notBrought(left, bucket);
        async function syncFrom(mirror, files) {
            if (error !== undefined)
                ledger.warn(surroundings.log, nextMirror(error, files, mirror));
            ledger.asked(mirror.url.replaceAll('{bucket}', bucket));
            const synced = await steps.run(`sync bucket ${bucket}`, () => sync(files, { ...surroundings, mirror, bucket, store, hashPool }));
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
function workToSave(synced, restored, inputs, store) {
    const fresh = synced.filter(({ source }) => source === 'mirror');
    if (fresh.length === 0)
        return undefined;
    return {
        version: 1,
        cacheKeyPrefix: inputs.cacheKeyPrefix,
        store: store.folder,
        files: fresh.map(({ verified }) => verified),
        evicted: restored.evicted,
        poisoned: restored.poisoned,
    };
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

// EXTERNAL MODULE: ./build/lock/lock.js + 4 modules
var lock_lock = __webpack_require__(9751);
;// CONCATENATED MODULE: ./build/pull/report.js


/** A file as it came, for the report. */
function reportFetched({ planned, verified, source, origin }) {
    return { ...common(planned), size: verified.size, sha256: verified.sha256, source, origin };
}
/** A file as it would come (dry run) or would have come (failed run). */
function reportPlanned(planned, origin) {
    return { ...common(planned), sha256: planned.sha256 ?? '', source: planned.source, origin };
}
function common(planned) {
    const { bucket, path, size, digests } = planned.file;
    const held = digests.length > 0 || planned.source === 'mirror'
        ? heldTo(digests)
        : planned.source === 'cache'
            ? 'cache'
            : 'an earlier run';
    return { bucket, path, size, because: planned.because, heldTo: held };
}
/** Files sorted to the artifacts they belong to; one file may belong to several. */
function reportArtifacts(artifacts, files) {
    const byKey = new Map(files.map((file) => [(0,build_file/* fileKey */.w)(file), file]));
    return artifacts.map((artifact) => ({
        request: artifact.request.text,
        id: artifact.id,
        title: artifact.title,
        version: artifact.version,
        files: artifact.files.flatMap((file) => byKey.get((0,build_file/* fileKey */.w)(file)) ?? []),
    }));
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
    const here = new Set();
    const warnings = [];
    let artifacts = [];
    let mirror = '';
    /** Staged once and moved in; a copy at the destination takes its room again. */
    function spaceNeeded() {
        const { store, cache, mirror: fromMirror } = countBytes([...files.values()]);
        const moved = cache + fromMirror;
        return inputs.link === 'copy' ? 2 * moved + store : moved;
    }
    return {
        resolved(resolved) {
            artifacts = resolved.artifacts;
        },
        planned(planned) {
            const origin = { cache: inputs.cache, mirror: undefined, store: undefined };
            for (const file of planned) {
                const from = file.source === 'in-place' ? undefined : origin[file.source];
                files.set((0,build_file/* fileKey */.w)(file.file), reportPlanned(file, from));
            }
        },
        fetched(fetched) {
            for (const file of fetched) {
                files.set((0,build_file/* fileKey */.w)(file.verified), reportFetched(file));
                here.add((0,build_file/* fileKey */.w)(file.verified));
            }
        },
        asked(url) {
            mirror = url;
        },
        warn(log, warning) {
            log.warning(warning);
            warnings.push(warning);
        },
        result(outcome, error, save) {
            const counted = [...files.values()].filter((file) => outcome === 'planned' || here.has((0,build_file/* fileKey */.w)(file)));
            const bytes = countBytes(counted);
            const complete = outcome !== 'failed';
            const report = {
                version: 1,
                outcome,
                cacheHit: complete && counted.every((file) => file.source !== 'mirror'),
                path: inputs.path,
                bytes,
                artifacts: reportArtifacts(artifacts, counted),
                mirror: outcome === 'planned' ? '' : mirror,
                lockDigest: inputs.lockFile === undefined ? '' : (0,lock_lock/* lockDigest */.sU)(inputs.lockFile),
                spaceNeeded: outcome === 'planned' ? spaceNeeded() : undefined,
                warnings,
                steps: steps.times,
                error: error === undefined
                    ? undefined
                    : { code: error.code, message: error.message, hint: error.hint },
            };
            return { report, error, save };
        },
    };
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
            const listings = await asking(bucket, (mirror) => mirror.listFolders(bucket, folders, signal));
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
            const tree = inTurn(() => asking(bucket, (mirror) => mirror.listTree(bucket, path, signal)));
            trees.set(key, tree);
            return tree;
        },
        where: (bucket) => mirrors.where(bucket),
    };
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
/** Adds what was not locked yet. Entries of other requests stay: several workflows may share one lock. */
function updateLock(inputs, lock, artifacts, fetched) {
    if (inputs.lockFile === undefined || inputs.frozen)
        return;
    const verified = new Map(fetched.map((file) => [(0,build_file/* fileKey */.w)(file.verified), file.verified]));
    let next = lock ?? lock_lock/* EMPTY_LOCK */.U5;
    for (const { id, request, title, version, files } of artifacts) {
        if (next.artifacts.some((locked) => locked.id === id))
            continue;
        next = (0,lock_lock/* withArtifact */.rk)(next, {
            id,
            request: request.text,
            title,
            version,
            files: files.flatMap((file) => {
                const known = verified.get((0,build_file/* fileKey */.w)(file));
                return known === undefined ? [] : [{ ...known, mtime: known.mtime || undefined }];
            }),
        });
    }
    (0,lock_lock/* writeLock */.be)(inputs.lockFile, next);
}

;// CONCATENATED MODULE: ./build/pull/mirrors.js

function openMirrors(inputs, surroundings) {
    const usable = inputs.mirrors.filter((line) => line.unsupported === undefined);
    const opened = new Map();
    const dead = new Map();
    function open(line) {
        const known = opened.get(line) ?? openMirror(line, inputs, surroundings);
        opened.set(line, known);
        return known;
    }
    const serving = (bucket) => usable.filter((line) => line.bucket === undefined || line.bucket === bucket);
    return {
        most: Math.max(1, usable.length),
        where: (bucket) => serving(bucket)
            .map((line) => line.url.replaceAll('{bucket}', bucket))
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
    const unusable = inputs.mirrors.find((line) => line.unsupported !== undefined);
    return new build_error/* TfcacheError */.TM('no-mirror', `No usable mirror serves the bucket ${bucket}.`, {
        ...(unusable?.unsupported === undefined ? {} : { found: unusable.unsupported }),
        where: inputs.mirrors.map((line) => line.url).join(', ') || 'input mirrors (empty)',
        hint: `Add a line to mirrors: rsync://your.mirror/{bucket}/ or ${bucket}=rsync://your.mirror/module/`,
    });
}
async function openMirror({ url, bucket }, inputs, { environment, log }) {
    const { createRsyncMirror } = await __webpack_require__.e(/* import() */ 353).then(__webpack_require__.bind(__webpack_require__, 4353));
    return createRsyncMirror({
        url,
        bucket,
        rsyncPath: inputs.rsyncPath,
        timeout: inputs.timeout,
        retries: inputs.retries,
        bandwidthLimit: inputs.bandwidthLimit,
        password: inputs.rsyncPassword,
        environment,
        log,
    });
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
        opened ??= (0,destination_record/* readRecord */.aE)(root, log);
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
        async publish(files, options) {
            // Loaded when something is published: a dry run does without.
            const { publish } = await __webpack_require__.e(/* import() */ 881).then(__webpack_require__.bind(__webpack_require__, 6881));
            const published = await publish({ folder: root, files, record: record(), log, ...options });
            opened = undefined;
            return published;
        },
    };
}

// EXTERNAL MODULE: ./build/store/open-store.js + 5 modules
var open_store = __webpack_require__(5003);
;// CONCATENATED MODULE: ./build/pull/nearby.js



function lookNearby(inputs, log) {
    let opened;
    const store = () => {
        opened ??= (0,open_store/* openStore */.C)(inputs.store.folder, { log });
        return opened;
    };
    const destination = openDestination(inputs.path, log);
    return {
        destination,
        store,
        known: {
            inPlace: (file) => destination.inPlace(file),
            remembered: ({ bucket, path, size, mtime }) => mtime === undefined ? undefined : store().find(bucket, path, size, mtime),
            stored: (sha256, size) => store().objectPath(sha256, size) !== undefined,
        },
    };
}
/** What is near needs no fetching: it is here by being planned. */
function takeNear(near) {
    return near.flatMap((planned) => planned.sha256 === undefined
        ? []
        : [
            {
                planned,
                verified: verifiedFile(planned, planned.sha256, planned.file.size),
                source: planned.source,
                origin: undefined,
            },
        ]);
}

;// CONCATENATED MODULE: ./build/pull/publish.js

/** Puts what was verified where the build reads it. Called only when everything is here: a failed run touches nothing. */
async function publishAll(fetched, destination, store, link) {
    const files = fetched.map(({ verified, source }) => {
        if (source === 'in-place')
            return { ...verified, object: undefined };
        const object = store().objectPath(verified.sha256, verified.size);
        if (object === undefined)
            throw vanished(verified.path, store().folder);
        return { ...verified, object };
    });
    await destination.publish(files, { link });
}
function vanished(path, where) {
    return new build_error/* TfcacheError */.TM('failed', `${path} was verified, and is no longer in the store as it was.`, {
        where,
        hint: 'Something else changed the store meanwhile: run again, and keep other programs out of that folder.',
    });
}

;// CONCATENATED MODULE: ./build/pull/resolve.js


/**
 * Decides the files of every request: from the lock when it has the request, else from the mirror's listing.
 *
 * @throws TfcacheError `usage` when nothing is asked for; `failed` when `frozen` and the lock lacks a request;
 *   `nothing-matched` when a mirror has nothing that fits; `integrity` when two entries of the lock disagree on a file.
 */
async function resolve(context) {
    const { inputs, lock, machine, kindOf } = context;
    if (inputs.requests.length === 0) {
        if (lock === undefined)
            throw nothingAsked(inputs);
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
    const { request, kind, id, locked } = want;
    if (locked !== undefined)
        return { artifact: fromLock(locked, request), tier: 0 };
    const { listings, inputs, machine, log } = context;
    let told;
    for (const [tier, listing] of listings.entries()) {
        try {
            const filters = inputs.filters;
            return { artifact: await kind.resolve(request, id, { listing, filters }, machine), tier };
        }
        catch (error) {
            if (!(error instanceof build_error/* TfcacheError */.TM) || !mayBeElsewhere(error))
                throw error;
            if (tier + 1 < listings.length) {
                log.warning(`${(0,build_error/* describeError */.Uc)(error)}\n  Looking at the next mirror for ${request.text}.`);
            }
            // What a mirror that answered said is worth more than that another could not be reached.
            if (told === undefined || told.code === 'no-mirror')
                told = error;
        }
    }
    throw told ?? nothingAsked(inputs);
}
function mayBeElsewhere(error) {
    return error.code === 'nothing-matched' || error.code === 'no-mirror' || error.code === 'failed';
}
function together(found) {
    const artifacts = found.map(({ artifact }) => artifact);
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
function nothingAsked(inputs) {
    return new build_error/* TfcacheError */.TM('usage', 'Nothing was asked for.', {
        where: inputs.lockFile === undefined ? 'input artifacts' : inputs.lockFile,
        found: inputs.lockFile === undefined ? 'artifacts is empty' : 'there is no lock yet',
        hint: 'Name at least one artifact, for example wheel:tensorflow-cpu~=2.15.0 or path:linux/cpu/*.whl.',
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
        files.set((0,build_file/* fileKey */.w)(file), { ...known, digests: mergeDigests(known.digests, file.digests) });
    }
    return [...files.values()];
}
function mergeDigests(some, more) {
    return [
        ...some,
        ...more.filter((digest) => !some.some((known) => known.algorithm === digest.algorithm && known.value === digest.value)),
    ];
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
    try {
        const lock = await steps.run('read the lock', () => loadLock(inputs));
        const mirrors = openMirrors(inputs, surroundings);
        const { machine, log, signal } = surroundings;
        const listings = Array.from({ length: mirrors.most }, (_, tier) => createListing(mirrors, tier, signal));
        const resolved = await steps.run('resolve', () => resolve({ inputs, lock, listings, machine, kindOf: kinds/* kindOf */.I, log }));
        ledger.resolved(resolved);
        const nearby = lookNearby(inputs, log);
        const { near, far } = await steps.run('plan', () => planNear(resolved.files, nearby.known));
        ledger.planned([...near, ...far]);
        const fetched = takeNear(near);
        ledger.fetched(fetched);
        const brought = await bringFar(far, {
            inputs,
            surroundings,
            mirrors,
            tierOf: resolved.tierOf,
            store: nearby.store,
            steps,
            ledger,
        });
        if (inputs.lookupOnly)
            return ledger.result('planned', undefined, undefined);
        const all = [...fetched, ...brought.fetched];
        await steps.run('publish', () => publishAll(all, nearby.destination, nearby.store, inputs.link));
        await steps.run('write the lock', () => updateLock(inputs, lock, resolved.artifacts, all));
        return ledger.result('done', undefined, brought.save);
    }
    catch (error) {
        return ledger.result('failed', asTfcacheError(error), undefined);
    }
}
function asTfcacheError(error) {
    if (error instanceof build_error/* TfcacheError */.TM)
        return error;
    const message = error instanceof Error ? error.message : String(error);
    return new build_error/* TfcacheError */.TM('failed', `Unexpected: ${message}`, {
        hint: 'This is a defect of tfcache: please report it with the log of the step.',
        cause: error,
    });
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
        lines.push(`next: ${report.error.hint}`);
    if (report.steps.length > 0)
        lines.push(`time: ${stepTimes(report)}`);
    if (report.path !== '' && report.outcome !== 'failed')
        lines.push(`path: ${report.path}`);
    return lines.map(report_escape/* logText */.kc);
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

/***/ 5088:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   B4: () => (/* binding */ formatCount),
/* harmony export */   ZV: () => (/* binding */ formatNumber),
/* harmony export */   a3: () => (/* binding */ formatDuration),
/* harmony export */   z3: () => (/* binding */ formatBytes)
/* harmony export */ });
/** Numbers as people read them. Machines read the JSON report, which holds plain bytes and milliseconds. */
const BYTE_UNITS = ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB'];
/** Bytes in binary units, three significant digits: `0 B`, `999 B`, `1.50 KiB`, `12.3 MiB`, `210 MiB`. */
function formatBytes(bytes) {
    let value = bytes;
    let unit = 0;
    // 1023.5 would round to 1024 of a unit, so it is already 1.00 of the next one.
    while (value >= (unit === 0 ? 1024 : 1023.5) && unit < BYTE_UNITS.length - 1) {
        value /= 1024;
        unit += 1;
    }
    return `${unit === 0 ? value : threeDigits(value)} ${BYTE_UNITS[unit] ?? ''}`;
}
function threeDigits(value) {
    if (value < 9.995)
        return value.toFixed(2);
    return value < 99.95 ? value.toFixed(1) : value.toFixed(0);
}
/** Milliseconds as a length of time: `340 ms`, `3.2 s`, `2 min 05 s`, `1 h 02 min`. */
function formatDuration(milliseconds) {
    if (milliseconds < 999.5)
        return `${Math.round(milliseconds)} ms`;
    if (milliseconds < 59_950)
        return `${(milliseconds / 1000).toFixed(1)} s`;
    const seconds = Math.round(milliseconds / 1000);
    if (seconds < 3600)
        return `${Math.floor(seconds / 60)} min ${twoDigits(seconds % 60)} s`;
    const minutes = Math.round(seconds / 60);
    return `${Math.floor(minutes / 60)} h ${twoDigits(minutes % 60)} min`;
}
function twoDigits(value) {
    return String(value).padStart(2, '0');
}
/** `1 file`, `4,000 files`. The plural of every noun used here ends in `s`. */
function formatCount(count, noun) {
    return `${formatNumber(count)} ${noun}${count === 1 ? '' : 's'}`;
}
/** `4,000`. Not by `toLocaleString`: loading a language's rules takes longer than all of a warm run's own work. */
function formatNumber(count) {
    return String(count).replace(/\B(?=(\d{3})+$)/g, ',');
}


/***/ }),

/***/ 9331:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  I: () => (/* binding */ kindOf)
});

;// CONCATENATED MODULE: ./build/request/bucket.js
/** The bucket that a path belongs to unless said otherwise. */
const MAIN_BUCKET = 'tensorflow';
/** The last name of a path. */
function baseName(path) {
    return path.slice(path.lastIndexOf('/') + 1);
}
/** The folder of a path; `''` for the root. */
function folderOf(path) {
    return path.slice(0, Math.max(0, path.lastIndexOf('/')));
}
/** `folder/name`, or `name` at the root. */
function joinPath(folder, name) {
    return folder === '' ? name : `${folder}/${name}`;
}
/** A listed file as one that is wanted: what the listing says of it, then what else is known. */
function wantedFile(bucket, file, digests = []) {
    return {
        bucket,
        path: file.path,
        size: file.size,
        mtime: file.mtime,
        digests: [...digests, ...(file.digests ?? [])],
    };
}
/** What stands in a folder, in a few words: `a.whl, b.whl and 3 more`. */
function contents(listing, limit = 8) {
    const names = [
        ...listing.folders.map((name) => `${name}/`),
        ...listing.files.map(({ path }) => baseName(path)),
    ];
    if (!listing.exists)
        return 'there is no such folder';
    if (names.length === 0)
        return 'an empty folder';
    const more = names.length - limit;
    return names.slice(0, limit).join(', ') + (more > 0 ? ` and ${more} more` : '');
}

;// CONCATENATED MODULE: ./build/data/keras-applications.json
const keras_applications_namespaceObject = /*#__PURE__*/JSON.parse('[{"model":"VGG16","variant":"top","bucket":"tensorflow","path":"keras-applications/vgg16/vgg16_weights_tf_dim_ordering_tf_kernels.h5","md5":"64373286793e3c8b2b4e3219cbf3544b"},{"model":"VGG16","variant":"notop","bucket":"tensorflow","path":"keras-applications/vgg16/vgg16_weights_tf_dim_ordering_tf_kernels_notop.h5","md5":"6d6bbae143d832006294945121d1f1fc"},{"model":"VGG19","variant":"top","bucket":"tensorflow","path":"keras-applications/vgg19/vgg19_weights_tf_dim_ordering_tf_kernels.h5","md5":"cbe5617147190e668d6c5d5026f83318"},{"model":"VGG19","variant":"notop","bucket":"tensorflow","path":"keras-applications/vgg19/vgg19_weights_tf_dim_ordering_tf_kernels_notop.h5","md5":"253f8cb515780f3b799900260a226db6"},{"model":"InceptionV3","variant":"top","bucket":"tensorflow","path":"keras-applications/inception_v3/inception_v3_weights_tf_dim_ordering_tf_kernels.h5","md5":"9a0d58056eeedaa3f26cb7ebd46da564"},{"model":"InceptionV3","variant":"notop","bucket":"tensorflow","path":"keras-applications/inception_v3/inception_v3_weights_tf_dim_ordering_tf_kernels_notop.h5","md5":"bcbd6486424b2319ff4ef7d526e38f63"},{"model":"InceptionResNetV2","variant":"top","bucket":"tensorflow","path":"keras-applications/inception_resnet_v2/inception_resnet_v2_weights_tf_dim_ordering_tf_kernels.h5","md5":"e693bd0210a403b3192acc6073ad2e96"},{"model":"InceptionResNetV2","variant":"notop","bucket":"tensorflow","path":"keras-applications/inception_resnet_v2/inception_resnet_v2_weights_tf_dim_ordering_tf_kernels_notop.h5","md5":"d19885ff4a710c122648d3b5c3b684e4"},{"model":"Xception","variant":"top","bucket":"tensorflow","path":"keras-applications/xception/xception_weights_tf_dim_ordering_tf_kernels.h5","md5":"0a58e3b7378bc2990ea3b43d5981f1f6"},{"model":"Xception","variant":"notop","bucket":"tensorflow","path":"keras-applications/xception/xception_weights_tf_dim_ordering_tf_kernels_notop.h5","md5":"b0042744bf5b25fce3cb969f33bebb97"},{"model":"DenseNet121","variant":"top","bucket":"tensorflow","path":"keras-applications/densenet/densenet121_weights_tf_dim_ordering_tf_kernels.h5","md5":"9d60b8095a5708f2dcce2bca79d332c7"},{"model":"DenseNet169","variant":"top","bucket":"tensorflow","path":"keras-applications/densenet/densenet169_weights_tf_dim_ordering_tf_kernels.h5","md5":"d699b8f76981ab1b30698df4c175e90b"},{"model":"DenseNet201","variant":"top","bucket":"tensorflow","path":"keras-applications/densenet/densenet201_weights_tf_dim_ordering_tf_kernels.h5","md5":"1ceb130c1ea1b78c3bf6114dbdfd8807"},{"model":"DenseNet121","variant":"notop","bucket":"tensorflow","path":"keras-applications/densenet/densenet121_weights_tf_dim_ordering_tf_kernels_notop.h5","md5":"30ee3e1110167f948a6b9946edeeb738"},{"model":"DenseNet169","variant":"notop","bucket":"tensorflow","path":"keras-applications/densenet/densenet169_weights_tf_dim_ordering_tf_kernels_notop.h5","md5":"b8c4d4c20dd625c148057b9ff1c1176b"},{"model":"DenseNet201","variant":"notop","bucket":"tensorflow","path":"keras-applications/densenet/densenet201_weights_tf_dim_ordering_tf_kernels_notop.h5","md5":"c13680b51ded0fb44dff2d8f86ac8bb1"},{"model":"ResNet50","variant":"top","bucket":"tensorflow","path":"keras-applications/resnet/resnet50_weights_tf_dim_ordering_tf_kernels.h5","md5":"2cb95161c43110f7111970584f804107"},{"model":"ResNet50","variant":"notop","bucket":"tensorflow","path":"keras-applications/resnet/resnet50_weights_tf_dim_ordering_tf_kernels_notop.h5","md5":"4d473c1dd8becc155b73f8504c6f6626"},{"model":"ResNet101","variant":"top","bucket":"tensorflow","path":"keras-applications/resnet/resnet101_weights_tf_dim_ordering_tf_kernels.h5","md5":"f1aeb4b969a6efcfb50fad2f0c20cfc5"},{"model":"ResNet101","variant":"notop","bucket":"tensorflow","path":"keras-applications/resnet/resnet101_weights_tf_dim_ordering_tf_kernels_notop.h5","md5":"88cf7a10940856eca736dc7b7e228a21"},{"model":"ResNet152","variant":"top","bucket":"tensorflow","path":"keras-applications/resnet/resnet152_weights_tf_dim_ordering_tf_kernels.h5","md5":"100835be76be38e30d865e96f2aaae62"},{"model":"ResNet152","variant":"notop","bucket":"tensorflow","path":"keras-applications/resnet/resnet152_weights_tf_dim_ordering_tf_kernels_notop.h5","md5":"ee4c566cf9a93f14d82f913c2dc6dd0c"},{"model":"ResNet50V2","variant":"top","bucket":"tensorflow","path":"keras-applications/resnet/resnet50v2_weights_tf_dim_ordering_tf_kernels.h5","md5":"3ef43a0b657b3be2300d5770ece849e0"},{"model":"ResNet50V2","variant":"notop","bucket":"tensorflow","path":"keras-applications/resnet/resnet50v2_weights_tf_dim_ordering_tf_kernels_notop.h5","md5":"fac2f116257151a9d068a22e544a4917"},{"model":"ResNet101V2","variant":"top","bucket":"tensorflow","path":"keras-applications/resnet/resnet101v2_weights_tf_dim_ordering_tf_kernels.h5","md5":"6343647c601c52e1368623803854d971"},{"model":"ResNet101V2","variant":"notop","bucket":"tensorflow","path":"keras-applications/resnet/resnet101v2_weights_tf_dim_ordering_tf_kernels_notop.h5","md5":"c0ed64b8031c3730f411d2eb4eea35b5"},{"model":"ResNet152V2","variant":"top","bucket":"tensorflow","path":"keras-applications/resnet/resnet152v2_weights_tf_dim_ordering_tf_kernels.h5","md5":"a49b44d1979771252814e80f8ec446f9"},{"model":"ResNet152V2","variant":"notop","bucket":"tensorflow","path":"keras-applications/resnet/resnet152v2_weights_tf_dim_ordering_tf_kernels_notop.h5","md5":"ed17cf2e0169df9d443503ef94b23b33"},{"model":"ResNeXt50","variant":"top","bucket":"tensorflow","path":"keras-applications/resnet/resnext50_weights_tf_dim_ordering_tf_kernels.h5","md5":"67a5b30d522ed92f75a1f16eef299d1a"},{"model":"ResNeXt50","variant":"notop","bucket":"tensorflow","path":"keras-applications/resnet/resnext50_weights_tf_dim_ordering_tf_kernels_notop.h5","md5":"62527c363bdd9ec598bed41947b379fc"},{"model":"ResNeXt101","variant":"top","bucket":"tensorflow","path":"keras-applications/resnet/resnext101_weights_tf_dim_ordering_tf_kernels.h5","md5":"34fb605428fcc7aa4d62f44404c11509"},{"model":"ResNeXt101","variant":"notop","bucket":"tensorflow","path":"keras-applications/resnet/resnext101_weights_tf_dim_ordering_tf_kernels_notop.h5","md5":"0f678c91647380debd923963594981b3"},{"model":"MobileNet","variant":"top","alpha":1,"input_size":224,"bucket":"tensorflow","path":"keras-applications/mobilenet/mobilenet_1_0_224_tf.h5"},{"model":"MobileNet","variant":"notop","alpha":1,"input_size":224,"bucket":"tensorflow","path":"keras-applications/mobilenet/mobilenet_1_0_224_tf_no_top.h5"},{"model":"MobileNet","variant":"top","alpha":1,"input_size":192,"bucket":"tensorflow","path":"keras-applications/mobilenet/mobilenet_1_0_192_tf.h5"},{"model":"MobileNet","variant":"notop","alpha":1,"input_size":192,"bucket":"tensorflow","path":"keras-applications/mobilenet/mobilenet_1_0_192_tf_no_top.h5"},{"model":"MobileNet","variant":"top","alpha":1,"input_size":160,"bucket":"tensorflow","path":"keras-applications/mobilenet/mobilenet_1_0_160_tf.h5"},{"model":"MobileNet","variant":"notop","alpha":1,"input_size":160,"bucket":"tensorflow","path":"keras-applications/mobilenet/mobilenet_1_0_160_tf_no_top.h5"},{"model":"MobileNet","variant":"top","alpha":1,"input_size":128,"bucket":"tensorflow","path":"keras-applications/mobilenet/mobilenet_1_0_128_tf.h5"},{"model":"MobileNet","variant":"notop","alpha":1,"input_size":128,"bucket":"tensorflow","path":"keras-applications/mobilenet/mobilenet_1_0_128_tf_no_top.h5"},{"model":"MobileNet","variant":"top","alpha":0.75,"input_size":224,"bucket":"tensorflow","path":"keras-applications/mobilenet/mobilenet_7_5_224_tf.h5"},{"model":"MobileNet","variant":"notop","alpha":0.75,"input_size":224,"bucket":"tensorflow","path":"keras-applications/mobilenet/mobilenet_7_5_224_tf_no_top.h5"},{"model":"MobileNet","variant":"top","alpha":0.75,"input_size":192,"bucket":"tensorflow","path":"keras-applications/mobilenet/mobilenet_7_5_192_tf.h5"},{"model":"MobileNet","variant":"notop","alpha":0.75,"input_size":192,"bucket":"tensorflow","path":"keras-applications/mobilenet/mobilenet_7_5_192_tf_no_top.h5"},{"model":"MobileNet","variant":"top","alpha":0.75,"input_size":160,"bucket":"tensorflow","path":"keras-applications/mobilenet/mobilenet_7_5_160_tf.h5"},{"model":"MobileNet","variant":"notop","alpha":0.75,"input_size":160,"bucket":"tensorflow","path":"keras-applications/mobilenet/mobilenet_7_5_160_tf_no_top.h5"},{"model":"MobileNet","variant":"top","alpha":0.75,"input_size":128,"bucket":"tensorflow","path":"keras-applications/mobilenet/mobilenet_7_5_128_tf.h5"},{"model":"MobileNet","variant":"notop","alpha":0.75,"input_size":128,"bucket":"tensorflow","path":"keras-applications/mobilenet/mobilenet_7_5_128_tf_no_top.h5"},{"model":"MobileNet","variant":"top","alpha":0.5,"input_size":224,"bucket":"tensorflow","path":"keras-applications/mobilenet/mobilenet_5_0_224_tf.h5"},{"model":"MobileNet","variant":"notop","alpha":0.5,"input_size":224,"bucket":"tensorflow","path":"keras-applications/mobilenet/mobilenet_5_0_224_tf_no_top.h5"},{"model":"MobileNet","variant":"top","alpha":0.5,"input_size":192,"bucket":"tensorflow","path":"keras-applications/mobilenet/mobilenet_5_0_192_tf.h5"},{"model":"MobileNet","variant":"notop","alpha":0.5,"input_size":192,"bucket":"tensorflow","path":"keras-applications/mobilenet/mobilenet_5_0_192_tf_no_top.h5"},{"model":"MobileNet","variant":"top","alpha":0.5,"input_size":160,"bucket":"tensorflow","path":"keras-applications/mobilenet/mobilenet_5_0_160_tf.h5"},{"model":"MobileNet","variant":"notop","alpha":0.5,"input_size":160,"bucket":"tensorflow","path":"keras-applications/mobilenet/mobilenet_5_0_160_tf_no_top.h5"},{"model":"MobileNet","variant":"top","alpha":0.5,"input_size":128,"bucket":"tensorflow","path":"keras-applications/mobilenet/mobilenet_5_0_128_tf.h5"},{"model":"MobileNet","variant":"notop","alpha":0.5,"input_size":128,"bucket":"tensorflow","path":"keras-applications/mobilenet/mobilenet_5_0_128_tf_no_top.h5"},{"model":"MobileNet","variant":"top","alpha":0.25,"input_size":224,"bucket":"tensorflow","path":"keras-applications/mobilenet/mobilenet_2_5_224_tf.h5"},{"model":"MobileNet","variant":"notop","alpha":0.25,"input_size":224,"bucket":"tensorflow","path":"keras-applications/mobilenet/mobilenet_2_5_224_tf_no_top.h5"},{"model":"MobileNet","variant":"top","alpha":0.25,"input_size":192,"bucket":"tensorflow","path":"keras-applications/mobilenet/mobilenet_2_5_192_tf.h5"},{"model":"MobileNet","variant":"notop","alpha":0.25,"input_size":192,"bucket":"tensorflow","path":"keras-applications/mobilenet/mobilenet_2_5_192_tf_no_top.h5"},{"model":"MobileNet","variant":"top","alpha":0.25,"input_size":160,"bucket":"tensorflow","path":"keras-applications/mobilenet/mobilenet_2_5_160_tf.h5"},{"model":"MobileNet","variant":"notop","alpha":0.25,"input_size":160,"bucket":"tensorflow","path":"keras-applications/mobilenet/mobilenet_2_5_160_tf_no_top.h5"},{"model":"MobileNet","variant":"top","alpha":0.25,"input_size":128,"bucket":"tensorflow","path":"keras-applications/mobilenet/mobilenet_2_5_128_tf.h5"},{"model":"MobileNet","variant":"notop","alpha":0.25,"input_size":128,"bucket":"tensorflow","path":"keras-applications/mobilenet/mobilenet_2_5_128_tf_no_top.h5"},{"model":"MobileNetV2","variant":"top","alpha":1.4,"input_size":224,"bucket":"tensorflow","path":"keras-applications/mobilenet_v2/mobilenet_v2_weights_tf_dim_ordering_tf_kernels_1.4_224.h5"},{"model":"MobileNetV2","variant":"notop","alpha":1.4,"input_size":224,"bucket":"tensorflow","path":"keras-applications/mobilenet_v2/mobilenet_v2_weights_tf_dim_ordering_tf_kernels_1.4_224_no_top.h5"},{"model":"MobileNetV2","variant":"top","alpha":1.4,"input_size":192,"bucket":"tensorflow","path":"keras-applications/mobilenet_v2/mobilenet_v2_weights_tf_dim_ordering_tf_kernels_1.4_192.h5"},{"model":"MobileNetV2","variant":"notop","alpha":1.4,"input_size":192,"bucket":"tensorflow","path":"keras-applications/mobilenet_v2/mobilenet_v2_weights_tf_dim_ordering_tf_kernels_1.4_192_no_top.h5"},{"model":"MobileNetV2","variant":"top","alpha":1.4,"input_size":160,"bucket":"tensorflow","path":"keras-applications/mobilenet_v2/mobilenet_v2_weights_tf_dim_ordering_tf_kernels_1.4_160.h5"},{"model":"MobileNetV2","variant":"notop","alpha":1.4,"input_size":160,"bucket":"tensorflow","path":"keras-applications/mobilenet_v2/mobilenet_v2_weights_tf_dim_ordering_tf_kernels_1.4_160_no_top.h5"},{"model":"MobileNetV2","variant":"top","alpha":1.4,"input_size":128,"bucket":"tensorflow","path":"keras-applications/mobilenet_v2/mobilenet_v2_weights_tf_dim_ordering_tf_kernels_1.4_128.h5"},{"model":"MobileNetV2","variant":"notop","alpha":1.4,"input_size":128,"bucket":"tensorflow","path":"keras-applications/mobilenet_v2/mobilenet_v2_weights_tf_dim_ordering_tf_kernels_1.4_128_no_top.h5"},{"model":"MobileNetV2","variant":"top","alpha":1.4,"input_size":96,"bucket":"tensorflow","path":"keras-applications/mobilenet_v2/mobilenet_v2_weights_tf_dim_ordering_tf_kernels_1.4_96.h5"},{"model":"MobileNetV2","variant":"notop","alpha":1.4,"input_size":96,"bucket":"tensorflow","path":"keras-applications/mobilenet_v2/mobilenet_v2_weights_tf_dim_ordering_tf_kernels_1.4_96_no_top.h5"},{"model":"MobileNetV2","variant":"top","alpha":1.3,"input_size":224,"bucket":"tensorflow","path":"keras-applications/mobilenet_v2/mobilenet_v2_weights_tf_dim_ordering_tf_kernels_1.3_224.h5"},{"model":"MobileNetV2","variant":"notop","alpha":1.3,"input_size":224,"bucket":"tensorflow","path":"keras-applications/mobilenet_v2/mobilenet_v2_weights_tf_dim_ordering_tf_kernels_1.3_224_no_top.h5"},{"model":"MobileNetV2","variant":"top","alpha":1.3,"input_size":192,"bucket":"tensorflow","path":"keras-applications/mobilenet_v2/mobilenet_v2_weights_tf_dim_ordering_tf_kernels_1.3_192.h5"},{"model":"MobileNetV2","variant":"notop","alpha":1.3,"input_size":192,"bucket":"tensorflow","path":"keras-applications/mobilenet_v2/mobilenet_v2_weights_tf_dim_ordering_tf_kernels_1.3_192_no_top.h5"},{"model":"MobileNetV2","variant":"top","alpha":1.3,"input_size":160,"bucket":"tensorflow","path":"keras-applications/mobilenet_v2/mobilenet_v2_weights_tf_dim_ordering_tf_kernels_1.3_160.h5"},{"model":"MobileNetV2","variant":"notop","alpha":1.3,"input_size":160,"bucket":"tensorflow","path":"keras-applications/mobilenet_v2/mobilenet_v2_weights_tf_dim_ordering_tf_kernels_1.3_160_no_top.h5"},{"model":"MobileNetV2","variant":"top","alpha":1.3,"input_size":128,"bucket":"tensorflow","path":"keras-applications/mobilenet_v2/mobilenet_v2_weights_tf_dim_ordering_tf_kernels_1.3_128.h5"},{"model":"MobileNetV2","variant":"notop","alpha":1.3,"input_size":128,"bucket":"tensorflow","path":"keras-applications/mobilenet_v2/mobilenet_v2_weights_tf_dim_ordering_tf_kernels_1.3_128_no_top.h5"},{"model":"MobileNetV2","variant":"top","alpha":1.3,"input_size":96,"bucket":"tensorflow","path":"keras-applications/mobilenet_v2/mobilenet_v2_weights_tf_dim_ordering_tf_kernels_1.3_96.h5"},{"model":"MobileNetV2","variant":"notop","alpha":1.3,"input_size":96,"bucket":"tensorflow","path":"keras-applications/mobilenet_v2/mobilenet_v2_weights_tf_dim_ordering_tf_kernels_1.3_96_no_top.h5"},{"model":"MobileNetV2","variant":"top","alpha":1,"input_size":224,"bucket":"tensorflow","path":"keras-applications/mobilenet_v2/mobilenet_v2_weights_tf_dim_ordering_tf_kernels_1.0_224.h5"},{"model":"MobileNetV2","variant":"notop","alpha":1,"input_size":224,"bucket":"tensorflow","path":"keras-applications/mobilenet_v2/mobilenet_v2_weights_tf_dim_ordering_tf_kernels_1.0_224_no_top.h5"},{"model":"MobileNetV2","variant":"top","alpha":1,"input_size":192,"bucket":"tensorflow","path":"keras-applications/mobilenet_v2/mobilenet_v2_weights_tf_dim_ordering_tf_kernels_1.0_192.h5"},{"model":"MobileNetV2","variant":"notop","alpha":1,"input_size":192,"bucket":"tensorflow","path":"keras-applications/mobilenet_v2/mobilenet_v2_weights_tf_dim_ordering_tf_kernels_1.0_192_no_top.h5"},{"model":"MobileNetV2","variant":"top","alpha":1,"input_size":160,"bucket":"tensorflow","path":"keras-applications/mobilenet_v2/mobilenet_v2_weights_tf_dim_ordering_tf_kernels_1.0_160.h5"},{"model":"MobileNetV2","variant":"notop","alpha":1,"input_size":160,"bucket":"tensorflow","path":"keras-applications/mobilenet_v2/mobilenet_v2_weights_tf_dim_ordering_tf_kernels_1.0_160_no_top.h5"},{"model":"MobileNetV2","variant":"top","alpha":1,"input_size":128,"bucket":"tensorflow","path":"keras-applications/mobilenet_v2/mobilenet_v2_weights_tf_dim_ordering_tf_kernels_1.0_128.h5"},{"model":"MobileNetV2","variant":"notop","alpha":1,"input_size":128,"bucket":"tensorflow","path":"keras-applications/mobilenet_v2/mobilenet_v2_weights_tf_dim_ordering_tf_kernels_1.0_128_no_top.h5"},{"model":"MobileNetV2","variant":"top","alpha":1,"input_size":96,"bucket":"tensorflow","path":"keras-applications/mobilenet_v2/mobilenet_v2_weights_tf_dim_ordering_tf_kernels_1.0_96.h5"},{"model":"MobileNetV2","variant":"notop","alpha":1,"input_size":96,"bucket":"tensorflow","path":"keras-applications/mobilenet_v2/mobilenet_v2_weights_tf_dim_ordering_tf_kernels_1.0_96_no_top.h5"},{"model":"MobileNetV2","variant":"top","alpha":0.75,"input_size":224,"bucket":"tensorflow","path":"keras-applications/mobilenet_v2/mobilenet_v2_weights_tf_dim_ordering_tf_kernels_0.75_224.h5"},{"model":"MobileNetV2","variant":"notop","alpha":0.75,"input_size":224,"bucket":"tensorflow","path":"keras-applications/mobilenet_v2/mobilenet_v2_weights_tf_dim_ordering_tf_kernels_0.75_224_no_top.h5"},{"model":"MobileNetV2","variant":"top","alpha":0.75,"input_size":192,"bucket":"tensorflow","path":"keras-applications/mobilenet_v2/mobilenet_v2_weights_tf_dim_ordering_tf_kernels_0.75_192.h5"},{"model":"MobileNetV2","variant":"notop","alpha":0.75,"input_size":192,"bucket":"tensorflow","path":"keras-applications/mobilenet_v2/mobilenet_v2_weights_tf_dim_ordering_tf_kernels_0.75_192_no_top.h5"},{"model":"MobileNetV2","variant":"top","alpha":0.75,"input_size":160,"bucket":"tensorflow","path":"keras-applications/mobilenet_v2/mobilenet_v2_weights_tf_dim_ordering_tf_kernels_0.75_160.h5"},{"model":"MobileNetV2","variant":"notop","alpha":0.75,"input_size":160,"bucket":"tensorflow","path":"keras-applications/mobilenet_v2/mobilenet_v2_weights_tf_dim_ordering_tf_kernels_0.75_160_no_top.h5"},{"model":"MobileNetV2","variant":"top","alpha":0.75,"input_size":128,"bucket":"tensorflow","path":"keras-applications/mobilenet_v2/mobilenet_v2_weights_tf_dim_ordering_tf_kernels_0.75_128.h5"},{"model":"MobileNetV2","variant":"notop","alpha":0.75,"input_size":128,"bucket":"tensorflow","path":"keras-applications/mobilenet_v2/mobilenet_v2_weights_tf_dim_ordering_tf_kernels_0.75_128_no_top.h5"},{"model":"MobileNetV2","variant":"top","alpha":0.75,"input_size":96,"bucket":"tensorflow","path":"keras-applications/mobilenet_v2/mobilenet_v2_weights_tf_dim_ordering_tf_kernels_0.75_96.h5"},{"model":"MobileNetV2","variant":"notop","alpha":0.75,"input_size":96,"bucket":"tensorflow","path":"keras-applications/mobilenet_v2/mobilenet_v2_weights_tf_dim_ordering_tf_kernels_0.75_96_no_top.h5"},{"model":"MobileNetV2","variant":"top","alpha":0.5,"input_size":224,"bucket":"tensorflow","path":"keras-applications/mobilenet_v2/mobilenet_v2_weights_tf_dim_ordering_tf_kernels_0.5_224.h5"},{"model":"MobileNetV2","variant":"notop","alpha":0.5,"input_size":224,"bucket":"tensorflow","path":"keras-applications/mobilenet_v2/mobilenet_v2_weights_tf_dim_ordering_tf_kernels_0.5_224_no_top.h5"},{"model":"MobileNetV2","variant":"top","alpha":0.5,"input_size":192,"bucket":"tensorflow","path":"keras-applications/mobilenet_v2/mobilenet_v2_weights_tf_dim_ordering_tf_kernels_0.5_192.h5"},{"model":"MobileNetV2","variant":"notop","alpha":0.5,"input_size":192,"bucket":"tensorflow","path":"keras-applications/mobilenet_v2/mobilenet_v2_weights_tf_dim_ordering_tf_kernels_0.5_192_no_top.h5"},{"model":"MobileNetV2","variant":"top","alpha":0.5,"input_size":160,"bucket":"tensorflow","path":"keras-applications/mobilenet_v2/mobilenet_v2_weights_tf_dim_ordering_tf_kernels_0.5_160.h5"},{"model":"MobileNetV2","variant":"notop","alpha":0.5,"input_size":160,"bucket":"tensorflow","path":"keras-applications/mobilenet_v2/mobilenet_v2_weights_tf_dim_ordering_tf_kernels_0.5_160_no_top.h5"},{"model":"MobileNetV2","variant":"top","alpha":0.5,"input_size":128,"bucket":"tensorflow","path":"keras-applications/mobilenet_v2/mobilenet_v2_weights_tf_dim_ordering_tf_kernels_0.5_128.h5"},{"model":"MobileNetV2","variant":"notop","alpha":0.5,"input_size":128,"bucket":"tensorflow","path":"keras-applications/mobilenet_v2/mobilenet_v2_weights_tf_dim_ordering_tf_kernels_0.5_128_no_top.h5"},{"model":"MobileNetV2","variant":"top","alpha":0.5,"input_size":96,"bucket":"tensorflow","path":"keras-applications/mobilenet_v2/mobilenet_v2_weights_tf_dim_ordering_tf_kernels_0.5_96.h5"},{"model":"MobileNetV2","variant":"notop","alpha":0.5,"input_size":96,"bucket":"tensorflow","path":"keras-applications/mobilenet_v2/mobilenet_v2_weights_tf_dim_ordering_tf_kernels_0.5_96_no_top.h5"},{"model":"MobileNetV2","variant":"top","alpha":0.35,"input_size":224,"bucket":"tensorflow","path":"keras-applications/mobilenet_v2/mobilenet_v2_weights_tf_dim_ordering_tf_kernels_0.35_224.h5"},{"model":"MobileNetV2","variant":"notop","alpha":0.35,"input_size":224,"bucket":"tensorflow","path":"keras-applications/mobilenet_v2/mobilenet_v2_weights_tf_dim_ordering_tf_kernels_0.35_224_no_top.h5"},{"model":"MobileNetV2","variant":"top","alpha":0.35,"input_size":192,"bucket":"tensorflow","path":"keras-applications/mobilenet_v2/mobilenet_v2_weights_tf_dim_ordering_tf_kernels_0.35_192.h5"},{"model":"MobileNetV2","variant":"notop","alpha":0.35,"input_size":192,"bucket":"tensorflow","path":"keras-applications/mobilenet_v2/mobilenet_v2_weights_tf_dim_ordering_tf_kernels_0.35_192_no_top.h5"},{"model":"MobileNetV2","variant":"top","alpha":0.35,"input_size":160,"bucket":"tensorflow","path":"keras-applications/mobilenet_v2/mobilenet_v2_weights_tf_dim_ordering_tf_kernels_0.35_160.h5"},{"model":"MobileNetV2","variant":"notop","alpha":0.35,"input_size":160,"bucket":"tensorflow","path":"keras-applications/mobilenet_v2/mobilenet_v2_weights_tf_dim_ordering_tf_kernels_0.35_160_no_top.h5"},{"model":"MobileNetV2","variant":"top","alpha":0.35,"input_size":128,"bucket":"tensorflow","path":"keras-applications/mobilenet_v2/mobilenet_v2_weights_tf_dim_ordering_tf_kernels_0.35_128.h5"},{"model":"MobileNetV2","variant":"notop","alpha":0.35,"input_size":128,"bucket":"tensorflow","path":"keras-applications/mobilenet_v2/mobilenet_v2_weights_tf_dim_ordering_tf_kernels_0.35_128_no_top.h5"},{"model":"MobileNetV2","variant":"top","alpha":0.35,"input_size":96,"bucket":"tensorflow","path":"keras-applications/mobilenet_v2/mobilenet_v2_weights_tf_dim_ordering_tf_kernels_0.35_96.h5"},{"model":"MobileNetV2","variant":"notop","alpha":0.35,"input_size":96,"bucket":"tensorflow","path":"keras-applications/mobilenet_v2/mobilenet_v2_weights_tf_dim_ordering_tf_kernels_0.35_96_no_top.h5"},{"model":"MobileNetV3Large","variant":"top","alpha":0.75,"input_size":224,"minimalistic":false,"legacy":false,"bucket":"tensorflow","path":"keras-applications/mobilenet_v3/weights_mobilenet_v3_large_224_0.75_float.h5","md5":"765b44a33ad4005b3ac83185abf1d0eb"},{"model":"MobileNetV3Large","variant":"notop","alpha":0.75,"input_size":224,"minimalistic":false,"legacy":false,"bucket":"tensorflow","path":"keras-applications/mobilenet_v3/weights_mobilenet_v3_large_224_0.75_float_no_top_v2.h5","md5":"40af19a13ebea4e2ee0c676887f69a2e"},{"model":"MobileNetV3Large","variant":"top","alpha":1,"input_size":224,"minimalistic":false,"legacy":false,"bucket":"tensorflow","path":"keras-applications/mobilenet_v3/weights_mobilenet_v3_large_224_1.0_float.h5","md5":"59e551e166be033d707958cf9e29a6a7"},{"model":"MobileNetV3Large","variant":"notop","alpha":1,"input_size":224,"minimalistic":false,"legacy":false,"bucket":"tensorflow","path":"keras-applications/mobilenet_v3/weights_mobilenet_v3_large_224_1.0_float_no_top_v2.h5","md5":"07fb09a5933dd0c8eaafa16978110389"},{"model":"MobileNetV3Large","variant":"top","alpha":1,"input_size":224,"minimalistic":true,"legacy":false,"bucket":"tensorflow","path":"keras-applications/mobilenet_v3/weights_mobilenet_v3_large_minimalistic_224_1.0_float.h5","md5":"675e7b876c45c57e9e63e6d90a36599c"},{"model":"MobileNetV3Large","variant":"notop","alpha":1,"input_size":224,"minimalistic":true,"legacy":false,"bucket":"tensorflow","path":"keras-applications/mobilenet_v3/weights_mobilenet_v3_large_minimalistic_224_1.0_float_no_top_v2.h5","md5":"ec5221f64a2f6d1ef965a614bdae7973"},{"model":"MobileNetV3Small","variant":"top","alpha":0.75,"input_size":224,"minimalistic":false,"legacy":false,"bucket":"tensorflow","path":"keras-applications/mobilenet_v3/weights_mobilenet_v3_small_224_0.75_float.h5","md5":"cb65d4e5be93758266aa0a7f2c6708b7"},{"model":"MobileNetV3Small","variant":"notop","alpha":0.75,"input_size":224,"minimalistic":false,"legacy":false,"bucket":"tensorflow","path":"keras-applications/mobilenet_v3/weights_mobilenet_v3_small_224_0.75_float_no_top_v2.h5","md5":"ebdb5cc8e0b497cd13a7c275d475c819"},{"model":"MobileNetV3Small","variant":"top","alpha":1,"input_size":224,"minimalistic":false,"legacy":false,"bucket":"tensorflow","path":"keras-applications/mobilenet_v3/weights_mobilenet_v3_small_224_1.0_float.h5","md5":"8768d4c2e7dee89b9d02b2d03d65d862"},{"model":"MobileNetV3Small","variant":"notop","alpha":1,"input_size":224,"minimalistic":false,"legacy":false,"bucket":"tensorflow","path":"keras-applications/mobilenet_v3/weights_mobilenet_v3_small_224_1.0_float_no_top_v2.h5","md5":"d3e8ec802a04aa4fc771ee12a9a9b836"},{"model":"MobileNetV3Small","variant":"top","alpha":1,"input_size":224,"minimalistic":true,"legacy":false,"bucket":"tensorflow","path":"keras-applications/mobilenet_v3/weights_mobilenet_v3_small_minimalistic_224_1.0_float.h5","md5":"99cd97fb2fcdad2bf028eb838de69e37"},{"model":"MobileNetV3Small","variant":"notop","alpha":1,"input_size":224,"minimalistic":true,"legacy":false,"bucket":"tensorflow","path":"keras-applications/mobilenet_v3/weights_mobilenet_v3_small_minimalistic_224_1.0_float_no_top_v2.h5","md5":"cde8136e733e811080d9fcd8a252f7e4"},{"model":"NASNetMobile","variant":"top","bucket":"tensorflow","path":"keras-applications/nasnet/NASNet-mobile.h5","md5":"020fb642bf7360b370c678b08e0adf61"},{"model":"NASNetMobile","variant":"notop","bucket":"tensorflow","path":"keras-applications/nasnet/NASNet-mobile-no-top.h5","md5":"1ed92395b5b598bdda52abe5c0dbfd63"},{"model":"NASNetLarge","variant":"top","bucket":"tensorflow","path":"keras-applications/nasnet/NASNet-large.h5","md5":"11577c9a518f0070763c2b964a382f17"},{"model":"NASNetLarge","variant":"notop","bucket":"tensorflow","path":"keras-applications/nasnet/NASNet-large-no-top.h5","md5":"d81d89dc07e6e56530c4e77faddd61b5"},{"model":"EfficientNetB0","variant":"top","bucket":"keras-applications","path":"efficientnetb0.h5","md5":"902e53a9f72be733fc0bcb005b3ebbac"},{"model":"EfficientNetB0","variant":"notop","bucket":"keras-applications","path":"efficientnetb0_notop.h5","md5":"50bc09e76180e00e4465e1a485ddc09d"},{"model":"EfficientNetB1","variant":"top","bucket":"keras-applications","path":"efficientnetb1.h5","md5":"1d254153d4ab51201f1646940f018540"},{"model":"EfficientNetB1","variant":"notop","bucket":"keras-applications","path":"efficientnetb1_notop.h5","md5":"74c4e6b3e1f6a1eea24c589628592432"},{"model":"EfficientNetB2","variant":"top","bucket":"keras-applications","path":"efficientnetb2.h5","md5":"b15cce36ff4dcbd00b6dd88e7857a6ad"},{"model":"EfficientNetB2","variant":"notop","bucket":"keras-applications","path":"efficientnetb2_notop.h5","md5":"111f8e2ac8aa800a7a99e3239f7bfb39"},{"model":"EfficientNetB3","variant":"top","bucket":"keras-applications","path":"efficientnetb3.h5","md5":"ffd1fdc53d0ce67064dc6a9c7960ede0"},{"model":"EfficientNetB3","variant":"notop","bucket":"keras-applications","path":"efficientnetb3_notop.h5","md5":"af6d107764bb5b1abb91932881670226"},{"model":"EfficientNetB4","variant":"top","bucket":"keras-applications","path":"efficientnetb4.h5","md5":"18c95ad55216b8f92d7e70b3a046e2fc"},{"model":"EfficientNetB4","variant":"notop","bucket":"keras-applications","path":"efficientnetb4_notop.h5","md5":"ebc24e6d6c33eaebbd558eafbeedf1ba"},{"model":"EfficientNetB5","variant":"top","bucket":"keras-applications","path":"efficientnetb5.h5","md5":"ace28f2a6363774853a83a0b21b9421a"},{"model":"EfficientNetB5","variant":"notop","bucket":"keras-applications","path":"efficientnetb5_notop.h5","md5":"38879255a25d3c92d5e44e04ae6cec6f"},{"model":"EfficientNetB6","variant":"top","bucket":"keras-applications","path":"efficientnetb6.h5","md5":"165f6e37dce68623721b423839de8be5"},{"model":"EfficientNetB6","variant":"notop","bucket":"keras-applications","path":"efficientnetb6_notop.h5","md5":"9ecce42647a20130c1f39a5d4cb75743"},{"model":"EfficientNetB7","variant":"top","bucket":"keras-applications","path":"efficientnetb7.h5","md5":"8c03f828fec3ef71311cd463b6759d99"},{"model":"EfficientNetB7","variant":"notop","bucket":"keras-applications","path":"efficientnetb7_notop.h5","md5":"cbcfe4450ddf6f3ad90b1b398090fe4a"},{"model":"EfficientNetV2B0","variant":"top","bucket":"tensorflow","path":"keras-applications/efficientnet_v2/efficientnetv2-b0.h5","md5":"21ecbf6da12460d5c40bb2f29ceb2188"},{"model":"EfficientNetV2B0","variant":"notop","bucket":"tensorflow","path":"keras-applications/efficientnet_v2/efficientnetv2-b0_notop.h5","md5":"893217f2bb855e2983157299931e43ff"},{"model":"EfficientNetV2B1","variant":"top","bucket":"tensorflow","path":"keras-applications/efficientnet_v2/efficientnetv2-b1.h5","md5":"069f0534ff22adf035c89e2d9547a9dc"},{"model":"EfficientNetV2B1","variant":"notop","bucket":"tensorflow","path":"keras-applications/efficientnet_v2/efficientnetv2-b1_notop.h5","md5":"0e80663031ca32d657f9caa404b6ec37"},{"model":"EfficientNetV2B2","variant":"top","bucket":"tensorflow","path":"keras-applications/efficientnet_v2/efficientnetv2-b2.h5","md5":"424e49f28180edbde1e94797771950a7"},{"model":"EfficientNetV2B2","variant":"notop","bucket":"tensorflow","path":"keras-applications/efficientnet_v2/efficientnetv2-b2_notop.h5","md5":"1dfe2e7a5d45b6632553a8961ea609eb"},{"model":"EfficientNetV2B3","variant":"top","bucket":"tensorflow","path":"keras-applications/efficientnet_v2/efficientnetv2-b3.h5","md5":"1f1fc43bd98a6e4fd8fdfd551e02c7a0"},{"model":"EfficientNetV2B3","variant":"notop","bucket":"tensorflow","path":"keras-applications/efficientnet_v2/efficientnetv2-b3_notop.h5","md5":"f6abf7b5849ac99a89b50dd3fd532856"},{"model":"EfficientNetV2S","variant":"top","bucket":"tensorflow","path":"keras-applications/efficientnet_v2/efficientnetv2-s.h5","md5":"e1d88a8495beba45748fedd0cecbe016"},{"model":"EfficientNetV2S","variant":"notop","bucket":"tensorflow","path":"keras-applications/efficientnet_v2/efficientnetv2-s_notop.h5","md5":"af0682fb74e8c54910f2d4393339c070"},{"model":"EfficientNetV2M","variant":"top","bucket":"tensorflow","path":"keras-applications/efficientnet_v2/efficientnetv2-m.h5","md5":"a3bf6aa3276309f4fc6a34aa114c95cd"},{"model":"EfficientNetV2M","variant":"notop","bucket":"tensorflow","path":"keras-applications/efficientnet_v2/efficientnetv2-m_notop.h5","md5":"1b8dc055df72dde80d614482840fe342"},{"model":"EfficientNetV2L","variant":"top","bucket":"tensorflow","path":"keras-applications/efficientnet_v2/efficientnetv2-l.h5","md5":"27e6d408b53c7ebc868fefa357689935"},{"model":"EfficientNetV2L","variant":"notop","bucket":"tensorflow","path":"keras-applications/efficientnet_v2/efficientnetv2-l_notop.h5","md5":"b0b66b5c863aef5b46e8608fe1711615"},{"model":"ConvNeXtTiny","variant":"top","bucket":"tensorflow","path":"keras-applications/convnext/convnext_tiny.h5","sha256":"8ae6e78ce2933352b1ef4008e6dd2f17bc40771563877d156bc6426c7cf503ff"},{"model":"ConvNeXtTiny","variant":"notop","bucket":"tensorflow","path":"keras-applications/convnext/convnext_tiny_notop.h5","sha256":"d547c096cabd03329d7be5562c5e14798aa39ed24b474157cef5e85ab9e49ef1"},{"model":"ConvNeXtSmall","variant":"top","bucket":"tensorflow","path":"keras-applications/convnext/convnext_small.h5","sha256":"ce1277d8f1ee5a0ef0e171469089c18f5233860ceaf9b168049cb9263fd7483c"},{"model":"ConvNeXtSmall","variant":"notop","bucket":"tensorflow","path":"keras-applications/convnext/convnext_small_notop.h5","sha256":"6fc8009faa2f00c1c1dfce59feea9b0745eb260a7dd11bee65c8e20843da6eab"},{"model":"ConvNeXtBase","variant":"top","bucket":"tensorflow","path":"keras-applications/convnext/convnext_base.h5","sha256":"52cbb006d3dadd03f6e095a8ca1aca47aecdd75acb4bc74bce1f5c695d0086e6"},{"model":"ConvNeXtBase","variant":"notop","bucket":"tensorflow","path":"keras-applications/convnext/convnext_base_notop.h5","sha256":"40a20c5548a5e9202f69735ecc06c990e6b7c9d2de39f0361e27baeb24cb7c45"},{"model":"ConvNeXtLarge","variant":"top","bucket":"tensorflow","path":"keras-applications/convnext/convnext_large.h5","sha256":"070c5ed9ed289581e477741d3b34beffa920db8cf590899d6d2c67fba2a198a6"},{"model":"ConvNeXtLarge","variant":"notop","bucket":"tensorflow","path":"keras-applications/convnext/convnext_large_notop.h5","sha256":"96f02b6f0753d4f543261bc9d09bed650f24dd6bc02ddde3066135b63d23a1cd"},{"model":"ConvNeXtXLarge","variant":"top","bucket":"tensorflow","path":"keras-applications/convnext/convnext_xlarge.h5","sha256":"c1f5ccab661354fc3a79a10fa99af82f0fbf10ec65cb894a3ae0815f17a889ee"},{"model":"ConvNeXtXLarge","variant":"notop","bucket":"tensorflow","path":"keras-applications/convnext/convnext_xlarge_notop.h5","sha256":"de3f8a54174130e0cecdc71583354753d557fcf1f4487331558e2a16ba0cfe05"},{"model":"RegNetX002","variant":"top","bucket":"tensorflow","path":"keras-applications/regnet/regnetx002.h5","sha256":"49fb46e56cde07fdaf57bffd851461a86548f6a3a4baef234dd37290b826c0b8"},{"model":"RegNetX002","variant":"notop","bucket":"tensorflow","path":"keras-applications/regnet/regnetx002_notop.h5","sha256":"5445b66cd50445eb7ecab094c1e78d4d3d29375439d1a7798861c4af15ffff21"},{"model":"RegNetX004","variant":"top","bucket":"tensorflow","path":"keras-applications/regnet/regnetx004.h5","sha256":"3523c7f5ac0dbbcc2fd6d83b3570e7540f7449d3301cc22c29547302114e4088"},{"model":"RegNetX004","variant":"notop","bucket":"tensorflow","path":"keras-applications/regnet/regnetx004_notop.h5","sha256":"de139bf07a66c9256f2277bf5c1b6dd2d5a3a891a5f8a925a10c8a0a113fd6f3"},{"model":"RegNetX006","variant":"top","bucket":"tensorflow","path":"keras-applications/regnet/regnetx006.h5","sha256":"340216ef334a7bae30daac9f414e693c136fac9ab868704bbfcc9ce6a5ec74bb"},{"model":"RegNetX006","variant":"notop","bucket":"tensorflow","path":"keras-applications/regnet/regnetx006_notop.h5","sha256":"a43ec97ad62f86b2a96a783bfdc63a5a54de02eef54f26379ea05e1bf90a9505"},{"model":"RegNetX008","variant":"top","bucket":"tensorflow","path":"keras-applications/regnet/regnetx008.h5","sha256":"8f145d6a5fae6da62677bb8d26eb92d0b9dfe143ec1ebf68b24a57ae50a2763d"},{"model":"RegNetX008","variant":"notop","bucket":"tensorflow","path":"keras-applications/regnet/regnetx008_notop.h5","sha256":"3c7e4b0917359304dc18e644475c5c1f5e88d795542b676439c4a3acd63b7207"},{"model":"RegNetX016","variant":"top","bucket":"tensorflow","path":"keras-applications/regnet/regnetx016.h5","sha256":"31c386f4c7bfef4c021a583099aa79c1b3928057ba1b7d182f174674c5ef3510"},{"model":"RegNetX016","variant":"notop","bucket":"tensorflow","path":"keras-applications/regnet/regnetx016_notop.h5","sha256":"1b8e3d545d190271204a7b2165936a227d26b79bb7922bac5ee4d303091bf17a"},{"model":"RegNetX032","variant":"top","bucket":"tensorflow","path":"keras-applications/regnet/regnetx032.h5","sha256":"6c025df1409e5ea846375bc9dfa240956cca87ef57384d93fef7d6fa90ca8c7f"},{"model":"RegNetX032","variant":"notop","bucket":"tensorflow","path":"keras-applications/regnet/regnetx032_notop.h5","sha256":"9cd4522806c0fcca01b37874188b2bd394d7c419956d77472a4e072b01d99041"},{"model":"RegNetX040","variant":"top","bucket":"tensorflow","path":"keras-applications/regnet/regnetx040.h5","sha256":"ba128046c588a26dbd3b3a011b26cb7fa3cf8f269c184c132372cb20b6eb54c1"},{"model":"RegNetX040","variant":"notop","bucket":"tensorflow","path":"keras-applications/regnet/regnetx040_notop.h5","sha256":"b4ed0ca0b9a98e789e05000e830403a7ade4d8afa01c73491c44610195198afe"},{"model":"RegNetX064","variant":"top","bucket":"tensorflow","path":"keras-applications/regnet/regnetx064.h5","sha256":"0f4489c3cd3ad979bd6b0324213998bcb36dc861d178f977997ebfe53c3ba564"},{"model":"RegNetX064","variant":"notop","bucket":"tensorflow","path":"keras-applications/regnet/regnetx064_notop.h5","sha256":"3e706fa416a18dfda14c713423eba8041ae2509db3e0a611d5f599b5268a46c4"},{"model":"RegNetX080","variant":"top","bucket":"tensorflow","path":"keras-applications/regnet/regnetx080.h5","sha256":"76320e43272719df648db37271a247c22eb6e810fe469c37a5db7e2cb696d162"},{"model":"RegNetX080","variant":"notop","bucket":"tensorflow","path":"keras-applications/regnet/regnetx080_notop.h5","sha256":"7b1ce8e29ceefec10a6569640ee329dba7fbc98b5d0f6346aabade058b66cf29"},{"model":"RegNetX120","variant":"top","bucket":"tensorflow","path":"keras-applications/regnet/regnetx120.h5","sha256":"5cafc461b78897d5e4f24e68cb406d18e75f31105ef620e7682b611bb355eb3a"},{"model":"RegNetX120","variant":"notop","bucket":"tensorflow","path":"keras-applications/regnet/regnetx120_notop.h5","sha256":"36174ddd0299db04a42631d028abcb1cc7afec2b705e42bd28fcd325e5d596bf"},{"model":"RegNetX160","variant":"top","bucket":"tensorflow","path":"keras-applications/regnet/regnetx160.h5","sha256":"8093f57a5824b181fb734ea21ae34b1f7ee42c5298e63cf6d587c290973195d2"},{"model":"RegNetX160","variant":"notop","bucket":"tensorflow","path":"keras-applications/regnet/regnetx160_notop.h5","sha256":"9d1485050bdf19531ffa1ed7827c75850e0f2972118a996b91aa9264b088fd43"},{"model":"RegNetX320","variant":"top","bucket":"tensorflow","path":"keras-applications/regnet/regnetx320.h5","sha256":"91fb3e6f4e9e44b3687e80977f7f4412ee9937c0c704232664fc83e4322ea01e"},{"model":"RegNetX320","variant":"notop","bucket":"tensorflow","path":"keras-applications/regnet/regnetx320_notop.h5","sha256":"9db7eacc37b85c98184070e1a172e6104c00846f44bcd4e727da9e50d9692398"},{"model":"RegNetY002","variant":"top","bucket":"tensorflow","path":"keras-applications/regnet/regnety002.h5","sha256":"1e8091c674532b1a61c04f6393a9c570113e0197f22bd1b98cc4c4fe800c6465"},{"model":"RegNetY002","variant":"notop","bucket":"tensorflow","path":"keras-applications/regnet/regnety002_notop.h5","sha256":"f63221f63d625b8e201221499682587bfe29d33f50a4c4f4d53be00f66c0f12c"},{"model":"RegNetY004","variant":"top","bucket":"tensorflow","path":"keras-applications/regnet/regnety004.h5","sha256":"752fdbad21c78911bf1dcb8c513e5a0e14697b068e5d9e73525dbaa416d18d8e"},{"model":"RegNetY004","variant":"notop","bucket":"tensorflow","path":"keras-applications/regnet/regnety004_notop.h5","sha256":"45e6ba8309a17a77e67afc05228454b2e0ee6be0dae65edc0f31f1da10cc066b"},{"model":"RegNetY006","variant":"top","bucket":"tensorflow","path":"keras-applications/regnet/regnety006.h5","sha256":"98942e07b273da500ff9699a1f88aca78dfad4375faabb0bab784bb0dace80a9"},{"model":"RegNetY006","variant":"notop","bucket":"tensorflow","path":"keras-applications/regnet/regnety006_notop.h5","sha256":"b70261cba4e60013c99d130cc098d2fce629ff978a445663b6fa4f8fc099a2be"},{"model":"RegNetY008","variant":"top","bucket":"tensorflow","path":"keras-applications/regnet/regnety008.h5","sha256":"1b099377cc9a4fb183159a6f9b24bc998e5659d25a449f40c90cbffcbcfdcae4"},{"model":"RegNetY008","variant":"notop","bucket":"tensorflow","path":"keras-applications/regnet/regnety008_notop.h5","sha256":"b11f5432a216ee640fe9be6e32939defa8d08b8d136349bf3690715a98752ca1"},{"model":"RegNetY016","variant":"top","bucket":"tensorflow","path":"keras-applications/regnet/regnety016.h5","sha256":"b7ce1f5e223f0941c960602de922bcf846288ce7a4c33b2a4f2e4ac4b480045b"},{"model":"RegNetY016","variant":"notop","bucket":"tensorflow","path":"keras-applications/regnet/regnety016_notop.h5","sha256":"d7404f50205e82d793e219afb9eb2bfeb781b6b2d316a6128c6d7d7dacab7f57"},{"model":"RegNetY032","variant":"top","bucket":"tensorflow","path":"keras-applications/regnet/regnety032.h5","sha256":"6a6a545cf3549973554c9b94f0cd40e25f229fffb1e7f7ac779a59dcbee612bd"},{"model":"RegNetY032","variant":"notop","bucket":"tensorflow","path":"keras-applications/regnet/regnety032_notop.h5","sha256":"eb3ac1c45ec60f4f031c3f5180573422b1cf7bebc26c004637517372f68f8937"},{"model":"RegNetY040","variant":"top","bucket":"tensorflow","path":"keras-applications/regnet/regnety040.h5","sha256":"98d00118b335162bbffe8f1329e54e5c8e75ee09b2a5414f97b0ddfc56e796f6"},{"model":"RegNetY040","variant":"notop","bucket":"tensorflow","path":"keras-applications/regnet/regnety040_notop.h5","sha256":"b5be2a5e5f072ecdd9c0b8a437cd896df0efa1f6a1f77e41caa8719b7dfcb05d"},{"model":"RegNetY064","variant":"top","bucket":"tensorflow","path":"keras-applications/regnet/regnety064.h5","sha256":"65c948c7a18aaecaad2d1bd4fd978987425604ba6669ef55a1faa0069a2804b7"},{"model":"RegNetY064","variant":"notop","bucket":"tensorflow","path":"keras-applications/regnet/regnety064_notop.h5","sha256":"885c4b7ed7ea339daca7dafa1a62cb7d41b1068897ef90a5a3d71b4a2e2db31a"},{"model":"RegNetY080","variant":"top","bucket":"tensorflow","path":"keras-applications/regnet/regnety080.h5","sha256":"7a2c62da2982e369a4984d3c7c3b32d6f8d3748a71cb37a31156c436c37f3e95"},{"model":"RegNetY080","variant":"notop","bucket":"tensorflow","path":"keras-applications/regnet/regnety080_notop.h5","sha256":"3d119577e1e3bf8d153b895e8ea9e4ec150ff2d92abdca711b6e949c3fd7115d"},{"model":"RegNetY120","variant":"top","bucket":"tensorflow","path":"keras-applications/regnet/regnety120.h5","sha256":"a96ab0d27d3ae35a422ee7df0d789069b3e3217a99334e0ce861a96595bc5986"},{"model":"RegNetY120","variant":"notop","bucket":"tensorflow","path":"keras-applications/regnet/regnety120_notop.h5","sha256":"4a6fa387108380b730b71feea2ad80b5224b5ea9dc21dc156c93fe3c6186485c"},{"model":"RegNetY160","variant":"top","bucket":"tensorflow","path":"keras-applications/regnet/regnety160.h5","sha256":"45067240ffbc7ca2591313fee2f80dbdda6d66ec1a7451446f9a6d00d8f7ac6e"},{"model":"RegNetY160","variant":"notop","bucket":"tensorflow","path":"keras-applications/regnet/regnety160_notop.h5","sha256":"ead1e6b568be8f34447ec8941299a9df4368736ba9a8205de5427fa20a1fb316"},{"model":"RegNetY320","variant":"top","bucket":"tensorflow","path":"keras-applications/regnet/regnety320.h5","sha256":"b05e173e4ae635cfa22d06392ee3741284d17dadfee68f2aa6fd8cb2b7561112"},{"model":"RegNetY320","variant":"notop","bucket":"tensorflow","path":"keras-applications/regnet/regnety320_notop.h5","sha256":"cad78f74a586e24c61d38be17f3ae53bb9674380174d2585da1a526b8c20e1fd"},{"model":"ResNetRS101","variant":"top","input_size":160,"weights":"imagenet-i160","bucket":"tensorflow","path":"keras-applications/resnet_rs/resnet-rs-101-i160.h5","md5":"544b3434d00efc199d66e9058c7f3379"},{"model":"ResNetRS101","variant":"notop","input_size":160,"weights":"imagenet-i160","bucket":"tensorflow","path":"keras-applications/resnet_rs/resnet-rs-101-i160_notop.h5","md5":"82d5b90c5ce9d710da639d6216d0f979"},{"model":"ResNetRS101","variant":"top","input_size":192,"weights":"imagenet-i192","bucket":"tensorflow","path":"keras-applications/resnet_rs/resnet-rs-101-i192.h5","md5":"eb285be29ab42cf4835ff20a5e3b5d23"},{"model":"ResNetRS101","variant":"notop","input_size":192,"weights":"imagenet-i192","bucket":"tensorflow","path":"keras-applications/resnet_rs/resnet-rs-101-i192_notop.h5","md5":"f9a0f6b85faa9c3db2b6e233c4eebb5b"},{"model":"ResNetRS152","variant":"top","input_size":192,"weights":"imagenet-i192","bucket":"tensorflow","path":"keras-applications/resnet_rs/resnet-rs-152-i192.h5","md5":"8d72a301ed8a6f11a47c4ced4396e338"},{"model":"ResNetRS152","variant":"notop","input_size":192,"weights":"imagenet-i192","bucket":"tensorflow","path":"keras-applications/resnet_rs/resnet-rs-152-i192_notop.h5","md5":"5fbf7ac2155cb4d5a6180ee9e3aa8704"},{"model":"ResNetRS152","variant":"top","input_size":224,"weights":"imagenet-i224","bucket":"tensorflow","path":"keras-applications/resnet_rs/resnet-rs-152-i224.h5","md5":"31a46a92ab21b84193d0d71dd8c3d03b"},{"model":"ResNetRS152","variant":"notop","input_size":224,"weights":"imagenet-i224","bucket":"tensorflow","path":"keras-applications/resnet_rs/resnet-rs-152-i224_notop.h5","md5":"dc8b2cba2005552eafa3167f00dc2133"},{"model":"ResNetRS152","variant":"top","input_size":256,"weights":"imagenet-i256","bucket":"tensorflow","path":"keras-applications/resnet_rs/resnet-rs-152-i256.h5","md5":"ba6271b99bdeb4e7a9b15c05964ef4ad"},{"model":"ResNetRS152","variant":"notop","input_size":256,"weights":"imagenet-i256","bucket":"tensorflow","path":"keras-applications/resnet_rs/resnet-rs-152-i256_notop.h5","md5":"fa79794252dbe47c89130f65349d654a"},{"model":"ResNetRS200","variant":"top","input_size":256,"weights":"imagenet-i256","bucket":"tensorflow","path":"keras-applications/resnet_rs/resnet-rs-200-i256.h5","md5":"a76930b741884e09ce90fa7450747d5f"},{"model":"ResNetRS200","variant":"notop","input_size":256,"weights":"imagenet-i256","bucket":"tensorflow","path":"keras-applications/resnet_rs/resnet-rs-200-i256_notop.h5","md5":"bbdb3994718dfc0d1cd45d7eff3f3d9c"},{"model":"ResNetRS270","variant":"top","input_size":256,"weights":"imagenet-i256","bucket":"tensorflow","path":"keras-applications/resnet_rs/resnet-rs-270-i256.h5","md5":"20d575825ba26176b03cb51012a367a8"},{"model":"ResNetRS270","variant":"notop","input_size":256,"weights":"imagenet-i256","bucket":"tensorflow","path":"keras-applications/resnet_rs/resnet-rs-270-i256_notop.h5","md5":"2c42ecb22e35f3e23d2f70babce0a2aa"},{"model":"ResNetRS350","variant":"top","input_size":256,"weights":"imagenet-i256","bucket":"tensorflow","path":"keras-applications/resnet_rs/resnet-rs-350-i256.h5","md5":"f4a039dc3c421321b7fc240494574a68"},{"model":"ResNetRS350","variant":"notop","input_size":256,"weights":"imagenet-i256","bucket":"tensorflow","path":"keras-applications/resnet_rs/resnet-rs-350-i256_notop.h5","md5":"6e44b55025bbdff8f51692a023143d66"},{"model":"ResNetRS350","variant":"top","input_size":320,"weights":"imagenet-i320","bucket":"tensorflow","path":"keras-applications/resnet_rs/resnet-rs-350-i320.h5","md5":"7ccb858cc738305e8ceb3c0140bee393"},{"model":"ResNetRS350","variant":"notop","input_size":320,"weights":"imagenet-i320","bucket":"tensorflow","path":"keras-applications/resnet_rs/resnet-rs-350-i320_notop.h5","md5":"ab0c1f9079d2f85a9facbd2c88aa6079"},{"model":"ResNetRS420","variant":"top","input_size":320,"weights":"imagenet-i320","bucket":"tensorflow","path":"keras-applications/resnet_rs/resnet-rs-420-i320.h5","md5":"ae0eb9bed39e64fc8d7e0db4018dc7e8"},{"model":"ResNetRS420","variant":"notop","input_size":320,"weights":"imagenet-i320","bucket":"tensorflow","path":"keras-applications/resnet_rs/resnet-rs-420-i320_notop.h5","md5":"fe6217c32be8305b1889657172b98884"},{"model":"ResNetRS50","variant":"top","input_size":160,"weights":"imagenet-i160","bucket":"tensorflow","path":"keras-applications/resnet_rs/resnet-rs-50-i160.h5","md5":"69d9d925319f00a8bdd4af23c04e4102"},{"model":"ResNetRS50","variant":"notop","input_size":160,"weights":"imagenet-i160","bucket":"tensorflow","path":"keras-applications/resnet_rs/resnet-rs-50-i160_notop.h5","md5":"90daa68cd26c95aa6c5d25451e095529"},{"model":"imagenet_class_index","variant":"json","bucket":"download.tensorflow.org","path":"data/imagenet_class_index.json","md5":"c2c37ea517e94d9795004a39431a14cb"},{"model":"test_image_elephant","variant":"jpg","bucket":"tensorflow","path":"keras-applications/tests/elephant.jpg"},{"model":"MobileNetV3Large","variant":"notop","alpha":0.75,"input_size":224,"minimalistic":false,"legacy":true,"bucket":"tensorflow","path":"keras-applications/mobilenet_v3/weights_mobilenet_v3_large_224_0.75_float_no_top.h5","md5":"e7b4d1071996dd51a2c2ca2424570e20"},{"model":"MobileNetV3Large","variant":"notop","alpha":1,"input_size":224,"minimalistic":false,"legacy":true,"bucket":"tensorflow","path":"keras-applications/mobilenet_v3/weights_mobilenet_v3_large_224_1.0_float_no_top.h5","md5":"037116398e07f018c0005ffcb0406831"},{"model":"MobileNetV3Large","variant":"notop","alpha":1,"input_size":224,"minimalistic":true,"legacy":true,"bucket":"tensorflow","path":"keras-applications/mobilenet_v3/weights_mobilenet_v3_large_minimalistic_224_1.0_float_no_top.h5","md5":"a2c33aed672524d1d0b4431808177695"},{"model":"MobileNetV3Small","variant":"notop","alpha":0.75,"input_size":224,"minimalistic":false,"legacy":true,"bucket":"tensorflow","path":"keras-applications/mobilenet_v3/weights_mobilenet_v3_small_224_0.75_float_no_top.h5","md5":"4d2fe46f1c1f38057392514b0df1d673"},{"model":"MobileNetV3Small","variant":"notop","alpha":1,"input_size":224,"minimalistic":false,"legacy":true,"bucket":"tensorflow","path":"keras-applications/mobilenet_v3/weights_mobilenet_v3_small_224_1.0_float_no_top.h5","md5":"be7100780f875c06bcab93d76641aa26"},{"model":"MobileNetV3Small","variant":"notop","alpha":1,"input_size":224,"minimalistic":true,"legacy":true,"bucket":"tensorflow","path":"keras-applications/mobilenet_v3/weights_mobilenet_v3_small_minimalistic_224_1.0_float_no_top.h5","md5":"20d4e357df3f7a6361f3a288857b1051"}]');
;// CONCATENATED MODULE: ./build/data/keras-datasets.json
const keras_datasets_namespaceObject = /*#__PURE__*/JSON.parse('[{"dataset":"mnist","bucket":"tensorflow","path":"tf-keras-datasets/mnist.npz","sha256":"731c5ac602752760c8e48fbffcf8c3b850d9dc2a2aedcf2cc48468fc17b673d1"},{"dataset":"fashion_mnist","bucket":"tensorflow","path":"tf-keras-datasets/train-labels-idx1-ubyte.gz"},{"dataset":"fashion_mnist","bucket":"tensorflow","path":"tf-keras-datasets/train-images-idx3-ubyte.gz"},{"dataset":"fashion_mnist","bucket":"tensorflow","path":"tf-keras-datasets/t10k-labels-idx1-ubyte.gz"},{"dataset":"fashion_mnist","bucket":"tensorflow","path":"tf-keras-datasets/t10k-images-idx3-ubyte.gz"},{"dataset":"imdb","bucket":"tensorflow","path":"tf-keras-datasets/imdb.npz","sha256":"69664113be75683a8fe16e3ed0ab59fda8886cb3cd7ada244f7d9544e4676b9f"},{"dataset":"imdb","bucket":"tensorflow","path":"tf-keras-datasets/imdb_word_index.json","md5":"bfafd718b763782e994055a2d397834f"},{"dataset":"reuters","bucket":"tensorflow","path":"tf-keras-datasets/reuters.npz","sha256":"d6586e694ee56d7a4e65172e12b3e987c03096cb01eab99753921ef915959916"},{"dataset":"reuters","bucket":"tensorflow","path":"tf-keras-datasets/reuters_word_index.json","md5":"4d44cc38712099c9e383dc6e5f11a921"},{"dataset":"boston_housing","bucket":"tensorflow","path":"tf-keras-datasets/boston_housing.npz","sha256":"f553886a1f8d56431e820c5b82552d9d95cfcb96d1e678153f8839538947dff5"},{"dataset":"california_housing","bucket":"tensorflow","path":"tf-keras-datasets/california_housing.npz","sha256":"1a2e3a52e0398de6463aebe6f4a8da34fb21fbb6b934cf88c3425e766f2a1a6f"},{"dataset":"cifar10","bucket":null,"path":null,"origin":"https://www.cs.toronto.edu/~kriz/cifar-10-python.tar.gz","sha256":"6d958be074577803d12ecdefd02955f39262c83c16fe9348329d7fe0b5c001ce"},{"dataset":"cifar100","bucket":null,"path":null,"origin":"https://www.cs.toronto.edu/~kriz/cifar-100-python.tar.gz","sha256":"85cd44d02ba6437773c5bbd22e183051d648de2e7d6b014e1ef29b855ba677a7"},{"dataset":"jena_climate","bucket":"tensorflow","path":"tf-keras-datasets/jena_climate_2009_2016.csv.zip"}]');
;// CONCATENATED MODULE: ./build/request/keras-catalogue.js


const WEIGHT_FILES = keras_applications_namespaceObject;
const DATASET_FILES = keras_datasets_namespaceObject;
/** A name as Keras' users vary it: any case, with or without `-` and `_`. */
function looseName(name) {
    return name.toLowerCase().replace(/[-_]/g, '');
}
/** The digests that Keras holds a file to. */
function catalogueDigests({ md5, sha256 }) {
    const digests = [];
    if (sha256 !== undefined)
        digests.push({ algorithm: 'sha256', value: sha256, source: 'catalogue' });
    if (md5 !== undefined)
        digests.push({ algorithm: 'md5', value: md5, source: 'catalogue' });
    return digests;
}

// EXTERNAL MODULE: ./build/request/nearest.js
var nearest = __webpack_require__(7320);
// EXTERNAL MODULE: ./build/request/request-error.js
var request_error = __webpack_require__(9044);
// EXTERNAL MODULE: ./node_modules/@renovatebot/pep440/index.js
var pep440 = __webpack_require__(8898);
;// CONCATENATED MODULE: ./build/request/specifier.js

/** The specifier that admits every final release. */
const ANY_VERSION = { clauses: [], namesPrerelease: false };
/** Why a specifier cannot be read, in words for the user. */
class MalformedSpecifier extends Error {
    name = 'MalformedSpecifier';
}
const CLAUSE = /^(===|~=|==|!=|<=|>=|<|>)\s*(.*)$/s;
/** @throws MalformedSpecifier saying which clause is wrong, and how to write it. */
function parseSpecifier(text) {
    if (text.trim() === '')
        return ANY_VERSION;
    const clauses = text.split(',').map((clause) => parseClause(clause.trim()));
    const namesPrerelease = clauses.some(({ operator, version }) => operator !== '!=' && version?.is_prerelease === true);
    return { clauses, namesPrerelease };
}
function parseClause(text) {
    if (text === '')
        throw new MalformedSpecifier('there is a comma with no version beside it');
    const match = CLAUSE.exec(text);
    if (match === null)
        throw new MalformedSpecifier(missingOperator(text));
    const operator = match[1];
    const rest = (match[2] ?? '').trim();
    if (rest === '')
        throw new MalformedSpecifier(`"${text}" names no version after ${operator}`);
    if (operator === '===') {
        if (/\s/.test(rest))
            throw new MalformedSpecifier(`"${text}" has a space in its version`);
        return { operator, text: rest, version: (0,pep440.explain)(rest) ?? undefined, wildcard: false };
    }
    const wildcard = rest.endsWith('.*');
    const written = wildcard ? rest.slice(0, -2) : rest;
    const version = (0,pep440.explain)(written);
    if (version === null)
        throw new MalformedSpecifier(notAVersion(text, operator, rest));
    if (wildcard)
        checkWildcard(text, operator, version);
    if (version.local !== null && operator !== '==' && operator !== '!=') {
        throw new MalformedSpecifier(`"${text}": a local version (+${version.local}) can follow only == or !=`);
    }
    if (operator === '~=' && version.release.length < 2) {
        throw new MalformedSpecifier(`"${text}": ~= needs at least two numbers; write ~=${written}.0, or ==${written}.* for all of ${written}`);
    }
    return { operator, text: written, version, wildcard };
}
function checkWildcard(text, operator, version) {
    if (operator !== '==' && operator !== '!=') {
        throw new MalformedSpecifier(`"${text}": .* can follow only == or !=; leave it out after ${operator}`);
    }
    if (version.is_prerelease || version.is_postrelease || version.local !== null) {
        throw new MalformedSpecifier(`"${text}": .* can follow only plain numbers, such as ==2.15.*`);
    }
}
function missingOperator(text) {
    const rest = text.replace(/^[=~!^@\s]+/, '');
    if ((0,pep440.explain)(rest.replace(/\.\*$/, '')) !== null) {
        return `"${text}" has no operator that PEP 440 knows; write ==${rest} for exactly that version`;
    }
    return `"${text}" is no version specifier; write for example ==2.15.0, ~=2.15.0 or >=2.14,<2.16`;
}
function notAVersion(text, operator, rest) {
    if (/^[=<>~!]/.test(rest))
        return `"${text}" has more than one operator`;
    const [first, second] = rest.split(/\s+/);
    if (first !== undefined && second !== undefined && (0,pep440.explain)(first) !== null) {
        return `"${text}" has two parts with nothing between them; separate them by a comma: ${operator}${first},${second}`;
    }
    return `"${text}": "${rest}" is no version (PEP 440); versions look like 2.15.0, 2.16.0rc1 or 2.15.0.post1`;
}
/**
 * True when the specifier admits the version, leaving aside whether it is a pre-release.
 * @param version a valid PEP 440 version
 */
function contains(specifier, version) {
    const candidate = (0,pep440.explain)(version);
    return (candidate !== null && specifier.clauses.every((clause) => admits(clause, version, candidate)));
}
/** True when the specifier admits the version and, if that is a pre-release, asks for pre-releases. */
function admitsVersion(specifier, version) {
    if (!contains(specifier, version))
        return false;
    return specifier.namesPrerelease || !isPrerelease(version);
}
function isPrerelease(version) {
    return (0,pep440.explain)(version)?.is_prerelease === true;
}
function admits(clause, written, candidate) {
    const { operator, version } = clause;
    if (operator === '===' || version === undefined) {
        return written.toLowerCase() === clause.text.toLowerCase();
    }
    const publicVersion = withoutLocal(written);
    switch (operator) {
        case '==':
            return equals(clause, version, written, candidate);
        case '!=':
            return !equals(clause, version, written, candidate);
        case '<=':
            return (0,pep440.compare)(publicVersion, clause.text) <= 0;
        case '>=':
            return (0,pep440.compare)(publicVersion, clause.text) >= 0;
        case '~=':
            return ((0,pep440.compare)(publicVersion, clause.text) >= 0 &&
                startsWith(candidate, version.epoch, version.release.slice(0, -1)));
        case '<':
            return (0,pep440.compare)(written, clause.text) < 0 && !isPrereleaseOf(candidate, version);
        case '>':
            return (0,pep440.compare)(publicVersion, clause.text) > 0 && !isPostReleaseOf(candidate, version);
    }
}
/** "Exclusive ordered comparison": `<2.16` does not admit 2.16.0rc1, nor `<2.16.post1` 2.16.post1.dev0. */
function isPrereleaseOf(candidate, version) {
    if (version.is_prerelease || !candidate.is_prerelease)
        return false;
    if (!version.is_postrelease)
        return sameBase(candidate, version);
    return samePrerelease(candidate, version) && String(candidate.post) === String(version.post);
}
/** Likewise `>2.15` does not admit 2.15.0.post1, nor `>2.15rc1` 2.15rc1.post1. */
function isPostReleaseOf(candidate, version) {
    if (version.is_postrelease || version.is_devrelease || !candidate.is_postrelease)
        return false;
    return samePrerelease(candidate, version);
}
function samePrerelease(left, right) {
    return sameBase(left, right) && String(left.pre) === String(right.pre);
}
function equals(clause, version, written, candidate) {
    if (clause.wildcard)
        return startsWith(candidate, version.epoch, version.release);
    return (0,pep440.compare)(version.local === null ? withoutLocal(written) : written, clause.text) === 0;
}
function startsWith(candidate, epoch, prefix) {
    return (candidate.epoch === epoch &&
        prefix.every((number, index) => (candidate.release[index] ?? 0) === number));
}
function sameBase(left, right) {
    return (0,pep440.compare)(left.base_version, right.base_version) === 0;
}
function withoutLocal(version) {
    return version.replace(/\+.*$/s, '');
}

;// CONCATENATED MODULE: ./build/request/request-specifier.js


/** The versions a request admits. @throws TfcacheError `usage`, saying what is wrong with the specifier */
function readSpecifier(request) {
    try {
        return parseSpecifier(request.version);
    }
    catch (error) {
        if (!(error instanceof MalformedSpecifier))
            throw error;
        throw (0,request_error/* usageError */.Wp)(request, `the version is malformed: ${error.message}.`, {
            expected: 'PEP 440 specifiers, such as ==2.15.0, ~=2.15.0 or >=2.14,<2.16',
            hint: 'Correct the specifier.',
            cause: error,
        });
    }
}
/** Reads the specifier only to find what is wrong with it. @throws TfcacheError `usage` */
function checkSpecifier(request) {
    readSpecifier(request);
}
/** For kinds whose names carry no version. @throws TfcacheError `usage` */
function refuseVersion(request) {
    if (request.version === '')
        return;
    throw (0,request_error/* usageError */.Wp)(request, `${request.kind} has no versions, and "${request.version}" was given.`, {
        hint: `Write ${request.kind}:${request.name}`,
    });
}

;// CONCATENATED MODULE: ./build/request/keras-dataset.js





/** `keras-dataset:mnist`: all files of one of `keras.datasets`, held to the hashes that Keras checks. */
const kerasDataset = {
    name: 'keras-dataset',
    qualifiers: [],
    check(request) {
        refuseVersion(request);
        filesOf(request);
    },
    async identify(request) {
        return `keras-dataset:${filesOf(request)[0]?.dataset ?? request.name}`;
    },
    resolve,
};
function filesOf(request) {
    const wanted = looseName(request.name);
    const files = DATASET_FILES.filter(({ dataset }) => looseName(dataset) === wanted);
    if (files.length === 0) {
        const near = (0,nearest/* nearest */.pA)(request.name, DATASET_FILES.map(({ dataset }) => dataset));
        throw (0,request_error/* usageError */.Wp)(request, `Keras has no data set "${request.name}".`, {
            found: `data sets with names like it: ${near.join(', ')}`,
            hint: `Did you mean keras-dataset:${near[0] ?? ''} ? For data of your own write path:FOLDER/FILE`,
        });
    }
    return files.map((file) => inBucket(request, file));
}
function inBucket(request, file) {
    const { bucket, path } = file;
    if (bucket !== null && path !== null)
        return { ...file, bucket, path };
    const origin = file.origin ?? '';
    const name = baseName(origin);
    throw (0,request_error/* usageError */.Wp)(request, `${file.dataset} is in none of Google's buckets: Keras takes it from ${file.origin === undefined ? 'elsewhere' : new URL(origin).host} (University of Toronto).`, {
        hint: [
            `Put ${origin} into a mirror of your own, for example as tf-keras-datasets/${name},`,
            `and ask for path:tf-keras-datasets/${name}`,
            ...(file.sha256 === undefined ? [] : [`Keras holds it to the sha256 ${file.sha256}`]),
        ].join('\n'),
    });
}
async function resolve(request, id, { listing }) {
    const wanted = filesOf(request);
    const bucket = wanted[0]?.bucket ?? MAIN_BUCKET;
    const folders = [...new Set(wanted.map(({ path }) => folderOf(path)))];
    const listed = await listing.folders(bucket, folders);
    const there = new Map(listed.flatMap(({ files }) => files).map((file) => [file.path, file]));
    const missing = wanted.filter(({ path }) => !there.has(path));
    if (missing.length > 0) {
        const names = [...there.keys()].map(baseName);
        const near = (0,nearest/* nearest */.pA)(baseName(missing[0]?.path ?? ''), names, 8);
        throw (0,request_error/* nothingMatched */.ge)(request, `the mirror lacks ${missing.length} of the data set's ${wanted.length} files.`, {
            where: `${listing.where(bucket)} (in ${folders.map((folder) => `${folder}/`).join(', ')})`,
            expected: (0,nearest/* shortList */.pg)(missing.map(({ path }) => baseName(path))),
            found: near.length === 0 ? 'no files in that folder' : near.join(', '),
            hint: 'Add the files to the mirror, or use a mirror that has them.',
        });
    }
    return {
        request,
        id,
        title: `${wanted[0]?.dataset ?? request.name} (${wanted.length} file${wanted.length === 1 ? '' : 's'})`,
        version: undefined,
        files: wanted.flatMap((file) => {
            const found = there.get(file.path);
            return found === undefined ? [] : [wantedFile(bucket, found, catalogueDigests(file))];
        }),
    };
}

;// CONCATENATED MODULE: ./build/request/identifier.js
/**
 * The id of an artifact: `KIND:NAME[VERSION][?key=value&…]` with every default filled in and the qualifiers sorted.
 * @param subject kind, name and version
 */
function identifier(subject, qualifiers) {
    const pairs = Object.entries(qualifiers).sort(([a], [b]) => (a < b ? -1 : 1));
    if (pairs.length === 0)
        return subject;
    return `${subject}?${pairs.map(([key, value]) => `${key}=${value}`).join('&')}`;
}

;// CONCATENATED MODULE: ./build/request/keras-variant.js


/** What tells the files of one model apart, in the order in which Keras' constructors decide it. */
const DIMENSIONS = [
    'variant',
    'alpha',
    // Before the input size, which follows from them.
    'weights',
    'input_size',
    'minimalistic',
    'legacy',
];
/** What Keras' constructors take when an argument is left out (`include_top=True`, a 224 pixel input, …). */
const DEFAULTS = {
    variant: 'top',
    alpha: '1.0',
    input_size: '224',
    minimalistic: 'false',
    legacy: 'false',
};
/**
 * The file of a model that a request means.
 * @param files all files of the model
 * @throws TfcacheError `usage` when a qualifier does not fit the model, with what does
 */
function chooseVariant(request, files) {
    let left = files;
    for (const dimension of DIMENSIONS) {
        const written = request.qualifiers[dimension];
        if (written === undefined)
            continue;
        const value = normalize(dimension, written);
        // Every model takes weights=imagenet in Keras; where there are several, the largest is meant.
        if (dimension === 'weights' && value === 'imagenet')
            continue;
        const fitting = left.filter((file) => spelled(file, dimension) === value);
        if (fitting.length === 0)
            throw noSuchVariant(request, dimension, files, left);
        left = fitting;
    }
    for (const dimension of DIMENSIONS) {
        if (request.qualifiers[dimension] !== undefined && dimension !== 'weights')
            continue;
        left = takeDefault(dimension, left);
    }
    const [file] = left;
    if (file === undefined)
        throw new Error('a catalogue model without files');
    return file;
}
function takeDefault(dimension, files) {
    const values = distinct(files, dimension);
    if (values.length < 2)
        return files;
    const preset = DEFAULTS[dimension];
    // `weights="imagenet"` means the variant trained on the largest images: imagenet-i192 rather than imagenet-i160.
    const fallback = values.toSorted((a, b) => a.localeCompare(b, 'en', { numeric: true })).at(-1);
    const value = preset !== undefined && values.includes(preset) ? preset : fallback;
    return files.filter((file) => spelled(file, dimension) === value);
}
/** What of a file must be said to tell it from the model's other files. */
function dimensionsOf(file, files) {
    const said = {};
    for (const dimension of DIMENSIONS) {
        // The input size of a ResNetRS follows from its weights.
        if (dimension === 'input_size' && file.weights !== undefined)
            continue;
        const value = spelled(file, dimension);
        if (value !== undefined && distinct(files, dimension).length > 1)
            said[dimension] = value;
    }
    return said;
}
function spelled(file, dimension) {
    const value = file[dimension];
    return value === undefined ? undefined : normalize(dimension, String(value));
}
function normalize(dimension, written) {
    if (dimension === 'alpha' && /^\d*\.?\d+$/.test(written)) {
        const text = String(Number(written));
        return text.includes('.') ? text : `${text}.0`;
    }
    return written.toLowerCase();
}
function distinct(files, dimension) {
    const values = files.map((file) => spelled(file, dimension));
    return [...new Set(values.filter((value) => value !== undefined))];
}
function noSuchVariant(request, dimension, files, left) {
    const [first] = files;
    const model = first?.model ?? request.name;
    const written = request.qualifiers[dimension] ?? '';
    const values = distinct(left, dimension);
    if (values.length === 0 && distinct(files, dimension).length === 0) {
        const known = DIMENSIONS.filter((other) => distinct(files, other).length > 1);
        return (0,request_error/* usageError */.Wp)(request, `${model} has no ${dimension}.`, {
            expected: known.length === 0 ? 'no qualifiers' : `one of ${known.join(', ')}`,
            hint: `Leave ${dimension}= out.`,
        });
    }
    const slip = (0,nearest/* likelySlip */.jm)(written, values) ?? values[0] ?? '';
    return (0,request_error/* usageError */.Wp)(request, `${model} has no ${dimension} "${written}"${together(request, dimension)}.`, {
        expected: values.join(', '),
        hint: `Write ${dimension}=${slip}`,
    });
}
/** ` with alpha=0.75`: the other qualifiers, which may be what rules the value out. */
function together(request, dimension) {
    const others = Object.entries(request.qualifiers).filter(([key]) => key !== dimension);
    if (others.length === 0)
        return '';
    return ` with ${others.map(([key, value]) => `${key}=${value}`).join(' and ')}`;
}

;// CONCATENATED MODULE: ./build/request/keras-weights.js







/**
 * `keras-weights:ResNet50?variant=notop`: one file of `keras.applications`, held to the hash that Keras checks. What is
 * left out is what Keras' constructor takes when it is left out there: `include_top=True` (variant top), `alpha=1.0`, …
 */
const kerasWeights = {
    name: 'keras-weights',
    qualifiers: DIMENSIONS,
    check(request) {
        refuseVersion(request);
        chooseVariant(request, keras_weights_filesOf(request));
    },
    async identify(request) {
        const file = chooseVariant(request, keras_weights_filesOf(request));
        return identifier(`keras-weights:${file.model}`, dimensionsOf(file, keras_weights_filesOf(request)));
    },
    resolve: keras_weights_resolve,
};
function keras_weights_filesOf(request) {
    const wanted = looseName(request.name);
    const files = WEIGHT_FILES.filter(({ model }) => looseName(model) === wanted);
    if (files.length > 0)
        return files;
    const near = (0,nearest/* nearest */.pA)(request.name, WEIGHT_FILES.map(({ model }) => model));
    throw (0,request_error/* usageError */.Wp)(request, `Keras has no model "${request.name}".`, {
        found: `models with names like it: ${near.join(', ')}`,
        hint: `Did you mean keras-weights:${near[0] ?? ''} ? For weights of your own write path:FOLDER/FILE`,
    });
}
async function keras_weights_resolve(request, id, { listing }) {
    const files = keras_weights_filesOf(request);
    const wanted = chooseVariant(request, files);
    const folder = folderOf(wanted.path);
    const [listed] = await listing.folders(wanted.bucket, [folder]);
    const file = listed?.files.find(({ path }) => path === wanted.path);
    if (listed === undefined || file === undefined) {
        const names = listed?.files.map(({ path }) => baseName(path)) ?? [];
        const near = (0,nearest/* nearest */.pA)(baseName(wanted.path), names);
        throw (0,request_error/* nothingMatched */.ge)(request, `the mirror does not have ${wanted.path}.`, {
            where: `${listing.where(wanted.bucket)} (in ${folder === '' ? 'its root' : `${folder}/`}, bucket ${wanted.bucket})`,
            expected: baseName(wanted.path),
            found: listed === undefined || near.length === 0
                ? 'no files in that folder'
                : nearNames(near, names),
            hint: listed?.exists === true && listed.folders.length > 0 && names.length === 0
                ? `The folder holds ${contents(listed)}; if the mirror keeps weights elsewhere, write path:FOLDER/FILE`
                : 'Add the file to the mirror, use a mirror that has it, or ask for another variant.',
        });
    }
    const details = Object.entries(dimensionsOf(wanted, files)).map(([key, value]) => key === 'variant' ? value : `${key} ${value}`);
    return {
        request,
        id,
        title: details.length === 0 ? wanted.model : `${wanted.model} (${details.join(', ')})`,
        version: undefined,
        files: [wantedFile(wanted.bucket, file, catalogueDigests(wanted))],
    };
}
function nearNames(near, all) {
    return `${(0,nearest/* shortList */.pg)(near)}${all.length > near.length ? ` (of ${all.length} files)` : ''}`;
}

;// CONCATENATED MODULE: ./build/request/specifier-reach.js

/* What can be told of a specifier before any version is known: which folders are worth listing. */
/** The one version that the specifier can admit; undefined when it can admit several. */
function pinnedVersion(specifier) {
    return specifier.clauses.find(({ operator, wildcard }) => operator === '===' || (operator === '==' && !wildcard))?.text;
}
/** False when no version at or above `boundary` can be admitted. Errs on the side of true. */
function mayAdmitFrom(specifier, boundary) {
    return specifier.clauses.every(({ operator, version, text, wildcard }) => {
        if (version === undefined)
            return true;
        switch (operator) {
            case '<':
                return (0,pep440.compare)(version.is_prerelease ? text : `${version.base_version}.dev0`, boundary) > 0;
            case '<=':
            case '===':
                return (0,pep440.compare)(text, boundary) >= 0;
            case '==':
                return wildcard
                    ? (0,pep440.compare)(following(version, version.release), boundary) > 0
                    : (0,pep440.compare)(text, boundary) >= 0;
            case '~=':
                return (0,pep440.compare)(following(version, version.release.slice(0, -1)), boundary) > 0;
            default:
                return true;
        }
    });
}
/** False when no version below `boundary` can be admitted. Errs on the side of true. */
function mayAdmitBelow(specifier, boundary) {
    return specifier.clauses.every(({ operator, version, text, wildcard }) => {
        if (version === undefined || operator === '!=' || operator === '<' || operator === '<=') {
            return true;
        }
        return compare(wildcard ? `${version.base_version}.dev0` : text, boundary) < 0;
    });
}
/** The first version after all that begin with `prefix`: 2.16.dev0 after 2.15. */
function following(version, prefix) {
    const bumped = prefix.map((number, index) => (index === prefix.length - 1 ? number + 1 : number));
    return `${version.epoch}!${bumped.join('.')}.dev0`;
}

;// CONCATENATED MODULE: ./build/request/version-folders.js




/** Since this version wheels and C libraries stand in `versions/VERSION/`; before it by system and device. */
const FIRST_IN_VERSIONS = '2.16.dev0';
/** The folder that holds one folder a release. */
const VERSIONS_FOLDER = 'versions';
/**
 * The version that a folder in `versions/` holds, normalised. Release candidates are spelled `2.16.0-rc1` there, and
 * 2.21.0 stands in a folder whose name has literal quotes: `"2.21.0"`. Undefined for a name that is no version.
 */
function folderVersion(name) {
    const quoted = /^(["'])(.*)\1$/s.exec(name);
    return (0,pep440.clean)(quoted?.[2] ?? name) ?? undefined;
}
/** Paths of the folders whose version the specifier admits; release candidates only when it asks for them. */
function admittedFolders(versions, specifier) {
    return versionFolders(versions, (version) => admitsVersion(specifier, version));
}
/** Paths of the folders whose version fits the specifier, release candidates too. */
function fittingFolders(versions, specifier) {
    return versionFolders(versions, (version) => contains(specifier, version));
}
function versionFolders(versions, fits) {
    return versions.folders
        .filter((name) => {
        const version = folderVersion(name);
        return version !== undefined && fits(version);
    })
        .map((name) => `${VERSIONS_FOLDER}/${name}`);
}
/** Lists what is not listed yet: one call for the folders, one for the folders of releases. */
async function listPlaces(listing, places) {
    const { bucket, folders, inside, listed } = places;
    const list = async (wanted) => {
        const fresh = wanted.filter((folder) => !listed.some((known) => known.folder === folder));
        return fresh.length === 0 ? [] : listing.folders(bucket, fresh);
    };
    const first = await list(folders);
    const versions = [...listed, ...first].find(({ folder }) => folder === VERSIONS_FOLDER);
    return versions === undefined ? [...first] : [...first, ...(await list(inside(versions)))];
}
/** `; releases in versions/: 2.18.1, 2.17.0` for a message, when the request could have been served from there. */
function releasesThere(listed, specifier) {
    const versions = listed.find(({ folder }) => folder === VERSIONS_FOLDER);
    if (versions === undefined || !mayAdmitFrom(specifier, FIRST_IN_VERSIONS))
        return '';
    const releases = versions.folders
        .map(folderVersion)
        .filter((version) => version !== undefined)
        .sort((left, right) => (0,pep440.compare)(right, left));
    return releases.length === 0 ? '' : `; releases in ${VERSIONS_FOLDER}/: ${(0,nearest/* shortList */.pg)(releases)}`;
}

;// CONCATENATED MODULE: ./build/request/libtensorflow-archives.js





const ARCHIVE = /^libtensorflow-(cpu|gpu)-([a-z]+)-(x86_64|arm64|aarch64)(?:-(.+))?\.(?:tar\.gz|zip)$/;
/** Archives in a folder; from 2.16.1 on the file's name has no version, and the folder's name says it. */
function archives({ folder, files }) {
    return files.flatMap((file) => {
        const match = ARCHIVE.exec(baseName(file.path));
        if (match === null)
            return [];
        const [, device = '', os = '', arch = '', written] = match;
        const version = written === undefined ? folderVersion(baseName(folder)) : (0,pep440.clean)(written);
        if (version === undefined || version === null)
            return [];
        return [{ device, os, arch: arch === 'aarch64' ? 'arm64' : arch, version, file }];
    });
}
const OLD_FOLDER = 'libtensorflow';
/** Lists where the bucket's layout puts such versions: `libtensorflow/` up to 2.15, `versions/X/` since. */
function documentedFolders(listing, specifier) {
    const inVersions = mayAdmitFrom(specifier, FIRST_IN_VERSIONS);
    const pinned = pinnedVersion(specifier) !== undefined;
    return listPlaces(listing, {
        bucket: MAIN_BUCKET,
        folders: [
            ...(inVersions && pinned ? [] : [OLD_FOLDER]),
            ...(inVersions ? [VERSIONS_FOLDER] : []),
        ],
        inside: (versions) => admittedFolders(versions, specifier),
        listed: [],
    });
}
/** Lists the other place too: for a mirror that keeps archives elsewhere, and for the message. */
function otherFolders(listing, specifier, listed) {
    return listPlaces(listing, {
        bucket: MAIN_BUCKET,
        folders: [OLD_FOLDER, VERSIONS_FOLDER],
        inside: (versions) => fittingFolders(versions, specifier),
        listed,
    });
}
/** The newest archive for the target whose version the specifier admits. */
function newest(folders, wanted, specifier) {
    const fitting = folders.flatMap(archives).filter((archive) => isFor(archive, wanted));
    return fitting.filter(({ version }) => admitsVersion(specifier, version)).sort(newestFirst)[0];
}
function isFor(archive, wanted) {
    return (archive.device === wanted.device && archive.os === wanted.os && archive.arch === wanted.arch);
}
function newestFirst(left, right) {
    return (0,pep440.compare)(right.version, left.version) || (left.file.path < right.file.path ? -1 : 1);
}

;// CONCATENATED MODULE: ./build/request/libtensorflow-not-found.js







/** The error that says what was asked, where it was looked for, and the nearest archives that are there. */
async function libtensorflowNotFound(request, wanted, specifier, listed, listing) {
    const there = listed.flatMap(archives);
    const sameTarget = there.filter((archive) => isFor(archive, wanted)).sort(newestFirst);
    const sameVersion = there.filter(({ version }) => contains(specifier, version));
    const looked = listed.map(({ folder, exists }) => `${folder}/${exists ? '' : ' (not there)'}`);
    const place = {
        where: `${listing.where(MAIN_BUCKET)} (in ${(0,nearest/* shortList */.pg)(looked, 12)})`,
        expected: `libtensorflow ${wanted.device}${request.version} for ${wanted.os} on ${wanted.arch}`,
    };
    const prereleases = sameTarget.filter(({ version }) => contains(specifier, version));
    if (prereleases[0] !== undefined) {
        return (0,request_error/* nothingMatched */.ge)(request, 'only pre-releases fit, and the request does not ask for one.', {
            ...place,
            found: (0,nearest/* shortList */.pg)(unique(prereleases.map(({ version }) => version))),
            hint: `Ask for it by name, for example libtensorflow:${wanted.device}==${prereleases[0].version}`,
        });
    }
    if (sameTarget.length > 0) {
        const versions = unique(sameTarget.map(({ version }) => version));
        const pinned = pinnedVersion(specifier);
        const near = pinned === undefined ? versions.slice(0, 5) : (0,nearest/* nearest */.pA)(pinned, versions);
        return (0,request_error/* nothingMatched */.ge)(request, `it is there, but in no version that fits "${request.version}".`, {
            ...place,
            found: `${near.join(', ')}${releasesThere(listed, specifier)}`,
            hint: `Ask for one of these, for example libtensorflow:${wanted.device}==${near[0] ?? ''}`,
        });
    }
    const others = sameVersion.length > 0 ? sameVersion : there;
    const name = `libtensorflow-${wanted.device}-${wanted.os}-${wanted.arch}`;
    const near = (0,nearest/* nearest */.pA)(name, others.sort(newestFirst).map(({ file }) => file.path));
    const root = there.length > 0 ? undefined : (await listing.folders(MAIN_BUCKET, ['']))[0];
    return (0,request_error/* nothingMatched */.ge)(request, `there is no ${name} in any version that was looked at.`, {
        ...place,
        found: root === undefined ? near.join(', ') : `at the mirror's root: ${contents(root)}`,
        hint: 'Say another ?os=…&arch=… or version; for a file that stands elsewhere write path:FOLDER/FILE',
    });
}
function unique(values) {
    return [...new Set(values)];
}

;// CONCATENATED MODULE: ./build/request/libtensorflow.js







/** `libtensorflow:cpu==2.15.0?os=linux&arch=x86_64`: the archive of the C library; without a version the newest release. */
const libtensorflow = {
    name: 'libtensorflow',
    qualifiers: ['os', 'arch'],
    check,
    async identify(request, machine) {
        const { device, os, arch } = target(request, machine);
        const version = request.version.replace(/\s+/g, '');
        return identifier(`libtensorflow:${device}${version}`, { os, arch });
    },
    resolve: libtensorflow_resolve,
};
const DEVICES = ['cpu', 'gpu'];
const ALLOWED = {
    os: ['linux', 'darwin', 'windows'],
    arch: ['x86_64', 'arm64'],
};
const SYNONYMS = {
    macos: 'darwin',
    mac: 'darwin',
    win: 'windows',
    amd64: 'x86_64',
    x64: 'x86_64',
    aarch64: 'arm64',
};
function check(request) {
    if (!DEVICES.includes(request.name.toLowerCase())) {
        throw (0,request_error/* usageError */.Wp)(request, `there is no C library "${request.name}".`, {
            expected: 'cpu or gpu',
            hint: 'Write libtensorflow:cpu or libtensorflow:gpu, with a version after it if you need one.',
        });
    }
    checkSpecifier(request);
    for (const [key, allowed] of Object.entries(ALLOWED)) {
        const value = request.qualifiers[key];
        if (value === undefined || allowed.includes(value))
            continue;
        const meant = SYNONYMS[value.toLowerCase()] ?? (0,nearest/* likelySlip */.jm)(value, allowed) ?? allowed[0] ?? '';
        throw (0,request_error/* usageError */.Wp)(request, `there is no ${key} "${value}".`, {
            expected: allowed.join(', '),
            hint: `Did you mean ${key}=${meant} ?`,
        });
    }
}
function target(request, machine) {
    return {
        device: request.name.toLowerCase(),
        os: request.qualifiers['os'] ?? machine.os(),
        arch: request.qualifiers['arch'] ?? machine.arch(),
    };
}
async function libtensorflow_resolve(request, id, { listing }, machine) {
    const wanted = target(request, machine);
    const specifier = readSpecifier(request);
    const documented = await documentedFolders(listing, specifier);
    const listed = [...documented];
    let best = newest(listed, wanted, specifier);
    if (best === undefined) {
        listed.push(...(await otherFolders(listing, specifier, documented)));
        best = newest(listed, wanted, specifier);
    }
    if (best === undefined)
        throw await libtensorflowNotFound(request, wanted, specifier, listed, listing);
    return {
        request,
        id,
        title: `libtensorflow ${best.device} ${best.version} (${best.os}, ${best.arch})`,
        version: best.version,
        files: [wantedFile(MAIN_BUCKET, best.file)],
    };
}

;// CONCATENATED MODULE: ./build/mirror/filter/wildmatch.js
const SLASH = 0x2f;
const STAR = 0x2a;
const BACKSLASH = 0x5c;
const OPEN = 0x5b;
const CLOSE = 0x5d;
const DASH = 0x2d;
const COLON = 0x3a;
const END = 0;
/**
 * The members of POSIX classes, in the C locale: bytes above 127 are in none.
 */
const CLASSES = new Map([
    ['alnum', /[A-Za-z0-9]/],
    ['alpha', /[A-Za-z]/],
    ['blank', /[ \t]/],
    ['cntrl', /(?=[^\x80-\xff])\p{Cc}/u],
    ['digit', /[0-9]/],
    ['graph', /[!-~]/],
    ['lower', /[a-z]/],
    ['print', /[ -~]/],
    ['punct', /[!-/:-@[-`{-~]/],
    ['space', /[ \t-\r]/],
    ['upper', /[A-Z]/],
    ['xdigit', /[0-9A-Fa-f]/],
]);
/**
 * True when all of `text` matches the wildcard pattern; with `anywhere`, also when what follows one of its slashes does.
 * Both are strings of bytes (one character a byte, without NUL), because rsync matches bytes: `?` is one byte.
 *
 * The rules are those of rsync(1), "PATTERN MATCHING RULES", in every corner those of rsync's wildmatch.c: `*` stops at a
 * slash, `**` does not, `?` and classes never match a slash, an unfinished class matches nothing.
 */
function wildmatch(pattern, text, anywhere = false) {
    let verdict = match(pattern, 0, text, 0);
    if (!anywhere)
        return verdict === 'match';
    for (let at = 0; verdict !== 'match' && verdict !== 'abort-all'; at++) {
        at = text.indexOf('/', at);
        if (at === -1)
            return false;
        verdict = match(pattern, 0, text, at + 1);
    }
    return verdict === 'match';
}
function byteAt(text, at) {
    return at < text.length ? text.charCodeAt(at) : END;
}
function match(pattern, patternStart, text, textStart) {
    let p = patternStart;
    let t = textStart;
    for (; p < pattern.length; p++, t++) {
        const wanted = byteAt(pattern, p);
        const found = byteAt(text, t);
        if (found === END && wanted !== STAR)
            return 'abort-all';
        switch (pattern[p]) {
            case '?':
                if (found === SLASH)
                    return 'no-match';
                break;
            case '*':
                return matchStar(pattern, p, text, t);
            case '[': {
                const set = matchClass(pattern, p, found);
                if (set === undefined)
                    return 'abort-all';
                if (!set.matches || found === SLASH)
                    return 'no-match';
                p = set.end;
                break;
            }
            case '\\':
                p++;
                if (byteAt(pattern, p) !== found)
                    return 'no-match';
                break;
            default:
                if (wanted !== found)
                    return 'no-match';
        }
    }
    return t < text.length ? 'no-match' : 'match';
}
function matchStar(pattern, star, text, textStart) {
    let p = star + 1;
    const crossesSlash = byteAt(pattern, p) === STAR;
    while (byteAt(pattern, p) === STAR && crossesSlash)
        p++;
    if (p >= pattern.length) {
        return crossesSlash || text.indexOf('/', textStart) === -1 ? 'match' : 'no-match';
    }
    for (let t = textStart; t < text.length; t++) {
        const verdict = match(pattern, p, text, t);
        if (verdict !== 'no-match') {
            if (!crossesSlash || verdict !== 'abort-to-starstar')
                return verdict;
        }
        else if (!crossesSlash && byteAt(text, t) === SLASH) {
            return 'abort-to-starstar';
        }
    }
    return 'abort-all';
}
/** Whether a byte is in the class that opens at `open`, and where the class ends; undefined for an unfinished class. */
function matchClass(pattern, open, found) {
    let p = open + 1;
    const inverted = pattern[p] === '!' || pattern[p] === '^';
    if (inverted)
        p++;
    let matches = false;
    /** The byte before, as the start of a range; END where none can start. */
    let previous = END;
    // A closing bracket that comes first is a member.
    for (let first = true; first || byteAt(pattern, p) !== CLOSE; first = false, p++) {
        const byte = byteAt(pattern, p);
        if (byte === END)
            return undefined;
        if (byte === BACKSLASH) {
            const escaped = byteAt(pattern, ++p);
            if (escaped === END)
                return undefined;
            matches ||= escaped === found;
            previous = escaped;
        }
        else if (byte === DASH && previous !== END && isRangeEnd(byteAt(pattern, p + 1))) {
            let last = byteAt(pattern, ++p);
            if (last === BACKSLASH)
                last = byteAt(pattern, ++p);
            if (last === END)
                return undefined;
            matches ||= previous <= found && found <= last;
            previous = END;
        }
        else if (byte === OPEN && byteAt(pattern, p + 1) === COLON) {
            const close = pattern.indexOf(']', p + 2);
            if (close === -1)
                return undefined;
            if (close - (p + 2) - 1 < 0 || byteAt(pattern, close - 1) !== COLON) {
                // No ":]": the bracket is a member like any other.
                matches ||= found === OPEN;
                previous = OPEN;
            }
            else {
                const members = CLASSES.get(pattern.slice(p + 2, close - 1));
                if (members === undefined)
                    return undefined;
                matches ||= members.test(String.fromCharCode(found));
                previous = END;
                p = close;
            }
        }
        else {
            matches ||= byte === found;
            previous = byte;
        }
    }
    return { matches: matches !== inverted, end: p };
}
function isRangeEnd(byte) {
    return byte !== END && byte !== CLOSE;
}

;// CONCATENATED MODULE: ./build/mirror/filter/match.js

/**
 * What the rules say of the file `path`, as rsync would when it walks the folder `base`: each folder strictly below `base`
 * is asked about first, from the top, and an excluded folder excludes all below it; then the file. `base` itself and what
 * is above are not asked about, like a source argument of `rsync -R`; when `base` is the file itself, only the file is.
 *
 * Both are relative to the bucket's root, where anchored patterns stand; `base` is `''` for the root.
 *
 * @throws RangeError when `path` is not below `base`.
 */
function matchFilters(rules, path, base) {
    return filterMatcher(rules, base)(path);
}
/** `matchFilters` for many files: folders are asked about once. */
function filterMatcher(rules, base) {
    const tests = rules.map((rule) => ({ rule, matches: ruleTest(rule) }));
    const decide = (name, isFolder) => {
        const bytes = toBytes(name);
        const rule = tests.find((test) => test.matches(bytes, isFolder))?.rule;
        return { included: rule?.action !== 'exclude', rule, at: name };
    };
    const folders = new Map();
    /** The verdict that excludes a folder or one above it; undefined when it is walked into. */
    const exclusion = (folder) => {
        if (folder.length <= base.length)
            return undefined;
        if (folders.has(folder))
            return folders.get(folder);
        let verdict = exclusion(parentOf(folder));
        if (verdict === undefined) {
            const own = decide(folder, true);
            if (!own.included)
                verdict = own;
        }
        folders.set(folder, verdict);
        return verdict;
    };
    return (path) => {
        if (base !== '' && path !== base && !path.startsWith(`${base}/`)) {
            throw new RangeError(`${path} is not below ${base}`);
        }
        return exclusion(parentOf(path)) ?? decide(path, false);
    };
}
/** One rule as a test of a name's bytes: exclude.c, rule_matches(). */
function ruleTest(rule) {
    const pattern = toBytes(rule.pattern);
    const isWild = /[*?[]/.test(pattern);
    const crossesSlash = pattern.includes('**');
    const startsWithStars = !rule.anchored && pattern.startsWith('**');
    const endsWithThreeStars = pattern.endsWith('***');
    const inner = pattern.split('/').length - 1;
    const nameOnly = inner === 0 && !rule.anchored && !crossesSlash;
    const matches = (name, isFolder) => {
        if (rule.foldersOnly && !isFolder)
            return false;
        let text = nameOnly ? name.slice(name.lastIndexOf('/') + 1) : name;
        // A slash before lets `**/` match at the top; one behind lets `/***` match the folder itself.
        if (startsWithStars)
            text = `/${text}`;
        if (endsWithThreeStars && isFolder)
            text = `${text}/`;
        if (!rule.anchored && inner > 0 && !crossesSlash) {
            const tail = lastNames(text, inner + 1);
            return tail !== undefined && (isWild ? wildmatch(pattern, tail) : tail === pattern);
        }
        if (!isWild)
            return text === pattern;
        const anywhere = crossesSlash && !rule.anchored && !startsWithStars;
        return wildmatch(pattern, text, anywhere);
    };
    return (name, isFolder) => matches(name, isFolder) !== rule.negated;
}
/** The last `count` names of a path; undefined when it has fewer. */
function lastNames(path, count) {
    const names = path.split('/');
    return names.length < count ? undefined : names.slice(-count).join('/');
}
function parentOf(path) {
    return path.slice(0, Math.max(0, path.lastIndexOf('/')));
}
/** rsync compares bytes: one character a byte of the UTF-8 form. */
function toBytes(text) {
    return Buffer.from(text, 'utf8').toString('latin1');
}

;// CONCATENATED MODULE: ./build/request/excluded.js




/**
 * The error for filters that leave nothing. It names the rule for each thing that was cut off, and the rules to add:
 * rsync's classic trap is that `- *` cuts off `linux/` before `+ /linux/cpu/*.whl` is ever reached.
 */
function everythingExcluded(request, rules, exclusions, where) {
    const cuts = new Map();
    for (const { path, at, rule } of exclusions) {
        const folder = at !== path;
        const name = rule === undefined ? 'no rule' : `"${(0,request_error/* printable */.g$)(rule.text)}" (filters line ${rule.line})`;
        const text = folder
            ? `${name} cuts off the folder ${(0,request_error/* printable */.g$)(at)}/, so that no rule is asked about what is inside`
            : `${name} excludes ${(0,request_error/* printable */.g$)(path)}`;
        // One line a folder that was cut off; one line a rule for single files, however many it hit.
        const key = `${rule?.line ?? 0}\0${folder ? at : ''}`;
        const known = cuts.get(key);
        if (known === undefined)
            cuts.set(key, { text, files: 1 });
        else
            known.files += 1;
    }
    const described = [...cuts.values()].map(({ text, files }) => text + (files > 1 ? ` (${files} files)` : ''));
    const additions = rulesToAdd(rules, exclusions);
    const firstLine = Math.min(...exclusions.map(({ rule }) => rule?.line ?? 1));
    return (0,request_error/* nothingMatched */.ge)(request, `the filters exclude all ${exclusions.length} files that the glob matches.`, {
        where,
        found: (0,nearest/* shortList */.pg)(described, 4),
        hint: `Add above line ${firstLine} of the filters (the first rule that matches decides):\n${additions.join('\n')}`,
    });
}
/** The fewest `+` rules that let a file through: for every folder that is cut off, and for the file if that is not enough. */
function rulesToAdd(rules, exclusions) {
    const additions = [];
    for (const { path, base } of exclusions.slice(0, 3)) {
        const added = [];
        for (;;) {
            const verdict = matchFilters([...added, ...rules], path, base);
            if (verdict.included || added.length > path.split('/').length)
                break;
            added.push(includeRule(verdict.at, verdict.at !== path));
        }
        additions.push(...added.map(({ text }) => text));
    }
    return [...new Set(additions)];
}
function includeRule(path, folder) {
    const extension = /\.\w+$/.exec(path)?.[0];
    const parent = folderOf(path);
    const whole = escapePattern(path);
    const pattern = folder || extension === undefined
        ? whole
        : `${parent === '' ? '' : `${escapePattern(parent)}/`}*${extension}`;
    return {
        text: `+ /${(0,request_error/* printable */.g$)(pattern)}${folder ? '/' : ''}`,
        line: 0,
        action: 'include',
        pattern,
        anchored: true,
        foldersOnly: folder,
        negated: false,
    };
}
/** A name as rsync's patterns spell it: a backslash counts only where there is a wildcard. */
function escapePattern(path) {
    return /[*?[]/.test(path) ? path.replace(/[*?[\\]/g, '\\$&') : path;
}

// EXTERNAL MODULE: ./node_modules/picomatch/index.js
var picomatch = __webpack_require__(4006);
;// CONCATENATED MODULE: ./build/request/braces.js
/**
 * `a{b,c}d` as `abd` and `acd`, as a shell does it, one by one: a few braces can stand for more than memory holds.
 * Braces without a comma mean themselves, and so does what follows a backslash.
 */
function* alternatives(text) {
    const group = braceGroup(text);
    if (group === undefined) {
        yield text;
        return;
    }
    for (const part of group.parts) {
        for (const start of alternatives(part)) {
            for (const rest of alternatives(group.rest))
                yield group.before + start + rest;
        }
    }
}
function braceGroup(text) {
    for (let start = 0; start < text.length; start += 1) {
        if (text.charAt(start) === '\\')
            start += 1;
        else if (text.charAt(start) === '{') {
            const group = braceGroupAt(text, start);
            if (group !== undefined)
                return group;
        }
    }
    return undefined;
}
function braceGroupAt(text, start) {
    const parts = [];
    let depth = 0;
    let from = start + 1;
    for (let index = start; index < text.length; index += 1) {
        const character = text.charAt(index);
        if (character === '\\')
            index += 1;
        else if (character === '{')
            depth += 1;
        else if (character === ',' && depth === 1) {
            parts.push(text.slice(from, index));
            from = index + 1;
        }
        else if (character === '}') {
            depth -= 1;
            if (depth > 0)
                continue;
            if (parts.length === 0)
                return undefined;
            parts.push(text.slice(from, index));
            return { before: text.slice(0, start), parts, rest: text.slice(index + 1) };
        }
    }
    return undefined;
}

;// CONCATENATED MODULE: ./build/request/glob.js


/** Why a glob cannot be read, in words for the user. */
class MalformedGlob extends Error {
    name = 'MalformedGlob';
}
const MOST_ALTERNATIVES = 1000;
/** A trailing slash stands for everything below. @throws MalformedGlob for one that could leave the bucket */
function parseGlobs(text) {
    const globs = [];
    for (const glob of alternatives(text)) {
        if (globs.length === MOST_ALTERNATIVES) {
            throw new MalformedGlob(`its braces stand for more than ${MOST_ALTERNATIVES} globs`);
        }
        globs.push(parseGlob(glob));
    }
    return globs;
}
function parseGlob(glob) {
    const names = glob.split('/');
    if (names[0] === '') {
        throw new MalformedGlob('it begins with a slash; paths are relative to the bucket, so leave the slash out');
    }
    if (names.at(-1) === '')
        names.splice(-1, 1, '**');
    for (const name of names)
        checkName(name);
    const firstMagic = names.findIndex(isMagic);
    const literal = firstMagic === -1 ? names.length - 1 : firstMagic;
    const base = names.slice(0, literal).map(unescaped).join('/');
    return { names, base, deep: names.includes('**') };
}
function checkName(name) {
    if (name === '')
        throw new MalformedGlob('it has two slashes in a row');
    if ((/\\*$/.exec(name)?.[0].length ?? 0) % 2 === 1) {
        throw new MalformedGlob('a backslash at the end of a name escapes nothing; write \\\\ for one');
    }
    const plain = isMagic(name) ? name : unescaped(name);
    if (plain === '..')
        throw new MalformedGlob('".." would leave the bucket; name the folder itself');
    if (plain === '.')
        throw new MalformedGlob('leave "." out; write ** for everything');
}
/** True when the name holds a glob character. */
function isMagic(name) {
    for (let index = 0; index < name.length; index += 1) {
        const character = name.charAt(index);
        if (character === '*' || character === '?')
            return true;
        if (character === '[' && bracketEnd(name, index) !== -1)
            return true;
        if (character === '\\')
            index += 1;
    }
    return false;
}
/** The name that a literal one spells. */
function unescaped(name) {
    return name.replace(/\\(.)/gs, '$1');
}
/** The glob that matches exactly this path. */
function escaped(path) {
    return path.replace(/[\\*?[\]{}]/g, '\\$&');
}
const OPTIONS = {
    dot: true,
    windows: false,
    nobrace: true,
    noextglob: true,
    nonegate: true,
    regex: false,
    literalBrackets: false,
    strictSlashes: true,
    // The short cuts read a backslash before a character beyond ASCII otherwise than the parser does.
    fastpaths: false,
    // A name may hold a newline; `.` must match it.
    flags: 's',
};
/** Whether one name matches. */
function nameMatcher(name) {
    if (!isMagic(name)) {
        const wanted = unescaped(name);
        return (candidate) => candidate === wanted;
    }
    return regexMatcher(picomatch.makeRe(pattern(name), OPTIONS));
}
/** Whether a whole path matches. */
function pathMatcher(glob) {
    const whole = glob.names.map((name) => (name === '**' ? name : pattern(name))).join('/');
    return regexMatcher(picomatch.makeRe(whole, OPTIONS));
}
/** The expression itself, for picomatch's own matcher also takes a path that equals the glob's text. */
function regexMatcher(expression) {
    return (candidate) => expression.test(candidate);
}
/** A name in picomatch's language: all that is special there and not here is escaped. */
function pattern(name) {
    let result = '';
    for (let index = 0; index < name.length; index += 1) {
        const character = name.charAt(index);
        const end = character === '[' ? bracketEnd(name, index) : -1;
        if (character === '\\') {
            index += 1;
            result += literal(name.charAt(index));
        }
        else if (end !== -1) {
            result += name.slice(index, end + 1).replace(/^\[!/, '[^');
            index = end;
        }
        else if (character === '*') {
            if (!result.endsWith('*') || result.endsWith('\\*'))
                result += '*';
        }
        else {
            result += character === '?' ? character : literal(character);
        }
    }
    return result;
}
function literal(character) {
    // A run of backslashes is shortened outside brackets.
    if (character === '\\')
        return '[\\\\]';
    return /^[\w\u0080-\uffff]$/.test(character) ? character : `\\${character}`;
}
/** Where the bracket that opens at `start` closes; -1 when it does not, and is a literal one. */
function bracketEnd(name, start) {
    let index = start + 1;
    if (/[!^]/.test(name.charAt(index)))
        index += 1;
    if (name.charAt(index) === ']')
        index += 1;
    while (index < name.length) {
        const character = name.charAt(index);
        if (character === ']')
            return index;
        const classEnd = name.startsWith('[:', index) ? name.indexOf(':]', index) : -1;
        index = classEnd !== -1 ? classEnd + 2 : index + (character === '\\' ? 2 : 1);
    }
    return -1;
}

;// CONCATENATED MODULE: ./build/request/glob-walk.js


/** Finds what the globs match: one level of folders at a time, a whole tree only where a glob says `**`. */
async function walkGlobs(listing, bucket, globs) {
    const deep = await deepFiles(listing, bucket, globs.filter((glob) => glob.deep));
    const level = await levelFiles(listing, bucket, globs.filter((glob) => !glob.deep));
    return { files: [...deep, ...level.files], folders: level.folders };
}
async function deepFiles(listing, bucket, globs) {
    const found = [];
    const trees = new Map();
    for (const glob of globs) {
        const tree = trees.get(glob.base) ?? (await listing.tree(bucket, glob.base));
        trees.set(glob.base, tree);
        const matches = pathMatcher(glob);
        for (const file of tree)
            if (matches(file.path))
                found.push({ file, base: glob.base });
    }
    return found;
}
async function levelFiles(listing, bucket, globs) {
    const walk = { files: [], folders: [] };
    let steps = globs.map((glob) => start(glob));
    while (steps.length > 0) {
        // All globs go down together, so that a level is one call however many there are.
        const wanted = [...new Set(steps.flatMap(({ folders }) => folders))];
        const listed = new Map((await listing.folders(bucket, wanted)).map((folder) => [folder.folder, folder]));
        const next = [];
        for (const { glob, depth, folders } of steps) {
            const matches = nameMatcher(glob.names[depth] ?? '');
            const last = depth === glob.names.length - 1;
            const reached = [];
            for (const folder of folders) {
                const entry = listed.get(folder);
                const below = entry?.folders.filter(matches).map((name) => joinPath(folder, name)) ?? [];
                reached.push(...below);
                if (!last)
                    continue;
                for (const file of entry?.files ?? []) {
                    if (matches(baseName(file.path)))
                        walk.files.push({ file, base: glob.base });
                }
            }
            if (last)
                walk.folders.push(...reached);
            else if (reached.length > 0)
                next.push(descend({ glob, depth: depth + 1, folders: reached }));
        }
        steps = next;
    }
    return walk;
}
function start(glob) {
    const firstMagic = glob.names.findIndex(isMagic);
    const depth = firstMagic === -1 ? glob.names.length - 1 : firstMagic;
    return { glob, depth, folders: [glob.base] };
}
/** Literal names need no listing to go down by; only the last one does, to know the file's size. */
function descend(step) {
    let { depth, folders } = step;
    for (; depth < step.glob.names.length - 1; depth += 1) {
        const name = step.glob.names[depth] ?? '';
        if (isMagic(name))
            break;
        folders = folders.map((folder) => joinPath(folder, unescaped(name)));
    }
    return { glob: step.glob, depth, folders };
}

;// CONCATENATED MODULE: ./build/request/path.js







/** `path:linux/cpu/*.whl`: whatever the glob matches and the user's filters let through. */
const path = {
    name: 'path',
    qualifiers: [],
    check(request) {
        globsOf(request);
    },
    async identify(request) {
        return `path:${request.name}`;
    },
    resolve: path_resolve,
};
function globsOf(request) {
    try {
        return parseGlobs(request.name);
    }
    catch (error) {
        if (!(error instanceof MalformedGlob))
            throw error;
        throw (0,request_error/* usageError */.Wp)(request, `${error.message}.`, {
            hint: "Write a path below the bucket's root, for example path:linux/cpu/*.whl",
            cause: error,
        });
    }
}
async function path_resolve(request, id, { listing, filters }) {
    const globs = globsOf(request);
    const walk = await walkGlobs(listing, MAIN_BUCKET, globs);
    if (walk.files.length === 0)
        throw await notFound(request, globs, walk, listing);
    const { included, exclusions } = applyFilters(filters, walk.files);
    if (included.size === 0) {
        throw everythingExcluded(request, filters, exclusions, listing.where(MAIN_BUCKET));
    }
    const files = [...included.keys()].sort().flatMap((name) => included.get(name)?.file ?? []);
    refuseReserved(request, [...included.keys()]);
    return {
        request,
        id,
        title: `${(0,request_error/* printable */.g$)(request.name)} (${files.length} file${files.length === 1 ? '' : 's'})`,
        version: undefined,
        files: files.map((file) => wantedFile(MAIN_BUCKET, file)),
    };
}
/** A file that several globs found is in when one of them lets it in: rules bear on what is below its folder alone. */
function applyFilters(rules, found) {
    const included = new Map();
    const exclusions = [];
    const matchers = new Map();
    for (const each of found) {
        const { path: name } = each.file;
        const matcher = matchers.get(each.base) ?? filterMatcher(rules, each.base);
        matchers.set(each.base, matcher);
        const { included: isIn, rule, at } = matcher(name);
        if (isIn)
            included.set(name, each);
        else
            exclusions.push({ path: name, base: each.base, rule, at });
    }
    return { included, exclusions };
}
/** The destination keeps names beginning with `@` for tfcache's own record, other buckets and views. */
function refuseReserved(request, paths) {
    const reserved = paths.filter((name) => name.startsWith('@'));
    if (reserved.length === 0)
        return;
    throw (0,request_error/* usageError */.Wp)(request, 'it takes in names that begin with "@", which the destination keeps for itself.', {
        found: (0,nearest/* shortList */.pg)(reserved),
        hint: 'Leave them out with the filter "- /@*", or write a narrower glob.',
    });
}
async function notFound(request, globs, walk, listing) {
    const where = listing.where(MAIN_BUCKET);
    const [folder] = walk.folders;
    if (folder !== undefined) {
        const some = walk.folders.length === 1 ? 'is a folder' : 'are folders, not files';
        return (0,request_error/* nothingMatched */.ge)(request, `${(0,nearest/* shortList */.pg)(walk.folders)} ${some}.`, {
            where,
            hint: `Ask for ${walk.folders.length === 1 ? `path:${(0,request_error/* printable */.g$)(escaped(folder))}/**` : `path:${(0,request_error/* printable */.g$)(request.name)}/**`} to take what is inside.`,
        });
    }
    const glob = globs[0];
    const base = glob?.base ?? '';
    const listed = await listing.folders(MAIN_BUCKET, withParents(base));
    const deepest = listed.find(({ exists }) => exists);
    if (deepest === undefined) {
        return (0,request_error/* nothingMatched */.ge)(request, 'the mirror shows no folder at all.', {
            where,
            hint: "Check that the mirror's URL ends at the bucket's root.",
        });
    }
    const gone = deepest.folder !== base;
    const shown = deepest.folder === '' ? 'its root' : `${deepest.folder}/`;
    const wanted = gone ? nextName(base, deepest.folder) : (glob?.names.at(-1) ?? '');
    const names = [
        ...deepest.folders.map((name) => `${name}/`),
        ...deepest.files.map((file) => baseName(file.path)),
    ];
    const near = (0,nearest/* nearest */.pA)(wanted, names, 6);
    return (0,request_error/* nothingMatched */.ge)(request, gone ? `there is no folder ${base}/.` : `no file in ${shown} matches.`, {
        where: `${where} (in ${shown})`,
        found: names.length > near.length
            ? `${near.join(', ')} (of ${names.length} names)`
            : contents(deepest),
        hint: request.name.startsWith(' ')
            ? 'The path begins with a space: leave it out unless the name has one.'
            : 'Correct the path; upper and lower case differ.',
    });
}
/** The folder and all above it, deepest first. */
function withParents(folder) {
    const folders = [folder];
    while (folders.at(-1) !== '')
        folders.push(folderOf(folders.at(-1) ?? ''));
    return folders;
}
/** The first name of `folder` below `parent`. */
function nextName(folder, parent) {
    const rest = parent === '' ? folder : folder.slice(parent.length + 1);
    return rest.split('/')[0] ?? '';
}

;// CONCATENATED MODULE: ./build/request/platform-tags.js
/*
 * The platform tags that a machine can install, best first, in the order of packaging's `tags.py` (the one that pip
 * ships). A name of a class of machines (`linux_x86_64`) stands for a current release of it; every other name is one
 * exact tag, expanded as `pip download --platform` expands it.
 */
/** The names that stand for any machine of their class. */
const MACHINE_PLATFORMS = [
    'linux_x86_64',
    'linux_aarch64',
    'macosx_x86_64',
    'macosx_arm64',
    'win_amd64',
];
/** glibc comes out twice a year; wheels for one newer than this are not for a machine of today. */
const CURRENT_GLIBC_MINOR = 44;
/** macOS 26; Apple went from 15 to 26 in 2025. */
const CURRENT_MACOS = { major: 26, minor: 0 };
/** Which family of folders serves a platform; undefined for a tag that no wheel of any family carries. */
function platformFamily(platform) {
    if (/^(?:linux|manylinux1|manylinux2010|manylinux2014)_\w+$/.test(platform))
        return 'linux';
    if (/^(?:manylinux|musllinux)_\d+_\d+_\w+$/.test(platform))
        return 'linux';
    if (/^macosx_(?:x86_64|arm64|\d+_\d+_\w+)$/.test(platform))
        return 'mac';
    if (/^win(?:32|_amd64|_arm64)$/.test(platform))
        return 'windows';
    return undefined;
}
/** @param platform one for which `platformFamily` knows a family */
function platformTags(platform) {
    switch (platform) {
        case 'linux_x86_64':
            return [platform, ...manylinuxTags('x86_64', 5)];
        case 'linux_aarch64':
            return [platform, ...manylinuxTags('aarch64', 17)];
        case 'macosx_x86_64':
            return macTags(CURRENT_MACOS, 'x86_64');
        case 'macosx_arm64':
            return macTags(CURRENT_MACOS, 'arm64');
        default:
            return exactTags(platform);
    }
}
/** PEP 600, with the older names of PEP 513, 571 and 599 after the version each stands for. */
function manylinuxTags(arch, oldestMinor) {
    const tags = [];
    for (let minor = CURRENT_GLIBC_MINOR; minor >= oldestMinor; minor -= 1) {
        tags.push(`manylinux_2_${minor}_${arch}`);
        const legacy = LEGACY_MANYLINUX[minor];
        if (legacy !== undefined)
            tags.push(`${legacy}_${arch}`);
    }
    return tags;
}
const LEGACY_MANYLINUX = {
    17: 'manylinux2014',
    12: 'manylinux2010',
    5: 'manylinux1',
};
/** `mac_platforms` of packaging: since macOS 11 only the major number counts. */
function macTags(version, arch) {
    const tags = [];
    const add = (major, minor, formats) => {
        for (const format of formats)
            tags.push(`macosx_${major}_${minor}_${format}`);
    };
    if (version.major === 10) {
        for (let minor = version.minor; minor >= 0; minor -= 1) {
            add(10, minor, macFormats({ major: 10, minor }, arch));
        }
        return tags;
    }
    for (let major = version.major; major >= 11; major -= 1) {
        add(major, 0, macFormats({ major, minor: 0 }, arch));
    }
    for (let minor = 16; minor >= 4; minor -= 1) {
        // No Arm Mac ran macOS 10, but a universal2 wheel may carry the number of its Intel half.
        add(10, minor, arch === 'x86_64' ? macFormats({ major: 10, minor }, arch) : ['universal2']);
    }
    return tags;
}
/** `_mac_binary_formats` of packaging, for the machines that can still run a current Python. */
function macFormats(version, arch) {
    if (arch === 'x86_64') {
        if (version.major === 10 && version.minor < 4)
            return [];
        return ['x86_64', 'intel', 'fat64', 'fat3', 'universal2', 'universal'];
    }
    if (arch === 'arm64')
        return ['arm64', 'universal2'];
    return [arch];
}
function exactTags(platform) {
    const mac = /^macosx_(\d+)_(\d+)_(\w+)$/.exec(platform);
    if (mac !== null) {
        const version = { major: Number(mac[1]), minor: Number(mac[2]) };
        return [...new Set([platform, ...macTags(version, mac[3] ?? '')])];
    }
    const legacy = /^(manylinux(?:1|2010|2014))_(\w+)$/.exec(platform);
    if (legacy !== null)
        return legacyTags(legacy[1] ?? '', legacy[2] ?? '');
    const manylinux = /^manylinux_2_(\d+)_(\w+)$/.exec(platform);
    const older = manylinux === null ? undefined : LEGACY_MANYLINUX[Number(manylinux[1])];
    return older === undefined ? [platform] : [platform, `${older}_${manylinux?.[2] ?? ''}`];
}
/** PEP 599 and 571: what a manylinux2014 system installs, each with its name under PEP 600. */
function legacyTags(name, arch) {
    const names = Object.entries(LEGACY_MANYLINUX).sort(([left], [right]) => Number(right) - Number(left));
    const start = names.findIndex(([, legacy]) => legacy === name);
    const reached = arch === 'x86_64' || arch === 'i686' ? names.slice(start) : [names[start]];
    return reached.flatMap((entry) => entry === undefined ? [] : [`${entry[1]}_${arch}`, `manylinux_2_${entry[0]}_${arch}`]);
}

;// CONCATENATED MODULE: ./build/request/project-name.js
/** A project's name as PEP 503 compares it: lower case, every run of `-`, `_` and `.` one `-`. */
function normalizeProject(name) {
    return name.toLowerCase().replace(/[-_.]+/g, '-');
}
/** True for what the core metadata allow as a project's name. */
function isProjectName(name) {
    return /^[a-z0-9](?:[a-z0-9._-]*[a-z0-9])?$/i.test(name);
}

;// CONCATENATED MODULE: ./build/request/tags.js

/** `3.11`, or with a patch number, which no wheel tag knows; undefined for anything else. */
function parsePython(text) {
    const match = /^([23])\.(\d{1,3})(?:\.\d+)?$/.exec(text);
    return match === null ? undefined : { major: Number(match[1]), minor: Number(match[2]) };
}
/**
 * The tags (PEP 425) that CPython on a machine can install, ranked as packaging's `cpython_tags` and `compatible_tags` do.
 * @param platform a class of machines or one exact platform tag
 */
function tagRanks(python, platform) {
    const ranks = new Map();
    const platforms = platformTags(platform);
    const add = (interpreter, abi, tag) => {
        const key = `${interpreter}-${abi}-${tag}`;
        if (!ranks.has(key))
            ranks.set(key, ranks.size);
    };
    const addAll = (interpreter, abi) => {
        for (const tag of platforms)
            add(interpreter, abi, tag);
    };
    const interpreter = `cp${python.major}${python.minor}`;
    const stableAbi = python.major === 3 && python.minor >= 2;
    addAll(interpreter, cpythonAbi(python, platform));
    if (stableAbi)
        addAll(interpreter, 'abi3');
    addAll(interpreter, 'none');
    for (let minor = python.minor - 1; stableAbi && minor >= 2; minor -= 1) {
        addAll(`cp${python.major}${minor}`, 'abi3');
    }
    const generic = genericInterpreters(python);
    for (const name of generic)
        addAll(name, 'none');
    add(interpreter, 'none', 'any');
    for (const name of generic)
        add(name, 'none', 'any');
    return ranks;
}
/** `cp37m` up to 3.7 (pymalloc), `cp27mu` for the wide Unicode that Python 2 has on Linux, `cp38` and so on since. */
function cpythonAbi({ major, minor }, platform) {
    const name = `cp${major}${minor}`;
    if (major === 3)
        return minor < 8 ? `${name}m` : name;
    return platformFamily(platform) === 'linux' ? `${name}mu` : `${name}m`;
}
/** `py311`, `py3`, `py310` … `py30` */
function genericInterpreters({ major, minor }) {
    const names = [`py${major}${minor}`, `py${major}`];
    for (let older = minor - 1; older >= 0; older -= 1)
        names.push(`py${major}${older}`);
    return names;
}
/** The best of a wheel's tags; undefined when the machine can install none of them. */
function bestTag(wheel, ranks) {
    let best;
    for (const python of wheel.pythons) {
        for (const abi of wheel.abis) {
            for (const platform of wheel.platforms) {
                const rank = ranks.get(`${python}-${abi}-${platform}`);
                if (rank !== undefined && (best === undefined || rank < best.rank)) {
                    best = { rank, python, platform };
                }
            }
        }
    }
    return best;
}

;// CONCATENATED MODULE: ./build/request/wheel-folders.js


/** Where wheels of a family stand by device; below 2.16 all of them do. */
const DEVICE_FOLDERS = {
    linux: { cpu: ['linux/cpu'], gpu: ['linux/gpu'] },
    // 0.5 to 0.9 stand in mac/ itself, and are for the CPU.
    mac: { cpu: ['mac/cpu', 'mac'], gpu: ['mac/gpu'] },
    windows: { cpu: ['windows/cpu'], gpu: ['windows/gpu'] },
};
/** Projects whose wheels carry TensorFlow's own version, so that a folder named for a version is theirs. */
const RELEASED_TOGETHER = [
    'tensorflow',
    'tensorflow-cpu',
    'tensorflow-gpu',
];
/** The device that a folder's wheels are for; undefined where the project's name says it. */
function folderDevice(folder) {
    for (const devices of Object.values(DEVICE_FOLDERS)) {
        if (devices.gpu.includes(folder))
            return 'gpu';
        if (devices.cpu.includes(folder))
            return 'cpu';
    }
    return undefined;
}
/**
 * Lists where the bucket's layout puts such wheels. A range that reaches into `versions/` lists the device folders too,
 * in the same call: a mirror of one's own may hold a newer wheel there.
 */
function wheel_folders_documentedFolders(listing, bucket, search) {
    const { project, specifier } = search;
    const inVersions = RELEASED_TOGETHER.includes(project) && mayAdmitFrom(specifier, FIRST_IN_VERSIONS);
    const pinned = pinnedVersion(specifier) !== undefined;
    return listPlaces(listing, {
        bucket,
        folders: [
            ...(inVersions && pinned ? [] : deviceFolders(search)),
            ...(inVersions ? [VERSIONS_FOLDER] : []),
        ],
        inside: (versions) => admittedFolders(versions, specifier),
        listed: [],
    });
}
/** Lists every other place where such wheels can stand: for a mirror that keeps them elsewhere, and for the message. */
function wheel_folders_otherFolders(listing, bucket, search, listed) {
    const { cpu, gpu } = DEVICE_FOLDERS[search.family];
    return listPlaces(listing, {
        bucket,
        folders: [...cpu, ...gpu, ...boardFolders(search), VERSIONS_FOLDER],
        inside: (versions) => RELEASED_TOGETHER.includes(search.project)
            ? fittingFolders(versions, search.specifier)
            : versions.folders.map((name) => `${VERSIONS_FOLDER}/${name}`),
        listed,
    });
}
function deviceFolders({ project, family, device, ...search }) {
    const folders = DEVICE_FOLDERS[family];
    const boards = boardFolders(search);
    if (device === 'gpu' || project === 'tensorflow-gpu')
        return [...folders.gpu];
    if (project === 'tensorflow-cpu')
        return [...folders.cpu, ...boards];
    // Plain `tensorflow` from 2.12 to 2.15 stands in linux/gpu alone.
    return [...folders.cpu, ...folders.gpu, ...boards];
}
function boardFolders({ platform }) {
    return /^linux_armv[67]l$/.test(platform) ? ['raspberrypi'] : [];
}

;// CONCATENATED MODULE: ./build/request/wheel-name.js


/** Undefined for a name that is no wheel's, or one that pip would not read. */
function parseWheelName(fileName) {
    if (!fileName.endsWith('.whl'))
        return undefined;
    const parts = fileName.slice(0, -'.whl'.length).split('-');
    if (parts.length !== 5 && parts.length !== 6)
        return undefined;
    const [distribution = '', writtenVersion = ''] = parts;
    const [pythons = '', abis = '', platforms = ''] = parts.slice(-3);
    if (!/^[\p{L}\p{N}_.]+$/u.test(distribution))
        return undefined;
    // PEP 427 writes the `-` of a version as `_`.
    const version = (0,pep440.clean)(writtenVersion.replaceAll('_', '-'));
    if (version === null)
        return undefined;
    const build = parts.length === 6 ? parseBuild(parts[2] ?? '') : undefined;
    if (parts.length === 6 && build === undefined)
        return undefined;
    const tags = [pythons, abis, platforms].map((set) => set.toLowerCase().split('.'));
    if (tags.some((set) => set.includes('')))
        return undefined;
    return {
        fileName,
        distribution,
        project: normalizeProject(distribution),
        version: localWithDots(version),
        build,
        pythons: tags[0] ?? [],
        abis: tags[1] ?? [],
        platforms: tags[2] ?? [],
    };
}
/** The library joins the parts of a local version by commas; PEP 440 joins them by dots. */
function localWithDots(version) {
    return version.replaceAll(',', '.');
}
function parseBuild(text) {
    const match = /^(\d+)(.*)$/s.exec(text);
    return match === null ? undefined : { number: Number(match[1]), rest: match[2] ?? '' };
}
/** Negative when the left build comes first. */
function compareBuild(left, right) {
    if (left === undefined || right === undefined) {
        return (left === undefined ? 0 : 1) - (right === undefined ? 0 : 1);
    }
    if (left.number !== right.number)
        return left.number - right.number;
    return left.rest < right.rest ? -1 : left.rest > right.rest ? 1 : 0;
}

;// CONCATENATED MODULE: ./build/request/wheel-choice.js






/** Every wheel in the folders, of whatever project. */
function heldWheels(folders) {
    return folders.flatMap(({ folder, files }) => files.flatMap((file) => {
        const name = parseWheelName(baseName(file.path));
        return name === undefined ? [] : [{ name, file, device: folderDevice(folder) }];
    }));
}
/**
 * The wheel that pip would install: the highest version, then the best tag, then the highest build. Pre-releases are
 * chosen only when the specifier names one. Between a wheel for the CPU and one for the GPU of the same version the
 * device decides before the tag; `gpu` never takes what stands in a folder for the CPU, while `cpu` takes what stands
 * in a folder for the GPU when that is the only one (plain `tensorflow` from 2.12 to 2.15).
 */
function chooseWheel(wheels, specifier, ranks, device) {
    const passedOver = {
        otherVersion: [],
        prerelease: [],
        otherMachine: [],
        otherDevice: [],
    };
    const candidates = [];
    for (const wheel of wheels) {
        const { version } = wheel.name;
        const tag = bestTag(wheel.name, ranks);
        if (!contains(specifier, version))
            passedOver.otherVersion.push(wheel);
        else if (tag === undefined)
            passedOver.otherMachine.push(wheel);
        else if (device === 'gpu' && wheel.device === 'cpu')
            passedOver.otherDevice.push(wheel);
        else if (isPrerelease(version) && !specifier.namesPrerelease)
            passedOver.prerelease.push(wheel);
        else
            candidates.push({ ...wheel, tag });
    }
    candidates.sort((left, right) => preference(left, right, device));
    return { chosen: candidates[0], passedOver };
}
/** Negative when the left wheel is the better one. */
function preference(left, right, device) {
    return ((0,pep440.compare)(right.name.version, left.name.version) ||
        distance(left.device, device) - distance(right.device, device) ||
        left.tag.rank - right.tag.rank ||
        compareBuild(right.name.build, left.name.build) ||
        (left.file.path < right.file.path ? -1 : 1));
}
function distance(found, wanted) {
    if (found === wanted)
        return 0;
    return found === undefined ? 1 : 2;
}

;// CONCATENATED MODULE: ./build/request/wheel-not-found.js








/** The error that says what was asked, where it was looked for, and the nearest things that are there. */
function wheelNotFound(missing) {
    const { problem, found, hint } = explain(missing);
    const folders = missing.listed.filter(({ exists }) => exists).map(({ folder }) => `${folder}/`);
    const absent = missing.listed.filter(({ exists }) => !exists).map(({ folder }) => `${folder}/`);
    const looked = folders.length > 0 ? `in ${(0,nearest/* shortList */.pg)(folders, 12)}` : 'no such folder is there';
    const gone = absent.length > 0 ? `; not there: ${(0,nearest/* shortList */.pg)(absent, 12)}` : '';
    return (0,request_error/* nothingMatched */.ge)(missing.request, problem, {
        where: `${missing.where} (${looked}${gone})`,
        expected: `${missing.search.project}${missing.request.version} for CPython ${missing.python} on ${missing.search.platform}${missing.search.device === 'gpu' ? ', device gpu' : ''}`,
        found,
        hint,
    });
}
function explain(missing) {
    const { passedOver, search, root } = missing;
    if (root !== undefined) {
        return {
            problem: 'the mirror has none of the folders where wheels stand.',
            found: `at its root: ${contents(root)}`,
            hint: "Check that the mirror's URL ends at the bucket's root, or name the file: path:FOLDER/FILE.whl",
        };
    }
    if (passedOver.prerelease.length > 0)
        return onlyPrereleases(passedOver.prerelease, missing);
    if (passedOver.otherDevice.length > 0) {
        return {
            problem: `${search.project} is there for the CPU only.`,
            found: fileNames(passedOver.otherDevice),
            hint: 'Leave device=gpu out to take it.',
        };
    }
    const [sibling] = RELEASED_TOGETHER.includes(search.project) ? missing.siblings : [];
    if (sibling !== undefined)
        return otherName(sibling, missing);
    if (passedOver.otherMachine.length > 0) {
        return {
            problem: `the versions asked for are there, but none for CPython ${missing.python} on ${search.platform}.`,
            found: fileNames(passedOver.otherMachine),
            hint: 'Say what the wheel is for with ?python=…&platform=…, or ask for another version.',
        };
    }
    if (passedOver.otherVersion.length > 0)
        return otherVersions(passedOver.otherVersion, missing);
    return unknownProject(missing);
}
function onlyPrereleases(wheels, { request }) {
    const versions = versionsOf(wheels);
    return {
        problem: 'only pre-releases fit, and the request does not ask for one.',
        found: (0,nearest/* shortList */.pg)(versions),
        hint: `Ask for it by name, for example ${request.kind}:${request.name}==${versions[0] ?? ''}`,
    };
}
/** TensorFlow's wheels changed names: `tensorflow-cpu` and `tensorflow-gpu` on Linux from 2.1 to 2.11, and so on. */
function otherName(sibling, { request, search, siblings }) {
    return {
        problem: `${search.project} is not there for this version, python and platform, but under another name it is.`,
        found: fileNames(siblings),
        hint: `Ask for wheel:${sibling.name.project}${request.version}`,
    };
}
function otherVersions(wheels, missing) {
    const versions = versionsOf(wheels);
    const pinned = pinnedVersion(missing.search.specifier);
    const near = pinned === undefined ? versions.slice(0, 5) : (0,nearest/* nearest */.pA)(pinned, versions);
    const folders = releasesThere(missing.listed, missing.search.specifier);
    return {
        problem: `${missing.search.project} is there, but in no version that fits "${missing.request.version}".`,
        found: `${(0,nearest/* shortList */.pg)(near)}${versions.length > near.length ? ` (of ${versions.length} versions)` : ''}${folders}`,
        hint: `Ask for one of these, for example ${missing.request.kind}:${missing.request.name}==${near[0] ?? ''}`,
    };
}
function unknownProject(missing) {
    const { search, listed } = missing;
    const there = heldWheels(listed);
    const projects = (0,nearest/* nearest */.pA)(search.project, there.map(({ name }) => name.project));
    return {
        problem: `there is no wheel of ${search.project}.`,
        found: `${projects.length === 0 ? 'no wheels at all' : `wheels of ${projects.join(', ')}`}${releasesThere(missing.listed, missing.search.specifier)}`,
        hint: projects.length === 0
            ? 'Check the mirror, or name the file: path:FOLDER/FILE.whl'
            : `Did you mean wheel:${projects[0] ?? ''} ?`,
    };
}
function versionsOf(wheels) {
    const versions = [...new Set(wheels.map(({ name }) => name.version))];
    return versions.sort((left, right) => (0,pep440.compare)(right, left));
}
function fileNames(wheels) {
    const newestFirst = [...wheels].sort((left, right) => (0,pep440.compare)(right.name.version, left.name.version));
    return (0,nearest/* shortList */.pg)(newestFirst.map(({ name }) => name.fileName), 6);
}

;// CONCATENATED MODULE: ./build/request/wheel.js











/** `wheel:tensorflow-cpu~=2.15.0?python=3.11&platform=linux_x86_64`: one wheel, chosen as pip would choose it. */
const wheel = {
    name: 'wheel',
    qualifiers: ['python', 'platform', 'device'],
    check: wheel_check,
    async identify(request, machine) {
        const { python, platform, device } = await defaults(request, machine);
        const version = request.version.replace(/\s+/g, '');
        return identifier(`wheel:${normalizeProject(request.name)}${version}`, {
            python,
            platform,
            device,
        });
    },
    resolve: wheel_resolve,
};
function wheel_check(request) {
    if (!isProjectName(request.name)) {
        throw (0,request_error/* usageError */.Wp)(request, `"${request.name}" is no name of a Python project.`, {
            hint: 'A name is made of letters, digits, "-", "_" and "." (PEP 508), and is no file name: for a file write path:FOLDER/FILE.whl',
        });
    }
    if (request.name.toLowerCase().endsWith('.whl')) {
        throw (0,request_error/* usageError */.Wp)(request, 'it names a file, not a project.', {
            hint: `Write path:FOLDER/${request.name} for that file, or wheel:PROJECT==VERSION.`,
        });
    }
    checkSpecifier(request);
    const { python, platform, device } = request.qualifiers;
    if (python !== undefined && parsePython(python) === undefined) {
        throw (0,request_error/* usageError */.Wp)(request, `python "${python}" is no version of CPython.`, {
            expected: 'two numbers, such as 3.11',
            hint: 'Write ?python=3.11',
        });
    }
    if (platform !== undefined && platformFamily(platform) === undefined) {
        const slip = (0,nearest/* likelySlip */.jm)(platform, MACHINE_PLATFORMS);
        throw (0,request_error/* usageError */.Wp)(request, `there is no platform "${platform}".`, {
            expected: `${MACHINE_PLATFORMS.join(', ')}, or one exact tag such as manylinux2014_x86_64 or macosx_12_0_arm64`,
            hint: `Write platform=${slip ?? 'linux_x86_64'}`,
        });
    }
    if (device !== undefined && device !== 'cpu' && device !== 'gpu') {
        throw (0,request_error/* usageError */.Wp)(request, `there is no device "${device}".`, {
            expected: 'cpu or gpu',
            hint: 'Write device=gpu, or leave it out for the CPU.',
        });
    }
    if (device === 'gpu' && normalizeProject(request.name) === 'tensorflow-cpu') {
        throw (0,request_error/* usageError */.Wp)(request, 'tensorflow-cpu is built for the CPU alone, and device=gpu was given.', {
            hint: 'Ask for wheel:tensorflow (2.12 and later) or wheel:tensorflow-gpu (up to 2.11), or leave device=gpu out.',
        });
    }
}
async function defaults({ qualifiers }, machine) {
    const python = qualifiers['python'] ?? (await machine.python());
    const version = parsePython(python);
    return {
        python: version === undefined ? python : `${version.major}.${version.minor}`,
        platform: qualifiers['platform'] ?? machine.platform(),
        device: qualifiers['device'] === 'gpu' ? 'gpu' : 'cpu',
    };
}
async function wheel_resolve(request, id, { listing }, machine) {
    const { python, platform, device } = await defaults(request, machine);
    const version = parsePython(python);
    const family = platformFamily(platform);
    if (version === undefined || family === undefined) {
        throw (0,request_error/* usageError */.Wp)(request, `no wheel is known for python ${python} on ${platform}.`, {
            hint: 'Say what the wheel is for: ?python=3.11&platform=linux_x86_64',
        });
    }
    const project = normalizeProject(request.name);
    const specifier = readSpecifier(request);
    const ranks = tagRanks(version, platform);
    const search = { project, specifier, family, platform, device };
    const choose = (folders, name = project) => chooseWheel(heldWheels(folders).filter((held) => held.name.project === name), specifier, ranks, device);
    const documented = await wheel_folders_documentedFolders(listing, MAIN_BUCKET, search);
    const first = choose(documented).chosen;
    if (first !== undefined)
        return artifact(request, id, first);
    const others = await wheel_folders_otherFolders(listing, MAIN_BUCKET, search, documented);
    const listed = [...documented, ...others];
    const { chosen, passedOver } = choose(listed);
    if (chosen !== undefined)
        return artifact(request, id, chosen);
    const nothingThere = listed.every(({ exists }) => !exists);
    throw wheelNotFound({
        request,
        search,
        python,
        listed,
        passedOver,
        siblings: RELEASED_TOGETHER.filter((name) => name !== project).flatMap((name) => choose(listed, name).chosen ?? []),
        where: listing.where(MAIN_BUCKET),
        root: nothingThere ? (await listing.folders(MAIN_BUCKET, ['']))[0] : undefined,
    });
}
function artifact(request, id, { name, file, tag }) {
    return {
        request,
        id,
        title: `${name.distribution} ${name.version} (${tag.python}, ${tag.platform})`,
        version: name.version,
        files: [wantedFile(MAIN_BUCKET, file)],
    };
}

;// CONCATENATED MODULE: ./build/request/kinds.js





const KIND_BY_NAME = {
    wheel: wheel,
    libtensorflow: libtensorflow,
    'keras-weights': kerasWeights,
    'keras-dataset': kerasDataset,
    path: path,
};
/** The rules of a kind of request. */
function kindOf(name) {
    return KIND_BY_NAME[name];
}


/***/ }),

/***/ 9044:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Wp: () => (/* binding */ usageError),
/* harmony export */   g$: () => (/* binding */ printable),
/* harmony export */   ge: () => (/* binding */ nothingMatched)
/* harmony export */ });
/* unused harmony export placeOf */
/* harmony import */ var _error_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(5602);

/** Text from outside as it may stand in a message: control characters as `\xNN`, so that they cannot forge a line. */
function printable(text) {
    // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it looks for
    return text.replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]/g, (character) => {
        const code = character.charCodeAt(0);
        return code < 0x100
            ? `\\x${code.toString(16).padStart(2, '0')}`
            : `\\u${code.toString(16).padStart(4, '0')}`;
    });
}
/** `line 3: wheel:tensorflow=2.15` */
function placeOf(request) {
    return `line ${request.line}: ${printable(request.text)}`;
}
/** A request that is wrong in itself: code `usage`, with its line and text. */
function usageError(request, problem, details = {}) {
    const message = `Request on ${placeOf(request)}: ${printable(problem)}`;
    return new _error_js__WEBPACK_IMPORTED_MODULE_0__/* .TfcacheError */ .TM('usage', message, oneLineEach(details));
}
/** A request that is right and found nothing: code `nothing-matched`, with its line and text. */
function nothingMatched(request, problem, details) {
    const message = `Nothing matched the request on ${placeOf(request)}: ${printable(problem)}`;
    return new _error_js__WEBPACK_IMPORTED_MODULE_0__/* .TfcacheError */ .TM('nothing-matched', message, oneLineEach(details));
}
/** The names in details come from mirrors. Only a hint may have several lines; those who write one print names in it. */
function oneLineEach(details) {
    const { expected, found, where } = details;
    return {
        ...details,
        ...(expected === undefined ? {} : { expected: printable(expected) }),
        ...(found === undefined ? {} : { found: printable(found) }),
        ...(where === undefined ? {} : { where: printable(where) }),
    };
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

/***/ 3009:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   C: () => (/* binding */ errorCode),
/* harmony export */   z: () => (/* binding */ fileError)
/* harmony export */ });
/* harmony import */ var _error_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(5602);

/** The code of a system call's error (`ENOENT`), undefined for anything else. */
function errorCode(error) {
    if (!(error instanceof Error) || !('code' in error))
        return undefined;
    return typeof error.code === 'string' ? error.code : undefined;
}
/**
 * A failed system call as an error for people.
 *
 * @param action what was being done, as the end of "Could not …": `take a file into the store`.
 * @param where the file or folder.
 */
function fileError(action, where, error) {
    if (error instanceof _error_js__WEBPACK_IMPORTED_MODULE_0__/* .TfcacheError */ .TM)
        return error;
    const code = errorCode(error);
    const details = {
        where,
        cause: error,
        found: error instanceof Error ? error.message : String(error),
    };
    switch (code) {
        case 'ENOSPC':
        case 'EDQUOT':
            return new _error_js__WEBPACK_IMPORTED_MODULE_0__/* .TfcacheError */ .TM('no-space', `Could not ${action}: ${code === 'ENOSPC' ? 'the file system is full' : 'the disk quota is used up'}.`, {
                ...details,
                hint: 'Free space there (df -h and df -i tell what is short: bytes or inodes), or name a store and a path on a larger file system.\nWhat was already fetched is kept; the next run goes on from it.',
            });
        case 'EROFS':
            return new _error_js__WEBPACK_IMPORTED_MODULE_0__/* .TfcacheError */ .TM('failed', `Could not ${action}: the file system is read-only.`, {
                ...details,
                hint: 'Name a folder on a file system that can be written, or mount this one read-write.',
            });
        case 'EACCES':
        case 'EPERM':
            return new _error_js__WEBPACK_IMPORTED_MODULE_0__/* .TfcacheError */ .TM('failed', `Could not ${action}: not permitted.`, {
                ...details,
                hint: `Give the user that runs this job ${describeUser()}write access there, or name another folder.`,
            });
        case 'EXDEV':
            return new _error_js__WEBPACK_IMPORTED_MODULE_0__/* .TfcacheError */ .TM('failed', `Could not ${action}: it is on another file system.`, {
                ...details,
                hint: 'Files move into place by renaming, which cannot cross file systems: keep no mount point below that folder.',
            });
        case 'EMFILE':
        case 'ENFILE':
            return new _error_js__WEBPACK_IMPORTED_MODULE_0__/* .TfcacheError */ .TM('failed', `Could not ${action}: too many open files.`, {
                ...details,
                hint: 'Raise the limit of open files (ulimit -n).',
            });
        case 'ENOENT':
            return new _error_js__WEBPACK_IMPORTED_MODULE_0__/* .TfcacheError */ .TM('failed', `Could not ${action}: it is not there (any more).`, {
                ...details,
                hint: 'Something else removed it while tfcache ran. Run again; if it happens again, find out what cleans that folder.',
            });
        default:
            return new _error_js__WEBPACK_IMPORTED_MODULE_0__/* .TfcacheError */ .TM('failed', `Could not ${action}.`, {
                ...details,
                hint: 'The operating system refused it for the reason given. Put that right and run again.',
            });
    }
}
function describeUser() {
    const uid = process.getuid?.();
    return uid === undefined ? '' : `(uid ${uid}) `;
}


/***/ }),

/***/ 3035:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   c1: () => (/* binding */ HASH_BUFFER_SIZE),
/* harmony export */   iu: () => (/* binding */ hashFileSync)
/* harmony export */ });
/* unused harmony export FileChangedError */
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7598);
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(3024);


/**
 * Bytes read at once. Buffers that stay in a core's own cache are hashed fastest: 64 to 256 KiB gave 1.3 GB/s where
 * 512 KiB and more gave 1.0.
 */
const HASH_BUFFER_SIZE = 256 * 1024;
/** A file that was written to while it was read: its digest would mean nothing. */
class FileChangedError extends Error {
    code = 'CHANGED';
}
/**
 * Reads a file once and hashes what was read. Symbolic links are followed.
 *
 * @param buffer where to read to; one buffer serves any number of files, one after the other.
 * @throws the system's error, or FileChangedError.
 */
function hashFileSync(file, buffer, algorithms = []) {
    const descriptor = (0,node_fs__WEBPACK_IMPORTED_MODULE_1__.openSync)(file, 'r');
    try {
        const before = (0,node_fs__WEBPACK_IMPORTED_MODULE_1__.fstatSync)(descriptor, { bigint: true });
        if (!before.isFile())
            throw new Error('not a regular file');
        const withMd5 = algorithms.includes('md5');
        const read = before.size <= BigInt(buffer.length)
            ? hashSmall(descriptor, Number(before.size), buffer, withMd5)
            : hashLarge(descriptor, buffer, withMd5);
        const after = (0,node_fs__WEBPACK_IMPORTED_MODULE_1__.fstatSync)(descriptor, { bigint: true });
        if (BigInt(read.size) !== after.size || before.mtimeNs !== after.mtimeNs) {
            throw new FileChangedError('it changed while it was read');
        }
        return { ...read, ino: String(after.ino) };
    }
    finally {
        (0,node_fs__WEBPACK_IMPORTED_MODULE_1__.closeSync)(descriptor);
    }
}
/** The whole file in one call each: what an incremental hash costs beyond that counts when files are small and many. */
function hashSmall(descriptor, expected, buffer, withMd5) {
    let size = 0;
    while (size < expected) {
        const count = (0,node_fs__WEBPACK_IMPORTED_MODULE_1__.readSync)(descriptor, buffer, size, expected - size, null);
        if (count === 0)
            break;
        size += count;
    }
    const bytes = buffer.subarray(0, size);
    const sha256 = (0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.hash)('sha256', bytes, 'hex');
    return withMd5 ? { size, sha256, md5: (0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.hash)('md5', bytes, 'hex') } : { size, sha256 };
}
function hashLarge(descriptor, buffer, withMd5) {
    const sha256 = (0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.createHash)('sha256');
    const md5 = withMd5 ? (0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.createHash)('md5') : undefined;
    let size = 0;
    for (;;) {
        const count = (0,node_fs__WEBPACK_IMPORTED_MODULE_1__.readSync)(descriptor, buffer, 0, buffer.length, null);
        if (count === 0)
            break;
        size += count;
        const bytes = count === buffer.length ? buffer : buffer.subarray(0, count);
        sha256.update(bytes);
        md5?.update(bytes);
    }
    const digest = { size, sha256: sha256.digest('hex') };
    return md5 === undefined ? digest : { ...digest, md5: md5.digest('hex') };
}


/***/ }),

/***/ 8946:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   w: () => (/* binding */ makeFolders)
/* harmony export */ });
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(3024);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(6760);
/* harmony import */ var _file_error_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(3009);



/**
 * Makes a folder and those above it, as `mkdir -p` does. Node's own recursive mkdir says "no such file or directory" on a
 * read-only file system, which sends people looking for the wrong thing.
 *
 * @throws the system's error.
 */
function makeFolders(folder) {
    try {
        (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.mkdirSync)(folder);
    }
    catch (error) {
        const code = (0,_file_error_js__WEBPACK_IMPORTED_MODULE_2__/* .errorCode */ .C)(error);
        if (code === 'ENOENT' && (0,node_path__WEBPACK_IMPORTED_MODULE_1__.dirname)(folder) !== folder) {
            makeFolders((0,node_path__WEBPACK_IMPORTED_MODULE_1__.dirname)(folder));
            makeFolder(folder);
        }
        else if (!isFolder(folder))
            throw error;
    }
}
/** Another process may make it at the same moment. */
function makeFolder(folder) {
    try {
        (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.mkdirSync)(folder);
    }
    catch (error) {
        if (!isFolder(folder))
            throw error;
    }
}
/** Whatever mkdir said of it: a read-only file system or a drive's root refuses even what is there. */
function isFolder(folder) {
    return (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.statSync)(folder, { throwIfNoEntry: false })?.isDirectory() === true;
}


/***/ }),

/***/ 5003:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  C: () => (/* binding */ openStore)
});

// UNUSED EXPORTS: describeChanged

// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __webpack_require__(3024);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
// EXTERNAL MODULE: ./build/error.js
var error = __webpack_require__(5602);
// EXTERNAL MODULE: ./build/store/file-error.js
var file_error = __webpack_require__(3009);
// EXTERNAL MODULE: ./build/store/make-folders.js
var make_folders = __webpack_require__(8946);
// EXTERNAL MODULE: ./build/store/hash-file.js
var hash_file = __webpack_require__(3035);
;// CONCATENATED MODULE: ./build/store/object-name.js
const FORM = /^([0-9a-f]{64})\.(\d{1,16})\.(-?\d{1,20})\.(\d{1,20})$/;
/** Undefined for a name that is not an object's. */
function parseObjectName(name) {
    const [, sha256, size, mtimeNs, ino] = FORM.exec(name) ?? [];
    if (sha256 === undefined || size === undefined || mtimeNs === undefined || ino === undefined) {
        return undefined;
    }
    return { sha256, size: Number(size), mtimeNs, ino };
}
/** What a file with these bytes is called in the store. */
function formatObjectName(sha256, stats) {
    return `${sha256}.${stats.size}.${stats.mtimeNs}.${stats.ino}`;
}
/**
 * The folder of an object below `objects`, `00` to `3f`: the first six bits. Sixty-four folders keep a million objects
 * readable a folder at a time, and cost 10 ms to make where 256 cost 200 (ext4), which a store of one job would pay each time.
 */
function objectFolder(sha256) {
    return (Number.parseInt(sha256.slice(0, 2), 16) >> 2).toString(16).padStart(2, '0');
}
/** What comes from outside becomes part of a path only when it has this form. */
function isSha256(text) {
    return /^[0-9a-f]{64}$/.test(text);
}

;// CONCATENATED MODULE: ./build/store/object-folders.js




/** File systems keep times of folders in steps of up to two seconds (FAT; ext4 has 4 ms). */
const COARSEST_TIME_MS = 2_000;
function createObjectFolders(objects) {
    const folders = new Map();
    function folderOf(sha256) {
        const name = objectFolder(sha256);
        let folder = folders.get(name);
        if (folder === undefined) {
            folder = read((0,external_node_path_.join)(objects, name));
            folders.set(name, folder);
        }
        return folder;
    }
    return {
        names: (sha256) => folderOf(sha256).names.get(sha256) ?? [],
        refresh(sha256) {
            const name = objectFolder(sha256);
            const known = folders.get(name);
            const path = (0,external_node_path_.join)(objects, name);
            if (known?.settled === true) {
                const mtimeNs = (0,external_node_fs_.lstatSync)(path, { bigint: true, throwIfNoEntry: false })?.mtimeNs;
                if (mtimeNs === known.mtimeNs)
                    return false;
            }
            folders.set(name, read(path));
            return true;
        },
        added(sha256, name) {
            add(folderOf(sha256).names, sha256, name);
        },
        removed(sha256, name) {
            const { names } = folderOf(sha256);
            names.set(sha256, (names.get(sha256) ?? []).filter((other) => other !== name));
        },
    };
}
function read(path) {
    const mtimeNs = (0,external_node_fs_.lstatSync)(path, { bigint: true, throwIfNoEntry: false })?.mtimeNs;
    const names = new Map();
    for (const name of list(path))
        add(names, name.slice(0, 64), name);
    const settled = mtimeNs === undefined || Date.now() - Number(mtimeNs / 1000000n) > COARSEST_TIME_MS;
    return { names, mtimeNs, settled };
}
function list(path) {
    try {
        return (0,external_node_fs_.readdirSync)(path);
    }
    catch (error) {
        if ((0,file_error/* errorCode */.C)(error) === 'ENOENT')
            return [];
        throw error;
    }
}
function add(names, sha256, name) {
    const known = names.get(sha256);
    if (known === undefined)
        names.set(sha256, [name]);
    else if (!known.includes(name))
        known.push(name);
}

;// CONCATENATED MODULE: ./build/store/objects.js








function createObjects({ folder, quarantine, onChanged }) {
    const folders = createObjectFolders(folder);
    /** The object of this name when it is sound; else it is healed or taken away. */
    function check(name, size) {
        const recorded = parseObjectName(name);
        if (recorded === undefined || recorded.size !== size)
            return undefined;
        const { sha256 } = recorded;
        const path = (0,external_node_path_.join)(folder, objectFolder(sha256), name);
        const stats = (0,external_node_fs_.lstatSync)(path, { bigint: true, throwIfNoEntry: false });
        if (stats === undefined) {
            folders.removed(sha256, name);
            return undefined;
        }
        if (stats.isFile() && formatObjectName(sha256, stats) === name) {
            if ((stats.mode & 146n) !== 0n)
                protect(path);
            return path;
        }
        return healed(sha256, name, path, stats) ?? takeAway(sha256, name, path, stats);
    }
    /** Touched, restored from a backup or moved to another file system: other times and inodes, the same bytes. */
    function healed(sha256, name, path, stats) {
        if (!stats.isFile() || stats.size !== BigInt(parseObjectName(name)?.size ?? -1))
            return undefined;
        try {
            if ((0,hash_file/* hashFileSync */.iu)(path, new Uint8Array(hash_file/* HASH_BUFFER_SIZE */.c1)).sha256 !== sha256)
                return undefined;
            protect(path);
            return place(path, sha256, stats, name);
        }
        catch (error) {
            // Another process healed or quarantined it first, or it cannot be read and is no use: taken away, if still there.
            if (error instanceof Error)
                return undefined;
            throw error;
        }
    }
    function takeAway(sha256, name, path, stats) {
        folders.removed(sha256, name);
        const quarantined = (0,external_node_path_.join)(quarantine, name);
        try {
            (0,make_folders/* makeFolders */.w)(quarantine);
            (0,external_node_fs_.renameSync)(path, quarantined);
        }
        catch (error) {
            if ((0,file_error/* errorCode */.C)(error) === 'ENOENT')
                return undefined;
            throw (0,file_error/* fileError */.z)('quarantine an object of the store that was changed', path, error);
        }
        const change = describeChange(name, stats);
        onChanged({ sha256, object: path, quarantined, change, ino: String(stats.ino) });
        return undefined;
    }
    function find(sha256, size) {
        for (const name of folders.names(sha256)) {
            const path = check(name, size);
            if (path !== undefined)
                return path;
        }
        return undefined;
    }
    function place(file, sha256, stats, before) {
        const name = formatObjectName(sha256, stats);
        const path = (0,external_node_path_.join)(folder, objectFolder(sha256), name);
        try {
            (0,external_node_fs_.renameSync)(file, path);
        }
        catch (error) {
            if ((0,file_error/* errorCode */.C)(error) !== 'ENOENT')
                throw error;
            (0,make_folders/* makeFolders */.w)((0,external_node_path_.join)(folder, objectFolder(sha256)));
            (0,external_node_fs_.renameSync)(file, path);
        }
        if (before !== undefined)
            folders.removed(sha256, before);
        folders.added(sha256, name);
        return path;
    }
    return {
        path(sha256, size) {
            if (!isSha256(sha256))
                return undefined;
            try {
                const path = find(sha256, size);
                if (path !== undefined || !folders.refresh(sha256))
                    return path;
                return find(sha256, size);
            }
            catch (error) {
                throw (0,file_error/* fileError */.z)('look into the store', folder, error);
            }
        },
        add(file, digest) {
            const { sha256, size } = digest;
            if (!isSha256(sha256))
                throw new TypeError(`not a sha256: ${sha256}`);
            try {
                const existing = find(sha256, size);
                if (existing === file)
                    return existing;
                const stats = (0,external_node_fs_.lstatSync)(file, { bigint: true });
                requireSame(file, stats, digest);
                if (existing !== undefined) {
                    (0,external_node_fs_.unlinkSync)(file);
                    return existing;
                }
                (0,external_node_fs_.chmodSync)(file, 0o444);
                return place(file, sha256, stats);
            }
            catch (error) {
                throw (0,file_error/* fileError */.z)('take a verified file into the store', file, error);
            }
        },
    };
}
/** That what is taken in is what was hashed: the same file, as long as it was then. */
function requireSame(file, stats, digest) {
    const sameFile = digest.ino === undefined || digest.ino === String(stats.ino);
    if (stats.isFile() && stats.size === BigInt(digest.size) && sameFile)
        return;
    throw new error/* TfcacheError */.TM('integrity', 'A file changed after it was verified.', {
        where: file,
        expected: `a file of ${digest.size} bytes${digest.ino === undefined ? '' : `, inode ${digest.ino}`}`,
        found: stats.isFile() ? `${stats.size} bytes, inode ${stats.ino}` : 'not a regular file',
        hint: 'Something else writes into the staging folder of the store. Run again; if it happens again, find out what that is.',
    });
}
/** Read-only again, when it is ours to say. */
function protect(path) {
    try {
        (0,external_node_fs_.chmodSync)(path, 0o444);
    }
    catch (error) {
        // Another user's object on a shared store, or a read-only store: whoever owns it protects it.
        if (!['EPERM', 'EACCES', 'EROFS', 'ENOENT'].includes((0,file_error/* errorCode */.C)(error) ?? ''))
            throw error;
    }
}
function describeChange(name, stats) {
    const recorded = parseObjectName(name);
    if (recorded === undefined || !stats.isFile())
        return 'it is not a regular file any more';
    if (stats.size !== BigInt(recorded.size)) {
        return `it had ${recorded.size} bytes when it was verified, now ${stats.size}`;
    }
    if (String(stats.ino) !== recorded.ino)
        return 'it was replaced by another file of that size';
    return `it was written to on ${new Date(Number(stats.mtimeNs / 1000000n)).toISOString()}`;
}

// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(7598);
// EXTERNAL MODULE: ./build/safe-path.js
var safe_path = __webpack_require__(7999);
;// CONCATENATED MODULE: ./build/store/index-log.js





/**
 * An append-only file of lines, each with its own checksum. Any number of processes append at once: a batch is one write
 * in append mode. A line torn by a kill or a full disk fails its checksum and is skipped; since every batch begins with a
 * line break of its own, it takes no other line with it.
 */
function appendLines(file, lines) {
    const text = `\n${lines.map((line) => `${checksum(line)} ${line}\n`).join('')}`;
    const descriptor = openForAppend(file);
    try {
        const bytes = Buffer.from(text);
        let written = 0;
        while (written < bytes.length)
            written += (0,external_node_fs_.writeSync)(descriptor, bytes, written);
    }
    finally {
        (0,external_node_fs_.closeSync)(descriptor);
    }
}
function openForAppend(file) {
    try {
        return (0,external_node_fs_.openSync)(file, 'a');
    }
    catch (error) {
        if ((0,file_error/* errorCode */.C)(error) !== 'ENOENT')
            throw error;
        (0,make_folders/* makeFolders */.w)((0,external_node_path_.dirname)(file));
        return (0,external_node_fs_.openSync)(file, 'a');
    }
}
/**
 * The sound lines after `from`, without their checksums, and where to go on. A line that is still being written is left for the
 * next time. A log that is not there has no lines.
 */
function readLines(file, from) {
    let descriptor;
    try {
        descriptor = (0,external_node_fs_.openSync)(file, 'r');
    }
    catch (error) {
        if ((0,file_error/* errorCode */.C)(error) === 'ENOENT')
            return { lines: [], position: undefined };
        throw error;
    }
    try {
        const { size, ino } = (0,external_node_fs_.fstatSync)(descriptor, { bigint: true });
        const continues = from !== undefined && from.ino === ino && BigInt(from.offset) <= size;
        const offset = continues ? from.offset : 0;
        const bytes = Buffer.allocUnsafe(Number(size) - offset);
        let count = 0;
        while (count < bytes.length) {
            const more = (0,external_node_fs_.readSync)(descriptor, bytes, count, bytes.length - count, offset + count);
            if (more === 0)
                break;
            count += more;
        }
        const end = bytes.subarray(0, count).lastIndexOf(0x0a) + 1;
        const lines = [];
        for (const line of bytes.toString('utf8', 0, end).split('\n')) {
            if (line.length > CHECKSUM_LENGTH &&
                line.startsWith(`${checksum(line.slice(CHECKSUM_LENGTH + 1))} `)) {
                lines.push(line.slice(CHECKSUM_LENGTH + 1));
            }
        }
        return { lines, position: { offset: offset + end, ino } };
    }
    finally {
        (0,external_node_fs_.closeSync)(descriptor);
    }
}
const CHECKSUM_LENGTH = 8;
/** Guards against tearing, not against malice: what the index says is a hint, and the bytes are held to their sha256. */
function checksum(line) {
    return (0,external_node_crypto_.hash)('sha1', line, 'hex').slice(0, CHECKSUM_LENGTH);
}

;// CONCATENATED MODULE: ./build/store/path-index.js






/** @param folder `…/v1/index` */
function createPathIndex(folder, log) {
    const shards = new Map();
    const shardOf = createSharding();
    let pending = [];
    let scheduled;
    function flush() {
        if (scheduled !== undefined)
            clearImmediate(scheduled);
        scheduled = undefined;
        process.removeListener('exit', flush);
        const files = pending;
        pending = [];
        const batches = new Map();
        for (const file of files) {
            const shard = shardOf(file.bucket, file.path);
            const batch = batches.get(shard) ?? [];
            batch.push(formatLine(file));
            if (batch.length === 1)
                batches.set(shard, batch);
        }
        for (const [shard, lines] of batches) {
            try {
                appendLines((0,external_node_path_.join)(folder, shard), lines);
            }
            catch (error) {
                log.warning(`The store's index could not be written (${error instanceof Error ? error.message : String(error)}): the next run may hash or fetch ${lines.length} files again.`);
            }
        }
    }
    function read(name) {
        const known = shards.get(name) ?? { known: new Map(), position: undefined };
        const { lines, position } = readLines((0,external_node_path_.join)(folder, name), known.position);
        for (const line of lines) {
            const file = parseLine(line);
            if (file !== undefined)
                known.known.set(keyOf(file), file.sha256);
        }
        known.position = position;
        shards.set(name, known);
        return known;
    }
    function hasGrown(name, { position }) {
        const stats = (0,external_node_fs_.statSync)((0,external_node_path_.join)(folder, name), { bigint: true, throwIfNoEntry: false });
        if (stats === undefined)
            return false;
        return stats.ino !== position?.ino || stats.size !== BigInt(position.offset);
    }
    return {
        find(bucket, path, size, mtime) {
            flush();
            const name = shardOf(bucket, path);
            const key = keyOf({ bucket, path, size, mtime });
            try {
                const shard = shards.get(name) ?? read(name);
                // What is missing may have been verified by another process since.
                if (!shard.known.has(key) && hasGrown(name, shard))
                    read(name);
                const sha256 = shard.known.get(key);
                return sha256 === undefined ? undefined : { bucket, path, size, mtime, sha256 };
            }
            catch (error) {
                log.warning(`The store's index could not be read (${(0,file_error/* errorCode */.C)(error) ?? String(error)}): ${(0,external_node_path_.join)(folder, name)}`);
                return undefined;
            }
        },
        remember(files) {
            for (const file of files) {
                pending.push(file);
                shards.get(shardOf(file.bucket, file.path))?.known.set(keyOf(file), file.sha256);
            }
            if (pending.length === 0 || scheduled !== undefined)
                return;
            scheduled = setImmediate(flush);
            process.once('exit', flush);
        },
        flush,
    };
}
/**
 * Which shard a file is in. All files of one folder of a bucket are in one, and there are 256 of them. Files come folder by
 * folder, so the last answer is mostly the next.
 */
function createSharding() {
    let last = { bucket: '', folder: '', shard: '' };
    return (bucket, path) => {
        const slash = path.lastIndexOf('/');
        const folder = slash === -1 ? '' : path.slice(0, slash);
        if (last.shard === '' || folder !== last.folder || bucket !== last.bucket) {
            const shard = (0,external_node_crypto_.hash)('sha1', `${bucket}\0${folder}`, 'hex').slice(0, 2);
            last = { bucket, folder, shard };
        }
        return last.shard;
    };
}
function keyOf(file) {
    return `${file.bucket}\0${file.path}\0${file.size}\0${file.mtime}`;
}
function formatLine({ sha256, size, mtime, bucket, path }) {
    return `${sha256} ${size} ${mtime} ${bucket} ${JSON.stringify(path)}`;
}
const LINE = /^([0-9a-f]{64}) (\d{1,16}) (-?\d{1,16}) (\S+) (".*")$/;
function parseLine(line) {
    const [, sha256, size, mtime, bucket, quoted] = LINE.exec(line) ?? [];
    if (sha256 === undefined || bucket === undefined || quoted === undefined)
        return undefined;
    const path = JSON.parse(quoted);
    if (typeof path !== 'string')
        return undefined;
    if ((0,safe_path/* findPathProblem */.W)(path) !== undefined || !(0,safe_path/* isBucketName */.E)(bucket))
        return undefined;
    return { sha256, size: Number(size), mtime: Number(mtime), bucket, path };
}

;// CONCATENATED MODULE: ./build/store/open-store.js







/** The format's version is the folder's name: another format is another folder, and neither harms the other. */
const VERSION = 'v1';
/**
 * Opens the store in a folder, and makes it if it is not there. Any number of processes may have it open at once, on one
 * machine or on a shared file system, and each may be killed at any moment.
 *
 * ```
 * v1/objects/3f/SHA256.SIZE.MTIME-NS.INO   content, read-only; the name says what it was when it was verified
 * v1/index/00 … ff                         which path had which content; lines with checksums, only appended to
 * v1/staging/NAME/                         what is being fetched; stays when a run is killed
 * v1/owners/NAME/                          whose turn it is in that staging folder
 * v1/quarantine/                           objects that were changed behind the store's back
 * ```
 *
 * @throws TfcacheError `failed` when the folder cannot be used or was made by a newer tfcache, `no-space` on a full disk.
 */
function openStore(folder, { log, onChanged }) {
    const root = (0,external_node_path_.resolve)(folder);
    const version = (0,external_node_path_.join)(root, VERSION);
    const objectsFolder = (0,external_node_path_.join)(version, 'objects');
    try {
        if (!(0,external_node_fs_.existsSync)(objectsFolder)) {
            refuseNewer(root);
            (0,make_folders/* makeFolders */.w)(objectsFolder);
            // Backup and clean-up programs know it: https://bford.info/cachedir/
            (0,external_node_fs_.writeFileSync)((0,external_node_path_.join)(root, 'CACHEDIR.TAG'), 'Signature: 8a477f597d28d172789f06886806bc55\n');
        }
    }
    catch (error) {
        throw (0,file_error/* fileError */.z)('open the store', root, error);
    }
    const index = createPathIndex((0,external_node_path_.join)(version, 'index'), log);
    const objects = createObjects({
        folder: objectsFolder,
        quarantine: (0,external_node_path_.join)(version, 'quarantine'),
        onChanged: onChanged ?? ((changed) => log.warning(describeChanged(changed))),
    });
    return {
        folder: root,
        objectPath: objects.path,
        add: objects.add,
        find: index.find,
        remember: index.remember,
        stage: (name, onWait) => takeStaging(version, name, onWait, index.flush),
    };
}
/** Loaded when something must be fetched: a run that has everything in place does not pay for it. */
async function takeStaging(version, name, onWait, onRelease) {
    const staging = await __webpack_require__.e(/* import() */ 706).then(__webpack_require__.bind(__webpack_require__, 706));
    return staging.takeStaging(version, name, onWait, onRelease);
}
/** What to tell about an object that was changed. */
function describeChanged(changed) {
    return `An object of the store was changed: ${changed.change}. It is fetched again; the changed one is kept as ${changed.quarantined}. Most likely a job wrote into a file that is hard-linked to the store (inode ${changed.ino}): set link to reflink or copy for that job.`;
}
function refuseNewer(root) {
    if (!(0,external_node_fs_.existsSync)(root))
        return;
    const versions = (0,external_node_fs_.readdirSync)(root).filter((name) => /^v\d+$/.test(name));
    if (versions.length === 0)
        return;
    throw new error/* TfcacheError */.TM('failed', 'The store has a format that this tfcache does not know.', {
        where: root,
        expected: VERSION,
        found: versions.join(', '),
        hint: 'Use the tfcache that made it, or name another folder as the store.',
    });
}


/***/ })

};
