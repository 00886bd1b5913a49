export const id = 735;
export const ids = [735];
export const modules = {

/***/ 735:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  createHttpsMirror: () => (/* binding */ createHttpsMirror)
});

// EXTERNAL MODULE: ./build/mirror/partial/staged.js
var staged = __webpack_require__(1748);
// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __webpack_require__(3024);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
// EXTERNAL MODULE: ./build/error.js
var error = __webpack_require__(5602);
// EXTERNAL MODULE: ./build/file.js
var build_file = __webpack_require__(6480);
// EXTERNAL MODULE: ./build/store/file-error.js
var file_error = __webpack_require__(3009);
;// CONCATENATED MODULE: ./build/mirror/https/checksums.js





/**
 * CRC32C of listed files for which the listing has nothing better: Google’s composite objects (large files uploaded in
 * parts) have no MD5. Their bytes are held to it here, before anyone else sees them.
 */
class Checksums {
    known = new Map();
    remember(bucket, files) {
        for (const { path, entry } of files) {
            const key = (0,build_file/* fileKey */.w)({ bucket, path });
            if (entry.crc32c !== undefined && entry.md5 === undefined)
                this.known.set(key, entry.crc32c);
            else
                this.known.delete(key);
        }
    }
    /** @throws TfcacheError `integrity`; the wrong bytes are removed from staging. */
    async check(bucket, file, staging, where) {
        const expected = this.known.get((0,build_file/* fileKey */.w)({ bucket, path: file.path }));
        if (expected === undefined)
            return;
        const staged = (0,external_node_path_.join)(staging, file.path);
        const { crc32cOf } = await __webpack_require__.e(/* import() */ 370).then(__webpack_require__.bind(__webpack_require__, 1370));
        let found;
        try {
            found = await crc32cOf(staged);
        }
        catch (error) {
            throw (0,file_error/* fileError */.z)('read a file in staging', staged, error);
        }
        if (found === expected)
            return;
        (0,external_node_fs_.rmSync)(staged, { force: true });
        throw new error/* TfcacheError */.TM('integrity', `Wrong bytes: ${file.path} does not have the checksum it must have.`, {
            where,
            expected: `crc32c ${expected} (from the listing)`,
            found: `crc32c ${found}`,
            hint: 'It was replaced since it was listed, or changed on the way: run again; if it happens again, name another mirror first.',
        });
    }
}

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

// EXTERNAL MODULE: ./build/mirror/https/exact.js
var exact = __webpack_require__(2159);
// EXTERNAL MODULE: ./build/mirror/https/transfers.js + 7 modules
var transfers = __webpack_require__(863);
;// CONCATENATED MODULE: ./build/mirror/https/https-mirror.js







/**
 * A mirror over HTTPS: Google Cloud Storage, any S3-compatible store, or a web server that lists its folders (nginx, Apache,
 * fancyindex, npm’s binary mirror). Which of them it is shows in its first answer.
 *
 * @throws TfcacheError `usage` for a URL that cannot be used.
 */
function createHttpsMirror(options) {
    return new HttpsMirror(options);
}
class HttpsMirror {
    url;
    bucket;
    environment;
    location;
    transfers;
    exact;
    checksums = new Checksums();
    listers = new Map();
    constructor(options) {
        this.bucket = options.bucket;
        this.environment = options.environment;
        this.location = (0,https_location/* parseLocation */.zS)(options.url);
        this.url = this.location.shown;
        const { authorization } = this.location;
        const { origin } = this.location.root(options.bucket ?? 'bucket');
        this.transfers = (0,transfers/* openTransfers */.N)(options, authorization === undefined ? undefined : { origin, value: authorization });
        this.exact = new exact/* ExactFiles */.P(this.transfers.pages);
    }
    serves(bucket) {
        return this.bucket === undefined || this.bucket === bucket;
    }
    async listFolders(bucket, folders, signal) {
        for (const folder of folders)
            if (folder !== '')
                (0,staged/* checkFetchPath */.q)(folder, this.url);
        const root = this.location.root(bucket);
        const lister = await this.listerFor(bucket, signal);
        const { connections } = this.transfers.pages;
        return (0,parallel/* mapParallel */.E)(folders, connections, signal, async (folder, both) => {
            const answer = await lister.folder(folder, both);
            this.checksums.remember(bucket, answer.files);
            const files = await this.exact.complete(root, answer.files, both);
            return { folder, exists: answer.exists, files, folders: answer.folders };
        });
    }
    async listTree(bucket, folder, signal) {
        if (folder !== '')
            (0,staged/* checkFetchPath */.q)(folder, this.url);
        const lister = await this.listerFor(bucket, signal);
        const files = await lister.tree(folder, signal);
        this.checksums.remember(bucket, files);
        return this.exact.complete(this.location.root(bucket), files, signal);
    }
    async fetch(bucket, files, staging, events, signal) {
        for (const { path } of files)
            (0,staged/* checkFetchPath */.q)(path, this.url);
        const root = this.location.root(bucket);
        const steps = {
            urlOf: ({ path }) => (0,https_location/* urlOf */.rs)(root, path),
            onArrival: async (file) => {
                const url = (0,https_location/* urlOf */.rs)(root, file.path);
                this.exact.forget(url);
                await this.checksums.check(bucket, file, staging, url.href);
            },
        };
        return this.transfers.fetch(files, steps, staging, events, signal);
    }
    /** Found out once a bucket; a failure is not remembered. */
    listerFor(bucket, signal) {
        const known = this.listers.get(bucket);
        if (known !== undefined)
            return known;
        const root = this.location.root(bucket);
        const lister = detectLister(root, this.transfers.pages, this.environment, signal);
        this.listers.set(bucket, lister);
        lister.catch(() => this.listers.delete(bucket));
        return lister;
    }
}


/***/ })

};
