import {
  createCredentialsError,
  createLocationError,
  maskLocationValue,
} from './location-error.ts';

/** The parameters of an address, each read by its form. @throws TfcacheError `usage` on a value of another form. */
export interface LocationParameters<Name extends string> {
  readText(name: Name, form: RegExp, example: string): string | undefined;
  readBoolean(name: Name): boolean | undefined;
  /** `http(s)://host[:port]`, without anything else. */
  readOrigin(name: Name): string | undefined;
}

/** A name that may be shown; anything else may be a part of a secret that holds `&`. */
const PLAIN_NAME = /^[a-z][a-z-]{0,30}$/i;
/** What people take for the place of a credential. Their values are not even shown in an error. */
const CREDENTIAL = /key|secret|token|password|credential|signature|access/i;

/** @throws TfcacheError `usage` for a parameter that is unknown or stands twice. */
export function parseLocationParameters<Name extends string>(
  given: URLSearchParams,
  known: readonly Name[],
): LocationParameters<Name> {
  const names = [...given.keys()];
  const credential = names.find((name) => CREDENTIAL.test(name));
  if (credential !== undefined) {
    throw createCredentialsError(
      `A parameter for credentials (${maskParameterName(credential)}) stands`,
    );
  }
  for (const [index, name] of names.entries()) {
    if (!known.some((one) => one === name)) throw createUnknownParameterError(name, known);
    if (names.indexOf(name) !== index) {
      throw createLocationError(`The address of the S3 store has ${name} twice.`, {});
    }
  }

  function matching(name: Name, form: RegExp, example: string): string | undefined {
    const value = given.get(name);
    if (value === null || value === '') return undefined;
    if (form.test(value)) return value;
    throw createParameterError(name, value, `for example ${example}`);
  }

  return {
    readText: matching,
    readBoolean(name) {
      const value = matching(name, /^(?:true|false)$/, 'true or false');
      return value === undefined ? undefined : value === 'true';
    },
    readOrigin(name) {
      const value = given.get(name);
      if (value === null || value === '') return undefined;
      if (value.includes('@'))
        throw createCredentialsError(`A user name or a password stands in ${name}`);
      const url = URL.canParse(value) ? new URL(value) : undefined;
      const isHost =
        url !== undefined &&
        ['http:', 'https:'].includes(url.protocol) &&
        `${url.pathname}${url.search}${url.hash}` === '/';
      if (url === undefined || !isHost) {
        throw createParameterError(
          name,
          value,
          'https://host or https://host:port, without a path',
        );
      }
      return url.origin;
    },
  };
}

function createUnknownParameterError(name: string, known: readonly string[]): Error {
  return createLocationError(
    `The address of the S3 store has a parameter that there is not: ${maskParameterName(name)}.`,
    { expected: known.join(', ') },
  );
}

function maskParameterName(name: string): string {
  return JSON.stringify(PLAIN_NAME.test(name) ? name : '***');
}

function createParameterError(name: string, value: string, expected: string): Error {
  return createLocationError(`The address of the S3 store has a ${name} that cannot be used.`, {
    expected,
    found: maskLocationValue(value),
  });
}
