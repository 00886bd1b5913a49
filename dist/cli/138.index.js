export const id = 138;
export const ids = [138];
export const modules = {

/***/ 6138:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   runPullCommand: () => (/* binding */ runPullCommand)
/* harmony export */ });
/* harmony import */ var _inputs_parse_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(6653);
/* harmony import */ var _pull_pull_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(7047);
/* harmony import */ var _report_lines_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(8547);
/* harmony import */ var _finish_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(5630);
/* harmony import */ var _session_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(5601);





/** `tfcache pull`. @returns the exit code @throws TfcacheError `usage` */
async function runPullCommand(line) {
    return (0,_session_js__WEBPACK_IMPORTED_MODULE_0__/* .inSession */ .C)(line, async ({ surroundings, context }) => {
        const inputs = (0,_inputs_parse_js__WEBPACK_IMPORTED_MODULE_1__/* .parseInputs */ .TL)((0,_session_js__WEBPACK_IMPORTED_MODULE_0__/* .withCliDefaults */ .F)(line), context);
        const result = await (0,_pull_pull_js__WEBPACK_IMPORTED_MODULE_2__/* .pull */ .a)(inputs, surroundings);
        await (0,_finish_js__WEBPACK_IMPORTED_MODULE_3__/* .saveAtOnce */ ._)(inputs, result, surroundings);
        return (0,_finish_js__WEBPACK_IMPORTED_MODULE_3__/* .finish */ .O)(line, result, surroundings, () => (0,_report_lines_js__WEBPACK_IMPORTED_MODULE_4__/* .renderLines */ .E)(result.report));
    });
}


/***/ })

};
