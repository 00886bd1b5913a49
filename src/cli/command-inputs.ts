import { INPUTS, type InputName, type InputSpec } from '../inputs/table.ts';

/** The inputs that are options of the command line. The operands are the input `artifacts`. */
export const OPTION_INPUTS: readonly InputSpec[] = INPUTS.filter((spec) => !spec.isActionOnly);

/** Commands that take only some inputs. The other commands pull artifacts and take all inputs. */
const LIMITED: Readonly<Record<string, readonly InputName[]>> = {
  probe: ['mirrors', 'rsync-path', 'timeout', 'proxy', 'rsync-password'],
  store: ['store', 'store-max-size'],
};

/** Commands that take all inputs, for an error that names the commands of an option. */
const PULLING = ['pull', 'lock', 'plan'];

/** Returns the inputs that are options of a command. Returns all inputs if the command is undefined. */
export function listCommandInputs(command: string | undefined): readonly InputSpec[] {
  const names = command === undefined ? undefined : LIMITED[command];
  return names === undefined
    ? OPTION_INPUTS
    : OPTION_INPUTS.filter(({ name }) => names.includes(name));
}

/** Returns the commands that have an input as an option. */
export function listCommandsOfInput(name: InputName): string[] {
  const limited = Object.keys(LIMITED).filter((command) => LIMITED[command]?.includes(name));
  return [...PULLING, ...limited];
}
