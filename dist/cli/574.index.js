export const id = 574;
export const ids = [574];
export const modules = {

/***/ 6650:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   a: () => (/* binding */ silentLog)
/* harmony export */ });
/* unused harmony export silentProgress */
/** Says nothing: for tests and for callers that have no one to tell. */
const silentLog = {
    info: () => undefined,
    warning: () => undefined,
    error: () => undefined,
    debug: () => undefined,
};
const silentProgress = {
    begin: () => undefined,
    advance: () => undefined,
    end: () => undefined,
};


/***/ }),

/***/ 2990:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  V: () => (/* binding */ detectLister)
});

// EXTERNAL MODULE: ./build/error.js
var error = __webpack_require__(5602);
// EXTERNAL MODULE: ./build/mirror/https/failure.js
var failure = __webpack_require__(5966);
// EXTERNAL MODULE: ./build/mirror/https/listing/checked.js
var checked = __webpack_require__(4374);
// EXTERNAL MODULE: ./build/mirror/https/pages.js
var pages = __webpack_require__(5888);
// EXTERNAL MODULE: ./build/mirror/https/status.js
var https_status = __webpack_require__(5856);
;// CONCATENATED MODULE: ./build/mirror/https/bucket-lister.js





/** Most pages of one answer: a server that never ends is noticed even when its pages are empty. */
const MOST_PAGES = 20_000;
/** Lists a bucket by keys and prefixes, page after page. */
class BucketLister {
    name;
    dialect;
    context;
    constructor(dialect, context) {
        this.name = dialect.name;
        this.dialect = dialect;
        this.context = context;
    }
    async folder(folder, signal) {
        const prefix = this.prefixOf(folder);
        const { collected, placeholder } = await this.collect(prefix, '/', signal);
        const { files, folders } = collected;
        return { exists: placeholder || files.length + folders.length > 0, files, folders };
    }
    async tree(folder, signal) {
        return (await this.collect(this.prefixOf(folder), undefined, signal)).collected.files;
    }
    prefixOf(folder) {
        return this.dialect.prefix + (folder === '' ? '' : `${folder}/`);
    }
    async collect(prefix, delimiter, signal) {
        const collected = new checked/* Collected */.iG((0,failure/* shown */.SP)(this.dialect.endpoint));
        // A key that ends in a slash is a folder that someone made by hand; it is no file.
        let placeholder = false;
        for await (const page of this.pages(prefix, delimiter, signal)) {
            for (const entry of page.files) {
                if (!entry.name.startsWith(prefix))
                    continue;
                if (entry.name.endsWith('/'))
                    placeholder ||= entry.name === prefix;
                else
                    collected.addFile(entry.name.slice(this.dialect.prefix.length), entry);
            }
            for (const folder of page.folders) {
                if (folder.startsWith(prefix))
                    collected.addFolder(folder.slice(prefix.length).replace(/\/$/, ''));
            }
        }
        collected.warn(this.context.tries.log);
        return { collected, placeholder };
    }
    async *pages(prefix, delimiter, signal) {
        const { endpoint, name } = this.dialect;
        const seen = new Set();
        let next;
        do {
            const url = new URL(endpoint);
            for (const [key, value] of Object.entries(this.dialect.parameters))
                url.searchParams.set(key, value);
            url.searchParams.set('prefix', prefix);
            if (delimiter !== undefined)
                url.searchParams.set('delimiter', delimiter);
            if (next !== undefined)
                url.searchParams.set(next.parameter, next.value);
            const answer = await (0,pages/* fetchText */.Sy)(url, this.context, signal);
            if (answer === undefined)
                throw noBucket(endpoint);
            const page = await (0,pages/* parsePage */.NL)(answer, name, () => this.dialect.parse(answer));
            yield page;
            next = page.next;
            if (next !== undefined) {
                if (seen.has(next.value) || seen.size >= MOST_PAGES)
                    throw endless(endpoint, seen.size);
                seen.add(next.value);
            }
        } while (next !== undefined);
    }
}
function noBucket(endpoint) {
    return new https_status/* StatusError */.Xs(404, 'The mirror has no such bucket.', {
        where: (0,failure/* shown */.SP)(endpoint),
        hint: 'Check the name of the bucket and the URL of the mirror.',
    });
}
function endless(endpoint, pages) {
    return new error/* TfcacheError */.TM('no-mirror', 'The mirror’s listing goes round in a circle.', {
        where: (0,failure/* shown */.SP)(endpoint),
        found: `after ${pages} pages it names a page that was read already, or never ends`,
        hint: 'Tell who runs the mirror, or name another one.',
    });
}

// EXTERNAL MODULE: ./build/mirror/https/location.js
var https_location = __webpack_require__(7301);
// EXTERNAL MODULE: ./build/mirror/https/parallel.js
var parallel = __webpack_require__(3145);
;// CONCATENATED MODULE: ./build/mirror/https/folder-lister.js






/** Most folders of one tree: each costs a request. */
const MOST_FOLDERS = 10_000;
/** Deepest nesting: a server whose folders hold themselves is noticed. */
const DEEPEST = 64;
/** Lists a web server folder by folder: each has a page of its own. */
class FolderLister {
    name = 'pages of folders';
    root;
    context;
    constructor(root, context) {
        this.root = root;
        this.context = context;
    }
    async folder(folder, signal) {
        const url = (0,https_location/* folderUrl */.EE)(this.root, folder);
        const answer = await (0,pages/* fetchText */.Sy)(url, this.context, signal);
        if (answer === undefined)
            return { exists: false, files: [], folders: [] };
        const page = await parseFolder(answer);
        const collected = new checked/* Collected */.iG((0,failure/* shown */.SP)(url));
        const prefix = folder === '' ? '' : `${folder}/`;
        for (const entry of page.files) {
            if (entry.name.includes('/'))
                collected.addFolder(entry.name);
            else
                collected.addFile(prefix + entry.name, entry);
        }
        for (const name of page.folders)
            collected.addFolder(name.replace(/\/$/, ''));
        collected.warn(this.context.tries.log);
        return { exists: true, files: collected.files, folders: collected.folders };
    }
    async tree(folder, signal) {
        const files = [];
        let level = [folder];
        let asked = 0;
        for (let depth = 0; level.length > 0; depth += 1) {
            asked += level.length;
            if (depth > DEEPEST || asked > MOST_FOLDERS || files.length > checked/* MOST_NAMES */.nJ) {
                throw tooLarge((0,https_location/* folderUrl */.EE)(this.root, folder), asked, files.length);
            }
            const answers = await (0,parallel/* mapParallel */.E)(level, this.context.connections, signal, async (one, both) => ({
                one,
                answer: await this.folder(one, both),
            }));
            level = [];
            for (const { one, answer } of answers) {
                files.push(...answer.files);
                for (const name of answer.folders)
                    level.push(one === '' ? name : `${one}/${name}`);
            }
        }
        return files;
    }
}
/** Tells HTML from JSON by what stands first, and loads the parser that is needed. */
async function parseFolder(answer) {
    const first = answer.text.trimStart()[0];
    if (first === '[') {
        const { parseFolderJson } = await __webpack_require__.e(/* import() */ 390).then(__webpack_require__.bind(__webpack_require__, 6390));
        return (0,pages/* parsePage */.NL)(answer, 'JSON', () => parseFolderJson(answer.text));
    }
    if (first === '<') {
        const { parseFolderHtml } = await Promise.all(/* import() */[__webpack_require__.e(600), __webpack_require__.e(642)]).then(__webpack_require__.bind(__webpack_require__, 9642));
        return (0,pages/* parsePage */.NL)(answer, 'HTML', () => parseFolderHtml(answer.text, answer.response.url));
    }
    throw (0,pages/* notAListing */.Dc)(answer, 'neither HTML nor JSON');
}
function tooLarge(url, folders, files) {
    return new error/* TfcacheError */.TM('no-mirror', 'The tree of folders is too large to list.', {
        where: (0,failure/* shown */.SP)(url),
        found: `${files} files in ${folders} folders so far`,
        hint: 'Ask for a smaller folder: a longer fixed beginning of the path.',
    });
}

;// CONCATENATED MODULE: ./build/mirror/https/google.js


const HOST = 'storage.googleapis.com';
/** What is asked of each page of the JSON interface: nothing that is not used. */
const FIELDS = 'items(name,size,md5Hash,crc32c,updated),nextPageToken,prefixes';
/**
 * Lists a bucket of Google's through the JSON interface, which gives digests; once that is refused, through the XML one.
 */
class GoogleLister {
    name = 'Google Cloud Storage';
    context;
    xml;
    lister;
    constructor(root, context) {
        const { json, xml } = googleBucket(root);
        this.context = context;
        this.xml = new BucketLister(xml, context);
        this.lister = new BucketLister(json, context);
    }
    folder(folder, signal) {
        return this.ask((lister) => lister.folder(folder, signal));
    }
    tree(folder, signal) {
        return this.ask((lister) => lister.tree(folder, signal));
    }
    async ask(question) {
        const { lister } = this;
        try {
            return await question(lister);
        }
        catch (error) {
            if (lister === this.xml || !(error instanceof https_status/* StatusError */.Xs))
                throw error;
            this.context.tries.log.info(`${error.message} Listing through the XML interface instead.`);
            this.lister = this.xml;
            return question(this.xml);
        }
    }
}
/**
 * Whether a URL is one of Google Cloud Storage: by path or by host name, or of the emulator that Google's own clients are
 * pointed to with STORAGE_EMULATOR_HOST.
 */
function isGoogle(url, environment) {
    if (url.hostname === HOST || url.hostname.endsWith(`.${HOST}`))
        return true;
    const emulator = environment['STORAGE_EMULATOR_HOST'];
    if (emulator === undefined || emulator === '')
        return false;
    const origin = emulator.includes('://') ? emulator : `http://${emulator}`;
    return URL.canParse(origin) && new URL(origin).origin === url.origin;
}
/**
 * How a bucket of Google's is listed, through either interface.
 * https://cloud.google.com/storage/docs/request-endpoints
 */
function googleBucket(root) {
    const names = root.pathname
        .split('/')
        .filter((name) => name !== '')
        .map(decodeURIComponent);
    const byHost = root.hostname.endsWith(`.${HOST}`);
    const bucket = byHost ? root.hostname.slice(0, -HOST.length - 1) : (names.shift() ?? '');
    const prefix = names.length === 0 ? '' : `${names.join('/')}/`;
    const origin = byHost ? `https://${HOST}` : root.origin;
    return {
        json: {
            name: 'JSON of Google Cloud Storage',
            endpoint: new URL(`/storage/v1/b/${encodeURIComponent(bucket)}/o`, origin),
            parameters: { fields: FIELDS, maxResults: '1000' },
            prefix,
            async parse({ text }) {
                const { parseGoogleJson } = await __webpack_require__.e(/* import() */ 115).then(__webpack_require__.bind(__webpack_require__, 115));
                return parseGoogleJson(text);
            },
        },
        xml: {
            name: 'XML of Google Cloud Storage',
            endpoint: new URL(`/${encodeURIComponent(bucket)}/`, origin),
            parameters: { 'list-type': '2' },
            prefix,
            async parse({ text }) {
                const { parseBucketXml } = await Promise.all(/* import() */[__webpack_require__.e(600), __webpack_require__.e(601)]).then(__webpack_require__.bind(__webpack_require__, 601));
                return parseBucketXml(text, 'md5');
            },
        },
    };
}

// EXTERNAL MODULE: ./build/mirror/https/read-body.js
var read_body = __webpack_require__(7615);
// EXTERNAL MODULE: ./build/mirror/https/tries.js
var tries = __webpack_require__(8693);
;// CONCATENATED MODULE: ./build/mirror/https/detect.js







/** The query of an S3 listing, version 2; a store that knows version 1 alone answers with its markers. */
const XML_PARAMETERS = { 'list-type': '2' };
/** How much of an answer is read to tell what it is. A page of one key is far smaller, a folder's page may be larger. */
const ENOUGH = 64 * 1024;
/**
 * Finds out how a server lists. Google's hosts are known by name. Every other server is asked once, at the root, as an
 * S3-compatible store would be: web servers ignore the query, and what stands in the answer tells which it is.
 *
 * @param root the folder of the bucket.
 * @throws TfcacheError
 */
async function detectLister(root, context, environment, signal) {
    if (isGoogle(root, environment))
        return new GoogleLister(root, context);
    for (const { endpoint, prefix } of endpoints(root)) {
        const kind = await probe(endpoint, prefix, context, signal);
        if (kind === 'bucket')
            return bucketLister(endpoint, prefix, context);
        // Only a store answers in XML that it has no such object: then the bucket is further up.
        if (kind === 'web')
            break;
    }
    return new FolderLister(root, context);
}
function bucketLister(endpoint, prefix, context) {
    context.tries.log.debug(`${(0,failure/* shown */.SP)(endpoint)} is an S3-compatible store.`);
    const dialect = {
        name: 'XML of an S3-compatible store',
        endpoint,
        parameters: XML_PARAMETERS,
        prefix,
        async parse({ text }) {
            const { parseBucketXml } = await Promise.all(/* import() */[__webpack_require__.e(600), __webpack_require__.e(601)]).then(__webpack_require__.bind(__webpack_require__, 601));
            return parseBucketXml(text, 'opaque');
        },
    };
    return new BucketLister(dialect, context);
}
/** `store`: answers in XML as a store does, but lists nothing here. */
async function probe(endpoint, prefix, context, signal) {
    const url = new URL(endpoint);
    const parameters = { ...XML_PARAMETERS, prefix, delimiter: '/', 'max-keys': '1' };
    for (const [key, value] of Object.entries(parameters))
        url.searchParams.set(key, value);
    const ask = async () => {
        const response = await context.client.open(url, { signal });
        if ((0,https_status/* isBusy */.A5)(response.status)) {
            response.body.destroy();
            throw (0,https_status/* statusFailure */.FP)(response);
        }
        const start = await (0,read_body/* readText */.yR)(response, {
            timeout: context.timeout,
            limit: ENOUGH,
            beyond: 'cut',
            signal,
        });
        if (/<ListBucketResult[\s>]/.test(start))
            return 'bucket';
        if (response.status !== 200) {
            context.tries.log.info(`${(0,failure/* shown */.SP)(endpoint)} cannot be listed itself (HTTP ${response.status}); asking for the folders below it.`);
        }
        return /^\s*(<\?xml[^>]*\?>)?\s*<Error[\s>]/.test(start) ? 'store' : 'web';
    };
    return (0,tries/* withTries */.w)({ ...context.tries, signal }, () => context.places.use(ask));
}
/** Where a bucket may answer whose objects stand below `root`: there, at its first name (the bucket), or at the host. */
function endpoints(root) {
    const names = root.pathname.split('/').filter((name) => name !== '');
    const decoded = names.map(decodeURIComponent);
    const candidates = [{ endpoint: root, prefix: '' }];
    if (names.length > 1) {
        candidates.push({
            endpoint: new URL(`/${names[0]}/`, root),
            prefix: `${decoded.slice(1).join('/')}/`,
        });
    }
    if (names.length > 0) {
        candidates.push({ endpoint: new URL('/', root), prefix: `${decoded.join('/')}/` });
    }
    return candidates;
}


/***/ }),

/***/ 2248:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  O: () => (/* binding */ lookInto)
});

// EXTERNAL MODULE: ./node_modules/valibot/dist/index.mjs
var dist = __webpack_require__(7934);
// EXTERNAL MODULE: ./build/probe/freshness.js
var freshness = __webpack_require__(8790);
// EXTERNAL MODULE: ./build/probe/names.js
var probe_names = __webpack_require__(9705);
// EXTERNAL MODULE: ./build/probe/status/entry.js
var entry = __webpack_require__(6076);
;// CONCATENATED MODULE: ./build/probe/status/trace.js


/**
 * Where a mirror says of itself when it was last complete, below the root of a bucket: written last, after every file is in
 * place, like the trace files of Debian's mirrors. Not a hidden name: web servers are often told not to serve those.
 */
const TRACE_FOLDER = '@tfcache';
const TRACE_PATH = `${TRACE_FOLDER}/trace.json`;
/** Bytes; a larger one is none. */
const LARGEST_TRACE = 64 * 1024;
const Trace = dist/* object */.Ikc({
    /** An unknown one is not read. */
    format: dist/* literal */.euz('tfcache-trace/1'),
    /** When the last complete sync ended: RFC 3339 in UTC, `2026-11-22T07:35:24Z`. */
    finished: dist/* pipe */.FsL(dist/* string */.YjP(), dist/* isoTimestamp */.yhX()),
    /** Where it came from, without user and password. */
    upstream: dist/* optional */.lqM(dist/* string */.YjP()),
    /** What it holds. */
    files: dist/* optional */.lqM(dist/* number */.aig()),
    bytes: dist/* optional */.lqM(dist/* number */.aig()),
});
/**
 * Seconds since the epoch of the sync that a trace tells of; undefined when it tells of none.
 *
 * @throws SyntaxError, ValiError for a text that is no trace.
 */
function parseTrace(text) {
    const { finished } = dist/* parse */.qgA(Trace, JSON.parse(text));
    return (0,entry/* realTime */.M)(Math.floor(Date.parse(finished) / 1000));
}
/** The text of a trace: for whoever keeps a mirror. */
function serializeTrace(trace) {
    return `${JSON.stringify({ format: 'tfcache-trace/1', ...trace }, null, 2)}\n`;
}

;// CONCATENATED MODULE: ./build/probe/content.js




/** Folders looked into for the newest file, in all: enough for a guess, and few requests. */
const MOST_FOLDERS = 4;
const DEEPEST = 3;
/**
 * Lists the top of a bucket; reads the trace if there is one; without one, looks for the newest file in a few folders.
 *
 * @throws TfcacheError when the top cannot be listed. What fails after that is told as a note.
 */
async function lookInto(shelf, limit, signal) {
    const [top] = await shelf.listFolders([''], signal);
    if (top?.exists !== true)
        return { names: undefined, freshness: freshness/* NOTHING_KNOWN */.GN, note: undefined };
    const folders = top.folders.toSorted().map((folder) => `${folder}/`);
    const files = top.files.map(({ path }) => path).toSorted();
    const names = (0,probe_names/* cutNames */.L)([...folders, ...files]);
    try {
        const traced = top.folders.includes(TRACE_FOLDER)
            ? await readTrace(shelf, limit, signal)
            : undefined;
        if (traced !== undefined)
            return { names, freshness: traced, note: undefined };
        const newestFile = await findNewest(shelf, top, signal);
        return { names, freshness: { ...freshness/* NOTHING_KNOWN */.GN, newestFile }, note: undefined };
    }
    catch (error) {
        const why = error instanceof Error ? error.message : String(error);
        return { names, freshness: freshness/* NOTHING_KNOWN */.GN, note: `How fresh it is was not found out: ${why}` };
    }
}
async function readTrace(shelf, limit, signal) {
    const text = await shelf.read(TRACE_PATH, LARGEST_TRACE, signal);
    if (text === undefined)
        return undefined;
    try {
        const synced = parseTrace(text);
        return synced === undefined ? undefined : (0,freshness/* judgeSync */.HU)(synced, TRACE_PATH, limit);
    }
    catch (error) {
        // Of another form or version: as good as none.
        if (error instanceof dist/* ValiError */.H6d || error instanceof SyntaxError)
            return undefined;
        throw error;
    }
}
/** Goes down level by level until there are files; each level is one request to a daemon. */
async function findNewest(shelf, top, signal) {
    let level = [top];
    for (let depth = 0; depth < DEEPEST; depth += 1) {
        const times = level.flatMap(({ files }) => files.flatMap(({ mtime }) => mtime ?? []));
        if (times.length > 0)
            return times.reduce((newest, time) => Math.max(newest, time));
        const next = level
            .flatMap(({ folder, folders }) => folders.toSorted().map((name) => (folder === '' ? name : `${folder}/${name}`)))
            .slice(0, MOST_FOLDERS);
        if (next.length === 0)
            return undefined;
        level = await shelf.listFolders(next, signal);
    }
    return undefined;
}


/***/ }),

/***/ 9705:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   L: () => (/* binding */ cutNames)
/* harmony export */ });
const MOST_NAMES = 100;
/** The first of them, and how many there are. */
function cutNames(names) {
    return { names: names.slice(0, MOST_NAMES), total: names.length };
}


/***/ }),

/***/ 7749:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   gh: () => (/* binding */ shelfOfWeb),
/* harmony export */   jB: () => (/* binding */ shelfOfMirror),
/* harmony export */   q1: () => (/* binding */ webClient)
/* harmony export */ });
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(3024);
/* harmony import */ var node_os__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(8161);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(6760);
/* harmony import */ var _log_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(6650);
/* harmony import */ var _mirror_https_client_js__WEBPACK_IMPORTED_MODULE_8__ = __webpack_require__(676);
/* harmony import */ var _mirror_https_detect_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(2990);
/* harmony import */ var _mirror_https_location_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(7301);
/* harmony import */ var _mirror_https_parallel_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(3145);
/* harmony import */ var _mirror_https_read_body_js__WEBPACK_IMPORTED_MODULE_7__ = __webpack_require__(7615);









/** A mirror whose listings are whole at once: rsync, a share. */
function shelfOfMirror(mirror, bucket) {
    return {
        listFolders: (folders, signal) => mirror.listFolders(bucket, folders, signal),
        async read(path, limit, signal) {
            const folder = path.slice(0, path.lastIndexOf('/'));
            const [listing] = await mirror.listFolders(bucket, [folder], signal);
            const file = listing?.files.find((candidate) => candidate.path === path);
            if (file === undefined || file.size > limit)
                return undefined;
            const staging = (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.mkdtempSync)((0,node_path__WEBPACK_IMPORTED_MODULE_2__.join)((0,node_os__WEBPACK_IMPORTED_MODULE_1__.tmpdir)(), 'tfcache-probe-'));
            try {
                const events = { onFile: () => undefined, onBytes: () => undefined };
                const { missing } = await mirror.fetch(bucket, [file], staging, events, signal);
                return missing.length > 0 ? undefined : (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.readFileSync)((0,node_path__WEBPACK_IMPORTED_MODULE_2__.join)(staging, path), 'utf8');
            }
            finally {
                (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.rmSync)(staging, { recursive: true, force: true });
            }
        },
    };
}
/** A web server or a bucket, by the listers that pulls use. */
function shelfOfWeb({ root, client, environment, timeout }) {
    const tries = { retries: 0, firstPause: 0, log: _log_js__WEBPACK_IMPORTED_MODULE_3__/* .silentLog */ .a };
    const context = { client, timeout, connections: 1, tries, places: new _mirror_https_parallel_js__WEBPACK_IMPORTED_MODULE_4__/* .Places */ .N(1) };
    let lister;
    return {
        async listFolders(folders, signal) {
            lister ??= (0,_mirror_https_detect_js__WEBPACK_IMPORTED_MODULE_5__/* .detectLister */ .V)(root, context, environment, signal);
            const listings = [];
            for (const folder of folders) {
                const answer = await (await lister).folder(folder, signal);
                const files = answer.files.map(({ path, entry }) => ({ path, mtime: entry.mtime }));
                listings.push({ folder, exists: answer.exists, files, folders: answer.folders });
            }
            return listings;
        },
        async read(path, limit, signal) {
            const response = await client.open((0,_mirror_https_location_js__WEBPACK_IMPORTED_MODULE_6__/* .urlOf */ .rs)(root, path), { signal });
            if (response.status !== 200) {
                response.body.resume();
                return undefined;
            }
            const text = await (0,_mirror_https_read_body_js__WEBPACK_IMPORTED_MODULE_7__/* .readText */ .yR)(response, { timeout, limit: limit + 1, beyond: 'cut', signal });
            return text.length > limit ? undefined : text;
        },
    };
}
/** A client that holds one connection to a host. */
function webClient({ environment, timeout, login }) {
    return (0,_mirror_https_client_js__WEBPACK_IMPORTED_MODULE_8__/* .createHttpClient */ .u)({
        environment,
        connections: 1,
        timeout,
        plainHttpHosts: [],
        log: _log_js__WEBPACK_IMPORTED_MODULE_3__/* .silentLog */ .a,
        ...(login === undefined ? {} : { authorization: login }),
    });
}


/***/ }),

/***/ 6076:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   M: () => (/* binding */ realTime)
/* harmony export */ });
/** Years up to this one stand for "never": a zero time in one of several calendars and zones. */
const NEVER_UNTIL_YEAR = 2000;
/** Seconds since the epoch, undefined for a time that means "never" (tunasync: year 1, the epoch, year 2000). */
function realTime(seconds) {
    if (seconds === undefined || !Number.isFinite(seconds))
        return undefined;
    const date = new Date(seconds * 1000);
    // Not a date at all when out of range: its year is NaN then.
    return date.getUTCFullYear() > NEVER_UNTIL_YEAR ? seconds : undefined;
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
