export const id = 642;
export const ids = [642];
export const modules = {

/***/ 9642:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  parseFolderHtml: () => (/* binding */ parseFolderHtml)
});

// EXTERNAL MODULE: ./node_modules/htmlparser2/dist/Parser.js + 7 modules
var Parser = __webpack_require__(1600);
// EXTERNAL MODULE: ./build/mirror/https/location.js
var https_location = __webpack_require__(7301);
;// CONCATENATED MODULE: ./build/mirror/https/listing/index-cells.js
/**
 * The forms in which servers write a time into a folder's page, all read as UTC:
 * nginx `05-Jan-2022 05:45`, Apache `2022-01-05 05:45`, fancyindex `2022-Jan-05 05:45`, and the form with seconds and zone
 * that some sites set (`05 Jan 2022 05:45:10 +0000`).
 */
const DAY_FIRST = /\b(\d{1,2})[- ]([A-Z][a-z]{2})[- ](\d{4}) (\d\d):(\d\d)(?::(\d\d))?(?: ([+-]\d{4}))?/;
const YEAR_FIRST = /\b(\d{4})-(\d\d|[A-Z][a-z]{2})-(\d\d) (\d\d):(\d\d)(?::(\d\d))?(?: ([+-]\d{4}))?/;
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
/** Seconds since the epoch, undefined when the text holds no time. */
function parseIndexTime(text) {
    const dayFirst = DAY_FIRST.exec(text);
    const yearFirst = dayFirst === null ? YEAR_FIRST.exec(text) : null;
    const match = dayFirst ?? yearFirst;
    if (match === null)
        return undefined;
    const [year, month, day] = dayFirst === null ? [match[1], match[2], match[3]] : [match[3], match[2], match[1]];
    const [hours = '', minutes = '', seconds = '0', zone = '+0000'] = match.slice(4);
    const named = MONTHS.indexOf(month ?? '');
    const monthIndex = named === -1 ? Number(month) - 1 : named;
    const time = Date.UTC(Number(year), monthIndex, Number(day), Number(hours), Number(minutes), Number(seconds));
    const offset = Number(zone.slice(1, 3)) * 60 + Number(zone.slice(3));
    const result = time / 1000 - (zone.startsWith('-') ? -offset : offset) * 60;
    return Number.isNaN(result) ? undefined : result;
}
/**
 * The size in the text after a file's name, in bytes, when the server wrote all its digits (nginx by default; small files
 * with every server). What follows (Apache’s description) stands apart by two spaces. Undefined when it is rounded (`1.2K`, `21.5 MiB`) or not there.
 */
function parseIndexSize(text) {
    const rest = text.replace(DAY_FIRST, ' ').replace(YEAR_FIRST, ' ').trim();
    const digits = /^(\d{1,15})(?: ?B)?(?:\s\s|$)/.exec(rest)?.[1];
    return digits === undefined ? undefined : Number(digits);
}

// EXTERNAL MODULE: ./build/mirror/https/listing/page.js
var listing_page = __webpack_require__(4676);
;// CONCATENATED MODULE: ./build/mirror/https/listing/folder-html.js




/**
 * A folder's page as web servers make it: nginx autoindex and fancyindex, Apache with and without FancyIndexing and as a
 * table, and what other servers make alike. They have in common that every name is a link to a direct child, and that date
 * and size follow it in its row, so links are taken from the parsed page and all others (parent, sorting, the site's own) passed over.
 * The text of a link is never used: it may be cut (`tensorflow_cpu-2.15.0-cp311..&gt;`).
 *
 * Names are those in the folder. Sizes are exact only where the server wrote all digits; times are those of the page, read
 * as UTC, mostly without seconds.
 *
 * @param folder the address of the page, after redirects.
 * @throws FormatMismatch for a page that is not a folder's.
 */
function parseFolderHtml(body, folder) {
    const { rows, isIndex } = readRows(body, folder);
    const page = { files: [], folders: [], next: undefined };
    const seen = new Set();
    for (const { href, text } of rows) {
        const name = nameOf(href, folder);
        // A row of a table may hold two links to the same name: the icon and the text.
        if (name === undefined || seen.has(name))
            continue;
        seen.add(name);
        if (name.endsWith('/'))
            page.folders.push(name);
        else
            page.files.push({
                name,
                size: parseIndexSize(text),
                mtime: parseIndexTime(text),
                text: text.trim(),
            });
    }
    if (!isIndex)
        throw new listing_page/* FormatMismatch */.AG('a web page that is not the listing of a folder');
    return page;
}
function nameOf(href, folder) {
    try {
        return (0,https_location/* childName */.QW)(href, folder);
    }
    catch (error) {
        if (error instanceof URIError)
            return undefined;
        throw error;
    }
}
/** Recognised by what these servers write: a title or heading "Index of …", or fancyindex's table. */
function readRows(body, folder) {
    const rows = [];
    let row;
    let inLink = false;
    let heading;
    let isIndex = false;
    const parser = new Parser/* Parser */.i({
        onopentag(name, attributes) {
            if (name === 'title' || name === 'h1')
                heading = '';
            if (name === 'table' && ['list', 'indexlist'].includes(attributes['id'] ?? ''))
                isIndex = true;
            if (name === 'tr')
                row = undefined;
            if (name !== 'a' || attributes['href'] === undefined)
                return;
            inLink = true;
            row = { href: attributes['href'], text: '' };
            rows.push(row);
        },
        ontext(text) {
            if (heading !== undefined)
                heading += text;
            else if (row !== undefined && !inLink)
                row.text += text;
        },
        onclosetag(name) {
            if (name === 'a')
                inLink = false;
            if (name === 'td' && row !== undefined)
                row.text += '  ';
            if (name === 'tr' || name === 'pre' || name === 'table')
                row = undefined;
            if ((name === 'title' || name === 'h1') && heading !== undefined) {
                isIndex ||= /^\s*(index|directory listing) (of|for)\b/i.test(heading);
                heading = undefined;
            }
        },
    }, { decodeEntities: true });
    parser.end(body);
    // Apache puts the icon's link before the name's, both to the same place: the last one carries date and size.
    const merged = new Map();
    for (const one of rows) {
        const key = URL.canParse(one.href, folder.href) ? new URL(one.href, folder).href : one.href;
        const before = merged.get(key);
        if (before === undefined || before.text.trim() === '')
            merged.set(key, one);
    }
    return { rows: [...merged.values()], isIndex };
}


/***/ })

};
