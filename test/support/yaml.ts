import { execFileSync } from 'node:child_process';
import { pythonWith } from './python.ts';

const READ = 'import json,sys,yaml; print(json.dumps(list(yaml.safe_load_all(open(sys.argv[1])))))';

/** Whether this machine's Python can read YAML (python3-yaml): the project itself needs no reader of YAML. */
export const HAS_YAML: boolean = pythonWith('yaml') !== undefined;

/** All documents of a YAML file. */
export function readYaml(file: string): unknown[] {
  const text = execFileSync(pythonWith('yaml') ?? 'python3', ['-c', READ, file], {
    encoding: 'utf8',
  });
  const documents: unknown = JSON.parse(text);
  if (!Array.isArray(documents)) throw new Error(`${file}: not a list of documents`);
  return documents;
}
