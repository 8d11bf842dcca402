import { decodeMetrics, type EvaluationRecord } from "@grok/train";

/** Asks for metrics.jsonl with headers, none for all of it. */
type Ask = (headers?: Record<string, string>) => Promise<Response>;

const newline = 0x0a;

/**
 * The records of a metrics.jsonl that a server has and that grows: each time only what was added is
 * fetched. The server says by the header `Grok-File` that it is still the same file.
 */
export class GrowingRecords {
  #records: EvaluationRecord[] = [];
  /** Bytes of the lines that were read. */
  #length = 0;
  #file: string | null = null;

  /** The records as they are now; a new array each time. */
  async update(ask: Ask): Promise<EvaluationRecord[]> {
    const added = this.#length === 0 ? null : await this.#added(ask);
    if (added !== null) this.#take(added, this.#length);
    else {
      const response = await ask();
      this.#records = [];
      this.#file = response.headers.get("Grok-File");
      const bytes = response.ok ? new Uint8Array(await response.arrayBuffer()) : new Uint8Array();
      this.#take(bytes, 0);
    }
    return [...this.#records];
  }

  /** What follows the last line that was read; null if the file is another one by now. */
  async #added(ask: Ask): Promise<Uint8Array | null> {
    if (this.#file === null) return null;
    // From the end of that line on, so that there is always something to give.
    const response = await ask({ Range: `bytes=${this.#length - 1}-` });
    if (response.status !== 206 || response.headers.get("Grok-File") !== this.#file) return null;
    const bytes = new Uint8Array(await response.arrayBuffer());
    return bytes[0] === newline ? bytes.subarray(1) : null;
  }

  /** Reads whole lines; one that is being written is left for the next time. */
  #take(bytes: Uint8Array, from: number): void {
    const whole = bytes.subarray(0, bytes.lastIndexOf(newline) + 1);
    const { lines } = decodeMetrics(new TextDecoder().decode(whole));
    this.#records.push(...lines.map(({ record }) => record));
    this.#length = from + whole.length;
  }
}
