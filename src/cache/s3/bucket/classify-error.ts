import type { S3Location } from '../location/location.ts';
import { KNOWN_FAILURES, type S3ErrorDetails, type S3Failure } from './known-failures.ts';

/** A transfer that ended early and can be resumed. */
export class TruncatedTransferError extends Error {
  override readonly name = 'TruncatedTransferError';
}

/** Classifies what the SDK or Node threw, by {@link KNOWN_FAILURES}. */
export function classifyS3Error(error: unknown, location: S3Location): S3Failure {
  const details = readErrorDetails(error);
  const known = KNOWN_FAILURES.find(
    ({ codes, matches }) =>
      (details.code !== '' && codes.includes(details.code)) || matches?.(details),
  );
  const failure = { kind: 'failed' as const, isServiceDown: false };
  if (known !== undefined) {
    return { ...failure, ...known.failure, reason: known.describe(details, location) };
  }
  const { code, message } = details;
  const status = details.status === undefined ? '' : `${details.status} `;
  const prefix = code === '' || code === message ? '' : `${code}: `;
  return { ...failure, reason: `${status}${prefix}${message}` };
}

function readErrorDetails(error: unknown): S3ErrorDetails {
  if (!(error instanceof Error)) {
    return {
      code: '',
      status: undefined,
      message: normalizeWhitespace(String(error)),
      region: undefined,
    };
  }
  const { name, message } = error;
  const code = getStringProperty(error, 'code') ?? getStringProperty(error, 'Code');
  const metadata = getProperty(error, '$metadata');
  const status = getProperty(metadata, 'httpStatusCode');
  const headers = getProperty(getProperty(error, '$response'), 'headers');
  // The SDK names the error of a response without a body (to HEAD) Unknown. Connection errors have a code.
  const isNamed = ![
    'Error',
    'Unknown',
    'UnknownError',
    'AggregateError',
    'TruncatedTransferError',
    'EndlessResponseError',
  ].includes(name);
  return {
    code: code ?? (isNamed ? name : ''),
    status: typeof status === 'number' ? status : undefined,
    message: normalizeWhitespace(message),
    region: getStringProperty(error, 'Region') ?? getStringProperty(headers, 'x-amz-bucket-region'),
  };
}

function getProperty(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}

function getStringProperty(value: unknown, name: string): string | undefined {
  const found = getProperty(value, name);
  return typeof found === 'string' && found !== '' ? normalizeWhitespace(found) : undefined;
}

/** Removes line breaks and control characters, which a server's message may contain. */
function normalizeWhitespace(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\s]+/gu, ' ').trim();
}
