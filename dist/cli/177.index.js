export const id = 177;
export const ids = [177];
export const modules = {

/***/ 8077:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   L: () => (/* binding */ listObjects),
/* harmony export */   e6: () => (/* binding */ totalOf),
/* harmony export */   wX: () => (/* binding */ namesIn)
/* harmony export */ });
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(3024);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(6760);
/* harmony import */ var node_timers_promises__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(8500);
/* harmony import */ var _file_error_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(3009);
/* harmony import */ var _object_name_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(8755);





/** Every object, by its name alone: one read a folder, no look at a file. */
async function listObjects(version) {
    const root = (0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(version, 'objects');
    const objects = [];
    const strangers = [];
    for (const folder of namesIn(root)) {
        const path = (0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(root, folder);
        if (!/^[0-3][0-9a-f]$/.test(folder)) {
            strangers.push(path);
            continue;
        }
        for (const name of namesIn(path)) {
            const parsed = (0,_object_name_js__WEBPACK_IMPORTED_MODULE_3__/* .parseObjectName */ .ye)(name);
            const file = (0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(path, name);
            if (parsed === undefined)
                strangers.push(file);
            else
                objects.push({ path: file, name, sha256: parsed.sha256, size: parsed.size });
        }
        await (0,node_timers_promises__WEBPACK_IMPORTED_MODULE_2__.setImmediate)();
    }
    return { objects, strangers };
}
/** Files below a folder and their bytes; none when there is no such folder. */
function totalOf(folder) {
    const total = { files: 0, bytes: 0 };
    for (const name of namesIn(folder)) {
        const path = (0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(folder, name);
        const stats = (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.lstatSync)(path, { throwIfNoEntry: false });
        if (stats === undefined)
            continue;
        if (stats.isDirectory()) {
            const inside = totalOf(path);
            total.files += inside.files;
            total.bytes += inside.bytes;
        }
        else {
            total.files += 1;
            total.bytes += stats.size;
        }
    }
    return total;
}
/** The names in a folder; none when there is no such folder. */
function namesIn(folder) {
    try {
        return (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.readdirSync)(folder);
    }
    catch (error) {
        if ((0,_file_error_js__WEBPACK_IMPORTED_MODULE_4__/* .errorCode */ .C)(error) === 'ENOENT' || (0,_file_error_js__WEBPACK_IMPORTED_MODULE_4__/* .errorCode */ .C)(error) === 'ENOTDIR')
            return [];
        throw error;
    }
}


/***/ }),

/***/ 177:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   storeStats: () => (/* binding */ storeStats)
/* harmony export */ });
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(3024);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(6760);
/* harmony import */ var _file_error_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(3009);
/* harmony import */ var _leases_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(6043);
/* harmony import */ var _open_store_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(2604);
/* harmony import */ var _scan_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(8077);






const DAY = 24 * 3_600_000;
const AGES = [
    ['day', DAY],
    ['week', 7 * DAY],
    ['month', 30 * DAY],
    ['ever', Infinity],
];
/** Looks at every object once, reads none. @throws TfcacheError when the store cannot be read. */
async function storeStats(folder, now = Date.now()) {
    const version = (0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(folder, _open_store_js__WEBPACK_IMPORTED_MODULE_2__/* .VERSION */ .xv);
    try {
        const { objects } = await (0,_scan_js__WEBPACK_IMPORTED_MODULE_3__/* .listObjects */ .L)(version);
        const used = AGES.map(([within]) => ({ within, count: 0, bytes: 0 }));
        const linked = { count: 0, bytes: 0 };
        let [oldest, newest] = [Infinity, -Infinity];
        let [count, bytes] = [0, 0];
        for (const { path, size } of objects) {
            const stats = (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.lstatSync)(path, { throwIfNoEntry: false });
            if (stats === undefined)
                continue;
            count += 1;
            bytes += size;
            oldest = Math.min(oldest, stats.ctimeMs);
            newest = Math.max(newest, stats.ctimeMs);
            if (stats.nlink > 1) {
                linked.count += 1;
                linked.bytes += size;
            }
            const age = used[AGES.findIndex(([, most]) => now - stats.ctimeMs <= most)];
            if (age === undefined)
                continue;
            age.count += 1;
            age.bytes += size;
        }
        return {
            folder,
            exists: (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.existsSync)(version),
            objects: {
                count,
                bytes,
                linked,
                ...(count === 0 ? {} : { oldestUse: oldest, newestUse: newest }),
                used,
            },
            index: indexTotal(version),
            staging: (0,_scan_js__WEBPACK_IMPORTED_MODULE_3__/* .totalOf */ .e6)((0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(version, 'staging')),
            quarantine: (0,_scan_js__WEBPACK_IMPORTED_MODULE_3__/* .totalOf */ .e6)((0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(version, 'quarantine')),
            jobs: (0,_leases_js__WEBPACK_IMPORTED_MODULE_4__/* .createLeaseReader */ .OP)(version)().jobs,
        };
    }
    catch (error) {
        throw (0,_file_error_js__WEBPACK_IMPORTED_MODULE_5__/* .fileError */ .z)('look into the store', folder, error);
    }
}
function indexTotal(version) {
    const total = { lines: 0, bytes: 0 };
    for (const name of (0,_scan_js__WEBPACK_IMPORTED_MODULE_3__/* .namesIn */ .wX)((0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(version, 'index'))) {
        const log = (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.readFileSync)((0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(version, 'index', name));
        total.bytes += log.length;
        for (const line of log.toString('latin1').split('\n'))
            if (line !== '')
                total.lines += 1;
    }
    return total;
}


/***/ })

};
