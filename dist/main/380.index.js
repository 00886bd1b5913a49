export const id = 380;
export const ids = [380];
export const modules = {

/***/ 4380:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  renderSummary: () => (/* binding */ renderSummary)
});

// EXTERNAL MODULE: ./build/report/escape.js
var report_escape = __webpack_require__(9924);
// EXTERNAL MODULE: ./build/report/headline.js
var headline = __webpack_require__(2251);
// EXTERNAL MODULE: ./build/report/units.js
var units = __webpack_require__(5088);
;// CONCATENATED MODULE: ./build/report/markdown.js

/** A Markdown table; `right` are the columns of numbers. Cells are escaped already. */
function table(heads, right, rows) {
    const rule = heads.map((_, column) => (right.includes(column) ? '--:' : '---'));
    return [heads, rule, ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}
/** A part that is folded away. Without blank lines around the body it would be taken as HTML. */
function fold(title, body) {
    return `<details><summary>${title}</summary>\n\n${body}\n\n</details>`;
}
/** Says what a cap left out; empty when nothing was. */
function andMore(count, noun) {
    if (count <= 0)
        return '';
    const [number = '', ...rest] = (0,units/* formatCount */.B4)(count, noun).split(' ');
    return `\n\n… and ${number} more ${rest.join(' ')}.`;
}

// EXTERNAL MODULE: ./build/report/totals.js
var report_totals = __webpack_require__(1756);
;// CONCATENATED MODULE: ./build/report/summary.js





/** GitHub drops a step's summary above 1 MiB (docs.github.com, "Adding a job summary"); other tools may add to ours. */
const BYTES_ALLOWED = 960 * 1024;
/** Tried in turn until the summary is small enough; the last always is. */
const DETAILS = [
    { artifacts: 200, files: 500, warnings: 50, text: 400 },
    { artifacts: 200, files: 100, warnings: 20, text: 160 },
    { artifacts: 50, files: 0, warnings: 5, text: 120 },
];
/** Squares of the bar of bytes by source. */
const BAR_WIDTH = 40;
/**
 * What happened, as Markdown for GitHub's job summary: a sentence, on failure the next step to take, bytes by source as
 * bars, a table with a row per artifact, the files folded away, warnings and the time of each step. Below 1 MiB
 * whatever the report holds, and names from outside stay text.
 */
function renderSummary(report) {
    let text = '';
    for (const detail of DETAILS) {
        text = render(report, detail);
        if (Buffer.byteLength(text) <= BYTES_ALLOWED)
            break;
    }
    return text;
}
function render(report, detail) {
    const sections = [
        `### ${headline/* STATUS_MARKS */.ix[(0,headline/* statusOf */.c2)(report)]} TensorFlow artifacts`,
        (0,report_escape/* markdownText */.p7)((0,report_escape/* shorten */.ml)((0,headline/* headline */.Pl)(report), 2 * detail.text)),
        failure(report, detail),
        sourceTable(report, detail),
        artifactTable(report.artifacts, detail),
        fileTables(report.artifacts, detail),
        warningList(report.warnings, detail),
        facts(report, detail),
    ];
    return `${sections.filter((section) => section !== '').join('\n\n')}\n`;
}
function failure(report, detail) {
    if (report.error === undefined)
        return '';
    const { message, hint } = report.error;
    const whole = message.includes('\n') ? (0,report_escape/* markdownBlock */.dI)((0,report_escape/* shorten */.ml)(message, 4 * detail.text)) : '';
    const next = hint === undefined ? '' : `**Next step**\n\n${(0,report_escape/* markdownBlock */.dI)((0,report_escape/* shorten */.ml)(hint, 4 * detail.text))}`;
    return [whole, next].filter((part) => part !== '').join('\n\n');
}
function sourceTable(report, detail) {
    const files = (0,report_totals/* allFiles */.ZP)(report);
    const all = (0,report_totals/* sumBytes */.jO)(files);
    const totals = (0,report_totals/* totalsBySource */.WB)(files);
    if (totals.length === 0)
        return '';
    const rows = totals.map((total) => [
        sourceTitle(total, detail),
        (0,units/* formatNumber */.ZV)(total.files),
        (0,units/* formatBytes */.z3)(total.bytes),
        bar(total.bytes, all),
    ]);
    return table(['From', 'Files', 'Size', 'Share'], [1, 2], rows);
}
function sourceTitle(total, detail) {
    const names = total.origins.slice(0, 3).map((origin) => code(origin, detail));
    return [report_totals/* SOURCE_TITLES */.ce[total.source], ...names].join(' ');
}
/** A bar of block characters: shown alike by browsers, the mobile app and a pager, which a diagram is not. */
function bar(bytes, all) {
    const share = all === 0 ? 1 : bytes / all;
    const squares = bytes > 0 ? Math.max(1, Math.round(share * BAR_WIDTH)) : Math.round(share * BAR_WIDTH);
    // A small share is still seen, and what is not all never looks like all.
    const filled = share < 1 ? Math.min(squares, BAR_WIDTH - 1) : squares;
    const percent = share < 1 ? Math.min(99, Math.round(share * 100)) : 100;
    return `\`${'█'.repeat(filled)}${'░'.repeat(BAR_WIDTH - filled)}\` ${percent} %`;
}
function artifactTable(artifacts, detail) {
    if (artifacts.length === 0)
        return '';
    const origins = (0,report_totals/* originsToName */.gM)(artifacts);
    const timed = artifacts.some((artifact) => artifact.milliseconds !== undefined);
    const rows = artifacts
        .slice(0, detail.artifacts)
        .map((artifact) => [
        `${summary_text(artifact.title, detail)}<br>${code(artifact.request, detail)}`,
        artifact.version === undefined ? '' : summary_text(artifact.version, detail),
        sizeOf(artifact.files),
        summary_text((0,report_totals/* describeSources */.av)(artifact.files, origins), detail),
        reasons(artifact.files, detail),
        summary_text([...new Set(artifact.files.map((file) => file.heldTo))].join(', '), detail),
        ...(timed
            ? [artifact.milliseconds === undefined ? '' : (0,units/* formatDuration */.a3)(artifact.milliseconds)]
            : []),
    ]);
    const heads = ['What', 'Version', 'Size', 'From', 'Why not from nearer', 'Held to'];
    const rest = andMore(artifacts.length - detail.artifacts, 'artifact');
    return table([...heads, ...(timed ? ['Ready after'] : [])], [2], rows) + rest;
}
function sizeOf(files) {
    if (files.length === 0)
        return '';
    const size = (0,units/* formatBytes */.z3)((0,report_totals/* sumBytes */.jO)(files));
    return files.length === 1 ? size : `${size} in ${(0,units/* formatCount */.B4)(files.length, 'file')}`;
}
function reasons(files, detail) {
    const all = (0,report_totals/* describeReasons */.nl)(files);
    const shown = all.slice(0, 4).map((reason) => summary_text(reason, detail));
    if (all.length > shown.length)
        shown.push(`and ${(0,units/* formatCount */.B4)(all.length - shown.length, 'reason')} more`);
    return shown.join('<br>');
}
/** One folded table for each artifact while rows are left; an artifact of one file is told by its own row. */
function fileTables(artifacts, detail) {
    const origins = (0,report_totals/* originsToName */.gM)(artifacts);
    let left = detail.files;
    const tables = [];
    for (const artifact of artifacts.slice(0, detail.artifacts)) {
        const files = artifact.files.slice(0, left);
        if (files.length === 0)
            continue;
        left -= files.length;
        const rows = files.map((file) => [
            code((0,report_totals/* nameInDestination */.Hm)(file), detail),
            (0,units/* formatBytes */.z3)(file.size),
            summary_text((0,report_totals/* describeSources */.av)([file], origins), detail),
            file.sha256 === '' ? '' : code(file.sha256.slice(0, 12), detail),
        ]);
        const title = `Files: ${summary_text(artifact.title, detail)}`;
        const rest = andMore(artifact.files.length - files.length, 'file');
        tables.push(fold(title, table(['File', 'Size', 'From', 'sha256'], [1], rows) + rest));
    }
    return tables.join('\n\n');
}
function warningList(warnings, detail) {
    if (warnings.length === 0)
        return '';
    const items = warnings.slice(0, detail.warnings).map((warning) => `- ${summary_text(warning, detail)}`);
    const rest = andMore(warnings.length - detail.warnings, 'warning');
    return `**⚠️ ${(0,units/* formatCount */.B4)(warnings.length, 'warning')}**\n\n${items.join('\n')}${rest}`;
}
function facts(report, detail) {
    const lines = [];
    if (report.path !== '')
        lines.push(`Folder: ${code(report.path, detail)}`);
    if (report.lockDigest !== '')
        lines.push(`Lock: sha256 ${code(report.lockDigest, detail)}`);
    if (report.spaceNeeded !== undefined) {
        lines.push(`Free space a pull needs: ${(0,units/* formatBytes */.z3)(report.spaceNeeded)}`);
    }
    const total = report.steps.reduce((sum, step) => sum + step.milliseconds, 0);
    const rows = report.steps.map((step) => [
        summary_text(step.step, detail),
        (0,units/* formatDuration */.a3)(step.milliseconds),
    ]);
    const times = rows.length === 0
        ? ''
        : fold(`Time: ${(0,units/* formatDuration */.a3)(total)}`, table(['Step', 'Time'], [1], rows));
    return [lines.join('<br>\n'), times].filter((part) => part !== '').join('\n\n');
}
function summary_text(value, detail) {
    return (0,report_escape/* markdownText */.p7)((0,report_escape/* shorten */.ml)(value, detail.text));
}
function code(value, detail) {
    return (0,report_escape/* markdownCode */.D9)((0,report_escape/* shorten */.ml)(value, detail.text));
}


/***/ })

};
