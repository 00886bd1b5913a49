export const id = 511;
export const ids = [511];
export const modules = {

/***/ 5511:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   checkDestination: () => (/* binding */ checkDestination)
/* harmony export */ });
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(3024);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(6760);
/* harmony import */ var _store_file_error_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(3009);
/* harmony import */ var _layout_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(6993);
/* harmony import */ var _obstacles_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(8073);
/* harmony import */ var _standing_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(3647);
/* harmony import */ var _survey_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(7319);







/**
 * Looks for what would be in the way of files, as far as names, kinds and sizes tell: publishing finds the rest. One stat a
 * file and a folder; nothing is read.
 *
 * @throws TfcacheError as publishing does.
 */
function checkDestination(destination, files, record) {
    requireFolder(destination);
    const wanted = new Map(files.map((file) => [(0,_layout_js__WEBPACK_IMPORTED_MODULE_2__/* .placeOf */ .$t)(file), file]));
    (0,_survey_js__WEBPACK_IMPORTED_MODULE_3__/* .refuseFoldedTwins */ .gA)(destination, wanted.keys());
    const cleared = {
        has: (place) => record.entries.has(place) && (0,_standing_js__WEBPACK_IMPORTED_MODULE_4__/* .statOf */ ._N)(`${destination}/${place}`)?.isFile() === true,
    };
    const missing = new Set((0,_survey_js__WEBPACK_IMPORTED_MODULE_3__/* .checkFolders */ .aO)(destination, wanted, cleared));
    const writtenTo = new Set();
    for (const folder of missing) {
        if (!missing.has((0,_layout_js__WEBPACK_IMPORTED_MODULE_2__/* .folderOf */ .yS)(folder)))
            writtenTo.add((0,_layout_js__WEBPACK_IMPORTED_MODULE_2__/* .folderOf */ .yS)(folder));
    }
    const inTheWay = [];
    for (const [place, file] of wanted) {
        const folder = (0,_layout_js__WEBPACK_IMPORTED_MODULE_2__/* .folderOf */ .yS)(place);
        if (missing.has(folder))
            continue;
        const path = `${destination}/${place}`;
        const stats = (0,_standing_js__WEBPACK_IMPORTED_MODULE_4__/* .statOf */ ._N)(path);
        if (stats === undefined) {
            writtenTo.add(folder);
            continue;
        }
        const obstacle = findObstacle(stats, place, file, record);
        if (obstacle !== undefined)
            inTheWay.push(`${path} (${(0,_obstacles_js__WEBPACK_IMPORTED_MODULE_5__/* .describeStanding */ ._c)(obstacle)})`);
    }
    if (inTheWay.length > 0)
        throw (0,_obstacles_js__WEBPACK_IMPORTED_MODULE_5__/* .userFilesInTheWay */ .cx)(inTheWay);
    // The destination itself was looked at already.
    writtenTo.delete('');
    for (const folder of writtenTo)
        requireWritable(`${destination}/${folder}`);
}
/** The user's file, unless it may turn out to have the right bytes; a file of ours is replaced or kept aside. */
function findObstacle(stats, place, { size }, record) {
    if (stats.isDirectory())
        return record.folders.has(place) ? undefined : { kind: 'folder' };
    if (!stats.isFile()) {
        return { kind: 'other', what: stats.isSymbolicLink() ? 'a symbolic link' : 'a special file' };
    }
    if (stats.size === BigInt(size))
        return undefined;
    const recorded = record.entries.get(place) ?? [];
    const standing = recorded.find((entry) => (0,_standing_js__WEBPACK_IMPORTED_MODULE_4__/* .isAsRecorded */ .Hf)(entry, stats));
    const isTheirs = recorded.length === 0 || standing?.adopted === true;
    return isTheirs ? { kind: 'foreign', stats } : undefined;
}
/** The destination, or the folder in which it will be made, is a folder that may be written to. */
function requireFolder(destination) {
    for (let at = destination;; at = (0,node_path__WEBPACK_IMPORTED_MODULE_1__.dirname)(at)) {
        const stats = statIfThere(at);
        if (stats === undefined)
            continue;
        if (!stats.isDirectory())
            throw (0,_obstacles_js__WEBPACK_IMPORTED_MODULE_5__/* .destinationIsNoFolder */ .uq)(destination);
        requireWritable(at);
        return;
    }
}
/** Undefined also below something that is no folder: that is found next. */
function statIfThere(path) {
    try {
        return (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.statSync)(path, { throwIfNoEntry: false });
    }
    catch (error) {
        if (error instanceof Error && 'code' in error && error.code === 'ENOTDIR')
            return undefined;
        throw (0,_store_file_error_js__WEBPACK_IMPORTED_MODULE_6__/* .fileError */ .z)('look at the destination', path, error);
    }
}
function requireWritable(folder) {
    try {
        (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.accessSync)(folder, node_fs__WEBPACK_IMPORTED_MODULE_0__.constants.W_OK | node_fs__WEBPACK_IMPORTED_MODULE_0__.constants.X_OK);
    }
    catch (error) {
        throw (0,_store_file_error_js__WEBPACK_IMPORTED_MODULE_6__/* .fileError */ .z)('write into the destination', folder, error);
    }
}


/***/ }),

/***/ 8073:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Zh: () => (/* binding */ collision),
/* harmony export */   _c: () => (/* binding */ describeStanding),
/* harmony export */   b7: () => (/* binding */ notAFolder),
/* harmony export */   cx: () => (/* binding */ userFilesInTheWay),
/* harmony export */   uq: () => (/* binding */ destinationIsNoFolder)
/* harmony export */ });
/* harmony import */ var _error_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(5602);

// What can stand between a set of files and a destination, each with the way around it.
function collision(what, expected, found) {
    return new _error_js__WEBPACK_IMPORTED_MODULE_0__/* .TfcacheError */ .TM('usage', `These files cannot stand in one folder: ${what}.`, {
        ...(expected === undefined ? {} : { expected }),
        ...(found === undefined ? {} : { found }),
        hint: 'Ask for them in two steps with a path each, or leave one out with a narrower request or a filter.',
    });
}
function destinationIsNoFolder(folder, cause) {
    return new _error_js__WEBPACK_IMPORTED_MODULE_0__/* .TfcacheError */ .TM('usage', 'The destination is not a folder.', {
        where: folder,
        hint: 'Name a folder as path, or move away the file that has this name.',
        cause,
    });
}
function notAFolder(path, isLink) {
    return new _error_js__WEBPACK_IMPORTED_MODULE_0__/* .TfcacheError */ .TM('failed', isLink
        ? 'A folder in the destination is a symbolic link; nothing is written through it.'
        : 'A file stands where the destination needs a folder.', { where: path, hint: 'Move it away, or choose another path for the artifacts.' });
}
function userFilesInTheWay(files) {
    const shown = files.slice(0, 5).join('\n            ');
    return new _error_js__WEBPACK_IMPORTED_MODULE_0__/* .TfcacheError */ .TM('failed', files.length === 1
        ? 'A file that tfcache did not put there is in the way. Nothing was changed.'
        : `${files.length} files that tfcache did not put there are in the way. Nothing was changed.`, {
        where: files.length > 5 ? `${shown}\n            …` : shown,
        hint: 'Move or remove what is in the way, or choose another path for the artifacts.',
    });
}
/** What stands there, for the message. */
function describeStanding(standing) {
    switch (standing.kind) {
        case 'folder':
            return 'a folder with files of yours';
        case 'other':
            return standing.what;
        case 'foreign':
        case 'changed':
        case 'known':
            return `a file of ${standing.stats.size} bytes with other content`;
        case 'nothing':
            return 'nothing';
    }
}


/***/ }),

/***/ 7319:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  aO: () => (/* binding */ checkFolders),
  Ms: () => (/* binding */ entryOf),
  gA: () => (/* binding */ refuseFoldedTwins),
  Fr: () => (/* binding */ survey)
});

// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __webpack_require__(3024);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
// EXTERNAL MODULE: ./build/store/file-error.js
var file_error = __webpack_require__(3009);
;// CONCATENATED MODULE: ./build/destination/case.js


/**
 * Whether names that differ only in case are one name there (macOS and Windows by default). Found out without writing:
 * the folder itself, or the nearest one above that has a letter in its name, is looked up in the other case.
 */
function foldsCase(folder) {
    for (let at = folder; (0,external_node_path_.dirname)(at) !== at; at = (0,external_node_path_.dirname)(at)) {
        const name = (0,external_node_path_.basename)(at);
        const other = swapCase(name);
        const stats = (0,external_node_fs_.statSync)(at, { bigint: true, throwIfNoEntry: false });
        if (stats === undefined || other === name)
            continue;
        const twin = (0,external_node_fs_.statSync)((0,external_node_path_.join)((0,external_node_path_.dirname)(at), other), { bigint: true, throwIfNoEntry: false });
        return twin !== undefined && twin.ino === stats.ino && twin.dev === stats.dev;
    }
    return process.platform === 'win32' || process.platform === 'darwin';
}
function swapCase(name) {
    const upper = name.toUpperCase();
    return upper === name ? name.toLowerCase() : upper;
}

// EXTERNAL MODULE: ./build/destination/layout.js
var layout = __webpack_require__(6993);
// EXTERNAL MODULE: ./build/destination/obstacles.js
var obstacles = __webpack_require__(8073);
// EXTERNAL MODULE: ./build/destination/standing.js
var destination_standing = __webpack_require__(3647);
;// CONCATENATED MODULE: ./build/destination/survey.js







/**
 * Compares what is wanted with what stands in a destination.
 *
 * @throws TfcacheError `usage` when names collide; `failed` when something of the user's is in the way.
 */
function survey(destination, files, record, job) {
    const wanted = placeAll(files);
    refuseFoldedTwins(destination, wanted.keys());
    const sameJob = job !== undefined && record.job === job;
    const kept = sameJob ? entriesBeside(wanted, record) : [];
    const { obsolete, abandoned } = sameJob
        ? { obsolete: new Map(), abandoned: [] }
        : findObsolete(destination, wanted, record);
    const missingFolders = checkFolders(destination, wanted, obsolete);
    const missing = new Set(missingFolders);
    const placements = [];
    const inPlace = new Map();
    const inTheWay = [];
    for (const [place, file] of wanted) {
        if (missing.has((0,layout/* folderOf */.yS)(place))) {
            placements.push({ file, place, over: 'nothing' });
            continue;
        }
        const path = `${destination}/${place}`;
        const recorded = record.entries.get(place) ?? [];
        const [only] = recorded;
        if (recorded.length === 1 &&
            only !== undefined &&
            isSameFile(only, file) &&
            (0,destination_standing/* standsAsRecorded */.Q3)(path, only)) {
            inPlace.set(place, only);
            continue;
        }
        const entry = entryOf(file);
        const standing = (0,destination_standing/* look */.Op)(path, recorded, entry);
        if (standing.kind === 'known' && standing.entry.sha256 === file.sha256) {
            inPlace.set(place, {
                ...(0,destination_standing/* recordedNow */.bQ)(entry, standing.stats),
                ...(standing.entry.adopted === true ? { adopted: true } : {}),
            });
        }
        else if (standing.kind === 'nothing') {
            placements.push({ file, place, over: 'nothing' });
        }
        else if (standing.kind === 'known' && standing.entry.adopted !== true) {
            placements.push({ file, place, over: 'ours' });
        }
        else if (standing.kind === 'changed') {
            placements.push({ file, place, over: 'changed' });
        }
        else if (standing.kind === 'folder' &&
            holdsOnlyOurs(destination, place, obsolete, record.folders)) {
            placements.push({ file, place, over: 'nothing' });
        }
        else {
            inTheWay.push(`${path} (${(0,obstacles/* describeStanding */._c)(standing)})`);
        }
    }
    if (inTheWay.length > 0)
        throw (0,obstacles/* userFilesInTheWay */.cx)(inTheWay);
    return { placements, inPlace, kept, obsolete, abandoned, missingFolders };
}
function entryOf({ bucket, path, size, mtime, sha256 }) {
    return { bucket, path, size, mtime, sha256 };
}
function isSameFile(entry, file) {
    return entry.sha256 === file.sha256 && entry.size === file.size && entry.mtime === file.mtime;
}
function placeAll(files) {
    const wanted = new Map();
    for (const file of files) {
        const place = (0,layout/* placeOf */.$t)(file);
        const known = wanted.get(place);
        if (known !== undefined && known.sha256 !== file.sha256) {
            throw (0,obstacles/* collision */.Zh)(`two contents for ${place}`, `sha256 ${known.sha256}`, `sha256 ${file.sha256}`);
        }
        wanted.set(place, file);
    }
    return wanted;
}
function entriesBeside(wanted, record) {
    const beside = [];
    for (const [place, entries] of record.entries)
        if (!wanted.has(place))
            beside.push(...entries);
    return beside;
}
function findObsolete(destination, wanted, record) {
    const obsolete = new Map();
    const abandoned = [];
    const links = new Map();
    /** A folder of ours that was replaced by a symbolic link leads to files that are not ours. */
    const isLink = (folder) => {
        const known = links.get(folder);
        if (known !== undefined)
            return known;
        const found = (0,destination_standing/* statOf */._N)((0,external_node_path_.join)(destination, folder))?.isSymbolicLink() === true;
        links.set(folder, found);
        return found;
    };
    for (const [place, entries] of record.entries) {
        if (wanted.has(place) || (0,layout/* foldersOf */.pd)(place).some(isLink))
            continue;
        const standing = (0,destination_standing/* look */.Op)((0,external_node_path_.join)(destination, place), entries);
        if (standing.kind === 'changed')
            abandoned.push(place);
        if (standing.kind === 'known' && standing.entry.adopted !== true) {
            obsolete.set(place, (0,destination_standing/* recordedNow */.bQ)(standing.entry, standing.stats));
        }
    }
    return { obsolete, abandoned };
}
/**
 * One stat a folder; those below one that is missing are missing too.
 *
 * @param obsolete places of ours that may be cleared for a folder.
 * @returns folders that are not there, outermost first.
 * @throws TfcacheError `usage` for a name that is wanted twice, `failed` for what is no folder.
 */
function checkFolders(destination, wanted, obsolete) {
    const folders = new Set();
    for (const place of wanted.keys()) {
        if (folders.has((0,layout/* folderOf */.yS)(place)))
            continue;
        for (const folder of (0,layout/* foldersOf */.pd)(place))
            folders.add(folder);
    }
    for (const folder of folders) {
        if (wanted.has(folder)) {
            throw (0,obstacles/* collision */.Zh)(`${folder} is wanted as a file and as a folder`, undefined, undefined);
        }
    }
    const missing = new Set();
    for (const folder of folders) {
        if (missing.has((0,layout/* folderOf */.yS)(folder))) {
            missing.add(folder);
            continue;
        }
        const stats = (0,destination_standing/* statOf */._N)((0,external_node_path_.join)(destination, folder));
        if (stats === undefined || obsolete.has(folder))
            missing.add(folder);
        else if (!stats.isDirectory()) {
            throw (0,obstacles/* notAFolder */.b7)((0,external_node_path_.join)(destination, folder), stats.isSymbolicLink());
        }
    }
    return [...missing];
}
/** Whether a folder, and all in it, was made by tfcache and no longer belongs. */
function holdsOnlyOurs(destination, folder, obsolete, ours) {
    if (!ours.has(folder))
        return false;
    try {
        return (0,external_node_fs_.readdirSync)((0,external_node_path_.join)(destination, folder), { withFileTypes: true }).every((entry) => {
            const place = `${folder}/${entry.name}`;
            return entry.isDirectory()
                ? holdsOnlyOurs(destination, place, obsolete, ours)
                : obsolete.has(place);
        });
    }
    catch (error) {
        throw (0,file_error/* fileError */.z)('look into the destination', (0,external_node_path_.join)(destination, folder), error);
    }
}
/** Names that differ only in case or in the way accents are written are one name on many file systems. */
function refuseFoldedTwins(destination, places) {
    if (!foldsCase(destination))
        return;
    const seen = new Map();
    for (const place of places) {
        const folded = place.normalize('NFC').toLowerCase();
        const other = seen.get(folded);
        if (other !== undefined) {
            throw (0,obstacles/* collision */.Zh)('two names that are one on this file system, which ignores case', other, place);
        }
        seen.set(folded, place);
    }
}


/***/ })

};
