import { suggestName } from '../../request/similar-names.ts';
import type { Names, Problem } from '../report/report.ts';
import type { Site } from '../status/known-sites.ts';

const SHOWN = 8;

/** Completes the problem of a module that is not there: what there is instead, and what became of this one. */
export function explainModule(
  problem: Problem,
  module: string,
  offered: Names | undefined,
  site: Site | undefined,
): Problem {
  if (problem.kind !== 'unknown-module') return problem;
  const slip = suggestName(module, offered?.names ?? []);
  const retired = site !== undefined && module === 'tensorflow' ? `${site.tensorflow}. ` : '';
  return {
    ...problem,
    message: `The mirror has no module ${module}; it ${offers(offered)}.`,
    hint: `${retired}${slip === undefined ? 'Correct the module in the URL, or name another mirror.' : `Did you mean ${slip}?`}`,
  };
}

/** `offers a, b and 4 more` */
export function offers(offered: Names | undefined): string {
  if (offered === undefined || offered.total === 0) return 'offers none by name';
  const shown = offered.names.slice(0, SHOWN);
  const more = offered.total - shown.length;
  return `offers ${shown.join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}
