export const id = 601;
export const ids = [601];
export const modules = {

/***/ 601:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   parseBucketXml: () => (/* binding */ parseBucketXml)
/* harmony export */ });
/* harmony import */ var htmlparser2__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(1600);
/* harmony import */ var _page_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(4676);


/**
 * A page of a bucket's listing in XML, as Google's XML API and every S3-compatible store give it, in version 1 (marker) and
 * version 2 (continuation token). Names are whole keys.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListObjectsV2.html
 * https://cloud.google.com/storage/docs/xml-api/get-bucket-list
 *
 * @param etag Google's ETag is the MD5 except for composite objects, whose ETag has another form. With S3 it depends on how
 *   the object was uploaded and encrypted, and an MD5 that is none would fail a sound file.
 * @throws FormatMismatch; for an `<Error>` its code and message.
 */
function parseBucketXml(body, etag) {
    const page = new Page(etag);
    const parser = new htmlparser2__WEBPACK_IMPORTED_MODULE_0__/* .Parser */ .i({
        onopentagname: (name) => page.open(name),
        ontext: (text) => page.text(text),
        // What is still open when the body ends is closed by the parser: then the body was cut off.
        onclosetag: (name, isImplied) => page.close(name, isImplied ? 'implied' : 'written'),
    }, { xmlMode: true, decodeEntities: true });
    parser.end(body);
    return page.result();
}
class Page {
    etag;
    path = [];
    value = '';
    object = {};
    head = {};
    files = [];
    folders = [];
    constructor(etag) {
        this.etag = etag;
    }
    open(name) {
        this.path.push(name.replace(/^.*:/, ''));
        this.value = '';
        if (this.path.join('/') === 'ListBucketResult/Contents')
            this.object = {};
    }
    text(text) {
        this.value += text;
    }
    close(name, how) {
        const at = this.path.join('/');
        this.path.pop();
        if (how === 'implied')
            return;
        const local = name.replace(/^.*:/, '');
        if (/^ListBucketResult\/Contents\/[^/]+$/.test(at))
            this.object[local] = this.value;
        else if (at === 'ListBucketResult/CommonPrefixes/Prefix')
            this.folders.push(this.value);
        else if (at === 'ListBucketResult/Contents')
            this.files.push(this.entry());
        else if (/^(ListBucketResult|Error)\/[^/]+$/.test(at))
            this.head[local] = this.value;
        else if (at === 'ListBucketResult' || at === 'Error')
            this.head['root'] = at;
        this.value = '';
    }
    entry() {
        const { Key = '', Size, LastModified, ETag = '' } = this.object;
        const md5 = /^"?([0-9a-f]{32})"?$/i.exec(ETag)?.[1]?.toLowerCase();
        return {
            name: Key,
            size: (0,_page_js__WEBPACK_IMPORTED_MODULE_1__/* .bytesOf */ .$$)(Size),
            mtime: (0,_page_js__WEBPACK_IMPORTED_MODULE_1__/* .secondsOf */ .TM)(LastModified),
            ...(md5 === undefined || this.etag === 'opaque' ? {} : { md5 }),
        };
    }
    /** With `encoding-type=url` keys are percent-encoded; EncodingType may stand before the first key or after the last. */
    decode(key) {
        if (this.head['EncodingType'] !== 'url')
            return key;
        try {
            return decodeURIComponent(key.replaceAll('+', ' '));
        }
        catch (error) {
            throw new _page_js__WEBPACK_IMPORTED_MODULE_1__/* .FormatMismatch */ .AG(`a key that cannot be decoded: ${JSON.stringify(key)}`, {
                cause: error,
            });
        }
    }
    result() {
        const { root, Code, Message, IsTruncated } = this.head;
        if (root === 'Error')
            throw new _page_js__WEBPACK_IMPORTED_MODULE_1__/* .FormatMismatch */ .AG(`${Code ?? 'Error'}: ${Message ?? ''}`);
        if (root !== 'ListBucketResult')
            throw new _page_js__WEBPACK_IMPORTED_MODULE_1__/* .FormatMismatch */ .AG('no complete ListBucketResult');
        const files = this.files.map((file) => ({ ...file, name: this.decode(file.name) }));
        const folders = this.folders.map((prefix) => this.decode(prefix));
        const names = [...files.map(({ name }) => name), ...folders];
        return { files, folders, next: IsTruncated?.trim() === 'true' ? this.next(names) : undefined };
    }
    /** Version 1 gives NextMarker only together with a delimiter; else the last name is the marker. */
    next(names) {
        const { NextContinuationToken, NextMarker } = this.head;
        if (NextContinuationToken !== undefined && NextContinuationToken !== '') {
            return { parameter: 'continuation-token', value: NextContinuationToken };
        }
        if (NextMarker !== undefined && NextMarker !== '') {
            return { parameter: 'marker', value: this.decode(NextMarker) };
        }
        const last = [...names].sort(byBytes).at(-1);
        if (last === undefined)
            throw new _page_js__WEBPACK_IMPORTED_MODULE_1__/* .FormatMismatch */ .AG('an empty page that says more follows');
        return { parameter: 'marker', value: last };
    }
}
/** Stores sort keys by their bytes in UTF-8, which is not how JavaScript compares strings. */
function byBytes(one, other) {
    return Buffer.compare(Buffer.from(one), Buffer.from(other));
}


/***/ })

};
