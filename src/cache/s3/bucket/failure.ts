import type { S3Location } from '../location/location.ts';
import { type Facts, KNOWN_FAILURES } from './known-failures.ts';

/** What an answer of the store, or its absence, means for us. */
export interface Failure {
  /**
   * `missing`: no such object. `exists`: a conditional write came second. `conflict`: it did not come about because of another
   * write at the same time, however that one ended. `denied`: these credentials may not do this.
   * `short`: the range asked for lies beyond the object's end. `unsupported`: the store does not know what was asked.
   */
  kind: 'missing' | 'exists' | 'conflict' | 'denied' | 'short' | 'unsupported' | 'failed';
  /** For people. It may be long, and hold what the store says of secrets. */
  reason: string;
  /** No other request will fare better. */
  down: boolean;
}

/** A transfer that ended early; the rest can be asked for. */
export class CutShort extends Error {
  override readonly name = 'CutShort';
}

/**
 * Judges what the SDK or Node threw.
 *
 * See {@link KNOWN_FAILURES}.
 */
export function judgeFailure(error: unknown, location: S3Location): Failure {
  const facts = factsOf(error);
  const known = KNOWN_FAILURES.find(({ codes, fits }) =>
    facts.code !== '' && codes.includes(facts.code) ? true : fits?.(facts),
  );
  const failure = { kind: 'failed' as const, down: false };
  if (known !== undefined) {
    return { ...failure, ...known.failure, reason: known.words(facts, location) };
  }
  const status = facts.status === undefined ? '' : `${facts.status} `;
  return {
    ...failure,
    reason: `${status}${facts.code === '' || facts.code === facts.message ? '' : `${facts.code}: `}${facts.message}`,
  };
}

function factsOf(error: unknown): Facts {
  if (!(error instanceof Error)) {
    return { code: '', status: undefined, message: tidy(String(error)), region: undefined };
  }
  const { name, message } = error;
  const code = stringAt(error, 'code') ?? stringAt(error, 'Code');
  const metadata = at(error, '$metadata');
  const status = at(metadata, 'httpStatusCode');
  const headers = at(at(error, '$response'), 'headers');
  // The SDK gives an answer without a body (to HEAD) the name Unknown; connection failures carry their code.
  const isNamed = ![
    'Error',
    'Unknown',
    'UnknownError',
    'AggregateError',
    'CutShort',
    'UnendingAnswer',
  ].includes(name);
  return {
    code: code ?? (isNamed ? name : ''),
    status: typeof status === 'number' ? status : undefined,
    message: tidy(message),
    region: stringAt(error, 'Region') ?? stringAt(headers, 'x-amz-bucket-region'),
  };
}

function at(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}

function stringAt(value: unknown, name: string): string | undefined {
  const found = at(value, name);
  return typeof found === 'string' && found !== '' ? tidy(found) : undefined;
}

/** What a server says may be of several lines, or meant for a terminal. */
function tidy(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\s]+/gu, ' ').trim();
}
