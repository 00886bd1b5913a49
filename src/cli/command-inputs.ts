import { INPUTS, type InputName, type InputSpec } from '../inputs/table.ts';

/** Inputs that have a use on the command line; `artifacts` are its operands. */
export const OPTION_INPUTS: readonly InputSpec[] = INPUTS.filter((spec) => !spec.isActionOnly);

/** Commands that take a few inputs alone. The others bring something, and take all that a pull takes. */
const FEW: Readonly<Record<string, readonly InputName[]>> = {
  probe: ['mirrors', 'rsync-path', 'timeout', 'proxy', 'rsync-password'],
  store: ['store', 'store-max-size'],
};

/** What takes all inputs, for an error that names where an option belongs. */
const BRINGING = ['pull', 'lock', 'plan'];

/** The inputs that are options of a command; all when it is not known which. */
export function listCommandInputs(command: string | undefined): readonly InputSpec[] {
  const few = command === undefined ? undefined : FEW[command];
  return few === undefined ? OPTION_INPUTS : OPTION_INPUTS.filter(({ name }) => few.includes(name));
}

/** The commands that an input is an option of. */
export function listCommandsOfInput(name: InputName): string[] {
  const some = Object.keys(FEW).filter((command) => FEW[command]?.includes(name));
  return [...BRINGING, ...some];
}
