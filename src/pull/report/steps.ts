import { readSteadyClockMs } from '../../platform/clock.ts';
import type { StepTime } from '../../report/report.ts';

/** Times named steps; the list of names is the outline of a run. */
export interface Steps {
  readonly times: readonly StepTime[];
  run<T>(step: string, work: () => T | Promise<T>): Promise<T>;
}

export function createSteps(): Steps {
  const times: StepTime[] = [];
  return {
    times,
    async run(step, work) {
      const start = readSteadyClockMs();
      try {
        return await work();
      } finally {
        times.push({ step, milliseconds: Math.round(readSteadyClockMs() - start) });
      }
    },
  };
}
