import { type Sleep, sleepUntilAborted } from '../../../platform/concurrency/backoff.ts';
import type { Log } from '../../../platform/log.ts';
import { type ExplainedFailure, explainRsyncFailure } from '../exit/exit.ts';
import type { DaemonLogin } from '../exit/exit-explanation.ts';
import { addModulesToError } from '../output/modules.ts';
import { applyRateLimit, type RateLimit } from '../rate-limit/rate-limit.ts';
import { isTlsPort, type SecureAddress } from '../tls/secure-socket.ts';
import { createTlsRequiredFailure } from '../tls/tls-instead.ts';
import { type Tunnel, withTunnel } from '../tls/tunnel.ts';
import { bypassesRsyncProxy, chooseProxy } from '../url/proxy.ts';
import { formatRemoteUrl, type Remote } from '../url/remote.ts';
import { getRsyncPort, type RsyncUrl } from '../url/rsync-url.ts';
import type { Capabilities } from './capabilities.ts';
import { buildRsyncEnvironment } from './environment.ts';
import { ensureRsync } from './install.ts';
import { type AttemptResult, withRetries } from './retry.ts';
import { runSession, type SessionResult } from './session.ts';
import {
  checkSshLogin,
  describeHostKeyCommand,
  formatRemoteShell,
  type SshLogin,
  withSshFolder,
} from './ssh.ts';
import { parseRsyncPath, probeRsync } from './version.ts';

export interface RsyncClientOptions {
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
  /** The folder of the host records (`v1/hosts` in the store). If undefined, nothing is recorded. */
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
export interface RunContext {
  /** Where rsync connects to: for TLS a tunnel on this machine. */
  remote: Remote;
  timeout: number;
  capabilities: Capabilities;
  remoteShell: string | undefined;
}

/** What one run of rsync is for. */
export interface RsyncRun {
  remote: Remote;
  args(circumstances: RunContext): readonly string[];
  names: readonly string[];
  onLine(line: Buffer): void;
  hasProgressed?(): Promise<boolean>;
  signal: AbortSignal | undefined;
}

/** How a run ended; `connectFailure` says why a daemon was not reached by TLS. */
export interface RsyncRunResult extends SessionResult {
  connectFailure?: ExplainedFailure;
}

/** How rsync gets to the other side. */
interface Way {
  environment: NodeJS.ProcessEnv;
  /** For SSH: holds the key. */
  folder: string | undefined;
  shell: string | undefined;
}

/** Milliseconds for the look whether a port that closed the connection speaks TLS. */
const TLS_CHECK_MS = 5_000;

interface Program {
  path: string;
  capabilities: Capabilities;
}

/** Runs rsync: finds the program, connects to the mirror, applies the rate limit, retries, and explains failures. */
export class RsyncClient {
  readonly #options: RsyncClientOptions;
  readonly #environment: NodeJS.ProcessEnv;
  readonly #proxy: string | undefined;
  readonly #proxyNote: string | undefined;
  #hasLookedForTls = false;
  #hasSaidProxy = false;
  #program: Promise<Program> | undefined;
  readonly #rateLimits = new Map<string, Promise<RateLimit>>();

  /** @throws TfcacheError `usage` for a proxy that is none. */
  constructor(options: RsyncClientOptions) {
    const { proxy, note } = chooseProxy(options.proxy, options.environment);
    this.#options = options;
    this.#proxy = proxy;
    this.#proxyNote = note;
    this.#environment = buildRsyncEnvironment(options.environment, options.password);
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

  async run(run: RsyncRun): Promise<RsyncRunResult> {
    const { remote } = run;
    if (remote.over === 'daemon') {
      this.#sayProxy(remote);
      return this.#reaching(remote.url, run.signal, async (url, environment, tunnel) => {
        const reached = { ...run, remote: { over: 'daemon' as const, url } };
        const result = await this.#runIn(
          { environment, folder: undefined, shell: undefined },
          reached,
        );
        const connectFailure = tunnel?.failure();
        return connectFailure === undefined ? result : { ...result, connectFailure };
      });
    }
    const { ssh = { privateKey: undefined, knownHosts: undefined }, environment } = this.#options;
    const agent = checkSshLogin(remote.url, ssh, environment);
    const shell = formatRemoteShell(remote.url, { timeout: this.#options.timeout, agent });
    const rsyncs = { environment: this.#environmentFor(remote), shell };
    return withSshFolder(ssh, environment, (folder) => this.#runIn({ ...rsyncs, folder }, run));
  }

  /** Runs `work` with the URL at which rsync reaches a daemon: for TLS, that of a tunnel on this machine. */
  async #reaching<T>(
    url: RsyncUrl,
    signal: AbortSignal | undefined,
    work: (url: RsyncUrl, environment: NodeJS.ProcessEnv, tunnel: Tunnel | undefined) => Promise<T>,
  ): Promise<T> {
    if (url.scheme === 'rsync') {
      return work(url, this.#environmentFor({ over: 'daemon', url }), undefined);
    }
    const { environment, password } = this.#options;
    // The tunnel goes through the proxy, rsync does not.
    const direct = buildRsyncEnvironment(environment, password, undefined);
    return withTunnel(this.#addressOf(url, signal), (tunnel) =>
      work({ ...url, scheme: 'rsync', host: '127.0.0.1', port: tunnel.port }, direct, tunnel),
    );
  }

  #addressOf(url: RsyncUrl, signal: AbortSignal | undefined): SecureAddress {
    const remote: Remote = { over: 'daemon', url };
    return {
      host: url.host,
      port: getRsyncPort(url),
      proxy: this.#proxyFor(remote),
      url: formatRemoteUrl(remote),
      limitMs: 1000 * this.#options.timeout,
      signal,
    };
  }

  async #runIn({ folder, shell, environment }: Way, run: RsyncRun): Promise<SessionResult> {
    const { path, capabilities } = await this.program();
    const { timeout, log, memoryLimit } = this.#options;
    const args = run.args({ timeout, capabilities, remoteShell: shell, remote: run.remote });
    log.debug(`${path} ${args.map((arg) => JSON.stringify(arg)).join(' ')}`);
    return runSession({
      rsyncPath: path,
      environment,
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

  async runWithRetries<T>(
    remote: Remote,
    signal: AbortSignal | undefined,
    attempt: () => Promise<AttemptResult<T>>,
  ): Promise<T> {
    const { log, sleep } = this.#options;
    const rateLimit = await this.#rateLimit(remote, signal);
    return withRetries(
      async () => {
        const outcome = await attempt();
        if ('value' in outcome) rateLimit.recordAnswer();
        else if (outcome.failed.isReset) rateLimit.recordBlock();
        return outcome;
      },
      { retries: rateLimit.retries, log, signal, ...(sleep === undefined ? {} : { sleep }) },
    );
  }

  #rateLimit(remote: Remote, signal: AbortSignal | undefined): Promise<RateLimit> {
    const {
      retries,
      log,
      sleep = sleepUntilAborted,
      hostsFolder: folder,
      isPublic,
    } = this.#options;
    const { host } = remote.url;
    const isPublicHere = remote.over === 'ssh' ? async () => false : isPublic;
    const limitOptions = { folder, retries, log, sleep };
    const rateLimit =
      this.#rateLimits.get(host) ??
      applyRateLimit(
        host,
        isPublicHere === undefined ? limitOptions : { ...limitOptions, isPublic: isPublicHere },
        signal,
      );
    this.#rateLimits.set(host, rateLimit);
    return rateLimit;
  }

  /** The proxy on the way to a daemon, if there is one. */
  #proxyFor(remote: Remote): string | undefined {
    if (remote.over === 'ssh') return undefined;
    const address = { host: remote.url.host, port: getRsyncPort(remote.url) };
    if (bypassesRsyncProxy(address, this.#options.environment)) return undefined;
    return this.#proxy;
  }

  #environmentFor(remote: Remote): NodeJS.ProcessEnv {
    const { environment, password } = this.#options;
    return buildRsyncEnvironment(environment, password, this.#proxyFor(remote));
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
    result: RsyncRunResult,
    progressed: boolean,
    signal: AbortSignal | undefined,
  ): Promise<ExplainedFailure> {
    const { complaints, connectFailure, ...ended } = result;
    if (connectFailure !== undefined && result.stopped !== 'aborted') return connectFailure;
    const explained = explainRsyncFailure({
      ...ended,
      text: complaints.text,
      progressed,
      url: formatRemoteUrl(remote),
      timeout: this.#options.timeout,
      proxy: this.#proxyFor(remote),
      login: remote.over === 'daemon' ? loginOf(remote.url, this.#options.password) : undefined,
      howToKnowHost: remote.over === 'ssh' ? describeHostKeyCommand(remote.url) : undefined,
    });
    if (remote.over === 'ssh') return explained;
    if (explained.isReset === true && remote.url.scheme === 'rsync') {
      return (await this.#explainTls(remote.url, signal)) ?? explained;
    }
    if (!/@ERROR: Unknown module/.test(complaints.text)) return explained;
    const { path: rsyncPath } = await this.program();
    const { timeout } = this.#options;
    const error = await this.#reaching(remote.url, signal, (url, environment) =>
      addModulesToError(explained.error, url, { rsyncPath, environment, timeout }, signal),
    );
    return { ...explained, error };
  }

  /**
   * A port that speaks TLS closes or resets a connection without it, as a mirror does that has banned this address. One
   * connection a run tells them apart; a public mirror, where every connection counts, is spared it.
   */
  async #explainTls(
    url: RsyncUrl,
    signal: AbortSignal | undefined,
  ): Promise<ExplainedFailure | undefined> {
    const rateLimit = await this.#rateLimit({ over: 'daemon', url }, signal);
    if (this.#hasLookedForTls || rateLimit.isPublic) return undefined;
    this.#hasLookedForTls = true;
    const address = this.#addressOf(url, signal);
    const limitMs = Math.min(TLS_CHECK_MS, address.limitMs);
    return (await isTlsPort({ ...address, limitMs })) ? createTlsRequiredFailure(url) : undefined;
  }
}

function loginOf({ user }: RsyncUrl, password: string | undefined): DaemonLogin {
  if (user === undefined) return 'no-user';
  if (password === undefined) return 'no-password';
  return password === '' ? 'empty-password' : 'complete';
}
