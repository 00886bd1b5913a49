export const id = 612;
export const ids = [612];
export const modules = {

/***/ 8753:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Dn: () => (/* binding */ partialPath),
/* harmony export */   U_: () => (/* binding */ Growth),
/* harmony export */   c1: () => (/* binding */ byFolder),
/* harmony export */   vM: () => (/* binding */ temporaryFor)
/* harmony export */ });
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(1455);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(6760);
/* harmony import */ var _own_names_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(2421);



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
    return `${path.slice(0, slash)}${_own_names_js__WEBPACK_IMPORTED_MODULE_2__/* .PARTIAL_FOLDER */ .D2}/${path.slice(slash)}`;
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
 * Sees how far the file is that rsync is receiving, by its temporary file, or by its partial data: one large file would otherwise show
 * no progress until it is complete.
 */
class Growth {
    #staging;
    /** Bytes that were there before, by path: rsync copies them first, they do not come over the wire. */
    #before;
    /** Size and time of each file that was looked at. */
    #states = new Map();
    #sizes = new Map();
    #turn = 0;
    constructor(staging, before) {
        this.#staging = staging;
        this.#before = before;
    }
    /**
     * Bytes received of files not yet complete, whether that changed since the last look, and the size of each of these files so
     * far.
     */
    async look(waiting) {
        const folders = [...byFolder(waiting)];
        const start = folders.length > FOLDERS_A_TURN ? (this.#turn++ * FOLDERS_A_TURN) % folders.length : 0;
        let inFlight = 0;
        let changed = false;
        const see = async (path, at) => {
            const { size, time } = await stateOf(at);
            const state = `${size} ${time}`;
            changed ||= this.#states.get(at) !== state;
            this.#states.set(at, state);
            this.#sizes.set(path, size);
            inFlight += Math.max(0, size - (this.#before.get(path) ?? 0));
        };
        for (const [folder, names] of folders.slice(start, start + FOLDERS_A_TURN)) {
            const pathOf = (name) => (folder === '' ? name : `${folder}/${name}`);
            for (const entry of await namesIn((0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(this.#staging, folder))) {
                const name = temporaryFor(entry);
                if (name === undefined)
                    continue;
                const at = (0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(this.#staging, folder, entry);
                if (names.has(name))
                    await see(pathOf(name), at);
                // Not asked for, in a folder that was: no progress, but it must not fill the disk.
                else
                    this.#sizes.set(pathOf(name), (await stateOf(at)).size);
            }
            // A file that is gone on with grows where its partial data is.
            for (const name of await namesIn((0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(this.#staging, folder, _own_names_js__WEBPACK_IMPORTED_MODULE_2__/* .PARTIAL_FOLDER */ .D2))) {
                if (!names.has(name))
                    continue;
                await see(pathOf(name), (0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(this.#staging, folder, _own_names_js__WEBPACK_IMPORTED_MODULE_2__/* .PARTIAL_FOLDER */ .D2, name));
            }
        }
        return { inFlight, changed, sizes: this.#sizes };
    }
}
async function namesIn(folder) {
    try {
        return await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.readdir)(folder);
    }
    catch {
        // rsync has not made the folder yet: nothing is being received there.
        return [];
    }
}
async function stateOf(path) {
    try {
        const { size, mtimeMs } = await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.lstat)(path);
        return { size, time: mtimeMs };
    }
    catch {
        // Renamed between the two looks: it is complete, and its own line tells of it.
        return { size: 0, time: 0 };
    }
}


/***/ }),

/***/ 1612:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  createRsyncMirror: () => (/* binding */ createRsyncMirror)
});

// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
// EXTERNAL MODULE: ./build/error.js
var build_error = __webpack_require__(5602);
// EXTERNAL MODULE: ./build/mirror/rsync/capabilities.js
var rsync_capabilities = __webpack_require__(2036);
// EXTERNAL MODULE: ./build/mirror/rsync/own-names.js
var own_names = __webpack_require__(2421);
;// CONCATENATED MODULE: ./build/mirror/rsync/ssh-url.js

const URL_FORM = /^ssh:\/\/(?:([^@/]*)@)?(\[[^\]/]*\]|[^:/@[\]]*)(?::([^/]*))?(\/.*)?$/;
const SSH_PORT = 22;
/**
 * Reads `ssh://[user@]host[:port]/path/`. The path is absolute on the far machine, is taken literally (nothing is
 * percent-decoded) and holds no wildcards, which the far rsync would expand.
 *
 * @throws TfcacheError `usage` that says which part cannot be used, without printing a password.
 */
function parseSshUrl(text) {
    const refuse = (what, hint) => {
        return new build_error/* TfcacheError */.TM('usage', `This mirror URL cannot be used: ${what}.`, {
            where: text.replace(/^(ssh:\/\/[^@/:]*):[^/]*@/, '$1:***@'),
            hint,
        });
    };
    if (/[\s\p{Cc}]/u.test(text)) {
        throw refuse('it holds white space or control characters', 'Remove them.');
    }
    const [, user, bracketed = '', portText, path = '/'] = URL_FORM.exec(text) ?? [];
    if (!URL_FORM.test(text)) {
        throw refuse('it is not an ssh URL', 'Write ssh://user@host/path/.');
    }
    if (user?.includes(':')) {
        throw refuse('it holds a password', 'Log in by a key: leave only the user name in the URL and put the key into the input ssh-private-key.');
    }
    // Neither name may be read as an option, nor as anything by the ssh that rsync starts.
    if (user !== undefined && !/^\w[\w.+-]*$/.test(user)) {
        throw refuse('its user name is not one', 'Write ssh://user@host/path/.');
    }
    const host = bracketed.replace(/^\[|\]$/g, '');
    const isHost = bracketed.startsWith('[')
        ? /^[0-9a-fA-F:.]+(%[\w.-]+)?$/.test(host)
        : /^\w[\w.-]*$/.test(host);
    if (!isHost) {
        throw refuse('its host is neither a name nor an address', 'Write ssh://user@host/path/; an IPv6 address stands in brackets: ssh://user@[::1]/path/.');
    }
    const port = portText === undefined ? SSH_PORT : Number(portText);
    if (!(/^\d+$/.test(portText ?? '22') && port >= 1 && port <= 65535)) {
        throw refuse('its port is not a number from 1 to 65535', 'Write ssh://user@host:22/path/.');
    }
    const names = path.split('/').filter((name) => name !== '');
    if (names.length === 0) {
        throw refuse('it names no folder', 'Write the whole path of the folder: ssh://user@host/path/.');
    }
    if (names.some((name) => name === '.' || name === '..' || name === '~')) {
        throw refuse('it holds ".", ".." or "~"', 'Write the whole path of the folder.');
    }
    if (/[*?[\]\\]/.test(path)) {
        throw refuse('its path holds one of * ? [ ] \\', 'Name one folder, without wildcards.');
    }
    return { user, host, port, path: `/${names.join('/')}/` };
}

// EXTERNAL MODULE: ./build/mirror/rsync/url.js
var rsync_url = __webpack_require__(6369);
;// CONCATENATED MODULE: ./build/mirror/rsync/remote.js


/** @throws TfcacheError `usage` for a URL that cannot be used. */
function parseRemote(written) {
    const text = written.replace(/^[a-z]+:/i, (scheme) => scheme.toLowerCase());
    return text.startsWith('ssh://')
        ? { over: 'ssh', url: parseSshUrl(text) }
        : { over: 'daemon', url: (0,rsync_url/* parseRsyncUrl */.Gb)(text) };
}
/** The operand for rsync, always with a slash at its end, so that the folder's content is meant and not the folder. */
function formatOperand(remote) {
    if (remote.over === 'daemon')
        return (0,rsync_url/* formatRsyncUrl */.ey)(remote.url);
    const { user, host, path } = remote.url;
    return `${user === undefined ? '' : `${user}@`}${bracketed(host)}:${path}`;
}
/** For messages: without the user. */
function formatPlace(remote) {
    if (remote.over === 'daemon')
        return (0,rsync_url/* formatRsyncUrl */.ey)({ ...remote.url, user: undefined });
    const { host, port, path } = remote.url;
    return `ssh://${bracketed(host)}${port === 22 ? '' : `:${port}`}${path}`;
}
function bracketed(host) {
    return host.includes(':') ? `[${host}]` : host;
}

;// CONCATENATED MODULE: ./build/mirror/rsync/arguments.js




/**
 * Lists the content of the folders named on standard input, each as `folder/` (`./` is the root), ended by NUL; one level
 * deep, or the whole tree.
 */
function listArguments(remote, depth, options) {
    return [
        '--list-only',
        ...(depth === 'tree' ? ['-r'] : ['--dirs']),
        ...ifKnown(['--no-human-readable'], options),
        ...common(remote, options),
        '--',
        formatOperand(remote),
        // A listing writes nothing, yet rsync wants a destination beside --files-from.
        '.',
    ];
}
/**
 * Lists one folder of a daemon that is named as an operand: without --files-from the daemon need not wait for names, which
 * is 50 ms less even on one machine. The daemon expands wildcards in operands, so the name must be a plain one.
 *
 * @param folder see {@link isPlainFolder}; `''` is the root.
 */
function listOneArguments(remote, depth, folder, options) {
    return [
        '--list-only',
        '--relative',
        ...(depth === 'tree' ? ['-r'] : ['--dirs']),
        ...ifKnown(['--no-human-readable'], options),
        ...common(remote, options).filter((option) => !FOR_FILES_FROM.includes(option)),
        '--',
        // Names begin behind the dot (rsync(1), "--relative").
        `${formatOperand(remote)}./${folder === '' ? '' : `${folder}/`}`,
    ];
}
const FOR_FILES_FROM = ['--from0', '--files-from=-'];
/** Whether a folder's name means itself to every daemon, whatever it does with wildcards and escapes. */
function isPlainFolder(folder) {
    return folder === '' || /^[A-Za-z0-9_][\w.-]*(\/[A-Za-z0-9_][\w.-]*)*$/.test(folder);
}
/**
 * Fetches the files named on standard input, each ended by NUL, into the folder `staging`: regular files with their times
 * and nothing else (no -l -D -p -o -g -H -X), uncompressed, nothing deleted, and a line on standard output for each file
 * when it is complete (`%b` in the format makes rsync wait for the end of the file).
 */
function fetchArguments(remote, staging, options) {
    return [
        '-t',
        // A file that its owner cannot read on the mirror is still readable here.
        ...ifKnown(['--chmod=D755,F644'], options),
        `--partial-dir=${own_names/* PARTIAL_FOLDER */.D2}`,
        // Twice: files that are already here are told as well.
        ...(tellsFiles(options.capabilities) ? ['-ii', '--out-format=%i|%l|%b|%n'] : []),
        ...ifKnown(['--outbuf=L'], options),
        ...(options.bandwidthLimit === undefined ? [] : [`--bwlimit=${options.bandwidthLimit}`]),
        ...(options.largest === undefined ? [] : ifKnown([`--max-size=${options.largest}`], options)),
        ...common(remote, options),
        '--',
        formatOperand(remote),
        `${staging}/`,
    ];
}
/** False for an rsync that does not say which files are complete: what stands there at its end must be looked at. */
function tellsFiles(capabilities = rsync_capabilities/* CURRENT */.eN) {
    return capabilities.has('--out-format') && capabilities.has('--itemize-changes');
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
function common(remote, options) {
    return [
        '--from0',
        '--files-from=-',
        ...ifKnown([
            // The folders above a name stay out of the list: they are ours, with our permissions, whatever they are on the mirror.
            '--no-implied-dirs',
            '--8-bit-output',
            '--no-motd',
        ], options),
        `--timeout=${options.timeout}`,
        ...(remote.over === 'daemon'
            ? ifKnown([`--contimeout=${options.timeout}`], options)
            : ['-e', options.remoteShell ?? 'false', ...protectArguments(remote.url.path, options)]),
    ];
}
/**
 * The far shell sees no path: names go over the protocol. An rsync that cannot do that is given only paths that mean nothing to
 * a shell.
 */
function protectArguments(path, { capabilities = rsync_capabilities/* CURRENT */.eN }) {
    if (capabilities.has('--secluded-args'))
        return ['--secluded-args'];
    if (capabilities.has('--protect-args'))
        return ['--protect-args'];
    if (/^[\w./@%+=:,-]*$/.test(path))
        return [];
    throw new build_error/* TfcacheError */.TM('usage', 'This rsync cannot keep the path from the far shell.', {
        where: path,
        hint: 'Install a current rsync and name it by the input rsync-path, or use a path of letters, digits, . _ and -.',
    });
}
function ifKnown(options, { capabilities = rsync_capabilities/* CURRENT */.eN }) {
    return options.filter((option) => capabilities.has(option.replace(/=.*/, '')));
}

// EXTERNAL MODULE: ./build/mirror/rsync/environment.js
var environment = __webpack_require__(3997);
;// CONCATENATED MODULE: ./build/mirror/rsync/exit-on-the-way.js
/** What goes wrong with SSH, before an rsync on the far side says anything. First match wins. */
const SSH_EXPLANATIONS = [
    {
        over: 'ssh',
        says: /REMOTE HOST IDENTIFICATION HAS CHANGED|Host key for \S+ has changed|host key \S+ .*revoked/i,
        code: 'no-mirror',
        message: 'The machine shows another host key than the one in ssh-known-hosts.',
        hint: 'Either the machine was set up anew, or somebody stands in between. Ask its operator. $howToKnowHost',
        retry: 'no',
    },
    {
        over: 'ssh',
        says: /No (\S+) host key is known for|Host key verification failed/,
        code: 'no-mirror',
        message: 'The host key of the machine is not in ssh-known-hosts.',
        hint: '$howToKnowHost',
        retry: 'no',
    },
    {
        over: 'ssh',
        says: /Load key [^\n]*: ([^\n]*)/,
        code: 'no-mirror',
        message: 'The private key cannot be read: $1.',
        hint: 'Give the whole content of the file, with its line breaks, to ssh-private-key. A key with a passphrase cannot be used: make one for this purpose alone, without (ssh-keygen -t ed25519 -N "").',
        retry: 'no',
    },
    {
        over: 'ssh',
        says: /Permission denied \(([^)\d][^)]*)\)/,
        code: 'no-mirror',
        message: 'The machine refused the login (it takes: $1).',
        hint: 'Check the user name in the mirror URL, that the public half of ssh-private-key stands in the authorized_keys of that user, and that the key has no passphrase.',
        retry: 'no',
    },
    {
        over: 'ssh',
        says: /Too many authentication failures/,
        code: 'no-mirror',
        message: 'The machine refused the login after too many keys of the SSH agent.',
        hint: 'Give the one key by the input ssh-private-key.',
        retry: 'no',
    },
    {
        over: 'ssh',
        says: /Could not resolve hostname \S+: ([^\n]*)/,
        code: 'no-mirror',
        message: "The machine's name could not be resolved: $1.",
        hint: 'Check the host name in the mirror URL and the name service of this machine.',
        retry: 'soon',
    },
    {
        over: 'ssh',
        says: /ssh: connect to host [^\n]*: ([^\n:]*)$/m,
        code: 'no-mirror',
        message: 'The machine cannot be reached by SSH: $1.',
        hint: 'Check host and port (22 unless the URL names another), and that a firewall lets this machine out to it.',
        retry: 'soon',
    },
    {
        over: 'ssh',
        says: /Unable to negotiate with [^\n]*: ([^\n]*)/,
        code: 'no-mirror',
        message: 'This SSH and the one of the machine have nothing in common: $1.',
        hint: 'Update the older of the two.',
        retry: 'no',
    },
    {
        over: 'ssh',
        says: /kex_exchange_identification|banner exchange/,
        code: 'no-mirror',
        message: 'The machine closed the connection before SSH had begun.',
        hint: 'It may be overloaded, may have shut this address out, or is no SSH server. Check the port, or run again later.',
        retry: 'once-later',
    },
    {
        over: 'ssh',
        says: /rsync: (?:command )?not found|rsync: No such file or directory/,
        code: 'no-mirror',
        message: 'There is no rsync on the far machine.',
        hint: 'Install rsync there, where the shell of that user finds it.',
        retry: 'no',
    },
    {
        over: 'ssh',
        exitCodes: [126, 127],
        code: 'no-mirror',
        message: 'The far machine could not start rsync.',
        hint: 'Install rsync there, where the shell of that user finds it.',
        retry: 'no',
    },
    {
        over: 'ssh',
        says: /is your shell clean\?/,
        code: 'no-mirror',
        message: 'The far machine prints something before rsync begins.',
        hint: 'Let the shell of that user print nothing when it is not interactive (.bashrc, .profile), or restrict the key to rsync: command="rrsync -ro /path".',
        retry: 'no',
    },
    {
        over: 'ssh',
        says: /Timeout, server \S+ not responding/,
        code: 'no-mirror',
        message: 'The machine stopped answering in the middle.',
        hint: 'Run again: what came before is kept.',
        retry: 'soon',
    },
    {
        over: 'ssh',
        exitCodes: [255],
        code: 'no-mirror',
        message: 'The SSH connection failed.',
        hint: 'Look at what ssh said, and try the same ssh by hand.',
        retry: 'soon',
    },
];
/** What goes wrong with an HTTP proxy before rsync daemons. */
const PROXY_EXPLANATIONS = [
    {
        over: 'proxy',
        says: /bad response from proxy -- HTTP\/\S+ (407[^\n]*)/,
        code: 'no-mirror',
        message: 'The proxy $proxy wants a user and a password: $1.',
        hint: 'Proxies with a login are not supported for rsync. Ask for an exception for this machine, or use an https:// mirror.',
        retry: 'no',
    },
    {
        over: 'proxy',
        says: /bad response from proxy -- HTTP\/\S+ (5\d\d[^\n]*)/,
        code: 'no-mirror',
        message: 'The proxy $proxy did not reach the mirror: $1.',
        hint: 'Check host and port of the mirror, and that it is up; then ask who runs the proxy.',
        retry: 'soon',
    },
    {
        over: 'proxy',
        says: /bad response from proxy -- HTTP\/\S+ ([^\n]*)/,
        code: 'no-mirror',
        message: 'The proxy $proxy does not let rsync through: $1.',
        hint: "Ask for CONNECT to be allowed to the mirror's port (873 unless the URL names another), or use an https:// or ssh:// mirror.",
        retry: 'no',
    },
    {
        over: 'proxy',
        says: /bad response from proxy -- ([^\n]*)/,
        code: 'no-mirror',
        message: 'What answers at $proxy is no HTTP proxy: "$1".',
        hint: 'Correct the input proxy (or the variable RSYNC_PROXY): host:port of an HTTP proxy.',
        retry: 'no',
    },
    {
        over: 'proxy',
        says: /server sent "([^"\n]*)/,
        code: 'no-mirror',
        message: 'The proxy $proxy answered in place of the mirror: "$1".',
        hint: 'This is what captive portals do: log in to the network first, or use another proxy.',
        retry: 'no',
    },
    {
        over: 'proxy',
        says: /getaddrinfo: \S+ \d+: ([^\n]*)/,
        code: 'no-mirror',
        message: 'The name of the proxy $proxy could not be resolved: $1.',
        hint: 'Correct the input proxy (or the variable RSYNC_PROXY).',
        retry: 'soon',
    },
    {
        over: 'proxy',
        says: /failed to connect to [^\n]*: ([^\n:(]*?)(?: \(\d+\))?$/m,
        code: 'no-mirror',
        message: 'The proxy $proxy cannot be reached: $1.',
        hint: 'Correct the input proxy (or the variable RSYNC_PROXY), or leave it out.',
        retry: 'soon',
    },
    {
        over: 'proxy',
        says: /failed to (?:read|write) [^\n]*proxy/,
        code: 'no-mirror',
        message: 'The proxy $proxy closed the connection without an answer.',
        hint: 'Ask who runs the proxy, or use an https:// or ssh:// mirror.',
        retry: 'soon',
    },
];

;// CONCATENATED MODULE: ./build/mirror/rsync/exit-table.js

/**
 * What rsync's ends mean, first match wins: messages before exit codes, because one code has several causes (5 is both an
 * unknown module and a full server). Codes: errcode.h and rsync(1), "EXIT VALUES".
 */
const EXPLANATIONS = [
    {
        says: /(?:ERROR: )?((?:rejecting (?:non-directory|excluded|unrequested)|ABORTING due to|invalid file mode|overflow: |filename overflows|Invalid (?:file index|dir index|flist flag|block|checksum|remainder|zero block|literal|packet|message)|multiplexing overflow|invalid multi-message|unexpected tag|File-list index \S+ not in|refusing invalid)[^\n]*)/i,
        code: 'no-mirror',
        message: 'The mirror sent what no honest rsync daemon sends: $1.',
        hint: 'Nothing of it was kept. Name another mirror, and tell the operator of this one.',
        retry: 'no',
    },
    ...SSH_EXPLANATIONS,
    ...PROXY_EXPLANATIONS,
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
        says: /did not see server greeting|didn't get server startup line/,
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
        exitCodes: [5],
        code: 'no-mirror',
        message: 'The mirror and this rsync did not come to terms before the transfer.',
        hint: 'Check host and port, and what answers there; or name another mirror.',
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

;// CONCATENATED MODULE: ./build/mirror/rsync/exit.js


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
    if (failure.stopped === 'memory') {
        const message = 'What the mirror sent took too much memory; rsync was ended.';
        const hint = 'No honest mirror lists that much: name another one, or ask for a folder further down.';
        return { error: new build_error/* TfcacheError */.TM('no-mirror', message, { ...details, hint }), retry: 'no' };
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
        if (explanation.over === 'proxy' && failure.proxy === undefined)
            continue;
        if (explanation.over === 'ssh' && failure.howToKnowHost === undefined)
            continue;
        const match = explanation.says?.exec(failure.text);
        const applies = match !== null && match !== undefined
            ? true
            : explanation.exitCodes?.includes(failure.exitCode ?? -1) === true;
        if (!applies)
            continue;
        const fill = (text) => text
            .replace('$1', () => printable(match?.[1] ?? ''))
            .replace('$timeout', String(failure.timeout))
            .replace('$proxy', () => failure.proxy ?? '')
            .replace('$howToKnowHost', () => failure.howToKnowHost ?? '');
        const retry = explanation.retry === 'once-later' && failure.progressed ? 'soon' : explanation.retry;
        const error = new build_error/* TfcacheError */.TM(explanation.code, fill(explanation.message), {
            ...details,
            hint: fill(explanation.hint),
        });
        return { error, retry, isReset: explanation.retry === 'once-later' && !failure.progressed };
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

// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __webpack_require__(3024);
// EXTERNAL MODULE: ./node_modules/valibot/dist/index.mjs
var dist = __webpack_require__(7934);
;// CONCATENATED MODULE: ./build/mirror/rsync/host-record.js



/** What is remembered of one public host, so that runs that know nothing of each other do not come too often. */
const HostRecord = dist/* object */.Ikc({
    version: dist/* literal */.euz(1),
    host: dist/* string */.YjP(),
    /** When runs came, milliseconds since the epoch, oldest first. */
    visits: dist/* pipe */.FsL(dist/* array */.YOg(dist/* number */.aig()), dist/* maxLength */.Ru6(1000)),
    /** The process that came last. */
    lastBy: dist/* string */.YjP(),
    /** When it last looked as if the host had shut this address out; absent when it answered since. */
    shutOut: dist/* optional */.lqM(dist/* number */.aig()),
});
/** The record of a host; undefined when there is none, or none that can be read: then the host is as good as new. */
function readHostRecord(folder, host) {
    try {
        const record = dist/* parse */.qgA(HostRecord, JSON.parse((0,external_node_fs_.readFileSync)(fileOf(folder, host), 'utf8')));
        return record.host === host ? record : undefined;
    }
    catch {
        // Absent, torn, or of a later version: manners are a courtesy and never stop a build.
        return undefined;
    }
}
/** False when it could not be written, which harms nothing but the courtesy. */
function writeHostRecord(folder, record) {
    const file = fileOf(folder, record.host);
    const temporary = `${file}.${process.pid}`;
    try {
        (0,external_node_fs_.mkdirSync)(folder, { recursive: true });
        (0,external_node_fs_.writeFileSync)(temporary, JSON.stringify(record));
        (0,external_node_fs_.renameSync)(temporary, file);
        return true;
    }
    catch {
        return false;
    }
}
function fileOf(folder, host) {
    return (0,external_node_path_.join)(folder, `${encodeURIComponent(host)}.json`);
}

// EXTERNAL MODULE: external "node:dns/promises"
var promises_ = __webpack_require__(1553);
// EXTERNAL MODULE: external "node:net"
var external_node_net_ = __webpack_require__(7030);
;// CONCATENATED MODULE: ./build/mirror/rsync/public-host.js


/** Addresses that are not reached over the Internet: RFC 1918, 6598, 3927, 4193, 4291, loopback. */
const NEARBY = [
    ['0.0.0.0', 8, 'ipv4'],
    ['10.0.0.0', 8, 'ipv4'],
    ['100.64.0.0', 10, 'ipv4'],
    ['127.0.0.0', 8, 'ipv4'],
    ['169.254.0.0', 16, 'ipv4'],
    ['172.16.0.0', 12, 'ipv4'],
    ['192.168.0.0', 16, 'ipv4'],
    ['::', 127, 'ipv6'],
    ['fc00::', 7, 'ipv6'],
    ['fe80::', 10, 'ipv6'],
];
/** Names that are never public: RFC 6761, 6762, 8375, and the one ICANN reserved for private use. */
const PRIVATE_NAME = /(^|\.)(localhost|local|internal|home\.arpa|test|invalid)\.?$/i;
/**
 * True when the host may be anybody's: a public mirror, to which one is a guest. A name counts as private when it says so, has
 * no dot, or all of its addresses are private; one that cannot be resolved here counts as public.
 */
async function isPublicHost(host, resolve = addressesOf) {
    if ((0,external_node_net_.isIP)(host.replace(/%.*/, '')) !== 0)
        return !isNearby(host);
    if (PRIVATE_NAME.test(host) || !host.includes('.'))
        return false;
    const addresses = await resolve(host);
    return addresses.length === 0 || !addresses.every(isNearby);
}
function isNearby(address) {
    const list = new external_node_net_.BlockList();
    for (const [network, prefix, family] of NEARBY)
        list.addSubnet(network, prefix, family);
    const plain = address.replace(/%.*/, '');
    return list.check(plain, (0,external_node_net_.isIP)(plain) === 6 ? 'ipv6' : 'ipv4');
}
async function addressesOf(host) {
    try {
        return (await (0,promises_.lookup)(host, { all: true })).map(({ address }) => address);
    }
    catch {
        // A name that only the proxy knows, or none at all: the transfer itself says so.
        return [];
    }
}

;// CONCATENATED MODULE: ./build/mirror/rsync/manners.js


/** Milliseconds between two runs that come to the same public host from the same store. */
const LEAST_INTERVAL = 30_000;
/** What public mirrors ask for between two syncs: four hours (TUNA), six to a day (USTC). */
const ASKED_INTERVAL = 4 * 3_600_000;
/** So long after a host shut this address out it is tried once only: each try may prolong it. */
const SHUT_OUT = 3_600_000;
/** More further tries than this annoy. */
const MOST_RETRIES = 2;
/**
 * Comes to a host, as a guest if it is a public one. A run that follows another too soon waits, at most half a minute: a build
 * goes on all the same. One that comes often is told so, and after the host shut this address out there is one try and no
 * more. Private hosts (by address or name) are not counted, nor is anything kept of them.
 */
async function comeTo(host, options, signal) {
    const { folder, log, retries, sleep, now = Date.now, isPublic = isPublicHost } = options;
    if (!(await isPublic(host))) {
        return { retries, answered: () => undefined, shutOut: () => undefined };
    }
    let allowed = retries;
    if (retries > MOST_RETRIES) {
        allowed = MOST_RETRIES;
        log.info(`${host} is public: ${MOST_RETRIES} further tries at most, not ${retries}.`);
    }
    const self = `${process.pid} ${Math.floor(performance.timeOrigin)}`;
    const known = folder === undefined ? undefined : readHostRecord(folder, host);
    const visits = (known?.visits ?? []).filter((at) => at <= now() && now() - at < ASKED_INTERVAL);
    let shutOutAt = known?.shutOut;
    const isSame = known?.lastBy === self;
    const last = visits.at(-1);
    if (!isSame && last !== undefined && now() - last < LEAST_INTERVAL) {
        const pause = LEAST_INTERVAL - (now() - last);
        log.info(`${host} is public and was asked ${seconds(now() - last)} s ago by another run: waiting ${seconds(pause)} s.`);
        await sleep(pause, signal);
    }
    if (!isSame && visits.length > 0) {
        log.info(`${host} was asked ${visits.length === 1 ? 'once' : `${visits.length} times`} in the last four hours by runs with this store. ` +
            'Public mirrors ask for one sync in four to six hours: keep a lock-file, a cache and a store, so that nothing is fetched twice.');
    }
    if (shutOutAt !== undefined && now() - shutOutAt < SHUT_OUT) {
        allowed = 0;
        log.info(`${host} looked ${seconds((now() - shutOutAt) / 60)} minutes ago as if it had shut this address out: one try, no further ones.`);
    }
    if (!isSame)
        visits.push(now());
    const write = () => {
        if (folder === undefined)
            return;
        const record = { version: 1, host, visits: visits.slice(-1000), lastBy: self };
        writeHostRecord(folder, shutOutAt === undefined ? record : { ...record, shutOut: shutOutAt });
    };
    write();
    return {
        retries: allowed,
        answered() {
            if (shutOutAt === undefined)
                return;
            shutOutAt = undefined;
            write();
        },
        shutOut() {
            shutOutAt = now();
            write();
        },
    };
}
function seconds(milliseconds) {
    return Math.ceil(milliseconds / 1000);
}

;// CONCATENATED MODULE: ./build/mirror/rsync/modules.js



const SHOWN = 20;
/**
 * Asks a daemon which modules it offers, for the message about one that it does not have. Undefined when it does not say:
 * this is a courtesy, the error that led here stands anyway.
 */
async function offeredModules(url, program, signal) {
    const timeout = Math.min(program.timeout, 20);
    const result = await (0,run.runProgram)(program.rsyncPath, moduleListArguments((0,rsync_url/* formatHost */.g9)(url), { timeout }), {
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

// EXTERNAL MODULE: ./build/mirror/rsync/proxy.js
var rsync_proxy = __webpack_require__(1264);
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

;// CONCATENATED MODULE: ./build/mirror/rsync/memory-watch.js

const INTERVAL_MS = 250;
const PAGE_BYTES = 4096;
/**
 * Sees to it that a program does not take all memory: rsync holds the whole list that a mirror sends, and nothing in it ends a
 * list without end. Linux only; elsewhere the program is not watched.
 *
 * @param onTooMuch called once.
 * @returns what ends the watch.
 */
function watchMemory(pid, limit, onTooMuch) {
    const timer = setInterval(() => {
        if (residentBytes(pid) <= limit)
            return;
        clearInterval(timer);
        onTooMuch();
    }, INTERVAL_MS);
    return () => clearInterval(timer);
}
/** proc(5), /proc/PID/statm: the second number is the resident set in pages. */
function residentBytes(pid) {
    try {
        return Number((0,external_node_fs_.readFileSync)(`/proc/${pid}/statm`, 'utf8').split(' ')[1]) * PAGE_BYTES;
    }
    catch {
        // It ended, or there is no /proc here.
        return 0;
    }
}

;// CONCATENATED MODULE: ./build/mirror/rsync/session.js




/** Bytes that rsync may take: a list of two million names takes a third of it. */
const MEMORY_LIMIT = 1024 ** 3;
/** Runs rsync once, watched for progress. */
async function runSession(options) {
    const complaints = new Complaints();
    const lines = new Lines((line) => options.onLine(line));
    const ended = new AbortController();
    let why;
    const end = (reason) => {
        why ??= reason;
        ended.abort();
    };
    const cancel = options.signal;
    const watch = new ProgressWatch(options.stallLimit, options.hasProgressed, () => end('stalled'));
    let stopWatching;
    try {
        const result = await (0,run.runProgram)(options.rsyncPath, options.args, {
            environment: options.environment,
            ...(options.folder === undefined ? {} : { folder: options.folder }),
            input: Buffer.from(options.names.map((name) => `${name}\0`).join(''), 'utf8'),
            signal: cancel === undefined ? ended.signal : AbortSignal.any([cancel, ended.signal]),
            onStart: (pid) => {
                const limit = options.memoryLimit ?? MEMORY_LIMIT;
                stopWatching = watchMemory(pid, limit, () => end('memory'));
            },
            onStdout: (chunk) => {
                watch.progressed();
                lines.add(chunk);
            },
            onStderr: (chunk) => complaints.add(chunk),
        });
        lines.end();
        complaints.end();
        const stopped = why !== undefined && cancel?.aborted !== true ? why : result.stopped;
        return { exitCode: result.exitCode, signal: result.signal, stopped, complaints };
    }
    finally {
        watch.stop();
        stopWatching?.();
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

// EXTERNAL MODULE: external "node:os"
var external_node_os_ = __webpack_require__(8161);
;// CONCATENATED MODULE: ./build/mirror/rsync/ssh.js





const KEY_FILE = 'key';
const HOSTS_FILE = 'known_hosts';
/**
 * The remote shell for rsync's `-e`. rsync splits it at spaces, so nothing that anybody wrote stands in it: files are named
 * relative to the folder of {@link withSshFolder}, in which rsync is started, and user, host and path are rsync's to hand over.
 * No configuration is read, neither the user's nor the system's; the host key is always checked.
 */
function remoteShell(url, options) {
    const settings = {
        BatchMode: 'yes',
        PreferredAuthentications: 'publickey',
        IdentitiesOnly: options.agent === undefined ? 'yes' : 'no',
        IdentityFile: options.agent === undefined ? KEY_FILE : 'none',
        IdentityAgent: options.agent === undefined ? 'none' : 'SSH_AUTH_SOCK',
        StrictHostKeyChecking: 'yes',
        UserKnownHostsFile: HOSTS_FILE,
        GlobalKnownHostsFile: 'none',
        UpdateHostKeys: 'no',
        VerifyHostKeyDNS: 'no',
        ClearAllForwardings: 'yes',
        ForwardAgent: 'no',
        PermitLocalCommand: 'no',
        ControlMaster: 'no',
        ControlPath: 'none',
        LogLevel: 'ERROR',
        ConnectTimeout: Math.ceil(options.timeout),
        ServerAliveInterval: Math.max(1, Math.ceil(options.timeout / 3)),
        ServerAliveCountMax: 3,
    };
    const words = Object.entries(settings).map(([name, value]) => `-o ${name}=${value}`);
    return `ssh -F none -T -x -p ${url.port} ${words.join(' ')}`;
}
/** The agent's socket, when a key of the user's is not to be used; undefined: the key. @throws TfcacheError `usage` */
function checkLogin(url, login, environment) {
    if ((login.knownHosts ?? '').trim() === '') {
        throw new build_error/* TfcacheError */.TM('usage', 'A mirror by ssh:// needs the host keys of its machine: they are always checked.', { where: 'input ssh-known-hosts', found: 'nothing', hint: howToKnowHost(url) });
    }
    const { privateKey } = login;
    if (privateKey === undefined || privateKey.trim() === '') {
        const agent = environment['SSH_AUTH_SOCK'] ?? '';
        if (agent !== '')
            return agent;
        throw new build_error/* TfcacheError */.TM('usage', 'A mirror by ssh:// needs a key to log in with.', {
            where: 'input ssh-private-key',
            found: 'nothing, and no SSH agent (SSH_AUTH_SOCK) either',
            hint: 'Make a key for this purpose alone (ssh-keygen -t ed25519 -N "" -f key), let the far machine accept key.pub, and give key as a secret to ssh-private-key.',
        });
    }
    // What it is instead is told by its first words only: the rest may be the secret.
    if (!/^\s*-----BEGIN [A-Z ]*PRIVATE KEY-----[\r\n]/.test(privateKey)) {
        throw new build_error/* TfcacheError */.TM('usage', 'What was given as a private key is none that OpenSSH reads.', {
            where: 'input ssh-private-key',
            expected: 'text that begins with -----BEGIN OPENSSH PRIVATE KEY-----, with its line breaks',
            found: /^\s*(ssh-|ecdsa-|PuTTY)/.exec(privateKey)?.[1] === undefined
                ? 'something else'
                : /^\s*PuTTY/.test(privateKey)
                    ? 'a key of PuTTY'
                    : 'a public key',
            hint: 'Give the whole content of the file without .pub; a key of PuTTY is converted by puttygen KEY.ppk -O private-openssh -o key.',
        });
    }
    return undefined;
}
/** How the host keys are obtained. */
function howToKnowHost({ host, port }) {
    const command = `ssh-keyscan ${port === 22 ? '' : `-p ${port} `}${host}`;
    return (`Run \`${command}\` from a network that you trust, compare the keys (ssh-keygen -lf -) with what the operator of the ` +
        'machine told you by another way, and put the lines into the input ssh-known-hosts.');
}
/**
 * Runs `work` while a private folder holds the key (mode 600) and the host keys. It is removed when `work` has ended, and when
 * this process exits. Where the runner has a temporary folder of the job it is made there: what a killed process leaves is
 * removed with the job.
 */
async function withSshFolder(login, environment, work) {
    if ((await (0,program/* findProgram */.K)('ssh', environment)) === undefined) {
        throw (0,program/* missingProgram */.H)('ssh', 'Install the OpenSSH client (Debian and Ubuntu: openssh-client).');
    }
    const folder = (0,external_node_fs_.mkdtempSync)((0,external_node_path_.join)(environment['RUNNER_TEMP'] || (0,external_node_os_.tmpdir)(), 'tfcache-ssh-'));
    const remove = () => (0,external_node_fs_.rmSync)(folder, { recursive: true, force: true });
    process.once('exit', remove);
    try {
        const lines = (text) => `${text.replace(/\r\n?/g, '\n').trim()}\n`;
        (0,external_node_fs_.writeFileSync)((0,external_node_path_.join)(folder, HOSTS_FILE), lines(login.knownHosts ?? ''), { mode: 0o600 });
        if (login.privateKey !== undefined) {
            (0,external_node_fs_.writeFileSync)((0,external_node_path_.join)(folder, KEY_FILE), lines(login.privateKey), { mode: 0o600 });
        }
        return await work(folder);
    }
    finally {
        process.off('exit', remove);
        remove();
    }
}

// EXTERNAL MODULE: ./build/mirror/rsync/version.js
var version = __webpack_require__(6268);
;// CONCATENATED MODULE: ./build/mirror/rsync/client.js












/** Runs rsync: with the program there is, the way to the other side, the manners there, and words for what goes wrong. */
class RsyncClient {
    #options;
    #environment;
    #proxy;
    #proxyNote;
    #program;
    #visits = new Map();
    /** @throws TfcacheError `usage` for a proxy that is none. */
    constructor(options) {
        const { proxy, note } = (0,rsync_proxy/* chooseProxy */.U)(options.proxy, options.environment);
        this.#options = options;
        this.#proxy = proxy;
        this.#proxyNote = note;
        this.#environment = (0,environment/* rsyncEnvironment */.B)(options.environment, options.password, proxy);
    }
    /** The rsync program, made sure of once. */
    program() {
        this.#program ??= this.#prepare();
        return this.#program;
    }
    async #prepare() {
        const { log, environment } = this.#options;
        const { program, allowOld } = (0,version/* parseRsyncPath */.k2)(this.#options.rsyncPath);
        const path = await ensureRsync({ rsyncPath: program, environment, log });
        const { warning, capabilities } = await (0,version/* probeRsync */.ci)(path, this.#environment, allowOld ? 'allow-old' : 'refuse-old');
        if (warning !== undefined)
            log.warning(warning);
        return { path, capabilities };
    }
    async run(run) {
        const { remote } = run;
        if (remote.over === 'daemon') {
            this.#sayProxy();
            return this.#runIn(undefined, undefined, run);
        }
        const { ssh = { privateKey: undefined, knownHosts: undefined }, environment } = this.#options;
        const agent = checkLogin(remote.url, ssh, environment);
        const shell = remoteShell(remote.url, { timeout: this.#options.timeout, agent });
        return withSshFolder(ssh, environment, (folder) => this.#runIn(folder, shell, run));
    }
    async #runIn(folder, shell, run) {
        const { path, capabilities } = await this.program();
        const { timeout, log, memoryLimit } = this.#options;
        const args = run.args({ timeout, capabilities, remoteShell: shell });
        log.debug(`${path} ${args.map((arg) => JSON.stringify(arg)).join(' ')}`);
        return runSession({
            rsyncPath: path,
            environment: this.#environment,
            args,
            names: run.names,
            onLine: run.onLine,
            stallLimit: 3_000 * timeout,
            signal: run.signal,
            ...(folder === undefined ? {} : { folder }),
            ...(memoryLimit === undefined ? {} : { memoryLimit }),
            ...(run.hasProgressed === undefined ? {} : { hasProgressed: run.hasProgressed }),
        });
    }
    async retrying(remote, signal, attempt) {
        const { log, sleep } = this.#options;
        const visit = await this.#visit(remote, signal);
        return withRetries(async () => {
            const outcome = await attempt();
            if ('value' in outcome)
                visit.answered();
            else if (outcome.failed.isReset)
                visit.shutOut();
            return outcome;
        }, { retries: visit.retries, log, signal, ...(sleep === undefined ? {} : { sleep }) });
    }
    #visit(remote, signal) {
        const { retries, log, sleep = politeSleep, hostsFolder: folder, isPublic } = this.#options;
        const { host } = remote.url;
        const isPublicHere = remote.over === 'ssh' ? async () => false : isPublic;
        const manners = { folder, retries, log, sleep };
        const visit = this.#visits.get(host) ??
            comeTo(host, isPublicHere === undefined ? manners : { ...manners, isPublic: isPublicHere }, signal);
        this.#visits.set(host, visit);
        return visit;
    }
    #sayProxy() {
        const note = this.#proxyNote;
        this.#proxyNote = undefined;
        if (note === undefined)
            return;
        if (this.#proxy === undefined)
            this.#options.log.warning(note);
        else
            this.#options.log.info(note);
    }
    async explain(remote, result, progressed, signal) {
        const { complaints, ...ended } = result;
        const explained = explainFailure({
            ...ended,
            text: complaints.text,
            progressed,
            url: formatPlace(remote),
            timeout: this.#options.timeout,
            proxy: remote.over === 'daemon' ? this.#proxy : undefined,
            howToKnowHost: remote.over === 'ssh' ? howToKnowHost(remote.url) : undefined,
        });
        if (remote.over === 'ssh' || !/@ERROR: Unknown module/.test(complaints.text))
            return explained;
        const program = {
            rsyncPath: (await this.program()).path,
            environment: this.#environment,
            timeout: this.#options.timeout,
        };
        const offer = await offeredModules(remote.url, program, signal);
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

// EXTERNAL MODULE: ./build/mirror/rsync/growth.js
var rsync_growth = __webpack_require__(8753);
;// CONCATENATED MODULE: ./build/mirror/rsync/left-out.js

function describe(reason, count) {
    const [entries, are, names] = count === 1 ? ['1 entry', 'is', 'name'] : [`${count} entries`, 'are', 'names'];
    switch (reason) {
        case 'special':
            return `${entries} that ${are} no regular ${count === 1 ? 'file' : 'files'} (links, devices)`;
        case 'unsafe':
            return `${entries} whose ${names} cannot be used (not UTF-8, or leading outside)`;
        case 'own':
            return `${entries} with a name that tfcache itself uses while it copies (${own_names/* OWN_NAMES_TOLD */.yk})`;
    }
}
/** Entries of a listing that were left out, for one line to the user. */
class LeftOut {
    /** By the folder they stand in: a folder is told of once, however often it is listed. */
    #byFolder = new Map();
    #size = 0;
    #names = 0;
    get size() {
        return this.#size;
    }
    /** Whether there were files, or what may be files, among them: those whose names cannot be used. */
    get hasNames() {
        return this.#names > 0;
    }
    /** @param line as rsync printed it. */
    add(reason, line) {
        const example = line.toString('utf8');
        const folder = folderIn(example);
        const known = this.#byFolder.get(folder) ?? { counts: new Map(), example };
        this.#byFolder.set(folder, known);
        known.counts.set(reason, (known.counts.get(reason) ?? 0) + 1);
        this.#size += 1;
        if (reason !== 'special')
            this.#names += 1;
    }
    /**
     * What to tell of them, leaving out what was told; undefined for nothing.
     *
     * @param told folders that were told of; those that are now are added.
     * @param key of a folder in `told`.
     */
    tell(told, key) {
        const counts = new Map();
        let example;
        for (const [folder, here] of this.#byFolder) {
            if (told.has(key(folder)))
                continue;
            told.add(key(folder));
            example ??= here.example;
            for (const [reason, count] of here.counts) {
                counts.set(reason, (counts.get(reason) ?? 0) + count);
            }
        }
        if (example === undefined)
            return undefined;
        const parts = [...counts].map(([reason, count]) => describe(reason, count));
        // Links are usual on mirrors; a name that cannot be used is something to look at.
        const level = [...counts.keys()].every((reason) => reason === 'special') ? 'info' : 'warning';
        return { text: `left out ${parts.join(', ')}; one of them: ${example}`, level };
    }
}
/** Of a printed line: mode, size, date and time stand before the name. */
function folderIn(line) {
    const name = /^\S+\s+\S+ \S+ \S+ ([\s\S]*)$/.exec(line)?.[1] ?? '';
    return name.slice(0, Math.max(0, name.lastIndexOf('/')));
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

;// CONCATENATED MODULE: ./build/mirror/rsync/listing.js




// The form of generator.c, list_file_entry(), with --no-human-readable (without it, commas in the size): mode, size, date and time, one space, the name.
const LINE = /^([-dlpscbD])\S{9,10}\s+([\d,]+) (\d{4,})\/(\d\d)\/(\d\d) (\d\d):(\d\d):(\d\d) ([\s\S]*)$/;
/** Undefined for a line that is no entry (a message of the day), the reason for an entry whose name cannot be used. */
function parseListLine(line) {
    const match = LINE.exec(line.toString('latin1'));
    if (match === null)
        return undefined;
    const [, type, size, year, month, day, hour, minute, second, name = ''] = match;
    const printed = Buffer.from(name, 'latin1');
    const path = decodeName(printed);
    if (path === undefined || !(path === '.' || isSafePath(path)))
        return 'unsafe';
    if ((0,own_names/* ownNameIn */.xJ)(path) !== undefined)
        return 'own';
    return {
        kind: type === '-' ? 'file' : type === 'd' ? 'folder' : 'other',
        path: path === '.' ? '' : path,
        size: Number(size?.replaceAll(',', '')),
        mtime: Date.UTC(Number(year), Number(month) - 1, Number(day), Number(hour), Number(minute), Number(second)) / 1000,
    };
}
/** Gathers the lines of one listing. */
class ListingReader {
    leftOut = new LeftOut();
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
        if (this.files.length + this.#folders.size + this.leftOut.size >= this.#limit) {
            throw new build_error/* TfcacheError */.TM('no-mirror', 'The mirror lists more than can be taken in.', {
                expected: `at most ${this.#limit} entries`,
                hint: 'Ask for a folder further down, so that less is listed.',
            });
        }
        if (entry === 'unsafe' || entry === 'own') {
            this.leftOut.add(entry, line);
        }
        else if (entry.kind === 'folder') {
            this.#folders.add(entry.path);
        }
        else if (entry.kind === 'file') {
            this.files.push({ path: entry.path, size: entry.size, mtime: entry.mtime });
        }
        else {
            this.leftOut.add('special', line);
        }
    }
    /** True when the name asked for as a folder is a file: rsync lists it, and then may break off. */
    isFile(path) {
        return this.files.some((file) => file.path === path);
    }
    get allFolders() {
        return [...this.#folders];
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

// EXTERNAL MODULE: external "node:fs/promises"
var external_node_fs_promises_ = __webpack_require__(1455);
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
    /**
     * For an rsync that says nothing of single files, after it ended without error: what stands there now with the size and time
     * it was listed with is what was asked for. Returns those files.
     */
    settle(files) {
        return files.filter((file) => {
            const stat = (0,external_node_fs_.lstatSync)(`${this.#staging}/${file.path}`, { throwIfNoEntry: false });
            const fits = stat?.isFile() === true &&
                stat.size === file.size &&
                (file.mtime === undefined || Math.floor(stat.mtimeMs / 1000) === file.mtime);
            return fits && this.#tell({ path: file.path, size: file.size, received: 0, fresh: false });
        });
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
    /** True when the file has been told, now or before: one that failed verification is announced a second time. */
    #tell(file) {
        if (!this.#waiting.has(file.path))
            return true;
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
        const stat = (0,external_node_fs_.lstatSync)(`${this.#staging}/${path}`, { throwIfNoEntry: false });
        return stat?.isFile() ? { ino: stat.ino } : undefined;
    }
}

;// CONCATENATED MODULE: ./build/mirror/rsync/basis.js





/** Smaller files are sent whole: what the blocks would save is less than copying the basis and sending its checksums. */
const LEAST_SIZE = 1024 * 1024;
/** A basis of quite another size has too little in common. */
const MOST_DIFFERENT = 2;
/** Compressed as one stream: after the first change nothing is as it was. Zip archives (wheels) are compressed file by file. */
const ONE_STREAM = /\.(?:gz|tgz|bz2|tbz2?|xz|txz|lzma|zst|tzst|lz4|br|7z)$/i;
const APPEND_BYTES = 1024 * 1024;
/**
 * Whether an older file is worth being used: by size and name, for what is in it only the transfer shows. One that turns out to
 * have nothing in common costs the mirror 8 to 13 seconds of a processor a GiB, and us a copy of it: more than sending the file
 * only where the line is faster than some 80 MB/s.
 */
function isWorthABasis(file) {
    if (file.basis === undefined || file.size < LEAST_SIZE || ONE_STREAM.test(file.path))
        return false;
    const size = sizeOf(file.basis);
    return size * MOST_DIFFERENT >= file.size && size <= file.size * MOST_DIFFERENT;
}
/**
 * Puts a copy of the older file where rsync takes it for the file's former content. The store's own object is never touched,
 * nor linked to. Partial data of an earlier try is not lost: the basis is then that, followed by what of the older file lies
 * behind it.
 *
 * @returns false when it could not be done (a full disk, an object that is gone): the file is then sent whole.
 */
async function stageBasis(staging, file) {
    const room = (0,external_node_path_.join)(staging, own_names/* BASIS_FOLDER */.Sr);
    const place = (0,external_node_path_.join)(room, file.path);
    try {
        await (0,external_node_fs_promises_.mkdir)((0,external_node_path_.dirname)(place), { recursive: true });
        const source = sizeOf(place) > 0 ? place : (file.basis ?? place);
        const partial = longest([
            (0,external_node_path_.join)(room, (0,rsync_growth/* partialPath */.Dn)(file.path)),
            (0,external_node_path_.join)(staging, (0,rsync_growth/* partialPath */.Dn)(file.path)),
        ]);
        if (partial !== undefined) {
            await (0,external_node_fs_promises_.chmod)(partial, 0o644);
            await appendRest(partial, source, file.size);
            await (0,external_node_fs_promises_.rename)(partial, place);
        }
        else if (source !== place) {
            await (0,external_node_fs_promises_.copyFile)(source, place, external_node_fs_.constants.COPYFILE_FICLONE);
            await (0,external_node_fs_promises_.chmod)(place, 0o644);
        }
        // Another time than the file's, so that the old one is never taken for it.
        const time = file.mtime === 1 ? 2 : 1;
        await (0,external_node_fs_promises_.utimes)(place, time, time);
        return true;
    }
    catch {
        // A basis only saves bytes on the wire: without it everything works as well.
        await (0,external_node_fs_promises_.rm)(place, { force: true });
        return false;
    }
}
/** Partial data in the room of files with a basis, for a file that has none any more, goes to where it is looked for. */
async function leaveBasis(staging, path) {
    const there = (0,external_node_path_.join)(staging, own_names/* BASIS_FOLDER */.Sr, (0,rsync_growth/* partialPath */.Dn)(path));
    const here = (0,external_node_path_.join)(staging, (0,rsync_growth/* partialPath */.Dn)(path));
    if (sizeOf(there) > sizeOf(here)) {
        await (0,external_node_fs_promises_.mkdir)((0,external_node_path_.dirname)(here), { recursive: true, mode: 0o700 });
        await (0,external_node_fs_promises_.rename)(there, here);
    }
    await (0,external_node_fs_promises_.rm)((0,external_node_path_.join)(staging, own_names/* BASIS_FOLDER */.Sr, path), { force: true });
}
/** What of `source` lies behind the end of `partial`, with as much before it as the two may be shifted. */
async function appendRest(partial, source, size) {
    const slack = Math.abs(size - sizeOf(source)) + APPEND_BYTES;
    let at = Math.max(0, sizeOf(partial) - slack);
    const from = await (0,external_node_fs_promises_.open)(source);
    try {
        const buffer = Buffer.alloc(APPEND_BYTES);
        for (;;) {
            const { bytesRead } = await from.read(buffer, 0, buffer.length, at);
            if (bytesRead === 0)
                return;
            await (0,external_node_fs_promises_.appendFile)(partial, buffer.subarray(0, bytesRead));
            at += bytesRead;
        }
    }
    finally {
        await from.close();
    }
}
function longest(paths) {
    const [first] = paths
        .filter((path) => sizeOf(path) > 0)
        .toSorted((left, right) => sizeOf(right) - sizeOf(left));
    return first;
}
function sizeOf(path) {
    const stat = (0,external_node_fs_.lstatSync)(path, { throwIfNoEntry: false });
    return stat?.isFile() ? stat.size : 0;
}

;// CONCATENATED MODULE: ./build/mirror/rsync/batches.js
/** Below this a further connection costs the mirror more than it brings: some round trips to set it up, a process there. */
const LEAST_BYTES_A_CONNECTION = 4 * 1024 * 1024;
/**
 * Splits files into one batch for each connection, of about the same size: the largest file goes to the smallest batch, and
 * so on. Files stay whole; there are never more batches than files, and none for a few bytes.
 */
function splitIntoBatches(files, connections) {
    const total = files.reduce((sum, { size }) => sum + size, 0);
    const worthwhile = Math.max(1, Math.floor(total / LEAST_BYTES_A_CONNECTION));
    const count = Math.max(1, Math.min(connections, files.length, worthwhile));
    const batches = Array.from({ length: count }, () => ({ files: [], bytes: 0 }));
    for (const file of files.toSorted((left, right) => right.size - left.size)) {
        const smallest = batches.reduce((least, batch) => (batch.bytes < least.bytes ? batch : least));
        smallest.files.push(file);
        smallest.bytes += file.size;
    }
    return batches.map((batch) => batch.files);
}

;// CONCATENATED MODULE: ./build/mirror/rsync/folder-names.js

/** Fewer files of a folder than these are named one by one: naming the folder would save nothing to speak of. */
const MANY_FILES = 16;
/**
 * Names whole folders where every file in them is wanted. rsync holds each name it receives to each name it asked for
 * (since 3.2.5, against servers that send what nobody wanted), so 4,000 names cost 0.35 s and 40,000 a hundred times as
 * much; a folder is one name. A folder's own name means the files directly in it (`--dirs`, which --files-from implies).
 */
function namesToFetch(files, countIn) {
    const names = [];
    let hasFolders = false;
    for (const [folder, inside] of (0,rsync_growth/* byFolder */.c1)(files.map(({ path }) => path))) {
        if (inside.size >= MANY_FILES && countIn(folder) === inside.size) {
            names.push(folder === '' ? './' : `${folder}/`);
            hasFolders = true;
        }
        else {
            for (const name of inside)
                names.push(folder === '' ? name : `${folder}/${name}`);
        }
    }
    return { names, hasFolders };
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
    for (const [folder, names] of (0,rsync_growth/* byFolder */.c1)(paths)) {
        const at = (name) => (folder === '' ? name : `${folder}/${name}`);
        const entries = await readFolder((0,external_node_path_.join)(staging, folder));
        for (const entry of entries) {
            const name = (0,rsync_growth/* temporaryFor */.vM)(entry);
            if (name !== undefined && names.has(name)) {
                await adopt((0,external_node_path_.join)(staging, at(entry)), (0,external_node_path_.join)(staging, (0,rsync_growth/* partialPath */.Dn)(at(name))));
            }
        }
        if (entries.length === 0)
            continue;
        for (const name of names) {
            const size = regularSize((0,external_node_path_.join)(staging, (0,rsync_growth/* partialPath */.Dn)(at(name))));
            if (size > 0)
                sizes.set(at(name), size);
        }
    }
    return sizes;
}
/** The longer of the two stays. */
async function adopt(orphan, partial) {
    if (regularSize(orphan) <= regularSize(partial)) {
        await (0,external_node_fs_promises_.rm)(orphan, { force: true });
        return;
    }
    await (0,external_node_fs_promises_.mkdir)((0,external_node_path_.dirname)(partial), { recursive: true, mode: 0o700 });
    await (0,external_node_fs_promises_.rename)(orphan, partial);
}
function regularSize(path) {
    const stat = (0,external_node_fs_.lstatSync)(path, { throwIfNoEntry: false });
    return stat?.isFile() ? stat.size : 0;
}
async function readFolder(folder) {
    try {
        return await (0,external_node_fs_promises_.readdir)(folder);
    }
    catch {
        // Not made yet: nothing was left there.
        return [];
    }
}

;// CONCATENATED MODULE: ./build/mirror/rsync/transfer.js
















/** Files on their way from one mirror into one staging folder. */
class Transfer {
    #client;
    #remote;
    #staging;
    #events;
    #options;
    #meter;
    #waiting;
    constructor(client, remote, files, staging, events, options) {
        this.#client = client;
        this.#remote = remote;
        this.#staging = staging;
        this.#events = events;
        this.#options = options;
        this.#meter = new Meter((bytes) => events.onBytes(bytes));
        this.#waiting = new Map(files.map((file) => [file.path, file]));
    }
    async run(signal) {
        await (0,external_node_fs_promises_.mkdir)(this.#staging, { recursive: true });
        await this.#client.retrying(this.#remote, signal, async () => {
            this.#meter.nextRun();
            const { whole, based } = await this.#prepare();
            const failed = (await this.#receive(whole, this.#staging, signal)) ??
                (await this.#receive(based, (0,external_node_path_.join)(this.#staging, own_names/* BASIS_FOLDER */.Sr), signal));
            // Whatever rsync says, what matters is whether everything that was asked for is here.
            if (failed === undefined || this.#waiting.size === 0)
                return { value: undefined };
            return { failed };
        });
        return { bytesReceived: this.#meter.total, missing: [...this.#waiting.keys()] };
    }
    /** Which files come whole, and which as the difference to an older one. */
    async #prepare() {
        const room = (0,external_node_path_.join)(this.#staging, own_names/* BASIS_FOLDER */.Sr);
        const whole = [];
        const based = [];
        const files = [...this.#waiting.values()];
        const promising = new Set(files.filter(isWorthABasis));
        const hadRoom = (0,external_node_fs_.existsSync)(room);
        if (promising.size > 0 || hadRoom) {
            const paths = files.map(({ path }) => path);
            await adoptPartialData(room, paths);
            await adoptPartialData(this.#staging, paths);
        }
        for (const file of files) {
            if (promising.has(file) && (await stageBasis(this.#staging, file))) {
                based.push(file);
                continue;
            }
            if (hadRoom)
                await leaveBasis(this.#staging, file.path);
            whole.push(file);
        }
        return { whole, based };
    }
    /** One rsync for each batch, at once. Where the mirror serves fewer at once than asked for, those that it serves do the rest. */
    async #receive(files, folder, signal) {
        let left = files.filter(({ path }) => this.#waiting.has(path));
        for (let connections = this.#options.connections; left.length > 0;) {
            const batches = splitIntoBatches(left, connections);
            const share = new Shares(this.#meter);
            const ends = await Promise.all(batches.map((batch) => this.#receiveBatch(batch, folder, batches.length, share.next(), signal)));
            const served = ends.filter(({ failed }) => failed === undefined).length;
            if (served === batches.length)
                return undefined;
            left = left.filter(({ path }) => this.#waiting.has(path));
            if (served === 0 || signal?.aborted) {
                return ends.map(({ failed }) => failed).find((failed) => failed !== undefined);
            }
            connections = served;
        }
        return undefined;
    }
    async #receiveBatch(files, folder, batches, share, signal, countIn = this.#options.countIn) {
        const paths = files.map(({ path }) => path);
        const isRoom = folder !== this.#staging;
        const before = await adoptPartialData(folder, paths);
        // What grows over a basis is mostly copied from it: bytes are counted when the file is complete.
        const known = isRoom ? new Map(paths.map((path) => [path, Number.POSITIVE_INFINITY])) : before;
        const growth = new rsync_growth/* Growth */.U_(folder, known);
        const arrivals = new Arrivals(folder, paths, {
            onFile: (path) => {
                if (isRoom)
                    this.#moveOut(folder, path);
                this.#waiting.delete(path);
                this.#events.onFile(path);
            },
        });
        const { bandwidthLimit } = this.#options;
        const listed = new Map(files.map(({ path, size }) => [path, size]));
        const asked = namesToFetch(files, isRoom ? () => undefined : countIn);
        const largest = largestOf(listed.values());
        let unasked;
        const tooMuch = new AbortController();
        let endless;
        const { capabilities } = await this.#client.program();
        const result = await this.#client
            .run({
            remote: this.#remote,
            args: (circumstances) => fetchArguments(this.#remote, folder, {
                ...circumstances,
                bandwidthLimit: bandwidthLimit === undefined
                    ? undefined
                    : Math.max(1, Math.floor(bandwidthLimit / batches)),
                largest: asked.hasFolders ? mostFor(largest) : undefined,
            }),
            names: asked.names,
            signal: signal === undefined ? tooMuch.signal : AbortSignal.any([signal, tooMuch.signal]),
            onLine: (line) => {
                const file = parseItemizeLine(line);
                if (file === undefined)
                    return;
                if (!listed.has(file.path)) {
                    (0,external_node_fs_.rmSync)((0,external_node_path_.join)(folder, file.path), { force: true });
                    unasked ??= file.path;
                    tooMuch.abort();
                }
                if (!arrivals.isWaiting(file.path))
                    return;
                share.completed(file.received);
                arrivals.announce(file);
            },
            hasProgressed: async () => {
                const { inFlight, changed, sizes } = await growth.look(arrivals.waiting);
                share.inFlight(inFlight);
                endless ??= [...sizes].find(([path, size]) => size > mostFor(listed.get(path) ?? largest))?.[0];
                if (endless !== undefined)
                    tooMuch.abort();
                return changed;
            },
        })
            .finally(() => arrivals.end());
        if (endless !== undefined)
            return { failed: this.#sendsTooMuch(folder, endless, listed) };
        const complete = isComplete(result);
        // A folder that was named whole is another by now: the rest of its files is asked for by name.
        if (asked.hasFolders && (unasked !== undefined || (complete && arrivals.waiting.length > 0))) {
            const rest = files.filter(({ path }) => this.#waiting.has(path));
            return this.#receiveBatch(rest, folder, batches, share, signal, () => undefined);
        }
        if (result.exitCode === 0 && !tellsFiles(capabilities)) {
            for (const file of arrivals.settle(files))
                share.completed(file.size);
        }
        if (complete || arrivals.waiting.length === 0)
            return { failed: undefined };
        // A part of one file is progress too: who sends that has not shut this address out.
        const after = await adoptPartialData(folder, arrivals.waiting);
        const grew = [...after].some(([path, size]) => size > (before.get(path) ?? 0));
        const progressed = grew || arrivals.waiting.length < paths.length;
        return { failed: await this.#client.explain(this.#remote, result, progressed, signal) };
    }
    /** What was kept of it is removed: it is no part of any file. */
    #sendsTooMuch(folder, path, listed) {
        (0,external_node_fs_.rmSync)((0,external_node_path_.join)(folder, (0,rsync_growth/* partialPath */.Dn)(path)), { force: true });
        const error = new build_error/* TfcacheError */.TM('no-mirror', `The mirror sends more than it listed for ${JSON.stringify(path)}.`, {
            where: formatPlace(this.#remote),
            expected: `${listed.get(path) ?? 0} bytes`,
            found: `more than ${mostFor(listed.get(path) ?? 0)} bytes, without an end in sight`,
            hint: 'Nothing of it was kept. Name another mirror, and tell the operator of this one.',
        });
        return { error, retry: 'no' };
    }
    /** Complete: from the room of files with a basis to where it is looked for. */
    #moveOut(room, path) {
        const place = (0,external_node_path_.join)(this.#staging, path);
        (0,external_node_fs_.mkdirSync)((0,external_node_path_.dirname)(place), { recursive: true });
        (0,external_node_fs_.renameSync)((0,external_node_path_.join)(room, path), place);
    }
}
/** A file may grow on the mirror while it is copied, but not without end. */
function mostFor(listed) {
    return 2 * listed + 16 * 1024 * 1024;
}
/** Not spread into Math.max: there may be a hundred thousand. */
function largestOf(sizes) {
    let largest = 0;
    for (const size of sizes)
        largest = Math.max(largest, size);
    return largest;
}
/** Adds up what several rsyncs receive at once, for one meter. */
class Shares {
    #meter;
    #inFlight = [];
    constructor(meter) {
        this.#meter = meter;
    }
    next() {
        const index = this.#inFlight.push(0) - 1;
        return {
            completed: (bytes) => {
                this.#inFlight[index] = 0;
                this.#meter.completed(bytes);
            },
            inFlight: (bytes) => {
                this.#inFlight[index] = bytes;
                this.#meter.inFlight(this.#inFlight.reduce((sum, one) => sum + one, 0));
            },
        };
    }
}

;// CONCATENATED MODULE: ./build/mirror/rsync/rsync-mirror.js










/**
 * A mirror behind an rsync daemon, or behind an rsync that SSH starts. Nothing is run or contacted before the first listing or
 * fetch.
 *
 * @throws TfcacheError `usage` for a URL or a proxy that cannot be used.
 */
function createRsyncMirror(options) {
    // Refused now, not in the middle of a run.
    parseRemote(options.url.replaceAll('{bucket}', 'bucket'));
    const withoutUser = options.url.replace(/^((?:rsync|ssh):\/\/)?[^@/]*@/, '$1');
    return new RsyncMirror(withoutUser, options);
}
class RsyncMirror {
    url;
    /** Regular files directly in a folder, by bucket and folder, as last listed. */
    #counts = new Map();
    /** Folders of which it was told that entries are left out: files are listed again after they were copied. */
    #toldOf = new Set();
    #options;
    #client;
    constructor(url, options) {
        this.url = url;
        this.#options = options;
        this.#client = new RsyncClient(options);
    }
    serves(bucket) {
        return this.#options.bucket === undefined || this.#options.bucket === bucket;
    }
    draftOf(name) {
        return (0,rsync_growth/* temporaryFor */.vM)(name);
    }
    async listFolders(bucket, folders, signal) {
        if (folders.length === 0)
            return [];
        const reader = await this.#list(bucket, folders, 'one-level', signal);
        this.#count(bucket, reader, folders);
        return reader.folders(folders);
    }
    async listTree(bucket, folder, signal) {
        const reader = await this.#list(bucket, [folder], 'tree', signal);
        this.#count(bucket, reader, [folder, ...reader.allFolders]);
        // A file of that name is listed as well when there is no such folder.
        return reader.hasFolder(folder) ? reader.files : [];
    }
    async fetch(bucket, files, staging, events, signal) {
        if (files.length === 0)
            return { bytesReceived: 0, missing: [] };
        for (const file of files)
            refuseUnsafe(file.path);
        const { connections = 1, bandwidthLimit } = this.#options;
        const transfer = new Transfer(this.#client, this.#source(bucket), files, (0,external_node_path_.resolve)(staging), events, { connections, bandwidthLimit, countIn: (folder) => this.#counts.get(keyOf(bucket, folder)) });
        return transfer.run(signal);
    }
    async #list(bucket, folders, depth, signal) {
        for (const folder of folders)
            if (folder !== '')
                refuseUnsafe(folder);
        const remote = this.#source(bucket);
        const reader = await this.#client.retrying(remote, signal, async () => {
            const attempt = new ListingReader();
            const only = onlyPlain(remote, folders, await this.#client.program());
            const result = await this.#client.run({
                remote,
                args: (circumstances) => only === undefined
                    ? listArguments(remote, depth, circumstances)
                    : listOneArguments(remote, depth, only, circumstances),
                names: only === undefined
                    ? [...new Set(folders)].map((folder) => (folder === '' ? './' : `${folder}/`))
                    : [],
                signal,
                onLine: (line) => attempt.add(line),
            });
            const isNoFolder = depth === 'tree' && folders.some((folder) => attempt.isFile(folder));
            if (isComplete(result) || isNoFolder)
                return { value: attempt };
            return {
                failed: await this.#client.explain(remote, result, attempt.files.length > 0, signal),
            };
        });
        const told = reader.leftOut.tell(this.#toldOf, (folder) => keyOf(bucket, folder));
        if (told !== undefined)
            this.#options.log[told.level](`${this.url}: ${told.text}`);
        return reader;
    }
    /** Remembers how many files a folder has. Names that cannot be used would come with the others, so then nothing is known. */
    #count(bucket, reader, listedWhole) {
        if (reader.leftOut.hasNames)
            return;
        for (const folder of listedWhole)
            this.#counts.set(keyOf(bucket, folder), 0);
        for (const { path } of reader.files) {
            const key = keyOf(bucket, path.slice(0, Math.max(0, path.lastIndexOf('/'))));
            const known = this.#counts.get(key);
            if (known !== undefined)
                this.#counts.set(key, known + 1);
        }
    }
    #source(bucket) {
        if (!/^\w[\w.-]*$/.test(bucket)) {
            throw new build_error/* TfcacheError */.TM('usage', `${JSON.stringify(bucket)} cannot be the name of a bucket.`, {
                hint: 'Buckets are named with letters, digits, dots, dashes and underscores.',
            });
        }
        return parseRemote(this.#options.url.replaceAll('{bucket}', bucket));
    }
}
/** The one folder that is asked for, when it can be named as an operand; see {@link listOneArguments}. */
function onlyPlain(remote, [first = '', ...others], { capabilities }) {
    // A folder of the module that is not there is told apart only when the daemon enters it first.
    const atRoot = remote.over === 'daemon' && remote.url.path === '';
    const isCurrent = capabilities.has('--no-implied-dirs') && capabilities.has('--secluded-args');
    return atRoot && isCurrent && others.length === 0 && isPlainFolder(first) ? first : undefined;
}
function keyOf(bucket, folder) {
    return `${bucket}\0${folder}`;
}
/** @throws TfcacheError `usage`, with what is wrong about the path. */
function refuseUnsafe(path) {
    const own = (0,own_names/* ownNameIn */.xJ)(path);
    if (own !== undefined) {
        throw new build_error/* TfcacheError */.TM('usage', `${JSON.stringify(path)} cannot be taken by rsync.`, {
            found: `the name ${own}, which tfcache itself uses while it copies`,
            hint: 'Leave it out of the request, or take it from an https:// or file:// mirror.',
        });
    }
    if (isSafePath(path))
        return;
    throw new build_error/* TfcacheError */.TM('usage', `${JSON.stringify(path)} is no path inside a bucket.`, {
        hint: 'Paths are relative, without "." and "..", with "/" between names.',
    });
}


/***/ })

};
