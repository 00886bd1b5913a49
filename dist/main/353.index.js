export const id = 353;
export const ids = [353,501];
export const modules = {

/***/ 4353:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  createRsyncMirror: () => (/* binding */ createRsyncMirror)
});

// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(1455);
// EXTERNAL MODULE: ./build/error.js
var build_error = __webpack_require__(5602);
;// CONCATENATED MODULE: ./build/mirror/rsync/url.js

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
        return new build_error/* TfcacheError */.TM('usage', `This mirror URL cannot be used: ${what}.`, {
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

;// CONCATENATED MODULE: ./build/mirror/rsync/arguments.js

/** Where partial data waits for the next try, in the folder of its file. */
const PARTIAL_FOLDER = '.tfcache-partial';
/**
 * Lists the content of the folders named on standard input, each as `folder/` (`./` is the root), ended by NUL; one level
 * deep, or the whole tree.
 */
function listArguments(url, depth, options) {
    return [
        '--list-only',
        ...(depth === 'tree' ? ['-r'] : ['--dirs']),
        '--no-human-readable',
        ...common(options),
        '--',
        formatRsyncUrl(url),
        // A listing writes nothing, yet rsync wants a destination beside --files-from.
        '.',
    ];
}
/**
 * Fetches the files named on standard input, each ended by NUL, into the folder `staging`: regular files with their times
 * and nothing else (no -l -D -p -o -g -H -X), uncompressed, nothing deleted, and a line on standard output for each file
 * when it is complete (`%b` in the format makes rsync wait for the end of the file).
 */
function fetchArguments(url, staging, options) {
    return [
        '-t',
        // A file that its owner cannot read on the mirror is still readable here.
        '--chmod=D755,F644',
        `--partial-dir=${PARTIAL_FOLDER}`,
        // Twice: files that are already here are told as well.
        '-ii',
        '--outbuf=L',
        '--out-format=%i|%l|%b|%n',
        ...(options.bandwidthLimit === undefined ? [] : [`--bwlimit=${options.bandwidthLimit}`]),
        ...common(options),
        '--',
        formatRsyncUrl(url),
        `${staging}/`,
    ];
}
/** Asks a daemon which modules it offers. */
function moduleListArguments(host, options) {
    return [
        `--contimeout=${options.timeout}`,
        `--timeout=${options.timeout}`,
        '--',
        `rsync://${host}/`,
    ];
}
function common(options) {
    return [
        '--from0',
        '--files-from=-',
        // The folders above a name stay out of the list: they are ours, with our permissions, whatever they are on the mirror.
        '--no-implied-dirs',
        '--8-bit-output',
        '--no-motd',
        `--timeout=${options.timeout}`,
        `--contimeout=${options.timeout}`,
    ];
}

// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __webpack_require__(3024);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
;// CONCATENATED MODULE: ./build/mirror/rsync/arrivals.js


const FIRST_LOOK_MS = 2;
const LAST_LOOK_MS = 250;
/**
 * Tells of files as they become complete. rsync prints a file's line an instant before it renames the file into place, so a
 * line alone is not enough: a file is told when it stands there, and is another than the one that stood there before.
 */
class Arrivals {
    #staging;
    #events;
    /** Not yet told; the inode that stood in the file's place when the run began. */
    #waiting = new Map();
    /** rsync said they are complete, but they do not stand there yet. */
    #announced = new Map();
    #timer;
    /** What the caller's `onFile` threw while nobody was there to catch it. */
    #failure;
    constructor(staging, paths, events) {
        this.#staging = staging;
        this.#events = events;
        for (const path of paths)
            this.#waiting.set(path, this.#look(path)?.ino);
    }
    /** Paths not told yet. */
    get waiting() {
        return [...this.#waiting.keys()];
    }
    isWaiting(path) {
        return this.#waiting.has(path);
    }
    announce(file) {
        if (!this.#waiting.has(file.path) || this.#tell(file))
            return;
        this.#announced.set(file.path, file);
        this.#lookAgain(FIRST_LOOK_MS);
    }
    /** rsync has ended: what is not there now does not come. Throws what `onFile` threw since the last line. */
    end() {
        clearTimeout(this.#timer);
        this.#timer = undefined;
        if (this.#failure !== undefined)
            throw this.#failure.cause;
        for (const file of this.#announced.values())
            this.#tell(file);
        this.#announced.clear();
    }
    #lookAgain(after) {
        if (this.#timer !== undefined)
            return;
        this.#timer = setTimeout(() => {
            this.#timer = undefined;
            try {
                for (const file of this.#announced.values()) {
                    if (this.#tell(file))
                        this.#announced.delete(file.path);
                }
            }
            catch (cause) {
                this.#failure = { cause };
                return;
            }
            if (this.#announced.size > 0)
                this.#lookAgain(Math.min(after * 2, LAST_LOOK_MS));
        }, after);
    }
    #tell(file) {
        const found = this.#look(file.path);
        if (found === undefined)
            return false;
        if (file.fresh && found.ino === this.#waiting.get(file.path))
            return false;
        this.#waiting.delete(file.path);
        this.#events.onFile(file.path);
        return true;
    }
    #look(path) {
        const stat = (0,external_node_fs_.lstatSync)((0,external_node_path_.join)(this.#staging, path), { throwIfNoEntry: false });
        return stat?.isFile() ? { ino: stat.ino } : undefined;
    }
}

;// CONCATENATED MODULE: ./build/mirror/rsync/environment.js
/** What rsync has no business with: it reads options from `RSYNC_…`, and the rest holds a build's secrets. */
const WITHHELD = /^(RSYNC_|INPUT_|ACTIONS_|AWS_|GITHUB_TOKEN$|POSIXLY_CORRECT$)/i;
/**
 * The environment rsync runs in: messages in English, times in UTC, no `RSYNC_…` variable of the caller (`RSYNC_PROXY`,
 * `RSYNC_CONNECT_PROG`, `RSYNC_OLD_ARGS`, … change what is run and whom it talks to).
 */
function rsyncEnvironment(environment, password) {
    const kept = {};
    for (const [name, value] of Object.entries(environment)) {
        if (!WITHHELD.test(name))
            kept[name] = value;
    }
    kept['LC_ALL'] = 'C';
    kept['TZ'] = 'UTC';
    // Set even when there is none: without it rsync asks on the terminal, or takes a line of our file list for an answer.
    kept['RSYNC_PASSWORD'] = password ?? '';
    return kept;
}

;// CONCATENATED MODULE: ./build/mirror/rsync/exit.js

/**
 * What rsync's ends mean, first match wins: messages before exit codes, because one code has several causes (5 is both an
 * unknown module and a full server). Codes: errcode.h and rsync(1), "EXIT VALUES".
 */
const EXPLANATIONS = [
    {
        says: /No space left on device|Disk quota exceeded|\(28\)/,
        code: 'no-space',
        message: 'There is no space left for the files that rsync brings.',
        hint: 'Free space on the disk of the store, name a store on a larger disk, or ask for fewer files. What is complete was kept.',
        retry: 'no',
    },
    {
        says: /server sent "([^"]*)/,
        code: 'no-mirror',
        message: 'Something answered that is no rsync daemon: "$1".',
        hint: 'A proxy, a captive portal or a web server stands at this address. Check host and port; rsync daemons listen on 873.',
        retry: 'no',
    },
    {
        says: /@ERROR: Unknown module '([^']*)'/,
        code: 'no-mirror',
        message: "The mirror has no module '$1'.",
        hint: 'Correct the module in the mirror URL.',
        retry: 'no',
    },
    {
        says: /@ERROR: (max connections \(\d+\) reached)/,
        code: 'no-mirror',
        message: 'The mirror is full: $1.',
        hint: 'Run again later, or name another mirror.',
        retry: 'soon',
    },
    {
        says: /@ERROR: auth failed on module (\S+)/,
        code: 'no-mirror',
        message: 'The mirror wants a user name and a password for its module $1, and refused what it got.',
        hint: 'Put the user name into the URL (rsync://user@host/module/) and the password into the input rsync-password.',
        retry: 'no',
    },
    {
        says: /@ERROR: access denied to (\S+)/,
        code: 'no-mirror',
        message: "The mirror does not serve its module '$1' to this address.",
        hint: "Ask the mirror's operator to allow this machine, or name another mirror.",
        retry: 'no',
    },
    {
        says: /@ERROR: (chdir failed|chroot failed|invalid [^\n]*)/,
        code: 'no-mirror',
        message: 'The mirror cannot serve the module: $1.',
        hint: "The module's folder is missing on the mirror. Tell its operator, or name another mirror.",
        retry: 'no',
    },
    {
        says: /@ERROR: ([^\n]+)/,
        code: 'no-mirror',
        message: 'The mirror refused: $1.',
        hint: 'Follow what the mirror says, ask its operator, or name another mirror.',
        retry: 'no',
    },
    {
        says: /configured to refuse ([^\n(]*)/,
        code: 'no-mirror',
        message: 'The mirror is configured to refuse an option that is needed: $1.',
        hint: "Ask the mirror's operator to allow it, or name another mirror.",
        retry: 'no',
    },
    {
        says: /change_dir "([^\n]*)" .*failed/,
        code: 'no-mirror',
        message: 'The module is there, but the folder "$1" in it is not, or cannot be entered.',
        hint: 'Correct the path in the mirror URL. rsync takes it literally: %20 is no space.',
        retry: 'no',
    },
    {
        says: /getaddrinfo: \S+ \d+: ([^\n]*)/,
        code: 'no-mirror',
        message: "The mirror's host name could not be resolved: $1.",
        hint: 'Check the host name in the mirror URL and the name service of this machine.',
        retry: 'soon',
    },
    {
        says: /Connection reset by peer/,
        code: 'no-mirror',
        message: 'The mirror accepted the connection and then reset it.',
        hint: 'Mirrors do this to addresses that come too often. Wait some hours, sync less often, or name another mirror.',
        retry: 'once-later',
    },
    {
        says: /failed to connect to [^\n]*: ([^\n:(]*?)(?: \(\d+\))?$/m,
        code: 'no-mirror',
        message: 'The mirror cannot be reached: $1.',
        hint: 'Check host and port (873 unless the URL names another), and that a firewall lets this machine out to it.',
        retry: 'soon',
    },
    {
        says: /did not see server greeting/,
        code: 'no-mirror',
        message: 'The mirror closed the connection before it said anything.',
        hint: 'It may be overloaded or may have shut this address out. Run again later, or name another mirror.',
        retry: 'once-later',
    },
    {
        exitCodes: [30],
        code: 'no-mirror',
        message: 'The mirror sent nothing for $timeout seconds.',
        hint: 'Run again later, raise the input timeout, or name another mirror. What came before is kept.',
        retry: 'soon',
    },
    {
        exitCodes: [35],
        code: 'no-mirror',
        message: 'The mirror did not answer within $timeout seconds.',
        hint: 'Check host and port, and that a firewall lets this machine out to it; or name another mirror.',
        retry: 'soon',
    },
    {
        says: /connection unexpectedly closed/,
        code: 'no-mirror',
        message: 'The mirror closed the connection in the middle.',
        hint: 'Run again: what came before is kept and is not fetched twice. If it happens again, name another mirror.',
        retry: 'soon',
    },
    {
        exitCodes: [10],
        code: 'no-mirror',
        message: 'The connection to the mirror failed.',
        hint: 'Check host, port and network, or name another mirror.',
        retry: 'soon',
    },
    {
        says: /failed verification/,
        code: 'no-mirror',
        message: 'A file changed on the mirror, or on the way, while it was copied.',
        hint: 'Run again in some minutes, when the mirror has finished its own update.',
        retry: 'soon',
    },
    {
        says: /\[sender\][^\n]*Permission denied \(13\)|opendir [^\n]*Permission denied \(13\)/,
        code: 'no-mirror',
        message: 'The mirror may not read some of what it lists.',
        hint: "Tell the mirror's operator, or name another mirror.",
        retry: 'no',
    },
    {
        exitCodes: [11],
        code: 'failed',
        message: 'rsync could not write on this machine.',
        hint: 'Look at the message: permissions, a read-only disk, or a folder that went away.',
        retry: 'no',
    },
    {
        exitCodes: [23, 24],
        code: 'no-mirror',
        message: 'The mirror sent only a part of what was asked for.',
        hint: 'Run again; the rest is kept. If it happens again, the mirror is damaged: name another.',
        retry: 'soon',
    },
    {
        exitCodes: [12],
        code: 'no-mirror',
        message: 'The connection broke, or the mirror spoke something else than the rsync protocol.',
        hint: 'Run again: what came before is kept. If it happens again, name another mirror.',
        retry: 'soon',
    },
    {
        exitCodes: [1, 2, 3, 4],
        code: 'no-mirror',
        message: 'This rsync and the mirror do not understand each other.',
        hint: 'Install a current rsync (3.5.0 or later) here, or name another mirror.',
        retry: 'no',
    },
    {
        exitCodes: [20],
        code: 'no-mirror',
        message: 'The mirror ended the transfer.',
        hint: 'Run again: what came before is kept. If it happens again, name another mirror.',
        retry: 'soon',
    },
    {
        exitCodes: [22],
        code: 'failed',
        message: 'rsync ran out of memory.',
        hint: 'Ask for fewer files at once, or use a machine with more memory.',
        retry: 'no',
    },
    {
        exitCodes: [126, 127],
        code: 'failed',
        message: 'The rsync program could not run.',
        hint: 'Install rsync again, or name a working one by the input rsync-path.',
        retry: 'no',
    },
];
/** What a run of rsync that failed means, and what to do. */
function explainFailure(failure) {
    const how = howItEnded(failure);
    const details = {
        where: failure.url,
        found: failure.text === '' ? how : `${how}: ${printable(failure.text)}`,
    };
    if (failure.stopped === 'aborted') {
        const error = new build_error/* TfcacheError */.TM('failed', 'The transfer was cancelled.', {
            where: failure.url,
            hint: 'Run again: what is complete is kept, and what is partial is gone on from.',
        });
        return { error, retry: 'no' };
    }
    if (failure.stopped !== undefined) {
        const message = `The mirror made no progress for ${3 * failure.timeout} seconds; rsync was ended.`;
        const hint = 'Run again later, or name another mirror. What came before is kept.';
        return { error: new build_error/* TfcacheError */.TM('no-mirror', message, { ...details, hint }), retry: 'soon' };
    }
    if (failure.signal !== undefined) {
        const message = `rsync was ended by ${failure.signal}, not by tfcache.`;
        const hint = 'Look for a lack of memory on this machine; an old rsync that crashes is replaced by 3.5.0 or later.';
        return { error: new build_error/* TfcacheError */.TM('failed', message, { ...details, hint }), retry: 'no' };
    }
    for (const explanation of EXPLANATIONS) {
        const match = explanation.says?.exec(failure.text);
        const applies = match !== null && match !== undefined
            ? true
            : explanation.exitCodes?.includes(failure.exitCode ?? -1) === true;
        if (!applies)
            continue;
        const message = explanation.message
            .replace('$1', () => printable(match?.[1] ?? ''))
            .replace('$timeout', String(failure.timeout));
        const retry = explanation.retry === 'once-later' && failure.progressed ? 'soon' : explanation.retry;
        const error = new build_error/* TfcacheError */.TM(explanation.code, message, {
            ...details,
            hint: explanation.hint,
        });
        return { error, retry };
    }
    const hint = 'Run again; if it happens again, run the same rsync by hand, or name another mirror.';
    const error = new build_error/* TfcacheError */.TM('failed', 'rsync failed.', { ...details, hint });
    return { error, retry: 'no' };
}
function howItEnded(failure) {
    if (failure.signal !== undefined)
        return `rsync ended by ${failure.signal}`;
    return `rsync exit code ${failure.exitCode ?? 'unknown'}`;
}
/** Text of a peer as one bounded piece without control characters: it goes to logs that read commands from lines. */
function printable(text) {
    return text
        .replace(/\p{Cc}+/gu, ' ')
        .trim()
        .slice(0, 1000);
}

;// CONCATENATED MODULE: ./build/mirror/rsync/growth.js



/** Folders looked at in one turn: however many wait, a turn stays cheap. */
const FOLDERS_A_TURN = 64;
/** rsync's name for a file that it is receiving: `.NAME.XXXXXX` (receiver.c, get_tmpname()), in the file's folder. */
const TEMPORARY = /^\.(.+)\.[A-Za-z0-9]{6}$/s;
/** The name a temporary file of rsync will get; undefined for any other file. */
function temporaryFor(name) {
    return TEMPORARY.exec(name)?.[1];
}
/** Path of the partial data kept for a file. */
function partialPath(path) {
    const slash = path.lastIndexOf('/') + 1;
    return `${path.slice(0, slash)}${PARTIAL_FOLDER}/${path.slice(slash)}`;
}
/** Paths by folder, each folder's names as a set. */
function byFolder(paths) {
    const folders = new Map();
    for (const path of paths) {
        const slash = path.lastIndexOf('/');
        const folder = path.slice(0, Math.max(0, slash));
        const names = folders.get(folder);
        if (names === undefined)
            folders.set(folder, new Set([path.slice(slash + 1)]));
        else
            names.add(path.slice(slash + 1));
    }
    return folders;
}
/**
 * Sees how far the file is that rsync is receiving, by the size of its temporary file: one large file would otherwise show
 * no progress until it is complete.
 */
class Growth {
    #staging;
    /** Bytes that were there before, by path: rsync copies them first, they do not come over the wire. */
    #before;
    #seen = new Map();
    #turn = 0;
    constructor(staging, before) {
        this.#staging = staging;
        this.#before = before;
    }
    /** Bytes received of files not yet complete, and whether that changed since the last look. */
    async look(waiting) {
        const folders = [...byFolder(waiting)];
        const start = folders.length > FOLDERS_A_TURN ? (this.#turn++ * FOLDERS_A_TURN) % folders.length : 0;
        let inFlight = 0;
        let changed = false;
        for (const [folder, names] of folders.slice(start, start + FOLDERS_A_TURN)) {
            for (const entry of await namesIn((0,external_node_path_.join)(this.#staging, folder))) {
                const name = temporaryFor(entry);
                if (name === undefined || !names.has(name))
                    continue;
                const path = folder === '' ? name : `${folder}/${name}`;
                const size = await sizeOf((0,external_node_path_.join)(this.#staging, folder, entry));
                changed ||= this.#seen.get(path) !== size;
                this.#seen.set(path, size);
                inFlight += Math.max(0, size - (this.#before.get(path) ?? 0));
            }
        }
        return { inFlight, changed };
    }
}
async function namesIn(folder) {
    try {
        return await (0,promises_.readdir)(folder);
    }
    catch {
        // rsync has not made the folder yet: nothing is being received there.
        return [];
    }
}
async function sizeOf(path) {
    try {
        return (await (0,promises_.lstat)(path)).size;
    }
    catch {
        // Renamed between the two looks: it is complete, and its own line tells of it.
        return 0;
    }
}

// EXTERNAL MODULE: ./build/process/program.js
var program = __webpack_require__(2962);
// EXTERNAL MODULE: ./build/process/run.js + 1 modules
var run = __webpack_require__(5501);
;// CONCATENATED MODULE: ./build/mirror/rsync/install.js



const PACKAGE_MANAGERS = [
    {
        program: 'apt-get',
        commands: [
            ['apt-get', 'update'],
            ['apt-get', 'install', '-y', '--no-install-recommends', 'rsync'],
        ],
        asRoot: true,
    },
    { program: 'apk', commands: [['apk', 'add', '--no-cache', 'rsync']], asRoot: true },
    { program: 'dnf', commands: [['dnf', 'install', '-y', 'rsync']], asRoot: true },
    { program: 'microdnf', commands: [['microdnf', 'install', '-y', 'rsync']], asRoot: true },
    { program: 'yum', commands: [['yum', 'install', '-y', 'rsync']], asRoot: true },
    {
        program: 'zypper',
        commands: [['zypper', '--non-interactive', 'install', 'rsync']],
        asRoot: true,
    },
    { program: 'pacman', commands: [['pacman', '-Sy', '--noconfirm', 'rsync']], asRoot: true },
    { program: 'brew', commands: [['brew', 'install', 'rsync']], asRoot: false },
];
const INSTALL_LIMIT_MS = 10 * 60_000;
/**
 * Sees to it that the rsync program is there. When the user named none and it is missing, the system's package manager
 * installs it, if that needs no password; a program that the user named is never installed.
 *
 * @returns the path of the program.
 * @throws TfcacheError `failed` that names the command to run on this system.
 */
async function ensureRsync(options) {
    const { rsyncPath, environment, log } = options;
    const found = await (0,program/* findProgram */.K)(rsyncPath, environment);
    if (found !== undefined)
        return found;
    if (rsyncPath !== 'rsync') {
        throw new build_error/* TfcacheError */.TM('failed', 'The program named by the input rsync-path is not there.', {
            where: rsyncPath,
            hint: 'Correct rsync-path, or leave it out to use the rsync of this machine.',
        });
    }
    const manager = await findManager(environment);
    const prefix = manager === undefined ? undefined : await privileges(manager, options);
    if (manager === undefined || prefix === undefined)
        throw missing(manager);
    log.info(`rsync is missing; installing it with ${manager.program}.`);
    let output = '';
    for (const command of manager.commands) {
        const [program = '', ...args] = [...prefix, ...command];
        const result = await (0,run.runProgram)(program, args, {
            environment: { ...environment, DEBIAN_FRONTEND: 'noninteractive', LC_ALL: 'C' },
            timeLimit: INSTALL_LIMIT_MS,
            ...(options.signal === undefined ? {} : { signal: options.signal }),
        });
        output = result.stderr || result.stdout;
        // `apt-get update` fails when one of many sources is unreachable; the installation decides.
    }
    const installed = await (0,program/* findProgram */.K)(rsyncPath, environment);
    if (installed === undefined)
        throw missing(manager, output);
    return installed;
}
async function findManager(environment) {
    for (const manager of PACKAGE_MANAGERS) {
        if ((await (0,program/* findProgram */.K)(manager.program, environment)) !== undefined)
            return manager;
    }
    return undefined;
}
/** What stands before the command so that it may install; undefined when a password would be needed. */
async function privileges(manager, options) {
    const isRoot = options.isRoot ?? process.getuid?.() === 0;
    if (!manager.asRoot)
        return isRoot ? undefined : [];
    if (isRoot)
        return [];
    const { environment } = options;
    if ((await (0,program/* findProgram */.K)('sudo', environment)) === undefined)
        return undefined;
    const asked = await (0,run.runProgram)('sudo', ['-n', 'true'], { environment, timeLimit: 20_000 });
    return asked.exitCode === 0 ? ['sudo', '-n'] : undefined;
}
function missing(manager, output) {
    const sudo = manager?.asRoot ? 'sudo ' : '';
    const command = manager?.commands.map((words) => `${sudo}${words.join(' ')}`).join(' && ');
    const hint = command !== undefined
        ? `Install it before this step: ${command}`
        : process.platform === 'win32'
            ? 'There is no rsync on Windows by default: use an https:// mirror, or run this job in WSL or on Linux.'
            : "Install rsync with this system's package manager before this step.";
    return new build_error/* TfcacheError */.TM('failed', 'The program "rsync" is missing and could not be installed.', {
        hint,
        ...(output === undefined ? {} : { found: output.trim().slice(-500) }),
    });
}

;// CONCATENATED MODULE: ./build/mirror/rsync/name.js
const BACKSLASH = 0x5c;
const HASH = 0x23;
/**
 * The bytes of a name that rsync printed with `-8`: control bytes stand as `\#ooo` (three octal digits), and a backslash
 * as `\#134` where it would otherwise look like the start of one (rsync(1), "--8-bit-output").
 */
function unescapeName(printed) {
    if (!printed.includes('\\#'))
        return printed;
    const bytes = [];
    for (let at = 0; at < printed.length; at++) {
        const code = escapeAt(printed, at);
        bytes.push(code ?? printed[at] ?? 0);
        if (code !== undefined)
            at += 4;
    }
    return Buffer.from(bytes);
}
function escapeAt(printed, at) {
    if (printed[at] !== BACKSLASH || printed[at + 1] !== HASH)
        return undefined;
    const digits = printed.toString('latin1', at + 2, at + 5);
    return /^[0-3][0-7]{2}$/.test(digits) ? Number.parseInt(digits, 8) : undefined;
}
/** A printed name as text; undefined when its bytes are not UTF-8. */
function decodeName(printed) {
    try {
        return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(unescapeName(printed));
    }
    catch {
        // The decoder's only error: not UTF-8. The caller skips the name and says so.
        return undefined;
    }
}
/** True when a path from outside stays below the folder it is joined to: no absolute path, no `.`, `..` or empty name. */
function isSafePath(path) {
    if (path === '' || path.includes('\0'))
        return false;
    return path.split('/').every((name) => name !== '' && name !== '.' && name !== '..');
}

;// CONCATENATED MODULE: ./build/mirror/rsync/itemize.js

/**
 * One line of `--out-format=%i|%l|%b|%n` for a regular file: `>f…` was received, `.f…` was here already (rsync(1),
 * "--itemize-changes"). Undefined for every other line: folders, skipped specials, notices.
 */
function parseItemizeLine(line) {
    const match = /^([>.])f[^|]{9}\|(\d+)\|(\d+)\|([\s\S]+)$/.exec(line.toString('latin1'));
    if (match === null)
        return undefined;
    const [, update, size, received, name = ''] = match;
    const path = decodeName(Buffer.from(name, 'latin1'));
    if (path === undefined || !isSafePath(path))
        return undefined;
    return { path, fresh: update === '>', size: Number(size), received: Number(received) };
}

;// CONCATENATED MODULE: ./build/mirror/rsync/listing.js


// The form of generator.c, list_file_entry(), with --no-human-readable: mode, size, date and time, one space, the name.
const LINE = /^([-dlpscbD])\S{9,10}\s+(\d+) (\d{4,})\/(\d\d)\/(\d\d) (\d\d):(\d\d):(\d\d) ([\s\S]*)$/;
/** Undefined for a line that is no entry (a message of the day), `'unsafe'` for an entry whose name cannot be used. */
function parseListLine(line) {
    const match = LINE.exec(line.toString('latin1'));
    if (match === null)
        return undefined;
    const [, type, size, year, month, day, hour, minute, second, name = ''] = match;
    const printed = Buffer.from(name, 'latin1');
    const path = decodeName(printed);
    if (path === undefined || !(path === '.' || isSafePath(path)))
        return 'unsafe';
    return {
        kind: type === '-' ? 'file' : type === 'd' ? 'folder' : 'other',
        path: path === '.' ? '' : path,
        size: Number(size),
        mtime: Date.UTC(Number(year), Number(month) - 1, Number(day), Number(hour), Number(minute), Number(second)) / 1000,
    };
}
/** Gathers the lines of one listing. */
class ListingReader {
    skipped = { special: 0, unsafe: 0, example: undefined };
    files = [];
    #folders = new Set();
    #limit;
    /** `limit`: entries a listing may have; a mirror that lists without end must not fill the memory. */
    constructor(limit = 2_000_000) {
        this.#limit = limit;
    }
    add(line) {
        const entry = parseListLine(line);
        if (entry === undefined)
            return;
        if (entry === 'unsafe') {
            this.skipped.unsafe++;
            this.skipped.example ??= line.toString('utf8');
            return;
        }
        if (this.files.length + this.#folders.size >= this.#limit) {
            throw new build_error/* TfcacheError */.TM('no-mirror', 'The mirror lists more than can be taken in.', {
                expected: `at most ${this.#limit} entries`,
                hint: 'Ask for a folder further down, so that less is listed.',
            });
        }
        if (entry.kind === 'folder') {
            this.#folders.add(entry.path);
        }
        else if (entry.kind === 'file') {
            this.files.push({ path: entry.path, size: entry.size, mtime: entry.mtime });
        }
        else {
            this.skipped.special++;
            this.skipped.example ??= line.toString('utf8');
        }
    }
    /** True when the name asked for as a folder is a file: rsync lists it, and then may break off. */
    isFile(path) {
        return this.files.some((file) => file.path === path);
    }
    hasFolder(folder) {
        return this.#folders.has(folder);
    }
    /** What was listed, by folder; `asked` gives the order. */
    folders(asked) {
        const byFolder = new Map();
        const content = (folder) => {
            const known = byFolder.get(folder) ?? { files: [], folders: [] };
            byFolder.set(folder, known);
            return known;
        };
        for (const file of this.files)
            content(parentOf(file.path)).files.push(file);
        for (const folder of this.#folders) {
            if (folder !== '')
                content(parentOf(folder)).folders.push(nameOf(folder));
        }
        return asked.map((folder) => this.hasFolder(folder)
            ? { folder, exists: true, ...content(folder) }
            : { folder, exists: false, files: [], folders: [] });
    }
}
function parentOf(path) {
    return path.slice(0, Math.max(0, path.lastIndexOf('/')));
}
function nameOf(path) {
    return path.slice(path.lastIndexOf('/') + 1);
}

;// CONCATENATED MODULE: ./build/mirror/rsync/meter.js
/** Counts what came over the wire, so that the sum told never falls back and never counts a byte twice. */
class Meter {
    #onBytes;
    #complete = 0;
    #told = 0;
    constructor(onBytes) {
        this.#onBytes = onBytes;
    }
    get total() {
        return this.#told;
    }
    /** A file is complete: `bytes` came for it. */
    completed(bytes) {
        this.#complete += bytes;
        this.#tell(this.#complete);
    }
    /** `bytes` came so far for what is not complete yet. */
    inFlight(bytes) {
        this.#tell(this.#complete + bytes);
    }
    /** A further run begins: what came before it stays counted. */
    nextRun() {
        this.#complete = this.#told;
    }
    #tell(total) {
        if (total <= this.#told)
            return;
        const more = total - this.#told;
        this.#told = total;
        this.#onBytes(more);
    }
}

;// CONCATENATED MODULE: ./build/mirror/rsync/modules.js



const SHOWN = 20;
/**
 * Asks a daemon which modules it offers, for the message about one that it does not have. Undefined when it does not say:
 * this is a courtesy, the error that led here stands anyway.
 */
async function offeredModules(url, program, signal) {
    const timeout = Math.min(program.timeout, 20);
    const result = await (0,run.runProgram)(program.rsyncPath, moduleListArguments(formatHost(url), { timeout }), {
        environment: program.environment,
        timeLimit: 2_000 * timeout,
        ...(signal === undefined ? {} : { signal }),
    });
    if (result.exitCode !== 0)
        return undefined;
    const names = parseModules(result.stdout);
    if (names.length === 0)
        return 'It offers no module by name.';
    const more = names.length > SHOWN ? `, and ${names.length - SHOWN} more` : '';
    return `It offers: ${names.slice(0, SHOWN).join(', ')}${more}.`;
}
/** The names in a daemon's list: each padded to 15 columns, a tab, a comment. A message of the day has no such tab. */
function parseModules(printed) {
    const names = [];
    for (const line of printed.split('\n')) {
        const name = /^(\S[^\t]*?)\s*\t/.exec(line)?.[1];
        if (name !== undefined)
            names.push(name);
    }
    return names;
}

;// CONCATENATED MODULE: ./build/mirror/rsync/partial.js




/**
 * Makes what an rsync that was killed outright left behind (`.NAME.XXXXXX`) into partial data from which the next one goes
 * on: rsync itself keeps it only when it is asked to end. Sound because rsync compares every block of partial data with the
 * mirror's file, and the whole by checksum.
 *
 * @returns the bytes of partial data there are, by path.
 */
async function adoptPartialData(staging, paths) {
    const sizes = new Map();
    for (const [folder, names] of byFolder(paths)) {
        const at = (name) => (folder === '' ? name : `${folder}/${name}`);
        const entries = await readFolder((0,external_node_path_.join)(staging, folder));
        for (const entry of entries) {
            const name = temporaryFor(entry);
            if (name !== undefined && names.has(name)) {
                await adopt((0,external_node_path_.join)(staging, at(entry)), (0,external_node_path_.join)(staging, partialPath(at(name))));
            }
        }
        if (entries.length === 0)
            continue;
        for (const name of names) {
            const size = regularSize((0,external_node_path_.join)(staging, partialPath(at(name))));
            if (size > 0)
                sizes.set(at(name), size);
        }
    }
    return sizes;
}
/** The longer of the two stays. */
async function adopt(orphan, partial) {
    if (regularSize(orphan) <= regularSize(partial)) {
        await (0,promises_.rm)(orphan, { force: true });
        return;
    }
    await (0,promises_.mkdir)((0,external_node_path_.dirname)(partial), { recursive: true, mode: 0o700 });
    await (0,promises_.rename)(orphan, partial);
}
function regularSize(path) {
    const stat = (0,external_node_fs_.lstatSync)(path, { throwIfNoEntry: false });
    return stat?.isFile() ? stat.size : 0;
}
async function readFolder(folder) {
    try {
        return await (0,promises_.readdir)(folder);
    }
    catch {
        // Not made yet: nothing was left there.
        return [];
    }
}

// EXTERNAL MODULE: external "node:timers/promises"
var external_node_timers_promises_ = __webpack_require__(8500);
;// CONCATENATED MODULE: ./build/mirror/rsync/retry.js

const FIRST_PAUSE_MS = 3_000;
const LONGEST_PAUSE_MS = 60_000;
/**
 * Tries until it works, until `retries` is used up, or until trying again makes no sense. Pauses grow (3, 12, 48, 60 … s);
 * after a reset, which public mirrors answer to those who come too often, there is one further try after the longest pause.
 *
 * @throws the error of the last try.
 */
async function withRetries(attempt, options) {
    const sleep = options.sleep ?? politeSleep;
    let laterUsed = false;
    for (let tries = 0;; tries++) {
        const outcome = await attempt();
        if ('value' in outcome)
            return outcome.value;
        const { error, retry } = outcome.failed;
        const last = retry === 'no' || tries >= options.retries || (retry === 'once-later' && laterUsed);
        if (last || options.signal?.aborted)
            throw error;
        laterUsed ||= retry === 'once-later';
        const pause = retry === 'once-later'
            ? LONGEST_PAUSE_MS
            : Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 4 ** tries);
        options.log.info(`${error.message} (${error.where ?? ''}) Trying again in ${pause / 1000} s, ` +
            `further try ${tries + 1} of ${retry === 'once-later' ? 1 : options.retries}.`);
        await sleep(pause, options.signal);
        if (options.signal?.aborted)
            throw error;
    }
}
const politeSleep = async (milliseconds, signal) => {
    try {
        await (0,external_node_timers_promises_.setTimeout)(milliseconds, undefined, signal === undefined ? {} : { signal });
    }
    catch (error) {
        // An abort ends the pause; whoever waits looks at the signal.
        if (!signal?.aborted)
            throw error;
    }
};

;// CONCATENATED MODULE: ./build/mirror/rsync/lines.js

/** Splits a stream of bytes into lines, holding no more than one line. */
class Lines {
    #onLine;
    #limit;
    #rest = Buffer.alloc(0);
    /** `limit`: bytes a line may have; a longer one throws, for no name is that long. */
    constructor(onLine, limit = 64 * 1024) {
        this.#onLine = onLine;
        this.#limit = limit;
    }
    add(chunk) {
        let start = 0;
        for (;;) {
            const end = chunk.indexOf(0x0a, start);
            if (end === -1)
                break;
            const piece = chunk.subarray(start, end);
            const line = this.#rest.length === 0 ? piece : Buffer.concat([this.#rest, piece]);
            this.#rest = Buffer.alloc(0);
            start = end + 1;
            this.#onLine(line);
        }
        if (start === chunk.length)
            return;
        this.#rest = Buffer.concat([this.#rest, chunk.subarray(start)]);
        if (this.#rest.length > this.#limit) {
            throw new build_error/* TfcacheError */.TM('no-mirror', 'The mirror sent a line without end.', {
                expected: `at most ${this.#limit} bytes`,
                hint: 'This is no listing or transfer of an honest rsync daemon. Name another mirror.',
            });
        }
    }
    /** What stands after the last line feed is a line too. */
    end() {
        if (this.#rest.length > 0)
            this.#onLine(this.#rest);
        this.#rest = Buffer.alloc(0);
    }
}

;// CONCATENATED MODULE: ./build/mirror/rsync/complaints.js

const ABSENT = /link_stat ".*"(?: \(in .*\))? failed: .* \((?:2|20)\)$/s;
const VANISHED = /^file has vanished: /;
/** rsync's last line, which only sums up what was said before. */
const SUMMARY = /^rsync (?:error|warning): some files(?:\/attrs| vanished)/;
/** A daemon that has nothing to send hangs up while rsync is still on its way out: after the summary this means nothing. */
const HUNG_UP = /^rsync: (?:\[[a-z]+\] )?read error: Connection reset by peer/i;
const KEPT = 20;
/** What rsync says on standard error, sorted as it comes: however much it says, little is kept. */
class Complaints {
    /** Names asked for that the mirror does not have (errno 2 or 20, whatever the language of the message). */
    absent = 0;
    vanished = 0;
    /** Everything else: the first lines. */
    other = [];
    #summed = false;
    #lines = new Lines((line) => this.#sort(line.toString('utf8').trimEnd()));
    add(chunk) {
        this.#lines.add(chunk);
    }
    end() {
        this.#lines.end();
    }
    /** True when nothing was said but that names are absent or went away. */
    get onlyAbsent() {
        return this.other.length === 0;
    }
    get text() {
        return this.other.join('\n');
    }
    #sort(line) {
        if (SUMMARY.test(line))
            this.#summed = true;
        if (line === '' || SUMMARY.test(line))
            return;
        if (this.#summed && HUNG_UP.test(line))
            return;
        if (ABSENT.test(line))
            this.absent++;
        else if (VANISHED.test(line))
            this.vanished++;
        else if (this.other.length < KEPT)
            this.other.push(line);
    }
}

;// CONCATENATED MODULE: ./build/mirror/rsync/session.js



/** Runs rsync once, watched for progress. */
async function runSession(options) {
    const complaints = new Complaints();
    const lines = new Lines((line) => options.onLine(line));
    const stalled = new AbortController();
    const cancel = options.signal;
    const watch = new ProgressWatch(options.stallLimit, options.hasProgressed, () => stalled.abort());
    try {
        const result = await (0,run.runProgram)(options.rsyncPath, options.args, {
            environment: options.environment,
            input: Buffer.from(options.names.map((name) => `${name}\0`).join(''), 'utf8'),
            signal: cancel === undefined ? stalled.signal : AbortSignal.any([cancel, stalled.signal]),
            onStdout: (chunk) => {
                watch.progressed();
                lines.add(chunk);
            },
            onStderr: (chunk) => complaints.add(chunk),
        });
        lines.end();
        complaints.end();
        const stopped = stalled.signal.aborted && cancel?.aborted !== true ? 'stalled' : result.stopped;
        return { exitCode: result.exitCode, signal: result.signal, stopped, complaints };
    }
    finally {
        watch.stop();
    }
}
/** Calls `onStall` once when nothing moved for too long. */
class ProgressWatch {
    #last = performance.now();
    #asking = false;
    #timer;
    constructor(limit, hasProgressed, onStall) {
        const interval = Math.max(20, Math.min(1000, limit / 4));
        this.#timer = setInterval(() => {
            const quiet = performance.now() - this.#last;
            if (quiet > limit)
                onStall();
            else if (hasProgressed !== undefined && quiet >= interval / 2)
                this.#ask(hasProgressed);
        }, interval);
    }
    progressed() {
        this.#last = performance.now();
    }
    stop() {
        clearInterval(this.#timer);
    }
    #ask(hasProgressed) {
        if (this.#asking)
            return;
        this.#asking = true;
        hasProgressed().then((progressed) => {
            if (progressed)
                this.progressed();
            this.#asking = false;
        }, 
        // A folder that cannot be read now is asked about again at the next turn.
        () => {
            this.#asking = false;
        });
    }
}

// EXTERNAL MODULE: ./node_modules/valibot/dist/index.mjs
var dist = __webpack_require__(7934);
;// CONCATENATED MODULE: ./build/mirror/rsync/version.js



/** Below this a mirror can write files that were not asked for (CVE-2022-29154). */
const OLDEST = '3.2.5';
/** Below this something is known by which a mirror can harm who pulls from it, unless the distribution patched it. */
const SOUND = '3.5.0';
const Probe = dist/* object */.Ikc({ program: dist/* literal */.euz('rsync'), version: dist/* string */.YjP() });
/**
 * Asks rsync which version it is: `rsync -VV` prints JSON, older ones print text.
 *
 * @throws TfcacheError `failed` for versions that cannot be used safely, and for openrsync, which lacks what is needed.
 */
async function probeRsync(rsyncPath, environment) {
    const result = await (0,run.runProgram)(rsyncPath, ['-VV'], { environment, timeLimit: 20_000 });
    return judgeVersion(rsyncPath, `${result.stdout}\n${result.stderr}`);
}
/** The verdict on what `rsync -VV` printed. */
function judgeVersion(rsyncPath, printed) {
    if (/openrsync/.test(printed)) {
        throw new build_error/* TfcacheError */.TM('failed', 'This rsync is openrsync, which lacks options that are needed.', {
            where: rsyncPath,
            found: firstLine(printed),
            hint: 'Install the original (macOS: `brew install rsync`) and name it by the input rsync-path, for example /opt/homebrew/bin/rsync.',
        });
    }
    const version = readVersion(printed);
    if (version === undefined) {
        throw new build_error/* TfcacheError */.TM('failed', 'The program named by rsync-path does not seem to be rsync.', {
            where: rsyncPath,
            expected: 'a version, as rsync -VV prints it',
            found: firstLine(printed) || 'nothing',
            hint: 'Name the rsync program by the input rsync-path.',
        });
    }
    if (isOlder(version, OLDEST)) {
        throw new build_error/* TfcacheError */.TM('failed', `rsync ${version} is too old to be used safely.`, {
            where: rsyncPath,
            expected: `${OLDEST} or later, best ${SOUND} or later`,
            found: version,
            hint: 'Older ones let a mirror write files that were not asked for (CVE-2022-29154). Install a current rsync.',
        });
    }
    const warning = isOlder(version, SOUND)
        ? `rsync ${version} at ${rsyncPath}: ${knownFaults(version)} Distributions patch without changing the number; ` +
            `rsync ${SOUND} or later is sound.`
        : undefined;
    return { version, warning };
}
function knownFaults(version) {
    const faults = [
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
            return numbersOf(dist/* parse */.qgA(Probe, JSON.parse(json)).version);
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

;// CONCATENATED MODULE: ./build/mirror/rsync/rsync-mirror.js


















/**
 * A mirror behind an rsync daemon. Nothing is run or contacted before the first listing or fetch.
 *
 * @throws TfcacheError `usage` for a URL that cannot be used.
 */
function createRsyncMirror(options) {
    // Refused now, not in the middle of a run.
    parseRsyncUrl(options.url.replaceAll('{bucket}', 'bucket'));
    const withoutUser = options.url.replace(/^(rsync:\/\/)?[^@/]*@/, '$1');
    return new RsyncMirror(withoutUser, options);
}
class RsyncMirror {
    url;
    #options;
    #environment;
    #program;
    constructor(url, options) {
        this.url = url;
        this.#options = options;
        this.#environment = rsyncEnvironment(options.environment, options.password);
    }
    serves(bucket) {
        return this.#options.bucket === undefined || this.#options.bucket === bucket;
    }
    async listFolders(bucket, folders, signal) {
        if (folders.length === 0)
            return [];
        const reader = await this.#list(bucket, folders, 'one-level', signal);
        return reader.folders(folders);
    }
    async listTree(bucket, folder, signal) {
        const reader = await this.#list(bucket, [folder], 'tree', signal);
        // A file of that name is listed as well when there is no such folder.
        return reader.hasFolder(folder) ? reader.files : [];
    }
    async fetch(bucket, files, staging, events, signal) {
        if (files.length === 0)
            return { bytesReceived: 0, missing: [] };
        for (const file of files)
            refuseUnsafe(file.path);
        await (0,promises_.mkdir)(staging, { recursive: true });
        const url = this.#source(bucket);
        const args = fetchArguments(url, staging, this.#options);
        const meter = new Meter((bytes) => events.onBytes(bytes));
        let waiting = [...new Set(files.map((file) => file.path))];
        await this.#retrying(signal, async () => {
            const growth = new Growth(staging, await adoptPartialData(staging, waiting));
            const arrivals = new Arrivals(staging, waiting, events);
            meter.nextRun();
            const before = waiting.length;
            const result = await this.#run({
                url,
                args,
                names: waiting,
                signal,
                onLine: (line) => {
                    const file = parseItemizeLine(line);
                    if (file === undefined || !arrivals.isWaiting(file.path))
                        return;
                    meter.completed(file.received);
                    arrivals.announce(file);
                },
                hasProgressed: async () => {
                    const { inFlight, changed } = await growth.look(arrivals.waiting);
                    meter.inFlight(inFlight);
                    return changed;
                },
            }).finally(() => arrivals.end());
            waiting = arrivals.waiting;
            // Whatever rsync says, what matters is whether everything that was asked for is here.
            if (waiting.length === 0 || isComplete(result))
                return { value: undefined };
            return { failed: await this.#explain(url, result, waiting.length < before, signal) };
        });
        return { bytesReceived: meter.total, missing: waiting };
    }
    async #list(bucket, folders, depth, signal) {
        for (const folder of folders)
            if (folder !== '')
                refuseUnsafe(folder);
        const url = this.#source(bucket);
        const reader = await this.#retrying(signal, async () => {
            const attempt = new ListingReader();
            const result = await this.#run({
                url,
                args: listArguments(url, depth, this.#options),
                names: [...new Set(folders)].map((folder) => (folder === '' ? './' : `${folder}/`)),
                signal,
                onLine: (line) => attempt.add(line),
            });
            const isNoFolder = depth === 'tree' && folders.some((folder) => attempt.isFile(folder));
            if (isComplete(result) || isNoFolder)
                return { value: attempt };
            return { failed: await this.#explain(url, result, attempt.files.length > 0, signal) };
        });
        const { special, unsafe, example } = reader.skipped;
        if (special + unsafe > 0) {
            this.#options.log.warning(`${this.url}: left out ${special} entries that are no regular files (links, devices) and ` +
                `${unsafe} whose names cannot be used (not UTF-8, or leading outside); one of them: ${example ?? ''}`);
        }
        return reader;
    }
    #source(bucket) {
        if (!/^\w[\w.-]*$/.test(bucket)) {
            throw new build_error/* TfcacheError */.TM('usage', `${JSON.stringify(bucket)} cannot be the name of a bucket.`, {
                hint: 'Buckets are named with letters, digits, dots, dashes and underscores.',
            });
        }
        return parseRsyncUrl(this.#options.url.replaceAll('{bucket}', bucket));
    }
    /** The rsync program, made sure of once. */
    #rsync() {
        this.#program ??= this.#prepare();
        return this.#program;
    }
    async #prepare() {
        const { rsyncPath, log, environment } = this.#options;
        const path = await ensureRsync({ rsyncPath, environment, log });
        const { warning } = await probeRsync(path, this.#environment);
        if (warning !== undefined)
            log.warning(warning);
        return path;
    }
    async #run(run) {
        const rsyncPath = await this.#rsync();
        this.#options.log.debug(`${rsyncPath} ${run.args.map((arg) => JSON.stringify(arg)).join(' ')}`);
        return runSession({
            rsyncPath,
            environment: this.#environment,
            args: run.args,
            names: run.names,
            onLine: run.onLine,
            stallLimit: 3_000 * this.#options.timeout,
            signal: run.signal,
            ...(run.hasProgressed === undefined ? {} : { hasProgressed: run.hasProgressed }),
        });
    }
    #retrying(signal, attempt) {
        const { retries, log, sleep } = this.#options;
        return withRetries(attempt, {
            retries,
            log,
            signal,
            ...(sleep === undefined ? {} : { sleep }),
        });
    }
    async #explain(url, result, progressed, signal) {
        const { complaints, ...ended } = result;
        const explained = explainFailure({
            ...ended,
            text: complaints.text,
            progressed,
            url: formatRsyncUrl({ ...url, user: undefined }),
            timeout: this.#options.timeout,
        });
        if (!/@ERROR: Unknown module/.test(complaints.text))
            return explained;
        const program = {
            rsyncPath: await this.#rsync(),
            environment: this.#environment,
            timeout: this.#options.timeout,
        };
        const offer = await offeredModules(url, program, signal);
        if (offer === undefined)
            return explained;
        const { code, message, hint, where, found } = explained.error;
        const error = new build_error/* TfcacheError */.TM(code, message, {
            hint: `${hint ?? ''} ${offer}`.trim(),
            ...(where === undefined ? {} : { where }),
            ...(found === undefined ? {} : { found }),
        });
        return { error, retry: explained.retry };
    }
}
/** True when rsync did all there was to do: names that the mirror does not have are an answer, not a failure. */
function isComplete(result) {
    if (result.stopped !== undefined)
        return false;
    if (result.exitCode === 0)
        return true;
    const { complaints } = result;
    const absent = complaints.absent + complaints.vanished > 0;
    return (result.exitCode === 23 || result.exitCode === 24) && absent && complaints.onlyAbsent;
}
function refuseUnsafe(path) {
    if (isSafePath(path))
        return;
    throw new build_error/* TfcacheError */.TM('usage', `${JSON.stringify(path)} is no path inside a bucket.`, {
        hint: 'Paths are relative, without "." and "..", with "/" between names.',
    });
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
        await withChild((child) => stopper.watch(child), async () => {
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
