export const id = 154;
export const ids = [154];
export const modules = {

/***/ 5154:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   requireWritable: () => (/* binding */ requireWritable)
/* harmony export */ });
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(3024);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(6760);
/* harmony import */ var _store_file_error_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(3009);
/* harmony import */ var _replace_file_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(6957);




/**
 * That a lock can be written at the end, asked before anything is fetched: a file is made beside it and removed, for the
 * permission bits do not tell of quotas, root on a network file system, or a read-only mount. Where the lock's folder is yet
 * to be made, the nearest one above it is asked.
 *
 * @throws TfcacheError `failed` or `no-space`.
 */
function requireWritable(file) {
    let draft;
    try {
        draft = (0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(nearestFolder((0,node_path__WEBPACK_IMPORTED_MODULE_1__.dirname)((0,_replace_file_js__WEBPACK_IMPORTED_MODULE_2__/* .resolveLink */ .n)(file))), `.tfcache.lock.${process.pid}.tmp`);
        (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.closeSync)((0,node_fs__WEBPACK_IMPORTED_MODULE_0__.openSync)(draft, 'wx'));
    }
    catch (error) {
        throw (0,_store_file_error_js__WEBPACK_IMPORTED_MODULE_3__/* .fileError */ .z)('write the lock file there (nothing was fetched)', file, error);
    }
    finally {
        if (draft !== undefined)
            (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.rmSync)(draft, { force: true });
    }
}
function nearestFolder(folder) {
    const above = (0,node_path__WEBPACK_IMPORTED_MODULE_1__.dirname)(folder);
    if (above === folder || (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.statSync)(folder, { throwIfNoEntry: false }) !== undefined)
        return folder;
    return nearestFolder(above);
}


/***/ })

};
