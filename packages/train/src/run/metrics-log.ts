import { RunError } from "./error";
import type { RunFiles } from "./files";
import { limits } from "./limits";
import { metricsName } from "./names";
import type { EvaluationRecord } from "./record";

/** Adds records to a run's metrics.jsonl, and never one that `decodeMetrics` would not take. */
export class MetricsLog {
  readonly #files: Pick<RunFiles, "append" | "path">;
  #bytes: number;

  /** @param bytes of the file so far */
  constructor(files: Pick<RunFiles, "append" | "path">, bytes: number) {
    this.#files = files;
    this.#bytes = bytes;
  }

  /** @throws RunError if the record or the file would be larger than is read; nothing is written then */
  async append(record: EvaluationRecord): Promise<void> {
    const line = `${JSON.stringify(record)}\n`;
    if (line.length > limits.line) {
      throw new RunError(
        `The record of step ${record.step} has ${line.length} characters; a line of ${metricsName} may have ${limits.line}, so fewer metrics fit.`,
      );
    }
    const { length } = new TextEncoder().encode(line);
    if (this.#bytes + length > limits.metrics) {
      throw new RunError(
        `${this.#files.path(metricsName)} is full at step ${record.step}: it has ${this.#bytes} bytes of the ${limits.metrics} that are read; a run that evaluates less often (--eval-every) takes longer to fill it.`,
      );
    }
    await this.#files.append(metricsName, line);
    this.#bytes += length;
  }
}
