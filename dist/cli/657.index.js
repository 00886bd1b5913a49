export const id = 657;
export const ids = [657];
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

/***/ 6657:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  probeHttpsMirror: () => (/* binding */ probeHttpsMirror)
});

// EXTERNAL MODULE: ./build/error.js
var build_error = __webpack_require__(5602);
// EXTERNAL MODULE: ./build/mirror/https/failure.js
var failure = __webpack_require__(5966);
// EXTERNAL MODULE: ./build/probe/content.js + 1 modules
var content = __webpack_require__(2248);
// EXTERNAL MODULE: ./build/probe/context.js
var probe_context = __webpack_require__(1998);
// EXTERNAL MODULE: ./build/probe/dial.js + 2 modules
var dial = __webpack_require__(8166);
// EXTERNAL MODULE: ./build/probe/explain-module.js
var explain_module = __webpack_require__(867);
// EXTERNAL MODULE: ./build/mirror/https/read-body.js
var read_body = __webpack_require__(7615);
;// CONCATENATED MODULE: ./build/probe/first-page.js


/** Bytes: enough of a page to tell what it is. */
const ENOUGH = 64 * 1024;
/** @throws PassingFailure, TfcacheError */
async function getFirstPage(client, root, signal) {
    const began = performance.now();
    const response = await client.open(root, { signal });
    const time = performance.now() - began;
    const options = { timeout: probe_context/* LINE_LIMIT */.by / 1000, limit: ENOUGH, beyond: 'cut', signal };
    const text = await (0,read_body/* readText */.yR)(response, options);
    return {
        status: response.status,
        reason: response.reason,
        server: [response.headers['server'] ?? []].flat().join(', ') || undefined,
        contentType: response.headers['content-type'] ?? '',
        text,
        url: response.url,
        time,
    };
}
/** True for a store's own XML: a bucket has no site around it that could tell how fresh it is. */
function isBucket({ text }) {
    return /^\s*(<\?xml[^>]*\?>)?\s*<(ListBucketResult|Error)[\s>]/.test(text);
}
/** True for a folder's page as nginx, Apache and the like make it. */
function isFolderPage({ text }) {
    return /<(title|h1)[^>]*>\s*(index|directory listing) (of|for)\b|<table[^>]*id="?(list|indexlist)\b/i.test(text);
}

// EXTERNAL MODULE: ./build/probe/known-sites.js
var known_sites = __webpack_require__(2507);
// EXTERNAL MODULE: ./build/probe/names.js
var names = __webpack_require__(9705);
;// CONCATENATED MODULE: ./build/probe/portal.js

/** What a login page of a network holds. */
const LOGIN = /<input[^>]+type=["']?password|captive|hotspot|log ?in to (the|this) network|wi-?fi/i;
/**
 * Whether a network's login page came in place of the mirror: status 511 (RFC 6585, 6), a web page from another host than was
 * asked, or one that wants a login. Undefined when the answer may well be the mirror's.
 */
function portalOf(page, root) {
    const isPage = /\bhtml\b/i.test(page.contentType) || /^\s*<(!doctype )?html/i.test(page.text);
    const elsewhere = page.url.hostname !== root.hostname;
    const isPortal = page.status === 511 ||
        (page.status === 200 && isPage && !isFolderPage(page) && (elsewhere || LOGIN.test(page.text)));
    if (!isPortal)
        return undefined;
    const title = /<title[^>]*>([^<]{1,100})/i.exec(page.text)?.[1]?.trim();
    const quoted = title === undefined ? '' : `, titled "${title}"`;
    return {
        kind: 'captive-portal',
        message: `A login page came in place of the mirror${quoted}: a captive portal of this network.`,
        found: `HTTP ${page.status} ${page.reason}`.trim() + (elsewhere ? ` from ${page.url.host}` : ''),
        hint: 'Log in to the network, set HTTPS_PROXY if it has a proxy, or run where the mirror is reached directly.',
    };
}

// EXTERNAL MODULE: ./build/probe/problem.js
var problem = __webpack_require__(1506);
// EXTERNAL MODULE: ./build/probe/round-trip.js
var round_trip = __webpack_require__(277);
// EXTERNAL MODULE: ./build/probe/shelf.js
var shelf = __webpack_require__(7749);
// EXTERNAL MODULE: ./build/probe/site-status.js + 4 modules
var site_status = __webpack_require__(4245);
// EXTERNAL MODULE: ./build/log.js
var log = __webpack_require__(6650);
// EXTERNAL MODULE: ./build/mirror/https/agents.js
var agents = __webpack_require__(4432);
;// CONCATENATED MODULE: ./build/probe/web-proxy.js


/** Whether requests to a URL go through a proxy of the environment, as curl and Node read NO_PROXY. */
function goesThroughProxy(url, environment) {
    const variables = (0,agents/* proxyEnvironment */.w)(environment, log/* silentLog */.a);
    const proxy = variables[url.protocol === 'https:' ? 'https_proxy' : 'http_proxy'];
    if (proxy === undefined)
        return false;
    const port = url.port || (url.protocol === 'https:' ? '443' : '80');
    const exceptions = (variables['no_proxy'] ?? '').split(/[\s,]+/).filter((entry) => entry !== '');
    return !exceptions.some((entry) => isExcepted(entry.toLowerCase(), url.hostname, port));
}
function isExcepted(entry, host, port) {
    if (entry === '*')
        return true;
    const [, name = '', onlyPort] = /^(.*?)(?::(\d+))?$/.exec(entry) ?? [];
    if (onlyPort !== undefined && onlyPort !== port)
        return false;
    const suffix = name.replace(/^\*?\.?/, '');
    return host === suffix || host.endsWith(`.${suffix}`);
}

;// CONCATENATED MODULE: ./build/probe/https.js















/** Looks at a web server or a bucket: connection, first page, listing, status. */
async function probeHttpsMirror(target, context) {
    const site = (0,known_sites/* knownSite */.x)(target.root.hostname);
    const name = target.root.pathname.split('/').find((part) => part !== '') ?? target.bucket;
    let probe = { ...(0,probe_context/* blank */.hQ)(target), verdict: 'unusable', problem: undefined };
    if (site !== undefined) {
        const about = name === 'tensorflow' ? `: ${site.tensorflow}` : '';
        probe = { ...probe, notes: [`This is ${site.name}, a public site${about}.`] };
    }
    const client = clientFor(target, context);
    let page;
    try {
        const samples = await connectTimes(target, context, site === undefined ? probe_context/* SAMPLES */.ct : 1);
        page = await getFirstPage(client, target.root, context.signal);
        probe = {
            ...probe,
            server: page.server,
            roundTrips: (0,round_trip/* roundTrips */.R)((0,round_trip/* roundTrip */.s)('connect', samples), (0,round_trip/* roundTrip */.s)('answer', [page.time])),
        };
        const portal = portalOf(page, target.root);
        if (portal !== undefined)
            return { ...probe, problem: portal };
        probe = { ...probe, ...(await lookAtFolder(client, target, context, probe.notes)) };
    }
    catch (error) {
        return { ...probe, verdict: 'unusable', problem: (0,problem/* problemOf */.Zw)((0,failure/* outward */.N4)(error)) };
    }
    // A trace in the mirror itself knows better than a list of the site, and a bucket is no site.
    if (probe.freshness.lastSync !== undefined || isBucket(page))
        return probe;
    const told = site === undefined
        ? await (0,site_status/* findStatus */.G)(client, new URL('/', target.root), name, context)
        : await (0,site_status/* siteFreshness */.N)(site.statusUrl, name, context);
    if (told === undefined)
        return probe;
    return { ...probe, freshness: { ...told, newestFile: probe.freshness.newestFile } };
}
function clientFor({ root, authorization }, { environment }) {
    const login = authorization === undefined ? undefined : { origin: root.origin, value: authorization };
    return (0,shelf/* webClient */.q1)({ environment, timeout: probe_context/* LINE_LIMIT */.by / 1000, login });
}
async function lookAtFolder(client, target, context, notes) {
    const { root } = target;
    const shelf = shelfAt(root, client, context);
    const { names, freshness, note } = await (0,content/* lookInto */.O)(shelf, context.limit, context.signal);
    if (names === undefined) {
        const beside = await listBeside(root, client, context);
        return { modules: beside, problem: noFolder(root, beside) };
    }
    const found = { content: names, freshness, notes: note === undefined ? notes : [...notes, note] };
    if (names.total > 0)
        return { ...found, verdict: 'usable' };
    return { ...found, problem: EMPTY };
}
const EMPTY = {
    kind: 'empty',
    message: 'The mirror answers, but lists nothing.',
    found: undefined,
    hint: 'Check the path (and {bucket}); its first sync may not have run. Else name another mirror.',
};
function noFolder(root, beside) {
    const there = beside === undefined ? '' : `; beside it the mirror ${(0,explain_module/* offers */.O)(beside)}`;
    return {
        kind: 'unknown-folder',
        message: `The mirror has no folder ${root.pathname}${there}.`,
        found: 'HTTP 404',
        hint: 'Correct the path of the mirror.',
    };
}
/** TCP alone; nothing when a proxy stands between, whose own distance would tell nothing. */
async function connectTimes({ root }, { environment, signal }, samples) {
    if (goesThroughProxy(root, environment))
        return [];
    const address = {
        host: root.hostname.replace(/^\[|\]$/g, ''),
        port: Number(root.port || (root.protocol === 'https:' ? '443' : '80')),
    };
    const times = [];
    while (times.length < samples && (times[0] ?? 0) < 500) {
        const connection = await (0,dial/* dial */.z)(address, { limit: probe_context/* CONNECT_LIMIT */.zN, proxy: undefined, signal });
        connection.socket.destroy();
        times.push(connection.connectTime);
    }
    return times;
}
/** The folders beside one that is not there; undefined when they are not to be listed. */
async function listBeside(root, client, context) {
    if (root.pathname === '/')
        return undefined;
    try {
        const shelf = shelfAt(new URL('..', root), client, context);
        const [folder] = await shelf.listFolders([''], context.signal);
        return folder?.exists === true ? (0,names/* cutNames */.L)(folder.folders.toSorted()) : undefined;
    }
    catch (error) {
        // A courtesy: that the folder is not there stands anyway.
        if ((0,failure/* outward */.N4)(error) instanceof build_error/* TfcacheError */.TM)
            return undefined;
        throw error;
    }
}
function shelfAt(root, client, { environment }) {
    return (0,shelf/* shelfOfWeb */.gh)({ root, client, environment, timeout: probe_context/* LINE_LIMIT */.by / 1000 });
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
