import { mkdtempSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import * as core from '@actions/core';
import type { InputContext } from '../inputs/parse.ts';
import { suggestInputName } from '../inputs/suggest-input-name.ts';
import type { RawInputs } from '../inputs/table.ts';
import { INPUTS } from '../inputs/table.ts';
import { findUrlSecrets } from '../inputs/url-secrets.ts';
import { findPipCredentialUrls } from '../mirror/package-index/pip-credential-urls.ts';
import type { Log } from '../platform/log.ts';

/** Every input as the runner gives it. Secrets are masked before anything else can be printed. */
export function readInputs(): RawInputs {
  const raw: Record<string, string> = {};
  for (const { name, kind } of INPUTS) {
    // Not set differs from set and empty, which is what a missing secret looks like.
    if (kind === 'secret' && process.env[`INPUT_${name.toUpperCase()}`] === undefined) continue;
    // Untrimmed, so that errors count lines as the user's file does.
    const value = core.getInput(name, { trimWhitespace: false });
    if (kind === 'secret') maskSecret(value);
    else maskPasswords(value);
    raw[name] = value;
  }
  for (const name of PROXY_VARIABLES) {
    for (const variable of [name, name.toLowerCase()]) maskPasswords(process.env[variable] ?? '');
  }
  // The default of `mirrors` has pypi=pip.
  const { env: environment, platform } = process;
  for (const address of findPipCredentialUrls({ environment, platform })) maskPasswords(address);
  return raw;
}

const PROXY_VARIABLES = ['HTTP_PROXY', 'HTTPS_PROXY', 'ALL_PROXY', 'RSYNC_PROXY'];

function maskPasswords(text: string): void {
  for (const password of findUrlSecrets(text)) core.setSecret(password);
}

function maskSecret(value: string): void {
  for (const secret of new Set([value, value.trim(), ...value.split(/\r?\n/)])) {
    if (secret.trim() !== '') core.setSecret(secret);
  }
}

/** A runner sets `INPUT_NAME` for whatever stands below `with:`: a slip in a name would be ignored in silence. */
export function warnAboutUnknownInputs(
  environment: NodeJS.ProcessEnv,
  log: Pick<Log, 'warning'>,
): void {
  for (const variable of Object.keys(environment)) {
    const name = /^INPUT_(.+)$/.exec(variable)?.[1]?.toLowerCase();
    if (name === undefined || INPUTS.some((spec) => spec.name === name)) continue;
    const meant = suggestInputName(name);
    if (meant !== undefined) log.warning(`There is no input ${name}. Did you mean ${meant}?`);
  }
}

/** Where the job runs. */
export function getRunnerContext(): InputContext {
  return {
    workspace: process.env['GITHUB_WORKSPACE'] || process.cwd(),
    temporaryFolder: getRunnerTemporaryFolder(),
    homeFolder: homedir(),
  };
}

/** The folder that a runner empties for every job; outside of a runner a new one of our own. */
export function getRunnerTemporaryFolder(): string {
  return process.env['RUNNER_TEMP'] || mkdtempSync(join(tmpdir(), 'tfcache-'));
}
