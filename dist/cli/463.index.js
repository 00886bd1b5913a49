export const id = 463;
export const ids = [463];
export const modules = {

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

/***/ 2463:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   probeSshMirror: () => (/* binding */ probeSshMirror)
/* harmony export */ });
/* harmony import */ var _context_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(1998);
/* harmony import */ var _dial_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(8166);
/* harmony import */ var _next_door_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(2749);
/* harmony import */ var _problem_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(1506);
/* harmony import */ var _round_trip_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(277);





/** Lines a server may send before its banner: https://www.rfc-editor.org/rfc/rfc4253#section-4.2 */
const MOST_LINES = 20;
/** Looks at an SSH server: whether it is there and what it is. No login is tried, so that no key is needed. */
async function probeSshMirror(target, context) {
    const address = { host: target.host, port: target.port };
    const { signal } = context;
    const probe = (0,_context_js__WEBPACK_IMPORTED_MODULE_0__/* .blank */ .hQ)(target);
    try {
        const connection = await (0,_dial_js__WEBPACK_IMPORTED_MODULE_1__/* .dial */ .z)(address, { limit: _context_js__WEBPACK_IMPORTED_MODULE_0__/* .CONNECT_LIMIT */ .zN, proxy: undefined, signal });
        try {
            const began = performance.now();
            const banner = await readBanner(connection, address, context);
            return {
                ...probe,
                verdict: 'reachable',
                problem: undefined,
                server: banner,
                roundTrips: (0,_round_trip_js__WEBPACK_IMPORTED_MODULE_2__/* .roundTrips */ .R)((0,_round_trip_js__WEBPACK_IMPORTED_MODULE_2__/* .roundTrip */ .s)('connect', [connection.connectTime]), (0,_round_trip_js__WEBPACK_IMPORTED_MODULE_2__/* .roundTrip */ .s)('greeting', [performance.now() - began])),
                notes: ['It answers. Neither login nor host key nor the path was tried: a pull does that.'],
            };
        }
        finally {
            connection.socket.destroy();
        }
    }
    catch (error) {
        const problem = await (0,_next_door_js__WEBPACK_IMPORTED_MODULE_3__/* .nextDoor */ .w)((0,_problem_js__WEBPACK_IMPORTED_MODULE_4__/* .problemOf */ .Zw)(error), address, context);
        return { ...probe, verdict: 'unusable', problem };
    }
}
/** What stands before the banner may be anything but another protocol's greeting. */
async function readBanner({ reader }, address, { timeLeft }) {
    for (let lines = 0;; lines += 1) {
        const { text, end } = await reader.line(Math.min(_context_js__WEBPACK_IMPORTED_MODULE_0__/* .LINE_LIMIT */ .by, timeLeft()));
        if (text?.startsWith('SSH-') === true)
            return text;
        const other = text !== undefined && /^HTTP\/|^\s*<|^@RSYNCD:|^220 /.test(text);
        if (text === undefined || other || lines >= MOST_LINES)
            throw notSsh(address, text ?? end);
    }
}
function notSsh({ host, port }, found) {
    const ended = found === 'silent' || found === 'closed' || found === 'reset' ? found : undefined;
    return new _problem_js__WEBPACK_IMPORTED_MODULE_4__/* .ProbeFailure */ .BU({
        kind: ended ?? 'not-ssh',
        message: ended !== undefined
            ? `${host} accepts the connection and does not greet as an SSH server does.`
            : `What answers on port ${port} is no SSH server.`,
        found: ended === 'silent'
            ? 'nothing'
            : ended === undefined
                ? found.slice(0, 200)
                : `connection ${ended}`,
        hint: 'Check host and port (sshd listens on 22), and that no proxy answers in its place; a server that shut this address out closes at once: wait some hours.',
    });
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


/***/ })

};
