/** Prints lines for people: as workflow commands in the action, to standard error in the command line. */
export interface Log {
  info(message: string): void;
  /** Reports a problem that did not stop the run; the message gives the reason. */
  warning(message: string): void;
  /** Reports what a person must check, although the run may continue: for example a checksum mismatch in a cache. */
  error(message: string): void;
  debug(message: string): void;
}

/** Receives the progress of a long step. Shown as a bar on a terminal, as a line every few seconds in a log. */
export interface Progress {
  /** Begins a step of so many files and bytes. */
  begin(step: string, totals: { files: number; bytes: number }): void;
  /** Adds the files and bytes that are done since the last call. */
  advance(done: { files?: number; bytes?: number }): void;
  end(): void;
}

/** Prints nothing. */
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
