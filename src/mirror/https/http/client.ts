import http, { type IncomingHttpHeaders, type IncomingMessage } from 'node:http';
import https from 'node:https';
import { TfcacheError } from '../../../platform/error.ts';
import { errorCode } from '../../../platform/files/file-error.ts';
import type { Log } from '../../../platform/log.ts';
import { isProxied, readWebProxies } from '../../../platform/proxy/web-proxy.ts';
import { createCancelledError, throwIfCancelled } from '../../cancelled.ts';
import type { GetAuthorization } from './authorize.ts';
import { createNetworkError, formatUrlForDisplay, RetryableError } from './network-error.ts';
import { checkUrlScheme, isPlainHttpAllowed } from './transport.ts';

/** Redirects followed for one request. */
const MAX_REDIRECTS = 5;

export interface HttpClientOptions {
  environment: NodeJS.ProcessEnv;
  /** Sockets at once to one host. */
  connections: number;
  /** Seconds to wait for the head of an answer. */
  timeout: number;
  /** Hosts that may be asked over plain http://, besides this machine itself. */
  plainHttpHosts: readonly string[];
  authorize?: GetAuthorization;
  log: Log;
}

/** `empty-password`: a user name with an empty password. */
export type SentLogin = 'none' | 'empty-password' | 'complete';

export interface HttpRequest {
  method?: 'GET' | 'HEAD';
  headers?: Readonly<Record<string, string>>;
  signal?: AbortSignal | undefined;
}

/** The head of an answer; the body is still on its way and must be read to its end or destroyed. */
export interface HttpResponse {
  status: number;
  reason: string;
  headers: IncomingHttpHeaders;
  /** Where the answer came from, after redirects. */
  url: URL;
  /** The credentials that were sent with the request. */
  login: SentLogin;
  body: IncomingMessage;
}

export interface HttpClient {
  /**
   * Sends a request without body and follows redirects.
   * @throws PassingFailure when another try may do better, TfcacheError `no-mirror` when not, `failed` when cancelled.
   */
  sendRequest(url: URL, request?: HttpRequest): Promise<HttpResponse>;
}

/**
 * A client over Node's own http and https: compared with its fetch it moves 1 GiB over loopback with a third less
 * processor time, loads in a quarter of the time, and goes through proxies without a package.
 */
export function createHttpClient(options: HttpClientOptions): HttpClient {
  const agentFor = createAgents(options.environment, options.connections, options.log);

  function send(url: URL, request: HttpRequest): Promise<HttpResponse> {
    const secure = url.protocol === 'https:';
    return new Promise((resolve, reject) => {
      const sent = (secure ? https : http).request(url, {
        agent: agentFor(url),
        method: request.method ?? 'GET',
        headers: headersFor(url, request, options),
        ...(request.signal === undefined ? {} : { signal: request.signal }),
      });
      const deadline = setTimeout(() => {
        sent.destroy(createNoAnswerError(url, options.timeout));
      }, options.timeout * 1000);
      let answered = false;
      sent.once('response', (body) => {
        clearTimeout(deadline);
        answered = true;
        resolve({
          status: body.statusCode ?? 0,
          reason: body.statusMessage ?? '',
          headers: body.headers,
          url,
          login: loginFor(url, options),
          body,
        });
      });
      // A later error (the body breaks off) is told by the body itself; this listener only keeps it from being thrown.
      sent.on('error', (error) => {
        clearTimeout(deadline);
        if (answered) return;
        // The server closed an idle connection in the moment it was taken up again: not a failure of this request.
        if (sent.reusedSocket && errorCode(error) === 'ECONNRESET') {
          resolve(send(url, request));
          return;
        }
        reject(
          request.signal?.aborted === true
            ? createCancelledError(request.signal)
            : createNetworkError(error, url),
        );
      });
      sent.end();
    });
  }

  return {
    async sendRequest(start, request = {}) {
      let url = start;
      for (let redirects = 0; ; redirects += 1) {
        throwIfCancelled(request.signal);
        checkUrlScheme(url, options.plainHttpHosts);
        const response = await send(url, request);
        const target = redirectTarget(response);
        if (target === undefined) return response;
        response.body.destroy();
        if (redirects >= MAX_REDIRECTS) throw tooManyRedirects(start);
        checkRedirect(url, target, options.plainHttpHosts);
        url = target;
      }
    },
  };
}

function loginFor(url: URL, { authorize }: HttpClientOptions): SentLogin {
  const authorization = authorize?.(url);
  if (authorization === undefined) return 'none';
  const [, encoded = ''] = authorization.split(' ');
  return Buffer.from(encoded, 'base64').toString().endsWith(':') ? 'empty-password' : 'complete';
}

function headersFor(
  url: URL,
  request: HttpRequest,
  options: HttpClientOptions,
): Record<string, string> {
  const authorization = options.authorize?.(url);
  return {
    'user-agent': 'tfcache',
    accept: '*/*',
    // A compressed answer has another length and other ranges than the file.
    'accept-encoding': 'identity',
    ...(authorization === undefined ? {} : { authorization }),
    ...request.headers,
  };
}

function redirectTarget(response: HttpResponse): URL | undefined {
  if (![301, 302, 303, 307, 308].includes(response.status)) return undefined;
  const { location } = response.headers;
  if (location !== undefined && URL.canParse(location, response.url.href)) {
    return new URL(location, response.url);
  }
  response.body.destroy();
  throw new TfcacheError('protocol-error', 'The mirror redirects to nowhere.', {
    where: formatUrlForDisplay(response.url),
    found: `HTTP ${response.status}, Location: ${location ?? 'missing'}`,
    hint: 'Tell who runs the mirror, or name another one.',
  });
}

function checkRedirect(from: URL, to: URL, plainHttpHosts: readonly string[]): void {
  const downgrade = from.protocol === 'https:' && to.protocol !== 'https:';
  if (!downgrade && (to.protocol === 'https:' || isPlainHttpAllowed(to, plainHttpHosts))) return;
  throw new TfcacheError('captive-portal', 'The mirror redirects to an address that is not safe.', {
    where: formatUrlForDisplay(from),
    expected: 'an https:// address',
    found: formatUrlForDisplay(to),
    hint: 'A captive portal may answer in its place; else name the mirror’s final https:// address in mirrors.',
  });
}

function tooManyRedirects(url: URL): TfcacheError {
  return new TfcacheError(
    'protocol-error',
    `The mirror redirects more than ${MAX_REDIRECTS} times.`,
    {
      where: formatUrlForDisplay(url),
      hint: 'It probably redirects in a circle: open the address in a browser, or name another mirror.',
    },
  );
}

function createNoAnswerError(url: URL, timeout: number): RetryableError {
  return new RetryableError(
    new TfcacheError('mirror-timeout', `${url.host} did not answer within ${timeout} seconds.`, {
      where: formatUrlForDisplay(url),
      hint: 'It accepts connections and stays silent, or a firewall drops them: set HTTPS_PROXY if this network needs a proxy, raise timeout, or name another mirror.',
    }),
  );
}

/** Returns the agent for requests to a URL. */
type GetAgent = (url: URL) => http.Agent;

/**
 * Creates keep-alive agents that go through the proxy of the given environment, and directly to the hosts of `NO_PROXY`. Node's
 * own agents do the proxying (https://nodejs.org/api/http.html#built-in-proxy-support): plain requests by absolute URL, TLS
 * through CONNECT.
 *
 * @param connections sockets at once to one host.
 */
function createAgents(environment: NodeJS.ProcessEnv, connections: number, log: Log): GetAgent {
  const options = { keepAlive: true, maxSockets: connections, maxFreeSockets: connections };
  const proxyEnv: NodeJS.ProcessEnv = { ...readWebProxies(environment, log) };
  const pair = (more: { proxyEnv?: NodeJS.ProcessEnv }) => ({
    'http:': new http.Agent({ ...options, ...more }),
    'https:': new https.Agent({ ...options, ...more }),
  });
  const [direct, proxied] = [pair({}), pair({ proxyEnv })];
  return (url) => {
    const agents = isProxied(url, environment) ? proxied : direct;
    return agents[url.protocol === 'https:' ? 'https:' : 'http:'];
  };
}
