import { baseName, joinPath } from '../../bucket/bucket-path.ts';
import type { ListedFile } from '../../bucket/file.ts';
import type { Lister } from '../request.ts';
import { type Glob, hasGlobCharacter, unescapeGlob } from './glob.ts';
import { createNameMatcher, createPathMatcher } from './glob-match.ts';

/** A file that a glob matched, and the literal folder at the start of the glob. Filter rules apply below that folder. */
export interface GlobMatch {
  file: ListedFile;
  base: string;
}

export interface GlobWalk {
  files: GlobMatch[];
  /** Folders that the last name of a glob matched. Only files are artifacts, so these explain why nothing matched. */
  folders: string[];
}

/** Finds the files that match the globs. Lists one level of folders at a time, and a whole tree only for `**`. */
export async function walkGlobs(
  lister: Lister,
  bucket: string,
  globs: readonly Glob[],
): Promise<GlobWalk> {
  const deep = await walkTrees(
    lister,
    bucket,
    globs.filter((glob) => glob.isRecursive),
  );
  const level = await walkLevels(
    lister,
    bucket,
    globs.filter((glob) => !glob.isRecursive),
  );
  return { files: [...deep, ...level.files], folders: level.folders };
}

async function walkTrees(
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

/** How far a glob was followed: `folders` are those that its first `depth` names reached. */
interface Step {
  glob: Glob;
  depth: number;
  folders: readonly string[];
}

async function walkLevels(
  lister: Lister,
  bucket: string,
  globs: readonly Glob[],
): Promise<GlobWalk> {
  const walk: GlobWalk = { files: [], folders: [] };
  let steps = globs.map((glob) => startAtBase(glob));
  while (steps.length > 0) {
    // Lists a level of all globs in one call.
    const wanted = [...new Set(steps.flatMap(({ folders }) => folders))];
    const listed = new Map(
      (await lister.listFolders(bucket, wanted)).map((folder) => [folder.folder, folder]),
    );
    const next: Step[] = [];
    for (const { glob, depth, folders } of steps) {
      const matches = createNameMatcher(glob.names[depth] ?? '');
      const isLast = depth === glob.names.length - 1;
      const reached: string[] = [];
      for (const folder of folders) {
        const entry = listed.get(folder);
        const below = entry?.folders.filter(matches).map((name) => joinPath(folder, name)) ?? [];
        reached.push(...below);
        if (!isLast) continue;
        for (const file of entry?.files ?? []) {
          if (matches(baseName(file.path))) walk.files.push({ file, base: glob.base });
        }
      }
      if (isLast) walk.folders.push(...reached);
      else if (reached.length > 0)
        next.push(skipLiteralNames({ glob, depth: depth + 1, folders: reached }));
    }
    steps = next;
  }
  return walk;
}

function startAtBase(glob: Glob): Step {
  const firstGlob = glob.names.findIndex(hasGlobCharacter);
  const depth = firstGlob === -1 ? glob.names.length - 1 : firstGlob;
  return { glob, depth, folders: [glob.base] };
}

/** Follows literal names without listing their folders. The last name needs a listing, which gives the file's size. */
function skipLiteralNames(step: Step): Step {
  let { depth, folders } = step;
  for (; depth < step.glob.names.length - 1; depth += 1) {
    const name = step.glob.names[depth] ?? '';
    if (hasGlobCharacter(name)) break;
    folders = folders.map((folder) => joinPath(folder, unescapeGlob(name)));
  }
  return { glob: step.glob, depth, folders };
}
