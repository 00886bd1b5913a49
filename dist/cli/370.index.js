export const id = 370;
export const ids = [370];
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


/***/ }),

/***/ 920:
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

// EXTERNAL MODULE: ./build/mirror/https/client.js + 1 modules
var https_client = __webpack_require__(676);
// EXTERNAL MODULE: ./build/mirror/partial/partial-file.js + 1 modules
var partial_file = __webpack_require__(476);
// EXTERNAL MODULE: ./build/mirror/partial/ranges.js
var ranges = __webpack_require__(3887);
// EXTERNAL MODULE: ./build/mirror/partial/staged.js
var staged = __webpack_require__(1748);
// EXTERNAL MODULE: ./build/mirror/https/content-range.js
var content_range = __webpack_require__(7841);
// EXTERNAL MODULE: ./build/mirror/https/failure.js
var https_failure = __webpack_require__(5966);
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
        const response = await client.open(this.url, { headers: headersFor(question), signal });
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
function headersFor({ range, validator }) {
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
    const client = (0,https_client/* createHttpClient */.u)({
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

/***/ 476:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  D2: () => (/* binding */ PARTIAL_FOLDER),
  AV: () => (/* binding */ PartialFile),
  NV: () => (/* binding */ partialFilePath)
});

// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(7598);
// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __webpack_require__(3024);
// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(1455);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
// EXTERNAL MODULE: ./build/store/file-error.js
var file_error = __webpack_require__(3009);
// EXTERNAL MODULE: external "node:os"
var external_node_os_ = __webpack_require__(8161);
// EXTERNAL MODULE: ./node_modules/valibot/dist/index.mjs
var dist = __webpack_require__(7934);
;// CONCATENATED MODULE: ./build/mirror/partial/partial-record.js



const count = dist/* pipe */.FsL(dist/* number */.aig(), dist/* safeInteger */.Y2b(), dist/* minValue */.Wwf(0));
const schema = dist/* object */.Ikc({
    version: dist/* literal */.euz(1),
    bootedAt: dist/* number */.aig(),
    path: dist/* string */.YjP(),
    size: count,
    validator: dist/* pipe */.FsL(dist/* string */.YjP(), dist/* minLength */.BpQ(1)),
    done: dist/* pipe */.FsL(dist/* array */.YOg(dist/* tuple */.PVZ([count, count])), dist/* check */.z6Y((ranges) => ranges.every(([start, end], index) => start < end && start >= (ranges[index - 1]?.[1] ?? 0)))),
});
/** Written beside and renamed in: what stands there is always whole. */
function writeRecord(file, record) {
    const data = {
        version: 1,
        bootedAt: bootTime(),
        path: record.path,
        size: record.size,
        validator: record.validator,
        done: record.done.map(({ start, end }) => [start, end]),
    };
    (0,external_node_fs_.writeFileSync)(`${file}.new`, JSON.stringify(data));
    (0,external_node_fs_.renameSync)(`${file}.new`, file);
}
/**
 * The record, when it is of this file and can be relied upon. Undefined when there is none, it is torn or of another form,
 * or the machine was started since: the record may then be on the disk and the bytes that it vouches for not.
 */
function readRecord(file, path, size) {
    const parsed = dist/* safeParse */.xLC(schema, readJson(file));
    if (!parsed.success)
        return undefined;
    const { bootedAt, done, validator } = parsed.output;
    const last = done.at(-1)?.[1] ?? 0;
    const sameBoot = Math.abs(bootedAt - bootTime()) < 30;
    const sameFile = parsed.output.path === path && parsed.output.size === size;
    if (!sameBoot || !sameFile || last > size)
        return undefined;
    return { path, size, validator, done: done.map(([start, end]) => ({ start, end })) };
}
function readJson(file) {
    try {
        return JSON.parse((0,external_node_fs_.readFileSync)(file, 'utf8'));
    }
    catch (error) {
        // Missing or torn: the same to the caller, who begins anew.
        if (error instanceof Error)
            return undefined;
        throw error;
    }
}
/** When this machine was started, in seconds since the epoch; a setting of the clock may move it by a little. */
function bootTime() {
    return Date.now() / 1000 - (0,external_node_os_.uptime)();
}

// EXTERNAL MODULE: ./build/mirror/partial/ranges.js
var ranges = __webpack_require__(3887);
;// CONCATENATED MODULE: ./build/mirror/partial/partial-file.js







/** The folder in staging for what is not complete. No path of a bucket may begin with it. */
const PARTIAL_FOLDER = '@partial';
/** The record is written again after so many new bytes … */
const RECORD_BYTES = 16 * 1024 * 1024;
/** … or so many milliseconds. What came since the last time is fetched again after a kill. */
const RECORD_PAUSE = 200;
/** A file that is being received, in ranges and in any order, and what is known of it. */
class PartialFile {
    size;
    path;
    staging;
    data;
    recordFile;
    handle;
    done = [];
    knownValidator;
    unrecorded = 0;
    timer;
    /** Recording happens between writes; the next write tells that it failed. */
    recordFailure;
    /** Takes up what an earlier run left of it. Nothing is written before `begin`. */
    constructor(staging, path, size) {
        this.staging = staging;
        this.path = path;
        this.size = size;
        this.data = partialFilePath(staging, path);
        this.recordFile = `${this.data}.json`;
        const record = readRecord(this.recordFile, path, size);
        const last = record?.done.at(-1)?.end ?? 0;
        if (record !== undefined && last > 0 && sizeOf(this.data) >= last) {
            this.done = record.done;
            this.knownValidator = record.validator;
        }
    }
    /** The version that the bytes here are of; undefined before the first answer. */
    get validator() {
        return this.knownValidator;
    }
    get hasBytes() {
        return this.done.length > 0;
    }
    get missing() {
        return (0,ranges/* missingRanges */.TV)(this.done, this.size);
    }
    /** @throws TfcacheError `no-space`, `failed` */
    async begin() {
        try {
            (0,external_node_fs_.mkdirSync)((0,external_node_path_.dirname)(this.data), { recursive: true });
            this.handle ??= await (0,promises_.open)(this.data, this.done.length > 0 ? 'r+' : 'w+', 0o600);
        }
        catch (error) {
            throw (0,file_error/* fileError */.z)('write a file into staging', this.data, error);
        }
    }
    setValidator(validator) {
        this.knownValidator = validator;
    }
    /** Forgets every byte: they are of another version. */
    async reset() {
        this.stopTimer();
        this.done = [];
        this.knownValidator = undefined;
        (0,external_node_fs_.rmSync)(this.recordFile, { force: true });
        await this.handle?.truncate(0);
    }
    /** @throws TfcacheError `no-space`, `failed` */
    async write(buffers, start) {
        const { handle } = this;
        if (handle === undefined)
            throw new Error('the partial file is not open');
        if (this.recordFailure !== undefined)
            throw this.recordFailure;
        let position = start;
        let rest = buffers;
        try {
            while (rest.length > 0) {
                const { bytesWritten } = await handle.writev(rest, position);
                position += bytesWritten;
                rest = dropBytes(rest, bytesWritten);
            }
        }
        catch (error) {
            throw (0,file_error/* fileError */.z)('write a file into staging', this.data, error);
        }
        this.done = (0,ranges/* addRange */.bV)(this.done, { start, end: position });
        this.unrecorded += position - start;
        if (this.unrecorded >= RECORD_BYTES)
            this.record();
        else
            this.timer ??= setTimeout(() => this.record(), RECORD_PAUSE).unref();
    }
    /** There is no such file: leaves nothing behind. */
    async discard() {
        await this.reset();
        await this.close();
        (0,external_node_fs_.rmSync)(this.data, { force: true });
    }
    /** Keeps what is here for a later try. */
    async keep() {
        this.record();
        await this.close();
    }
    /**
     * Puts the complete file in its place.
     * @param mtime whole seconds.
     * @throws TfcacheError `no-space`, `failed`
     */
    async complete(mtime) {
        const target = (0,external_node_path_.join)(this.staging, this.path);
        this.stopTimer();
        try {
            if (mtime !== undefined)
                await this.handle?.utimes(mtime, mtime);
            await this.close();
            (0,external_node_fs_.mkdirSync)((0,external_node_path_.dirname)(target), { recursive: true });
            (0,external_node_fs_.renameSync)(this.data, target);
            (0,external_node_fs_.rmSync)(this.recordFile, { force: true });
        }
        catch (error) {
            throw (0,file_error/* fileError */.z)('put a file into staging', target, error);
        }
    }
    record() {
        this.stopTimer();
        this.unrecorded = 0;
        // Without a validator nothing could tell later that the rest is of the same version.
        if (this.knownValidator === undefined || this.done.length === 0)
            return;
        const { path, size, done } = this;
        try {
            writeRecord(this.recordFile, { path, size, done, validator: this.knownValidator });
        }
        catch (error) {
            this.recordFailure = (0,file_error/* fileError */.z)('write into staging', this.recordFile, error);
        }
    }
    stopTimer() {
        clearTimeout(this.timer);
        this.timer = undefined;
    }
    async close() {
        const { handle } = this;
        this.handle = undefined;
        await handle?.close();
    }
}
/** Where the bytes of a file are while it is not complete; it may have holes. */
function partialFilePath(staging, path) {
    return (0,external_node_path_.join)(staging, PARTIAL_FOLDER, (0,external_node_crypto_.createHash)('sha256').update(path).digest('hex'));
}
function sizeOf(file) {
    return (0,external_node_fs_.statSync)(file, { throwIfNoEntry: false })?.size ?? 0;
}
function dropBytes(buffers, count) {
    const rest = [];
    let left = count;
    for (const buffer of buffers) {
        if (left < buffer.length)
            rest.push(buffer.subarray(left));
        left = Math.max(0, left - buffer.length);
    }
    return rest;
}


/***/ }),

/***/ 3887:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   D3: () => (/* binding */ planPieces),
/* harmony export */   QN: () => (/* binding */ pieceSize),
/* harmony export */   TV: () => (/* binding */ missingRanges),
/* harmony export */   bV: () => (/* binding */ addRange)
/* harmony export */ });
/** A piece is never smaller than this (but for the last): each costs a round trip. */
const SMALLEST_PIECE = 8 * 1024 * 1024;
/** Nor larger than this, so that the connections end at about the same time. */
const LARGEST_PIECE = 64 * 1024 * 1024;
/** Pieces a connection gets, at least, when the file is large enough. */
const PIECES_EACH = 8;
/** How large the pieces of a file are when it comes over several connections; the file's own size when over one. */
function pieceSize(size, connections) {
    if (connections <= 1)
        return size;
    const even = Math.ceil(size / (connections * PIECES_EACH));
    return Math.min(Math.max(even, SMALLEST_PIECE), LARGEST_PIECE);
}
/** Cuts what is missing into pieces, in order; none is longer than `piece`. */
function planPieces(missing, piece) {
    return missing.flatMap(({ start, end }) => {
        const count = Math.ceil((end - start) / Math.max(piece, 1));
        return Array.from({ length: count }, (_, index) => ({
            start: start + index * piece,
            end: Math.min(start + (index + 1) * piece, end),
        }));
    });
}
/** A set of ranges with one more in it: sorted, without overlaps, neighbours joined. */
function addRange(ranges, added) {
    if (added.start >= added.end)
        return [...ranges];
    const before = ranges.filter((range) => range.end < added.start);
    const after = ranges.filter((range) => range.start > added.end);
    const touching = ranges.slice(before.length, ranges.length - after.length);
    const start = Math.min(added.start, ...touching.map((range) => range.start));
    const end = Math.max(added.end, ...touching.map((range) => range.end));
    return [...before, { start, end }, ...after];
}
/** What a set of ranges leaves out of a file of this size. */
function missingRanges(ranges, size) {
    const missing = [];
    let position = 0;
    for (const { start, end } of ranges) {
        if (start > position)
            missing.push({ start: position, end: start });
        position = end;
    }
    if (position < size)
        missing.push({ start: position, end: size });
    return missing;
}


/***/ }),

/***/ 1748:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   F: () => (/* binding */ isStaged),
/* harmony export */   q: () => (/* binding */ checkFetchPath)
/* harmony export */ });
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(3024);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(6760);
/* harmony import */ var _error_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(5602);
/* harmony import */ var _safe_path_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(7999);
/* harmony import */ var _partial_file_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(476);





/**
 * Whether an earlier run completed a file: its size, and its time as it was listed. A file without a listed time is one
 * whose digest is known, so its size is enough.
 */
function isStaged(staging, file) {
    const found = (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.statSync)((0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(staging, file.path), { throwIfNoEntry: false });
    if (found === undefined || !found.isFile() || found.size !== file.size)
        return false;
    return file.mtime === undefined || Math.floor(found.mtimeMs / 1000) === file.mtime;
}
/**
 * Holds a path that is to be fetched to what a path may be: it may come from a lock file or another mirror.
 *
 * @throws TfcacheError `failed` for one that could lead out of staging, or into what is kept there for resuming.
 */
function checkFetchPath(path, where) {
    const problem = path.split('/')[0] === _partial_file_js__WEBPACK_IMPORTED_MODULE_2__/* .PARTIAL_FOLDER */ .D2
        ? `${_partial_file_js__WEBPACK_IMPORTED_MODULE_2__/* .PARTIAL_FOLDER */ .D2} is where partial files are kept`
        : (0,_safe_path_js__WEBPACK_IMPORTED_MODULE_3__/* .findPathProblem */ .W)(path);
    if (problem === undefined)
        return;
    throw new _error_js__WEBPACK_IMPORTED_MODULE_4__/* .TfcacheError */ .TM('failed', 'A path cannot be fetched from the mirror.', {
        where,
        found: `${JSON.stringify(path)}: ${problem}`,
        hint: 'Correct the lock file or the request that names it.',
    });
}


/***/ })

};
