import { type ErrorDetails, type ErrorReason, TfcacheError } from '../../../platform/error.ts';
import { EMPTY_SECRETS_HINT } from '../../empty-secrets.ts';
import type { HttpResponse } from './client.ts';
import { createProxyLoginError, formatUrlForDisplay, RetryableError } from './network-error.ts';

/** Longest wait that is honoured, in seconds; a server that asks for more is not waited for. */
export const MAX_RETRY_AFTER_SECONDS = 300;

/** An answer that a retry does not change (`configuration`), with its status for those who can do without. */
export class StatusError extends TfcacheError {
  readonly status: number;

  constructor(reason: ErrorReason, status: number, message: string, details: ErrorDetails) {
    super(reason, message, details);
    this.status = status;
  }
}

/** True for the answers that say "not now": another try may help. */
export function isRetryableStatus(status: number): boolean {
  return [408, 425, 429, 500, 502, 503, 504].includes(status);
}

/** True for the answers that mean "there is no such thing": never for 401 and 403, which mean "not for you". */
export function isMissingStatus(status: number): boolean {
  return status === 404 || status === 410;
}

/**
 * What an answer without the wanted content means.
 * https://www.rfc-editor.org/rfc/rfc9110#name-status-codes, 511: https://www.rfc-editor.org/rfc/rfc6585#section-6
 */
export function createStatusError(response: HttpResponse): RetryableError | TfcacheError {
  const { status } = response;
  const details = {
    where: formatUrlForDisplay(response.url),
    found: `HTTP ${status} ${response.reason}`.trim(),
  };
  if (isRetryableStatus(status)) return createBusyError(response, details);
  switch (status) {
    case 401:
      return createLoginError(response, details);
    case 403:
      return new StatusError('access-denied', status, `The mirror refuses access (${status}).`, {
        ...details,
        hint: 'This is not "not found": the mirror may block this address, want a login, or forbid listing. Open the address in a browser, ask who runs the mirror, or name another one.',
      });
    case 404:
    case 410:
      return new StatusError(
        'folder-unknown',
        status,
        `The mirror has nothing at this address (${status}).`,
        {
          ...details,
          hint: 'Check the path of the mirror.',
        },
      );
    case 407:
      return createProxyLoginError(details);
    case 511:
      return createCaptivePortalError(details);
    default:
      return new StatusError(
        'answer-unusable',
        status,
        `The mirror gives an answer of no use (${status}).`,
        {
          ...details,
          hint: 'Open the address in a browser to see what it says, or name another mirror.',
        },
      );
  }
}

function createLoginError(
  { login, status }: HttpResponse,
  details: { where: string; found: string },
): StatusError {
  switch (login) {
    case 'none':
      return new StatusError(
        'login-required',
        status,
        `The mirror refuses access (${status}): it wants a login.`,
        {
          ...details,
          hint: 'Write the user name and the password into the URL, the password from a secret: https://USER:PASSWORD@host/folder/. Or ask who runs the mirror, or name another one.',
        },
      );
    case 'empty-password':
      return new StatusError(
        'login-required',
        status,
        `The mirror refuses access (${status}): the password in the URL is empty.`,
        {
          ...details,
          hint: `Check that the secret exists in this repository or environment. ${EMPTY_SECRETS_HINT}`,
        },
      );
    case 'complete':
      return new StatusError(
        'login-refused',
        status,
        `The mirror refuses access (${status}): it does not accept the user name or the password.`,
        { ...details, hint: 'Check the user name and the password in the URL of the mirror.' },
      );
  }
}

function createBusyError(
  response: HttpResponse,
  details: { where: string; found: string },
): RetryableError | TfcacheError {
  const { status } = response;
  const wait = parseRetryAfter(response.headers['retry-after'], Date.now());
  const message =
    status === 429
      ? 'The mirror says that it gets too many requests from here (429).'
      : `The mirror cannot answer now (${status}).`;
  if (wait !== undefined && wait > MAX_RETRY_AFTER_SECONDS) {
    return new TfcacheError('mirror-busy', message, {
      ...details,
      found: `${details.found}, Retry-After: ${wait} seconds`,
      hint: `It asks to wait ${Math.ceil(wait / 60)} minutes: run again after that, or name another mirror.`,
    });
  }
  const hint = 'Run again later, use fewer connections, or name another mirror.';
  return new RetryableError(new TfcacheError('mirror-busy', message, { ...details, hint }), wait);
}

/** A login page of a network (hotel, office) in place of what was asked for. */
export function createCaptivePortalError(details: { where: string; found: string }): TfcacheError {
  return new TfcacheError('captive-portal', 'A web page came in place of the file.', {
    ...details,
    hint: 'A captive portal or a proxy of this network probably answers in the mirror’s place: log in to the network, set HTTPS_PROXY, or name another mirror.',
  });
}

/**
 * `Retry-After` in seconds from now: a number of seconds or a date.
 * https://www.rfc-editor.org/rfc/rfc9110#name-retry-after
 */
export function parseRetryAfter(value: string | undefined, now: number): number | undefined {
  if (value === undefined) return undefined;
  if (/^\d{1,9}$/.test(value.trim())) return Number(value);
  const date = Date.parse(value);
  return Number.isNaN(date) ? undefined : Math.max(0, Math.ceil((date - now) / 1000));
}
