import type { Socket } from 'node:net';

/** How a wait for a line ended without one. */
export type LineEnd = 'silent' | 'closed' | 'reset';

export type LineResult = { text: string; end?: never } | { text?: never; end: LineEnd };

/** More than any greeting has: a peer that never ends its line must not fill the memory. */
const MAX_LINE_LENGTH = 4096;

/** Reads a socket line by line; text beyond the limit of a line is cut. */
export class LineReader {
  private buffered = '';
  private ended: LineEnd | undefined;
  private wake: (() => void) | undefined;

  constructor(socket: Socket) {
    socket.setEncoding('latin1');
    socket.on('data', (text: string) => {
      if (this.buffered.length < 64 * MAX_LINE_LENGTH) this.buffered += text;
      this.wake?.();
    });
    socket.on('error', () => this.finish('reset'));
    socket.on('end', () => this.finish('closed'));
    socket.on('close', () => this.finish('closed'));
  }

  /** The next line without its end; what came last without one counts as a line when the peer has closed. */
  async readLine(limit: number): Promise<LineResult> {
    const until = performance.now() + limit;
    for (;;) {
      const text = this.take();
      if (text !== undefined) return { text };
      if (this.ended !== undefined) return { end: this.ended };
      const left = until - performance.now();
      if (left <= 0) return { end: 'silent' };
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, left);
        this.wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
  }

  private take(): string | undefined {
    const at = this.buffered.indexOf('\n');
    const whole = this.ended !== undefined || this.buffered.length > MAX_LINE_LENGTH;
    if (at < 0 && !(whole && this.buffered !== '')) return undefined;
    const text = at < 0 ? this.buffered : this.buffered.slice(0, at);
    this.buffered = at < 0 ? '' : this.buffered.slice(at + 1);
    return text.replace(/\r$/, '').slice(0, MAX_LINE_LENGTH);
  }

  private finish(how: LineEnd): void {
    this.ended ??= how;
    this.wake?.();
  }
}
