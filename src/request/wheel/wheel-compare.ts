import type { ListedFile } from '../../bucket/file.ts';
import { TfcacheError } from '../../platform/error.ts';
import { wantedFile } from '../bucket.ts';
import type {
  Artifact,
  Comparison,
  Machine,
  PlaceFailure,
  Remark,
  Request,
  SearchPlace,
} from '../request.ts';
import { nothingMatched, printable } from '../request-error.ts';
import { type PythonRelease, RequiresPython, releaseOf } from '../version/requires-python.ts';
import { contains, isPrerelease } from '../version/specifier.ts';
import { bestTag } from '../version/tags.ts';
import {
  type ChosenWheel,
  chooseWheel,
  type HeldWheel,
  isYanked,
  type WheelNeeds,
} from './wheel-choice.ts';
import { wheelNotFound } from './wheel-not-found.ts';
import { describeAssumption, readWish, type WheelWish } from './wheel-search.ts';
import { surveyWheels, type WheelSurvey, wheelsOf } from './wheel-survey.ts';

/**
 * Asks every mirror and takes the best wheel of all, as pip does with several indexes.
 *
 * @param places mirrors in order of preference; at least one
 * @throws TfcacheError `usage` for a request that no wheel can fit
 */
export async function compareWheels(
  request: Request,
  id: string,
  places: readonly SearchPlace[],
  machine: Machine,
): Promise<Comparison> {
  const wish = await readWish(request, machine);
  const { surveys, failures } = await surveyAll(places, wish);
  const remarks: Remark[] = [];
  // A retry may mend what is unreachable: that is worth more than what it does not.
  const failure = failures.find(({ error }) => error.code === 'no-mirror') ?? failures[0];
  if (surveys.length === 0 && failure !== undefined) {
    return { outcome: failure.error, failures, remarks };
  }
  let wheels = wheelsOf(
    wish.search.project,
    surveys.flatMap((survey) => survey.wheels),
  );
  const { needs, release } = await readNeeds(wish, wheels);
  let unusable: TfcacheError | undefined;
  for (;;) {
    const choice = chooseWheel(wheels, needs);
    const { chosen } = choice;
    const place = chosen === undefined ? undefined : places[chosen.place];
    if (chosen === undefined || place === undefined) {
      const missing = { request, wish, needs, release, choice, surveys, failures };
      return { outcome: unusable ?? (await wheelNotFound(missing)), failures, remarks };
    }
    const file = await completeFile(request, chosen, place);
    if (!(file instanceof TfcacheError)) {
      remarks.push(...remarksOn(chosen, needs, wish, release));
      const artifact = artifactOf(request, id, { ...chosen, file }, place.bucket, needs);
      return { outcome: { artifact, place: chosen.place }, failures, remarks };
    }
    // Another mirror may hold the same version; an older one is not what was asked for.
    unusable ??= file;
    failures.push({ place: chosen.place, error: file });
    wheels = wheels.filter(
      (wheel) => wheel.name.version === chosen.name.version && wheel.file !== chosen.file,
    );
  }
}

async function surveyAll(
  places: readonly SearchPlace[],
  wish: WheelWish,
): Promise<{ surveys: WheelSurvey[]; failures: PlaceFailure[] }> {
  const surveys: WheelSurvey[] = [];
  const failures: PlaceFailure[] = [];
  const asked = await Promise.allSettled(
    places.map((place, position) => surveyWheels(place, position, wish)),
  );
  for (const [place, answer] of asked.entries()) {
    if (answer.status === 'fulfilled') surveys.push(answer.value);
    else if (isUnanswered(answer.reason)) failures.push({ place, error: answer.reason });
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
async function readNeeds(
  wish: WheelWish,
  wheels: readonly HeldWheel[],
): Promise<{ needs: WheelNeeds; release: PythonRelease | undefined }> {
  const { version, ranks, search } = wish;
  const { specifier, device } = search;
  const requirements = new RequiresPython();
  const decides = wheels.some(
    (wheel) =>
      contains(specifier, wheel.name.version) &&
      bestTag(wheel.name, ranks) !== undefined &&
      requirements.dependsOnPatch(wheel.file.release?.requiresPython, version),
  );
  const release = decides ? await wish.release() : undefined;
  const full = (release ?? releaseOf(version)).version;
  const supports = ({ file }: HeldWheel): boolean =>
    requirements.admits(file.release?.requiresPython, full);
  return { needs: { specifier, ranks, device, supports }, release };
}

/** The file with its size and time, which some indexes do not list; else why it cannot be used. */
async function completeFile(
  request: Request,
  { name, file }: ChosenWheel,
  { bucket, listing }: SearchPlace,
): Promise<ListedFile | TfcacheError> {
  if (file.release?.complete !== false) return file;
  try {
    const [alone] = await listing.folders(bucket, [file.path]);
    const [complete] = alone?.files ?? [];
    return complete ?? fileIsGone(request, name.fileName, listing.where(bucket));
  } catch (error) {
    if (isUnanswered(error)) return error;
    throw error;
  }
}

function fileIsGone(request: Request, name: string, where: string): TfcacheError {
  return nothingMatched(request, 'the package index names a file that it does not have.', {
    where,
    found: name,
    hint: 'It was removed a moment ago, or the index is a broken copy: run again, or name another index.',
  });
}

function artifactOf(
  request: Request,
  id: string,
  chosen: ChosenWheel,
  bucket: string,
  needs: WheelNeeds,
): Artifact {
  const { name, file, tag } = chosen;
  const marks = [
    ...(isUnaskedPrerelease(chosen, needs) ? ['pre-release'] : []),
    ...(isYanked(chosen) ? ['yanked'] : []),
  ];
  const title = `${name.distribution} ${name.version} (${tag.python}, ${tag.platform})`;
  return {
    request,
    id,
    title: [title, ...marks].join(', '),
    version: name.version,
    files: [wantedFile(bucket, file)],
  };
}

function isUnaskedPrerelease({ name }: HeldWheel, { specifier }: WheelNeeds): boolean {
  return isPrerelease(name.version) && !specifier.namesPrerelease;
}

function remarksOn(
  chosen: ChosenWheel,
  needs: WheelNeeds,
  wish: WheelWish,
  release: PythonRelease | undefined,
): Remark[] {
  const { project } = wish.search;
  const { version } = chosen.name;
  const remarks: Remark[] = [];
  if (isUnaskedPrerelease(chosen, needs)) {
    remarks.push({
      level: 'info',
      text: `${project} has only pre-releases that fit: ${version} is used, the newest one, as pip does.`,
    });
  }
  if (isYanked(chosen)) {
    const reason = chosen.file.release?.yankedReason;
    const why = reason === undefined ? '' : ` with the reason: ${printable(reason)}`;
    remarks.push({
      level: 'warning',
      text: `${project} ${version} was yanked by its project (PEP 592)${why}. It is used because the request pins this version.`,
    });
  }
  if (release?.isAssumed === true) {
    remarks.push({ level: 'info', text: `${describeAssumption(wish, release)}.` });
  }
  return remarks;
}
