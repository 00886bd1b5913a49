/** Where lines for people go. The edges implement it: workflow commands in the action, standard error in the command line. */
export interface Log {
  info(message: string): void;
  /** Something went wrong that did not stop the run; the reason belongs in the message. */
  warning(message: string): void;
  /** Something a person must look at, though the run may go on (for example wrong bytes from a cache). */
  error(message: string): void;
  debug(message: string): void;
}

/** What a long step tells while it works. The edges render it: a bar on a terminal, a line every few seconds in a log. */
export interface Progress {
  /** A step begins; totals are in files and bytes. */
  begin(step: string, totals: { files: number; bytes: number }): void;
  /** More of the running step is done: files and bytes since the last call. */
  advance(done: { files?: number; bytes?: number }): void;
  end(): void;
}

/** Says nothing: for tests and for callers that have no one to tell. */
export const silentLog: Log = {
  info: () => undefined,
  warning: () => undefined,
  error: () => undefined,
  debug: () => undefined,
};

export const silentProgress: Progress = {
  begin: () => undefined,
  advance: () => undefined,
  end: () => undefined,
};
