export const id = 759;
export const ids = [759];
export const modules = {

/***/ 3759:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   slugOf: () => (/* binding */ slugOf),
/* harmony export */   takeStaging: () => (/* binding */ takeStaging)
/* harmony export */ });
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7598);
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(3024);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(6760);
/* harmony import */ var _file_error_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(3009);
/* harmony import */ var _make_folders_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(8946);
/* harmony import */ var _ownership_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(8603);






/**
 * Waits for the staging folder of this name, and makes it if it is not there. What an earlier owner left in it stays,
 * whole files and rsync's partial ones, so that the next goes on from there.
 *
 * @param version the store's `v1` folder.
 * @param name anything; what cannot stand in a file name is replaced, and a digest keeps names apart.
 * @param onRelease called before another may own it.
 */
async function takeStaging(version, name, onWait, onRelease) {
    const slug = slugOf(name);
    const folder = (0,node_path__WEBPACK_IMPORTED_MODULE_2__.join)(version, 'staging', slug);
    const ownership = await (0,_ownership_js__WEBPACK_IMPORTED_MODULE_3__/* .takeOwnership */ .p)((0,node_path__WEBPACK_IMPORTED_MODULE_2__.join)(version, 'owners', slug), onWait);
    try {
        (0,_make_folders_js__WEBPACK_IMPORTED_MODULE_4__/* .makeFolders */ .w)(folder);
    }
    catch (error) {
        ownership.release();
        throw (0,_file_error_js__WEBPACK_IMPORTED_MODULE_5__/* .fileError */ .z)('make a staging folder', folder, error);
    }
    let released = false;
    return {
        folder,
        async release() {
            if (released)
                return;
            released = true;
            try {
                onRelease();
                removeEmptyFolders(folder);
            }
            finally {
                ownership.release();
            }
        },
    };
}
/** Leaves every file where it is. */
function removeEmptyFolders(folder) {
    try {
        for (const entry of (0,node_fs__WEBPACK_IMPORTED_MODULE_1__.readdirSync)(folder, { withFileTypes: true })) {
            if (entry.isDirectory())
                removeEmptyFolders((0,node_path__WEBPACK_IMPORTED_MODULE_2__.join)(folder, entry.name));
        }
        (0,node_fs__WEBPACK_IMPORTED_MODULE_1__.rmdirSync)(folder);
    }
    catch (error) {
        const code = (0,_file_error_js__WEBPACK_IMPORTED_MODULE_5__/* .errorCode */ .C)(error) ?? '';
        if (!['ENOENT', 'ENOTEMPTY', 'EEXIST', 'EACCES', 'EPERM'].includes(code)) {
            throw (0,_file_error_js__WEBPACK_IMPORTED_MODULE_5__/* .fileError */ .z)('tidy a staging folder', folder, error);
        }
    }
}
/** A name that can stand in a path, and that no other name has. */
function slugOf(name) {
    const readable = name.replaceAll(/[^A-Za-z0-9]+/g, '-').slice(0, 40);
    return `${readable}-${(0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.createHash)('sha256').update(name).digest('hex').slice(0, 12)}`;
}


/***/ })

};
