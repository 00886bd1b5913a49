export const id = 723;
export const ids = [723];
export const modules = {

/***/ 8723:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  runPlanCommand: () => (/* binding */ runPlanCommand)
});

// EXTERNAL MODULE: ./build/inputs/parse.js + 4 modules
var parse = __webpack_require__(6653);
// EXTERNAL MODULE: ./build/pull/pull.js + 21 modules
var pull = __webpack_require__(7047);
// EXTERNAL MODULE: ./build/report/lines.js + 1 modules
var lines = __webpack_require__(8547);
// EXTERNAL MODULE: ./build/report/escape.js
var report_escape = __webpack_require__(9924);
// EXTERNAL MODULE: ./build/report/totals.js
var totals = __webpack_require__(1756);
// EXTERNAL MODULE: ./build/report/units.js
var units = __webpack_require__(5088);
;// CONCATENATED MODULE: ./build/report/plan.js



/**
 * What a pull would do, file by file: size, source, why not from nearer; then totals by source and the free space that
 * a pull would need. Safe to print as they are.
 */
function renderPlan(report) {
    const files = (0,totals/* allFiles */.ZP)(report);
    const width = Math.max(0, ...files.map((file) => (0,units/* formatBytes */.z3)(file.size).length));
    const lines = report.artifacts.flatMap((artifact) => [
        `${artifact.title}  [${artifact.request}]`,
        ...artifact.files.flatMap((file) => fileLines(file, width)),
    ]);
    for (const total of (0,totals/* totalsBySource */.WB)(files)) {
        const from = total.source === 'in-place' ? '' : 'from ';
        const amount = `${(0,units/* formatBytes */.z3)(total.bytes)} in ${(0,units/* formatCount */.B4)(total.files, 'file')}`;
        lines.push(`${from}${totals/* SOURCE_TITLES */.ce[total.source]}: ${amount}`);
    }
    if (report.spaceNeeded !== undefined) {
        lines.push(`free space needed: ${(0,units/* formatBytes */.z3)(report.spaceNeeded)} for ${report.path}`);
    }
    lines.push('Dry run: nothing was fetched.');
    return lines.map(report_escape/* logText */.kc);
}
function fileLines(file, width) {
    const size = (0,units/* formatBytes */.z3)(file.size).padStart(width);
    const first = `  ${size}  ${(0,totals/* nameInDestination */.Hm)(file)}  ${(0,totals/* describeSources */.av)([file])}`;
    return [first, ...file.because.map((reason) => `  ${' '.repeat(width)}    because ${reason}`)];
}

// EXTERNAL MODULE: ./build/cli/finish.js
var finish = __webpack_require__(5630);
// EXTERNAL MODULE: ./build/cli/session.js + 5 modules
var session = __webpack_require__(5601);
;// CONCATENATED MODULE: ./build/cli/plan.js






/** `tfcache plan`: a pull that looks only. The table is this command's product, so it goes to standard output. */
async function runPlanCommand(line) {
    return (0,session/* inSession */.C)(line, async ({ surroundings, context }) => {
        const inputs = { ...(0,parse/* parseInputs */.TL)((0,session/* withCliDefaults */.F)(line), context), lookupOnly: true };
        const result = await (0,pull/* pull */.a)(inputs, surroundings);
        if (result.error !== undefined) {
            return (0,finish/* finish */.O)(line, result, surroundings, () => (0,lines/* renderLines */.E)(result.report));
        }
        if (!line.json)
            for (const text of renderPlan(result.report))
                process.stdout.write(`${text}\n`);
        return (0,finish/* finish */.O)(line, result, surroundings, () => []);
    });
}


/***/ })

};
