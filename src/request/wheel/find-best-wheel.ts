import type { ListedFile } from '../../bucket/file.ts';
import { toWantedFile } from '../../bucket/file.ts';
import { TfcacheError } from '../../platform/error.ts';
import { escapeControlCharacters } from '../../platform/text/escape.ts';
import type {
  Artifact,
  CandidateFailure,
  CandidateMirror,
  Machine,
  MirrorComparison,
  Request,
  ResolveRemark,
} from '../request.ts';
import { createNothingMatchedError } from '../request-error.ts';
import { type PythonRelease, RequiresPython, toPythonRelease } from '../version/requires-python.ts';
import { isPrerelease, matchesSpecifier } from '../version/specifier.ts';
import { findBestTag } from '../version/tags.ts';
import {
  type AvailableWheel,
  type ChosenWheel,
  chooseWheel,
  isYanked,
  type WheelCriteria,
} from './wheel-choice.ts';
import { createWheelNotFoundError } from './wheel-not-found.ts';
import { createWheelQuery, describeAssumedRelease, type WheelQuery } from './wheel-query.ts';
import { filterWheelsOfProject, surveyWheels, type WheelSurvey } from './wheel-survey.ts';

/**
 * Asks every mirror and takes the best wheel of all, as pip does with several indexes.
 *
 * @param mirrors mirrors in order of preference; at least one
 * @throws TfcacheError `usage` for a request that no wheel can fit
 */
export async function findBestWheel(
  request: Request,
  id: string,
  mirrors: readonly CandidateMirror[],
  machine: Machine,
): Promise<MirrorComparison> {
  const query = await createWheelQuery(request, machine);
  const { surveys, failures } = await surveyAll(mirrors, query);
  const remarks: ResolveRemark[] = [];
  // A retry may mend what is unreachable: that is worth more than what it does not.
  const failure = failures.find(({ error }) => error.code === 'no-mirror') ?? failures[0];
  if (surveys.length === 0 && failure !== undefined) {
    return { outcome: failure.error, failures, remarks };
  }
  let wheels = filterWheelsOfProject(
    query.search.project,
    surveys.flatMap((survey) => survey.wheels),
  );
  const { criteria, release } = await determineCriteria(query, wheels);
  let unusable: TfcacheError | undefined;
  for (;;) {
    const choice = chooseWheel(wheels, criteria);
    const { chosen } = choice;
    const mirror = chosen === undefined ? undefined : mirrors[chosen.mirrorIndex];
    if (chosen === undefined || mirror === undefined) {
      const missing = { request, query, criteria, release, choice, surveys, failures };
      return { outcome: unusable ?? (await createWheelNotFoundError(missing)), failures, remarks };
    }
    const file = await completeFile(request, chosen, mirror);
    if (!(file instanceof TfcacheError)) {
      remarks.push(...remarksOn(chosen, criteria, query, release));
      const artifact = artifactOf(request, id, { ...chosen, file }, mirror.bucket, criteria);
      return { outcome: { artifact, mirrorIndex: chosen.mirrorIndex }, failures, remarks };
    }
    // Another mirror may hold the same version; an older one is not what was asked for.
    unusable ??= file;
    failures.push({ mirrorIndex: chosen.mirrorIndex, error: file });
    wheels = wheels.filter(
      (wheel) => wheel.name.version === chosen.name.version && wheel.file !== chosen.file,
    );
  }
}

async function surveyAll(
  mirrors: readonly CandidateMirror[],
  query: WheelQuery,
): Promise<{ surveys: WheelSurvey[]; failures: CandidateFailure[] }> {
  const surveys: WheelSurvey[] = [];
  const failures: CandidateFailure[] = [];
  const asked = await Promise.allSettled(
    mirrors.map((mirror, index) => surveyWheels(mirror, index, query)),
  );
  for (const [mirrorIndex, answer] of asked.entries()) {
    if (answer.status === 'fulfilled') surveys.push(answer.value);
    else if (isUnanswered(answer.reason)) failures.push({ mirrorIndex, error: answer.reason });
    else throw answer.reason;
  }
  return { surveys, failures };
}

/** False for a defect, and for what concerns the whole run. */
function isUnanswered(error: unknown): error is TfcacheError {
  if (!(error instanceof TfcacheError)) return false;
  return !['integrity', 'no-space', 'interrupted'].includes(error.code);
}

/** What a wheel must be. Python is asked for its full version only if that decides: `release` is undefined otherwise. */
async function determineCriteria(
  query: WheelQuery,
  wheels: readonly AvailableWheel[],
): Promise<{ criteria: WheelCriteria; release: PythonRelease | undefined }> {
  const { pythonVersion, ranks, search } = query;
  const { specifier, device } = search;
  const requirements = new RequiresPython();
  const decides = wheels.some(
    (wheel) =>
      matchesSpecifier(specifier, wheel.name.version) &&
      findBestTag(wheel.name, ranks) !== undefined &&
      requirements.dependsOnPatch(wheel.file.release?.requiresPython, pythonVersion),
  );
  const release = decides ? await query.getPythonRelease() : undefined;
  const full = (release ?? toPythonRelease(pythonVersion)).version;
  const supportsPython = ({ file }: AvailableWheel): boolean =>
    requirements.admits(file.release?.requiresPython, full);
  return { criteria: { specifier, ranks, device, supportsPython }, release };
}

/** The file with its size and time, which some indexes do not list; else why it cannot be used. */
async function completeFile(
  request: Request,
  { name, file }: ChosenWheel,
  { bucket, lister }: CandidateMirror,
): Promise<ListedFile | TfcacheError> {
  if (file.release?.complete !== false) return file;
  try {
    const [alone] = await lister.listFolders(bucket, [file.path]);
    const [complete] = alone?.files ?? [];
    return complete ?? fileIsGone(request, name.fileName, lister.describeLocation(bucket));
  } catch (error) {
    if (isUnanswered(error)) return error;
    throw error;
  }
}

function fileIsGone(request: Request, name: string, where: string): TfcacheError {
  return createNothingMatchedError(
    request,
    'the package index names a file that it does not have.',
    {
      where,
      found: name,
      hint: 'It was removed a moment ago, or the index is a broken copy: run again, or name another index.',
    },
  );
}

function artifactOf(
  request: Request,
  id: string,
  chosen: ChosenWheel,
  bucket: string,
  criteria: WheelCriteria,
): Artifact {
  const { name, file, tag } = chosen;
  const marks = [
    ...(isUnaskedPrerelease(chosen, criteria) ? ['pre-release'] : []),
    ...(isYanked(chosen) ? ['yanked'] : []),
  ];
  const title = `${name.distribution} ${name.version} (${tag.python}, ${tag.platform})`;
  return {
    request,
    id,
    title: [title, ...marks].join(', '),
    version: name.version,
    files: [toWantedFile(bucket, file)],
  };
}

function isUnaskedPrerelease({ name }: AvailableWheel, { specifier }: WheelCriteria): boolean {
  return isPrerelease(name.version) && !specifier.namesPrerelease;
}

function remarksOn(
  chosen: ChosenWheel,
  criteria: WheelCriteria,
  query: WheelQuery,
  release: PythonRelease | undefined,
): ResolveRemark[] {
  const { project } = query.search;
  const { version } = chosen.name;
  const remarks: ResolveRemark[] = [];
  if (isUnaskedPrerelease(chosen, criteria)) {
    remarks.push({
      level: 'info',
      text: `${project} has only pre-releases that fit: ${version} is used, the newest one, as pip does.`,
    });
  }
  if (isYanked(chosen)) {
    const reason = chosen.file.release?.yankedReason;
    const why = reason === undefined ? '' : ` with the reason: ${escapeControlCharacters(reason)}`;
    remarks.push({
      level: 'warning',
      text: `${project} ${version} was yanked by its project (PEP 592)${why}. It is used because the request pins this version.`,
    });
  }
  if (release?.isAssumed === true) {
    remarks.push({ level: 'info', text: `${describeAssumedRelease(query, release)}.` });
  }
  return remarks;
}
