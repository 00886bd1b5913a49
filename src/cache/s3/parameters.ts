import { badLocation } from './bad-location.ts';

/** The parameters of an address, each read by its form. @throws TfcacheError `usage` on a value of another form. */
export interface Parameters<Name extends string> {
  matching(name: Name, form: RegExp, example: string): string | undefined;
  boolean(name: Name): boolean | undefined;
  /** `http(s)://host[:port]`, without anything else. */
  address(name: Name): string | undefined;
}

/** What people take for the place of a credential. Their values are not even shown in an error. */
const CREDENTIAL = /key|secret|token|password|credential|signature|access/i;

/** @throws TfcacheError `usage` for a parameter that is unknown or stands twice. */
export function parseParameters<Name extends string>(
  given: URLSearchParams,
  known: readonly Name[],
): Parameters<Name> {
  const names = [...given.keys()];
  for (const [index, name] of names.entries()) {
    if (!known.some((one) => one === name)) throw unknown(name, known);
    if (names.indexOf(name) !== index) {
      throw badLocation(`The address of the S3 store has ${name} twice.`, {});
    }
  }

  function matching(name: Name, form: RegExp, example: string): string | undefined {
    const value = given.get(name);
    if (value === null || value === '') return undefined;
    if (form.test(value)) return value;
    throw badValue(name, value, `for example ${example}`);
  }

  return {
    matching,
    boolean(name) {
      const value = matching(name, /^(?:true|false)$/, 'true or false');
      return value === undefined ? undefined : value === 'true';
    },
    address(name) {
      const value = given.get(name);
      if (value === null || value === '') return undefined;
      const url = URL.canParse(value) ? new URL(value) : undefined;
      if (url !== undefined && (url.username !== '' || url.password !== '')) {
        throw badLocation(`A user name or a password stands in ${name}.`, {
          hint: 'Take it out, give it up as known to others, and use the AWS variables or a profile.',
        });
      }
      const isHost =
        url !== undefined &&
        ['http:', 'https:'].includes(url.protocol) &&
        `${url.pathname}${url.search}${url.hash}` === '/';
      if (url === undefined || !isHost) {
        throw badValue(name, value, 'https://host or https://host:port, without a path');
      }
      return url.origin;
    },
  };
}

function unknown(name: string, known: readonly string[]): Error {
  const isCredential = CREDENTIAL.test(name);
  return badLocation(
    `The address of the S3 store has a parameter that there is not: ${JSON.stringify(name.slice(0, 40))}.`,
    {
      expected: known.join(', '),
      ...(isCredential
        ? {
            hint: 'Credentials do not belong into the address: set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY (or a profile, or a role) in the environment, and give up those that stood here.',
          }
        : {}),
    },
  );
}

function badValue(name: string, value: string, expected: string): Error {
  return badLocation(`The address of the S3 store has a ${name} that cannot be used.`, {
    expected,
    found: JSON.stringify(value.slice(0, 80)),
  });
}
