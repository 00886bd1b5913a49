export const id = 226;
export const ids = [226];
export const modules = {

/***/ 7841:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   C: () => (/* binding */ parseContentRange)
/* harmony export */ });
/** `bytes 0-499/1234`, https://www.rfc-editor.org/rfc/rfc9110#name-content-range; undefined for anything else. */
function parseContentRange(value) {
    const match = /^bytes (\d{1,15})-(\d{1,15})\/(?:(\d{1,15})|\*)$/i.exec(value?.trim() ?? '');
    if (match === null)
        return undefined;
    const range = {
        start: Number(match[1]),
        end: Number(match[2]) + 1,
        total: match[3] === undefined ? undefined : Number(match[3]),
    };
    const sound = range.start < range.end && (range.total === undefined || range.end <= range.total);
    return sound ? range : undefined;
}


/***/ }),

/***/ 2159:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   B: () => (/* binding */ askSize),
/* harmony export */   P: () => (/* binding */ ExactFiles)
/* harmony export */ });
/* harmony import */ var _error_js__WEBPACK_IMPORTED_MODULE_7__ = __webpack_require__(5602);
/* harmony import */ var _content_range_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(7841);
/* harmony import */ var _failure_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(5966);
/* harmony import */ var _listing_checked_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(4374);
/* harmony import */ var _listing_page_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(4676);
/* harmony import */ var _location_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(7301);
/* harmony import */ var _parallel_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(3145);
/* harmony import */ var _status_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(5856);
/* harmony import */ var _tries_js__WEBPACK_IMPORTED_MODULE_8__ = __webpack_require__(8693);









/** Most files whose size is asked for one by one in answer to one question. */
const MOST_QUESTIONS = 5000;
/**
 * Completes what a listing leaves open. Apache and fancyindex round sizes to two digits, and nothing may be verified by a
 * rounded size, so such files are asked for one by one (HEAD). An answer is remembered as long as the listing's text
 * for the file stays the same; what was fetched in between is asked for again, so that a change under the copy shows.
 */
class ExactFiles {
    known = new Map();
    context;
    constructor(context) {
        this.context = context;
    }
    forget(url) {
        for (const key of this.known.keys())
            if (key.startsWith(`${url.href}\n`))
                this.known.delete(key);
    }
    /** @throws TfcacheError `no-mirror` */
    async complete(root, files, signal) {
        const open = files.filter(({ entry }) => entry.size === undefined || entry.mtime === undefined);
        if (open.length > MOST_QUESTIONS)
            throw tooMany(root, open.length);
        if (open.length > 0) {
            this.context.tries.log.debug(`${(0,_failure_js__WEBPACK_IMPORTED_MODULE_0__/* .shown */ .SP)(root)} lists rounded sizes; asking for ${open.length} files.`);
        }
        const answers = new Map();
        await (0,_parallel_js__WEBPACK_IMPORTED_MODULE_1__/* .mapParallel */ .E)(open, this.context.connections, signal, async (file, both) => {
            answers.set(file.path, await this.exact(root, file, both));
        });
        return files.flatMap(({ path, entry }) => {
            if (!answers.has(path))
                return [(0,_listing_checked_js__WEBPACK_IMPORTED_MODULE_2__/* .listedFile */ .gE)(path, entry, entry.size ?? 0, entry.mtime ?? 0)];
            const exact = answers.get(path);
            // Listed, but gone when asked for.
            if (exact === undefined)
                return [];
            return [(0,_listing_checked_js__WEBPACK_IMPORTED_MODULE_2__/* .listedFile */ .gE)(path, entry, exact.size, exact.mtime ?? entry.mtime ?? 0)];
        });
    }
    async exact(root, { path, entry }, signal) {
        const url = (0,_location_js__WEBPACK_IMPORTED_MODULE_3__/* .urlOf */ .rs)(root, path);
        const key = `${url.href}\n${entry.text ?? ''}`;
        const known = this.known.get(key);
        if (known !== undefined)
            return known;
        const exact = await askSize(url, this.context, signal);
        if (exact !== undefined)
            this.known.set(key, exact);
        return exact;
    }
}
/**
 * Size and time of a file by HEAD, or by its first byte where the server has no HEAD or gives no length.
 *
 * @returns undefined when there is no such file. @throws TfcacheError `no-mirror`
 */
async function askSize(url, context, signal) {
    const ask = async () => {
        const head = await context.client.open(url, { method: 'HEAD', signal });
        head.body.resume();
        if ((0,_status_js__WEBPACK_IMPORTED_MODULE_4__/* .meansMissing */ .rM)(head.status))
            return undefined;
        const mtime = (0,_listing_page_js__WEBPACK_IMPORTED_MODULE_5__/* .secondsOf */ .TM)(head.headers['last-modified']);
        const size = (0,_listing_page_js__WEBPACK_IMPORTED_MODULE_5__/* .bytesOf */ .$$)(head.headers['content-length']);
        if (head.status === 200 && size !== undefined)
            return { size, mtime };
        if (![200, 405, 501].includes(head.status))
            throw (0,_status_js__WEBPACK_IMPORTED_MODULE_4__/* .statusFailure */ .FP)(head);
        const get = await context.client.open(url, { headers: { range: 'bytes=0-0' }, signal });
        get.body.destroy();
        const total = get.status === 206
            ? (0,_content_range_js__WEBPACK_IMPORTED_MODULE_6__/* .parseContentRange */ .C)(get.headers['content-range'])?.total
            : (0,_listing_page_js__WEBPACK_IMPORTED_MODULE_5__/* .bytesOf */ .$$)(get.headers['content-length']);
        if (get.status !== 206 && get.status !== 200)
            throw (0,_status_js__WEBPACK_IMPORTED_MODULE_4__/* .statusFailure */ .FP)(get);
        if (total !== undefined)
            return { size: total, mtime: (0,_listing_page_js__WEBPACK_IMPORTED_MODULE_5__/* .secondsOf */ .TM)(get.headers['last-modified']) };
        throw new _error_js__WEBPACK_IMPORTED_MODULE_7__/* .TfcacheError */ .TM('no-mirror', 'The mirror does not tell how long a file is.', {
            where: (0,_failure_js__WEBPACK_IMPORTED_MODULE_0__/* .shown */ .SP)(url),
            expected: 'Content-Length',
            hint: 'Without sizes nothing can be checked: name another mirror, or let this one list in JSON (nginx: autoindex_format json).',
        });
    };
    return (0,_tries_js__WEBPACK_IMPORTED_MODULE_8__/* .withTries */ .w)({ ...context.tries, signal }, () => context.places.use(ask));
}
function tooMany(root, count) {
    return new _error_js__WEBPACK_IMPORTED_MODULE_7__/* .TfcacheError */ .TM('no-mirror', 'The mirror rounds the sizes of too many files.', {
        where: (0,_failure_js__WEBPACK_IMPORTED_MODULE_0__/* .shown */ .SP)(root),
        expected: `at most ${MOST_QUESTIONS} files to ask for one by one`,
        found: `${count} files`,
        hint: 'Ask for a smaller folder, or let the mirror list exact sizes (nginx: autoindex_exact_size on, or autoindex_format json).',
    });
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

/***/ 7301:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   EE: () => (/* binding */ folderUrl),
/* harmony export */   QW: () => (/* binding */ childName),
/* harmony export */   rs: () => (/* binding */ urlOf),
/* harmony export */   zS: () => (/* binding */ parseLocation)
/* harmony export */ });
/* harmony import */ var _error_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(5602);
/* harmony import */ var _safe_path_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7999);


/**
 * Parses `https://[user:password@]host[:port]/[folder/]`, in which `{bucket}` stands for the bucket's name.
 *
 * @throws TfcacheError `usage`.
 */
function parseLocation(written) {
    const url = parse(written, 'bucket');
    const authorization = url.username === ''
        ? undefined
        : `Basic ${Buffer.from(decodeURIComponent(`${url.username}:${url.password}`)).toString('base64')}`;
    const shown = slashed(written.replace(/:\/\/[^/]*@/, '://'));
    return {
        shown,
        authorization,
        root(bucket) {
            if (!(0,_safe_path_js__WEBPACK_IMPORTED_MODULE_0__/* .isBucketName */ .E)(bucket)) {
                throw new _error_js__WEBPACK_IMPORTED_MODULE_1__/* .TfcacheError */ .TM('usage', 'This cannot be the name of a bucket.', {
                    where: shown,
                    found: JSON.stringify(bucket),
                });
            }
            return parse(shown, bucket);
        },
    };
}
function parse(written, bucket) {
    const text = slashed(written.replaceAll('{bucket}', bucket));
    const url = URL.canParse(text) ? new URL(text) : undefined;
    const known = url !== undefined && ['https:', 'http:'].includes(url.protocol) && isDecodable(url);
    if (known && url.search === '' && url.hash === '' && !/[?#]/.test(text))
        return url;
    throw new _error_js__WEBPACK_IMPORTED_MODULE_1__/* .TfcacheError */ .TM('usage', 'A mirror’s URL cannot be used.', {
        expected: 'https://host[:port]/[folder/], {bucket} standing for the bucket',
        // Up to the last @: a password with a / in it that was not encoded must not be shown either.
        found: JSON.stringify(written.replace(/:\/\/.*@/s, '://…@')),
        hint: 'A URL that needs a query (?…) cannot be a mirror: paths are put behind it.',
    });
}
/** A stray `%` cannot be told from an encoded character. */
function isDecodable(url) {
    try {
        decodeURIComponent(url.username + url.password + url.pathname);
        return true;
    }
    catch (error) {
        if (error instanceof URIError)
            return false;
        throw error;
    }
}
function slashed(text) {
    return text.endsWith('/') ? text : `${text}/`;
}
/**
 * The URL of a path below a root. Every character that could mean something in a URL is encoded, also `+`, which stores
 * decode to a space: `versions/"2.21.0"/x.whl` becomes `versions/%222.21.0%22/x.whl`.
 *
 * @param path checked before: no `.` or `..`, which a URL would resolve.
 */
function urlOf(root, path) {
    return new URL(encodePath(path), root);
}
/** The URL of a folder below a root, ending in `/`. `''` is the root. */
function folderUrl(root, folder) {
    return folder === '' ? root : new URL(`${encodePath(folder)}/`, root);
}
function encodePath(path) {
    // `./` keeps a first name with a colon from being read as a scheme.
    return `./${path.split('/').map(encodeURIComponent).join('/')}`;
}
/**
 * The name that a link of a folder's page leads to, when it is directly inside the folder: decoded once, a slash at the
 * end for a folder. Undefined for every other link (parent, sorting, other hosts).
 *
 * @throws TypeError for a name that cannot be decoded (it is no UTF-8).
 */
function childName(href, folder) {
    if (!URL.canParse(href, folder.href))
        return undefined;
    const target = new URL(href, folder);
    if (target.search !== '' || target.hash !== '' || target.origin !== folder.origin)
        return undefined;
    if (!target.pathname.startsWith(folder.pathname))
        return undefined;
    const rest = target.pathname.slice(folder.pathname.length);
    if (rest === '' || rest === '/' || /\/./.test(rest))
        return undefined;
    return decodeURIComponent(rest);
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

/***/ 863:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  N: () => (/* binding */ openTransfers)
});

// EXTERNAL MODULE: ./build/error.js
var build_error = __webpack_require__(5602);
;// CONCATENATED MODULE: ./build/mirror/https/bandwidth.js
/**
 * Holds all transfers of a mirror together to a limit. Each is told how long to rest after what it just received; a rest
 * is remembered, so several connections share the limit instead of each having it.
 */
class Bandwidth {
    bytesPerSecond;
    /** When what was received so far would have been received at the limit; milliseconds of `performance.now()`. */
    paidUntil = 0;
    /** @param limit KiB a second, undefined for none. */
    constructor(limit) {
        this.bytesPerSecond = limit === undefined ? undefined : limit * 1024;
    }
    /** @returns milliseconds to rest before reading on. */
    received(bytes) {
        if (this.bytesPerSecond === undefined)
            return 0;
        const now = performance.now();
        this.paidUntil = Math.max(this.paidUntil, now) + (bytes / this.bytesPerSecond) * 1000;
        return this.paidUntil - now;
    }
}

// EXTERNAL MODULE: external "node:http"
var external_node_http_ = __webpack_require__(7067);
// EXTERNAL MODULE: external "node:https"
var external_node_https_ = __webpack_require__(4708);
// EXTERNAL MODULE: ./build/store/file-error.js
var file_error = __webpack_require__(3009);
;// CONCATENATED MODULE: ./build/mirror/https/agents.js


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
    return { 'http:': new external_node_http_.Agent(options), 'https:': new external_node_https_.Agent(options) };
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

// EXTERNAL MODULE: ./build/mirror/https/failure.js
var https_failure = __webpack_require__(5966);
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
    throw new build_error/* TfcacheError */.TM('usage', `${url.protocol}// is not used for ${url.hostname}.`, {
        where: (0,https_failure/* shown */.SP)(url),
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
    const agents = createAgents(options.environment, options.connections, options.log);
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
                reject(request.signal?.aborted === true ? (0,https_failure/* cancelled */.KW)(request.signal) : (0,https_failure/* networkFailure */.rd)(error, url));
            });
            sent.end();
        });
    }
    return {
        async open(start, request = {}) {
            let url = start;
            for (let redirects = 0;; redirects += 1) {
                (0,https_failure/* throwIfCancelled */.dZ)(request.signal);
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
    throw new build_error/* TfcacheError */.TM('no-mirror', 'The mirror redirects to nowhere.', {
        where: (0,https_failure/* shown */.SP)(response.url),
        found: `HTTP ${response.status}, Location: ${location ?? 'missing'}`,
        hint: 'Tell who runs the mirror, or name another one.',
    });
}
function checkRedirect(from, to, plainHttpHosts) {
    const downgrade = from.protocol === 'https:' && to.protocol !== 'https:';
    if (!downgrade && (to.protocol === 'https:' || isAllowedPlain(to, plainHttpHosts)))
        return;
    throw new build_error/* TfcacheError */.TM('no-mirror', 'The mirror redirects to an address that is not safe.', {
        where: (0,https_failure/* shown */.SP)(from),
        expected: 'an https:// address',
        found: (0,https_failure/* shown */.SP)(to),
        hint: 'A captive portal may answer in its place; else name the mirror’s final https:// address in mirrors.',
    });
}
function tooManyRedirects(url) {
    return new build_error/* TfcacheError */.TM('no-mirror', `The mirror redirects more than ${MOST_REDIRECTS} times.`, {
        where: (0,https_failure/* shown */.SP)(url),
        hint: 'It probably redirects in a circle: open the address in a browser, or name another mirror.',
    });
}
function silent(url, timeout) {
    return new https_failure/* PassingFailure */.Wz(new build_error/* TfcacheError */.TM('no-mirror', `${url.host} did not answer within ${timeout} seconds.`, {
        where: (0,https_failure/* shown */.SP)(url),
        hint: 'It accepts connections and stays silent, or a firewall drops them: set HTTPS_PROXY if this network needs a proxy, raise timeout, or name another mirror.',
    }));
}

// EXTERNAL MODULE: ./build/mirror/partial/partial-file.js + 1 modules
var partial_file = __webpack_require__(476);
// EXTERNAL MODULE: ./build/mirror/partial/ranges.js
var ranges = __webpack_require__(6268);
// EXTERNAL MODULE: ./build/mirror/partial/staged.js
var staged = __webpack_require__(1748);
// EXTERNAL MODULE: ./build/mirror/https/content-range.js
var content_range = __webpack_require__(7841);
// EXTERNAL MODULE: ./build/mirror/https/read-body.js
var read_body = __webpack_require__(7615);
// EXTERNAL MODULE: ./build/mirror/https/status.js
var https_status = __webpack_require__(5856);
;// CONCATENATED MODULE: ./build/mirror/https/answer.js





/**
 * Judges the head of an answer before a byte of its body is kept.
 *
 * @param known the version of what was received so far.
 * @throws PassingFailure, TfcacheError `no-mirror` (not the mirror’s answer), `integrity` (not the file that was listed).
 */
function judge(response, question, known) {
    const { status, headers } = response;
    if ((0,https_status/* meansMissing */.rM)(status))
        return 'missing';
    // 416: the file is shorter than the range now.
    if (status === 416 && question.range !== undefined)
        return 'whole';
    if (status !== 200 && status !== 206)
        throw (0,https_status/* statusFailure */.FP)(response);
    refuseWebPage(response, question);
    refuseStoredCompressed(response);
    (0,read_body/* refuseEncoding */.OS)(response);
    if (status === 200) {
        if (question.range !== undefined)
            return 'whole';
        const length = headers['content-length'];
        if (length !== undefined && Number(length) !== question.size) {
            throw wrongSize(response, question, `${length} bytes`);
        }
        return 'content';
    }
    checkRange(response, question);
    const version = validatorOf(response);
    // With If-Range a server need not repeat Last-Modified (RFC 9110, 15.3.7).
    if (version === undefined)
        return question.validator === undefined ? 'whole' : 'content';
    return known === undefined || version === known ? 'content' : 'whole';
}
/**
 * By what a later request can ask for the same version: a strong ETag, else the time of the last change.
 * https://www.rfc-editor.org/rfc/rfc9110#name-if-range
 */
function validatorOf(response) {
    const { etag } = response.headers;
    if (etag?.startsWith('"') === true)
        return etag;
    return response.headers['last-modified'];
}
function checkRange(response, { range, size, path }) {
    const text = response.headers['content-range'];
    const answer = (0,content_range/* parseContentRange */.C)(text);
    if (answer?.total !== undefined && answer.total !== size) {
        throw wrongSize(response, { path, size }, `${answer.total} bytes`);
    }
    const length = response.headers['content-length'];
    const fits = range !== undefined &&
        answer?.start === range.start &&
        answer.end === range.end &&
        (length === undefined || Number(length) === range.end - range.start);
    if (fits)
        return;
    throw new build_error/* TfcacheError */.TM('no-mirror', 'The mirror sends another part of the file than was asked for.', {
        where: (0,https_failure/* shown */.SP)(response.url),
        expected: range === undefined
            ? 'the whole file (200)'
            : `bytes ${range.start}-${range.end - 1}/${size}`,
        found: `${text ?? 'no Content-Range, or several ranges'}${length === undefined ? '' : `, ${length} bytes`}`,
        hint: 'The mirror, or a proxy between, answers ranges wrongly: tell who runs it, or name another mirror.',
    });
}
function refuseWebPage(response, { path, size }) {
    const type = response.headers['content-type'] ?? '';
    if (!/^(text\/html|application\/xhtml)/i.test(type) || /\.x?html?$/i.test(path))
        return;
    const length = response.headers['content-length'];
    // A server may call any file HTML; the right length, or a right range of it, says that it is the file.
    if (response.status === 206 || (length !== undefined && Number(length) === size))
        return;
    throw (0,https_status/* captivePortal */.Vn)({
        where: (0,https_failure/* shown */.SP)(response.url),
        found: `HTTP ${response.status}, ${type}, ${length === undefined ? 'of unknown length' : `${length} bytes`} for ${path} (${size} bytes)`,
    });
}
/** https://cloud.google.com/storage/docs/transcoding: served unpacked, with another length and no ranges. */
function refuseStoredCompressed(response) {
    if (response.headers['x-goog-stored-content-encoding'] !== 'gzip')
        return;
    throw new build_error/* TfcacheError */.TM('no-mirror', 'This object is stored compressed and served unpacked.', {
        where: (0,https_failure/* shown */.SP)(response.url),
        found: 'x-goog-stored-content-encoding: gzip',
        hint: 'Its listed size and digest are those of the compressed form, so what is served cannot be verified. Ask its owner to store it as it is.',
    });
}
function wrongSize(response, { path, size }, found) {
    return new build_error/* TfcacheError */.TM('integrity', `${path} has another size on the mirror than was listed.`, {
        where: (0,https_failure/* shown */.SP)(response.url),
        expected: `${size} bytes`,
        found,
        hint: 'It was replaced since it was listed or locked, or the mirror is being updated: run again in some minutes, or name another mirror.',
    });
}

// EXTERNAL MODULE: ./build/mirror/https/listing/page.js
var page = __webpack_require__(4676);
// EXTERNAL MODULE: ./build/mirror/https/parallel.js
var parallel = __webpack_require__(3145);
// EXTERNAL MODULE: ./build/mirror/https/stall-watch.js
var stall_watch = __webpack_require__(8208);
;// CONCATENATED MODULE: ./build/mirror/https/receive.js



/** Bytes that may wait to be written before the server is held back. */
const MOST_WAITING = 4 * 1024 * 1024;
/** Buffers in one write. */
const MOST_BUFFERS = 64;
/**
 * Writes a body to its place in a partial file while it comes. Whatever arrived is written before this returns or throws;
 * `partial` knows how much.
 *
 * @throws PassingFailure when it breaks off, ends early or stalls; TfcacheError when it cannot be written or is cancelled.
 */
async function receive(response, options) {
    const { partial, start, end, timeout, bandwidth, onBytes, signal } = options;
    const { body, url } = response;
    let waiting = [];
    let waitingBytes = 0;
    let received = start;
    let written = start;
    let ended;
    // It may have broken off before anyone listened; no event will tell then.
    let failure = body.destroyed
        ? (body.errored ?? new Error('the connection was closed'))
        : undefined;
    let wake = () => undefined;
    let resting;
    let full = false;
    const watch = new stall_watch/* StallWatch */.k(timeout, () => body.destroy((0,read_body/* stalled */.O0)(url, timeout)));
    const holdBack = () => {
        body.pause();
        watch.hold();
    };
    const goOn = () => {
        watch.release();
        if (!full && resting === undefined)
            body.resume();
    };
    body.on('data', (chunk) => {
        watch.add(chunk.length);
        onBytes(chunk.length);
        const wanted = Math.min(chunk.length, end - received);
        if (wanted > 0) {
            waiting.push(wanted === chunk.length ? chunk : chunk.subarray(0, wanted));
            waitingBytes += wanted;
            received += wanted;
        }
        if (wanted < chunk.length) {
            ended = 'more';
            body.destroy();
        }
        wake();
        if (waitingBytes > MOST_WAITING && !full) {
            full = true;
            holdBack();
        }
        const rest = bandwidth.received(chunk.length);
        if (rest >= 1 && resting === undefined) {
            holdBack();
            resting = setTimeout(() => {
                resting = undefined;
                goOn();
            }, rest);
        }
    });
    body.once('end', () => {
        ended ??= 'exact';
        wake();
    });
    body.once('error', (error) => {
        failure ??= error;
        wake();
    });
    body.once('close', () => {
        if (ended === undefined)
            failure ??= new Error(`the connection was closed after ${received - start} of ${end - start} bytes`);
        wake();
    });
    try {
        for (;;) {
            if (waiting.length > 0) {
                const buffers = waiting.splice(0, MOST_BUFFERS);
                const bytes = buffers.reduce((sum, buffer) => sum + buffer.length, 0);
                await partial.write(buffers, written);
                written += bytes;
                waitingBytes -= bytes;
                if (full && waitingBytes < MOST_WAITING / 2) {
                    full = false;
                    goOn();
                }
            }
            else if (failure !== undefined) {
                throw signal?.aborted === true ? (0,https_failure/* cancelled */.KW)(signal) : (0,https_failure/* networkFailure */.rd)(failure, url);
            }
            else if (ended !== undefined) {
                if (ended === 'exact' && received < end) {
                    throw (0,https_failure/* networkFailure */.rd)(new Error(`the body ended after ${received - start} of ${end - start} bytes`), url);
                }
                return ended;
            }
            else {
                await new Promise((resolve) => {
                    wake = resolve;
                });
            }
        }
    }
    finally {
        waiting = [];
        watch.stop();
        clearTimeout(resting);
        if (ended !== 'exact')
            body.destroy();
        // An error that comes after the end concerns no one any more.
        body.on('error', () => undefined);
    }
}

// EXTERNAL MODULE: ./build/mirror/https/tries.js
var https_tries = __webpack_require__(8693);
;// CONCATENATED MODULE: ./build/mirror/https/download.js










/** Bytes after which a try counts as one that got somewhere, however it ended. */
const PROGRESS = 1024 * 1024;
/** The file must be asked for as a whole, from its beginning. */
class AskForWhole extends Error {
}
class Missing extends Error {
}
/**
 * Brings one file into staging: in pieces over several connections when it is large, going on from what an earlier try left.
 *
 * @throws TfcacheError; what arrived stays for the next try.
 */
async function downloadFile(url, file, context, signal) {
    if ((0,staged/* isStaged */.F)(context.staging, file))
        return 'complete';
    const download = new Download(url, file, context);
    return download.run(signal);
}
class Download {
    url;
    file;
    context;
    partial;
    lastModified;
    /** Why the connection broke off last, for the message. */
    lastBreak;
    constructor(url, file, context) {
        this.url = url;
        this.file = file;
        this.context = context;
        this.partial = new partial_file/* PartialFile */.AV(context.staging, file.path, file.size);
    }
    async run(signal) {
        const { partial, file, context } = this;
        await partial.begin();
        try {
            let piece = (0,ranges/* pieceSize */.QN)(file.size, context.connections);
            for (let restarts = 0;; restarts += 1) {
                const pieces = (0,ranges/* planPieces */.D3)(partial.missing, piece);
                try {
                    await this.fetchPieces(pieces, signal);
                    break;
                }
                catch (error) {
                    if (!(error instanceof AskForWhole))
                        throw error;
                    context.tries.log.debug(`${file.path}: ${error.message}`);
                    if (restarts > context.tries.retries)
                        throw this.cannotGoOn(error);
                    await partial.reset();
                    piece = file.size;
                }
            }
        }
        catch (error) {
            if (error instanceof Missing) {
                await partial.discard();
                return 'missing';
            }
            await partial.keep();
            throw error;
        }
        await partial.complete(file.mtime ?? this.lastModified);
        return 'complete';
    }
    cannotGoOn(cause) {
        return new build_error/* TfcacheError */.TM('no-mirror', `${this.file.path} does not arrive in one go, and the mirror does not let it be gone on with.`, {
            where: (0,https_failure/* shown */.SP)(this.url),
            found: [this.lastBreak, cause.message]
                .filter((text) => text !== undefined)
                .join('; then: '),
            cause,
            hint: 'The mirror must answer ranges (Accept-Ranges: bytes) with an ETag or Last-Modified that stays the same; else only an unbroken connection helps. Name another mirror.',
        });
    }
    async fetchPieces(pieces, signal) {
        // An empty file has no pieces, but must be there. One that is complete already is trusted as recorded.
        const work = this.file.size === 0 ? [{ start: 0, end: 0 }] : pieces;
        await (0,parallel/* mapParallel */.E)(work, this.context.connections, signal, (piece, both) => this.fetchPiece(piece, both));
    }
    async fetchPiece(piece, signal) {
        const { context } = this;
        const tries = new https_tries/* Tries */.I({ ...context.tries, signal });
        let start = piece.start;
        for (;;) {
            const before = start;
            try {
                await context.places.use(() => this.transfer({ start: before, end: piece.end }, signal));
                return;
            }
            catch (error) {
                start = this.firstMissing(piece);
                if (start >= piece.end && piece.end > piece.start)
                    return;
                if (error instanceof https_failure/* PassingFailure */.Wz)
                    this.lastBreak = error.message;
                await tries.failed(error, start - before >= PROGRESS ? 'progressed' : 'stuck');
            }
        }
    }
    /** Where a piece goes on: everything before it is written. */
    firstMissing(piece) {
        const missing = this.partial.missing.find(({ end }) => end > piece.start);
        return Math.max(missing?.start ?? piece.end, piece.start);
    }
    async transfer(range, signal) {
        const { client, timeout, bandwidth, onBytes } = this.context;
        const { partial, file } = this;
        const isWhole = range.start === 0 && range.end === file.size;
        if (range.start > 0 && partial.validator === undefined && partial.hasBytes) {
            throw new AskForWhole('the mirror gives no version, so nothing can be added to what came before');
        }
        const question = {
            path: file.path,
            size: file.size,
            range: isWhole ? undefined : range,
            validator: isWhole ? undefined : partial.validator,
        };
        const response = await client.open(this.url, { headers: download_headersFor(question), signal });
        let kept = false;
        try {
            const verdict = judge(response, question, partial.validator);
            if (verdict === 'missing')
                throw new Missing();
            if (verdict === 'whole') {
                throw new AskForWhole(`asked for bytes ${range.start}-${range.end - 1}, the mirror has no such part of the same version (HTTP ${response.status}); fetching the whole file`);
            }
            kept = true;
        }
        finally {
            if (!kept)
                response.body.destroy();
        }
        if (isWhole)
            await this.startAnew(validatorOf(response));
        else
            partial.setValidator(partial.validator ?? validatorOf(response));
        this.lastModified ??= (0,page/* secondsOf */.TM)(response.headers['last-modified']);
        const ending = await receive(response, {
            partial,
            ...range,
            timeout,
            bandwidth,
            onBytes,
            signal,
        });
        if (ending === 'more' && isWhole) {
            await partial.reset();
            throw wrongSize(response, file, `more than ${file.size} bytes`);
        }
    }
    /** A whole file begins: nothing of an earlier version may stay under it. */
    async startAnew(validator) {
        await this.partial.reset();
        this.partial.setValidator(validator);
    }
}
function download_headersFor({ range, validator }) {
    if (range === undefined)
        return {};
    return {
        range: `bytes=${range.start}-${range.end - 1}`,
        ...(validator === undefined ? {} : { 'if-range': validator }),
    };
}

;// CONCATENATED MODULE: ./build/mirror/https/transfers.js






/** Connections when the user named none: fewer than a browser opens to one host. */
const DEFAULT_CONNECTIONS = 4;
/** Most that are taken, however many were asked for. */
const MOST_CONNECTIONS = 16;
/** @param authorization sent to this origin and nowhere else. */
function openTransfers(options, authorization) {
    const { timeout, retries, log, environment, firstPause = 1, plainHttpHosts = [] } = options;
    const asked = options.connections ?? DEFAULT_CONNECTIONS;
    const connections = Math.min(Math.max(asked, 1), MOST_CONNECTIONS);
    const client = createHttpClient({
        environment,
        connections,
        timeout,
        plainHttpHosts,
        log,
        ...(authorization === undefined ? {} : { authorization }),
    });
    const places = new parallel/* Places */.N(connections);
    const bandwidth = new Bandwidth(options.bandwidthLimit);
    const pages = { client, timeout, connections, places, tries: { retries, firstPause, log } };
    return {
        pages,
        async fetch(files, steps, staging, events, signal) {
            const missing = [];
            const wrong = [];
            let bytesReceived = 0;
            const context = {
                ...pages,
                bandwidth,
                staging,
                onBytes(bytes) {
                    bytesReceived += bytes;
                    events.onBytes(bytes);
                },
            };
            await (0,parallel/* mapParallel */.E)(files, connections, signal, async (file, both) => {
                try {
                    const outcome = await downloadFile(steps.urlOf(file), file, context, both);
                    if (outcome === 'missing') {
                        missing.push(file.path);
                        return;
                    }
                    await steps.onArrival?.(file);
                    events.onFile(file.path);
                }
                catch (error) {
                    const seen = (0,https_failure/* outward */.N4)(error);
                    if (!(seen instanceof build_error/* TfcacheError */.TM) || seen.code !== 'integrity')
                        throw seen;
                    wrong.push(seen);
                }
            });
            if (wrong[0] !== undefined)
                throw wrong[0];
            return { bytesReceived, missing };
        },
    };
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
