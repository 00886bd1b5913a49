import { execFileSync } from 'node:child_process';

/**
 * A python on this machine that can import the module; undefined when there is none, and the test is skipped.
 *
 * @param condition more that must hold, as Python writes it.
 */
export function pythonWith(module: string, condition = 'True'): string | undefined {
  for (const program of ['python3', 'python', '/usr/bin/python3']) {
    try {
      execFileSync(program, ['-c', `import ${module}\nassert ${condition}`], { stdio: 'ignore' });
      return program;
    } catch {
      // Not there, or without the module: the next one may do.
    }
  }
  return undefined;
}

/** One with a module of `packaging` that knows all that we do: Debian 12's is of 2022, and compares some otherwise. */
export function pythonWithPackaging(module: string): string | undefined {
  const condition = "int(__import__('packaging').__version__.split('.')[0]) >= 24";
  return pythonWith(`packaging.${module}`, condition);
}
