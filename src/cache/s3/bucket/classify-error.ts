import type { S3Location } from '../location/location.ts';
import { KNOWN_FAILURES, type S3ErrorDetails, type S3Failure } from './known-failures.ts';

/** A transfer that ended early; the rest can be asked for. */
export class TruncatedTransferError extends Error {
  override readonly name = 'TruncatedTransferError';
}

/**
 * Judges what the SDK or Node threw.
 *
 * See {@link KNOWN_FAILURES}.
 */
export function classifyS3Error(error: unknown, location: S3Location): S3Failure {
  const facts = readErrorFacts(error);
  const known = KNOWN_FAILURES.find(({ codes, matches: fits }) =>
    facts.code !== '' && codes.includes(facts.code) ? true : fits?.(facts),
  );
  const failure = { kind: 'failed' as const, isServiceDown: false };
  if (known !== undefined) {
    return { ...failure, ...known.failure, reason: known.describe(facts, location) };
  }
  const status = facts.status === undefined ? '' : `${facts.status} `;
  return {
    ...failure,
    reason: `${status}${facts.code === '' || facts.code === facts.message ? '' : `${facts.code}: `}${facts.message}`,
  };
}

function readErrorFacts(error: unknown): S3ErrorDetails {
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
  // The SDK gives an answer without a body (to HEAD) the name Unknown; connection failures carry their code.
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

/** What a server says may be of several lines, or meant for a terminal. */
function normalizeWhitespace(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\s]+/gu, ' ').trim();
}
