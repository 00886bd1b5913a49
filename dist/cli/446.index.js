export const id = 446;
export const ids = [446];
export const modules = {

/***/ 4432:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   j: () => (/* binding */ createAgents),
/* harmony export */   w: () => (/* binding */ proxyEnvironment)
/* harmony export */ });
/* harmony import */ var node_http__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7067);
/* harmony import */ var node_https__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(4708);


/**
 * Keep-alive agents that go through the proxy of the given environment. Node's own agents do the proxying
 * (https://nodejs.org/api/http.html#built-in-proxy-support): plain requests by absolute URL, TLS through CONNECT.
 *
 * @param connections sockets at once to one host.
 */
function createAgents(environment, connections, log) {
    const options = {
        keepAlive: true,
        maxSockets: connections,
        maxFreeSockets: connections,
        proxyEnv: proxyEnvironment(environment, log),
    };
    return { 'http:': new node_http__WEBPACK_IMPORTED_MODULE_0__.Agent(options), 'https:': new node_https__WEBPACK_IMPORTED_MODULE_1__.Agent(options) };
}
/**
 * The proxy variables as Node's agents take them. curl's forms are accepted: without a scheme (Node would ignore the
 * variable and go out directly), and ALL_PROXY for what has no variable of its own. Lower case wins, as with curl.
 */
function proxyEnvironment(environment, log) {
    const all = pick(environment, 'all_proxy');
    const result = {};
    for (const name of ['https_proxy', 'http_proxy']) {
        const value = proxyUrl(name, pick(environment, name) ?? all, log);
        if (value !== undefined)
            result[name] = value;
    }
    const except = pick(environment, 'no_proxy');
    if (except !== undefined)
        result['no_proxy'] = except;
    return result;
}
function pick(environment, name) {
    const value = environment[name] ?? environment[name.toUpperCase()];
    return value === undefined || value.trim() === '' ? undefined : value.trim();
}
function proxyUrl(name, value, log) {
    if (value === undefined)
        return undefined;
    const url = /^[a-z][a-z0-9+.-]*:\/\//i.test(value) ? value : `http://${value}`;
    if (/^https?:\/\//i.test(url) && URL.canParse(url))
        return url;
    log.warning(`${name.toUpperCase()} is not the URL of an HTTP proxy (http://host:port); it is ignored and mirrors are asked directly.`);
    return undefined;
}


/***/ }),

/***/ 676:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  u: () => (/* binding */ createHttpClient)
});

// EXTERNAL MODULE: external "node:http"
var external_node_http_ = __webpack_require__(7067);
// EXTERNAL MODULE: external "node:https"
var external_node_https_ = __webpack_require__(4708);
// EXTERNAL MODULE: ./build/error.js
var error = __webpack_require__(5602);
// EXTERNAL MODULE: ./build/store/file-error.js
var file_error = __webpack_require__(3009);
// EXTERNAL MODULE: ./build/mirror/https/agents.js
var https_agents = __webpack_require__(4432);
// EXTERNAL MODULE: ./build/mirror/https/failure.js
var failure = __webpack_require__(5966);
;// CONCATENATED MODULE: ./build/mirror/https/transport.js


/** Whether plain http:// may be used for this host: this machine itself, or one that was allowed by name. */
function isAllowedPlain(url, plainHttpHosts) {
    return (url.protocol === 'http:' && (isLoopback(url.hostname) || plainHttpHosts.includes(url.hostname)));
}
/** https://www.rfc-editor.org/rfc/rfc6890, 127.0.0.0/8 and ::1 */
function isLoopback(hostname) {
    return /^(localhost|127(?:\.\d{1,3}){3}|\[::1\])$/.test(hostname);
}
/** @throws TfcacheError `usage` for anything but https://, or http:// where it is allowed. */
function checkTransport(url, plainHttpHosts) {
    if (url.protocol === 'https:' || isAllowedPlain(url, plainHttpHosts))
        return;
    throw new error/* TfcacheError */.TM('usage', `${url.protocol}// is not used for ${url.hostname}.`, {
        where: (0,failure/* shown */.SP)(url),
        expected: 'https://…',
        hint: 'Anyone on the way can change what comes over plain http://. Use https://, or allow this host by name if it stands in a network of your own.',
    });
}

;// CONCATENATED MODULE: ./build/mirror/https/client.js







/** Redirects followed for one request. */
const MOST_REDIRECTS = 5;
/**
 * A client over Node's own http and https: compared with its fetch it moves 1 GiB over loopback with a third less
 * processor time, loads in a quarter of the time, and goes through proxies without a package.
 */
function createHttpClient(options) {
    const agents = (0,https_agents/* createAgents */.j)(options.environment, options.connections, options.log);
    function send(url, request) {
        const secure = url.protocol === 'https:';
        return new Promise((resolve, reject) => {
            const sent = (secure ? external_node_https_ : external_node_http_).request(url, {
                agent: secure ? agents['https:'] : agents['http:'],
                method: request.method ?? 'GET',
                headers: headersFor(url, request, options),
                ...(request.signal === undefined ? {} : { signal: request.signal }),
            });
            const deadline = setTimeout(() => {
                sent.destroy(silent(url, options.timeout));
            }, options.timeout * 1000);
            let answered = false;
            sent.once('response', (body) => {
                clearTimeout(deadline);
                answered = true;
                resolve({
                    status: body.statusCode ?? 0,
                    reason: body.statusMessage ?? '',
                    headers: body.headers,
                    url,
                    body,
                });
            });
            // A later error (the body breaks off) is told by the body itself; this listener only keeps it from being thrown.
            sent.on('error', (error) => {
                clearTimeout(deadline);
                if (answered)
                    return;
                // The server closed an idle connection in the moment it was taken up again: not a failure of this request.
                if (sent.reusedSocket && (0,file_error/* errorCode */.C)(error) === 'ECONNRESET') {
                    resolve(send(url, request));
                    return;
                }
                reject(request.signal?.aborted === true ? (0,failure/* cancelled */.KW)(request.signal) : (0,failure/* networkFailure */.rd)(error, url));
            });
            sent.end();
        });
    }
    return {
        async open(start, request = {}) {
            let url = start;
            for (let redirects = 0;; redirects += 1) {
                (0,failure/* throwIfCancelled */.dZ)(request.signal);
                checkTransport(url, options.plainHttpHosts);
                const response = await send(url, request);
                const target = redirectTarget(response);
                if (target === undefined)
                    return response;
                response.body.destroy();
                if (redirects >= MOST_REDIRECTS)
                    throw tooManyRedirects(start);
                checkRedirect(url, target, options.plainHttpHosts);
                url = target;
            }
        },
    };
}
function headersFor(url, request, options) {
    const { authorization } = options;
    return {
        'user-agent': 'tfcache',
        accept: '*/*',
        // A compressed answer has another length and other ranges than the file.
        'accept-encoding': 'identity',
        ...(authorization?.origin === url.origin ? { authorization: authorization.value } : {}),
        ...request.headers,
    };
}
function redirectTarget(response) {
    if (![301, 302, 303, 307, 308].includes(response.status))
        return undefined;
    const { location } = response.headers;
    if (location !== undefined && URL.canParse(location, response.url.href)) {
        return new URL(location, response.url);
    }
    response.body.destroy();
    throw new error/* TfcacheError */.TM('no-mirror', 'The mirror redirects to nowhere.', {
        where: (0,failure/* shown */.SP)(response.url),
        found: `HTTP ${response.status}, Location: ${location ?? 'missing'}`,
        hint: 'Tell who runs the mirror, or name another one.',
    });
}
function checkRedirect(from, to, plainHttpHosts) {
    const downgrade = from.protocol === 'https:' && to.protocol !== 'https:';
    if (!downgrade && (to.protocol === 'https:' || isAllowedPlain(to, plainHttpHosts)))
        return;
    throw new error/* TfcacheError */.TM('no-mirror', 'The mirror redirects to an address that is not safe.', {
        where: (0,failure/* shown */.SP)(from),
        expected: 'an https:// address',
        found: (0,failure/* shown */.SP)(to),
        hint: 'A captive portal may answer in its place; else name the mirror’s final https:// address in mirrors.',
    });
}
function tooManyRedirects(url) {
    return new error/* TfcacheError */.TM('no-mirror', `The mirror redirects more than ${MOST_REDIRECTS} times.`, {
        where: (0,failure/* shown */.SP)(url),
        hint: 'It probably redirects in a circle: open the address in a browser, or name another mirror.',
    });
}
function silent(url, timeout) {
    return new failure/* PassingFailure */.Wz(new error/* TfcacheError */.TM('no-mirror', `${url.host} did not answer within ${timeout} seconds.`, {
        where: (0,failure/* shown */.SP)(url),
        hint: 'It accepts connections and stays silent, or a firewall drops them: set HTTPS_PROXY if this network needs a proxy, raise timeout, or name another mirror.',
    }));
}


/***/ }),

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

/***/ 4676:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   $$: () => (/* binding */ bytesOf),
/* harmony export */   AG: () => (/* binding */ FormatMismatch),
/* harmony export */   T5: () => (/* binding */ hexFromBase64),
/* harmony export */   TM: () => (/* binding */ secondsOf)
/* harmony export */ });
/** Why a body is not a page of the format: for an error message. */
class FormatMismatch extends Error {
}
/** Digests are base64 in Google's listings. Undefined when there is none or it has not the length it must have. */
function hexFromBase64(value, bytes) {
    if (value === undefined)
        return undefined;
    const decoded = Buffer.from(value, 'base64');
    return decoded.length === bytes ? decoded.toString('hex') : undefined;
}
/** A time in any form that `Date` reads, as whole seconds. */
function secondsOf(time) {
    const milliseconds = time === undefined ? Number.NaN : Date.parse(time);
    return Number.isNaN(milliseconds) ? undefined : Math.floor(milliseconds / 1000);
}
/** A size in decimal digits, or a number. */
function bytesOf(size) {
    const value = typeof size === 'string' && /^\d{1,16}$/.test(size) ? Number(size) : size;
    return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 ? value : undefined;
}


/***/ }),

/***/ 5888:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Dc: () => (/* binding */ notAListing),
/* harmony export */   NL: () => (/* binding */ parsePage),
/* harmony export */   Sy: () => (/* binding */ fetchText)
/* harmony export */ });
/* harmony import */ var _error_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(5602);
/* harmony import */ var _failure_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(5966);
/* harmony import */ var _listing_page_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(4676);
/* harmony import */ var _read_body_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7615);
/* harmony import */ var _status_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(5856);
/* harmony import */ var _tries_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(8693);






/**
 * Fetches a page as text, trying again where that may help.
 *
 * @returns undefined when there is no such thing (404, 410).
 * @throws TfcacheError
 */
async function fetchText(url, context, signal, headers = {}) {
    const ask = async () => {
        const response = await context.client.open(url, { signal, headers });
        if (response.status === 200) {
            return { text: await (0,_read_body_js__WEBPACK_IMPORTED_MODULE_0__/* .readText */ .yR)(response, { timeout: context.timeout, signal }), response };
        }
        if ((0,_status_js__WEBPACK_IMPORTED_MODULE_1__/* .meansMissing */ .rM)(response.status)) {
            // Read, so that the connection serves the next request; pages of errors are short.
            await (0,_read_body_js__WEBPACK_IMPORTED_MODULE_0__/* .readText */ .yR)(response, {
                timeout: context.timeout,
                limit: 64 * 1024,
                beyond: 'cut',
                signal,
            });
            return undefined;
        }
        response.body.destroy();
        throw (0,_status_js__WEBPACK_IMPORTED_MODULE_1__/* .statusFailure */ .FP)(response);
    };
    return (0,_tries_js__WEBPACK_IMPORTED_MODULE_2__/* .withTries */ .w)({ ...context.tries, signal }, () => context.places.use(ask));
}
/** Parses a page; a body of another form becomes an error for people. @throws TfcacheError `no-mirror` */
async function parsePage(answer, format, parse) {
    try {
        return await parse();
    }
    catch (error) {
        if (!(error instanceof _listing_page_js__WEBPACK_IMPORTED_MODULE_3__/* .FormatMismatch */ .AG))
            throw error;
        throw notAListing(answer, `${format}, but: ${error.message}`, error);
    }
}
function notAListing(answer, found, cause) {
    const { response, text } = answer;
    const type = response.headers['content-type'] ?? 'no Content-Type';
    return new _error_js__WEBPACK_IMPORTED_MODULE_4__/* .TfcacheError */ .TM('no-mirror', 'The mirror’s answer is not a listing that can be read.', {
        where: (0,_failure_js__WEBPACK_IMPORTED_MODULE_5__/* .shown */ .SP)(response.url),
        expected: 'a bucket’s XML or JSON, or a folder’s page of nginx or Apache',
        found: `${found} (${type}, ${text.length} characters: ${JSON.stringify(text.trim().slice(0, 80))})`,
        hint: 'Open the address in a browser. A login page means a captive portal; a page without file names means that listing folders (autoindex) is off: ask who runs the mirror, or name another one.',
        cause,
    });
}


/***/ }),

/***/ 7615:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   O0: () => (/* binding */ stalled),
/* harmony export */   OS: () => (/* binding */ refuseEncoding),
/* harmony export */   yR: () => (/* binding */ readText)
/* harmony export */ });
/* unused harmony export LARGEST_LISTING */
/* harmony import */ var _error_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(5602);
/* harmony import */ var _failure_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(5966);
/* harmony import */ var _stall_watch_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(8208);



/** Largest page of a listing that is read: memory stays bounded whatever a server sends. */
const LARGEST_LISTING = 32 * 1024 * 1024;
/**
 * Reads a small body (a listing) as UTF-8.
 *
 * @throws PassingFailure when it breaks off or stalls, TfcacheError `no-mirror` when it is larger than the limit.
 */
function readText(response, options) {
    const { limit = LARGEST_LISTING, beyond = 'error', timeout, signal } = options;
    const { body, url } = response;
    refuseEncoding(response);
    return new Promise((resolve, reject) => {
        const chunks = [];
        let size = 0;
        const watch = new _stall_watch_js__WEBPACK_IMPORTED_MODULE_0__/* .StallWatch */ .k(timeout, () => body.destroy(stalled(url, timeout)));
        const fail = (error) => {
            watch.stop();
            reject(signal?.aborted === true ? (0,_failure_js__WEBPACK_IMPORTED_MODULE_1__/* .cancelled */ .KW)(signal) : (0,_failure_js__WEBPACK_IMPORTED_MODULE_1__/* .networkFailure */ .rd)(error, url));
        };
        const succeed = () => {
            watch.stop();
            resolve(Buffer.concat(chunks).toString('utf8'));
        };
        body.on('data', (chunk) => {
            watch.add(chunk.length);
            size += chunk.length;
            if (size > limit && beyond === 'error') {
                body.destroy(tooLarge(url, limit));
                return;
            }
            chunks.push(chunk);
            if (size > limit) {
                succeed();
                body.destroy();
            }
        });
        body.once('end', succeed);
        body.once('error', fail);
        // Destroyed without an error: nothing else will come.
        body.once('close', () => fail(new Error('the connection was closed')));
    });
}
function stalled(url, timeout) {
    return new _failure_js__WEBPACK_IMPORTED_MODULE_1__/* .PassingFailure */ .Wz(new _error_js__WEBPACK_IMPORTED_MODULE_2__/* .TfcacheError */ .TM('no-mirror', `The transfer from ${url.host} stalled.`, {
        where: (0,_failure_js__WEBPACK_IMPORTED_MODULE_1__/* .shown */ .SP)(url),
        found: `less than 1 KiB a second over ${timeout} seconds`,
        hint: 'Run again: what arrived is kept. Raise timeout for a very slow link, or name another mirror.',
    }));
}
/** @throws TfcacheError when the body is compressed although it was asked not to be. */
function refuseEncoding(response) {
    const encoding = response.headers['content-encoding'];
    if (encoding === undefined || encoding === 'identity' || encoding === '')
        return;
    response.body.destroy();
    throw new _error_js__WEBPACK_IMPORTED_MODULE_2__/* .TfcacheError */ .TM('no-mirror', 'The mirror sends compressed what was asked for as it is.', {
        where: (0,_failure_js__WEBPACK_IMPORTED_MODULE_1__/* .shown */ .SP)(response.url),
        expected: 'no Content-Encoding',
        found: `Content-Encoding: ${encoding}`,
        hint: 'Turn compression off for these files on the mirror (or the proxy between), or name another mirror.',
    });
}
function tooLarge(url, limit) {
    return new _error_js__WEBPACK_IMPORTED_MODULE_2__/* .TfcacheError */ .TM('no-mirror', 'The mirror’s listing does not end where any listing should.', {
        where: (0,_failure_js__WEBPACK_IMPORTED_MODULE_1__/* .shown */ .SP)(url),
        expected: `at most ${limit / 1024 / 1024} MiB`,
        hint: 'The folder holds far too many names, or something else answers in the mirror’s place. Ask for a smaller folder, or name another mirror.',
    });
}


/***/ }),

/***/ 8208:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   k: () => (/* binding */ StallWatch)
/* harmony export */ });
/* unused harmony export SLOWEST */
/** A transfer slower than this, over the whole window, counts as stalled. Bytes a second. */
const SLOWEST = 1024;
/** The window is looked at in as many steps. */
const STEPS = 4;
/**
 * Watches the throughput of one transfer over a sliding window, so that a server which drips a byte now and then is
 * noticed as well as one that falls silent. Time during which we ourselves hold the transfer back does not count.
 */
class StallWatch {
    steps = [];
    current = 0;
    held = 0;
    timer;
    /**
     * @param window seconds.
     * @param onStall called once, when less than `slowest` bytes a second came over the whole window.
     */
    constructor(window, onStall, slowest = SLOWEST) {
        this.timer = setInterval(() => {
            if (this.held > 0) {
                // Held back by us for part of this step: nothing can be said of the server.
                this.steps.length = 0;
                this.current = 0;
                return;
            }
            this.steps.push(this.current);
            this.current = 0;
            if (this.steps.length > STEPS)
                this.steps.shift();
            const sum = this.steps.reduce((total, bytes) => total + bytes, 0);
            if (this.steps.length === STEPS && sum < slowest * window) {
                this.stop();
                onStall();
            }
        }, (window * 1000) / STEPS);
    }
    add(bytes) {
        this.current += bytes;
    }
    hold() {
        this.held += 1;
    }
    release() {
        this.held -= 1;
        this.steps.length = 0;
        this.current = 0;
    }
    stop() {
        clearInterval(this.timer);
    }
}


/***/ }),

/***/ 5856:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   A5: () => (/* binding */ isBusy),
/* harmony export */   FP: () => (/* binding */ statusFailure),
/* harmony export */   Vn: () => (/* binding */ captivePortal),
/* harmony export */   Xs: () => (/* binding */ StatusError),
/* harmony export */   dX: () => (/* binding */ LONGEST_WAIT),
/* harmony export */   rM: () => (/* binding */ meansMissing)
/* harmony export */ });
/* unused harmony export parseRetryAfter */
/* harmony import */ var _error_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(5602);
/* harmony import */ var _failure_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(5966);


/** Longest wait that is honoured, in seconds; a server that asks for more is not waited for. */
const LONGEST_WAIT = 300;
/** An answer that no further try would change, with its status for those who can do without. */
class StatusError extends _error_js__WEBPACK_IMPORTED_MODULE_0__/* .TfcacheError */ .TM {
    status;
    constructor(status, message, details) {
        super('no-mirror', message, details);
        this.status = status;
    }
}
/** True for the answers that say "not now": another try may help. */
function isBusy(status) {
    return [408, 425, 429, 500, 502, 503, 504].includes(status);
}
/** True for the answers that mean "there is no such thing": never for 401 and 403, which mean "not for you". */
function meansMissing(status) {
    return status === 404 || status === 410;
}
/**
 * What an answer without the wanted content means.
 * https://www.rfc-editor.org/rfc/rfc9110#name-status-codes, 511: https://www.rfc-editor.org/rfc/rfc6585#section-6
 */
function statusFailure(response) {
    const { status } = response;
    const details = { where: (0,_failure_js__WEBPACK_IMPORTED_MODULE_1__/* .shown */ .SP)(response.url), found: `HTTP ${status} ${response.reason}`.trim() };
    if (isBusy(status))
        return busy(response, details);
    switch (status) {
        case 401:
        case 403:
            return new StatusError(status, `The mirror refuses access (${status}).`, {
                ...details,
                hint: 'This is not "not found": the mirror may block this address, want a login, or forbid listing. Open the address in a browser, ask who runs the mirror, or name another one.',
            });
        case 404:
        case 410:
            return new StatusError(status, `The mirror has nothing at this address (${status}).`, {
                ...details,
                hint: 'Check the path of the mirror.',
            });
        case 407:
            return (0,_failure_js__WEBPACK_IMPORTED_MODULE_1__/* .proxyWantsPassword */ .$m)(details);
        case 511:
            return captivePortal(details);
        default:
            return new StatusError(status, `The mirror gives an answer of no use (${status}).`, {
                ...details,
                hint: 'Open the address in a browser to see what it says, or name another mirror.',
            });
    }
}
function busy(response, details) {
    const { status } = response;
    const wait = parseRetryAfter(response.headers['retry-after'], Date.now());
    const message = status === 429
        ? 'The mirror says that it gets too many requests from here (429).'
        : `The mirror cannot answer now (${status}).`;
    if (wait !== undefined && wait > LONGEST_WAIT) {
        return new _error_js__WEBPACK_IMPORTED_MODULE_0__/* .TfcacheError */ .TM('no-mirror', message, {
            ...details,
            found: `${details.found}, Retry-After: ${wait} seconds`,
            hint: `It asks to wait ${Math.ceil(wait / 60)} minutes: run again after that, or name another mirror.`,
        });
    }
    const hint = 'Run again later, use fewer connections, or name another mirror.';
    return new _failure_js__WEBPACK_IMPORTED_MODULE_1__/* .PassingFailure */ .Wz(new _error_js__WEBPACK_IMPORTED_MODULE_0__/* .TfcacheError */ .TM('no-mirror', message, { ...details, hint }), wait);
}
/** A login page of a network (hotel, office) in place of what was asked for. */
function captivePortal(details) {
    return new _error_js__WEBPACK_IMPORTED_MODULE_0__/* .TfcacheError */ .TM('no-mirror', 'A web page came in place of the file.', {
        ...details,
        hint: 'A captive portal or a proxy of this network probably answers in the mirror’s place: log in to the network, set HTTPS_PROXY, or name another mirror.',
    });
}
/**
 * `Retry-After` in seconds from now: a number of seconds or a date.
 * https://www.rfc-editor.org/rfc/rfc9110#name-retry-after
 */
function parseRetryAfter(value, now) {
    if (value === undefined)
        return undefined;
    if (/^\d{1,9}$/.test(value.trim()))
        return Number(value);
    const date = Date.parse(value);
    return Number.isNaN(date) ? undefined : Math.max(0, Math.ceil((date - now) / 1000));
}


/***/ }),

/***/ 8693:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   I: () => (/* binding */ Tries),
/* harmony export */   w: () => (/* binding */ withTries)
/* harmony export */ });
/* harmony import */ var node_timers_promises__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(8500);
/* harmony import */ var _failure_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(5966);
/* harmony import */ var _status_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(5856);



/** Longest pause of our own, in seconds; a server may ask for more. */
const LONGEST_PAUSE = 60;
/** Counts the tries of one piece of work and pauses between them. */
class Tries {
    failures = 0;
    options;
    constructor(options) {
        this.options = options;
    }
    /**
     * A try failed: waits before the next one.
     *
     * @param progressed the try brought a good part of what is wanted, so the count starts anew.
     * @throws the failure as a TfcacheError when no further try is allowed or could help, `failed` when cancelled.
     */
    async failed(error, progressed = 'stuck') {
        const { retries, firstPause, log, signal } = this.options;
        if (!(error instanceof _failure_js__WEBPACK_IMPORTED_MODULE_1__/* .PassingFailure */ .Wz))
            throw error;
        if (progressed === 'progressed')
            this.failures = 0;
        this.failures += 1;
        if (this.failures > retries)
            throw (0,_failure_js__WEBPACK_IMPORTED_MODULE_1__/* .outward */ .N4)(error);
        const own = Math.min(firstPause * 2 ** (this.failures - 1), LONGEST_PAUSE);
        const pause = Math.min(Math.max(own, error.waitSeconds ?? 0), _status_js__WEBPACK_IMPORTED_MODULE_2__/* .LONGEST_WAIT */ .dX);
        log.info(`${error.message} Trying again in ${Math.round(pause)} s (${this.failures} of ${retries}).`);
        // Up to a quarter longer, so that several connections do not come back in the same moment.
        const milliseconds = pause * 1000 * (1 + Math.random() / 4);
        try {
            await (0,node_timers_promises__WEBPACK_IMPORTED_MODULE_0__.setTimeout)(milliseconds, undefined, signal === undefined ? {} : { signal });
        }
        catch (reason) {
            if (signal?.aborted === true)
                throw (0,_failure_js__WEBPACK_IMPORTED_MODULE_1__/* .cancelled */ .KW)(signal);
            throw reason;
        }
    }
}
/** Does the work until it succeeds or the tries are used up. @throws TfcacheError */
async function withTries(options, work) {
    const tries = new Tries(options);
    for (;;) {
        try {
            return await work();
        }
        catch (error) {
            await tries.failed(error);
        }
    }
}


/***/ })

};
