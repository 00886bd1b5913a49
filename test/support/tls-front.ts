import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { createServer, rootCertificates, setDefaultCACertificates } from 'node:tls';
import { freePort } from './rsync-daemon.ts';

export interface Certificate {
  key: string;
  certificate: string;
}

/** Makes a certificate that signs itself, as files in a folder. @param names for example `DNS:localhost,IP:127.0.0.1` */
export function makeCertificate(folder: string, names: string): Certificate {
  const files = {
    key: join(folder, `${names.replace(/\W/g, '-')}.key`),
    certificate: join(folder, `${names.replace(/\W/g, '-')}.pem`),
  };
  execFileSync(
    'openssl',
    [
      ...['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', '-subj', '/CN=test'],
      ...['-addext', `subjectAltName=${names}`, '-keyout', files.key, '-out', files.certificate],
    ],
    { stdio: 'ignore' },
  );
  return files;
}

/** Lets this process trust a certificate, as NODE_EXTRA_CA_CERTS does from the start. */
export function trust({ certificate }: Certificate): void {
  setDefaultCACertificates([...rootCertificates, readFileSync(certificate, 'utf8')]);
}

export interface TlsFront {
  port: number;
  connections(): number;
  stop(): Promise<void>;
}

/** Ends TLS on 127.0.0.1 and hands what is inside to another port. */
export async function startTlsFront(to: number, files: Certificate): Promise<TlsFront> {
  const sockets = new Set<Socket>();
  let connections = 0;
  const server = createServer(
    { key: readFileSync(files.key), cert: readFileSync(files.certificate) },
    (secure) => {
      connections += 1;
      const inside = connect(to, '127.0.0.1');
      for (const socket of [secure, inside]) sockets.add(socket);
      secure.on('error', () => inside.destroy());
      inside.on('error', () => secure.destroy());
      secure.pipe(inside).pipe(secure);
    },
  );
  // Clients that speak no TLS, or do not trust the certificate.
  server.on('tlsClientError', (_error, socket) => socket.destroy());
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    connections: () => connections,
    async stop() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** Undefined where stunnel is not installed. */
export const STUNNEL = ['stunnel4', 'stunnel'].find(
  (name) => spawnSync(name, ['-version'], { stdio: 'ignore' }).error === undefined,
);

/** The same with the program that rsync's documentation names for it. */
export async function startStunnel(
  program: string,
  to: number,
  files: Certificate,
  folder: string,
): Promise<TlsFront> {
  const port = await freePort();
  const log = join(folder, 'stunnel.log');
  const lines = [
    'foreground = yes',
    'pid =',
    `output = ${log}`,
    '[rsync]',
    `accept = 127.0.0.1:${port}`,
    `connect = 127.0.0.1:${to}`,
    `cert = ${files.certificate}`,
    `key = ${files.key}`,
  ];
  writeFileSync(join(folder, 'stunnel.conf'), `${lines.join('\n')}\n`);
  writeFileSync(log, '');
  const child = spawn(program, [join(folder, 'stunnel.conf')], { stdio: 'ignore' });
  while (!readFileSync(log, 'utf8').includes('Configuration successful')) await sleep(20);
  return {
    port,
    connections: () => readFileSync(log, 'utf8').match(/accepted connection/g)?.length ?? 0,
    async stop() {
      const ended = new Promise((resolve) => child.once('exit', resolve));
      child.kill('SIGKILL');
      await ended;
    },
  };
}
