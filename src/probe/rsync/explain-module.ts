import { suggestName } from '../../platform/text/similar-names.ts';
import type { NameList, Problem } from '../report/report.ts';
import type { MirrorSite } from '../status/known-sites.ts';

const MAX_SHOWN_NAMES = 8;

/** Completes the problem of a module that is not there: what there is instead, and what became of this one. */
export function explainUnknownModule(
  problem: Problem,
  module: string,
  offered: NameList | undefined,
  site: MirrorSite | undefined,
): Problem {
  if (problem.reason !== 'module-unknown') return problem;
  const slip = suggestName(module, offered?.names ?? []);
  const retired = site !== undefined && module === 'tensorflow' ? `${site.tensorflow}. ` : '';
  return {
    ...problem,
    message: `The mirror has no module ${module}; it ${formatOfferedNames(offered)}.`,
    hint: `${retired}${slip === undefined ? 'Correct the module in the URL, or name another mirror.' : `Did you mean ${slip}?`}`,
  };
}

/** `offers a, b and 4 more` */
export function formatOfferedNames(offered: NameList | undefined): string {
  if (offered === undefined || offered.total === 0) return 'offers none by name';
  const shown = offered.names.slice(0, MAX_SHOWN_NAMES);
  const more = offered.total - shown.length;
  return `offers ${shown.join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}
