/** The part of a URL between `@` and `:`: a name, or an IPv6 address in brackets. */
export interface ParsedHost {
  /** Without brackets. */
  host: string;
  /** False for what is neither a name nor an address, and for what rsync or ssh would read as an option. */
  sound: boolean;
}

export function parseHost(written: string): ParsedHost {
  const host = written.replace(/^\[|\]$/g, '');
  const sound = written.startsWith('[')
    ? /^[0-9a-fA-F:.]+(%[\w.-]+)?$/.test(host)
    : /^\w[\w.-]*$/.test(host);
  return { host, sound };
}

/** A port from 1 to 65535 in digits; undefined for anything else. */
export function parsePort(written: string): number | undefined {
  const port = /^\d+$/.test(written) ? Number(written) : 0;
  return port >= 1 && port <= 65_535 ? port : undefined;
}

/** A host as it stands in a URL: an IPv6 address in brackets. */
export function formatHostName(host: string): string {
  return host.includes(':') ? `[${host}]` : host;
}
