import { INDEX_BUCKET } from '../../bucket/buckets.ts';
import type { FolderListing, ListedFile, ReleaseFacts } from '../../bucket/file.ts';
import type { FetchEvents, FetchFile, FetchResult, Mirror } from '../mirror.ts';
import {
  convertDigests,
  createPackageIndex,
  type IndexedFile,
  type PackageIndex,
  type PackageIndexOptions,
} from './package-index.ts';
import { normalizeProject } from './project-name.ts';
import type { ProjectEntry } from './project-page.ts';

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
export function createPackageIndexMirror(options: PackageIndexOptions): Mirror {
  return new PackageIndexMirror(createPackageIndex(options));
}

class PackageIndexMirror implements Mirror {
  readonly url: string;
  private readonly index: PackageIndex;
  /** What the pages said last, by project. */
  private readonly pages = new Map<string, readonly ProjectEntry[] | undefined>();
  /** Paths of wheels that were listed one by one: their project’s listing has them complete from then on. */
  private readonly single = new Set<string>();

  constructor(index: PackageIndex) {
    this.index = index;
    this.url = index.url;
  }

  serves(bucket: string): boolean {
    return bucket === INDEX_BUCKET;
  }

  async listFolders(
    _bucket: string,
    folders: readonly string[],
    signal?: AbortSignal,
  ): Promise<FolderListing[]> {
    const listings: FolderListing[] = [];
    for (const folder of folders) listings.push(await this.listOne(folder, signal));
    return listings;
  }

  async listTree(_bucket: string, folder: string, signal?: AbortSignal): Promise<ListedFile[]> {
    return [...(await this.listOne(folder, signal)).files];
  }

  async fetch(
    _bucket: string,
    files: readonly FetchFile[],
    staging: string,
    events: FetchEvents,
    signal?: AbortSignal,
  ): Promise<FetchResult> {
    const found: (FetchFile & { url: string })[] = [];
    const missing: string[] = [];
    for (const file of files) {
      const { project, name } = split(file.path);
      // A path from a lock: its page was not asked for yet.
      const entries = this.pages.get(project) ?? (await this.ask(project, signal));
      const entry = entries?.find((candidate) => candidate.name === name);
      if (entry === undefined) missing.push(file.path);
      else found.push({ ...file, url: entry.url });
    }
    const result = await this.index.fetch(found, staging, events, signal);
    return { ...result, missing: [...missing, ...result.missing] };
  }

  private async listOne(folder: string, signal: AbortSignal | undefined): Promise<FolderListing> {
    const { project, name } = split(folder);
    // The root of an index names every project there is; nobody needs that.
    if (project === '') return { folder, exists: true, files: [], folders: [] };
    const known = name === '' ? undefined : this.pages.get(project);
    const entries = known ?? (await this.ask(project, signal));
    const wanted = entries?.filter((entry) => name === '' || entry.name === name) ?? [];
    if (name !== '' && wanted.length > 0) this.single.add(folder);
    const open = wanted.filter((entry) => this.single.has(`${project}/${entry.name}`));
    const complete = new Map(
      (await this.index.completeFiles(open, signal)).map((file) => [file.path, file]),
    );
    return {
      folder,
      exists: wanted.length > 0 || (name === '' && entries !== undefined),
      files: wanted.flatMap((entry) => {
        if (!open.includes(entry)) return [openFile(project, entry)];
        const file = complete.get(entry.name);
        return file === undefined ? [] : [completeFile(project, file)];
      }),
      folders: [],
    };
  }

  private async ask(
    project: string,
    signal: AbortSignal | undefined,
  ): Promise<readonly ProjectEntry[] | undefined> {
    const isProject = project === normalizeProject(project);
    const wheels = isProject ? await this.index.listProject(project, signal) : undefined;
    this.pages.set(project, wheels);
    return wheels;
  }
}

/** `project/FILE.whl`; a deeper path gives a name that no page has. */
function split(path: string): { project: string; name: string } {
  const slash = path.indexOf('/');
  if (slash === -1) return { project: path, name: '' };
  return { project: path.slice(0, slash), name: path.slice(slash + 1) };
}

function openFile(project: string, entry: ProjectEntry): ListedFile {
  const { size, mtime, requiresPython, yanked } = entry;
  const complete = size !== undefined && mtime !== undefined;
  return {
    path: `${project}/${entry.name}`,
    size: size ?? 0,
    mtime,
    ...(entry.digests.length === 0 ? {} : { digests: convertDigests(entry) }),
    release: { requiresPython, yanked, complete, ...reasonOf(entry) },
  };
}

function completeFile(project: string, file: IndexedFile): ListedFile {
  const { path, size, mtime, etag, digests, requiresPython, yanked } = file;
  return {
    path: `${project}/${path}`,
    size,
    mtime,
    ...(etag === undefined ? {} : { etag }),
    ...(digests === undefined ? {} : { digests }),
    release: { requiresPython, yanked, complete: true, ...reasonOf(file) },
  };
}

function reasonOf({
  yankedReason,
}: Pick<ProjectEntry, 'yankedReason'>): Pick<ReleaseFacts, 'yankedReason'> {
  return yankedReason === undefined ? {} : { yankedReason };
}
