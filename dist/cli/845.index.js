export const id = 845;
export const ids = [845];
export const modules = {

/***/ 5966:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   $m: () => (/* binding */ proxyWantsPassword),
/* harmony export */   KW: () => (/* binding */ cancelled),
/* harmony export */   N4: () => (/* binding */ outward),
/* harmony export */   SP: () => (/* binding */ shown),
/* harmony export */   Wz: () => (/* binding */ PassingFailure),
/* harmony export */   dZ: () => (/* binding */ throwIfCancelled),
/* harmony export */   rd: () => (/* binding */ networkFailure)
/* harmony export */ });
/* harmony import */ var _error_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(5602);
/* harmony import */ var _store_file_error_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(3009);


/**
 * A failure that may pass: another try can do better. It does not leave this folder; when the tries are used up, `error`
 * is what the caller sees.
 */
class PassingFailure extends Error {
    error;
    /** Seconds the server asked to wait (`Retry-After`), undefined when it did not. */
    waitSeconds;
    constructor(error, waitSeconds) {
        super(error.message);
        this.error = error;
        this.waitSeconds = waitSeconds;
    }
}
/** The error that a caller outside sees. */
function outward(error) {
    return error instanceof PassingFailure ? error.error : error;
}
/** @throws TfcacheError `failed` once the signal is aborted. */
function throwIfCancelled(signal) {
    if (signal?.aborted === true)
        throw cancelled(signal);
}
function cancelled(signal) {
    return new _error_js__WEBPACK_IMPORTED_MODULE_0__/* .TfcacheError */ .TM('failed', 'The transfer was cancelled.', {
        cause: signal?.reason,
        hint: 'What arrived is kept in the store: the next run goes on from it.',
    });
}
const CERTIFICATE_HINT = [
    'If a proxy or the mirror uses a certificate of your own authority, set NODE_EXTRA_CA_CERTS to its PEM file in the environment of the job (or of the runner) and run again.',
    'Certificates are always checked; there is no switch to turn that off.',
].join('\n');
/** Codes of Node's TLS for a certificate that cannot be trusted: https://nodejs.org/api/tls.html#x509-certificate-error-codes */
const CERTIFICATE_CODES = /^(CERT_|ERR_TLS_CERT|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_|INVALID_CA$|PATH_LENGTH_EXCEEDED$|HOSTNAME_MISMATCH$)/;
/** What a request that got no answer means. */
function networkFailure(error, url) {
    if (error instanceof PassingFailure || error instanceof _error_js__WEBPACK_IMPORTED_MODULE_0__/* .TfcacheError */ .TM)
        return error;
    const code = (0,_store_file_error_js__WEBPACK_IMPORTED_MODULE_1__/* .errorCode */ .C)(error) ?? '';
    const details = { where: shown(url), cause: error, found: describe(error) };
    const host = url.host;
    if (CERTIFICATE_CODES.test(code)) {
        return new _error_js__WEBPACK_IMPORTED_MODULE_0__/* .TfcacheError */ .TM('no-mirror', `The certificate of ${host} cannot be trusted.`, {
            ...details,
            hint: CERTIFICATE_HINT,
        });
    }
    if (code === 'EPROTO' || code.startsWith('ERR_SSL')) {
        return new _error_js__WEBPACK_IMPORTED_MODULE_0__/* .TfcacheError */ .TM('no-mirror', `${host} does not speak TLS on this port.`, {
            ...details,
            hint: 'Check the port of the mirror; something between here and there may also answer in its place (a proxy, a captive portal).',
        });
    }
    if (code.startsWith('ERR_PROXY'))
        return proxyFailure(error, details, host);
    switch (code) {
        case 'ENOTFOUND':
            return new _error_js__WEBPACK_IMPORTED_MODULE_0__/* .TfcacheError */ .TM('no-mirror', `There is no host named ${url.hostname}.`, {
                ...details,
                hint: 'Check the spelling of the mirror, and that this machine can look names up (getent hosts NAME).',
            });
        case 'EAI_AGAIN':
            return passing(`The name ${url.hostname} could not be looked up.`, details, {
                hint: 'The name server did not answer: check the network of this machine.',
            });
        case 'ECONNREFUSED':
            return passing(`${host} refuses the connection.`, details, {
                hint: 'No server listens there now: check the port, and HTTPS_PROXY, HTTP_PROXY and NO_PROXY; name a further mirror.',
            });
        case 'ENETUNREACH':
        case 'EHOSTUNREACH':
        case 'ETIMEDOUT':
            return passing(`${host} cannot be reached.`, details, {
                hint: 'A firewall may stand between: set HTTPS_PROXY if this network needs a proxy, or name another mirror.',
            });
        default:
            return passing(`The connection to ${host} broke.`, details, {
                hint: 'Run again: what arrived is kept, and the transfer goes on from it.',
            });
    }
}
function proxyFailure(error, details, host) {
    const status = error instanceof Error && 'statusCode' in error && typeof error.statusCode === 'number'
        ? error.statusCode
        : undefined;
    if (status === 407)
        return proxyWantsPassword(details);
    if (status !== undefined && status < 500) {
        return new _error_js__WEBPACK_IMPORTED_MODULE_0__/* .TfcacheError */ .TM('no-mirror', `The proxy refuses to connect to ${host}.`, {
            ...details,
            hint: 'Ask who runs the proxy to allow this host and port, or list the host in NO_PROXY if it can be reached directly.',
        });
    }
    return passing(`The proxy could not connect to ${host}.`, details, {
        hint: 'Check HTTPS_PROXY, HTTP_PROXY and NO_PROXY; list the host in NO_PROXY if it can be reached directly.',
    });
}
function proxyWantsPassword(details) {
    return new _error_js__WEBPACK_IMPORTED_MODULE_0__/* .TfcacheError */ .TM('no-mirror', 'The proxy asks for a user and a password (407).', {
        ...details,
        hint: 'Set HTTPS_PROXY and HTTP_PROXY to http://user:password@host:port (from a secret), or list the host in NO_PROXY.',
    });
}
function passing(message, details, { hint }) {
    return new PassingFailure(new _error_js__WEBPACK_IMPORTED_MODULE_0__/* .TfcacheError */ .TM('no-mirror', message, { ...details, hint }));
}
/** A URL as it may be shown: without user and password, and without query, which may hold a signature. */
function shown(url) {
    const copy = new URL(url);
    copy.username = '';
    copy.password = '';
    copy.search = '';
    return copy.href;
}
function describe(error) {
    if (!(error instanceof Error))
        return String(error);
    // The proxy's own URL may stand in the message, with its password.
    const message = error.message.replace(/\/\/[^/@\s]*@/g, '//…@');
    const code = (0,_store_file_error_js__WEBPACK_IMPORTED_MODULE_1__/* .errorCode */ .C)(error);
    return code === undefined || message.includes(code) ? message : `${code}: ${message}`;
}


/***/ }),

/***/ 4374:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   gE: () => (/* binding */ listedFile),
/* harmony export */   iG: () => (/* binding */ Collected),
/* harmony export */   nJ: () => (/* binding */ MOST_NAMES)
/* harmony export */ });
/* harmony import */ var _error_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(5602);
/* harmony import */ var _safe_path_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(7999);


/** Most names that one answer may hold; a tree of more is asked for in parts. */
const MOST_NAMES = 200_000;
/**
 * Collects what the pages of one answer name. Every name is checked: what could not be a path below a folder of ours, or
 * holds control characters, is left out, counted, and told once.
 */
class Collected {
    files = [];
    folderNames = new Set();
    refused = 0;
    example = '';
    where;
    constructor(where) {
        this.where = where;
    }
    get folders() {
        return [...this.folderNames];
    }
    /** @param path relative to the bucket's root. @throws TfcacheError `no-mirror` when there are too many. */
    addFile(path, entry) {
        if (this.accept(path))
            this.files.push({ path, entry });
    }
    /** @param name of a folder directly inside. @throws TfcacheError `no-mirror` when there are too many. */
    addFolder(name) {
        if (name.includes('/'))
            this.refuse(name, 'a name of a folder with a slash in it');
        else if (this.accept(name))
            this.folderNames.add(name);
    }
    accept(path) {
        if (this.files.length + this.folderNames.size >= MOST_NAMES) {
            throw new _error_js__WEBPACK_IMPORTED_MODULE_0__/* .TfcacheError */ .TM('no-mirror', 'The mirror lists more names than anything should hold.', {
                where: this.where,
                expected: `at most ${MOST_NAMES} names`,
                hint: 'Ask for a smaller folder: a longer fixed beginning of the path.',
            });
        }
        const problem = /\p{Cc}/u.test(path) ? 'it holds a control character' : (0,_safe_path_js__WEBPACK_IMPORTED_MODULE_1__/* .findPathProblem */ .W)(path);
        if (problem === undefined)
            return true;
        this.refuse(path, problem);
        return false;
    }
    refuse(name, problem) {
        this.refused += 1;
        if (this.refused === 1)
            this.example = `${JSON.stringify(name.slice(0, 200))}: ${problem}`;
    }
    warn(log) {
        if (this.refused === 0)
            return;
        log.warning(`${this.where} lists ${this.refused === 1 ? 'a name that is' : `${this.refused} names that are`} not safe to use; left out (${this.example}).`);
    }
}
/** A file whose size and time are known, as every mirror lists it. */
function listedFile(path, entry, size, mtime) {
    const digests = entry.md5 === undefined ? [] : [{ algorithm: 'md5', value: entry.md5, source: 'listing' }];
    return { path, size, mtime, ...(digests.length === 0 ? {} : { digests }) };
}


/***/ }),

/***/ 3145:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   E: () => (/* binding */ mapParallel),
/* harmony export */   N: () => (/* binding */ Places)
/* harmony export */ });
/** Places for a bounded number of things at once; who waits longest goes first. */
class Places {
    free;
    waiting = [];
    constructor(count) {
        this.free = count;
    }
    /** Does the work when there is a place for it. */
    async use(work) {
        if (this.free > 0)
            this.free -= 1;
        else
            await new Promise((resolve) => this.waiting.push(resolve));
        try {
            return await work();
        }
        finally {
            const next = this.waiting.shift();
            if (next === undefined)
                this.free += 1;
            else
                next();
        }
    }
}
/**
 * `Promise.all` of work on items, at most `limit` at once, begun in order. The first failure stops what has not begun and
 * aborts the signal given to the rest; it is thrown when all that had begun has ended.
 */
async function mapParallel(items, limit, signal, work) {
    const results = [];
    const failures = [];
    const stop = new AbortController();
    const both = signal === undefined ? stop.signal : AbortSignal.any([signal, stop.signal]);
    let next = 0;
    async function worker() {
        while (next < items.length && failures.length === 0) {
            const index = next;
            next += 1;
            try {
                results[index] = await work(items[index], both);
            }
            catch (error) {
                failures.push(error);
                stop.abort(error);
            }
        }
    }
    await Promise.all(Array.from({ length: Math.min(limit, items.length) }, worker));
    if (failures.length > 0)
        throw failures[0];
    return results;
}


/***/ })

};
