/** One line of the `filters` input, parsed. The semantics are those of rsync(1), "FILTER RULES". */
export interface FilterRule {
  /** The line as written. */
  text: string;
  /** Line in the input, counted from 1. */
  line: number;
  action: 'include' | 'exclude';
  /** The pattern without leading and trailing slash. */
  pattern: string;
  /** A leading slash: the pattern stands at the root of the bucket. */
  anchored: boolean;
  /** A trailing slash: only folders match. */
  foldersOnly: boolean;
  /** The modifier `!`: true where the pattern does not match. */
  negated: boolean;
}
