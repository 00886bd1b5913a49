import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, readFileSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as v from 'valibot';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { toVariableName } from '../../src/cli/options.ts';
import { INPUT_NAMES } from '../../src/inputs/table.ts';
import { EXIT_CODES } from '../../src/platform/error.ts';
import { type ExampleMachine, prepareMachine } from '../support/example-job.ts';
import { type Job, startJob } from '../support/job.ts';
import { ROOT } from '../support/runner.ts';
import { HAS_YAML, readYaml } from '../support/yaml.ts';

const example = (path: string) => join(ROOT, 'examples', path);

const Environment = v.record(v.string(), v.string());

/** What one job of an example does, whichever CI it is for. */
interface Steps {
  environment: Record<string, string>;
  commands: readonly string[];
}

let job: Job;
let machine: ExampleMachine;

beforeEach(async () => {
  job = await startJob();
  machine = await prepareMachine(job);
});

afterEach(async () => {
  await job.stop();
});

/** Runs the commands with the example's own variables; only places that are not on this machine are others. */
async function runSteps({ environment, commands }: Steps, folder: string): Promise<void> {
  const here = { TFCACHE_MIRRORS: job.mirror, TFCACHE_STORE: machine.store };
  const replaced = Object.entries(here).filter(([name]) => name in environment);
  for (const command of commands) {
    const result = await machine.run(['sh', '-e', '-c', command], {
      folder,
      environment: { ...environment, ...Object.fromEntries(replaced) },
    });
    expect(result.exitCode, `${command}\n${result.stderr}`).toBe(0);
  }
  expect(readFileSync(join(folder, 'built'), 'utf8')).toBe('file afile b');
}

/** Twice, in fresh checkouts, the second time without a mirror. */
async function expectServedByStore(steps: Steps): Promise<void> {
  expect(steps.commands).toContainEqual(expect.stringMatching(/^tfcache pull\b/));
  expectKnown(steps.environment);
  await runSteps(steps, machine.checkout('first'));
  await job.daemon.stop();
  await runSteps(steps, machine.checkout('second'));
}

/** A variable that tfcache does not know would only be warned of. */
function expectKnown(environment: Record<string, string>): void {
  const known = INPUT_NAMES.map(toVariableName);
  const names = Object.keys(environment).filter((name) => name.startsWith('TFCACHE_'));
  expect(names.filter((name) => !known.includes(name))).toEqual([]);
}

describe.skipIf(!HAS_YAML)('GitLab CI', () => {
  const Retry = v.strictObject({ max: v.number(), exit_codes: v.number() });
  const GitLabJob = v.object({
    tags: v.optional(v.array(v.string())),
    variables: v.optional(Environment, {}),
    script: v.array(v.string()),
    retry: v.optional(Retry),
    cache: v.optional(
      v.object({ key: v.object({ files: v.array(v.string()) }), paths: v.array(v.string()) }),
    ),
  });
  const File = v.strictObject({
    variables: Environment,
    build: v.strictObject(GitLabJob.entries),
    'build-anywhere': v.strictObject(GitLabJob.entries),
  });
  const file = HAS_YAML ? v.parse(File, readYaml(example('gitlab/.gitlab-ci.yml'))[0]) : undefined;

  test('a runner with a disk', async () => {
    const { variables, build } = v.parse(File, file);
    expect(build.retry?.exit_codes).toBe(EXIT_CODES['no-mirror']);
    const environment = { ...variables, ...build.variables };
    await expectServedByStore({ environment, commands: build.script });
  });

  test('a runner without one: what the CI cached is taken as it is', async () => {
    const { variables, 'build-anywhere': anywhere } = v.parse(File, file);
    const steps = { environment: variables, commands: anywhere.script };
    expect(anywhere.cache).toEqual({
      key: { files: ['tfcache.lock'] },
      paths: ['tensorflow-artifacts/'],
    });
    const first = machine.checkout('first');
    await runSteps(steps, first);
    await job.daemon.stop();

    const second = machine.checkout('second');
    unpackCached(first, second);
    await runSteps(steps, second);
  });

  test('what the CI cached is not believed: other bytes of the same size and time are found', async () => {
    const { variables, 'build-anywhere': anywhere } = v.parse(File, file);
    const steps = { environment: variables, commands: anywhere.script };
    const first = machine.checkout('first');
    await runSteps(steps, first);

    const second = machine.checkout('second');
    unpackCached(first, second);
    const poisoned = join(second, 'tensorflow-artifacts/data/a.txt');
    const { atime, mtime, size } = statSync(poisoned);
    chmodSync(poisoned, 0o644);
    writeFileSync(poisoned, 'x'.repeat(size));
    utimesSync(poisoned, atime, mtime);
    await runSteps(steps, second);
  });

  /** As a runner does: an archive, unpacked in another place, where inodes are others. */
  function unpackCached(from: string, to: string): void {
    const archive = join(job.folder, 'cache.tar');
    execFileSync('tar', ['-cf', archive, '-C', from, 'tensorflow-artifacts']);
    execFileSync('tar', ['-xf', archive, '-C', to]);
  }
});

describe.skipIf(!HAS_YAML)('Buildkite', () => {
  const File = v.strictObject({
    env: Environment,
    steps: v.tuple([
      v.strictObject({
        label: v.string(),
        key: v.string(),
        agents: v.object({ queue: v.string() }),
        commands: v.array(v.string()),
        timeout_in_minutes: v.number(),
        retry: v.object({
          automatic: v.tuple([v.object({ exit_status: v.number(), limit: v.number() })]),
        }),
      }),
    ]),
  });

  test('an agent with a disk', async () => {
    const path = example('buildkite/.buildkite/pipeline.yml');
    const { env, steps } = v.parse(File, readYaml(path)[0]);
    expect(steps[0].retry.automatic[0].exit_status).toBe(EXIT_CODES['no-mirror']);
    // `pipeline upload` would put its own variables there.
    expect(readFileSync(path, 'utf8')).not.toContain('$');
    await expectServedByStore({ environment: env, commands: steps[0].commands });
  });
});

describe('Jenkins', () => {
  const text = readFileSync(example('jenkins/Jenkinsfile'), 'utf8');
  const block = /environment \{\n(?<lines>.*?)\n {2}\}/s.exec(text)?.groups?.['lines'] ?? '';
  const environment = Object.fromEntries(
    [...block.matchAll(/^\s*(\w+) = '(.*)'$/gm)].map(([, name = '', value = '']) => [name, value]),
  );
  const commands = [...text.matchAll(/^\s*sh '(.*)'$/gm)].map(([, command = '']) => command);

  test('an agent with a disk', async () => {
    expect(Object.keys(environment)).toContain('TFCACHE_STORE');
    await expectServedByStore({ environment, commands });
  });

  test('the report that is kept is JSON', async () => {
    const folder = machine.checkout('first');
    await runSteps({ environment, commands }, folder);
    const [, report = ''] = /archiveArtifacts artifacts: '(.*?)'/.exec(text) ?? [];
    expect(JSON.parse(readFileSync(join(folder, report), 'utf8'))).toHaveProperty('version');
  });

  // Jenkins' own validator needs a Jenkins; Groovy at least says whether it is Groovy.
  const hasGroovy = /^Groovy Version/m.test(
    spawnSync('groovy', ['--version'], { encoding: 'utf8' }).stdout ?? '',
  );
  test.skipIf(!hasGroovy)('is Groovy', () => {
    const compile = `new GroovyShell().parse(new File('${example('jenkins/Jenkinsfile')}'))`;
    expect(spawnSync('groovy', ['-e', compile], { encoding: 'utf8' }).stderr).toBe('');
  });
});
