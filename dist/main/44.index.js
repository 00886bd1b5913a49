export const id = 44;
export const ids = [44];
export const modules = {

/***/ 9044:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  openPackageIndex: () => (/* binding */ openPackageIndex)
});

// EXTERNAL MODULE: ./build/request/bucket.js
var request_bucket = __webpack_require__(9414);
// EXTERNAL MODULE: ./build/request/project-name.js
var project_name = __webpack_require__(9551);
// EXTERNAL MODULE: ./build/safe-path.js
var safe_path = __webpack_require__(7999);
// EXTERNAL MODULE: ./build/mirror/partial/staged.js
var staged = __webpack_require__(1748);
// EXTERNAL MODULE: ./build/mirror/https/exact.js
var https_exact = __webpack_require__(2159);
// EXTERNAL MODULE: ./build/mirror/https/listing/page.js
var page = __webpack_require__(4676);
// EXTERNAL MODULE: ./build/mirror/https/location.js
var https_location = __webpack_require__(7301);
// EXTERNAL MODULE: ./build/mirror/https/pages.js
var https_pages = __webpack_require__(5888);
// EXTERNAL MODULE: ./build/mirror/https/parallel.js
var parallel = __webpack_require__(3145);
// EXTERNAL MODULE: ./build/mirror/https/transfers.js + 7 modules
var https_transfers = __webpack_require__(863);
;// CONCATENATED MODULE: ./build/mirror/https/package-index.js









/** JSON where the index has it, else HTML. PEP 691, “Version + Format Selection”. */
const ACCEPT = 'application/vnd.pypi.simple.v1+json, application/vnd.pypi.simple.v1+html;q=0.2, text/html;q=0.1';
/** @throws TfcacheError `usage` for a URL that cannot be used. */
function createPackageIndex(options) {
    const location = (0,https_location/* parseLocation */.zS)(options.url);
    const root = location.root('index');
    const { authorization } = location;
    const transfers = (0,https_transfers/* openTransfers */.N)(options, authorization === undefined ? undefined : { origin: root.origin, value: authorization });
    const { pages } = transfers;
    /** Size and time where the index does not tell them; nothing for a file that is gone. */
    async function completeOne(entry, signal) {
        const { name: path, url, requiresPython, yanked, sha256 } = entry;
        const open = entry.size === undefined || entry.mtime === undefined;
        const exact = open ? await (0,https_exact/* askSize */.B)(new URL(url), pages, signal) : undefined;
        const size = entry.size ?? exact?.size;
        if (size === undefined)
            return [];
        const mtime = entry.mtime ?? exact?.mtime ?? 0;
        const digests = sha256 === undefined ? [] : [{ algorithm: 'sha256', value: sha256, source: 'listing' }];
        return [{ path, size, mtime, digests, url, requiresPython, yanked }];
    }
    return {
        url: location.shown,
        async project(project, signal) {
            const page = new URL(`./${encodeURIComponent((0,project_name/* normalizeProject */.x)(project))}/`, root);
            const answer = await (0,https_pages/* fetchText */.Sy)(page, pages, signal, { accept: ACCEPT });
            if (answer === undefined)
                return undefined;
            return (await parseProject(answer)).filter(({ name }) => isSafeName(name));
        },
        async complete(entries, signal) {
            return (await (0,parallel/* mapParallel */.E)(entries, pages.connections, signal, completeOne)).flat();
        },
        fetch(files, staging, events, signal) {
            for (const { path } of files)
                (0,staged/* checkFetchPath */.q)(path, location.shown);
            return transfers.fetch(files, { urlOf: ({ url }) => new URL(url) }, staging, events, signal);
        },
    };
}
async function parseProject(answer) {
    const { parseProjectHtml, parseProjectJson } = await Promise.all(/* import() */[__webpack_require__.e(600), __webpack_require__.e(292)]).then(__webpack_require__.bind(__webpack_require__, 5292));
    const { text, response } = answer;
    const parse = text.trimStart().startsWith('{') ? parseProjectJson : parseProjectHtml;
    try {
        return parse(text, response.url);
    }
    catch (error) {
        if (!(error instanceof page/* FormatMismatch */.AG))
            throw error;
        throw (0,https_pages/* notAListing */.Dc)(answer, error.message, error);
    }
}
/** A name alone, no path; others cannot be files of a project and are passed over. */
function isSafeName(name) {
    return !/[/\\\p{Cc}]/u.test(name) && (0,safe_path/* findPathProblem */.W)(name) === undefined;
}

;// CONCATENATED MODULE: ./build/mirror/packages/package-index-mirror.js



/**
 * A Python package index as the mirror of the bucket `pypi`, in which each project is a folder of its wheels:
 * `tensorflow-cpu/tensorflow_cpu-2.15.0-….whl`.
 *
 * Indexes in HTML tell no sizes. Asking for those of all the wheels of a project would be hundreds of requests, so
 * listing a project leaves them open ({@link ListedFile.release}), and listing the path of one wheel gives that one
 * wheel, complete.
 *
 * @throws TfcacheError `usage` for a URL that cannot be used.
 */
function createPackageIndexMirror(options) {
    return new PackageIndexMirror(createPackageIndex(options));
}
class PackageIndexMirror {
    url;
    index;
    /** What the pages said last, by project. */
    pages = new Map();
    /** Paths of wheels that were listed one by one: their project’s listing has them complete from then on. */
    single = new Set();
    constructor(index) {
        this.index = index;
        this.url = index.url;
    }
    serves(bucket) {
        return bucket === request_bucket/* INDEX_BUCKET */.OT;
    }
    async listFolders(_bucket, folders, signal) {
        const listings = [];
        for (const folder of folders)
            listings.push(await this.listOne(folder, signal));
        return listings;
    }
    async listTree(_bucket, folder, signal) {
        return [...(await this.listOne(folder, signal)).files];
    }
    async fetch(_bucket, files, staging, events, signal) {
        const found = [];
        const missing = [];
        for (const file of files) {
            const { project, name } = split(file.path);
            // A path from a lock: its page was not asked for yet.
            const entries = this.pages.get(project) ?? (await this.ask(project, signal));
            const entry = entries?.find((candidate) => candidate.name === name);
            if (entry === undefined)
                missing.push(file.path);
            else
                found.push({ ...file, url: entry.url });
        }
        const result = await this.index.fetch(found, staging, events, signal);
        return { ...result, missing: [...missing, ...result.missing] };
    }
    async listOne(folder, signal) {
        const { project, name } = split(folder);
        // The root of an index names every project there is; nobody needs that.
        if (project === '')
            return { folder, exists: true, files: [], folders: [] };
        const known = name === '' ? undefined : this.pages.get(project);
        const entries = known ?? (await this.ask(project, signal));
        const wanted = entries?.filter((entry) => name === '' || entry.name === name) ?? [];
        if (name !== '' && wanted.length > 0)
            this.single.add(folder);
        const open = wanted.filter((entry) => this.single.has(`${project}/${entry.name}`));
        const complete = new Map((await this.index.complete(open, signal)).map((file) => [file.path, file]));
        return {
            folder,
            exists: wanted.length > 0 || (name === '' && entries !== undefined),
            files: wanted.flatMap((entry) => {
                if (!open.includes(entry))
                    return [openFile(project, entry)];
                const file = complete.get(entry.name);
                return file === undefined ? [] : [completeFile(project, file)];
            }),
            folders: [],
        };
    }
    async ask(project, signal) {
        const isProject = project === (0,project_name/* normalizeProject */.x)(project);
        const all = isProject ? await this.index.project(project, signal) : undefined;
        const wheels = all?.filter((entry) => entry.name.endsWith('.whl'));
        this.pages.set(project, wheels);
        return wheels;
    }
}
/** `project/FILE.whl`; a deeper path gives a name that no page has. */
function split(path) {
    const slash = path.indexOf('/');
    if (slash === -1)
        return { project: path, name: '' };
    return { project: path.slice(0, slash), name: path.slice(slash + 1) };
}
function openFile(project, entry) {
    const { size, mtime, requiresPython, yanked } = entry;
    const complete = size !== undefined && mtime !== undefined;
    return {
        path: `${project}/${entry.name}`,
        size: size ?? 0,
        mtime: mtime ?? 0,
        ...digestsOf(entry),
        release: { requiresPython, yanked, complete },
    };
}
function completeFile(project, file) {
    const { path, size, mtime, digests, requiresPython, yanked } = file;
    return {
        path: `${project}/${path}`,
        size,
        mtime,
        ...(digests === undefined ? {} : { digests }),
        release: { requiresPython, yanked, complete: true },
    };
}
function digestsOf({ sha256 }) {
    if (sha256 === undefined)
        return {};
    return { digests: [{ algorithm: 'sha256', value: sha256, source: 'listing' }] };
}

// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __webpack_require__(3024);
// EXTERNAL MODULE: ./build/error.js
var build_error = __webpack_require__(5602);
// EXTERNAL MODULE: ./build/store/file-error.js
var file_error = __webpack_require__(3009);
;// CONCATENATED MODULE: ./build/mirror/packages/ini.js
/**
 * Reads a file as Python’s RawConfigParser does, which pip reads its configuration with: `key = value` or `key: value` below
 * `[section]`, `#` and `;` beginning a comment line, indented lines going on with the value above. Keys are compared as pip
 * compares them: in lower case, `_` as `-`. Lines that mean nothing are passed over.
 * https://docs.python.org/3/library/configparser.html#supported-ini-file-structure
 */
function parseIni(text) {
    const values = new Map();
    let section;
    let key;
    let keyIndent = 0;
    for (const line of text.replace(/^\uFEFF/, '').split(/\r\n|\n|\r/)) {
        const content = line.trim();
        if (content === '' || /^[#;]/.test(content))
            continue;
        const indent = line.length - line.trimStart().length;
        if (key !== undefined && indent > keyIndent) {
            values.set(key, `${values.get(key) ?? ''}\n${content}`.trim());
            continue;
        }
        const header = /^\[(.+)\]/.exec(content);
        if (header !== null) {
            [section, key] = [header[1], undefined];
            continue;
        }
        const option = /^([^=:]*)[=:](.*)$/s.exec(content);
        key = option === null || section === undefined ? undefined : nameOf(section, option[1] ?? '');
        keyIndent = indent;
        if (key !== undefined)
            values.set(key, (option?.[2] ?? '').trim());
    }
    return values;
}
function nameOf(section, key) {
    return `${section}.${key.trim().toLowerCase().replaceAll('_', '-').replace(/^--/, '')}`;
}

// EXTERNAL MODULE: external "node:os"
var external_node_os_ = __webpack_require__(8161);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
;// CONCATENATED MODULE: ./build/mirror/packages/pip-files.js



/**
 * The files of pip’s configuration, the one that overrides all others last: for everyone on this machine, for this user, for
 * the virtual environment, the one that PIP_CONFIG_FILE names. When that one is there, the user’s are not read; when it is
 * the null device, none is. https://pip.pypa.io/en/stable/topics/configuration/
 */
function pipConfigurationFiles({ environment, platform }) {
    const named = environment['PIP_CONFIG_FILE'];
    if (named === nullDevice(platform))
        return [];
    const path = platform === 'win32' ? external_node_path_.win32 : external_node_path_.posix;
    const home = homeOf(environment, platform);
    const site = environment['VIRTUAL_ENV'];
    const name = platform === 'win32' ? 'pip.ini' : 'pip.conf';
    const own = named !== undefined && named !== '' && (0,external_node_fs_.existsSync)(named);
    return [
        ...everyones(environment, platform),
        ...(own ? [] : users(environment, platform, home)),
        ...(site === undefined || site === '' ? [] : [path.join(site, name)]),
        ...(named === undefined || named === '' ? [] : [named]),
    ];
}
function nullDevice(platform) {
    return platform === 'win32' ? 'nul' : '/dev/null';
}
function homeOf(environment, platform) {
    return environment[platform === 'win32' ? 'USERPROFILE' : 'HOME'] || (0,external_node_os_.homedir)();
}
function everyones(environment, platform) {
    if (platform === 'win32') {
        return [external_node_path_.win32.join(environment['ProgramData'] || 'C:\\ProgramData', 'pip', 'pip.ini')];
    }
    if (platform === 'darwin')
        return ['/Library/Application Support/pip/pip.conf'];
    const folders = environment['XDG_CONFIG_DIRS']?.trim() || '/etc/xdg';
    return [...folders.split(':').map((folder) => `${folder}/pip/pip.conf`), '/etc/pip.conf'];
}
/** The old place first: the new one overrides it. */
function users(environment, platform, home) {
    if (platform === 'win32') {
        const roaming = environment['APPDATA'] || external_node_path_.win32.join(home, 'AppData', 'Roaming');
        return [external_node_path_.win32.join(home, 'pip', 'pip.ini'), external_node_path_.win32.join(roaming, 'pip', 'pip.ini')];
    }
    const library = external_node_path_.posix.join(home, 'Library/Application Support/pip');
    const folder = platform === 'darwin' && (0,external_node_fs_.existsSync)(library)
        ? library
        : external_node_path_.posix.join(configHome(environment, platform, home), 'pip');
    return [external_node_path_.posix.join(home, '.pip/pip.conf'), external_node_path_.posix.join(folder, 'pip.conf')];
}
function configHome(environment, platform, home) {
    const named = platform === 'darwin' ? undefined : environment['XDG_CONFIG_HOME']?.trim();
    return named || external_node_path_.posix.join(home, '.config');
}

;// CONCATENATED MODULE: ./build/mirror/packages/pip-index.js





/** Sections of the files, the one that overrides the other last. */
const SECTIONS = ['global', 'install'];
/**
 * The package index that `pip install` would ask: PIP_INDEX_URL, else `index-url` of pip’s configuration. pip’s own default is
 * no configuration: no host is built in here. Further indexes (`extra-index-url`) are not asked, because a project
 * of the same name in one of them could take the place of the one that is meant.
 *
 * @throws TfcacheError `usage` when no index is configured, or `no-index` is; `failed` for a file that cannot be read.
 */
function findPipIndex(surroundings) {
    const { environment } = surroundings;
    const files = pipConfigurationFiles(surroundings);
    const read = files.flatMap((file) => {
        const values = readValues(file);
        return values === undefined ? [] : [{ file, values }];
    });
    if (isTrue(environment['PIP_NO_INDEX'] || settingOf(read, 'no-index')?.value))
        throw noIndex();
    const variable = environment['PIP_INDEX_URL']?.trim();
    if (variable)
        return { url: variable, from: 'PIP_INDEX_URL' };
    const found = settingOf(read, 'index-url');
    if (found === undefined)
        throw notConfigured(files);
    return { url: found.value, from: found.file };
}
/** The section decides before the file does; an empty value counts as none. */
function settingOf(files, key) {
    for (const section of SECTIONS.toReversed()) {
        for (const { file, values } of files.toReversed()) {
            const value = values.get(`${section}.${key}`);
            if (value !== undefined && value !== '')
                return { file, value };
        }
    }
    return undefined;
}
function readValues(file) {
    try {
        return parseIni((0,external_node_fs_.readFileSync)(file, 'utf8'));
    }
    catch (error) {
        if (['ENOENT', 'ENOTDIR'].includes((0,file_error/* errorCode */.C)(error) ?? ''))
            return undefined;
        throw new build_error/* TfcacheError */.TM('failed', 'A file of pip’s configuration cannot be read.', {
            where: file,
            found: error instanceof Error ? error.message : String(error),
            hint: 'Make it readable for the user of this job, or name the index itself: pypi=https://host/simple/',
            cause: error,
        });
    }
}
/** As pip reads a switch. */
function isTrue(value) {
    return ['y', 'yes', 't', 'true', 'on', '1'].includes(value?.trim().toLowerCase() ?? '');
}
function noIndex() {
    return new build_error/* TfcacheError */.TM('usage', 'pip is configured to ask no package index (no-index).', {
        where: 'mirrors: pypi=pip',
        hint: 'Remove that line from mirrors, or name an index: pypi=https://host/simple/',
    });
}
function notConfigured(files) {
    return new build_error/* TfcacheError */.TM('usage', 'pip’s configuration names no package index.', {
        where: 'mirrors: pypi=pip',
        found: `neither PIP_INDEX_URL nor index-url in ${files.join(', ') || 'any file'}`,
        hint: 'Set PIP_INDEX_URL, or name the index: pypi=https://host/simple/',
    });
}

;// CONCATENATED MODULE: ./build/mirror/packages/open-index.js



/**
 * Opens the index of a line `pypi=…`. pip’s configuration is read now, when the index is needed, and not before.
 *
 * @throws TfcacheError `usage` when there is no index or its URL cannot be used, `failed` when pip’s files cannot be read.
 */
function openPackageIndex(options) {
    if (options.url !== request_bucket/* PIPS_OWN_INDEX */.zW)
        return createPackageIndexMirror(options);
    const { environment, log } = options;
    const { url, from } = findPipIndex({ environment, platform: process.platform });
    const mirror = createPackageIndexMirror({ ...options, url });
    log.info(`pypi=pip: ${mirror.url} (from ${from})`);
    return mirror;
}


/***/ })

};
