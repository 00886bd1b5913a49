export const id = 292;
export const ids = [292,115];
export const modules = {

/***/ 115:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   parseGoogleJson: () => (/* binding */ parseGoogleJson),
/* harmony export */   q: () => (/* binding */ parseJson)
/* harmony export */ });
/* harmony import */ var valibot__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7934);
/* harmony import */ var _page_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(4676);


const schema = valibot__WEBPACK_IMPORTED_MODULE_0__/* .object */ .Ikc({
    items: valibot__WEBPACK_IMPORTED_MODULE_0__/* .optional */ .lqM(valibot__WEBPACK_IMPORTED_MODULE_0__/* .array */ .YOg(valibot__WEBPACK_IMPORTED_MODULE_0__/* .object */ .Ikc({
        name: valibot__WEBPACK_IMPORTED_MODULE_0__/* .string */ .YjP(),
        size: valibot__WEBPACK_IMPORTED_MODULE_0__/* .string */ .YjP(),
        updated: valibot__WEBPACK_IMPORTED_MODULE_0__/* .string */ .YjP(),
        md5Hash: valibot__WEBPACK_IMPORTED_MODULE_0__/* .optional */ .lqM(valibot__WEBPACK_IMPORTED_MODULE_0__/* .string */ .YjP()),
        crc32c: valibot__WEBPACK_IMPORTED_MODULE_0__/* .optional */ .lqM(valibot__WEBPACK_IMPORTED_MODULE_0__/* .string */ .YjP()),
    })), []),
    prefixes: valibot__WEBPACK_IMPORTED_MODULE_0__/* .optional */ .lqM(valibot__WEBPACK_IMPORTED_MODULE_0__/* .array */ .YOg(valibot__WEBPACK_IMPORTED_MODULE_0__/* .string */ .YjP()), []),
    nextPageToken: valibot__WEBPACK_IMPORTED_MODULE_0__/* .optional */ .lqM(valibot__WEBPACK_IMPORTED_MODULE_0__/* .string */ .YjP()),
});
/**
 * A page of Google Cloud Storage's JSON API, https://cloud.google.com/storage/docs/json_api/v1/objects/list. Names are whole
 * keys. MD5 and CRC32C are base64, CRC32C big-endian; composite objects have no MD5
 * (https://cloud.google.com/storage/docs/hashes-etags).
 *
 * @throws FormatMismatch
 */
function parseGoogleJson(body) {
    const parsed = valibot__WEBPACK_IMPORTED_MODULE_0__/* .safeParse */ .xLC(schema, parseJson(body));
    if (!parsed.success)
        throw new _page_js__WEBPACK_IMPORTED_MODULE_1__/* .FormatMismatch */ .AG(valibot__WEBPACK_IMPORTED_MODULE_0__/* .summarize */ .ehc(parsed.issues).slice(0, 300));
    const { items, prefixes, nextPageToken } = parsed.output;
    return {
        files: items.map((item) => {
            const md5 = (0,_page_js__WEBPACK_IMPORTED_MODULE_1__/* .hexFromBase64 */ .T5)(item.md5Hash, 16);
            const crc32c = (0,_page_js__WEBPACK_IMPORTED_MODULE_1__/* .hexFromBase64 */ .T5)(item.crc32c, 4);
            return {
                name: item.name,
                size: (0,_page_js__WEBPACK_IMPORTED_MODULE_1__/* .bytesOf */ .$$)(item.size),
                mtime: (0,_page_js__WEBPACK_IMPORTED_MODULE_1__/* .secondsOf */ .TM)(item.updated),
                ...(md5 === undefined ? {} : { md5 }),
                ...(crc32c === undefined ? {} : { crc32c }),
            };
        }),
        folders: prefixes,
        next: nextPageToken === undefined ? undefined : { parameter: 'pageToken', value: nextPageToken },
    };
}
/** @throws FormatMismatch */
function parseJson(body) {
    try {
        return JSON.parse(body);
    }
    catch (error) {
        throw new _page_js__WEBPACK_IMPORTED_MODULE_1__/* .FormatMismatch */ .AG(error instanceof Error ? error.message : String(error));
    }
}


/***/ }),

/***/ 5292:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   parseProjectHtml: () => (/* binding */ parseProjectHtml),
/* harmony export */   parseProjectJson: () => (/* binding */ parseProjectJson)
/* harmony export */ });
/* harmony import */ var htmlparser2__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(1600);
/* harmony import */ var valibot__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7934);
/* harmony import */ var _google_json_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(115);
/* harmony import */ var _page_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(4676);




const SHA256 = /^[0-9a-f]{64}$/;
const schema = valibot__WEBPACK_IMPORTED_MODULE_0__/* .object */ .Ikc({
    meta: valibot__WEBPACK_IMPORTED_MODULE_0__/* .object */ .Ikc({ 'api-version': valibot__WEBPACK_IMPORTED_MODULE_0__/* .string */ .YjP() }),
    files: valibot__WEBPACK_IMPORTED_MODULE_0__/* .array */ .YOg(valibot__WEBPACK_IMPORTED_MODULE_0__/* .object */ .Ikc({
        filename: valibot__WEBPACK_IMPORTED_MODULE_0__/* .string */ .YjP(),
        url: valibot__WEBPACK_IMPORTED_MODULE_0__/* .string */ .YjP(),
        hashes: valibot__WEBPACK_IMPORTED_MODULE_0__/* .record */ .g1P(valibot__WEBPACK_IMPORTED_MODULE_0__/* .string */ .YjP(), valibot__WEBPACK_IMPORTED_MODULE_0__/* .string */ .YjP()),
        'requires-python': valibot__WEBPACK_IMPORTED_MODULE_0__/* .nullish */ .cl6(valibot__WEBPACK_IMPORTED_MODULE_0__/* .string */ .YjP()),
        yanked: valibot__WEBPACK_IMPORTED_MODULE_0__/* .optional */ .lqM(valibot__WEBPACK_IMPORTED_MODULE_0__/* .union */ .KCZ([valibot__WEBPACK_IMPORTED_MODULE_0__/* .boolean */ .zMY(), valibot__WEBPACK_IMPORTED_MODULE_0__/* .string */ .YjP()]), false),
        size: valibot__WEBPACK_IMPORTED_MODULE_0__/* .optional */ .lqM(valibot__WEBPACK_IMPORTED_MODULE_0__/* .number */ .aig()),
        'upload-time': valibot__WEBPACK_IMPORTED_MODULE_0__/* .nullish */ .cl6(valibot__WEBPACK_IMPORTED_MODULE_0__/* .string */ .YjP()),
    })),
});
/**
 * A project’s page in JSON: PEP 691, with the sizes and times of PEP 700.
 * https://packaging.python.org/en/latest/specifications/simple-repository-api/
 *
 * @param page the address of the page, which addresses in it are relative to.
 * @throws FormatMismatch
 */
function parseProjectJson(body, page) {
    const parsed = valibot__WEBPACK_IMPORTED_MODULE_0__/* .safeParse */ .xLC(schema, (0,_google_json_js__WEBPACK_IMPORTED_MODULE_1__/* .parseJson */ .q)(body));
    if (!parsed.success)
        throw new _page_js__WEBPACK_IMPORTED_MODULE_2__/* .FormatMismatch */ .AG(valibot__WEBPACK_IMPORTED_MODULE_0__/* .summarize */ .ehc(parsed.issues).slice(0, 300));
    refuseNewer(parsed.output.meta['api-version']);
    return parsed.output.files.flatMap((file) => {
        const url = absolute(file.url, page);
        if (url === undefined)
            return [];
        return [
            {
                name: file.filename,
                url: url.href,
                size: (0,_page_js__WEBPACK_IMPORTED_MODULE_2__/* .bytesOf */ .$$)(file.size),
                mtime: (0,_page_js__WEBPACK_IMPORTED_MODULE_2__/* .secondsOf */ .TM)(file['upload-time'] ?? undefined),
                sha256: digestOf(file.hashes['sha256']),
                requiresPython: file['requires-python'] ?? undefined,
                yanked: file.yanked !== false,
            },
        ];
    });
}
/**
 * A project’s page in HTML: PEP 503 with PEP 592 and PEP 629. The digest stands in the fragment of each link.
 *
 * @param page the address of the page.
 * @throws FormatMismatch
 */
function parseProjectHtml(body, page) {
    const entries = [];
    let base = page;
    let link;
    let text = '';
    const parser = new htmlparser2__WEBPACK_IMPORTED_MODULE_3__/* .Parser */ .i({
        onopentag(name, attributes) {
            if (name === 'base')
                base = absolute(attributes['href'] ?? '', page) ?? base;
            if (name === 'meta' && attributes['name'] === 'pypi:repository-version') {
                refuseNewer(attributes['content'] ?? '');
            }
            if (name !== 'a')
                return;
            link = attributes;
            text = '';
        },
        ontext(more) {
            text += more;
        },
        onclosetag(name) {
            if (name !== 'a' || link === undefined)
                return;
            const entry = entryOf(link, text.trim(), base);
            if (entry !== undefined)
                entries.push(entry);
            link = undefined;
        },
    }, { decodeEntities: true });
    parser.end(body);
    return entries;
}
function entryOf(attributes, name, base) {
    const url = absolute(attributes['href'] ?? '', base);
    if (url === undefined)
        return undefined;
    const sha256 = digestOf(/^#sha256=(.*)$/.exec(url.hash)?.[1]);
    url.hash = '';
    return {
        name,
        url: url.href,
        size: undefined,
        mtime: undefined,
        sha256,
        requiresPython: attributes['data-requires-python'],
        yanked: attributes['data-yanked'] !== undefined,
    };
}
function digestOf(value) {
    const digest = value?.toLowerCase();
    return digest !== undefined && SHA256.test(digest) ? digest : undefined;
}
function absolute(href, base) {
    return URL.canParse(href, base.href) ? new URL(href, base) : undefined;
}
/** PEP 629: another major version may mean anything. */
function refuseNewer(version) {
    if (!/^1(\.|$)/.test(version))
        throw new _page_js__WEBPACK_IMPORTED_MODULE_2__/* .FormatMismatch */ .AG(`version ${version} of the index`);
}


/***/ })

};
