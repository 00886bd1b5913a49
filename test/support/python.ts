import { execFileSync } from 'node:child_process';

/** A python on this machine that can import the module; undefined when there is none, and the test is skipped. */
export function pythonWith(module: string): string | undefined {
  for (const program of ['python3', 'python', '/usr/bin/python3']) {
    try {
      execFileSync(program, ['-c', `import ${module}`], { stdio: 'ignore' });
      return program;
    } catch {
      // Not there, or without the module: the next one may do.
    }
  }
  return undefined;
}
