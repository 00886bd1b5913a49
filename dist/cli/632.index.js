export const id = 632;
export const ids = [632];
export const modules = {

/***/ 8627:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  parseS3Location: () => (/* binding */ parseS3Location)
});

// EXTERNAL MODULE: ./build/error.js
var error = __webpack_require__(5602);
;// CONCATENATED MODULE: ./build/cache/s3/bad-location.js

const LOCATION_FORM = 's3://bucket/prefix?endpoint=https://host:port&region=name';
/** An address of an S3 store that cannot be used. What may be a secret never stands in its text. */
function badLocation(message, details) {
    return new error/* TfcacheError */.TM('usage', message, {
        where: 'input cache',
        hint: `Set cache to ${LOCATION_FORM}, to github or to none.`,
        ...details,
    });
}

;// CONCATENATED MODULE: ./build/cache/s3/parameters.js

/** What people take for the place of a credential. Their values are not even shown in an error. */
const CREDENTIAL = /key|secret|token|password|credential|signature|access/i;
/** @throws TfcacheError `usage` for a parameter that is unknown or stands twice. */
function parseParameters(given, known) {
    const names = [...given.keys()];
    for (const [index, name] of names.entries()) {
        if (!known.some((one) => one === name))
            throw unknown(name, known);
        if (names.indexOf(name) !== index) {
            throw badLocation(`The address of the S3 store has ${name} twice.`, {});
        }
    }
    function matching(name, form, example) {
        const value = given.get(name);
        if (value === null || value === '')
            return undefined;
        if (form.test(value))
            return value;
        throw badValue(name, value, `for example ${example}`);
    }
    return {
        matching,
        boolean(name) {
            const value = matching(name, /^(?:true|false)$/, 'true or false');
            return value === undefined ? undefined : value === 'true';
        },
        address(name) {
            const value = given.get(name);
            if (value === null || value === '')
                return undefined;
            const url = URL.canParse(value) ? new URL(value) : undefined;
            if (url !== undefined && (url.username !== '' || url.password !== '')) {
                throw badLocation(`A user name or a password stands in ${name}.`, {
                    hint: 'Take it out, give it up as known to others, and use the AWS variables or a profile.',
                });
            }
            const isHost = url !== undefined &&
                ['http:', 'https:'].includes(url.protocol) &&
                `${url.pathname}${url.search}${url.hash}` === '/';
            if (url === undefined || !isHost) {
                throw badValue(name, value, 'https://host or https://host:port, without a path');
            }
            return url.origin;
        },
    };
}
function unknown(name, known) {
    const isCredential = CREDENTIAL.test(name);
    return badLocation(`The address of the S3 store has a parameter that there is not: ${JSON.stringify(name.slice(0, 40))}.`, {
        expected: known.join(', '),
        ...(isCredential
            ? {
                hint: 'Credentials do not belong into the address: set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY (or a profile, or a role) in the environment, and give up those that stood here.',
            }
            : {}),
    });
}
function badValue(name, value, expected) {
    return badLocation(`The address of the S3 store has a ${name} that cannot be used.`, {
        expected,
        found: JSON.stringify(value.slice(0, 80)),
    });
}

;// CONCATENATED MODULE: ./build/cache/s3/location.js


/** Names of buckets, also those of stores that are laxer than AWS, where they can stand in a path. */
const BUCKET = /^[A-Za-z0-9][A-Za-z0-9._-]{1,253}[A-Za-z0-9]$/;
/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-keys.html: safe characters, without those of globs. */
const PREFIX_NAME = /^[A-Za-z0-9_=.-]+$/;
/** A key has at most 1,024 bytes; ours add less than 700 to the prefix. */
const LONGEST_PREFIX = 300;
/** Parameters of the URL, each at most once. */
const PARAMETERS = [
    'endpoint',
    'region',
    'path-style',
    'read-only',
    'scope',
    'default-branch',
];
/**
 * Reads `s3://bucket[/prefix][?endpoint=…&region=…&path-style=…&read-only=…&scope=…&default-branch=…]`.
 *
 * Credentials never stand in it: they come from the usual AWS variables and profiles.
 *
 * @throws TfcacheError `usage`. Its text never holds what may be a secret: user names, passwords, unknown parameters.
 */
function parseS3Location(text) {
    if (!text.startsWith('s3://') || !URL.canParse(text)) {
        throw badLocation('It is not an address of an S3 store.', { expected: LOCATION_FORM });
    }
    const url = new URL(text);
    if (url.username !== '' || url.password !== '') {
        throw badLocation('A user name or a password stands in the address of the S3 store.', {
            hint: 'Take it out, give it up as known to others, and set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY (or a profile, or a role) in the environment.',
        });
    }
    if (url.port !== '' || url.hash !== '') {
        throw badLocation('The address of the S3 store has a port or a # part.', {
            expected: LOCATION_FORM,
            hint: 'The host and port of a store other than AWS belong into endpoint=https://host:port, and # is written %23.',
        });
    }
    const bucket = url.hostname;
    if (!BUCKET.test(bucket) || bucket.includes('..')) {
        throw badLocation('The address of the S3 store names no bucket that there can be.', {
            expected: '3 to 255 letters, digits, dots, hyphens and underscores',
            found: JSON.stringify(bucket.slice(0, 80)),
        });
    }
    // URL resolves `..` in silence: what was written is looked at, too.
    const written = text.replace(/[?#].*$/s, '');
    const prefix = parsePrefix(/\/(?:\.|%2e){1,2}(?:\/|$)/i.test(written) ? written : url.pathname);
    const values = parseParameters(url.searchParams, PARAMETERS);
    const endpoint = values.address('endpoint');
    const scope = values.matching('scope', /^[A-Za-z0-9][A-Za-z0-9._=-]{0,199}$/, SCOPE_FORM);
    return {
        bucket,
        prefix,
        endpoint,
        region: values.matching('region', /^[A-Za-z0-9][A-Za-z0-9-]{0,63}$/, 'eu-central-1'),
        pathStyle: values.boolean('path-style') ?? endpoint !== undefined,
        readOnly: values.boolean('read-only') ?? false,
        scope: scope === 'none' ? 'shared' : scope === 'auto' ? undefined : scope,
        defaultBranch: values.matching('default-branch', /^[^\p{Cc}\s]{1,200}$/u, 'main'),
        name: `s3://${bucket}${prefix === '' ? '' : `/${prefix}`}`,
    };
}
const SCOPE_FORM = 'auto, none, or a folder such as branch-main or team-a';
function parsePrefix(path) {
    const prefix = path.replace(/^\/+|\/+$/g, '');
    const names = prefix === '' ? [] : prefix.split('/');
    const fits = names.every((name) => PREFIX_NAME.test(name) && name !== '.' && name !== '..');
    if (fits && prefix.length <= LONGEST_PREFIX)
        return prefix;
    throw badLocation('The address of the S3 store has a prefix that cannot be used.', {
        expected: `at most ${LONGEST_PREFIX} letters, digits and _ = . - in names with / between them`,
        found: JSON.stringify(prefix.slice(0, 80)),
    });
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

/***/ 6653:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  ys: () => (/* binding */ absolute),
  TL: () => (/* binding */ parseInputs)
});

// UNUSED EXPORTS: parseKeyPrefix, parsePlaces

// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
// EXTERNAL MODULE: ./build/cache/s3/location.js + 2 modules
var s3_location = __webpack_require__(8627);
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

// EXTERNAL MODULE: ./build/mirror/rsync/proxy.js
var proxy = __webpack_require__(1264);
// EXTERNAL MODULE: ./build/request/kinds.js + 30 modules
var kinds = __webpack_require__(2202);
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

// EXTERNAL MODULE: ./build/request/bucket.js
var request_bucket = __webpack_require__(9414);
;// CONCATENATED MODULE: ./build/inputs/mirrors.js


const WHAT_TO_DO = 'Write rsync://host/module/, ssh://user@host/path/, https://host/folder/ or file:///folder/, with {bucket} where the bucket’s name belongs.';
/**
 * Parses the input `mirrors`: one mirror per line in order of preference, `URL` or `BUCKET=URL`; blank lines and lines that
 * begin with `#` are skipped.
 *
 * @throws TfcacheError `usage`, naming the line.
 */
function parseMirrors(text) {
    return text
        .split('\n')
        .map((written, index) => ({ written: written.trim(), line: index + 1 }))
        .filter(({ written }) => written !== '' && !written.startsWith('#'))
        .map(({ written, line }) => parseLine(written, line));
}
function parseLine(written, line) {
    // Buckets are named by https://cloud.google.com/storage/docs/buckets#naming: no `:` and no `/`, so a URL's own `=` is not taken for ours.
    const match = /^(?:([a-z0-9][a-z0-9._-]{1,221}[a-z0-9])=)?([^=]*:\/\/.*|[^=]*)$/s.exec(written);
    const url = match?.[2];
    if (url === undefined || url === '') {
        throw badLine(written, line, 'URL or BUCKET=URL, the bucket in lower-case letters, digits, . _ -');
    }
    const bucket = match?.[1];
    if (bucket === request_bucket/* INDEX_BUCKET */.OT && url === request_bucket/* PIPS_OWN_INDEX */.zW)
        return { url, bucket, line };
    checkUrl(url, line);
    if (bucket !== undefined)
        return { url: url.replaceAll('{bucket}', bucket), bucket, line };
    return { url, bucket: url.includes('{bucket}') ? undefined : 'tensorflow', line };
}
function checkUrl(url, line) {
    const scheme = /^([a-z][a-z0-9+.-]*):\/\//i.exec(url)?.[1]?.toLowerCase();
    if (scheme === 'rsync' || scheme === 'ssh')
        checkRsync(url, line, scheme);
    else if (scheme === 'https' || scheme === 'http' || scheme === 'file')
        checkWeb(url, line);
    else
        throw badLine(url, line, 'a URL that begins with rsync://, ssh://, https:// or file://');
}
/** What its transport checks further is checked when the mirror is opened. */
function checkWeb(url, line) {
    const text = url.replaceAll('{bucket}', 'bucket');
    const names = text.split('/');
    if (URL.canParse(text) && !names.includes('..') && !/[\p{Cc}\s?#]/u.test(url))
        return;
    throw badLine(url, line, 'https://host[:port]/[folder/] or file:///folder/');
}
function checkRsync(url, line, scheme) {
    const expected = scheme === 'rsync'
        ? 'rsync://[user@]host[:port]/module/[folder/]'
        : 'ssh://user@host[:port]/path/';
    const match = /^(?:rsync|ssh):\/\/(?:([^@/]*)@)?([^/]*)\/(.*)$/is.exec(url);
    const [user, host = '', path = ''] = match?.slice(1) ?? [];
    if (user?.includes(':')) {
        throw new error/* TfcacheError */.TM('usage', 'A mirror URL must not hold a password.', {
            where: `input mirrors, line ${line}`,
            hint: scheme === 'rsync'
                ? 'Keep rsync://user@host/module/ and put the password into a secret for the input rsync-password.'
                : 'Keep ssh://user@host/path/ and log in by a key: input ssh-private-key.',
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
function badLine(written, line, expected) {
    return new error/* TfcacheError */.TM('usage', 'A line of the input mirrors cannot be read.', {
        where: `input mirrors, line ${line}`,
        expected,
        found: JSON.stringify(withoutPassword(written)),
        hint: WHAT_TO_DO,
    });
}
function withoutPassword(url) {
    // Up to the last @: a password with a / in it that was not encoded must not be shown either.
    return url.replace(/:\/\/.*@/s, '://…@');
}

// EXTERNAL MODULE: ./build/inputs/values.js
var values = __webpack_require__(3368);
;// CONCATENATED MODULE: ./build/inputs/parse.js








/**
 * Checks every input and gives them their types. An empty value stands for the default.
 *
 * @throws TfcacheError `usage`, naming the input, the value (never a secret's) and what is allowed.
 */
function parseInputs(raw, context) {
    const text = (name) => textOf(raw, name);
    const lines = (name) => (raw[name]?.trim() ? raw[name] : (0,values/* inputSpec */.mm)(name).default);
    const boolean = (name) => (0,values/* parseBoolean */.yG)(name, text(name));
    const integer = (name) => (0,values/* parseInteger */.cG)(name, text(name));
    const lockFile = text('lock-file') === '' ? undefined : absolute(text('lock-file'), context);
    const frozen = boolean('frozen');
    if (frozen && lockFile === undefined) {
        throw (0,values/* badInput */.AN)('frozen', 'true', 'false while lock-file is empty', 'Set lock-file, for example to tfcache.lock.');
    }
    const requests = parseRequests(lines('artifacts'));
    if (requests.length === 0 && lockFile === undefined)
        throw nothingAsked();
    return {
        ...parsePlaces(raw, context),
        requests,
        mirrors: parseMirrors(lines('mirrors')),
        filters: parseFilterRules(lines('filters')),
        lockFile,
        frozen,
        storeMaxSize: text('store-max-size') === ''
            ? undefined
            : (0,values/* parseSize */.DB)('store-max-size', text('store-max-size')),
        link: (0,values/* parseChoice */.HU)('link', text('link'), ['auto', 'reflink', 'hardlink', 'copy']),
        save: (0,values/* parseChoice */.HU)('save', text('save'), ['always', 'on-success', 'never']),
        offline: boolean('offline'),
        lookupOnly: boolean('lookup-only'),
        failOnCacheMiss: boolean('fail-on-cache-miss'),
        rsyncPath: parseProgram(text('rsync-path')),
        connections: integer('connections'),
        timeout: integer('timeout'),
        retries: integer('retries'),
        bandwidthLimit: text('bandwidth-limit') === '' ? undefined : integer('bandwidth-limit'),
        proxy: parseProxy(text('proxy')),
        sshPrivateKey: text('ssh-private-key') || undefined,
        sshKnownHosts: text('ssh-known-hosts') || undefined,
        rsyncPassword: text('rsync-password') || undefined,
        exportEnvironment: boolean('export-environment'),
        summary: boolean('summary'),
    };
}
/** Where files are kept: all that the sub-action `save` is told. @throws TfcacheError `usage` */
function parsePlaces(raw, context) {
    const text = (name) => textOf(raw, name);
    const path = absolute(text('path'), context);
    const store = text('store') === ''
        ? { folder: (0,external_node_path_.join)(context.temporary, 'tfcache', 'store'), lifetime: 'job' }
        : { folder: absolute(text('store'), context), lifetime: 'persistent' };
    refuseOneInTheOther(path, store.folder);
    return {
        path,
        cache: parseCache(text('cache')),
        cacheKeyPrefix: parseKeyPrefix(text('cache-key-prefix')),
        store,
    };
}
/**
 * What a build reads and what tfcache keeps are two folders: cleaning up one must not touch the other. Beside the store's own
 * `v1` a folder may stand: where a store is a file system of its own, only there can files be linked to.
 */
function refuseOneInTheOther(path, store) {
    const problem = path === store
        ? 'is the store as well'
        : isInside(path, (0,external_node_path_.join)(store, 'v1')) || path === (0,external_node_path_.join)(store, 'v1')
            ? 'is inside the store'
            : isInside(store, path)
                ? 'holds the store'
                : undefined;
    if (problem === undefined)
        return;
    throw new error/* TfcacheError */.TM('usage', `The destination ${problem}.`, {
        where: 'inputs path and store',
        expected: 'two folders, neither inside the other',
        found: `path ${path}, store ${store}`,
        hint: 'Name a folder of its own as path or as store, for example path: tensorflow-artifacts.',
    });
}
function isInside(folder, outer) {
    const way = (0,external_node_path_.relative)(outer, folder);
    return way !== '' && way !== '..' && !way.startsWith(`..${external_node_path_.sep}`) && !(0,external_node_path_.isAbsolute)(way);
}
function textOf(raw, name) {
    return raw[name]?.trim() || (0,values/* inputSpec */.mm)(name).default;
}
function parseProxy(value) {
    if (value === '')
        return undefined;
    if ((0,proxy/* isProxy */.j)(value))
        return value;
    throw (0,values/* badInput */.AN)('proxy', value.replace(/^.*@/, '…@'), 'host:port, without http:// and without a password', 'Write it as rsync takes it: proxy.example:3128');
}
function parseCache(value) {
    if (isS3Address(value)) {
        // Checked now, used when something is to be read or saved.
        (0,s3_location.parseS3Location)(value);
        return value;
    }
    return (0,values/* parseChoice */.HU)('cache', value, ['github', 'none']);
}
function isS3Address(value) {
    return value.startsWith('s3://');
}
/** GitHub's cache takes keys of at most 512 characters without commas; ours add less than 312 to the prefix. */
function parseKeyPrefix(value) {
    if (!/^[^,\p{Cc}]{1,200}$/u.test(value)) {
        throw (0,values/* badInput */.AN)('cache-key-prefix', value, '1 to 200 characters without commas and line breaks');
    }
    return value;
}
function parseProgram(value) {
    if (value.startsWith('-') || /\p{Cc}/u.test(value)) {
        throw (0,values/* badInput */.AN)('rsync-path', value, "a program's name or path", 'Set rsync-path to rsync or to the full path of the program.');
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

/***/ 3368:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   AN: () => (/* binding */ badInput),
/* harmony export */   DB: () => (/* binding */ parseSize),
/* harmony export */   HU: () => (/* binding */ parseChoice),
/* harmony export */   cG: () => (/* binding */ parseInteger),
/* harmony export */   mm: () => (/* binding */ inputSpec),
/* harmony export */   yG: () => (/* binding */ parseBoolean)
/* harmony export */ });
/* harmony import */ var _error_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(5602);
/* harmony import */ var _table_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(9140);


/** The entry of an input in the table. */
function inputSpec(name) {
    const spec = _table_js__WEBPACK_IMPORTED_MODULE_0__/* .INPUTS */ .mc.find((candidate) => candidate.name === name);
    if (spec === undefined)
        throw new Error(`The table of inputs lacks ${name}.`);
    return spec;
}
/** A value that an input does not take. The value is shown, so never call it for a secret. */
function badInput(name, value, allowed, hint) {
    return new _error_js__WEBPACK_IMPORTED_MODULE_1__/* .TfcacheError */ .TM('usage', `The input ${name} does not take this value.`, {
        where: `input ${name}`,
        expected: allowed,
        found: JSON.stringify(value),
        hint: hint ?? `Set ${name} to ${allowed}.`,
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


/***/ }),

/***/ 2421:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   D2: () => (/* binding */ PARTIAL_FOLDER),
/* harmony export */   Sr: () => (/* binding */ BASIS_FOLDER),
/* harmony export */   xJ: () => (/* binding */ ownNameIn),
/* harmony export */   yk: () => (/* binding */ OWN_NAMES_TOLD)
/* harmony export */ });
/** Where partial data waits for the next try, in the folder of its file. */
const PARTIAL_FOLDER = '.tfcache-partial';
/**
 * Below staging: where files are received for which an older one serves as the basis. The older one stands at the file's place
 * there, so that the new one takes its place; in staging itself an old file could be taken for the new one.
 */
const BASIS_FOLDER = '.tfcache-basis';
/** Names that a path of a mirror cannot hold: what is kept there must not be taken for a file. */
const OWN_NAMES = [PARTIAL_FOLDER, BASIS_FOLDER];
/** For messages. */
const OWN_NAMES_TOLD = OWN_NAMES.join(' or ');
/** The name in a path that is tfcache's own while rsync copies; undefined when there is none. */
function ownNameIn(path) {
    if (!path.includes('.tfcache-'))
        return undefined;
    return path.split('/').find((name) => OWN_NAMES.includes(name));
}


/***/ }),

/***/ 1264:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   U: () => (/* binding */ chooseProxy),
/* harmony export */   j: () => (/* binding */ isProxy)
/* harmony export */ });
/* harmony import */ var _error_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(5602);

/** The form of RSYNC_PROXY that rsync(1) describes: `host:port`, without a scheme; here also without a password. */
const FORM = /^(?:\[[0-9a-f:.]+\]|[a-z0-9][a-z0-9._-]*):(\d{1,5})$/i;
/** True for `host:port`, as `RSYNC_PROXY` takes it. */
function isProxy(text) {
    const port = Number(FORM.exec(text)?.[1]);
    return port >= 1 && port <= 65_535;
}
/**
 * The HTTP proxy before rsync daemons: the input, else `RSYNC_PROXY` of the environment when it is well-formed.
 *
 * @throws TfcacheError `usage` for an input that is no proxy.
 */
function chooseProxy(input, environment) {
    if (input !== undefined) {
        if (isProxy(input))
            return { proxy: input, note: undefined };
        throw new _error_js__WEBPACK_IMPORTED_MODULE_0__/* .TfcacheError */ .TM('usage', 'The proxy cannot be used.', {
            where: 'input proxy',
            expected: 'host:port, without http:// and without a password',
            found: JSON.stringify(input.replace(/^.*@/, '…@')),
            hint: 'Write it as rsync takes it: proxy.example:3128',
        });
    }
    const variable = environment['RSYNC_PROXY'] ?? '';
    if (variable === '')
        return { proxy: undefined, note: undefined };
    if (isProxy(variable)) {
        return { proxy: variable, note: `rsync goes through the proxy ${variable} (RSYNC_PROXY).` };
    }
    return {
        proxy: undefined,
        note: 'The variable RSYNC_PROXY is not of the form host:port and is left out; use the input proxy.',
    };
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

/***/ 9414:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Fl: () => (/* binding */ baseName),
/* harmony export */   OT: () => (/* binding */ INDEX_BUCKET),
/* harmony export */   PG: () => (/* binding */ contents),
/* harmony export */   n8: () => (/* binding */ MAIN_BUCKET),
/* harmony export */   qe: () => (/* binding */ wantedFile),
/* harmony export */   uJ: () => (/* binding */ joinPath),
/* harmony export */   yS: () => (/* binding */ folderOf),
/* harmony export */   zW: () => (/* binding */ PIPS_OWN_INDEX)
/* harmony export */ });
/** The bucket that a path belongs to unless said otherwise. */
const MAIN_BUCKET = 'tensorflow';
/**
 * The name that a Python package index has among the buckets: a folder a project, its wheels inside. It is served only by
 * lines of `mirrors` that name it: `{bucket}` in a URL stands for TensorFlow’s buckets, and this is none of them.
 */
const INDEX_BUCKET = 'pypi';
/** What stands in the place of its URL for the index of pip’s own configuration: `pypi=pip`. */
const PIPS_OWN_INDEX = 'pip';
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


/***/ }),

/***/ 2202:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  I: () => (/* binding */ kindOf)
});

// EXTERNAL MODULE: ./build/request/bucket.js
var request_bucket = __webpack_require__(9414);
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
    bucket: (request) => filesOf(request)[0]?.bucket ?? request_bucket/* MAIN_BUCKET */.n8,
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
    const name = (0,request_bucket/* baseName */.Fl)(origin);
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
    const bucket = wanted[0]?.bucket ?? request_bucket/* MAIN_BUCKET */.n8;
    const folders = [...new Set(wanted.map(({ path }) => (0,request_bucket/* folderOf */.yS)(path)))];
    const listed = await listing.folders(bucket, folders);
    const there = new Map(listed.flatMap(({ files }) => files).map((file) => [file.path, file]));
    const missing = wanted.filter(({ path }) => !there.has(path));
    if (missing.length > 0) {
        const names = [...there.keys()].map(request_bucket/* baseName */.Fl);
        const near = (0,nearest/* nearest */.pA)((0,request_bucket/* baseName */.Fl)(missing[0]?.path ?? ''), names, 8);
        throw (0,request_error/* nothingMatched */.ge)(request, `the mirror lacks ${missing.length} of the data set's ${wanted.length} files.`, {
            where: `${listing.where(bucket)} (in ${folders.map((folder) => `${folder}/`).join(', ')})`,
            expected: (0,nearest/* shortList */.pg)(missing.map(({ path }) => (0,request_bucket/* baseName */.Fl)(path))),
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
            return found === undefined ? [] : [(0,request_bucket/* wantedFile */.qe)(bucket, found, catalogueDigests(file))];
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
    bucket: (request) => chooseVariant(request, keras_weights_filesOf(request)).bucket,
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
    const folder = (0,request_bucket/* folderOf */.yS)(wanted.path);
    const [listed] = await listing.folders(wanted.bucket, [folder]);
    const file = listed?.files.find(({ path }) => path === wanted.path);
    if (listed === undefined || file === undefined) {
        const names = listed?.files.map(({ path }) => (0,request_bucket/* baseName */.Fl)(path)) ?? [];
        const near = (0,nearest/* nearest */.pA)((0,request_bucket/* baseName */.Fl)(wanted.path), names);
        throw (0,request_error/* nothingMatched */.ge)(request, `the mirror does not have ${wanted.path}.`, {
            where: `${listing.where(wanted.bucket)} (in ${folder === '' ? 'its root' : `${folder}/`}, bucket ${wanted.bucket})`,
            expected: (0,request_bucket/* baseName */.Fl)(wanted.path),
            found: listed === undefined || near.length === 0
                ? 'no files in that folder'
                : nearNames(near, names),
            hint: listed?.exists === true && listed.folders.length > 0 && names.length === 0
                ? `The folder holds ${(0,request_bucket/* contents */.PG)(listed)}; if the mirror keeps weights elsewhere, write path:FOLDER/FILE`
                : 'Add the file to the mirror, use a mirror that has it, or ask for another variant.',
        });
    }
    const details = Object.entries(dimensionsOf(wanted, files)).map(([key, value]) => key === 'variant' ? value : `${key} ${value}`);
    return {
        request,
        id,
        title: details.length === 0 ? wanted.model : `${wanted.model} (${details.join(', ')})`,
        version: undefined,
        files: [(0,request_bucket/* wantedFile */.qe)(wanted.bucket, file, catalogueDigests(wanted))],
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
        const match = ARCHIVE.exec((0,request_bucket/* baseName */.Fl)(file.path));
        if (match === null)
            return [];
        const [, device = '', os = '', arch = '', written] = match;
        const version = written === undefined ? folderVersion((0,request_bucket/* baseName */.Fl)(folder)) : (0,pep440.clean)(written);
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
        bucket: request_bucket/* MAIN_BUCKET */.n8,
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
        bucket: request_bucket/* MAIN_BUCKET */.n8,
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
        where: `${listing.where(request_bucket/* MAIN_BUCKET */.n8)} (in ${(0,nearest/* shortList */.pg)(looked, 12)})`,
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
    const root = there.length > 0 ? undefined : (await listing.folders(request_bucket/* MAIN_BUCKET */.n8, ['']))[0];
    return (0,request_error/* nothingMatched */.ge)(request, `there is no ${name} in any version that was looked at.`, {
        ...place,
        found: root === undefined ? near.join(', ') : `at the mirror's root: ${(0,request_bucket/* contents */.PG)(root)}`,
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
    bucket: () => request_bucket/* MAIN_BUCKET */.n8,
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
        files: [(0,request_bucket/* wantedFile */.qe)(request_bucket/* MAIN_BUCKET */.n8, best.file)],
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

// EXTERNAL MODULE: ./build/mirror/rsync/own-names.js
var own_names = __webpack_require__(2421);
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
    const parent = (0,request_bucket/* folderOf */.yS)(path);
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
                const below = entry?.folders.filter(matches).map((name) => (0,request_bucket/* joinPath */.uJ)(folder, name)) ?? [];
                reached.push(...below);
                if (!last)
                    continue;
                for (const file of entry?.files ?? []) {
                    if (matches((0,request_bucket/* baseName */.Fl)(file.path)))
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
        folders = folders.map((folder) => (0,request_bucket/* joinPath */.uJ)(folder, unescaped(name)));
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
    bucket: () => request_bucket/* MAIN_BUCKET */.n8,
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
    const walk = await walkGlobs(listing, request_bucket/* MAIN_BUCKET */.n8, globs);
    if (walk.files.length === 0)
        throw await notFound(request, globs, walk, listing);
    const { included, exclusions } = applyFilters(filters, walk.files);
    if (included.size === 0) {
        throw everythingExcluded(request, filters, exclusions, listing.where(request_bucket/* MAIN_BUCKET */.n8));
    }
    const files = [...included.keys()].sort().flatMap((name) => included.get(name)?.file ?? []);
    refuseReserved(request, [...included.keys()]);
    return {
        request,
        id,
        title: `${(0,request_error/* printable */.g$)(request.name)} (${files.length} file${files.length === 1 ? '' : 's'})`,
        version: undefined,
        files: files.map((file) => (0,request_bucket/* wantedFile */.qe)(request_bucket/* MAIN_BUCKET */.n8, file)),
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
    const where = listing.where(request_bucket/* MAIN_BUCKET */.n8);
    const [folder] = walk.folders;
    if (folder !== undefined) {
        const some = walk.folders.length === 1 ? 'is a folder' : 'are folders, not files';
        return (0,request_error/* nothingMatched */.ge)(request, `${(0,nearest/* shortList */.pg)(walk.folders)} ${some}.`, {
            where,
            hint: `Ask for ${walk.folders.length === 1 ? `path:${(0,request_error/* printable */.g$)(escaped(folder))}/**` : `path:${(0,request_error/* printable */.g$)(request.name)}/**`} to take what is inside.`,
        });
    }
    const own = (0,own_names/* ownNameIn */.xJ)(request.name);
    if (own !== undefined) {
        return (0,request_error/* nothingMatched */.ge)(request, `${own} is a name that tfcache itself uses while rsync copies.`, {
            where,
            hint: 'rsync:// and ssh:// mirrors leave entries of that name out: take it from an https:// or file:// mirror, or leave it out of the request.',
        });
    }
    const glob = globs[0];
    const base = glob?.base ?? '';
    const listed = await listing.folders(request_bucket/* MAIN_BUCKET */.n8, withParents(base));
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
        ...deepest.files.map((file) => (0,request_bucket/* baseName */.Fl)(file.path)),
    ];
    const near = (0,nearest/* nearest */.pA)(wanted, names, 6);
    return (0,request_error/* nothingMatched */.ge)(request, gone ? `there is no folder ${base}/.` : `no file in ${shown} matches.`, {
        where: `${where} (in ${shown})`,
        found: names.length > near.length
            ? `${near.join(', ')} (of ${names.length} names)`
            : (0,request_bucket/* contents */.PG)(deepest),
        hint: request.name.startsWith(' ')
            ? 'The path begins with a space: leave it out unless the name has one.'
            : 'Correct the path; upper and lower case differ.',
    });
}
/** The folder and all above it, deepest first. */
function withParents(folder) {
    const folders = [folder];
    while (folders.at(-1) !== '')
        folders.push((0,request_bucket/* folderOf */.yS)(folders.at(-1) ?? ''));
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

// EXTERNAL MODULE: ./build/request/project-name.js
var project_name = __webpack_require__(9551);
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
        project: (0,project_name/* normalizeProject */.x)(distribution),
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
        const name = parseWheelName((0,request_bucket/* baseName */.Fl)(file.path));
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
            found: `at its root: ${(0,request_bucket/* contents */.PG)(root)}`,
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

;// CONCATENATED MODULE: ./build/request/wheel-search.js





async function wheelDefaults({ qualifiers }, machine) {
    const python = qualifiers['python'] ?? (await machine.python());
    const version = parsePython(python);
    return {
        python: version === undefined ? python : `${version.major}.${version.minor}`,
        platform: qualifiers['platform'] ?? machine.platform(),
        device: qualifiers['device'] === 'gpu' ? 'gpu' : 'cpu',
    };
}
/** @throws TfcacheError `usage` for a machine that no wheel is known for. */
async function readWish(request, machine) {
    const { python, platform, device } = await wheelDefaults(request, machine);
    const version = parsePython(python);
    const family = platformFamily(platform);
    if (version === undefined || family === undefined) {
        throw (0,request_error/* usageError */.Wp)(request, `no wheel is known for python ${python} on ${platform}.`, {
            hint: 'Say what the wheel is for: ?python=3.11&platform=linux_x86_64',
        });
    }
    const project = (0,project_name/* normalizeProject */.x)(request.name);
    const specifier = readSpecifier(request);
    return {
        search: { project, specifier, family, platform, device },
        python,
        ranks: tagRanks(version, platform),
    };
}

;// CONCATENATED MODULE: ./build/request/wheel-index.js








/**
 * The wheel that pip would install from a package index: as from the bucket, and besides what the index says of each file
 * is honoured, the Pythons it is for and whether it was withdrawn.
 */
async function resolveFromIndex(request, id, { listing }, machine) {
    const wish = await readWish(request, machine);
    const { project } = wish.search;
    const [folder] = await listing.folders(request_bucket/* INDEX_BUCKET */.OT, [project]);
    if (folder === undefined || !folder.exists)
        throw wheel_index_unknownProject(request, project, listing);
    const chosen = choose(request, wish, folder, listing);
    const file = await completed(chosen, listing);
    if (file === undefined)
        throw withdrawnMeanwhile(request, chosen, listing);
    const { name, tag } = chosen;
    return {
        request,
        id,
        title: `${name.distribution} ${name.version} (${tag.python}, ${tag.platform})`,
        version: name.version,
        files: [(0,request_bucket/* wantedFile */.qe)(request_bucket/* INDEX_BUCKET */.OT, file)],
    };
}
/** @throws TfcacheError `nothing-matched` */
function choose(request, { search, python, ranks }, folder, listing) {
    const { specifier, device } = search;
    const mine = heldWheels([folder]).filter(({ name }) => name.project === search.project);
    const supported = mine.filter((wheel) => supports(wheel, python));
    const standing = supported.filter(({ file }) => file.release?.yanked !== true);
    const { chosen, passedOver } = chooseWheel(standing, specifier, ranks, device);
    if (chosen !== undefined)
        return chosen;
    // PEP 592, as pip has it: what was withdrawn is taken only by those who ask for that very version and could get no other.
    const withdrawn = chooseWheel(supported, specifier, ranks, device).chosen;
    if (withdrawn !== undefined && pinnedVersion(specifier) !== undefined)
        return withdrawn;
    const where = listing.where(request_bucket/* INDEX_BUCKET */.OT);
    if (withdrawn !== undefined) {
        throw (0,request_error/* nothingMatched */.ge)(request, 'only withdrawn (yanked) releases fit.', {
            where,
            found: withdrawn.name.fileName,
            hint: `Ask for exactly that version to take it all the same: wheel:${request.name}==${withdrawn.name.version}`,
        });
    }
    const unsupported = chooseWheel(mine, specifier, ranks, device).chosen;
    if (unsupported !== undefined) {
        throw (0,request_error/* nothingMatched */.ge)(request, `the versions asked for are not made for Python ${python}.`, {
            where,
            found: `${unsupported.name.fileName} requires Python ${unsupported.file.release?.requiresPython ?? ''}`,
            hint: 'Ask for another version, or say which Python it is for with ?python=…',
        });
    }
    throw wheelNotFound({
        request,
        search,
        python,
        listed: [folder],
        passedOver,
        siblings: [],
        where,
        root: undefined,
    });
}
/** What cannot be read restricts nothing, as with pip. https://packaging.python.org/specifications/core-metadata/#requires-python */
function supports({ file }, python) {
    const written = file.release?.requiresPython;
    if (written === undefined)
        return true;
    try {
        return contains(parseSpecifier(written), python);
    }
    catch (error) {
        if (error instanceof MalformedSpecifier)
            return true;
        throw error;
    }
}
/** Size and time are asked for only of the one that was chosen. */
async function completed({ file }, listing) {
    if (file.release?.complete !== false)
        return file;
    const [alone] = await listing.folders(request_bucket/* INDEX_BUCKET */.OT, [file.path]);
    return alone?.files[0];
}
function wheel_index_unknownProject(request, project, listing) {
    return (0,request_error/* nothingMatched */.ge)(request, `the package index has no project ${project}.`, {
        where: listing.where(request_bucket/* INDEX_BUCKET */.OT),
        found: `no project ${project}`,
    });
}
function withdrawnMeanwhile(request, { name }, listing) {
    return (0,request_error/* nothingMatched */.ge)(request, 'the package index names a file that it does not have.', {
        where: listing.where(request_bucket/* INDEX_BUCKET */.OT),
        found: (0,nearest/* shortList */.pg)([name.fileName]),
        hint: 'It was removed a moment ago, or the index is a broken copy: run again, or name another index.',
    });
}

;// CONCATENATED MODULE: ./build/request/wheel.js













/** `wheel:tensorflow-cpu~=2.15.0?python=3.11&platform=linux_x86_64`: one wheel, chosen as pip would choose it. */
const wheel = {
    name: 'wheel',
    qualifiers: ['python', 'platform', 'device'],
    check: wheel_check,
    async identify(request, machine) {
        const { python, platform, device } = await wheelDefaults(request, machine);
        const version = request.version.replace(/\s+/g, '');
        return identifier(`wheel:${(0,project_name/* normalizeProject */.x)(request.name)}${version}`, {
            python,
            platform,
            device,
        });
    },
    bucket: () => request_bucket/* MAIN_BUCKET */.n8,
    resolve: wheel_resolve,
    elsewhere: { bucket: request_bucket/* INDEX_BUCKET */.OT, resolve: resolveFromIndex },
};
function wheel_check(request) {
    if (!(0,project_name/* isProjectName */.j)(request.name)) {
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
    if (device === 'gpu' && (0,project_name/* normalizeProject */.x)(request.name) === 'tensorflow-cpu') {
        throw (0,request_error/* usageError */.Wp)(request, 'tensorflow-cpu is built for the CPU alone, and device=gpu was given.', {
            hint: 'Ask for wheel:tensorflow (2.12 and later) or wheel:tensorflow-gpu (up to 2.11), or leave device=gpu out.',
        });
    }
}
async function wheel_resolve(request, id, { listing }, machine) {
    const { search, python, ranks } = await readWish(request, machine);
    const { project, specifier, device } = search;
    const choose = (folders, name = project) => chooseWheel(heldWheels(folders).filter((held) => held.name.project === name), specifier, ranks, device);
    const documented = await wheel_folders_documentedFolders(listing, request_bucket/* MAIN_BUCKET */.n8, search);
    const first = choose(documented).chosen;
    if (first !== undefined)
        return artifact(request, id, first);
    const others = await wheel_folders_otherFolders(listing, request_bucket/* MAIN_BUCKET */.n8, search, documented);
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
        where: listing.where(request_bucket/* MAIN_BUCKET */.n8),
        root: nothingThere ? (await listing.folders(request_bucket/* MAIN_BUCKET */.n8, ['']))[0] : undefined,
    });
}
function artifact(request, id, { name, file, tag }) {
    return {
        request,
        id,
        title: `${name.distribution} ${name.version} (${tag.python}, ${tag.platform})`,
        version: name.version,
        files: [(0,request_bucket/* wantedFile */.qe)(request_bucket/* MAIN_BUCKET */.n8, file)],
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

/***/ 9551:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   j: () => (/* binding */ isProjectName),
/* harmony export */   x: () => (/* binding */ normalizeProject)
/* harmony export */ });
/** A project's name as PEP 503 compares it: lower case, every run of `-`, `_` and `.` one `-`. */
function normalizeProject(name) {
    return name.toLowerCase().replace(/[-_.]+/g, '-');
}
/** True for what the core metadata allow as a project's name. */
function isProjectName(name) {
    return /^[a-z0-9](?:[a-z0-9._-]*[a-z0-9])?$/i.test(name);
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

/***/ 9257:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   O3: () => (/* binding */ repairLog),
/* harmony export */   Se: () => (/* binding */ readLines),
/* harmony export */   _g: () => (/* binding */ appendLines)
/* harmony export */ });
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7598);
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(3024);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(6760);
/* harmony import */ var node_timers_promises__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(8500);
/* harmony import */ var _file_error_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(3009);
/* harmony import */ var _make_folders_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(8946);






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
            written += (0,node_fs__WEBPACK_IMPORTED_MODULE_1__.writeSync)(descriptor, bytes, written);
    }
    finally {
        (0,node_fs__WEBPACK_IMPORTED_MODULE_1__.closeSync)(descriptor);
    }
}
function openForAppend(file) {
    try {
        return (0,node_fs__WEBPACK_IMPORTED_MODULE_1__.openSync)(file, 'a');
    }
    catch (error) {
        if ((0,_file_error_js__WEBPACK_IMPORTED_MODULE_4__/* .errorCode */ .C)(error) !== 'ENOENT')
            throw error;
        (0,_make_folders_js__WEBPACK_IMPORTED_MODULE_5__/* .makeFolders */ .w)((0,node_path__WEBPACK_IMPORTED_MODULE_2__.dirname)(file));
        return (0,node_fs__WEBPACK_IMPORTED_MODULE_1__.openSync)(file, 'a');
    }
}
/**
 * Checks a log, and writes it anew when lines in it are damaged or most are repeated. Others may append meanwhile: what they
 * wrote to the old file until a moment after the new one took its place is carried over.
 *
 * @param valueLength characters at the beginning of a line that are its value; the rest is its key, and the last value of
 *   a key counts.
 */
async function repairLog(file, valueLength) {
    const checked = { lines: 0, damaged: 0, repeated: 0, rewritten: false };
    let descriptor;
    try {
        descriptor = (0,node_fs__WEBPACK_IMPORTED_MODULE_1__.openSync)(file, 'r');
    }
    catch (error) {
        if ((0,_file_error_js__WEBPACK_IMPORTED_MODULE_4__/* .errorCode */ .C)(error) === 'ENOENT')
            return checked;
        throw error;
    }
    const draft = `${file}.${process.pid}.draft`;
    try {
        const { lines, damaged, end } = readSound(descriptor, 0);
        const values = new Map();
        for (const line of lines)
            values.set(line.slice(valueLength), line.slice(0, valueLength));
        checked.lines = values.size;
        checked.damaged = damaged;
        checked.repeated = lines.length - values.size;
        if (damaged === 0 && checked.repeated <= checked.lines)
            return checked;
        const kept = [...values].map(([key, value]) => value + key);
        if (kept.length === 0)
            (0,node_fs__WEBPACK_IMPORTED_MODULE_1__.writeFileSync)(draft, '');
        else
            appendLines(draft, kept);
        (0,node_fs__WEBPACK_IMPORTED_MODULE_1__.renameSync)(draft, file);
        checked.rewritten = true;
        await (0,node_timers_promises__WEBPACK_IMPORTED_MODULE_3__.setTimeout)(LATE_WRITERS_MS);
        const late = readSound(descriptor, end).lines;
        if (late.length > 0)
            appendLines(file, late);
        return checked;
    }
    finally {
        (0,node_fs__WEBPACK_IMPORTED_MODULE_1__.closeSync)(descriptor);
        (0,node_fs__WEBPACK_IMPORTED_MODULE_1__.rmSync)(draft, { force: true });
    }
}
/** Whoever had a log open when it was replaced has written by then. */
const LATE_WRITERS_MS = 200;
/** The sound lines from an offset to the end, how many are not, and where the last whole line ends. */
function readSound(descriptor, offset) {
    const bytes = Buffer.allocUnsafe((0,node_fs__WEBPACK_IMPORTED_MODULE_1__.fstatSync)(descriptor).size - offset);
    let count = 0;
    while (count < bytes.length) {
        const more = (0,node_fs__WEBPACK_IMPORTED_MODULE_1__.readSync)(descriptor, bytes, count, bytes.length - count, offset + count);
        if (more === 0)
            break;
        count += more;
    }
    const end = bytes.subarray(0, count).lastIndexOf(0x0a) + 1;
    const lines = [];
    let damaged = 0;
    for (const line of bytes.toString('utf8', 0, end).split('\n')) {
        if (line === '')
            continue;
        if (isSound(line))
            lines.push(line.slice(CHECKSUM_LENGTH + 1));
        else
            damaged += 1;
    }
    return { lines, damaged, end: offset + end };
}
/**
 * The sound lines after `from`, without their checksums, and where to go on. A line that is still being written is left for the
 * next time. A log that is not there has no lines.
 */
function readLines(file, from) {
    let descriptor;
    try {
        descriptor = (0,node_fs__WEBPACK_IMPORTED_MODULE_1__.openSync)(file, 'r');
    }
    catch (error) {
        if ((0,_file_error_js__WEBPACK_IMPORTED_MODULE_4__/* .errorCode */ .C)(error) === 'ENOENT')
            return { lines: [], position: undefined };
        throw error;
    }
    try {
        const { size, ino } = (0,node_fs__WEBPACK_IMPORTED_MODULE_1__.fstatSync)(descriptor, { bigint: true });
        const continues = from !== undefined && from.ino === ino && BigInt(from.offset) <= size;
        const offset = continues ? from.offset : 0;
        const { lines, end } = readSound(descriptor, offset);
        return { lines, position: { offset: end, ino } };
    }
    finally {
        (0,node_fs__WEBPACK_IMPORTED_MODULE_1__.closeSync)(descriptor);
    }
}
const CHECKSUM_LENGTH = 8;
function isSound(line) {
    return (line.length > CHECKSUM_LENGTH &&
        line.startsWith(`${checksum(line.slice(CHECKSUM_LENGTH + 1))} `));
}
/** Guards against tearing, not against malice: what the index says is a hint, and the bytes are held to their sha256. */
function checksum(line) {
    return (0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.hash)('sha1', line, 'hex').slice(0, CHECKSUM_LENGTH);
}


/***/ }),

/***/ 2102:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   D: () => (/* binding */ touchAll),
/* harmony export */   _: () => (/* binding */ touch)
/* harmony export */ });
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(3024);
/* harmony import */ var _file_error_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(3009);


/**
 * When an object was last used is its ctime. A hard link made of it sets that by itself, and so does one removed; a clone
 * or a copy does not, so its mode is set to what it is: the cheapest that changes the ctime and nothing else. The mtime
 * stays, which the object's name tells, and nothing must be written down beside it.
 */
function touchAll(objects) {
    for (const object of objects)
        touch(object);
}
/** @returns false when it could not be done: the object is gone, or another user's. */
function touch(object) {
    try {
        (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.chmodSync)(object, 0o444);
        return true;
    }
    catch (error) {
        if (['EPERM', 'EACCES', 'EROFS', 'ENOENT'].includes((0,_file_error_js__WEBPACK_IMPORTED_MODULE_1__/* .errorCode */ .C)(error) ?? ''))
            return false;
        throw error;
    }
}


/***/ }),

/***/ 6043:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   L6: () => (/* binding */ takeLeaseTurn),
/* harmony export */   OP: () => (/* binding */ createLeaseReader),
/* harmony export */   _e: () => (/* binding */ takeLease)
/* harmony export */ });
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(3024);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(6760);
/* harmony import */ var valibot__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(7934);
/* harmony import */ var _file_error_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(3009);
/* harmony import */ var _make_folders_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(8946);
/* harmony import */ var _owned_file_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(4422);
/* harmony import */ var _ownership_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(8603);







/** So many hexadecimal digits of a sha256 stand in a lease: enough that no two objects of a store share them. */
const DIGITS = 16;
const CONTENT = valibot__WEBPACK_IMPORTED_MODULE_2__/* .object */ .Ikc({
    /** Milliseconds since the epoch by the file system's clock: objects that changed since then are held. */
    since: valibot__WEBPACK_IMPORTED_MODULE_2__/* .number */ .aig(),
    /** Absent: every object. */
    held: valibot__WEBPACK_IMPORTED_MODULE_2__/* .optional */ .lqM(valibot__WEBPACK_IMPORTED_MODULE_2__/* .string */ .YjP()),
});
/** A store's clock has steps: ext4 dates a file up to 10 ms before the moment it is written. */
const CLOCK_STEP_MS = 50;
/**
 * Tells whoever cleans up what this job uses. Whoever removes objects does it in the same turns in which leases begin, and
 * reads all leases first: what this process finds in the store once it has its lease stays there.
 *
 * @param version the store's `v1` folder.
 */
function takeLease(version) {
    const folder = (0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(version, 'leases');
    const name = `${process.pid}-${Math.random().toString(36).slice(2)}`;
    const file = (0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(folder, name);
    const turn = takeLeaseTurn(version);
    try {
        (0,_make_folders_js__WEBPACK_IMPORTED_MODULE_3__/* .makeFolders */ .w)(folder);
        const since = (0,_owned_file_js__WEBPACK_IMPORTED_MODULE_4__/* .fileSystemNow */ .M8)(version) - CLOCK_STEP_MS;
        (0,_owned_file_js__WEBPACK_IMPORTED_MODULE_4__/* .writeOwned */ .Vu)(file, 'this process', { since });
        sweep(folder);
        const life = (0,_owned_file_js__WEBPACK_IMPORTED_MODULE_4__/* .keepAlive */ .Z8)(file);
        const release = () => {
            process.removeListener('exit', release);
            life.stop();
            (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.rmSync)(file, { force: true });
        };
        process.once('exit', release);
        return {
            narrow(sha256s) {
                const all = [...sha256s];
                // One buffer: a hundred thousand pieces of a string would be there twice.
                const held = Buffer.alloc(all.length * DIGITS, '0');
                for (const [index, sha256] of all.entries())
                    held.write(sha256, index * DIGITS, DIGITS);
                (0,_owned_file_js__WEBPACK_IMPORTED_MODULE_4__/* .writeOwned */ .Vu)(file, 'this process', { since, held: held.toString('latin1') });
            },
            release,
        };
    }
    catch (error) {
        throw (0,_file_error_js__WEBPACK_IMPORTED_MODULE_5__/* .fileError */ .z)('note what this job uses of the store', file, error);
    }
    finally {
        turn.release();
    }
}
/**
 * The turn in which leases begin and objects are removed. Waits with the process standing still: whoever has it keeps it
 * for some milliseconds.
 */
function takeLeaseTurn(version) {
    const folder = (0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(version, 'owners', 'leases');
    for (;;) {
        const turn = (0,_ownership_js__WEBPACK_IMPORTED_MODULE_6__/* .tryOwnership */ .V)(folder);
        if (turn !== undefined)
            return turn;
        Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 2);
    }
}
/** Reads leases again and again; each only when it is new or was written anew. */
function createLeaseReader(version) {
    const folder = (0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(version, 'leases');
    let known = new Map();
    return () => {
        const now = new Map();
        for (const name of namesIn(folder)) {
            if (name.endsWith('.draft'))
                continue;
            const file = (0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(folder, name);
            const stats = (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.statSync)(file, { throwIfNoEntry: false });
            const stamp = `${stats?.ino} ${stats?.size}`;
            const before = known.get(name);
            if (before?.stamp === stamp) {
                if ((0,_owned_file_js__WEBPACK_IMPORTED_MODULE_4__/* .mayLive */ .s3)(file, before.owner))
                    now.set(name, before);
                continue;
            }
            const owned = (0,_owned_file_js__WEBPACK_IMPORTED_MODULE_4__/* .readOwned */ .A4)(file);
            if (owned === undefined || !owned.alive)
                continue;
            const { owner } = owned;
            const content = valibot__WEBPACK_IMPORTED_MODULE_2__/* .safeParse */ .xLC(CONTENT, owned.content);
            // One that cannot be read holds everything until its owner is known to be dead.
            const { since, held } = content.success ? content.output : { since: 0, held: undefined };
            now.set(name, { stamp, owner, since, held: held === undefined ? undefined : split(held) });
        }
        known = now;
        const leases = [...now.values()];
        const since = leases.reduce((least, lease) => Math.min(least, lease.since), Infinity);
        return {
            jobs: leases.length,
            everything: leases.some(({ held }) => held === undefined),
            holds: (sha256, ctimeMs) => ctimeMs >= since || leases.some(({ held }) => held?.has(sha256.slice(0, DIGITS)) !== false),
        };
    };
}
/** What killed jobs left. In a turn of ours only: a lease is written whole within one. */
function sweep(folder) {
    for (const name of namesIn(folder)) {
        const file = (0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(folder, name);
        if (name.endsWith('.draft')) {
            if (!namesIn(folder).includes(name.slice(0, -'.draft'.length)))
                (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.rmSync)(file, { force: true });
            continue;
        }
        if ((0,_owned_file_js__WEBPACK_IMPORTED_MODULE_4__/* .readOwned */ .A4)(file)?.alive === false) {
            (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.rmSync)(file, { force: true });
            (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.rmSync)(`${file}.draft`, { force: true });
        }
    }
}
function split(held) {
    const digests = new Set();
    for (let at = 0; at < held.length; at += DIGITS)
        digests.add(held.slice(at, at + DIGITS));
    return digests;
}
function namesIn(folder) {
    try {
        return (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.readdirSync)(folder);
    }
    catch (error) {
        if ((0,_file_error_js__WEBPACK_IMPORTED_MODULE_5__/* .errorCode */ .C)(error) === 'ENOENT')
            return [];
        throw error;
    }
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

/***/ 8755:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   K8: () => (/* binding */ isTime),
/* harmony export */   Qt: () => (/* binding */ surelyAsNamed),
/* harmony export */   SF: () => (/* binding */ objectFolder),
/* harmony export */   UC: () => (/* binding */ formatObjectName),
/* harmony export */   _h: () => (/* binding */ isSha256),
/* harmony export */   fS: () => (/* binding */ objectFolderNumber),
/* harmony export */   mp: () => (/* binding */ recordOfObject),
/* harmony export */   ye: () => (/* binding */ parseObjectName)
/* harmony export */ });
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(6760);

const FORM = /^([0-9a-f]{64})\.(\d{1,16})\.(-?\d{1,20})\.(\d{1,20})$/;
/** Undefined for a name that is not an object's. */
function parseObjectName(name) {
    const [, sha256, size, mtimeNs, ino] = FORM.exec(name) ?? [];
    if (sha256 === undefined || size === undefined || mtimeNs === undefined || ino === undefined) {
        return undefined;
    }
    return { sha256, size: Number(size), mtimeNs, ino };
}
/**
 * Whether a file has the size, inode and time that its name tells. Cheap, and right when it says so; a file system whose
 * numbers do not fit into doubles is told `false`, and must be asked with bigints.
 */
function surelyAsNamed(stats, name) {
    const time = name.indexOf('.', 65);
    const inode = name.indexOf('.', time + 1);
    return (stats.isFile() &&
        Number(name.slice(65, time)) === stats.size &&
        isTime(stats.mtimeMs, name.slice(time + 1, inode)) &&
        stats.ino < Number.MAX_SAFE_INTEGER &&
        Number(name.slice(inode + 1)) === stats.ino);
}
/** Whether a time as Node gives it in milliseconds is this one in nanoseconds, as far as a double tells: a quarter of a microsecond. */
function isTime(milliseconds, nanoseconds) {
    // As Node computes it (lib/internal/fs/utils.js, msFromTimeSpec), so that equal times give equal doubles.
    return (milliseconds ===
        Number(nanoseconds.slice(0, -9)) * 1000 + Number(nanoseconds.slice(-9)) / 1_000_000);
}
/** What was recorded of the object at this path when it was verified; undefined when it is no object's path. */
function recordOfObject(path) {
    return parseObjectName((0,node_path__WEBPACK_IMPORTED_MODULE_0__.basename)(path));
}
/** What a file with these bytes is called in the store. */
function formatObjectName(sha256, stats) {
    return `${sha256}.${stats.size}.${stats.mtimeNs}.${stats.ino}`;
}
/**
 * The folder of an object below `objects` by its sha256 or its name, `00` to `3f`: the first six bits. Sixty-four folders keep a million objects
 * readable a folder at a time, and cost 10 ms to make where 256 cost 200 (ext4), which a store of one job would pay each time.
 */
function objectFolder(sha256) {
    return FOLDERS[objectFolderNumber(sha256)] ?? '';
}
/** The number of that folder, 0 to 63. */
function objectFolderNumber(sha256) {
    return (hexDigit(sha256.charCodeAt(0)) << 2) | (hexDigit(sha256.charCodeAt(1)) >> 2);
}
const FOLDERS = Array.from({ length: 64 }, (_, number) => number.toString(16).padStart(2, '0'));
/** The value of one of `0` to `9`, `a` to `f`, by its code. */
function hexDigit(code) {
    return code < 0x3a ? code - 0x30 : code - 0x57;
}
/** What comes from outside becomes part of a path only when it has this form. */
function isSha256(text) {
    return /^[0-9a-f]{64}$/.test(text);
}


/***/ }),

/***/ 8696:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  h: () => (/* binding */ createObjects),
  u: () => (/* binding */ describeChange)
});

// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __webpack_require__(3024);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
// EXTERNAL MODULE: ./build/error.js
var error = __webpack_require__(5602);
// EXTERNAL MODULE: ./build/store/file-error.js
var file_error = __webpack_require__(3009);
// EXTERNAL MODULE: ./build/store/hash-file.js
var hash_file = __webpack_require__(3035);
// EXTERNAL MODULE: ./build/store/last-use.js
var last_use = __webpack_require__(2102);
// EXTERNAL MODULE: ./build/store/make-folders.js
var make_folders = __webpack_require__(8946);
// EXTERNAL MODULE: ./build/store/object-name.js
var object_name = __webpack_require__(8755);
;// CONCATENATED MODULE: ./build/store/object-folders.js




/** File systems keep times of folders in steps of up to two seconds (FAT; ext4 has 4 ms). */
const COARSEST_TIME_MS = 2_000;
function createObjectFolders(objects) {
    const folders = new Array(64);
    function folderOf(sha256) {
        const number = (0,object_name/* objectFolderNumber */.fS)(sha256);
        let folder = folders[number];
        if (folder === undefined) {
            folder = read((0,external_node_path_.join)(objects, (0,object_name/* objectFolder */.SF)(sha256)));
            folders[number] = folder;
        }
        return folder;
    }
    return {
        names: (sha256) => namesOf(folderOf(sha256).names, sha256),
        refresh(sha256) {
            const number = (0,object_name/* objectFolderNumber */.fS)(sha256);
            const known = folders[number];
            const path = (0,external_node_path_.join)(objects, (0,object_name/* objectFolder */.SF)(sha256));
            if (known?.settled === true) {
                const mtimeNs = (0,external_node_fs_.lstatSync)(path, { bigint: true, throwIfNoEntry: false })?.mtimeNs;
                if (mtimeNs === known.mtimeNs)
                    return false;
            }
            folders[number] = read(path);
            return true;
        },
        added(sha256, name) {
            add(folderOf(sha256).names, sha256, name);
        },
        removed(sha256, name) {
            const { names } = folderOf(sha256);
            names.set(sha256, namesOf(names, sha256).filter((other) => other !== name));
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
    const known = namesOf(names, sha256);
    if (known === NONE || known.length === 0)
        names.set(sha256, name);
    else if (!known.includes(name))
        names.set(sha256, [...known, name]);
}
const NONE = [];
function namesOf(names, sha256) {
    const known = names.get(sha256);
    if (known === undefined)
        return NONE;
    return typeof known === 'string' ? [known] : known;
}

;// CONCATENATED MODULE: ./build/store/objects.js









/** For so long what was found sound is taken for sound: the time between planning and publishing what is near. */
const SOUND_MILLISECONDS = 10_000;
function createObjects({ folder, quarantine, onChanged }) {
    const folders = createObjectFolders(folder);
    const pathOf = (name) => `${folder}${external_node_path_.sep}${(0,object_name/* objectFolder */.SF)(name)}${external_node_path_.sep}${name}`;
    /** The object of this name when it is sound; else it is healed or taken away. */
    function check(name, size) {
        if (!hasSize(name, size))
            return undefined;
        const sha256 = name.slice(0, 64);
        const path = pathOf(name);
        const seen = (0,external_node_fs_.lstatSync)(path, { throwIfNoEntry: false });
        if (seen !== undefined && (0,object_name/* surelyAsNamed */.Qt)(seen, name)) {
            if ((seen.mode & 0o222) !== 0)
                protect(path);
            return path;
        }
        if ((0,object_name/* parseObjectName */.ye)(name) === undefined)
            return undefined;
        const stats = (0,external_node_fs_.lstatSync)(path, { bigint: true, throwIfNoEntry: false });
        if (stats === undefined) {
            folders.removed(sha256, name);
            return undefined;
        }
        if (stats.isFile() && (0,object_name/* formatObjectName */.UC)(sha256, stats) === name) {
            if ((stats.mode & 146n) !== 0n)
                protect(path);
            return path;
        }
        return healed(sha256, name, path, stats) ?? takeAway(sha256, name, path, stats);
    }
    /** Touched, restored from a backup or moved to another file system: other times and inodes, the same bytes. */
    function healed(sha256, name, path, stats) {
        if (!stats.isFile() || stats.size !== BigInt((0,object_name/* parseObjectName */.ye)(name)?.size ?? -1))
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
            if (path === undefined)
                continue;
            noteSound(name);
            return path;
        }
        return undefined;
    }
    /** Names that were found sound since `soundSince`. */
    const sound = new Set();
    let soundSince = 0;
    function noteSound(name) {
        if (performance.now() - soundSince > SOUND_MILLISECONDS) {
            sound.clear();
            soundSince = performance.now();
        }
        sound.add(name);
    }
    function place(file, sha256, stats, before) {
        const name = (0,object_name/* formatObjectName */.UC)(sha256, stats);
        const path = pathOf(name);
        try {
            (0,external_node_fs_.renameSync)(file, path);
        }
        catch (error) {
            if ((0,file_error/* errorCode */.C)(error) !== 'ENOENT')
                throw error;
            (0,make_folders/* makeFolders */.w)((0,external_node_path_.join)(folder, (0,object_name/* objectFolder */.SF)(sha256)));
            (0,external_node_fs_.renameSync)(file, path);
        }
        if (before !== undefined)
            folders.removed(sha256, before);
        folders.added(sha256, name);
        return path;
    }
    function path(sha256, size) {
        if (!(0,object_name/* isSha256 */._h)(sha256))
            return undefined;
        try {
            const found = find(sha256, size);
            if (found !== undefined || !folders.refresh(sha256))
                return found;
            return find(sha256, size);
        }
        catch (error) {
            throw (0,file_error/* fileError */.z)('look into the store', folder, error);
        }
    }
    return {
        path,
        sizeOf(sha256) {
            if (!(0,object_name/* isSha256 */._h)(sha256))
                return undefined;
            return folders
                .names(sha256)
                .flatMap((name) => (0,object_name/* parseObjectName */.ye)(name)?.size ?? [])
                .find((size) => path(sha256, size) !== undefined);
        },
        soundName(sha256, size) {
            if (performance.now() - soundSince < SOUND_MILLISECONDS) {
                for (const name of folders.names(sha256)) {
                    if (sound.has(name) && hasSize(name, size))
                        return name;
                }
            }
            const found = path(sha256, size);
            return found === undefined ? undefined : (0,external_node_path_.basename)(found);
        },
        pathOf,
        add(file, digest) {
            const { sha256, size } = digest;
            if (!(0,object_name/* isSha256 */._h)(sha256))
                throw new TypeError(`not a sha256: ${sha256}`);
            try {
                const existing = find(sha256, size);
                if (existing === file)
                    return existing;
                const stats = (0,external_node_fs_.lstatSync)(file, { bigint: true });
                requireSame(file, stats, digest);
                // Touched, so that nobody cleans it away as one that was not used for long.
                if (existing !== undefined && ((0,last_use/* touch */._)(existing) || isThere(existing))) {
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
/** Whether an object's name tells this size. */
function hasSize(name, size) {
    return name.startsWith(`${size}.`, 65);
}
function isThere(object) {
    return (0,external_node_fs_.lstatSync)(object, { throwIfNoEntry: false }) !== undefined;
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
/** What differs from what was recorded, in words. */
function describeChange(name, stats) {
    const recorded = (0,object_name/* parseObjectName */.ye)(name);
    if (recorded === undefined || !stats.isFile())
        return 'it is not a regular file any more';
    if (stats.size !== BigInt(recorded.size)) {
        return `it had ${recorded.size} bytes when it was verified, now ${stats.size}`;
    }
    if (String(stats.ino) !== recorded.ino)
        return 'it was replaced by another file of that size';
    return `it was written to on ${new Date(Number(stats.mtimeNs / 1000000n)).toISOString()}`;
}


/***/ }),

/***/ 2604:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Ch: () => (/* binding */ openStore),
/* harmony export */   Ky: () => (/* binding */ describeChanged),
/* harmony export */   xv: () => (/* binding */ VERSION)
/* harmony export */ });
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(3024);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(6760);
/* harmony import */ var _error_js__WEBPACK_IMPORTED_MODULE_8__ = __webpack_require__(5602);
/* harmony import */ var _file_error_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(3009);
/* harmony import */ var _last_use_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(2102);
/* harmony import */ var _leases_js__WEBPACK_IMPORTED_MODULE_7__ = __webpack_require__(6043);
/* harmony import */ var _make_folders_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(8946);
/* harmony import */ var _objects_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(8696);
/* harmony import */ var _path_index_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(5554);









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
 * v1/owners/NAME/                          whose turn it is in that staging folder, or at something else
 * v1/flights/NAME/N                        who fetches what into staging/NAME-N/
 * v1/leases/ID                             what a running job is going to use
 * v1/clock                                 touched to learn what time it is for the file system
 * v1/quarantine/                           objects that were changed behind the store's back
 * ```
 *
 * @throws TfcacheError `failed` when the folder cannot be used or was made by a newer tfcache, `no-space` on a full disk.
 */
function openStore(folder, options) {
    const { log, onChanged } = options;
    const root = (0,node_path__WEBPACK_IMPORTED_MODULE_1__.resolve)(folder);
    const version = (0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(root, VERSION);
    const objectsFolder = (0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(version, 'objects');
    try {
        if (!(0,node_fs__WEBPACK_IMPORTED_MODULE_0__.existsSync)(objectsFolder)) {
            refuseNewer(root);
            if (options.missing === 'refuse')
                throw noStore(root);
            (0,_make_folders_js__WEBPACK_IMPORTED_MODULE_2__/* .makeFolders */ .w)(objectsFolder);
            // Backup and clean-up programs know it: https://bford.info/cachedir/
            (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.writeFileSync)((0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(root, 'CACHEDIR.TAG'), 'Signature: 8a477f597d28d172789f06886806bc55\n');
        }
    }
    catch (error) {
        throw (0,_file_error_js__WEBPACK_IMPORTED_MODULE_3__/* .fileError */ .z)('open the store', root, error);
    }
    const index = (0,_path_index_js__WEBPACK_IMPORTED_MODULE_4__/* .createPathIndex */ .I)((0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(version, 'index'), log);
    const objects = (0,_objects_js__WEBPACK_IMPORTED_MODULE_5__/* .createObjects */ .h)({
        folder: objectsFolder,
        quarantine: (0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(version, 'quarantine'),
        onChanged: onChanged ?? ((changed) => log.warning(describeChanged(changed))),
    });
    return {
        folder: root,
        objectPath: objects.path,
        sizeOf: objects.sizeOf,
        soundName: objects.soundName,
        pathOf: objects.pathOf,
        add: objects.add,
        find: index.find,
        previous(bucket, path) {
            for (const { sha256, size } of index.previous(bucket, path)) {
                const object = objects.path(sha256, size);
                if (object !== undefined)
                    return object;
            }
            return undefined;
        },
        remember: index.remember,
        touch: _last_use_js__WEBPACK_IMPORTED_MODULE_6__/* .touchAll */ .D,
        stage: (name, onWait) => takeStaging(version, name, onWait, index.flush),
        async claim(name, keys) {
            const { claimFlight } = await __webpack_require__.e(/* import() */ 161).then(__webpack_require__.bind(__webpack_require__, 161));
            return claimFlight(version, name, keys, index.flush);
        },
        async sweep(name, here) {
            if (!(0,node_fs__WEBPACK_IMPORTED_MODULE_0__.existsSync)((0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(version, 'flights')))
                return;
            const { sweepFlights } = await __webpack_require__.e(/* import() */ 161).then(__webpack_require__.bind(__webpack_require__, 161));
            await sweepFlights(version, name, here);
        },
        lease: () => (0,_leases_js__WEBPACK_IMPORTED_MODULE_7__/* .takeLease */ ._e)(version),
    };
}
/** Loaded when something must be fetched: a run that has everything in place does not pay for it. */
async function takeStaging(version, name, onWait, onRelease) {
    const staging = await __webpack_require__.e(/* import() */ 759).then(__webpack_require__.bind(__webpack_require__, 3759));
    return staging.takeStaging(version, name, onWait, onRelease);
}
/**
 * What to tell about an object that was changed.
 *
 * @param shared paths that are known to be hard links of it.
 */
function describeChanged(changed, shared = []) {
    const link = shared.length > 0
        ? `A job wrote into ${shared.join(', ')}, which is hard-linked to the store`
        : `Most likely a job wrote into a file that is hard-linked to the store (find WORKSPACES -inum ${changed.ino})`;
    return `An object of the store was changed: ${changed.change}. It is fetched again; the changed one is kept as ${changed.quarantined}. ${link}: set link to reflink or copy for that job.`;
}
function noStore(root) {
    return new _error_js__WEBPACK_IMPORTED_MODULE_8__/* .TfcacheError */ .TM('usage', 'There is no store in this folder.', {
        where: root,
        hint: 'Name the folder that the jobs name as their store; the first pull makes it.',
    });
}
function refuseNewer(root) {
    if (!(0,node_fs__WEBPACK_IMPORTED_MODULE_0__.existsSync)(root))
        return;
    const versions = (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.readdirSync)(root).filter((name) => /^v\d+$/.test(name));
    // Ours may be there without its folders: another process is making them just now, or was killed while it did.
    if (versions.length === 0 || versions.includes(VERSION))
        return;
    throw new _error_js__WEBPACK_IMPORTED_MODULE_8__/* .TfcacheError */ .TM('failed', 'The store has a format that this tfcache does not know.', {
        where: root,
        expected: VERSION,
        found: versions.join(', '),
        hint: 'Use the tfcache that made it, or name another folder as the store.',
    });
}


/***/ }),

/***/ 4422:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   A4: () => (/* binding */ readOwned),
/* harmony export */   M8: () => (/* binding */ fileSystemNow),
/* harmony export */   Vu: () => (/* binding */ writeOwned),
/* harmony export */   Z8: () => (/* binding */ keepAlive),
/* harmony export */   s3: () => (/* binding */ mayLive)
/* harmony export */ });
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(3024);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(6760);
/* harmony import */ var valibot__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(7934);
/* harmony import */ var _file_error_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(3009);
/* harmony import */ var _process_identity_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(2762);





const OWNER = valibot__WEBPACK_IMPORTED_MODULE_2__/* .object */ .Ikc({
    pid: valibot__WEBPACK_IMPORTED_MODULE_2__/* .pipe */ .FsL(valibot__WEBPACK_IMPORTED_MODULE_2__/* .number */ .aig(), valibot__WEBPACK_IMPORTED_MODULE_2__/* .safeInteger */ .Y2b(), valibot__WEBPACK_IMPORTED_MODULE_2__/* .minValue */ .Wwf(1)),
    started: valibot__WEBPACK_IMPORTED_MODULE_2__/* .string */ .YjP(),
    realm: valibot__WEBPACK_IMPORTED_MODULE_2__/* .string */ .YjP(),
});
const OWNED = valibot__WEBPACK_IMPORTED_MODULE_2__/* .looseObject */ ._H3({ owner: valibot__WEBPACK_IMPORTED_MODULE_2__/* .optional */ .lqM(OWNER) });
/** An owner that cannot be seen from here (another machine, another container) shows this often that it lives. */
const HEARTBEAT_MS = 5_000;
/** One that showed nothing for this long is dead; clients of NFS see times that are up to a minute old. */
const STALE_MS = 180_000;
/**
 * Writes a JSON file that names this process as its owner, or nobody, at once: whoever reads it finds the old one or the
 * new one.
 *
 * @throws the system's error.
 */
function writeOwned(file, owner, content) {
    const draft = `${file}.draft`;
    const text = JSON.stringify({
        ...(owner === 'nobody' ? {} : { owner: (0,_process_identity_js__WEBPACK_IMPORTED_MODULE_3__/* .currentProcess */ .D)() }),
        ...content,
    });
    try {
        (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.writeFileSync)(draft, text);
        (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.renameSync)(draft, file);
    }
    catch (error) {
        (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.rmSync)(draft, { force: true });
        throw error;
    }
}
/** What such a file says, and whether its owner may live; undefined when it is gone. */
function readOwned(file) {
    let text;
    try {
        text = (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.readFileSync)(file, 'utf8');
    }
    catch (error) {
        if ((0,_file_error_js__WEBPACK_IMPORTED_MODULE_4__/* .errorCode */ .C)(error) === 'ENOENT')
            return undefined;
        throw error;
    }
    try {
        const content = JSON.parse(text);
        const { owner } = valibot__WEBPACK_IMPORTED_MODULE_2__/* .parse */ .qgA(OWNED, content);
        return { owner, alive: owner !== undefined && mayLive(file, owner), content };
    }
    catch (error) {
        if (!(error instanceof SyntaxError || error instanceof valibot__WEBPACK_IMPORTED_MODULE_2__/* .ValiError */ .H6d))
            throw error;
        // Half written on a file system that renames before it writes, or not ours: it may belong to someone for a while.
        return { owner: undefined, alive: mayLive(file, undefined), content: undefined };
    }
}
/** Whether the process that a file belongs to lives, or may live. */
function mayLive(file, owner) {
    const liveness = owner === undefined ? 'unknown' : (0,_process_identity_js__WEBPACK_IMPORTED_MODULE_3__/* .livenessOf */ .l)(owner);
    if (liveness !== 'unknown')
        return liveness === 'alive';
    const shown = (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.statSync)(file, { throwIfNoEntry: false })?.ctimeMs;
    return shown !== undefined && fileSystemNow(versionAbove(file)) - shown < STALE_MS;
}
/**
 * What time it is for the file system, in milliseconds since the epoch: the clocks of the machines that share it may differ
 * by any amount, but whatever one of them does to a file is dated (ctime) by the one clock of the file system.
 */
function fileSystemNow(folder) {
    // Always the same name, so that nothing is left of a process that is killed here.
    const descriptor = (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.openSync)((0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(folder, 'clock'), 'w');
    try {
        (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.writeSync)(descriptor, '.');
        return (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.fstatSync)(descriptor).ctimeMs;
    }
    finally {
        (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.closeSync)(descriptor);
    }
}
/** The store's version folder above a file of its own; the file's folder for one that is in no store. */
function versionAbove(file) {
    for (let at = (0,node_path__WEBPACK_IMPORTED_MODULE_1__.dirname)(file); (0,node_path__WEBPACK_IMPORTED_MODULE_1__.dirname)(at) !== at; at = (0,node_path__WEBPACK_IMPORTED_MODULE_1__.dirname)(at)) {
        if (/^v\d+$/.test((0,node_path__WEBPACK_IMPORTED_MODULE_1__.basename)(at)))
            return at;
    }
    return (0,node_path__WEBPACK_IMPORTED_MODULE_1__.dirname)(file);
}
/** Shows now and then that this process lives, until it is stopped. */
function keepAlive(file) {
    const beat = () => {
        try {
            (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.utimesSync)(file, new Date(), new Date());
        }
        catch (error) {
            if (!(error instanceof Error))
                throw error;
            // Taken over by one that thought us dead, or removed by hand: nothing is left to keep.
            clearInterval(timer);
        }
    };
    const timer = setInterval(beat, HEARTBEAT_MS);
    timer.unref();
    return { beat, stop: () => clearInterval(timer) };
}


/***/ }),

/***/ 8603:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   V: () => (/* binding */ tryOwnership),
/* harmony export */   p: () => (/* binding */ takeOwnership)
/* harmony export */ });
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(3024);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(6760);
/* harmony import */ var node_timers_promises__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(8500);
/* harmony import */ var _file_error_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(3009);
/* harmony import */ var _make_folders_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(8946);
/* harmony import */ var _owned_file_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(4422);
/* harmony import */ var _process_identity_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(2762);







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
    const self = (0,_process_identity_js__WEBPACK_IMPORTED_MODULE_3__/* .currentProcess */ .D)();
    const isStale = createStaleness(staleMs);
    let waited = false;
    try {
        (0,_make_folders_js__WEBPACK_IMPORTED_MODULE_4__/* .makeFolders */ .w)(folder);
        for (;;) {
            const last = highestTurn(folder);
            if (last === 0 || isOver((0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(folder, String(last)), isStale)) {
                const turn = last + 1;
                if (claim(folder, turn, self))
                    return hold(folder, turn, heartbeatMs);
                continue;
            }
            if (!waited)
                onWait();
            waited = true;
            await (0,node_timers_promises__WEBPACK_IMPORTED_MODULE_2__.setTimeout)(pollMs);
        }
    }
    catch (error) {
        throw (0,_file_error_js__WEBPACK_IMPORTED_MODULE_5__/* .fileError */ .z)('take a turn in the store', folder, error);
    }
}
/**
 * As {@link takeOwnership}, but does not wait: whether an owner that cannot be seen from here lives is told by the time its
 * turn was last touched.
 *
 * @returns undefined when another owns it, or may own it.
 */
function tryOwnership(folder) {
    const self = (0,_process_identity_js__WEBPACK_IMPORTED_MODULE_3__/* .currentProcess */ .D)();
    try {
        (0,_make_folders_js__WEBPACK_IMPORTED_MODULE_4__/* .makeFolders */ .w)(folder);
        for (;;) {
            const last = highestTurn(folder);
            if (last !== 0 && !isOver((0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(folder, String(last)), (file) => !(0,_owned_file_js__WEBPACK_IMPORTED_MODULE_6__/* .mayLive */ .s3)(file, undefined)))
                return undefined;
            if (claim(folder, last + 1, self))
                return hold(folder, last + 1, DEFAULTS.heartbeatMs);
        }
    }
    catch (error) {
        throw (0,_file_error_js__WEBPACK_IMPORTED_MODULE_5__/* .fileError */ .z)('take a turn in the store', folder, error);
    }
}
function highestTurn(folder) {
    return (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.readdirSync)(folder)
        .filter((name) => /^[1-9]\d{0,14}$/.test(name))
        .reduce((highest, name) => Math.max(highest, Number(name)), 0);
}
function isOver(file, isStale) {
    let text;
    try {
        text = (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.readFileSync)(file, 'utf8');
    }
    catch (error) {
        // A later turn has begun and swept this one away: look again, there is a higher one.
        if ((0,_file_error_js__WEBPACK_IMPORTED_MODULE_5__/* .errorCode */ .C)(error) === 'ENOENT')
            return false;
        throw error;
    }
    if (text === RELEASED)
        return true;
    const owner = parseOwner(text);
    const liveness = owner === undefined ? 'unknown' : (0,_process_identity_js__WEBPACK_IMPORTED_MODULE_3__/* .livenessOf */ .l)(owner);
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
    const draft = (0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(folder, `${self.pid}-${Math.random().toString(36).slice(2)}.draft`);
    const file = (0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(folder, String(turn));
    (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.writeFileSync)(draft, `${self.pid}\n${self.started}\n${self.realm}\n`, { flag: 'wx' });
    try {
        linkOrCopy(draft, file);
    }
    catch (error) {
        // Another was first, or it is the owner already and has swept our draft away.
        if ((0,_file_error_js__WEBPACK_IMPORTED_MODULE_5__/* .errorCode */ .C)(error) === 'EEXIST' || (0,_file_error_js__WEBPACK_IMPORTED_MODULE_5__/* .errorCode */ .C)(error) === 'ENOENT')
            return false;
        throw error;
    }
    finally {
        (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.rmSync)(draft, { force: true });
    }
    // Ours may be a turn that was taken, released and swept away since we looked: a higher one tells.
    if (highestTurn(folder) !== turn) {
        (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.rmSync)(file, { force: true });
        return false;
    }
    for (const name of (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.readdirSync)(folder)) {
        if (name !== String(turn))
            (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.rmSync)((0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(folder, name), { force: true });
    }
    return true;
}
function linkOrCopy(draft, file) {
    try {
        (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.linkSync)(draft, file);
    }
    catch (error) {
        // File systems without hard links. A copy is not made at once, but what is half written counts as not known.
        if (!['EPERM', 'ENOTSUP', 'ENOSYS', 'EMLINK'].includes((0,_file_error_js__WEBPACK_IMPORTED_MODULE_5__/* .errorCode */ .C)(error) ?? ''))
            throw error;
        (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.copyFileSync)(draft, file, node_fs__WEBPACK_IMPORTED_MODULE_0__.constants.COPYFILE_EXCL);
    }
}
function hold(folder, turn, heartbeatMs) {
    const file = (0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(folder, String(turn));
    const heartbeat = setInterval(() => {
        try {
            (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.utimesSync)(file, new Date(), new Date());
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
            (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.writeFileSync)(draft, RELEASED);
            (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.renameSync)(draft, file);
        }
        catch (error) {
            // A folder that is gone has no owner; on a full disk our end frees it.
            if ((0,_file_error_js__WEBPACK_IMPORTED_MODULE_5__/* .errorCode */ .C)(error) === 'ENOENT' || (0,_file_error_js__WEBPACK_IMPORTED_MODULE_5__/* .errorCode */ .C)(error) === 'ENOSPC')
                return;
            throw (0,_file_error_js__WEBPACK_IMPORTED_MODULE_5__/* .fileError */ .z)('give up a turn in the store', folder, error);
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
        const stats = (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.statSync)(file, { bigint: true, throwIfNoEntry: false });
        const now = `${file} ${stats?.mtimeNs}`;
        if (now !== seen) {
            seen = now;
            since = performance.now();
        }
        return performance.now() - since > staleMs;
    };
}


/***/ }),

/***/ 5554:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   I: () => (/* binding */ createPathIndex),
/* harmony export */   O: () => (/* binding */ DIGEST_LENGTH)
/* harmony export */ });
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7598);
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(3024);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(6760);
/* harmony import */ var _file_error_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(3009);
/* harmony import */ var _index_log_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(9257);
/* harmony import */ var _object_name_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(8755);






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
                (0,_index_log_js__WEBPACK_IMPORTED_MODULE_3__/* .appendLines */ ._g)((0,node_path__WEBPACK_IMPORTED_MODULE_2__.join)(folder, shard), lines);
            }
            catch (error) {
                log.warning(`The store's index could not be written (${error instanceof Error ? error.message : String(error)}): the next run may hash or fetch ${lines.length} files again.`);
            }
        }
    }
    function read(name) {
        const known = shards.get(name) ?? { known: new Map(), position: undefined };
        const { lines, position } = (0,_index_log_js__WEBPACK_IMPORTED_MODULE_3__/* .readLines */ .Se)((0,node_path__WEBPACK_IMPORTED_MODULE_2__.join)(folder, name), known.position);
        for (const line of lines) {
            known.known.set(line.slice(DIGEST_LENGTH + 1), line.slice(0, DIGEST_LENGTH));
        }
        known.position = position;
        shards.set(name, known);
        return known;
    }
    /** One look at a log a turn: thousands of files are asked for in one. */
    function isFresh(shard) {
        if (shard.lookedAt === true)
            return true;
        shard.lookedAt = true;
        setImmediate(() => {
            shard.lookedAt = false;
        });
        return false;
    }
    function hasGrown(name, { position }) {
        const stats = (0,node_fs__WEBPACK_IMPORTED_MODULE_1__.statSync)((0,node_path__WEBPACK_IMPORTED_MODULE_2__.join)(folder, name), { bigint: true, throwIfNoEntry: false });
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
                if (!shard.known.has(key) && !isFresh(shard) && hasGrown(name, shard))
                    read(name);
                const sha256 = shard.known.get(key);
                if (sha256 === undefined || !(0,_object_name_js__WEBPACK_IMPORTED_MODULE_4__/* .isSha256 */ ._h)(sha256))
                    return undefined;
                return { bucket, path, size, mtime, sha256 };
            }
            catch (error) {
                log.warning(`The store's index could not be read (${(0,_file_error_js__WEBPACK_IMPORTED_MODULE_5__/* .errorCode */ .C)(error) ?? String(error)}): ${(0,node_path__WEBPACK_IMPORTED_MODULE_2__.join)(folder, name)}`);
                return undefined;
            }
        },
        previous(bucket, path) {
            flush();
            const name = shardOf(bucket, path);
            try {
                const shard = shards.get(name) ?? read(name);
                if (shard.byPath?.made !== shard.known.size) {
                    shard.byPath = { made: shard.known.size, files: byPath(shard.known) };
                }
                return shard.byPath.files.get(placeOf(bucket, path)) ?? [];
            }
            catch (error) {
                log.warning(`The store's index could not be read (${(0,_file_error_js__WEBPACK_IMPORTED_MODULE_5__/* .errorCode */ .C)(error) ?? String(error)}): ${(0,node_path__WEBPACK_IMPORTED_MODULE_2__.join)(folder, name)}`);
                return [];
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
            const shard = (0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.hash)('sha1', `${bucket}\0${folder}`, 'hex').slice(0, 2);
            last = { bucket, folder, shard };
        }
        return last.shard;
    };
}
/** Takes the keys of a shard apart. */
function byPath(known) {
    const files = new Map();
    for (const [key, sha256] of known) {
        const [size = '', mtime = '', bucket = ''] = key.split(' ', 3);
        const place = key.slice(size.length + mtime.length + 2);
        if (!(0,_object_name_js__WEBPACK_IMPORTED_MODULE_4__/* .isSha256 */ ._h)(sha256))
            continue;
        const path = JSON.parse(place.slice(bucket.length + 1));
        if (typeof path !== 'string')
            continue;
        const file = { bucket, path, size: Number(size), mtime: Number(mtime), sha256 };
        files.set(place, [file, ...(files.get(place) ?? [])]);
    }
    return files;
}
function placeOf(bucket, path) {
    return `${bucket} ${JSON.stringify(path)}`;
}
/** What a line says after the digest; a path is quoted, so that a line break in it breaks no line. */
function keyOf(file) {
    return `${file.size} ${file.mtime} ${file.bucket} ${JSON.stringify(file.path)}`;
}
/** A line is the digest and the key, so that reading it takes it apart and no more. */
function formatLine(file) {
    return `${file.sha256} ${keyOf(file)}`;
}
/** Characters of a line that are the digest; the rest is the key. */
const DIGEST_LENGTH = 64;


/***/ }),

/***/ 2762:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   D: () => (/* binding */ currentProcess),
/* harmony export */   l: () => (/* binding */ livenessOf)
/* harmony export */ });
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(3024);
/* harmony import */ var node_os__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(8161);
/* harmony import */ var _file_error_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(3009);



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
        if ((0,_file_error_js__WEBPACK_IMPORTED_MODULE_2__/* .errorCode */ .C)(error) === 'ESRCH')
            return 'dead';
        if ((0,_file_error_js__WEBPACK_IMPORTED_MODULE_2__/* .errorCode */ .C)(error) !== 'EPERM')
            return 'unknown';
    }
    const started = startOf(other.pid);
    if (other.started === '' || started === undefined)
        return 'unknown';
    return started === other.started ? 'alive' : 'dead';
}
function currentRealm() {
    const boot = read(() => (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.readFileSync)('/proc/sys/kernel/random/boot_id', 'utf8').trim());
    const pids = read(() => (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.readlinkSync)('/proc/self/ns/pid'));
    return [(0,node_os__WEBPACK_IMPORTED_MODULE_1__.hostname)(), boot ?? '', pids ?? ''].join(' ');
}
/** Field 22 of /proc/PID/stat (man 5 proc), clock ticks since boot; a zombie counts as gone. */
function startOf(pid) {
    const stat = read(() => (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.readFileSync)(`/proc/${pid}/stat`, 'utf8'));
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


/***/ })

};
