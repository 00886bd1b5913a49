/** A project's name as PEP 503 compares it: lower case, every run of `-`, `_` and `.` one `-`. */
export function normalizeProject(name: string): string {
  return name.toLowerCase().replace(/[-_.]+/g, '-');
}

/** True for what the core metadata allow as a project's name. */
export function isProjectName(name: string): boolean {
  return /^[a-z0-9](?:[a-z0-9._-]*[a-z0-9])?$/i.test(name);
}
