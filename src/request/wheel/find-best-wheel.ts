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
 * Chooses the best wheel of all mirrors, as pip does with several indexes.
 *
 * @param mirrors in order of preference; at least one
 * @throws TfcacheError `request-invalid` if no wheel can match the request
 */
export async function findBestWheel(
  request: Request,
  id: string,
  mirrors: readonly CandidateMirror[],
  machine: Machine,
): Promise<MirrorComparison> {
  const query = await createWheelQuery(request, machine);
  const { surveys, failures } = await surveyMirrors(mirrors, query);
  const remarks: ResolveRemark[] = [];
  // An error that a retry may fix is reported before one that it does not.
  const failure = failures.find(({ error }) => error.code === 'no-mirror') ?? failures[0];
  if (surveys.length === 0 && failure !== undefined) {
    return { outcome: failure.error, failures, remarks };
  }
  let wheels = filterWheelsOfProject(
    query.search.project,
    surveys.flatMap((survey) => survey.wheels),
  );
  const { criteria, release } = await determineCriteria(query, wheels);
  let firstError: TfcacheError | undefined;
  for (;;) {
    const choice = chooseWheel(wheels, criteria);
    const { chosen } = choice;
    const mirror = chosen === undefined ? undefined : mirrors[chosen.mirrorIndex];
    if (chosen === undefined || mirror === undefined) {
      const missing = { request, query, criteria, release, choice, surveys, failures };
      return {
        outcome: firstError ?? (await createWheelNotFoundError(missing)),
        failures,
        remarks,
      };
    }
    const file = await completeFile(request, chosen, mirror);
    if (!(file instanceof TfcacheError)) {
      remarks.push(...createRemarks(chosen, criteria, query, release));
      const artifact = toArtifact(request, id, { ...chosen, file }, mirror.bucket, criteria);
      return { outcome: { artifact, mirrorIndex: chosen.mirrorIndex }, failures, remarks };
    }
    // Another mirror may have the same version. An older version is not the best one.
    firstError ??= file;
    failures.push({ mirrorIndex: chosen.mirrorIndex, error: file });
    wheels = wheels.filter(
      (wheel) => wheel.name.version === chosen.name.version && wheel.file !== chosen.file,
    );
  }
}

async function surveyMirrors(
  mirrors: readonly CandidateMirror[],
  query: WheelQuery,
): Promise<{ surveys: WheelSurvey[]; failures: CandidateFailure[] }> {
  const surveys: WheelSurvey[] = [];
  const failures: CandidateFailure[] = [];
  const answers = await Promise.allSettled(
    mirrors.map((mirror, index) => surveyWheels(mirror, index, query)),
  );
  for (const [mirrorIndex, answer] of answers.entries()) {
    if (answer.status === 'fulfilled') surveys.push(answer.value);
    else if (isMirrorFailure(answer.reason)) failures.push({ mirrorIndex, error: answer.reason });
    else throw answer.reason;
  }
  return { surveys, failures };
}

/** Returns false for defects, and for errors that concern the whole run. */
function isMirrorFailure(error: unknown): error is TfcacheError {
  if (!(error instanceof TfcacheError)) return false;
  return !['integrity', 'no-space', 'interrupted'].includes(error.code);
}

/** Python is run for its full version only if a wheel depends on it. `release` is undefined otherwise. */
async function determineCriteria(
  query: WheelQuery,
  wheels: readonly AvailableWheel[],
): Promise<{ criteria: WheelCriteria; release: PythonRelease | undefined }> {
  const { pythonVersion, ranks, search } = query;
  const { specifier, device } = search;
  const requirements = new RequiresPython();
  const dependsOnRelease = wheels.some(
    (wheel) =>
      matchesSpecifier(specifier, wheel.name.version) &&
      findBestTag(wheel.name, ranks) !== undefined &&
      requirements.dependsOnPatch(wheel.file.release?.requiresPython, pythonVersion),
  );
  const release = dependsOnRelease ? await query.getPythonRelease() : undefined;
  const fullVersion = (release ?? toPythonRelease(pythonVersion)).version;
  const supportsPython = ({ file }: AvailableWheel): boolean =>
    requirements.admits(file.release?.requiresPython, fullVersion);
  return { criteria: { specifier, ranks, device, supportsPython }, release };
}

/** Returns the file with its size and time, which some indexes do not list, or the error if it cannot be used. */
async function completeFile(
  request: Request,
  { name, file }: ChosenWheel,
  { bucket, lister }: CandidateMirror,
): Promise<ListedFile | TfcacheError> {
  if (file.release?.complete !== false) return file;
  try {
    const [listed] = await lister.listFolders(bucket, [file.path]);
    const [complete] = listed?.files ?? [];
    return (
      complete ?? createMissingFileError(request, name.fileName, lister.describeLocation(bucket))
    );
  } catch (error) {
    if (isMirrorFailure(error)) return error;
    throw error;
  }
}

function createMissingFileError(request: Request, name: string, where: string): TfcacheError {
  return createNothingMatchedError(
    request,
    'the package index lists a file that it does not have.',
    {
      where,
      found: name,
      hint: 'Run it again. If the file is still missing, use another index: this one is incomplete.',
    },
  );
}

function toArtifact(
  request: Request,
  id: string,
  chosen: ChosenWheel,
  bucket: string,
  criteria: WheelCriteria,
): Artifact {
  const { name, file, tag } = chosen;
  const notes = [
    ...(isUnrequestedPrerelease(chosen, criteria) ? ['pre-release'] : []),
    ...(isYanked(chosen) ? ['yanked'] : []),
  ];
  const title = `${name.distribution} ${name.version} (${tag.python}, ${tag.platform})`;
  return {
    request,
    id,
    title: [title, ...notes].join(', '),
    version: name.version,
    files: [toWantedFile(bucket, file)],
  };
}

function isUnrequestedPrerelease({ name }: AvailableWheel, { specifier }: WheelCriteria): boolean {
  return isPrerelease(name.version) && !specifier.namesPrerelease;
}

function createRemarks(
  chosen: ChosenWheel,
  criteria: WheelCriteria,
  query: WheelQuery,
  release: PythonRelease | undefined,
): ResolveRemark[] {
  const { project } = query.search;
  const { version } = chosen.name;
  const remarks: ResolveRemark[] = [];
  if (isUnrequestedPrerelease(chosen, criteria)) {
    remarks.push({
      level: 'info',
      text: `${project} has only pre-releases that match. Like pip, tfcache uses the newest one: ${version}.`,
    });
  }
  if (isYanked(chosen)) {
    const reason = chosen.file.release?.yankedReason;
    const explanation =
      reason === undefined ? '' : `, with the reason "${escapeControlCharacters(reason)}"`;
    remarks.push({
      level: 'warning',
      text: `${project} ${version} was yanked by its project${explanation}. It is used because the request pins this version.`,
    });
  }
  if (release?.isAssumed === true) {
    remarks.push({ level: 'info', text: `${describeAssumedRelease(query, release)}.` });
  }
  return remarks;
}
