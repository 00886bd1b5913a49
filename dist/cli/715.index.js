export const id = 715;
export const ids = [715];
export const modules = {

/***/ 9715:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   probeFileMirror: () => (/* binding */ probeFileMirror)
/* harmony export */ });
/* harmony import */ var _log_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(6650);
/* harmony import */ var _mirror_file_file_mirror_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(3169);
/* harmony import */ var _content_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(2248);
/* harmony import */ var _context_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(1998);
/* harmony import */ var _problem_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(1506);
/* harmony import */ var _shelf_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(7749);






/** Looks at a mounted share. */
async function probeFileMirror(target, { limit, signal }) {
    const probe = (0,_context_js__WEBPACK_IMPORTED_MODULE_0__/* .blank */ .hQ)(target);
    const { url, bucket } = target;
    try {
        const mirror = (0,_mirror_file_file_mirror_js__WEBPACK_IMPORTED_MODULE_1__.createFileMirror)({ url, bucket, log: _log_js__WEBPACK_IMPORTED_MODULE_2__/* .silentLog */ .a });
        const { names, freshness, note } = await Promise.race([
            (0,_content_js__WEBPACK_IMPORTED_MODULE_3__/* .lookInto */ .O)((0,_shelf_js__WEBPACK_IMPORTED_MODULE_4__/* .shelfOfMirror */ .jB)(mirror, bucket), limit, signal),
            // A share whose server is gone blocks for ever, and a system call cannot be called off.
            aborted(signal),
        ]);
        const notes = note === undefined ? [] : [note];
        const there = { ...probe, content: names, freshness, notes };
        if (names !== undefined && names.total > 0) {
            return { ...there, verdict: 'usable', problem: undefined };
        }
        const problem = {
            kind: 'empty',
            message: 'The folder is there, but there is nothing in it.',
            found: undefined,
            hint: 'If it is a mount point, nothing is mounted there: mount the share before this step.',
        };
        return { ...there, verdict: 'unusable', problem };
    }
    catch (error) {
        return { ...probe, verdict: 'unusable', problem: (0,_problem_js__WEBPACK_IMPORTED_MODULE_5__/* .problemOf */ .Zw)(error) };
    }
}
function aborted(signal) {
    return new Promise((_resolve, reject) => {
        signal.addEventListener('abort', () => reject(signal.reason), { once: true });
    });
}


/***/ })

};
