import { baseName, joinPath } from '../../bucket/bucket-path.ts';
import type { ListedFile } from '../../bucket/file.ts';
import type { Lister } from '../request.ts';
import { type Glob, hasGlobCharacter, unescapeGlob } from './glob.ts';
import { createNameMatcher, createPathMatcher } from './glob-match.ts';

/** A file that a glob found, and the folder that the user named to find it: rules bear on what is below that alone. */
export interface GlobMatch {
  file: ListedFile;
  base: string;
}

export interface GlobWalk {
  files: GlobMatch[];
  /** Folders that the last name of a glob matched: near misses, since only files are artifacts. */
  folders: string[];
}

/** Finds what the globs match: one level of folders at a time, a whole tree only where a glob says `**`. */
export async function walkGlobs(
  lister: Lister,
  bucket: string,
  globs: readonly Glob[],
): Promise<GlobWalk> {
  const deep = await deepFiles(
    lister,
    bucket,
    globs.filter((glob) => glob.isRecursive),
  );
  const level = await levelFiles(
    lister,
    bucket,
    globs.filter((glob) => !glob.isRecursive),
  );
  return { files: [...deep, ...level.files], folders: level.folders };
}

async function deepFiles(
  lister: Lister,
  bucket: string,
  globs: readonly Glob[],
): Promise<GlobMatch[]> {
  const found: GlobMatch[] = [];
  const trees = new Map<string, readonly ListedFile[]>();
  for (const glob of globs) {
    const tree = trees.get(glob.base) ?? (await lister.listTree(bucket, glob.base));
    trees.set(glob.base, tree);
    const matches = createPathMatcher(glob);
    for (const file of tree) if (matches(file.path)) found.push({ file, base: glob.base });
  }
  return found;
}

/** A glob on its way down: `folders` are those that its first `depth` names reached. */
interface Step {
  glob: Glob;
  depth: number;
  folders: readonly string[];
}

async function levelFiles(
  lister: Lister,
  bucket: string,
  globs: readonly Glob[],
): Promise<GlobWalk> {
  const walk: GlobWalk = { files: [], folders: [] };
  let steps = globs.map((glob) => start(glob));
  while (steps.length > 0) {
    // All globs go down together, so that a level is one call however many there are.
    const wanted = [...new Set(steps.flatMap(({ folders }) => folders))];
    const listed = new Map(
      (await lister.listFolders(bucket, wanted)).map((folder) => [folder.folder, folder]),
    );
    const next: Step[] = [];
    for (const { glob, depth, folders } of steps) {
      const matches = createNameMatcher(glob.names[depth] ?? '');
      const last = depth === glob.names.length - 1;
      const reached: string[] = [];
      for (const folder of folders) {
        const entry = listed.get(folder);
        const below = entry?.folders.filter(matches).map((name) => joinPath(folder, name)) ?? [];
        reached.push(...below);
        if (!last) continue;
        for (const file of entry?.files ?? []) {
          if (matches(baseName(file.path))) walk.files.push({ file, base: glob.base });
        }
      }
      if (last) walk.folders.push(...reached);
      else if (reached.length > 0) next.push(descend({ glob, depth: depth + 1, folders: reached }));
    }
    steps = next;
  }
  return walk;
}

function start(glob: Glob): Step {
  const firstMagic = glob.names.findIndex(hasGlobCharacter);
  const depth = firstMagic === -1 ? glob.names.length - 1 : firstMagic;
  return { glob, depth, folders: [glob.base] };
}

/** Literal names need no listing to go down by; only the last one does, to know the file's size. */
function descend(step: Step): Step {
  let { depth, folders } = step;
  for (; depth < step.glob.names.length - 1; depth += 1) {
    const name = step.glob.names[depth] ?? '';
    if (hasGlobCharacter(name)) break;
    folders = folders.map((folder) => joinPath(folder, unescapeGlob(name)));
  }
  return { glob: step.glob, depth, folders };
}
