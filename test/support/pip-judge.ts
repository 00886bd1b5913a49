import { execFile, execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { IndexedWheel } from './index-server.ts';
import { pythonWith } from './python.ts';

/** A wheel that pip can read. */
export interface RealWheel extends Omit<IndexedWheel, 'name' | 'content'> {
  version: string;
  /** `cp311-cp311-manylinux2014_x86_64`; `py3-none-any` if left out. */
  tags?: string;
}

/** Programs whose `-m pip` is asked: those of the variable TFCACHE_TEST_PIPS (separated by `:`), else one of this machine. */
export const PIPS: readonly string[] =
  process.env['TFCACHE_TEST_PIPS']?.split(':') ?? [pythonWith('pip') ?? []].flat();

const BUILD = `
import base64,io,json,sys,zipfile
made=[]
name=sys.argv[2]
for version,tags,requires in json.loads(sys.argv[1]):
    data=io.BytesIO()
    with zipfile.ZipFile(data,'w') as z:
        folder='%s-%s.dist-info/'%(name,version)
        more='' if requires is None else 'Requires-Python: %s\\n'%requires
        z.writestr(folder+'METADATA','Metadata-Version: 2.1\\nName: %s\\nVersion: %s\\n%s'%(name,version,more))
        z.writestr(folder+'WHEEL','Wheel-Version: 1.0\\nRoot-Is-Purelib: true\\nTag: %s\\n'%tags)
        z.writestr(folder+'RECORD','')
    made.append(base64.b64encode(data.getvalue()).decode())
print(json.dumps(made))
`;

/** @param project a name that is the same in the names of files: letters and digits */
export function buildWheels(project: string, wheels: readonly RealWheel[]): IndexedWheel[] {
  const described = wheels.map(({ version, tags = 'py3-none-any', requiresPython }) => [
    version,
    tags,
    requiresPython ?? null,
  ]);
  const answer = execFileSync(pythonWith('zipfile') ?? '', [
    '-c',
    BUILD,
    JSON.stringify(described),
    project,
  ]);
  const contents: unknown = JSON.parse(answer.toString());
  if (!Array.isArray(contents)) throw new Error('no wheels were made');
  return wheels.map(({ version, tags = 'py3-none-any', ...facts }, index) => ({
    ...facts,
    name: `${project}-${version}-${tags}.whl`,
    content: Buffer.from(String(contents[index]), 'base64'),
  }));
}

/** The files that pip downloads from these indexes, sorted; none if a requirement cannot be met. */
export async function pipTakes(
  python: string,
  requirements: readonly string[],
  indexes: readonly string[],
  target: readonly string[],
): Promise<string[]> {
  const folder = mkdtempSync(join(tmpdir(), 'tfcache-pip-'));
  const [first = '', ...further] = indexes;
  const environment = Object.entries(process.env).filter(([name]) => !name.startsWith('PIP_'));
  try {
    await promisify(execFile)(
      python,
      [
        ...['-m', 'pip', 'download', '--no-deps', '--only-binary', ':all:', '--no-cache-dir'],
        ...['--disable-pip-version-check', '--dest', folder, '--index-url', first],
        ...further.flatMap((index) => ['--extra-index-url', index]),
        ...target,
        ...requirements,
      ],
      { env: { ...Object.fromEntries(environment), PIP_CONFIG_FILE: '/dev/null' } },
    );
    return readdirSync(folder).sort();
  } catch (error) {
    if (String(error).includes('No matching distribution found')) return [];
    throw error;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
