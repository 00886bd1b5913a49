import { LineSplitter } from './lines.ts';

const ABSENT = /link_stat ".*"(?: \(in .*\))? failed: .* \((?:2|20)\)$/s;
const VANISHED = /^file has vanished: /;
/** rsync's last line, which only sums up what was said before. */
const SUMMARY = /^rsync (?:error|warning): some files(?:\/attrs| vanished)/;
/** A daemon that has nothing to send hangs up while rsync is still on its way out: after the summary this means nothing. */
const HUNG_UP = /^rsync: (?:\[[a-z]+\] )?read error: Connection reset by peer/i;
/** A sender over SSH that found none of the names exits while rsync still writes to it; a connection that breaks ends with another exit code. */
const SENDER_LEFT = /^rsync: (?:\[[a-z]+\] )?write error: Broken pipe/i;
const KEPT = 20;

/** What rsync says on standard error, sorted as it comes: however much it says, little is kept. */
export class ErrorOutput {
  /** Names asked for that the mirror does not have (errno 2 or 20, whatever the language of the message). */
  absent = 0;
  vanished = 0;
  /** Everything else: the first lines. */
  readonly other: string[] = [];
  #summed = false;
  readonly #lines = new LineSplitter((line) => this.#sort(line.toString('utf8').trimEnd()));

  add(chunk: Buffer): void {
    this.#lines.add(chunk);
  }

  end(): void {
    this.#lines.end();
  }

  /** Returns true if rsync reported nothing but names that are absent or went away. */
  get onlyAbsent(): boolean {
    return this.other.every((line) => SENDER_LEFT.test(line));
  }

  get text(): string {
    return this.other.join('\n');
  }

  #sort(line: string): void {
    if (SUMMARY.test(line)) this.#summed = true;
    if (line === '' || SUMMARY.test(line)) return;
    if (this.#summed && HUNG_UP.test(line)) return;
    if (ABSENT.test(line)) this.absent++;
    else if (VANISHED.test(line)) this.vanished++;
    else if (this.other.length < KEPT) this.other.push(line);
  }
}
