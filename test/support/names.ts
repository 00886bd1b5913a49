/** File names that go wrong somewhere: in shells, in options, in lines, in encodings. */
export const AWKWARD_NAMES = [
  'with space',
  "single'quote",
  'double"quote',
  'back\\slash',
  'new\nline',
  'tab\tstop',
  '中文',
  'é as two: e\u0301',
  '-leading-dash',
  '#hash',
  '%41',
  '$(touch x)',
  '*',
  '🐱',
] as const;
