export const id = 627;
export const ids = [627];
export const modules = {

/***/ 8627:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  parseS3Location: () => (/* binding */ parseS3Location)
});

// EXTERNAL MODULE: ./build/error.js
var error = __webpack_require__(5602);
;// CONCATENATED MODULE: ./build/cache/s3/bad-location.js

const LOCATION_FORM = 's3://bucket/prefix?endpoint=https://host:port&region=name';
/** An address of an S3 store that cannot be used. What may be a secret never stands in its text. */
function badLocation(message, details) {
    return new error/* TfcacheError */.TM('usage', message, {
        where: 'input cache',
        hint: `Set cache to ${LOCATION_FORM}, to github or to none.`,
        ...details,
    });
}

;// CONCATENATED MODULE: ./build/cache/s3/parameters.js

/** What people take for the place of a credential. Their values are not even shown in an error. */
const CREDENTIAL = /key|secret|token|password|credential|signature|access/i;
/** @throws TfcacheError `usage` for a parameter that is unknown or stands twice. */
function parseParameters(given, known) {
    const names = [...given.keys()];
    for (const [index, name] of names.entries()) {
        if (!known.some((one) => one === name))
            throw unknown(name, known);
        if (names.indexOf(name) !== index) {
            throw badLocation(`The address of the S3 store has ${name} twice.`, {});
        }
    }
    function matching(name, form, example) {
        const value = given.get(name);
        if (value === null || value === '')
            return undefined;
        if (form.test(value))
            return value;
        throw badValue(name, value, `for example ${example}`);
    }
    return {
        matching,
        boolean(name) {
            const value = matching(name, /^(?:true|false)$/, 'true or false');
            return value === undefined ? undefined : value === 'true';
        },
        address(name) {
            const value = given.get(name);
            if (value === null || value === '')
                return undefined;
            const url = URL.canParse(value) ? new URL(value) : undefined;
            if (url !== undefined && (url.username !== '' || url.password !== '')) {
                throw badLocation(`A user name or a password stands in ${name}.`, {
                    hint: 'Take it out, give it up as known to others, and use the AWS variables or a profile.',
                });
            }
            const isHost = url !== undefined &&
                ['http:', 'https:'].includes(url.protocol) &&
                `${url.pathname}${url.search}${url.hash}` === '/';
            if (url === undefined || !isHost) {
                throw badValue(name, value, 'https://host or https://host:port, without a path');
            }
            return url.origin;
        },
    };
}
function unknown(name, known) {
    const isCredential = CREDENTIAL.test(name);
    return badLocation(`The address of the S3 store has a parameter that there is not: ${JSON.stringify(name.slice(0, 40))}.`, {
        expected: known.join(', '),
        ...(isCredential
            ? {
                hint: 'Credentials do not belong into the address: set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY (or a profile, or a role) in the environment, and give up those that stood here.',
            }
            : {}),
    });
}
function badValue(name, value, expected) {
    return badLocation(`The address of the S3 store has a ${name} that cannot be used.`, {
        expected,
        found: JSON.stringify(value.slice(0, 80)),
    });
}

;// CONCATENATED MODULE: ./build/cache/s3/location.js


/** Names of buckets, also those of stores that are laxer than AWS, where they can stand in a path. */
const BUCKET = /^[A-Za-z0-9][A-Za-z0-9._-]{1,253}[A-Za-z0-9]$/;
/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-keys.html: safe characters, without those of globs. */
const PREFIX_NAME = /^[A-Za-z0-9_=.-]+$/;
/** A key has at most 1,024 bytes; ours add less than 700 to the prefix. */
const LONGEST_PREFIX = 300;
/** Parameters of the URL, each at most once. */
const PARAMETERS = [
    'endpoint',
    'region',
    'path-style',
    'read-only',
    'scope',
    'default-branch',
];
/**
 * Reads `s3://bucket[/prefix][?endpoint=…&region=…&path-style=…&read-only=…&scope=…&default-branch=…]`.
 *
 * Credentials never stand in it: they come from the usual AWS variables and profiles.
 *
 * @throws TfcacheError `usage`. Its text never holds what may be a secret: user names, passwords, unknown parameters.
 */
function parseS3Location(text) {
    if (!text.startsWith('s3://') || !URL.canParse(text)) {
        throw badLocation('It is not an address of an S3 store.', { expected: LOCATION_FORM });
    }
    const url = new URL(text);
    if (url.username !== '' || url.password !== '') {
        throw badLocation('A user name or a password stands in the address of the S3 store.', {
            hint: 'Take it out, give it up as known to others, and set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY (or a profile, or a role) in the environment.',
        });
    }
    if (url.port !== '' || url.hash !== '') {
        throw badLocation('The address of the S3 store has a port or a # part.', {
            expected: LOCATION_FORM,
            hint: 'The host and port of a store other than AWS belong into endpoint=https://host:port, and # is written %23.',
        });
    }
    const bucket = url.hostname;
    if (!BUCKET.test(bucket) || bucket.includes('..')) {
        throw badLocation('The address of the S3 store names no bucket that there can be.', {
            expected: '3 to 255 letters, digits, dots, hyphens and underscores',
            found: JSON.stringify(bucket.slice(0, 80)),
        });
    }
    // URL resolves `..` in silence: what was written is looked at, too.
    const written = text.replace(/[?#].*$/s, '');
    const prefix = parsePrefix(/\/(?:\.|%2e){1,2}(?:\/|$)/i.test(written) ? written : url.pathname);
    const values = parseParameters(url.searchParams, PARAMETERS);
    const endpoint = values.address('endpoint');
    const scope = values.matching('scope', /^[A-Za-z0-9][A-Za-z0-9._=-]{0,199}$/, SCOPE_FORM);
    return {
        bucket,
        prefix,
        endpoint,
        region: values.matching('region', /^[A-Za-z0-9][A-Za-z0-9-]{0,63}$/, 'eu-central-1'),
        pathStyle: values.boolean('path-style') ?? endpoint !== undefined,
        readOnly: values.boolean('read-only') ?? false,
        scope: scope === 'none' ? 'shared' : scope === 'auto' ? undefined : scope,
        defaultBranch: values.matching('default-branch', /^[^\p{Cc}\s]{1,200}$/u, 'main'),
        name: `s3://${bucket}${prefix === '' ? '' : `/${prefix}`}`,
    };
}
const SCOPE_FORM = 'auto, none, or a folder such as branch-main or team-a';
function parsePrefix(path) {
    const prefix = path.replace(/^\/+|\/+$/g, '');
    const names = prefix === '' ? [] : prefix.split('/');
    const fits = names.every((name) => PREFIX_NAME.test(name) && name !== '.' && name !== '..');
    if (fits && prefix.length <= LONGEST_PREFIX)
        return prefix;
    throw badLocation('The address of the S3 store has a prefix that cannot be used.', {
        expected: `at most ${LONGEST_PREFIX} letters, digits and _ = . - in names with / between them`,
        found: JSON.stringify(prefix.slice(0, 80)),
    });
}


/***/ })

};
