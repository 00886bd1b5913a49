export const id = 957;
export const ids = [957];
export const modules = {

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

/***/ 9338:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  publish: () => (/* binding */ publish)
});

// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __webpack_require__(3024);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
// EXTERNAL MODULE: external "node:timers/promises"
var promises_ = __webpack_require__(8500);
// EXTERNAL MODULE: ./build/error.js
var build_error = __webpack_require__(5602);
// EXTERNAL MODULE: ./build/store/file-error.js
var file_error = __webpack_require__(3009);
// EXTERNAL MODULE: ./build/store/make-folders.js
var make_folders = __webpack_require__(8946);
// EXTERNAL MODULE: ./build/store/object-name.js
var object_name = __webpack_require__(8755);
// EXTERNAL MODULE: ./build/destination/layout.js
var layout = __webpack_require__(6993);
// EXTERNAL MODULE: ./build/destination/obstacles.js
var obstacles = __webpack_require__(8073);
// EXTERNAL MODULE: external "node:fs/promises"
var external_node_fs_promises_ = __webpack_require__(1455);
;// CONCATENATED MODULE: ./build/destination/placing.js







/** Files of this size and more are copied off the main thread, so that progress and signals are served meanwhile. */
const LARGE = 1024 * 1024;
/** What a system says when it cannot link or clone here, as opposed to something being wrong. */
const NOT_HERE = new Set([
    'ENOTSUP',
    'EOPNOTSUPP',
    'EXDEV',
    'EINVAL',
    'ENOSYS',
    'ENOTTY',
    'EPERM',
    'EMLINK',
    'EACCES',
]);
/**
 * Finds out how objects can get into the destination, by trying with one of them: a clone costs nothing and can be
 * written to, a hard link costs nothing and cannot, a copy always works.
 *
 * @throws TfcacheError `usage` when the method that was asked for cannot work here.
 */
function openPlacing(destination, mode, sample) {
    const temporary = (0,external_node_path_.join)(destination, layout/* TEMPORARY_FOLDER */.Z0);
    let count = 0;
    const draft = () => {
        count += 1;
        return (0,external_node_path_.join)(temporary, `${process.pid}.${count}`);
    };
    try {
        (0,make_folders/* makeFolders */.w)(temporary);
    }
    catch (error) {
        throw (0,file_error/* fileError */.z)('write into the destination', temporary, error);
    }
    const method = chooseMethod(mode, sample, draft());
    async function placeCopy(file, clone) {
        const copy = draft();
        const flags = clone ? external_node_fs_.constants.COPYFILE_FICLONE_FORCE : external_node_fs_.constants.COPYFILE_FICLONE;
        if (file.size < LARGE)
            (0,external_node_fs_.copyFileSync)(file.object, copy, flags);
        else
            await (0,external_node_fs_promises_.copyFile)(file.object, copy, flags);
        // A copy is the user's to write to: nothing else shares its bytes.
        (0,external_node_fs_.chmodSync)(copy, 0o644);
        (0,external_node_fs_.utimesSync)(copy, file.mtime, file.mtime);
        (0,external_node_fs_.renameSync)(copy, file.target);
    }
    function placeLink(file, replace) {
        if (!replace) {
            (0,external_node_fs_.linkSync)(file.object, file.target);
            return;
        }
        const link = draft();
        (0,external_node_fs_.linkSync)(file.object, link);
        (0,external_node_fs_.renameSync)(link, file.target);
        // rename(2) does nothing, and leaves both, when they are the same file already.
        (0,external_node_fs_.rmSync)(link, { force: true });
    }
    return {
        method,
        async place(file, replace) {
            try {
                if (method !== 'hardlink') {
                    await placeCopy(file, method === 'reflink');
                    return method;
                }
                placeLink(file, replace);
                return method;
            }
            catch (error) {
                // A file system bears only so many links of one file (65,000 on ext4).
                if ((0,file_error/* errorCode */.C)(error) === 'EMLINK' && mode === 'auto') {
                    await placeCopy(file, false);
                    return 'copy';
                }
                throw placeError(file, error);
            }
        },
    };
}
function chooseMethod(mode, sample, draft) {
    const methods = mode === 'auto' ? ['reflink', 'hardlink'] : [mode];
    for (const method of methods) {
        if (method === 'copy')
            return method;
        try {
            if (method === 'reflink')
                (0,external_node_fs_.copyFileSync)(sample, draft, external_node_fs_.constants.COPYFILE_FICLONE_FORCE);
            else
                (0,external_node_fs_.linkSync)(sample, draft);
            return method;
        }
        catch (error) {
            if (!NOT_HERE.has((0,file_error/* errorCode */.C)(error) ?? '')) {
                throw (0,file_error/* fileError */.z)('link from the store into the destination', draft, error);
            }
            if (mode !== 'auto')
                throw cannotWork(method, sample, draft, error);
        }
        finally {
            (0,external_node_fs_.rmSync)(draft, { force: true });
        }
    }
    return 'copy';
}
function cannotWork(method, object, draft, error) {
    const across = (0,file_error/* errorCode */.C)(error) === 'EXDEV';
    return new build_error/* TfcacheError */.TM('usage', `link is ${method}, and that cannot work here: ${across ? 'store and path are on different file systems' : 'the file system cannot do it'}.`, {
        where: `from ${object} to ${draft}`,
        found: error instanceof Error ? error.message : String(error),
        hint: across
            ? 'Put store and path on one file system, or set link to auto or copy.'
            : `Set link to auto${method === 'reflink' ? ' (Btrfs, XFS and APFS can clone; ext4 cannot)' : ''}.`,
        cause: error,
    });
}
function placeError(file, error) {
    if ((0,file_error/* errorCode */.C)(error) === 'EEXIST') {
        return new build_error/* TfcacheError */.TM('failed', 'A file appeared in the destination while it was filled.', {
            where: file.target,
            hint: 'Something else writes there: let one thing at a time fill a folder, then run again.',
            cause: error,
        });
    }
    return (0,file_error/* fileError */.z)('put a file into the destination', file.target, error);
}
/** Removes what killed runs left in the temporary folder, and the folder itself when nothing else is in it. */
function removeTemporary(destination) {
    const temporary = (0,external_node_path_.join)(destination, layout/* TEMPORARY_FOLDER */.Z0);
    try {
        for (const name of (0,external_node_fs_.readdirSync)(temporary)) {
            if (!isAnothers(name))
                (0,external_node_fs_.rmSync)((0,external_node_path_.join)(temporary, name), { force: true });
        }
        (0,external_node_fs_.rmdirSync)(temporary);
    }
    catch (error) {
        const code = (0,file_error/* errorCode */.C)(error) ?? '';
        if (!['ENOENT', 'ENOTEMPTY', 'EEXIST', 'ENOTDIR'].includes(code)) {
            throw (0,file_error/* fileError */.z)('tidy the destination', temporary, error);
        }
    }
}
/** Whether the process that made this temporary file still runs. */
function isAnothers(name) {
    const pid = Number(name.split('.')[0]);
    if (!Number.isSafeInteger(pid) || pid <= 0 || pid === process.pid)
        return false;
    try {
        process.kill(pid, 0);
        return true;
    }
    catch (error) {
        return (0,file_error/* errorCode */.C)(error) === 'EPERM';
    }
}

// EXTERNAL MODULE: ./build/destination/record.js
var destination_record = __webpack_require__(4814);
// EXTERNAL MODULE: ./build/destination/standing.js
var standing = __webpack_require__(3647);
;// CONCATENATED MODULE: ./build/destination/removal.js






/** Removes a file that is still the one that was looked at. */
function removeOurs(folder, place, entry) {
    const path = (0,external_node_path_.join)(folder, place);
    try {
        const stats = (0,standing/* statOf */._N)(path);
        if (stats === undefined || entry === undefined || !(0,standing/* isAsRecorded */.Hf)(entry, stats))
            return;
        (0,external_node_fs_.unlinkSync)(path);
    }
    catch (error) {
        throw (0,file_error/* fileError */.z)('remove a file that no longer belongs into the destination', path, error);
    }
}
/** A place where a file is needed may be a folder that held nothing but files of ours. */
function removeFoldersAt(folder, place, ours) {
    if (!ours.has(place))
        return;
    const path = (0,external_node_path_.join)(folder, place);
    try {
        for (const entry of (0,external_node_fs_.readdirSync)(path))
            removeFoldersAt(folder, `${place}/${entry}`, ours);
        (0,external_node_fs_.rmdirSync)(path);
        ours.delete(place);
    }
    catch (error) {
        if ((0,file_error/* errorCode */.C)(error) === 'ENOENT' || (0,file_error/* errorCode */.C)(error) === 'ENOTDIR')
            return;
        throw (0,file_error/* fileError */.z)('put a file in place of a folder', path, error);
    }
}
/** Folders that tfcache made go when they are empty, deepest first; the others stay. */
function removeFoldersOf(folder, places, ours) {
    const candidates = new Set([...places].flatMap(layout/* foldersOf */.pd).filter((place) => ours.has(place)));
    for (const place of [...candidates].sort((one, other) => other.length - one.length)) {
        try {
            (0,external_node_fs_.rmdirSync)((0,external_node_path_.join)(folder, place));
            ours.delete(place);
        }
        catch (error) {
            const code = (0,file_error/* errorCode */.C)(error) ?? '';
            if (code === 'ENOENT' || code === 'ENOTDIR')
                ours.delete(place);
            else if (!['ENOTEMPTY', 'EEXIST', 'EBUSY'].includes(code)) {
                throw (0,file_error/* fileError */.z)('remove an empty folder of the destination', (0,external_node_path_.join)(folder, place), error);
            }
        }
    }
}
/** A file of ours that someone wrote into holds their work, or damage worth looking at: it is not thrown away. */
function keepAside(folder, place, log) {
    const path = (0,external_node_path_.join)(folder, place);
    const kept = (0,external_node_path_.join)(folder, layout/* CHANGED_FOLDER */.W8, place);
    try {
        (0,make_folders/* makeFolders */.w)((0,external_node_path_.dirname)(kept));
        (0,external_node_fs_.renameSync)(path, kept);
    }
    catch (error) {
        throw (0,file_error/* fileError */.z)('keep a changed file aside', path, error);
    }
    log.warning(`${path} was changed since tfcache put it there. It is replaced by the right file; the changed one is kept as ${kept}.`);
}

// EXTERNAL MODULE: ./build/destination/survey.js + 1 modules
var survey = __webpack_require__(7319);
;// CONCATENATED MODULE: ./build/destination/publish.js














/** Links are made without a pause for so many files; then signals, timers and progress get their turn. */
const FILES_PER_TURN = 256;
/** See `Destination.publish`: looks, writes down what is to come, does it, writes down what is. */
async function publish(options) {
    const { folder, files, record, job, log } = options;
    const found = (0,survey/* survey */.Fr)(folder, files, record, job);
    if (found.abandoned.length > 0)
        log.info(describeAbandoned(folder, found.abandoned));
    makeDestination(folder);
    removeTemporary(folder);
    if (found.placements.length === 0 && found.obsolete.size === 0) {
        if (differs(found, record) || job !== record.job) {
            const entries = [...found.kept, ...found.inPlace.values()];
            (0,destination_record/* writeRecord */.r)(folder, { entries, folders: record.folders, job });
        }
        return { linked: 0, already: found.inPlace.size, removed: 0, method: undefined };
    }
    try {
        return await carryOut(found, options);
    }
    finally {
        removeTemporary(folder);
    }
}
async function carryOut(found, options) {
    const { folder, record, job } = options;
    const placing = openPlacingFor(found.placements, options);
    const folders = new Set([...record.folders, ...found.missingFolders]);
    (0,destination_record/* writeRecord */.r)(folder, { entries: intended(record, found, placing), folders, job });
    const blocking = blockingPlaces(found);
    for (const place of blocking)
        removeOurs(folder, place, found.obsolete.get(place));
    for (const { place } of found.placements)
        removeFoldersAt(folder, place, folders);
    for (const place of found.missingFolders)
        makeFolder(folder, place);
    const unexpected = await placeAll(found.placements, placing, options);
    for (const [place, entry] of found.obsolete)
        removeOurs(folder, place, entry);
    removeFoldersOf(folder, found.obsolete.keys(), folders);
    // Into an empty destination, what was written down beforehand is what is there now.
    if (unexpected.size > 0 || record.entries.size > 0) {
        (0,destination_record/* writeRecord */.r)(folder, { entries: achieved(found, placing, unexpected), folders, job });
    }
    return {
        linked: found.placements.length,
        already: found.inPlace.size,
        removed: found.obsolete.size,
        method: placing?.method,
    };
}
function makeDestination(folder) {
    try {
        (0,make_folders/* makeFolders */.w)(folder);
    }
    catch (error) {
        if ((0,file_error/* errorCode */.C)(error) === 'EEXIST' || (0,file_error/* errorCode */.C)(error) === 'ENOTDIR') {
            throw (0,obstacles/* destinationIsNoFolder */.uq)(folder, error);
        }
        throw (0,file_error/* fileError */.z)('make the destination', folder, error);
    }
}
function openPlacingFor(placements, { folder, link }) {
    const [first, ...others] = placements;
    if (first === undefined)
        return undefined;
    // Trying may copy, so it is tried with the smallest.
    const { file } = others.reduce((least, one) => (one.file.size < least.file.size ? one : least), first);
    return openPlacing(folder, link, objectOf(file));
}
function objectOf(file) {
    if (file.object !== undefined)
        return file.object;
    throw new build_error/* TfcacheError */.TM('failed', 'A file of the destination changed while tfcache ran.', {
        where: `${file.path} (bucket ${file.bucket})`,
        hint: 'Something else writes there: let one thing at a time fill a folder, then run again.',
    });
}
/** What the record will say of a file that is to be placed. A hard link's times and inode are known before it is made. */
function expected({ file }, placing) {
    const entry = (0,survey/* entryOf */.Ms)(file);
    const object = placing?.method === 'hardlink' ? (0,object_name/* recordOfObject */.mp)(objectOf(file)) : undefined;
    return object === undefined ? entry : { ...entry, mtimeNs: object.mtimeNs, ino: object.ino };
}
/** Both what is there and what is to come: whichever a killed run leaves is known as ours. */
function* intended(record, found, placing) {
    yield* found.kept;
    yield* found.inPlace.values();
    yield* found.obsolete.values();
    for (const placement of found.placements) {
        yield* record.entries.get(placement.place) ?? [];
        yield expected(placement, placing);
    }
}
/** What is there when all is done. */
function* achieved(found, placing, unexpected) {
    yield* found.kept;
    yield* found.inPlace.values();
    for (const placement of found.placements) {
        yield unexpected.get(placement.place) ?? expected(placement, placing);
    }
}
function differs({ inPlace: now, kept }, before) {
    if (now.size + kept.length !== before.entries.size)
        return true;
    for (const [place, entry] of now) {
        const [known, ...others] = before.entries.get(place) ?? [];
        if (known === undefined || others.length > 0)
            return true;
        if (entry === known)
            continue;
        const names = ['sha256', 'size', 'mtime', 'mtimeNs', 'ino', 'adopted'];
        if (names.some((name) => entry[name] !== known[name]))
            return true;
    }
    return false;
}
/** Files of ours that stand where a folder is needed, or in a folder where a file is needed. */
function blockingPlaces({ placements, obsolete, missingFolders }) {
    if (obsolete.size === 0)
        return new Set();
    const blocking = new Set(missingFolders.filter((place) => obsolete.has(place)));
    const places = new Set(placements.map(({ place }) => place));
    for (const place of obsolete.keys()) {
        if ((0,layout/* foldersOf */.pd)(place).some((folder) => places.has(folder)))
            blocking.add(place);
    }
    return blocking;
}
function makeFolder(folder, place) {
    const path = (0,external_node_path_.join)(folder, place);
    try {
        (0,external_node_fs_.mkdirSync)(path);
    }
    catch (error) {
        if ((0,file_error/* errorCode */.C)(error) === 'EEXIST' && (0,standing/* statOf */._N)(path)?.isDirectory() === true)
            return;
        throw (0,file_error/* fileError */.z)('make a folder in the destination', path, error);
    }
}
/** @returns what is to be recorded of files that did not get there in the way that was expected. */
async function placeAll(placements, placing, { folder, log }) {
    const unexpected = new Map();
    if (placing === undefined)
        return unexpected;
    let turn = 0;
    for (const placement of placements) {
        const { file, place, over } = placement;
        const target = `${folder}/${place}`;
        if (over === 'changed')
            keepAside(folder, place, log);
        const { size, mtime } = file;
        const object = objectOf(file);
        const method = await placing.place({ object, target, size, mtime }, over === 'ours');
        if (method !== 'hardlink' || (0,object_name/* recordOfObject */.mp)(object) === undefined) {
            const stats = (0,standing/* statOf */._N)(target);
            if (stats !== undefined)
                unexpected.set(place, (0,standing/* recordedNow */.bQ)((0,survey/* entryOf */.Ms)(file), stats));
        }
        turn += 1;
        if (turn % FILES_PER_TURN === 0)
            await (0,promises_.setImmediate)();
    }
    return unexpected;
}
function describeAbandoned(folder, places) {
    const names = places.slice(0, 5).join(', ');
    return `${places.length === 1 ? 'A file' : `${places.length} files`} in ${folder} no longer belong there, but changed since tfcache put them there; they are yours now: ${names}${places.length > 5 ? ', …' : ''}`;
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
