export const id = 115;
export const ids = [115];
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


/***/ })

};
