export const id = 226;
export const ids = [226];
export const modules = {

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

/***/ 8166:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  z: () => (/* binding */ dial)
});

// UNUSED EXPORTS: ConnectTimeout

// EXTERNAL MODULE: external "node:net"
var external_node_net_ = __webpack_require__(7030);
// EXTERNAL MODULE: ./build/store/file-error.js
var file_error = __webpack_require__(3009);
;// CONCATENATED MODULE: ./build/probe/connect-problem.js

/** What a connection that was not made means. */
function connectProblem(error, { host, port }) {
    const code = (0,file_error/* errorCode */.C)(error);
    const message = messageOf(error);
    const found = code === undefined || message.includes(code) ? message : `${code}: ${message}`;
    switch (code) {
        case 'ENOTFOUND':
            return {
                kind: 'dns',
                message: `There is no host named ${host}.`,
                found,
                hint: 'Check the spelling, and that this machine can look names up (getent hosts NAME).',
            };
        case 'EAI_AGAIN':
            return {
                kind: 'dns',
                message: `The name ${host} could not be looked up: the name server does not answer.`,
                found,
                hint: 'Check the network and the name servers of this machine.',
            };
        case 'ECONNREFUSED':
            return {
                kind: 'refused',
                message: `${host} refuses connections to port ${port}: nothing listens there.`,
                found,
                hint: 'Check the port (rsync 873, ssh 22, https 443 unless the URL names another), or name another mirror.',
            };
        case 'ECONNRESET':
        case 'EPIPE':
            return {
                kind: 'reset',
                message: `${host} resets connections to port ${port}.`,
                found,
                hint: 'A firewall may do that, or a mirror that shut this address out. Wait some hours, or name another mirror.',
            };
        case 'ENETUNREACH':
        case 'EHOSTUNREACH':
        case 'ETIMEDOUT':
        case 'EACCES':
        case 'EPERM':
            return {
                kind: 'unreachable',
                message: `${host} cannot be reached from here.`,
                found,
                hint: 'Check the network and the firewall of this machine, or name another mirror.',
            };
        default:
            return filtered(host, port, found);
    }
}
/** Nothing came back: a firewall that drops packets, or a host that is gone. */
function filtered(host, port, found) {
    return {
        kind: 'filtered',
        message: `Port ${port} of ${host} does not answer: it is filtered here, or the host is down.`,
        found,
        hint: `Let this machine out to port ${port}, or use a proxy, or another mirror.`,
    };
}
/** A host with several addresses fails with one error for each, and no message of its own. */
function messageOf(error) {
    if (error.message !== '' || !(error instanceof AggregateError))
        return error.message;
    return error.errors
        .map((each) => (each instanceof Error ? each.message : String(each)))
        .join('; ');
}

;// CONCATENATED MODULE: ./build/probe/line-reader.js
/** More than any greeting has: a peer that never ends its line must not fill the memory. */
const LONGEST_LINE = 4096;
/** Reads a socket line by line; text beyond the limit of a line is cut. */
class LineReader {
    buffered = '';
    ended;
    wake;
    constructor(socket) {
        socket.setEncoding('latin1');
        socket.on('data', (text) => {
            if (this.buffered.length < 64 * LONGEST_LINE)
                this.buffered += text;
            this.wake?.();
        });
        socket.on('error', () => this.finish('reset'));
        socket.on('end', () => this.finish('closed'));
        socket.on('close', () => this.finish('closed'));
    }
    /** The next line without its end; what came last without one counts as a line when the peer has closed. */
    async line(limit) {
        const until = performance.now() + limit;
        for (;;) {
            const text = this.take();
            if (text !== undefined)
                return { text };
            if (this.ended !== undefined)
                return { end: this.ended };
            const left = until - performance.now();
            if (left <= 0)
                return { end: 'silent' };
            await new Promise((resolve) => {
                const timer = setTimeout(resolve, left);
                this.wake = () => {
                    clearTimeout(timer);
                    resolve();
                };
            });
        }
    }
    take() {
        const at = this.buffered.indexOf('\n');
        const whole = this.ended !== undefined || this.buffered.length > LONGEST_LINE;
        if (at < 0 && !(whole && this.buffered !== ''))
            return undefined;
        const text = at < 0 ? this.buffered : this.buffered.slice(0, at);
        this.buffered = at < 0 ? '' : this.buffered.slice(at + 1);
        return text.replace(/\r$/, '').slice(0, LONGEST_LINE);
    }
    finish(how) {
        this.ended ??= how;
        this.wake?.();
    }
}

// EXTERNAL MODULE: ./build/probe/problem.js
var problem = __webpack_require__(1506);
;// CONCATENATED MODULE: ./build/probe/dial.js




/** Connects, directly or through a proxy. @throws ProbeFailure */
async function dial(address, options) {
    const { proxy } = options;
    if (proxy === undefined)
        return openSocket(address, options);
    const connection = await openSocket(proxy, options).catch((error) => {
        throw proxyUnreachable(error);
    });
    try {
        await askProxy(connection, address, proxy, options.limit);
        return connection;
    }
    catch (error) {
        connection.socket.destroy();
        throw error;
    }
}
function openSocket(address, { limit, signal }) {
    const began = performance.now();
    return new Promise((resolve, reject) => {
        const socket = (0,external_node_net_.connect)({
            host: address.host,
            port: address.port,
            noDelay: true,
            // Node's own 250 ms for the first of several addresses is less than the way around the world takes.
            autoSelectFamilyAttemptTimeout: Math.max(10, Math.floor(limit / 3)),
        });
        const end = () => {
            clearTimeout(timer);
            signal.removeEventListener('abort', giveUp);
            socket.off('error', fail);
        };
        const fail = (error) => {
            end();
            socket.destroy();
            reject(new problem/* ProbeFailure */.BU(connectProblem(error, address)));
        };
        const giveUp = () => fail(new ConnectTimeout(limit));
        const timer = setTimeout(giveUp, limit);
        signal.addEventListener('abort', giveUp, { once: true });
        socket.once('error', fail);
        socket.once('connect', () => {
            const connectTime = performance.now() - began;
            end();
            resolve({ socket, reader: new LineReader(socket), connectTime });
        });
        if (signal.aborted)
            giveUp();
    });
}
/** Nothing answered the connection, not even a refusal. */
class ConnectTimeout extends Error {
    constructor(limit) {
        super(`no answer to the connection within ${(limit / 1000).toFixed(1)} seconds`);
    }
}
/** https://www.rfc-editor.org/rfc/rfc9110#name-connect */
async function askProxy({ socket, reader }, { host, port }, proxy, limit) {
    const target = `${host.includes(':') ? `[${host}]` : host}:${port}`;
    const by = `The proxy ${proxy.host}:${proxy.port}`;
    socket.write(`CONNECT ${target} HTTP/1.1\r\nHost: ${target}\r\n\r\n`);
    const first = await reader.line(limit);
    const status = /^HTTP\/1\.[01] (\d{3})/.exec(first.text ?? '')?.[1];
    if (status === undefined) {
        throw new problem/* ProbeFailure */.BU({
            kind: 'proxy',
            message: `${by} does not answer as an HTTP proxy.`,
            found: first.text ?? first.end,
            hint: 'Check host and port of the proxy.',
        });
    }
    if (!status.startsWith('2')) {
        throw new problem/* ProbeFailure */.BU({
            kind: 'proxy',
            message: `${by} refuses to connect to ${target}.`,
            found: first.text,
            hint: status === '407'
                ? 'It asks for a user and a password, which is not supported: use an https:// mirror.'
                : `Ask who runs it to allow CONNECT to port ${port}, or use an https:// mirror: proxies let port 443 through.`,
        });
    }
    for (;;) {
        const header = await reader.line(limit);
        if (header.text === undefined || header.text === '')
            return;
    }
}
function proxyUnreachable(error) {
    if (!(error instanceof problem/* ProbeFailure */.BU))
        return error;
    return new problem/* ProbeFailure */.BU({
        ...error.problem,
        kind: 'proxy',
        message: `The proxy cannot be used: ${error.problem.message}`,
        hint: 'Check host and port of the proxy (input proxy, or RSYNC_PROXY).',
    });
}


/***/ }),

/***/ 867:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   O: () => (/* binding */ offers),
/* harmony export */   y: () => (/* binding */ explainModule)
/* harmony export */ });
/* harmony import */ var _request_nearest_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7320);

const SHOWN = 8;
/** Completes the problem of a module that is not there: what there is instead, and what became of this one. */
function explainModule(problem, module, offered, site) {
    if (problem.kind !== 'unknown-module')
        return problem;
    const slip = (0,_request_nearest_js__WEBPACK_IMPORTED_MODULE_0__/* .likelySlip */ .jm)(module, offered?.names ?? []);
    const retired = site !== undefined && module === 'tensorflow' ? `${site.tensorflow}. ` : '';
    return {
        ...problem,
        message: `The mirror has no module ${module}; it ${offers(offered)}.`,
        hint: `${retired}${slip === undefined ? 'Correct the module in the URL, or name another mirror.' : `Did you mean ${slip}?`}`,
    };
}
/** `offers a, b and 4 more` */
function offers(offered) {
    if (offered === undefined || offered.total === 0)
        return 'offers none by name';
    const shown = offered.names.slice(0, SHOWN);
    const more = offered.total - shown.length;
    return `offers ${shown.join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}


/***/ }),

/***/ 2507:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   x: () => (/* binding */ knownSite)
/* harmony export */ });
const ASK_FIRST = 'no mirror of TensorFlow’s bucket is known there; wheels are in its PyPI mirror, if it keeps one';
const SITES = [
    {
        name: 'TUNA',
        hosts: /(^|\.)mirrors?[46]?\.tuna\.tsinghua\.edu\.cn$/,
        statusUrl: 'https://mirrors.tuna.tsinghua.edu.cn/static/tunasync.json',
        intervalHours: 6,
        // tuna/tunasync-scripts ab826ec, tuna/issues#449, tuna/mirror-web 0f8f120
        tensorflow: 'TUNA retired its tensorflow mirror in 2018 (last synced 2018-01-13, TensorFlow 1.5.0rc1) and asks to use PyPI instead',
    },
    {
        name: 'BFSU',
        hosts: /(^|\.)mirrors\.bfsu\.edu\.cn$/,
        statusUrl: 'https://mirrors.bfsu.edu.cn/static/tunasync.json',
        intervalHours: 6,
        tensorflow: ASK_FIRST,
    },
    {
        name: 'NJU',
        hosts: /(^|\.)mirrors?\.nju\.edu\.cn$/,
        statusUrl: 'https://mirror.nju.edu.cn/.mirrorz/tunasync.json',
        intervalHours: 6,
        tensorflow: ASK_FIRST,
    },
    {
        name: 'USTC',
        hosts: /(^|\.)mirrors\.ustc\.edu\.cn$/,
        statusUrl: 'https://mirrors.ustc.edu.cn/static/json/mirrorz.json',
        intervalHours: 24,
        tensorflow: ASK_FIRST,
    },
    {
        name: 'SJTUG siyuan',
        hosts: /(^|\.)mirrors?\.sjtu\.edu\.cn$/,
        statusUrl: 'https://mirror.sjtu.edu.cn/mirrorz/siyuan.json',
        intervalHours: 24,
        tensorflow: ASK_FIRST,
    },
    {
        name: 'SJTUG zhiyuan',
        hosts: /(^|\.)mirrors\.sjtug\.sjtu\.edu\.cn$/,
        statusUrl: 'https://mirrors.sjtug.sjtu.edu.cn/mirrorz/zhiyuan.json',
        intervalHours: 24,
        tensorflow: ASK_FIRST,
    },
    {
        name: 'Aliyun',
        hosts: /(^|\.)mirrors\.(aliyun|cloud\.aliyuncs)\.com$/,
        statusUrl: undefined,
        intervalHours: 24,
        tensorflow: ASK_FIRST,
    },
];
/** The public mirror site at a host, if it is one that we know. */
function knownSite(host) {
    const name = host.toLowerCase().replace(/\.$/, '');
    return SITES.find(({ hosts }) => hosts.test(name));
}


/***/ }),

/***/ 2749:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   w: () => (/* binding */ nextDoor)
/* harmony export */ });
/* harmony import */ var _dial_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(8166);
/* harmony import */ var _problem_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(1506);


const HTTPS_PORT = 443;
const LIMIT = 1_500;
/**
 * Tells a filtered port from a host that is down: when port 443 of the same host answers, even by a refusal, the host is
 * there and the other port is what is blocked.
 */
async function nextDoor(problem, { host, port }, { signal, timeLeft }) {
    if (problem.kind !== 'filtered' || port === HTTPS_PORT)
        return problem;
    const limit = Math.min(LIMIT, timeLeft());
    if (limit <= 0)
        return problem;
    let answer = 'answers';
    try {
        const address = { host, port: HTTPS_PORT };
        (await (0,_dial_js__WEBPACK_IMPORTED_MODULE_0__/* .dial */ .z)(address, { limit, proxy: undefined, signal })).socket.destroy();
    }
    catch (error) {
        if (!(error instanceof _problem_js__WEBPACK_IMPORTED_MODULE_1__/* .ProbeFailure */ .BU))
            throw error;
        if (error.problem.kind !== 'refused')
            return problem;
        answer = 'refuses at once';
    }
    return {
        ...problem,
        message: `Port ${port} is filtered here: ${host} does not answer on it, while its port 443 ${answer}.`,
    };
}


/***/ }),

/***/ 277:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   R: () => (/* binding */ roundTrips),
/* harmony export */   s: () => (/* binding */ roundTrip)
/* harmony export */ });
/** The middle of several samples, so that one that was held up does not count. Undefined without samples. */
function roundTrip(of, samples) {
    const sorted = samples.toSorted((left, right) => left - right);
    const upper = sorted[Math.floor(sorted.length / 2)];
    const lower = sorted[Math.floor((sorted.length - 1) / 2)];
    if (upper === undefined || lower === undefined)
        return undefined;
    return { of, median: (upper + lower) / 2, samples };
}
/** Those that were measured. */
function roundTrips(...measured) {
    return measured.filter((one) => one !== undefined);
}


/***/ }),

/***/ 2231:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  probeRsyncMirror: () => (/* binding */ probeRsyncMirror)
});

// EXTERNAL MODULE: ./build/log.js
var log = __webpack_require__(6650);
// EXTERNAL MODULE: ./build/mirror/rsync/rsync-mirror.js + 29 modules
var rsync_mirror = __webpack_require__(1612);
// EXTERNAL MODULE: ./build/probe/content.js + 1 modules
var content = __webpack_require__(2248);
// EXTERNAL MODULE: ./build/probe/context.js
var probe_context = __webpack_require__(1998);
// EXTERNAL MODULE: ./build/probe/daemon-refusal.js
var daemon_refusal = __webpack_require__(3899);
// EXTERNAL MODULE: ./build/probe/dial.js + 2 modules
var dial = __webpack_require__(8166);
// EXTERNAL MODULE: ./build/probe/problem.js
var probe_problem = __webpack_require__(1506);
;// CONCATENATED MODULE: ./build/probe/daemon.js



/** Most modules that are read. */
const MOST_MODULES = 10_000;
/** Our protocol and digests; a daemon of protocol 32 refuses clients without a list of digests (clientserver.c). */
const OUR_GREETING = '@RSYNCD: 31.0 sha512 sha256 sha1 md5 md4\n';
/** Asks a daemon which modules it offers by name. @throws ProbeFailure */
async function listModules(address, options) {
    return withDaemon(address, '#list', options, async (greeting, next) => {
        const modules = [];
        for (let line = await next(); !line.startsWith('@RSYNCD: EXIT'); line = await next()) {
            throwRefusal(line);
            // `name`, padded, a tab, a comment; the message of the day has no tab.
            const name = /^(\S[^\t]*?) *\t/.exec(line)?.[1];
            if (name !== undefined)
                modules.push(name);
            if (modules.length >= MOST_MODULES)
                break;
        }
        return { greeting, modules };
    });
}
/** Asks a daemon for one module. @returns `login` when it wants a password first. @throws ProbeFailure */
async function askModule(address, module, options) {
    return withDaemon(address, module, options, async (_greeting, next) => {
        for (;;) {
            const line = await next();
            throwRefusal(line);
            if (line.startsWith('@RSYNCD: OK'))
                return 'open';
            if (line.startsWith('@RSYNCD: AUTHREQD'))
                return 'login';
        }
    });
}
async function withDaemon(address, request, options, work) {
    const connection = await (0,dial/* dial */.z)(address, options).catch((error) => {
        // The reset of a connection that was accepted can come before we see that it was made.
        const isReset = error instanceof probe_problem/* ProbeFailure */.BU && error.problem.kind === 'reset';
        throw isReset ? new probe_problem/* ProbeFailure */.BU(noAnswer('reset', address, options)) : error;
    });
    try {
        const greeting = await greet(connection, address, options);
        connection.socket.write(`${OUR_GREETING}${request}\n`);
        const left = { lines: 2 * MOST_MODULES };
        return await work(greeting, async () => {
            const line = await connection.reader.line(Math.min(options.lineLimit, options.timeLeft()));
            if (options.timeLeft() <= 0)
                throw (0,probe_problem/* outOfTime */.p3)();
            left.lines -= 1;
            if (line.text !== undefined && left.lines > 0)
                return line.text;
            throw new probe_problem/* ProbeFailure */.BU(noAnswer(line.end ?? 'silent', address, options));
        });
    }
    finally {
        connection.socket.destroy();
    }
}
async function greet({ socket, reader, connectTime }, address, options) {
    const began = performance.now();
    let first = await reader.line(options.lineLimit / 2);
    if (first.end === 'silent') {
        // A web server waits for us to speak first; what it thinks of an rsync greeting tells what it is.
        socket.write(OUR_GREETING);
        first = await reader.line(options.lineLimit / 2);
    }
    if (first.text === undefined) {
        throw new probe_problem/* ProbeFailure */.BU(noAnswer(first.end, address, options));
    }
    const match = /^@RSYNCD: (\d+(?:\.\d+)?)(?: (.*))?$/.exec(first.text);
    if (match === null) {
        throwRefusal(first.text);
        throw new probe_problem/* ProbeFailure */.BU({
            kind: /^HTTP\/|^\s*</.test(first.text) ? 'captive-portal' : 'not-rsync',
            message: /^HTTP\/|^\s*</.test(first.text)
                ? `A web server answers on port ${address.port} instead of an rsync daemon: a captive portal or a proxy, or the wrong port.`
                : `What answers on port ${address.port} is no rsync daemon.`,
            found: first.text.slice(0, 200),
            hint: 'Log in to the network if it wants that, check host and port (rsync daemons listen on 873), or use an https:// mirror.',
        });
    }
    const checksums = (match[2] ?? '').split(' ').filter((name) => name !== '');
    const greetingTime = performance.now() - began;
    return { protocol: match[1] ?? '', checksums, connectTime, greetingTime };
}
function throwRefusal(line) {
    const refusal = (0,daemon_refusal/* classifyRefusal */.r)(line);
    if (refusal !== undefined)
        throw new probe_problem/* ProbeFailure */.BU(refusal);
}
function noAnswer(end, { host }, { lineLimit, banHours }) {
    const wait = `Wait ${banHours} hours before the next try and come less often after that, or name another mirror`;
    if (end === 'reset') {
        return {
            kind: 'reset',
            message: `${host} answers as if this address were banned: it accepts the connection and resets it.`,
            found: 'connection reset by peer',
            hint: `${wait}. IPv4 and IPv6 are banned apart.`,
        };
    }
    if (end === 'closed') {
        return {
            kind: 'closed',
            message: `${host} closes the connection before it answers: it is overloaded, or this address is banned.`,
            found: 'connection closed',
            hint: `${wait}.`,
        };
    }
    return {
        kind: 'silent',
        message: `${host} accepts the connection and stays silent.`,
        found: `nothing in ${(lineLimit / 1000).toFixed(1)} seconds`,
        hint: 'A firewall or proxy may accept in its place, or it is overloaded: use ssh:// or https://, run again later, or name another mirror.',
    };
}

// EXTERNAL MODULE: ./build/probe/explain-module.js
var explain_module = __webpack_require__(867);
// EXTERNAL MODULE: ./build/probe/known-sites.js
var known_sites = __webpack_require__(2507);
// EXTERNAL MODULE: ./build/probe/names.js
var names = __webpack_require__(9705);
// EXTERNAL MODULE: ./build/probe/next-door.js
var next_door = __webpack_require__(2749);
// EXTERNAL MODULE: ./build/probe/round-trip.js
var round_trip = __webpack_require__(277);
// EXTERNAL MODULE: ./build/probe/shelf.js
var probe_shelf = __webpack_require__(7749);
// EXTERNAL MODULE: ./build/probe/site-status.js + 4 modules
var site_status = __webpack_require__(4245);
;// CONCATENATED MODULE: ./build/probe/rsync.js













/** Other than public sites, a mirror that bans is unknown: hours that are enough for those that are. */
const BAN_HOURS = 4;
/**
 * Looks at an rsync daemon, one connection after the other: its greeting and its list of modules by the protocol itself;
 * then the module, by the rsync program where there is one, because that is what a pull will do.
 */
async function probeRsyncMirror(target, context) {
    const { place } = target;
    const address = { host: place.host, port: place.port ?? 873 };
    const site = (0,known_sites/* knownSite */.x)(place.host);
    const options = {
        limit: Math.min(probe_context/* CONNECT_LIMIT */.zN, context.timeLeft()),
        lineLimit: Math.min(probe_context/* LINE_LIMIT */.by, context.timeLeft()),
        banHours: site?.intervalHours ?? BAN_HOURS,
        proxy: context.proxy,
        signal: context.signal,
        timeLeft: context.timeLeft,
    };
    let probe = { ...(0,probe_context/* blank */.hQ)(target), verdict: 'reachable', problem: undefined };
    if (site !== undefined) {
        const about = `This is ${site.name}, a public site: sync at most every ${site.intervalHours} hours`;
        const tensorflow = place.module === 'tensorflow' ? `; ${site.tensorflow}` : '';
        probe = { ...probe, notes: [`${about}${tensorflow}.`] };
    }
    try {
        const { greetings, modules } = await measure(address, options, site === undefined ? probe_context/* SAMPLES */.ct : 1);
        probe = { ...probe, ...described(greetings), modules: (0,names/* cutNames */.L)(modules.toSorted()) };
        if (target.named === 'host') {
            return { ...probe, notes: [...probe.notes, 'No module was named, so none was looked into.'] };
        }
        const { notes = [], ...found } = await lookAtModule(target, address, options, context);
        probe = { ...probe, ...found, notes: [...probe.notes, ...notes] };
    }
    catch (error) {
        const problem = (0,explain_module/* explainModule */.y)((0,probe_problem/* problemOf */.Zw)(error), place.module, probe.modules, site);
        const told = problem.kind === 'filtered' ? { ...problem, hint: otherRoads(address) } : problem;
        probe = { ...probe, verdict: 'unusable', problem: await (0,next_door/* nextDoor */.w)(told, address, context) };
    }
    // A trace in the mirror itself knows better than its site.
    if (site === undefined || probe.freshness.lastSync !== undefined)
        return probe;
    const status = await (0,site_status/* siteFreshness */.N)(site.statusUrl, place.module, context);
    if (status === undefined)
        return probe;
    return { ...probe, freshness: { ...status, newestFile: probe.freshness.newestFile } };
}
function otherRoads({ port }) {
    return `Use ssh:// or https:// if the mirror has them, or a proxy (input proxy); or let this machine out to port ${port}.`;
}
async function measure(address, options, samples) {
    const { greeting, modules } = await listModules(address, options);
    const greetings = [greeting];
    // What takes long is not measured more often: the time is for finding out what is wrong.
    while (greetings.length < samples && greeting.connectTime + greeting.greetingTime < 500) {
        greetings.push((await listModules(address, options)).greeting);
    }
    return { greetings, modules };
}
function described(greetings) {
    const [greeting] = greetings;
    const checksums = greeting === undefined || greeting.checksums.length === 0
        ? 'no list of checksums: rsync before 3.2.7'
        : greeting.checksums.join(' ');
    return {
        server: `rsync daemon, protocol ${greeting?.protocol ?? 'unknown'} (${checksums})`,
        roundTrips: (0,round_trip/* roundTrips */.R)((0,round_trip/* roundTrip */.s)('connect', greetings.map(({ connectTime }) => connectTime)), (0,round_trip/* roundTrip */.s)('greeting', greetings.map(({ greetingTime }) => greetingTime))),
    };
}
/** By the rsync program if a listing can be made with it; else the daemon is only asked whether it lets us in. */
async function lookAtModule(target, address, options, context) {
    const { rsync, proxy, rsyncPassword } = context;
    const lacking = rsync?.path === undefined || rsync.problem !== undefined
        ? 'without a usable rsync program here, what is in it was not listed'
        : proxy !== undefined
            ? 'through the proxy, what is in it was not listed'
            : undefined;
    if (rsync?.path === undefined || lacking !== undefined) {
        const answer = await askModule(address, target.place.module, options);
        const login = answer === 'login' ? '; it wants a password, which was not tried' : '';
        return { notes: [`The module is there; ${lacking ?? ''}${login}.`] };
    }
    const mirror = (0,rsync_mirror.createRsyncMirror)({
        url: target.url,
        bucket: target.bucket,
        rsyncPath: rsync.path,
        timeout: probe_context/* LINE_LIMIT */.by / 1000,
        retries: 0,
        bandwidthLimit: undefined,
        password: rsyncPassword,
        environment: context.environment,
        log: log/* silentLog */.a,
    });
    const shelf = (0,probe_shelf/* shelfOfMirror */.jB)(mirror, target.bucket);
    const { names, freshness, note } = await (0,content/* lookInto */.O)(shelf, context.limit, context.signal);
    const problem = names === undefined ? noFolder(target.place.path) : names.total === 0 ? EMPTY : undefined;
    return {
        verdict: problem === undefined ? 'usable' : 'unusable',
        problem,
        content: names,
        freshness,
        ...(note === undefined ? {} : { notes: [note] }),
    };
}
function noFolder(path) {
    return {
        kind: 'unknown-folder',
        message: `The module is there, but the folder "${path}" in it is not.`,
        found: undefined,
        hint: 'Correct the path in the mirror URL. rsync takes it literally: %20 is no space.',
    };
}
const EMPTY = {
    kind: 'empty',
    message: 'The mirror answers, but there is nothing in it.',
    found: undefined,
    hint: 'Its first sync may not have run, or its disk is not mounted: tell the operator, or name another mirror.',
};


/***/ }),

/***/ 4245:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  G: () => (/* binding */ findStatus),
  N: () => (/* binding */ siteFreshness)
});

// EXTERNAL MODULE: ./build/error.js
var build_error = __webpack_require__(5602);
// EXTERNAL MODULE: ./build/mirror/https/failure.js
var failure = __webpack_require__(5966);
// EXTERNAL MODULE: ./build/mirror/https/read-body.js
var read_body = __webpack_require__(7615);
// EXTERNAL MODULE: ./build/probe/freshness.js
var freshness = __webpack_require__(8790);
// EXTERNAL MODULE: ./build/probe/shelf.js
var shelf = __webpack_require__(7749);
// EXTERNAL MODULE: ./node_modules/valibot/dist/index.mjs
var dist = __webpack_require__(7934);
// EXTERNAL MODULE: ./build/probe/status/entry.js
var entry = __webpack_require__(6076);
;// CONCATENATED MODULE: ./build/probe/status/mirrorz.js


const Site = dist/* object */.Ikc({
    version: dist/* optional */.lqM(dist/* union */.KCZ([dist/* number */.aig(), dist/* string */.YjP()])),
    mirrors: dist/* array */.YOg(dist/* object */.Ikc({ cname: dist/* string */.YjP(), url: dist/* optional */.lqM(dist/* string */.YjP()), status: dist/* optional */.lqM(dist/* string */.YjP()) })),
});
/** Letters that say what goes on; the rest (X next, N new, S, O) only carry times. */
const STATES = {
    S: 'success',
    Y: 'syncing',
    F: 'failed',
    P: 'paused',
    D: 'pending',
};
/**
 * MirrorZ, version 1.7 (https://github.com/mirrorz-org/mirrorz): `{mirrors: [{cname, url, status}]}`. `status` is letters,
 * each with a time in seconds behind it where it has one: `S1600000000X1600003600`; in `Y1600000000O1599990000` the `O` is
 * the last success before the sync that runs. A mirror is named by `cname`, or by its `url` where that differs.
 *
 * @throws ValiError for JSON of another form.
 */
function parseMirrorz(json) {
    return dist/* parse */.qgA(Site, json).mirrors.flatMap(({ cname, url, status = 'U' }) => {
        const { lastSuccess, state } = readStatus(status);
        const names = new Set([cname, lastNameOf(url)].filter((name) => name !== ''));
        return [...names].map((name) => ({ name, lastSuccess, state }));
    });
}
function readStatus(text) {
    let lastSuccess;
    let state = 'unknown';
    for (const [, letter = '', digits = ''] of text.matchAll(/([A-Z])(\d*)/g)) {
        const time = digits === '' ? undefined : (0,entry/* realTime */.M)(Number(digits));
        if (letter === 'S' || letter === 'O')
            lastSuccess ??= time;
        state = STATES[letter] ?? state;
    }
    return { lastSuccess, state };
}
/** `tensorflow` of `/tensorflow/` and of `https://host/tensorflow`. */
function lastNameOf(url) {
    return /([^/]+)\/*$/.exec((url ?? '').replace(/^[a-z]+:\/\/[^/]*/i, ''))?.[1] ?? '';
}

;// CONCATENATED MODULE: ./build/probe/status/tunasync.js


const Jobs = dist/* array */.YOg(dist/* object */.Ikc({
    name: dist/* string */.YjP(),
    status: dist/* string */.YjP(),
    // Only the last success counts; `last_ended` is also that of a failure.
    last_update_ts: dist/* optional */.lqM(dist/* number */.aig()),
}));
const tunasync_STATES = {
    success: 'success',
    syncing: 'syncing',
    'pre-syncing': 'syncing',
    failed: 'failed',
    paused: 'paused',
    disabled: 'disabled',
};
/**
 * tunasync's status, as TUNA, BFSU and NJU publish it: `[{name, status, last_update_ts, …}]`
 * (https://github.com/tuna/tunasync/blob/master/internal/status_web.go).
 *
 * @throws ValiError for JSON of another form.
 */
function parseTunasync(json) {
    return dist/* parse */.qgA(Jobs, json).map(({ name, status, last_update_ts }) => {
        const lastSuccess = (0,entry/* realTime */.M)(last_update_ts);
        const state = tunasync_STATES[status] ?? 'unknown';
        return { name, lastSuccess, state: lastSuccess === undefined ? 'never' : state };
    });
}

;// CONCATENATED MODULE: ./build/probe/status/yuki.js


const Metas = dist/* array */.YOg(dist/* object */.Ikc({
    name: dist/* string */.YjP(),
    syncing: dist/* optional */.lqM(dist/* boolean */.zMY()),
    exitCode: dist/* optional */.lqM(dist/* number */.aig()),
    lastSuccess: dist/* optional */.lqM(dist/* union */.KCZ([dist/* number */.aig(), dist/* string */.YjP()])),
}));
/**
 * Yuki's `/api/v1/metas` (https://github.com/ustclug/Yuki): `[{name, syncing, exitCode, lastSuccess, …}]`, the time in
 * seconds, or as RFC 3339 in later versions.
 *
 * @throws ValiError for JSON of another form.
 */
function parseYuki(json) {
    return dist/* parse */.qgA(Metas, json).map(({ name, syncing, exitCode = 0, lastSuccess }) => {
        const time = (0,entry/* realTime */.M)(typeof lastSuccess === 'string' ? Math.floor(Date.parse(lastSuccess) / 1000) : lastSuccess);
        const state = syncing === true ? 'syncing' : exitCode === 0 ? 'success' : 'failed';
        return { name, lastSuccess: time, state: time === undefined ? 'never' : state };
    });
}

;// CONCATENATED MODULE: ./build/probe/status/formats.js




const PARSERS = [
    parseTunasync,
    parseMirrorz,
    parseYuki,
];
/** Reads a status of any known form; undefined for what is none (a web page, other JSON). */
function parseStatus(text) {
    let json;
    try {
        json = JSON.parse(text);
    }
    catch (error) {
        if (error instanceof SyntaxError)
            return undefined;
        throw error;
    }
    for (const parse of PARSERS) {
        try {
            return parse(json);
        }
        catch (error) {
            if (!(error instanceof dist/* ValiError */.H6d))
                throw error;
        }
    }
    return undefined;
}

;// CONCATENATED MODULE: ./build/probe/site-status.js






/** Bytes: the largest sites keep some thousand mirrors. */
const LARGEST_STATUS = 4 * 1024 * 1024;
const LIMIT_SECONDS = 3;
/** Where sites of tunasync, of MirrorZ and of Yuki keep their status. */
const USUAL_PLACES = [
    '/static/tunasync.json',
    '/.mirrorz/tunasync.json',
    '/static/json/mirrorz.json',
    '/mirrorz.json',
    '/api/v1/metas',
];
/** What a known site's status says of a mirror; undefined when there is none to be read. */
async function siteFreshness(statusUrl, name, context) {
    if (statusUrl === undefined)
        return undefined;
    const { environment } = context;
    const client = (0,shelf/* webClient */.q1)({ environment, timeout: LIMIT_SECONDS, login: undefined });
    return site_status_readStatus(client, new URL(statusUrl), name, context);
}
/** Looks for a status at the usual places of a web host; undefined when there is none. */
async function findStatus(client, origin, name, context) {
    for (const place of USUAL_PLACES) {
        const found = await site_status_readStatus(client, new URL(place, origin), name, context);
        if (found !== undefined)
            return found;
    }
    return undefined;
}
async function site_status_readStatus(client, url, name, { signal, limit }) {
    try {
        const response = await client.open(url, { signal });
        if (response.status !== 200) {
            response.body.resume();
            return undefined;
        }
        const options = { timeout: LIMIT_SECONDS, limit: LARGEST_STATUS, signal };
        const entries = parseStatus(await (0,read_body/* readText */.yR)(response, options));
        return entries === undefined ? undefined : (0,freshness/* judgeStatus */.Gh)(entries, name, url.href, limit);
    }
    catch (error) {
        // A status is an extra: without it the mirror is judged by what it holds.
        if (error instanceof failure/* PassingFailure */.Wz || (0,failure/* outward */.N4)(error) instanceof build_error/* TfcacheError */.TM)
            return undefined;
        throw error;
    }
}


/***/ })

};
