import type { Log } from '../../log.ts';
import type { Capabilities } from './capabilities.ts';
import { rsyncEnvironment } from './environment.ts';
import { type Explained, explainFailure } from './exit.ts';
import type { DaemonLogin } from './exit-table.ts';
import { ensureRsync } from './install.ts';
import { comeTo, type Visit } from './manners.ts';
import { withOffer } from './modules.ts';
import { bypassesRsyncProxy, chooseProxy } from './proxy.ts';
import { formatPlace, type Remote } from './remote.ts';
import { type Outcome, politeSleep, type Sleep, withRetries } from './retry.ts';
import { runSession, type SessionResult } from './session.ts';
import { checkLogin, howToKnowHost, remoteShell, type SshLogin, withSshFolder } from './ssh.ts';
import type { RsyncUrl } from './url.ts';
import { parseRsyncPath, probeRsync } from './version.ts';

export interface ClientOptions {
  /** The input `rsync-path`. */
  rsyncPath: string;
  /** Seconds without progress. */
  timeout: number;
  /** Further tries after the first. */
  retries: number;
  /** `''`: it was set, and is empty. */
  password: string | undefined;
  /** `host:port` of an HTTP proxy before daemons; undefined: that of `RSYNC_PROXY`, if any. */
  proxy?: string | undefined;
  /** For `ssh://`. */
  ssh?: SshLogin;
  /** Where public hosts are remembered (`v1/hosts` of the store); undefined: nowhere. */
  hostsFolder?: string | undefined;
  /** Scrubbed before rsync sees it. */
  environment: NodeJS.ProcessEnv;
  log: Log;
  /** How to wait between tries; tests wait less. */
  sleep?: Sleep;
  /** Bytes of memory that one rsync may take; told by tests. */
  memoryLimit?: number;
  /** Told by tests; by name and address when absent. */
  isPublic?: (host: string) => Promise<boolean>;
}

/** What the arguments of a run depend on, beside what it is for. */
export interface Circumstances {
  timeout: number;
  capabilities: Capabilities;
  remoteShell: string | undefined;
}

/** What one run of rsync is for. */
export interface Run {
  remote: Remote;
  args(circumstances: Circumstances): readonly string[];
  names: readonly string[];
  onLine(line: Buffer): void;
  hasProgressed?(): Promise<boolean>;
  signal: AbortSignal | undefined;
}

interface Program {
  path: string;
  capabilities: Capabilities;
}

/** Runs rsync: with the program there is, the way to the other side, the manners there, and words for what goes wrong. */
export class RsyncClient {
  readonly #options: ClientOptions;
  readonly #environment: NodeJS.ProcessEnv;
  readonly #proxy: string | undefined;
  readonly #proxyNote: string | undefined;
  #hasSaidProxy = false;
  #program: Promise<Program> | undefined;
  readonly #visits = new Map<string, Promise<Visit>>();

  /** @throws TfcacheError `usage` for a proxy that is none. */
  constructor(options: ClientOptions) {
    const { proxy, note } = chooseProxy(options.proxy, options.environment);
    this.#options = options;
    this.#proxy = proxy;
    this.#proxyNote = note;
    this.#environment = rsyncEnvironment(options.environment, options.password);
  }

  /** The rsync program, made sure of once. */
  program(): Promise<Program> {
    this.#program ??= this.#prepare();
    return this.#program;
  }

  async #prepare(): Promise<Program> {
    const { log, environment } = this.#options;
    const { program, allowOld } = parseRsyncPath(this.#options.rsyncPath);
    const path = await ensureRsync({ rsyncPath: program, environment, log });
    const { warning, capabilities } = await probeRsync(
      path,
      this.#environment,
      allowOld ? 'allow-old' : 'refuse-old',
    );
    if (warning !== undefined) log.warning(warning);
    return { path, capabilities };
  }

  async run(run: Run): Promise<SessionResult> {
    const { remote } = run;
    if (remote.over === 'daemon') {
      this.#sayProxy(remote);
      return this.#runIn(undefined, undefined, run);
    }
    const { ssh = { privateKey: undefined, knownHosts: undefined }, environment } = this.#options;
    const agent = checkLogin(remote.url, ssh, environment);
    const shell = remoteShell(remote.url, { timeout: this.#options.timeout, agent });
    return withSshFolder(ssh, environment, (folder) => this.#runIn(folder, shell, run));
  }

  async #runIn(
    folder: string | undefined,
    shell: string | undefined,
    run: Run,
  ): Promise<SessionResult> {
    const { path, capabilities } = await this.program();
    const { timeout, log, memoryLimit } = this.#options;
    const args = run.args({ timeout, capabilities, remoteShell: shell });
    log.debug(`${path} ${args.map((arg) => JSON.stringify(arg)).join(' ')}`);
    return runSession({
      rsyncPath: path,
      environment: this.#environmentFor(run.remote),
      args,
      names: run.names,
      onLine: run.onLine,
      stallLimit: 3_000 * timeout,
      signal: run.signal,
      ...(folder === undefined ? {} : { folder }),
      ...(memoryLimit === undefined ? {} : { memoryLimit }),
      ...(run.hasProgressed === undefined ? {} : { hasProgressed: run.hasProgressed }),
    });
  }

  async retrying<T>(
    remote: Remote,
    signal: AbortSignal | undefined,
    attempt: () => Promise<Outcome<T>>,
  ): Promise<T> {
    const { log, sleep } = this.#options;
    const visit = await this.#visit(remote, signal);
    return withRetries(
      async () => {
        const outcome = await attempt();
        if ('value' in outcome) visit.answered();
        else if (outcome.failed.isReset) visit.shutOut();
        return outcome;
      },
      { retries: visit.retries, log, signal, ...(sleep === undefined ? {} : { sleep }) },
    );
  }

  #visit(remote: Remote, signal: AbortSignal | undefined): Promise<Visit> {
    const { retries, log, sleep = politeSleep, hostsFolder: folder, isPublic } = this.#options;
    const { host } = remote.url;
    const isPublicHere = remote.over === 'ssh' ? async () => false : isPublic;
    const manners = { folder, retries, log, sleep };
    const visit =
      this.#visits.get(host) ??
      comeTo(
        host,
        isPublicHere === undefined ? manners : { ...manners, isPublic: isPublicHere },
        signal,
      );
    this.#visits.set(host, visit);
    return visit;
  }

  /** The proxy on the way to a daemon, if there is one. */
  #proxyFor({ over, url }: Remote): string | undefined {
    if (over === 'ssh' || bypassesRsyncProxy(url, this.#options.environment)) return undefined;
    return this.#proxy;
  }

  #environmentFor(remote: Remote): NodeJS.ProcessEnv {
    const { environment, password } = this.#options;
    return rsyncEnvironment(environment, password, this.#proxyFor(remote));
  }

  #sayProxy(remote: Remote): void {
    if (this.#hasSaidProxy) return;
    this.#hasSaidProxy = true;
    const note = this.#proxyNote;
    if (this.#proxy !== undefined && this.#proxyFor(remote) === undefined) {
      this.#options.log.info(
        `rsync connects to ${remote.url.host} without the proxy ${this.#proxy} (NO_PROXY).`,
      );
      return;
    }
    if (note === undefined) return;
    if (this.#proxy === undefined) this.#options.log.warning(note);
    else this.#options.log.info(note);
  }

  async explain(
    remote: Remote,
    result: SessionResult,
    progressed: boolean,
    signal: AbortSignal | undefined,
  ): Promise<Explained> {
    const { complaints, ...ended } = result;
    const explained = explainFailure({
      ...ended,
      text: complaints.text,
      progressed,
      url: formatPlace(remote),
      timeout: this.#options.timeout,
      proxy: this.#proxyFor(remote),
      login: remote.over === 'daemon' ? loginOf(remote.url, this.#options.password) : undefined,
      howToKnowHost: remote.over === 'ssh' ? howToKnowHost(remote.url) : undefined,
    });
    if (remote.over === 'ssh' || !/@ERROR: Unknown module/.test(complaints.text)) return explained;
    const { path: rsyncPath } = await this.program();
    const program = {
      rsyncPath,
      environment: this.#environmentFor(remote),
      timeout: this.#options.timeout,
    };
    return { ...explained, error: await withOffer(explained.error, remote.url, program, signal) };
  }
}

function loginOf({ user }: RsyncUrl, password: string | undefined): DaemonLogin {
  if (user === undefined) return 'no-user';
  if (password === undefined) return 'no-password';
  return password === '' ? 'empty-password' : 'complete';
}
