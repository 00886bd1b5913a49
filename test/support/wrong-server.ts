import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface WrongServer {
  url: string;
  /** Requests so far. */
  count(): number;
  stop(): Promise<void>;
}

/** A web server that is not what its client takes it for: every request is answered alike. */
export async function startWrongServer(
  answer: (response: ServerResponse) => void,
): Promise<WrongServer> {
  let count = 0;
  const server = createServer((request, response) => {
    count += 1;
    request.resume();
    answer(response);
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    count: () => count,
    async stop() {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
    },
  };
}

/** Answers with a text of a type. */
export function textAnswer(
  status: number,
  contentType: string,
  text: string,
): (response: ServerResponse) => void {
  return (response) => {
    response.writeHead(status, { 'content-type': contentType });
    response.end(text);
  };
}
