import {
  createCredentialsError,
  createLocationError,
  maskLocationValue,
} from './location-error.ts';

/** The parameters of an address. Each method throws TfcacheError `input-invalid` for a value of another form. */
export interface LocationParameters<Name extends string> {
  readText(name: Name, form: RegExp, example: string): string | undefined;
  readBoolean(name: Name): boolean | undefined;
  /** Reads `http(s)://host[:port]`, without a path. */
  readOrigin(name: Name): string | undefined;
}

/** A name that an error may show. Any other name may be a part of a secret that contains `&`. */
const PLAIN_NAME = /^[a-z][a-z-]{0,30}$/i;
/** Names of parameters for credentials, whose values are never shown. */
const CREDENTIAL = /key|secret|token|password|credential|signature|access/i;

/** @throws TfcacheError `input-invalid` for a parameter that is unknown or repeated. */
export function parseLocationParameters<Name extends string>(
  given: URLSearchParams,
  known: readonly Name[],
): LocationParameters<Name> {
  const names = [...given.keys()];
  const credential = names.find((name) => CREDENTIAL.test(name));
  if (credential !== undefined) {
    throw createCredentialsError(`a parameter for credentials (${maskParameterName(credential)})`);
  }
  for (const [index, name] of names.entries()) {
    if (!known.some((parameter) => parameter === name))
      throw createUnknownParameterError(name, known);
    if (names.indexOf(name) !== index) {
      throw createLocationError(`The address of the S3 store sets ${name} twice.`, {});
    }
  }

  function readText(name: Name, form: RegExp, example: string): string | undefined {
    const value = given.get(name);
    if (value === null || value === '') return undefined;
    if (form.test(value)) return value;
    throw createParameterError(name, value, `for example ${example}`);
  }

  return {
    readText,
    readBoolean(name) {
      const value = readText(name, /^(?:true|false)$/, 'true or false');
      return value === undefined ? undefined : value === 'true';
    },
    readOrigin(name) {
      const value = given.get(name);
      if (value === null || value === '') return undefined;
      if (value.includes('@')) throw createCredentialsError(`a user name or a password in ${name}`);
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
    `The address of the S3 store has an unknown parameter: ${maskParameterName(name)}.`,
    { expected: known.join(', ') },
  );
}

function maskParameterName(name: string): string {
  return JSON.stringify(PLAIN_NAME.test(name) ? name : '***');
}

function createParameterError(name: string, value: string, expected: string): Error {
  return createLocationError(`The parameter ${name} in the address of the S3 store is not valid.`, {
    expected,
    found: maskLocationValue(value),
  });
}
