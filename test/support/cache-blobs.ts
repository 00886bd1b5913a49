import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createReadStream, createWriteStream, rmSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';

/** Bytes read and sent at once. */
const PIECE = 1024 * 1024;

/** A piece of a blob: a block as it was uploaded, kept as a file of its own so that nothing is ever copied. */
export interface BlobPart {
  file: string;
  size: number;
}

/** How a transfer is made to go wrong. Offsets are in bytes of the body. */
export interface TransferFaults {
  /** The connection is cut after this many bytes of a download. */
  dropDownloadAfter?: number;
  /** The connection is cut after this many bytes of an upload. */
  dropUploadAfter?: number;
  /** Downloads say and send only this many bytes. */
  truncateDownload?: number;
  /** Downloads go silent after this many bytes, with the connection open. */
  stallDownloadAfter?: number;
  /** The byte at this offset is changed on its way to the client. */
  corruptDownloadAt?: number;
  /** Uploads and downloads are answered with this status. */
  uploadStatus?: number;
  downloadStatus?: number;
  /** Milliseconds between a request for a blob and its answer. */
  delay?: number;
}

/** Blobs on disk behind signed-URL-style addresses: what Azure's block blobs do, as far as the toolkit uses them. */
export class BlobStore {
  readonly folder: string;
  readonly faults: TransferFaults;
  readonly counts = { uploads: 0, downloads: 0, bytesUploaded: 0, bytesDownloaded: 0 };
  private readonly blobs = new Map<string, BlobPart[]>();
  private readonly blocks = new Map<string, Map<string, BlobPart>>();
  private nextFile = 0;

  constructor(folder: string, faults: TransferFaults) {
    this.folder = folder;
    this.faults = faults;
  }

  parts(id: string): readonly BlobPart[] | undefined {
    return this.blobs.get(id);
  }

  put(id: string, parts: BlobPart[]): void {
    this.blobs.set(id, parts);
  }

  remove(id: string): void {
    for (const part of this.blobs.get(id) ?? []) rmSync(part.file, { force: true });
    this.blobs.delete(id);
  }

  newFile(): string {
    this.nextFile += 1;
    return join(this.folder, `part-${this.nextFile}`);
  }

  async handle(
    id: string,
    url: URL,
    request: IncomingMessage,
    response: ServerResponse,
  ): Promise<void> {
    if (this.faults.delay !== undefined) {
      await new Promise((resolve) => setTimeout(resolve, this.faults.delay));
    }
    if (request.method === 'PUT') return this.upload(id, url, request, response);
    if (request.method === 'GET' || request.method === 'HEAD') {
      return this.download(id, request, response);
    }
    answer(response, 405);
  }

  private async upload(
    id: string,
    url: URL,
    request: IncomingMessage,
    response: ServerResponse,
  ): Promise<void> {
    this.counts.uploads += 1;
    if (this.faults.uploadStatus !== undefined) {
      request.resume();
      return answer(response, this.faults.uploadStatus);
    }
    const operation = url.searchParams.get('comp');
    if (operation === 'blocklist') {
      const staged = this.blocks.get(id) ?? new Map<string, BlobPart>();
      const list = (await readText(request)).matchAll(/<(?:Latest|Uncommitted)>([^<]+)</g);
      const parts = [...list].map((match) => staged.get(match[1] ?? ''));
      if (parts.includes(undefined)) return answer(response, 400);
      this.put(
        id,
        parts.filter((part) => part !== undefined),
      );
      this.blocks.delete(id);
      return answer(response, 201);
    }
    const part = await this.receive(request);
    if (part === undefined) return;
    if (operation === 'block') {
      const staged = this.blocks.get(id) ?? new Map<string, BlobPart>();
      staged.set(url.searchParams.get('blockid') ?? '', part);
      this.blocks.set(id, staged);
    } else {
      this.put(id, [part]);
    }
    answer(response, 201);
  }

  private async receive(request: IncomingMessage): Promise<BlobPart | undefined> {
    const limit = this.faults.dropUploadAfter;
    const file = this.newFile();
    let size = 0;
    request.on('data', (chunk: Buffer) => {
      size += chunk.length;
      this.counts.bytesUploaded += chunk.length;
      if (limit !== undefined && size > limit) request.socket.destroy();
    });
    try {
      await pipeline(request, createWriteStream(file, { highWaterMark: 4 * 1024 * 1024 }));
    } catch {
      // The client went away, or was cut off by a fault: there is no one to answer.
      rmSync(file, { force: true });
      return undefined;
    }
    return { file, size };
  }

  private async download(
    id: string,
    request: IncomingMessage,
    response: ServerResponse,
  ): Promise<void> {
    this.counts.downloads += 1;
    if (this.faults.downloadStatus !== undefined)
      return answer(response, this.faults.downloadStatus);
    const parts = this.blobs.get(id);
    if (parts === undefined) return answer(response, 404);
    const whole = parts.reduce((sum, part) => sum + part.size, 0);
    const total = Math.min(whole, this.faults.truncateDownload ?? whole);
    const range = /^bytes=(\d+)-(\d*)$/.exec(
      String(request.headers['x-ms-range'] ?? request.headers.range ?? ''),
    );
    const start = range === null ? 0 : Number(range[1]);
    const end = Math.min(range?.[2] ? Number(range[2]) : total - 1, total - 1);
    const headers: Record<string, string> = {
      'content-length': String(Math.max(0, end - start + 1)),
      'content-type': 'application/octet-stream',
      'accept-ranges': 'bytes',
      'last-modified': new Date(0).toUTCString(),
      etag: `"${createHash('sha256').update(id).digest('hex').slice(0, 16)}"`,
    };
    if (range !== null) headers['content-range'] = `bytes ${start}-${end}/${total}`;
    response.writeHead(range === null ? 200 : 206, headers);
    if (request.method === 'HEAD') {
      response.end();
      return;
    }
    try {
      await pipeline(this.body(parts, start, end, response), response);
    } catch {
      // The client went away, or was cut off by a fault.
      response.destroy();
    }
  }

  /** The bytes from start to end, in large pieces: spoilt on their way when a fault asks for it. */
  private async *body(
    parts: readonly BlobPart[],
    start: number,
    end: number,
    response: ServerResponse,
  ): AsyncGenerator<Buffer> {
    const { dropDownloadAfter, stallDownloadAfter, corruptDownloadAt } = this.faults;
    const stop = Math.min(dropDownloadAfter ?? Infinity, stallDownloadAfter ?? Infinity);
    let sent = start;
    let offset = 0;
    for (const part of parts) {
      const from = Math.max(start, offset) - offset;
      const to = Math.min(end, offset + part.size - 1) - offset;
      offset += part.size;
      if (from > to) continue;
      const pieces = createReadStream(part.file, { start: from, end: to, highWaterMark: PIECE });
      for await (const piece of pieces as AsyncIterable<Buffer>) {
        const spoilt = (corruptDownloadAt ?? -1) - sent;
        if (spoilt >= 0 && spoilt < piece.length) piece[spoilt] = (piece[spoilt] ?? 0) ^ 0xff;
        if (sent + piece.length > stop) {
          yield piece.subarray(0, Math.max(0, stop - sent));
          if (stallDownloadAfter !== undefined) await once(response, 'close');
          // Lets what was written go out before the connection is cut.
          else await new Promise((resolve) => setTimeout(resolve, 50));
          response.destroy();
          return;
        }
        sent += piece.length;
        this.counts.bytesDownloaded += piece.length;
        yield piece;
      }
    }
  }
}

function answer(response: ServerResponse, status: number): void {
  response.writeHead(status, { 'content-length': '0', 'x-ms-request-id': 'test' });
  response.end();
}

export async function readText(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(Buffer.from(chunk as Uint8Array));
  return Buffer.concat(chunks).toString('utf8');
}
