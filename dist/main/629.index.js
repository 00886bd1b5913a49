export const id = 629;
export const ids = [629];
export const modules = {

/***/ 1629:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  createS3Cache: () => (/* binding */ createS3Cache)
});

// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(7598);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
// EXTERNAL MODULE: ./build/cache/index-file.js
var index_file = __webpack_require__(9688);
// EXTERNAL MODULE: ./build/cache/packs.js
var packs = __webpack_require__(1851);
// EXTERNAL MODULE: external "node:stream"
var external_node_stream_ = __webpack_require__(7075);
;// CONCATENATED MODULE: ./build/cache/s3/direct-body.js

/**
 * The body of an answer that can be read without Node's streams: see {@link DirectBody.consume}. Read as a stream it works,
 * too, which the SDK does with what errors say.
 */
class DirectBody extends external_node_stream_.Readable {
    #pour;
    #giveUp;
    #begun = false;
    /** @param pour resolves when all has come and was taken. @param giveUp closes the connection. */
    constructor(pour, giveUp) {
        super();
        this.#pour = pour;
        this.#giveUp = giveUp;
    }
    /** Hands the bytes on without a copy. Nothing else may read the body then. */
    consume(take) {
        this.#begun = true;
        return this.#pour(take);
    }
    _read() {
        if (this.#begun)
            return;
        this.#begun = true;
        this.#pour((chunk) => {
            this.push(Buffer.from(chunk));
            return true;
        }).then(() => this.push(null), (error) => this.destroy(error));
    }
    _destroy(error, done) {
        this.#giveUp();
        done(error);
    }
}

// EXTERNAL MODULE: external "node:net"
var external_node_net_ = __webpack_require__(7030);
// EXTERNAL MODULE: external "node:tls"
var external_node_tls_ = __webpack_require__(1692);
;// CONCATENATED MODULE: ./build/cache/s3/direct-socket.js


/** A socket, plain or with TLS, that hands its bytes to `onread`. */
function openSocket({ protocol, hostname, port }, onread) {
    const host = hostname.replace(/^\[(.*)\]$/, '$1');
    const options = { host, port, onread, noDelay: true, keepAlive: true };
    return protocol === 'https:'
        ? (0,external_node_tls_.connect)({
            ...options,
            servername: (0,external_node_net_.isIP)(host) === 0 ? host : '',
            ALPNProtocols: ['http/1.1'],
        })
        : (0,external_node_net_.connect)(options);
}

;// CONCATENATED MODULE: ./build/cache/s3/http-message.js
/** https://www.rfc-editor.org/rfc/rfc9112#section-2.1. Undefined when it is not one. */
function parseHead(text) {
    const [first = '', ...lines] = text.split('\r\n');
    const status = /^HTTP\/1\.[01] ([2-5]\d\d)(?: |$)/.exec(first)?.[1];
    if (status === undefined)
        return undefined;
    const headers = {};
    for (const line of lines) {
        const colon = line.indexOf(':');
        if (colon < 1)
            return undefined;
        const name = line.slice(0, colon).toLowerCase();
        // Of two lengths no one can say which is meant.
        if (name === 'content-length' && name in headers)
            return undefined;
        headers[name] = line.slice(colon + 1).trim();
    }
    return { statusCode: Number(status), headers };
}
/**
 * How many bytes the body has: a number, `chunked`, or undefined where neither is told in one plain way.
 * https://www.rfc-editor.org/rfc/rfc9112#section-6.3
 */
function bodyLength({ headers }) {
    const { 'content-length': length, 'transfer-encoding': encoding } = headers;
    if (encoding !== undefined) {
        return encoding.toLowerCase() === 'chunked' && length === undefined ? 'chunked' : undefined;
    }
    return /^\d{1,15}$/.test(length ?? '') ? Number(length) : undefined;
}
/**
 * A chunked body (https://www.rfc-editor.org/rfc/rfc9112#section-7.1) and the bytes that it took; undefined as long as its
 * end has not come. @throws Error when it is malformed.
 */
function decodeChunks(bytes) {
    const parts = [];
    for (let at = 0;;) {
        const line = bytes.indexOf('\r\n', at);
        if (line < 0)
            return undefined;
        const size = /^([0-9a-f]{1,8})\s*(?:;.*)?$/i.exec(bytes.toString('latin1', at, line))?.[1];
        if (size === undefined)
            throw new Error('a chunk has no size');
        const end = line + 2 + Number.parseInt(size, 16);
        if (end === line + 2) {
            // What may follow the last chunk ends as a head does; mostly there is nothing.
            const last = bytes.indexOf('\r\n\r\n', line);
            return last < 0 ? undefined : { body: Buffer.concat(parts), used: last + 4 };
        }
        if (bytes.length < end + 2)
            return undefined;
        if (bytes.toString('latin1', end, end + 2) !== '\r\n')
            throw new Error('a chunk has no end');
        parts.push(bytes.subarray(line + 2, end));
        at = end + 2;
    }
}

;// CONCATENATED MODULE: ./build/cache/s3/direct-connection.js



const SLAB = 1024 * 1024;
/** Bytes after which what has come is handed on. */
const HAND_ON = (SLAB * 3) / 4;
const LONGEST_HEAD = 64 * 1024;
const LONGEST_CHUNKED = SLAB / 4;
/** The answer has a form that this client does not read; Node's own does. */
class UnknownForm extends Error {
    name = 'UnknownForm';
    /** What the SDK takes for a reason to try once more. */
    code = 'ECONNRESET';
}
function openDirectConnection(target) {
    let [slab, other] = [Buffer.allocUnsafeSlow(SLAB), Buffer.allocUnsafeSlow(SLAB)];
    let filled = 0;
    let waiting;
    let taker;
    /** Of the body, not yet handed on; undefined between answers. */
    let remaining;
    let reusable = true;
    let ended;
    const socket = openSocket(target, {
        buffer: () => slab.subarray(filled),
        callback: (bytes) => {
            filled += bytes;
            onBytes();
            return true;
        },
    });
    socket.setTimeout(target.connectPatience);
    socket.once(target.protocol === 'https:' ? 'secureConnect' : 'connect', () => socket.setTimeout(target.patience));
    socket.on('timeout', () => {
        const silent = socket.connecting ? target.connectPatience : target.patience;
        fail(withCode(`nothing came for ${silent / 1000} s`, socket.connecting ? 'ETIMEDOUT' : 'ECONNRESET'));
    });
    socket.on('error', (error) => fail(error));
    socket.on('close', () => fail(withCode('the connection was closed', 'ECONNRESET')));
    function onBytes() {
        if (waiting !== undefined)
            readHead(waiting);
        else if (remaining === undefined)
            fail(new UnknownForm('the store sent what nobody asked for'));
        else if (filled >= remaining || filled >= HAND_ON)
            handOn(swap(filled));
    }
    /** The next bytes go to the other slab, so that these may be used until then. */
    function swap(bytes) {
        const full = slab.subarray(0, bytes);
        [slab, other] = [other, slab];
        filled = 0;
        return full;
    }
    function readHead({ resolve }) {
        const bytes = slab.subarray(0, filled);
        const end = bytes.indexOf('\r\n\r\n');
        const head = end < 0 ? undefined : parseHead(bytes.toString('latin1', 0, end));
        const length = head === undefined ? undefined : bodyLength(head);
        if (end < 0 && filled < LONGEST_HEAD)
            return;
        if (head === undefined || length === undefined) {
            fail(new UnknownForm('the answer has a head that is not understood'));
            return;
        }
        const body = length === 'chunked' ? readChunks(bytes.subarray(end + 4)) : bytes.subarray(end + 4);
        if (body === undefined)
            return;
        swap(filled);
        if (head.headers['connection']?.toLowerCase() === 'close')
            reusable = false;
        waiting = undefined;
        remaining = length === 'chunked' ? body.length : length;
        // Nothing is read before somebody takes it.
        socket.pause();
        const giveUp = () => {
            if (remaining !== undefined)
                destroy();
        };
        resolve({ ...head, body: new DirectBody((take) => pour(take, body), giveUp) });
    }
    /** Errors often come in chunks, and are short; undefined while more is to come. What is longer is left to others. */
    function readChunks(bytes) {
        try {
            const decoded = decodeChunks(bytes);
            if (decoded !== undefined) {
                if (decoded.used < bytes.length)
                    reusable = false;
                return decoded.body;
            }
            if (filled < LONGEST_CHUNKED)
                return undefined;
            fail(new UnknownForm('the answer is long and has no length'));
        }
        catch (cause) {
            fail(new UnknownForm('the answer has chunks that are not understood', { cause }));
        }
        return undefined;
    }
    function pour(take, early) {
        return new Promise((resolve, reject) => {
            taker = { take, resolve, reject };
            if (ended !== undefined)
                fail(ended);
            else if (early.length > 0 || remaining === 0)
                handOn(early);
            else
                socket.resume();
        });
    }
    function handOn(chunk) {
        if (taker === undefined || remaining === undefined)
            return;
        const wanted = chunk.subarray(0, remaining);
        if (wanted.length < chunk.length)
            reusable = false;
        remaining -= wanted.length;
        try {
            if (wanted.length > 0 && !taker.take(wanted)) {
                const { resolve } = taker;
                taker = undefined;
                resolve();
                destroy();
            }
            else
                goOn();
        }
        catch (error) {
            fail(error instanceof Error ? error : new Error(String(error)));
        }
    }
    function goOn() {
        if (taker === undefined)
            return;
        if (remaining === 0) {
            const { resolve } = taker;
            taker = undefined;
            remaining = undefined;
            resolve();
        }
        else if (ended !== undefined)
            fail(ended);
        else
            socket.resume();
    }
    function fail(error) {
        reusable = false;
        ended ??= error;
        socket.destroy();
        waiting?.reject(error);
        waiting = undefined;
        const last = taker;
        taker = undefined;
        if (last === undefined)
            return;
        // What has come already is worth keeping.
        const rest = remaining === undefined ? 0 : Math.min(filled, remaining);
        try {
            if (rest > 0)
                last.take(swap(rest));
            last.reject(error);
        }
        catch (failure) {
            last.reject(failure);
        }
    }
    function destroy(error = new Error('the transfer was given up')) {
        reusable = false;
        ended ??= error;
        if (waiting === undefined && taker === undefined)
            socket.destroy();
        else
            fail(error);
    }
    return {
        get reusable() {
            return reusable && remaining === undefined && waiting === undefined;
        },
        hold: (state) => void (state === 'working' ? socket.ref() : socket.unref()),
        destroy,
        ask(head) {
            return new Promise((resolve, reject) => {
                if (ended !== undefined) {
                    reject(ended);
                    return;
                }
                waiting = { resolve, reject };
                socket.write(head, 'latin1');
                if (!socket.connecting)
                    socket.resume();
            });
        },
    };
}
function withCode(message, code) {
    return Object.assign(new Error(message), { code });
}

;// CONCATENATED MODULE: ./build/cache/s3/direct-handler.js

/**
 * Sends requests for ranges over connections that cost little processor time, and every other over the SDK's own handler.
 * Signing, retries and errors stay with the SDK either way.
 */
function createDirectHandler(ordinary, patience) {
    const resting = new Map();
    let understood = true;
    async function handle(request, options) {
        const isRange = request.method === 'GET' && request.headers['range'] !== undefined;
        if (!isRange || !understood)
            return ordinary.handle(request, options);
        const protocol = request.protocol === 'https:' ? 'https:' : 'http:';
        const port = request.port ?? (protocol === 'https:' ? 443 : 80);
        const target = { protocol, hostname: request.hostname, port, ...patience };
        try {
            return { response: await ask(target, request, options) };
        }
        catch (error) {
            // The next try, which is the SDK's, goes the ordinary way.
            if (error instanceof UnknownForm)
                understood = false;
            throw error;
        }
    }
    async function ask(target, request, options) {
        const key = `${target.protocol}//${target.hostname}:${target.port}`;
        const connection = takeResting(key) ?? openDirectConnection(target);
        connection.hold('working');
        const signal = options?.abortSignal instanceof AbortSignal ? options.abortSignal : undefined;
        const giveUp = () => connection.destroy(Object.assign(new Error('given up'), { name: 'AbortError' }));
        if (signal?.aborted)
            giveUp();
        signal?.addEventListener('abort', giveUp);
        const answer = await connection.ask(headOf(request));
        answer.body.once('close', () => {
            signal?.removeEventListener('abort', giveUp);
            if (!connection.reusable)
                return;
            connection.hold('resting');
            resting.set(key, [...(resting.get(key) ?? []), connection]);
        });
        return answer;
    }
    function takeResting(key) {
        const connections = resting.get(key) ?? [];
        for (let last = connections.pop(); last !== undefined; last = connections.pop()) {
            if (last.reusable)
                return last;
        }
        return undefined;
    }
    return {
        handle,
        destroy() {
            for (const connection of [...resting.values()].flat())
                connection.destroy();
            ordinary.destroy?.();
        },
    };
}
function headOf(request) {
    const query = Object.entries(request.query ?? {}).flatMap(([name, value]) => [value ?? ''].flat().map((one) => `${escapeUri(name)}=${escapeUri(one)}`));
    const path = query.length === 0 ? request.path : `${request.path}?${query.join('&')}`;
    const lines = Object.entries({ ...request.headers, connection: 'keep-alive' });
    const head = [`GET ${path} HTTP/1.1`, ...lines.map(([name, value]) => `${name}: ${value}`)];
    if (head.some((line) => /[\r\n\0]/.test(line)))
        throw new Error('a header holds a line break');
    return `${head.join('\r\n')}\r\n\r\n`;
}
/** As the signature writes it: everything but letters, digits, `-`, `.`, `_` and `~`. */
function escapeUri(text) {
    return encodeURIComponent(text).replace(/[!'()*]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`);
}

;// CONCATENATED MODULE: ./build/cache/s3/client.js

/** Requests at once, and so sockets that are kept open. */
const SOCKETS = 32;
/** Milliseconds for a connection to come about. */
const CONNECT_PATIENCE = 5_000;
/** Tries of one request, the first included; the SDK waits longer and longer between them. */
const TRIES = 4;
/**
 * A client of the AWS SDK for the store. The SDK is loaded here and nowhere else.
 *
 * @param patience milliseconds without a byte after which a connection is given up.
 */
async function createClient(location, environment, patience) {
    const sdk = await __webpack_require__.e(/* import() */ 711).then(__webpack_require__.t.bind(__webpack_require__, 3711, 19));
    const region = location.region ??
        environment['AWS_REGION'] ??
        environment['AWS_DEFAULT_REGION'] ??
        // Stores other than AWS have no regions, but a signature names one.
        (location.endpoint === undefined ? undefined : 'us-east-1');
    const agent = { keepAlive: true, maxSockets: SOCKETS, noDelay: true, proxyEnv: environment };
    const config = {
        maxAttempts: TRIES,
        forcePathStyle: location.pathStyle,
        // Many stores refuse or ignore the SDK's CRC32 trailers, and every file is held to its sha256 anyway.
        requestChecksumCalculation: 'WHEN_REQUIRED',
        responseChecksumValidation: 'WHEN_REQUIRED',
        // Some stores never answer `Expect: 100-continue`, and the SDK waits six seconds for it.
        expectContinueHeader: false,
        requestHandler: {
            connectionTimeout: CONNECT_PATIENCE,
            socketTimeout: patience,
            httpAgent: agent,
            httpsAgent: agent,
        },
        ...(region === undefined ? {} : { region }),
        ...(location.endpoint === undefined ? {} : { endpoint: location.endpoint }),
        ...fixedCredentials(environment),
    };
    const ordinary = new sdk.S3Client(config);
    if (needsProxy(environment))
        return { sdk, client: ordinary };
    const handler = createDirectHandler(ordinary.config.requestHandler, {
        connectPatience: CONNECT_PATIENCE,
        patience,
    });
    return { sdk, client: new sdk.S3Client({ ...config, requestHandler: handler }) };
}
/** Whoever sets one of these wants Node's own client, which knows proxies, to make the connections. */
function needsProxy(environment) {
    return ['HTTP_PROXY', 'HTTPS_PROXY', 'http_proxy', 'https_proxy'].some((name) => environment[name]);
}
/** The job's own variables; without them the SDK looks where every AWS program looks: profiles, web identity, containers, machines. */
function fixedCredentials(environment) {
    const accessKeyId = environment['AWS_ACCESS_KEY_ID'];
    const secretAccessKey = environment['AWS_SECRET_ACCESS_KEY'];
    const sessionToken = environment['AWS_SESSION_TOKEN'];
    if (!accessKeyId || !secretAccessKey || environment['AWS_PROFILE'])
        return {};
    return {
        credentials: { accessKeyId, secretAccessKey, ...(sessionToken ? { sessionToken } : {}) },
    };
}

;// CONCATENATED MODULE: ./build/cache/s3/bucket.js


/** @param patience see {@link createClient}. */
async function openBucket(location, environment, patience) {
    const { sdk, client } = await createClient(location, environment, patience);
    const Bucket = location.bucket;
    const when = (condition) => (condition === 'new' ? { IfNoneMatch: '*' } : {});
    return {
        async get(Key, range, abortSignal) {
            const Range = range === undefined ? {} : { Range: `bytes=${range.start}-${range.end}` };
            const answer = await client.send(new sdk.GetObjectCommand({ Bucket, Key, ...Range }), {
                abortSignal,
            });
            if (!(answer.Body instanceof external_node_stream_.Readable))
                throw new Error('the store sent no bytes');
            const total = /^bytes (\d+)-\d+\/(\d+)$/.exec(answer.ContentRange ?? '');
            if (range !== undefined && total !== null && Number(total[1]) !== range.start) {
                answer.Body.destroy();
                throw new Error('the store sent another range than was asked for');
            }
            return {
                body: answer.Body,
                total: total === null ? answer.ContentLength : Number(total[2]),
                ranged: total !== null,
            };
        },
        async head(Key) {
            const { ContentLength } = await client.send(new sdk.HeadObjectCommand({ Bucket, Key }));
            return ContentLength ?? Number.NaN;
        },
        async put(Key, Body, condition) {
            await client.send(new sdk.PutObjectCommand({ Bucket, Key, Body, ...when(condition) }));
        },
        async remove(Key) {
            await client.send(new sdk.DeleteObjectCommand({ Bucket, Key }));
        },
        async list(Prefix, next) {
            const page = await client.send(new sdk.ListObjectsV2Command({
                Bucket,
                Prefix,
                ...(next === undefined ? {} : { ContinuationToken: next }),
            }));
            return {
                keys: (page.Contents ?? []).flatMap(({ Key }) => (Key === undefined ? [] : [Key])),
                next: page.IsTruncated === true ? page.NextContinuationToken : undefined,
            };
        },
        async startUpload(Key) {
            const { UploadId } = await client.send(new sdk.CreateMultipartUploadCommand({ Bucket, Key }));
            if (UploadId === undefined)
                throw new Error('the store gave the upload no name');
            return UploadId;
        },
        async uploadPart(Key, UploadId, PartNumber, Body, abortSignal) {
            const { ETag } = await client.send(new sdk.UploadPartCommand({ Bucket, Key, UploadId, PartNumber, Body }), { abortSignal });
            if (ETag === undefined)
                throw new Error('the store gave a part no tag');
            return ETag;
        },
        async completeUpload(Key, UploadId, tags, condition) {
            const Parts = tags.map((ETag, index) => ({ ETag, PartNumber: index + 1 }));
            await client.send(new sdk.CompleteMultipartUploadCommand({
                Bucket,
                Key,
                UploadId,
                MultipartUpload: { Parts },
                ...when(condition),
            }));
        },
        async abortUpload(Key, UploadId) {
            await client.send(new sdk.AbortMultipartUploadCommand({ Bucket, Key, UploadId }));
        },
    };
}

;// CONCATENATED MODULE: ./build/cache/s3/known-failures.js
const hostOf = (location) => location.endpoint ?? 'the S3 store';
/**
 * What stores and Node say, and what that means: by code, or by status where there is no code. First match wins.
 *
 * https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html, errno(3)
 */
const KNOWN_FAILURES = [
    {
        codes: ['NoSuchBucket'],
        failure: { down: true },
        words: (_facts, { bucket, endpoint }) => `there is no bucket ${bucket}${endpoint === undefined ? '' : ` at ${endpoint}`}; create it, or correct its name`,
    },
    {
        codes: ['NoSuchKey', 'NotFound', 'NoSuchUpload'],
        fits: ({ status }) => status === 404,
        failure: { kind: 'missing' },
        words: () => 'it is not there',
    },
    {
        codes: ['PreconditionFailed', 'ConditionalRequestConflict'],
        fits: ({ status }) => status === 412,
        failure: { kind: 'exists' },
        words: () => 'another job wrote it first',
    },
    {
        codes: ['InvalidRange', 'RequestedRangeNotSatisfiable'],
        fits: ({ status }) => status === 416,
        failure: { kind: 'short' },
        words: () => 'it is shorter than it should be',
    },
    {
        codes: ['InvalidAccessKeyId', 'SignatureDoesNotMatch', 'InvalidToken', 'AuthFailure'],
        failure: { kind: 'denied', down: true },
        words: ({ code }, location) => `${hostOf(location)} does not take the credentials (${code}); check AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and AWS_SESSION_TOKEN, or the profile`,
    },
    {
        codes: ['ExpiredToken', 'ExpiredTokenException', 'TokenRefreshRequired'],
        failure: { kind: 'denied', down: true },
        words: () => 'the credentials have expired; get new ones in this job before tfcache runs',
    },
    {
        codes: ['RequestTimeTooSkewed', 'RequestExpired', 'RequestInTheFuture'],
        failure: { down: true },
        words: () => "this machine's clock and the store's differ too much; set the clock (NTP), or the store's",
    },
    {
        codes: ['CredentialsProviderError', 'TokenProviderError'],
        failure: { kind: 'denied', down: true },
        words: () => 'no credentials were found; set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, AWS_PROFILE, or a role (pull requests from forks get no secrets)',
    },
    {
        codes: [
            'PermanentRedirect',
            'AuthorizationHeaderMalformed',
            'IllegalLocationConstraintException',
        ],
        fits: ({ status }) => status === 301 || status === 307,
        failure: { down: true },
        words: ({ region }, location) => region === undefined
            ? `the bucket does not lie in the region that was asked (${location.region ?? 'none was given'}); set region=… in cache`
            : `the bucket lies in ${region}, another region was asked; set region=${region} in cache`,
    },
    {
        codes: [],
        fits: ({ message }) => message === 'Region is missing',
        failure: { down: true },
        words: () => 'no region is known; set region=… in cache, or AWS_REGION',
    },
    {
        codes: ['SlowDown', 'TooManyRequests', 'TooManyRequestsException', 'Throttling'],
        fits: ({ status }) => status === 429 || status === 503,
        failure: { down: true },
        words: ({ code, status }) => `the store has too much to do (${[status, code].filter(Boolean).join(' ')}), also after further tries`,
    },
    {
        codes: ['NotImplemented', 'MethodNotAllowed'],
        fits: ({ status }) => status === 501,
        failure: { kind: 'unsupported' },
        words: ({ code, message }) => `the store does not know what was asked (${code}: ${message})`,
    },
    {
        codes: ['AccessDenied', 'AllAccessDisabled', 'AccountProblem', 'Forbidden'],
        fits: ({ status }) => status === 401 || status === 403,
        failure: { kind: 'denied' },
        words: ({ code, status }) => `these credentials may not do that (${[status, code].filter(Boolean).join(' ')}); docs/scale.md lists the rights that are needed`,
    },
    {
        codes: ['ENOTFOUND', 'EAI_AGAIN'],
        failure: { down: true },
        words: ({ code }, location) => `the name of ${hostOf(location)} cannot be resolved (${code}); check endpoint and DNS`,
    },
    {
        codes: [
            'ECONNREFUSED',
            'EHOSTUNREACH',
            'ENETUNREACH',
            'EHOSTDOWN',
            'ETIMEDOUT',
            'TimeoutError',
        ],
        failure: { down: true },
        words: ({ code }, location) => `${hostOf(location)} cannot be reached (${code}); check endpoint, port and firewall`,
    },
    {
        codes: [
            'CERT_HAS_EXPIRED',
            'DEPTH_ZERO_SELF_SIGNED_CERT',
            'ERR_TLS_CERT_ALTNAME_INVALID',
            'SELF_SIGNED_CERT_IN_CHAIN',
            'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
            'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
            'EPROTO',
        ],
        failure: { down: true },
        words: ({ code }, location) => `${hostOf(location)} has no certificate that this machine trusts (${code}); NODE_EXTRA_CA_CERTS names further authorities`,
    },
    {
        codes: ['ECONNRESET', 'EPIPE', 'ECONNABORTED', 'ERR_STREAM_PREMATURE_CLOSE', 'IncompleteBody'],
        failure: {},
        words: ({ code }, location) => `${hostOf(location)} cut the connection (${code})`,
    },
    {
        codes: ['ENOSPC', 'EDQUOT'],
        failure: { down: true },
        words: () => 'there is no space left for it on this machine',
    },
];

;// CONCATENATED MODULE: ./build/cache/s3/failure.js

/** A transfer that ended early; the rest can be asked for. */
class CutShort extends Error {
    name = 'CutShort';
}
/**
 * Judges what the SDK or Node threw.
 *
 * See {@link KNOWN_FAILURES}.
 */
function judgeFailure(error, location) {
    const facts = factsOf(error);
    const known = KNOWN_FAILURES.find(({ codes, fits }) => facts.code !== '' && codes.includes(facts.code) ? true : fits?.(facts));
    const failure = { kind: 'failed', down: false };
    if (known !== undefined) {
        return { ...failure, ...known.failure, reason: known.words(facts, location) };
    }
    const status = facts.status === undefined ? '' : `${facts.status} `;
    return {
        ...failure,
        reason: `${status}${facts.code === '' || facts.code === facts.message ? '' : `${facts.code}: `}${facts.message}`,
    };
}
function factsOf(error) {
    if (!(error instanceof Error)) {
        return { code: '', status: undefined, message: tidy(String(error)), region: undefined };
    }
    const { name, message } = error;
    const code = stringAt(error, 'code') ?? stringAt(error, 'Code');
    const metadata = at(error, '$metadata');
    const status = at(metadata, 'httpStatusCode');
    const headers = at(at(error, '$response'), 'headers');
    // The SDK gives an answer without a body (to HEAD) the name Unknown; connection failures carry their code.
    const isNamed = !['Error', 'Unknown', 'UnknownError', 'AggregateError', 'CutShort'].includes(name);
    return {
        code: code ?? (isNamed ? name : ''),
        status: typeof status === 'number' ? status : undefined,
        message: tidy(message),
        region: stringAt(error, 'Region') ?? stringAt(headers, 'x-amz-bucket-region'),
    };
}
function at(value, name) {
    return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}
function stringAt(value, name) {
    const found = at(value, name);
    return typeof found === 'string' && found !== '' ? tidy(found) : undefined;
}
/** What a server says may be long, of several lines, or meant for a terminal. */
function tidy(text) {
    return text
        .replace(/[\p{Cc}\p{Cf}\s]+/gu, ' ')
        .trim()
        .slice(0, 300);
}

// EXTERNAL MODULE: external "node:timers/promises"
var promises_ = __webpack_require__(8500);
;// CONCATENATED MODULE: ./build/cache/s3/receive-body.js


/** Bytes in `patience` below which a transfer stands still for us. */
const LEAST_PROGRESS = 64 * 1024;
/**
 * Hands a body on, chunk by chunk.
 *
 * @param patience milliseconds in which {@link LEAST_PROGRESS} bytes must come. (Time-outs of connections know silence alone.)
 * @throws what the connection or `take` threw, or CutShort.
 */
async function receiveBody(body, patience, take) {
    let bytes = 0;
    let mark = 0;
    let slow;
    const timer = setInterval(() => {
        if (bytes - mark < LEAST_PROGRESS) {
            slow = new CutShort(`less than ${LEAST_PROGRESS} bytes in ${patience / 1000} s`);
            body.destroy(slow);
        }
        mark = bytes;
    }, patience);
    const counted = (chunk) => {
        bytes += chunk.length;
        return take(chunk);
    };
    // Whoever reads a stream learns of its end by its events; an error that comes later is nobody's any more.
    body.on('error', () => undefined);
    try {
        if (body instanceof DirectBody) {
            await body.consume(counted);
            body.destroy();
        }
        else
            await receiveStream(body, counted);
    }
    catch (error) {
        throw slow ?? error;
    }
    finally {
        clearInterval(timer);
    }
}
function receiveStream(body, take) {
    return new Promise((resolve, reject) => {
        const onData = (chunk) => {
            try {
                if (take(chunk))
                    return;
                resolve();
            }
            catch (error) {
                reject(error);
            }
            body.off('data', onData);
            body.destroy();
        };
        // Events come in this order: error or end, then close. The first settles the promise, what follows changes nothing.
        body.on('data', onData);
        body.once('end', resolve);
        body.once('error', reject);
        body.once('close', () => reject(new CutShort('the connection ended early')));
    });
}

;// CONCATENATED MODULE: ./build/cache/s3/fetch-range.js



/** Transfers one after the other that brought next to nothing, and are borne. */
const FRUITLESS_TRIES = 3;
const PAUSE_MILLISECONDS = 200;
/** The object has another size than the pack: no range of it is of use. */
class WrongSize extends Error {
    name = 'WrongSize';
    found;
    constructor(found) {
        super(`it has ${found} bytes`);
        this.found = found;
    }
}
/**
 * Fetches one range of an object and writes it. A transfer that is cut short is taken up where it ended.
 *
 * @returns the position after the last byte written: the range's end, or the object's when the store knows no ranges.
 * @throws WrongSize, or what the SDK threw when it gave up.
 */
async function fetchRange(order) {
    const { bucket, key, range, size, writer, signal, patience } = order;
    let position = range.start;
    let end = range.end + 1;
    let fruitless = 0;
    while (position < end) {
        const answer = await bucket.get(key, { start: position, end: end - 1 }, signal);
        if (answer.total !== undefined && answer.total !== size) {
            answer.body.destroy();
            throw new WrongSize(answer.total);
        }
        const began = position;
        // A store that ignores ranges sends all: what was written already is skipped, the rest comes for free.
        const skip = answer.ranged ? 0 : position;
        if (!answer.ranged)
            end = size;
        try {
            await pour(answer.body, patience, skip, end - began, writer, (bytes) => {
                position += bytes;
            });
            if (position < end)
                throw new CutShort('the connection ended early');
        }
        catch (error) {
            fruitless = position - began >= LEAST_PROGRESS ? 0 : fruitless + 1;
            if (signal.aborted || isOurs(error) || fruitless >= FRUITLESS_TRIES)
                throw error;
            await (0,promises_.setTimeout)(PAUSE_MILLISECONDS * 2 ** fruitless * (1 + Math.random()));
        }
    }
    return position;
}
/** All of a small object. @throws WrongSize when it has more than `most` bytes. */
async function fetchWhole(bucket, key, most, patience) {
    const { body } = await bucket.get(key, undefined, AbortSignal.timeout(patience * 10));
    const pieces = [];
    let bytes = 0;
    await receiveBody(body, patience, (piece) => {
        pieces.push(Buffer.from(piece));
        bytes += piece.length;
        return bytes <= most;
    });
    if (bytes > most)
        throw new WrongSize(bytes);
    return Buffer.concat(pieces);
}
/** Something on this machine: asking again would change nothing. */
class LocalFailure extends Error {
    name = 'LocalFailure';
}
function isOurs(error) {
    return error instanceof LocalFailure;
}
async function pour(body, patience, skip, wanted, writer, onWritten) {
    let toSkip = skip;
    let left = wanted;
    await receiveBody(body, patience, (chunk) => {
        const piece = toSkip > 0 ? chunk.subarray(Math.min(toSkip, chunk.length)) : chunk;
        toSkip -= chunk.length - piece.length;
        // More than was asked for: nobody wants it.
        if (piece.length > left)
            return false;
        if (piece.length === 0)
            return true;
        left -= piece.length;
        write(writer, piece);
        onWritten(piece.length);
        return true;
    });
}
function write(writer, piece) {
    try {
        writer.write(piece);
    }
    catch (cause) {
        const message = cause instanceof Error ? cause.message : String(cause);
        throw Object.assign(new LocalFailure(message, { cause }), codeOf(cause));
    }
}
function codeOf(cause) {
    const code = cause instanceof Error ? Reflect.get(cause, 'code') : undefined;
    return typeof code === 'string' ? { code } : {};
}

// EXTERNAL MODULE: ./node_modules/valibot/dist/index.mjs
var dist = __webpack_require__(7934);
;// CONCATENATED MODULE: ./build/cache/s3/index-entry.js



const ENTRY_VERSION = 1;
/** Milliseconds since 1970-01-01T00:00:00Z have 13 digits until the year 2286. */
const LAST_MILLISECOND = 9_999_999_999_999;
const headSchema = dist/* object */.Ikc({
    format: dist/* literal */.euz('tfcache-s3-index'),
    version: dist/* literal */.euz(ENTRY_VERSION),
    forget: dist/* array */.YOg(dist/* pipe */.FsL(dist/* string */.YjP(), dist/* regex */.yGV(/^[^,\p{Cc}]{1,512}$/u))),
});
function formatEntry({ forget, index }) {
    const head = { format: 'tfcache-s3-index', version: ENTRY_VERSION, forget };
    return `${JSON.stringify(head)}\n${(0,index_file/* formatIndex */.Qe)(index)}\n`;
}
/** Reads what a store returned: anything may stand in it. The reason as a string when it cannot be used. */
function parseEntry(text) {
    const end = text.indexOf('\n');
    let head;
    try {
        head = JSON.parse(text.slice(0, Math.max(end, 0)));
    }
    catch {
        return 'its first line is not JSON';
    }
    const parsed = dist/* safeParse */.xLC(headSchema, head);
    if (!parsed.success)
        return 'its head is not one of this format and version';
    const index = (0,index_file/* parseIndex */.A1)(text.slice(end + 1));
    return typeof index === 'string' ? index : { forget: parsed.output.forget, index };
}
/** Entries as one index, oldest first. What an entry forgets and adds again, under the same key, stays. */
function applyEntries(older, entries) {
    return entries.reduce((index, entry) => (0,index_file/* mergeIndexes */.$T)((0,index_file/* mergeIndexes */.$T)(index, index_file/* EMPTY_INDEX */.ZK, entry.forget), entry.index), older);
}
function newEntryName(now) {
    const stamp = String(LAST_MILLISECOND - now).padStart(13, '0');
    return entryName(stamp, 'one');
}
/** The name of entries put together: beside the newest of them, so that what came meanwhile is still newer. */
function combinedName(newest) {
    return entryName(newest.stamp, 'all');
}
function parseEntryName(text) {
    const match = /^(\d{13})-[0-9a-f-]{36}-(one|all)\.jsonl$/.exec(text);
    const [, stamp, kind] = match ?? [];
    if (stamp === undefined || (kind !== 'one' && kind !== 'all'))
        return undefined;
    return { stamp, kind, text };
}
function entryName(stamp, kind) {
    return `${stamp}-${(0,external_node_crypto_.randomUUID)()}-${kind}.jsonl`;
}

;// CONCATENATED MODULE: ./build/cache/s3/slots.js
function createSlots(most) {
    const waiting = [];
    let free = most;
    return {
        async run(task) {
            if (free > 0)
                free -= 1;
            else
                await new Promise((resolve) => waiting.push(resolve));
            try {
                return await task();
            }
            finally {
                const next = waiting.shift();
                // The slot goes from hand to hand: nobody who comes now can overtake who waited.
                if (next === undefined)
                    free += 1;
                else
                    next();
            }
        },
    };
}
/** Does `one` for each item, at most `most` at once. When one fails, no more are begun, and that failure is thrown when all have ended. */
async function forEachAtOnce(items, most, one) {
    const iterator = items[Symbol.iterator]();
    const failures = [];
    const line = async () => {
        for (let next = iterator.next(); !next.done; next = iterator.next()) {
            if (failures.length > 0)
                return;
            try {
                await one(next.value);
            }
            catch (error) {
                failures.push(error);
            }
        }
    };
    await Promise.all(Array.from({ length: most }, line));
    if (failures.length > 0)
        throw failures[0];
}

;// CONCATENATED MODULE: ./build/cache/s3/index-log.js




/** Entries that a reader looks at, newest first; a bound on its requests. */
const MOST_ENTRIES = 256;
/** Additions after which a writer may put all entries together. */
const COMBINE_AT = 8;
/** One writer in so many does it, so that a thousand at once do not all set about it. */
const COMBINE_ODDS = 4;
/** Entries read at once. */
const AT_ONCE = 16;
/** Looks at the list, when entries vanish between a look and the reading because somebody put them together. */
const LOOKS = 3;
/** Pages of a listing that are looked through: names that are not ours count, too. */
const MOST_PAGES = 20;
function createIndexLog(options) {
    const { bucket, judge, log, patience } = options;
    /** The newest entries' names, newest first. A page may hold fewer than there are. */
    async function list(prefix) {
        const names = [];
        let next;
        let pages = 0;
        do {
            pages += 1;
            const page = await bucket.list(prefix, next);
            for (const key of page.keys) {
                const name = parseEntryName(key.slice(prefix.length));
                if (name !== undefined)
                    names.push(name);
            }
            next = page.next;
        } while (next !== undefined && names.length < MOST_ENTRIES && pages < MOST_PAGES);
        return names.slice(0, MOST_ENTRIES);
    }
    async function readEntries(prefix, names) {
        const read = names.map(() => undefined);
        let vanished = false;
        let room = index_file/* LARGEST_INDEX */.mU;
        await forEachAtOnce(names.entries(), AT_ONCE, async ([at, { text }]) => {
            if (room <= 0)
                return;
            try {
                const bytes = await fetchWhole(bucket, `${prefix}${text}`, room, patience);
                room -= bytes.length;
                const entry = parseEntry(bytes.toString('utf8'));
                if (typeof entry === 'string')
                    log.debug(`Index entry ${text} is left out: ${entry}`);
                else
                    read[at] = entry;
            }
            catch (error) {
                const failure = judge(error);
                if (failure.down)
                    throw error;
                if (failure.kind === 'missing')
                    vanished = true;
                else
                    log.debug(`Index entry ${text} is left out: ${failure.reason}`);
            }
        });
        return { entries: read.filter((entry) => entry !== undefined).reverse(), vanished };
    }
    async function readAll(prefix) {
        for (let look = 1;; look += 1) {
            const names = await list(prefix);
            const { entries, vanished } = await readEntries(prefix, names);
            if (!vanished || look === LOOKS)
                return { names, entries };
        }
    }
    /** Puts what is there into one entry, and removes what it was put together from. */
    async function combine(prefix) {
        const listed = await list(prefix);
        const last = listed.findIndex(({ kind }) => kind === 'all');
        if ((last < 0 ? listed.length : last) < COMBINE_AT)
            return;
        const { names, entries } = await readAll(prefix);
        const [newest] = names;
        if (newest === undefined || entries.length < names.length)
            return;
        const index = applyEntries(index_file/* EMPTY_INDEX */.ZK, entries);
        const combined = combinedName(newest);
        await bucket.put(`${prefix}${combined}`, index_log_text({ forget: [], index }), 'any');
        await forEachAtOnce(names, AT_ONCE, ({ text: name }) => bucket.remove(`${prefix}${name}`));
    }
    return {
        async read(prefix, older) {
            const { entries } = await readAll(prefix);
            return { index: applyEntries(older, entries), entries: entries.length };
        },
        async add(prefix, entry) {
            await bucket.put(`${prefix}${newEntryName(Date.now())}`, index_log_text(entry), 'any');
            if (options.draw() >= 1 / COMBINE_ODDS)
                return;
            try {
                await combine(prefix);
            }
            catch (error) {
                log.debug(`The index was not put together: ${judge(error).reason}`);
            }
        },
    };
}
function index_log_text(entry) {
    return Buffer.from(formatEntry(entry));
}

;// CONCATENATED MODULE: ./build/cache/s3/layout.js

/** Counts up when the form of what lies in the bucket changes; older objects are not looked at then. */
const LAYOUT = 'v1';
/** Of one name in a key, in bytes. */
const LONGEST_NAME = 250;
function layoutOf(location, keyPrefix) {
    const root = location.prefix === '' ? LAYOUT : `${location.prefix}/${LAYOUT}`;
    const indexFolder = fitName(keyPrefix);
    return {
        pack: (scope, key) => `${root}/${scope}/packs/${fitName(key)}`,
        index: (scope) => `${root}/${scope}/index/${indexFolder}/`,
    };
}
/**
 * Any text as one name in a key: bytes other than letters, digits, `.`, `_` and `-` become `=XX`, and what would be too
 * long ends with its sha256 instead. Different texts have different names.
 */
function fitName(text) {
    const plain = [...Buffer.from(text)].map(nameByte).join('');
    const safe = plain === '.' || plain === '..' ? plain.replaceAll('.', '=2E') : plain;
    if (safe.length <= LONGEST_NAME)
        return safe;
    const digest = (0,external_node_crypto_.createHash)('sha256').update(text).digest('hex');
    // `=-` cannot come from a byte, so that no short text gets this name.
    return `${safe.slice(0, LONGEST_NAME - digest.length - 2)}=-${digest}`;
}
function nameByte(byte) {
    const character = String.fromCharCode(byte);
    return /[A-Za-z0-9._-]/.test(character)
        ? character
        : `=${byte.toString(16).toUpperCase().padStart(2, '0')}`;
}

;// CONCATENATED MODULE: ./build/cache/s3/pack-list.js
function denyAll(packs, reason, onOutcome) {
    for (const pack of packs)
        onOutcome({ status: 'denied', pack, reason });
}
/** So that no large pack is left for the end, when all other connections are idle. */
function largestFirst(packs) {
    return [...packs].sort((one, other) => sizeOf(other) - sizeOf(one));
}
/** The index may say anything of a pack's size; its contents are what is asked for. */
function sizeOf(pack) {
    return pack.contents.reduce((sum, { size }) => sum + size, 0);
}

// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __webpack_require__(3024);
;// CONCATENATED MODULE: ./build/cache/s3/pack-files.js


/** @param folder empty, and open to nobody else. */
function createPackFiles(pack, folder) {
    const paths = pack.contents.map(({ sha256 }) => (0,external_node_path_.join)(folder, sha256));
    const ends = [];
    let size = 0;
    for (const content of pack.contents) {
        size += content.size;
        ends.push(size);
        // No byte will ever be written to it.
        if (content.size === 0)
            (0,external_node_fs_.closeSync)(openForWriting((0,external_node_path_.join)(folder, content.sha256)));
    }
    return {
        size,
        paths: new Map(pack.contents.map(({ sha256 }, index) => [sha256, paths[index] ?? ''])),
        writer: (start) => createWriter(start, paths, ends),
    };
}
function createWriter(start, paths, ends) {
    let position = start;
    let index = firstEndAfter(ends, start);
    let descriptor;
    function close() {
        if (descriptor !== undefined)
            (0,external_node_fs_.closeSync)(descriptor);
        descriptor = undefined;
    }
    return {
        close,
        write(bytes) {
            for (let left = bytes; left.length > 0;) {
                const part = left.subarray(0, (ends[index] ?? 0) - position);
                descriptor ??= openForWriting(paths[index] ?? '');
                writeAll(descriptor, part, position - (ends[index - 1] ?? 0));
                position += part.length;
                left = left.subarray(part.length);
                if (position < (ends[index] ?? 0))
                    return;
                close();
                index = firstEndAfter(ends, position, index);
            }
        },
    };
}
/** The content in which the byte at `position` lies; empty ones hold none. */
function firstEndAfter(ends, position, from = 0) {
    let low = from;
    let high = ends.length;
    while (low < high) {
        const middle = (low + high) >> 1;
        if ((ends[middle] ?? 0) > position)
            high = middle;
        else
            low = middle + 1;
    }
    return low;
}
/** Several writers may share a file, so none may insist on making it. */
function openForWriting(path) {
    return (0,external_node_fs_.openSync)(path, external_node_fs_.constants.O_WRONLY | external_node_fs_.constants.O_CREAT | external_node_fs_.constants.O_NOFOLLOW, 0o600);
}
/** At once: handing it to Node's threads costs more than the copy into the page cache. */
function writeAll(descriptor, bytes, position) {
    for (let done = 0; done < bytes.length;) {
        done += (0,external_node_fs_.writeSync)(descriptor, bytes, done, bytes.length - done, position + done);
    }
}

;// CONCATENATED MODULE: ./build/cache/s3/restore-pack.js




const MEBIBYTE = 1024 * 1024;
/**
 * Bytes of one request: small enough that a single file comes over many connections (one brings 50 to 100 MB/s from AWS:
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/optimizing-performance-guidelines.html), large enough that the
 * requests hardly count. A request that is cut short costs nothing: it is taken up where it ended.
 */
const SMALLEST_RANGE = 8 * MEBIBYTE;
const LARGEST_RANGE = 64 * MEBIBYTE;
/** For so many bytes over so many connections. */
function chooseRangeSize(bytes, connections) {
    const share = Math.ceil(bytes / connections / MEBIBYTE) * MEBIBYTE;
    return Math.min(Math.max(share, SMALLEST_RANGE), LARGEST_RANGE);
}
/**
 * Fetches a pack in many ranges at once into files below `folder`. An object of another size than the pack is told as a
 * pack that was restored without its files: the caller then saves them anew, under another key.
 */
async function restorePack(pack, folder, context) {
    (0,external_node_fs_.mkdirSync)(folder, { recursive: true, mode: 0o700 });
    const files = createPackFiles(pack, folder);
    let denied;
    let wrongSize;
    for (const key of context.keys) {
        try {
            await fetchPack(key, files, context);
            return { status: 'restored', pack, files: files.paths };
        }
        catch (error) {
            const failure = context.judge(error);
            if (error instanceof WrongSize || failure.kind === 'short')
                wrongSize = failure.reason;
            // Without the right to list a bucket, AWS calls what is not there forbidden.
            else if (failure.kind === 'denied' && !failure.down)
                denied = failure.reason;
            else if (failure.kind !== 'missing') {
                (0,external_node_fs_.rmSync)(folder, { recursive: true, force: true });
                return { status: 'failed', pack, reason: failure.reason };
            }
        }
    }
    (0,external_node_fs_.rmSync)(folder, { recursive: true, force: true });
    if (wrongSize !== undefined) {
        context.log.warning(`Pack ${pack.key} should have ${files.size} bytes, but ${wrongSize}: it is not used.`);
        return { status: 'restored', pack, files: new Map() };
    }
    if (denied !== undefined)
        return { status: 'failed', pack, reason: denied };
    return { status: 'missing', pack };
}
async function fetchPack(key, files, context) {
    const { bucket, slots, rangeSize, patience } = context;
    const { size } = files;
    if (size === 0) {
        const found = await slots.run(() => bucket.head(key));
        if (found !== 0)
            throw new WrongSize(found);
        return;
    }
    const stop = new AbortController();
    const fetch = (range) => slots.run(async () => {
        const writer = files.writer(range.start);
        try {
            return await fetchRange({
                bucket,
                key,
                range,
                size,
                writer,
                signal: stop.signal,
                patience,
            });
        }
        finally {
            writer.close();
        }
    });
    // The first tells whether the object is there and how large: nothing is planned by what an index says.
    const begun = await fetch({ start: 0, end: Math.min(rangeSize, size) - 1 });
    const ranges = rangesFrom(begun, size, rangeSize);
    await forEachAtOnce(ranges, Math.min(Math.ceil((size - begun) / rangeSize), 64), async (range) => {
        try {
            await fetch(range);
        }
        catch (error) {
            stop.abort();
            throw error;
        }
    });
}
function* rangesFrom(begun, size, rangeSize) {
    for (let start = begun; start < size; start += rangeSize) {
        yield { start, end: Math.min(start + rangeSize, size) - 1 };
    }
}

// EXTERNAL MODULE: external "node:util"
var external_node_util_ = __webpack_require__(7975);
;// CONCATENATED MODULE: ./build/cache/s3/pack-bytes.js


const readAsync = (0,external_node_util_.promisify)(external_node_fs_.read);
/** From this many bytes on, a read is worth its way through Node's threads. */
const LARGE_READ = 256 * 1024;
/** Reads `target.length` bytes of a pack from `start` on, as if its files stood one after the other in one. @throws when a file is shorter than it should be. */
async function readPackBytes(contents, locate, start, target) {
    let offset = 0;
    let filled = 0;
    for (const { sha256, size } of contents) {
        const from = start + filled - offset;
        offset += size;
        if (from >= size || filled === target.length)
            continue;
        const part = target.subarray(filled, filled + Math.min(size - from, target.length - filled));
        await readFully(locate(sha256), from, part);
        filled += part.length;
    }
}
async function readFully(file, from, target) {
    const descriptor = (0,external_node_fs_.openSync)(file, 'r');
    try {
        for (let done = 0; done < target.length;) {
            const left = target.length - done;
            const bytes = left < LARGE_READ
                ? (0,external_node_fs_.readSync)(descriptor, target, done, left, from + done)
                : (await readAsync(descriptor, target, done, left, from + done)).bytesRead;
            if (bytes === 0)
                throw new Error(`${file} is shorter than it was when it was verified`);
            done += bytes;
        }
    }
    finally {
        (0,external_node_fs_.closeSync)(descriptor);
    }
}

;// CONCATENATED MODULE: ./build/cache/s3/save-pack.js


const save_pack_MEBIBYTE = 1024 * 1024;
/** Bytes of one part; parts are held in memory while they are sent, so that a try can be repeated. */
const PART_SIZE = 16 * save_pack_MEBIBYTE;
/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/qfacts.html: parts of an upload, and bytes of all but the last. */
const MOST_PARTS = 10_000;
/** Saves a pack unless somebody did before: whoever completes first wins, and the bytes are the same in either case. */
async function savePack(pack, locate, context) {
    const size = pack.contents.reduce((sum, content) => sum + content.size, 0);
    try {
        const found = await findPack(size, context);
        if (found === 'there')
            return { status: 'already-there', pack };
        // What lies there has another size, so it is certainly not this pack.
        const condition = found === 'wrong' ? 'any' : 'new';
        await send(pack.contents, size, locate, condition, context);
        return { status: 'saved', pack };
    }
    catch (error) {
        const { kind, reason } = context.judge(error);
        if (kind === 'exists')
            return { status: 'already-there', pack };
        return { status: kind === 'denied' ? 'denied' : 'failed', pack, reason };
    }
}
async function findPack(size, context) {
    let found = 'absent';
    for (const key of context.known) {
        try {
            if ((await context.bucket.head(key)) === size)
                return 'there';
            if (key === context.key)
                found = 'wrong';
        }
        catch (error) {
            const failure = context.judge(error);
            const isAbsent = failure.kind === 'missing' || failure.kind === 'denied';
            if (!isAbsent || failure.down)
                throw error;
        }
    }
    return found;
}
async function send(contents, size, locate, condition, context) {
    const { bucket, key, slots } = context;
    if (size > context.partSize)
        return sendParts(contents, size, locate, condition, context);
    await slots.run(() => withBuffer(context, size, async (body) => {
        await readPackBytes(contents, locate, 0, body);
        await conditionally(condition, context, (when) => bucket.put(key, body, when));
    }));
}
async function sendParts(contents, size, locate, condition, context) {
    const { bucket, key, slots } = context;
    const partSize = Math.max(context.partSize, Math.ceil(size / MOST_PARTS));
    const numbers = Array.from({ length: Math.ceil(size / partSize) }, (_, index) => index + 1);
    const tags = [];
    const stop = new AbortController();
    const upload = await bucket.startUpload(key);
    try {
        await forEachAtOnce(numbers, Math.min(numbers.length, 64), (number) => slots.run(async () => {
            stop.signal.throwIfAborted();
            const start = (number - 1) * partSize;
            await withBuffer(context, Math.min(partSize, size - start), async (body) => {
                await readPackBytes(contents, locate, start, body);
                tags[number - 1] = await bucket.uploadPart(key, upload, number, body, stop.signal);
            }).catch((error) => {
                stop.abort();
                throw error;
            });
        }));
        await conditionally(condition, context, (when) => bucket.completeUpload(key, upload, tags, when));
    }
    catch (error) {
        await abort(upload, context);
        throw error;
    }
}
/** Parts of an upload that is never completed cost money until they are removed. */
async function abort(upload, { bucket, key, judge, log }) {
    try {
        await bucket.abortUpload(key, upload);
    }
    catch (error) {
        const failure = judge(error);
        if (failure.kind !== 'missing') {
            log.debug(`The upload of ${key} could not be given up: ${failure.reason}`);
        }
    }
}
/** A store that knows no conditional writes gets a plain one: content-addressed, so a second one changes nothing. */
async function conditionally(condition, { judge }, write) {
    try {
        await write(condition);
    }
    catch (error) {
        if (condition === 'any' || judge(error).kind !== 'unsupported')
            throw error;
        await write('any');
    }
}
async function withBuffer(context, size, use) {
    const index = context.buffers.findIndex((one) => one.length >= size);
    const [buffer = Buffer.allocUnsafeSlow(size)] = index < 0 ? [] : context.buffers.splice(index, 1);
    try {
        return await use(buffer.subarray(0, size));
    }
    finally {
        context.buffers.push(buffer);
    }
}

;// CONCATENATED MODULE: ./build/cache/s3/job.js


/**
 * Events that anyone may cause, but that run with the rights of a branch. GitHub's own cache is read-only for them, too
 * (https://docs.github.com/en/actions/reference/workflows-and-actions/dependency-caching).
 */
const ANYONES_EVENTS = new Set([
    'discussion',
    'discussion_comment',
    'fork',
    'gollum',
    'issue_comment',
    'issues',
    'pull_request_target',
    'watch',
    'workflow_run',
]);
/** Bytes of an event's description that are read. */
const LARGEST_EVENT = 32 * 1024 * 1024;
/** The job as the first CI tells it that knows of one; undefined outside of any. */
function readJob(environment) {
    for (const read of [github, gitlab, buildkite, jenkins]) {
        const job = read(environment);
        if (job !== undefined)
            return job;
    }
    return undefined;
}
/** https://docs.github.com/en/actions/reference/workflows-and-actions/variables */
function github(environment) {
    const ref = environment['GITHUB_REF'];
    if (!ref)
        return undefined;
    const pull = /^refs\/pull\/(\d+)\//.exec(ref)?.[1];
    const branch = /^refs\/heads\/(.+)$/.exec(ref)?.[1];
    const tag = /^refs\/tags\/(.+)$/.exec(ref)?.[1];
    const event = environment['GITHUB_EVENT_NAME'] ?? '';
    // A head, but not the ref of a pull request: work of a stranger with the rights of a branch.
    const foreign = pull === undefined && Boolean(environment['GITHUB_HEAD_REF']);
    const anyones = pull === undefined && ANYONES_EVENTS.has(event);
    return {
        own: nameOf(pull, branch, tag) ?? ref,
        base: environment['GITHUB_BASE_REF'] || undefined,
        defaultBranch: defaultBranchOf(environment['GITHUB_EVENT_PATH']),
        unwritable: foreign || anyones
            ? `a run for the event ${event || 'of a pull request'} may work for a stranger, with the rights of ${ref}`
            : undefined,
    };
}
/** https://docs.gitlab.com/ci/variables/predefined_variables/ */
function gitlab(environment) {
    if (!environment['GITLAB_CI'])
        return undefined;
    const own = nameOf(environment['CI_MERGE_REQUEST_IID'], environment['CI_COMMIT_BRANCH'], environment['CI_COMMIT_TAG']);
    return known(own, environment['CI_MERGE_REQUEST_TARGET_BRANCH_NAME'], environment['CI_DEFAULT_BRANCH']);
}
/** https://buildkite.com/docs/pipelines/configure/environment-variables */
function buildkite(environment) {
    if (!environment['BUILDKITE'])
        return undefined;
    const pull = environment['BUILDKITE_PULL_REQUEST'];
    const own = nameOf(pull === 'false' ? undefined : pull, environment['BUILDKITE_TAG'] ? undefined : environment['BUILDKITE_BRANCH'], environment['BUILDKITE_TAG']);
    return known(own, environment['BUILDKITE_PULL_REQUEST_BASE_BRANCH'], environment['BUILDKITE_PIPELINE_DEFAULT_BRANCH']);
}
/** Multibranch pipelines: https://www.jenkins.io/doc/book/pipeline/multibranch/#additional-environment-variables */
function jenkins(environment) {
    if (!environment['JENKINS_URL'] || !environment['BRANCH_NAME'])
        return undefined;
    const branch = environment['BRANCH_NAME'];
    const own = nameOf(environment['CHANGE_ID'], environment['TAG_NAME'] ? undefined : branch, environment['TAG_NAME']);
    const isDefault = environment['BRANCH_IS_PRIMARY'] === 'true' && !environment['CHANGE_ID'];
    return known(own, environment['CHANGE_TARGET'], isDefault ? branch : undefined);
}
function known(own, base, defaultBranch) {
    if (own === undefined)
        return undefined;
    return {
        own,
        base: base || undefined,
        defaultBranch: defaultBranch || undefined,
        unwritable: undefined,
    };
}
function nameOf(pull, branch, tag) {
    if (pull)
        return `pull-${pull}`;
    if (branch)
        return `branch-${branch}`;
    return tag ? `tag-${tag}` : undefined;
}
/** The runner describes the event that started the job in a file; only there stands the default branch. */
function defaultBranchOf(eventFile) {
    if (!eventFile)
        return undefined;
    const event = dist/* object */.Ikc({ repository: dist/* object */.Ikc({ default_branch: dist/* string */.YjP() }) });
    try {
        if ((0,external_node_fs_.statSync)(eventFile).size > LARGEST_EVENT)
            return undefined;
        const parsed = dist/* safeParse */.xLC(event, JSON.parse((0,external_node_fs_.readFileSync)(eventFile, 'utf8')));
        return parsed.success ? parsed.output.repository.default_branch : undefined;
    }
    catch {
        // No such file, or not JSON: then only the own and the base branch are looked at, which is safe.
        return undefined;
    }
}

;// CONCATENATED MODULE: ./build/cache/s3/scopes.js


/** Where no CI tells what is built: someone's own machine. */
const NO_JOB = {
    own: 'local',
    base: undefined,
    defaultBranch: undefined,
    unwritable: undefined,
};
function scopesOf(location, environment) {
    const job = readJob(environment) ?? NO_JOB;
    const mode = (environment['ACTIONS_CACHE_MODE'] ?? '').trim().toLowerCase();
    const own = location.scope ?? fitName(job.own);
    const branches = location.scope === undefined
        ? [job.base, location.defaultBranch ?? job.defaultBranch]
        : [location.defaultBranch];
    const further = branches
        .filter((branch) => branch !== undefined)
        .map((branch) => fitName(`branch-${branch}`));
    return {
        own,
        read: [...new Set([own, ...further])],
        unreadable: mode === 'none' || mode === 'write-only' ? `the job's cache-mode is ${mode}` : undefined,
        unwritable: whyNotToWrite(location, job, mode),
    };
}
function whyNotToWrite(location, job, mode) {
    if (location.readOnly)
        return 'the cache was given as read-only';
    if (mode === 'none' || mode === 'read')
        return `the job's cache-mode is ${mode}`;
    // Whoever names a scope has decided what goes where.
    return location.scope === undefined ? job.unwritable : undefined;
}

;// CONCATENATED MODULE: ./build/cache/s3/secrets.js
/** Variables whose values nobody may see. */
const SECRETS = ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY', 'AWS_SESSION_TOKEN'];
/** Names of AWS access keys, wherever they came from: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html */
const ACCESS_KEY = /\b(?:AKIA|ASIA)[A-Z0-9]{12,}\b/g;
/** What stands in signed addresses and headers. */
const SIGNATURE = /\b(X-Amz-(?:Credential|Signature|Security-Token)=|Credential=|Signature=)[^&\s,"']+/gi;
/** Takes out of a text what a store or the SDK may have put into it. */
function redactor(environment) {
    const values = SECRETS.flatMap((name) => {
        const value = environment[name];
        return value ? [value, encodeURIComponent(value)] : [];
    });
    return (text) => values
        .reduce((redacted, value) => redacted.replaceAll(value, '***'), text)
        .replace(ACCESS_KEY, '***')
        .replace(SIGNATURE, '$1***');
}

;// CONCATENATED MODULE: ./build/cache/s3/s3-cache.js














const DEFAULT_PATIENCE = 30_000;
/** What AWS gives one connection, eight times, is more than most runners' links; more of them cost more processor time. */
const DOWNLOADS = 8;
/** Each holds a part in memory. */
const UPLOADS = 6;
/** Packs at once: enough that small ones keep all connections busy, few enough that files stay few. */
const PACKS = 16;
/**
 * A cache in an S3-compatible object store. A pack is one object: its files' bytes, one after the other. Nothing is loaded
 * or contacted until a pack or the index is asked for.
 *
 * @throws TfcacheError `usage` for a key prefix that cannot be used.
 */
function createS3Cache(options) {
    const { location, keyPrefix, environment } = options;
    const patience = options.patience ?? DEFAULT_PATIENCE;
    // The same keys as in every other cache, and so the same rules for the prefix.
    (0,packs/* indexKeyPrefix */.Au)(keyPrefix);
    const layout = layoutOf(location, keyPrefix);
    const scopes = scopesOf(location, environment);
    const redact = redactor(environment);
    const log = {
        info: (message) => options.log.info(redact(message)),
        warning: (message) => options.log.warning(redact(message)),
        error: (message) => options.log.error(redact(message)),
        debug: (message) => options.log.debug(redact(message)),
    };
    const downloads = createSlots(options.downloads ?? DOWNLOADS);
    const uploads = createSlots(options.uploads ?? UPLOADS);
    let opened;
    // Once the store cannot be reached or does not know us, asking on only costs the build its time.
    let down;
    function judge(error) {
        const failure = judgeFailure(error, location);
        const told = { ...failure, reason: redact(failure.reason) };
        if (told.down)
            down ??= told;
        return told;
    }
    function open() {
        opened ??= openBucket(location, environment, patience).then((bucket) => {
            // Entries that may not be read cannot be put together.
            const draw = scopes.unreadable === undefined ? (options.draw ?? Math.random) : () => 1;
            return { bucket, index: createIndexLog({ bucket, judge, log, patience, draw }) };
        });
        return opened;
    }
    async function readIndex() {
        if (scopes.unreadable !== undefined)
            return { index: index_file/* EMPTY_INDEX */.ZK, reason: scopes.unreadable };
        const { index: logs } = await open();
        let index = index_file/* EMPTY_INDEX */.ZK;
        let entries = 0;
        let reason;
        // What is furthest away first: the own scope has the last word.
        for (const scope of [...scopes.read].reverse()) {
            try {
                const read = await logs.read(layout.index(scope), index);
                index = read.index;
                entries += read.entries;
            }
            catch (error) {
                const failure = judge(error);
                reason = `the index of ${scope} cannot be read: ${failure.reason}`;
                if (failure.down)
                    return { index, reason };
            }
        }
        return { index, reason: reason ?? (entries === 0 ? 'nothing was saved yet' : undefined) };
    }
    async function writeIndex(index, forget) {
        if (scopes.unwritable !== undefined)
            return { reason: scopes.unwritable };
        if (down !== undefined)
            return { reason: down.reason };
        const { index: logs } = await open();
        await logs.add(layout.index(scopes.own), { forget, index });
        return { reason: undefined };
    }
    async function lookup(packs) {
        const found = new Set();
        if (scopes.unreadable !== undefined)
            return found;
        const { bucket } = await open();
        await forEachAtOnce(packs, PACKS, async (pack) => {
            for (const key of keysOf(pack)) {
                if (down !== undefined)
                    return;
                try {
                    if ((await bucket.head(key)) !== sizeOf(pack))
                        continue;
                    found.add(pack.key);
                    return;
                }
                catch (error) {
                    const failure = judge(error);
                    if (failure.kind !== 'missing')
                        log.debug(`Looking for ${key}: ${failure.reason}`);
                }
            }
        });
        return found;
    }
    async function restore(packs, scratch, onOutcome) {
        const deny = scopes.unreadable;
        if (deny !== undefined)
            return denyAll(packs, deny, onOutcome);
        const bytes = packs.reduce((sum, pack) => sum + sizeOf(pack), 0);
        const rangeSize = options.rangeSize ?? chooseRangeSize(bytes, options.downloads ?? DOWNLOADS);
        await forEachAtOnce(largestFirst(packs), PACKS, async (pack) => {
            onOutcome(await attempt(pack, ({ bucket }) => restorePack(pack, (0,external_node_path_.join)(scratch, (0,external_node_crypto_.randomUUID)()), {
                bucket,
                keys: keysOf(pack),
                slots: downloads,
                rangeSize,
                patience,
                judge,
                log,
            })));
        });
    }
    async function save(packs, locate, onOutcome) {
        if (scopes.unwritable !== undefined)
            return denyAll(packs, scopes.unwritable, onOutcome);
        const buffers = [];
        let denied;
        await forEachAtOnce(largestFirst(packs), PACKS, async (pack) => {
            if (denied !== undefined)
                return onOutcome({ status: 'denied', pack, reason: denied });
            const outcome = await attempt(pack, ({ bucket }) => savePack(pack, locate, {
                bucket,
                key: layout.pack(scopes.own, pack.key),
                known: scopes.unreadable === undefined ? keysOf(pack) : [],
                slots: uploads,
                partSize: options.partSize ?? PART_SIZE,
                buffers,
                judge,
                log,
            }));
            if (outcome.status === 'denied')
                denied = outcome.reason;
            onOutcome(outcome);
        });
    }
    /** Whatever happens is an outcome: a cache must not break a build. */
    async function attempt(pack, action) {
        if (down !== undefined)
            return { status: 'failed', pack, reason: down.reason };
        try {
            return await action(await open());
        }
        catch (error) {
            return { status: 'failed', pack, reason: judge(error).reason };
        }
    }
    const keysOf = (pack) => scopes.read.map((scope) => layout.pack(scope, pack.key));
    return {
        name: location.name,
        unreadable: scopes.unreadable,
        unwritable: scopes.unwritable,
        readIndex: () => readIndex().catch((error) => ({ index: index_file/* EMPTY_INDEX */.ZK, reason: judge(error).reason })),
        writeIndex: (index, _scratch, forget = []) => writeIndex(index, forget).catch((error) => ({ reason: judge(error).reason })),
        lookup: (packs) => lookup(packs),
        restore,
        save: (packs, locate, _scratch, onOutcome) => save(packs, locate, onOutcome),
    };
}


/***/ })

};
