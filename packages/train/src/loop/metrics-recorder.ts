import { computeMeasures, type Measure, Snapshot } from "@grok/metrics";
import type { Parameters } from "@grok/models";
import type { RunMeasures } from "../experiment/metrics";
import { printable } from "../experiment/printable";
import { recordSchema } from "../run/record";
import type { ExtraColumns, TrainOptions } from "./train-options";
import { Yielder } from "./yielder";

/** What a run computes at evaluations besides losses and accuracies, and how long that takes. */
export class MetricsRecorder {
  readonly #chosen: RunMeasures | null;
  readonly #further: NonNullable<TrainOptions["measure"]> | null;

  /** @param further columns of a caller's own; null for none */
  constructor(chosen: RunMeasures | null, further: NonNullable<TrainOptions["measure"]> | null) {
    this.#chosen = chosen;
    this.#further = further;
  }

  /** Whether anything is computed. */
  get isMeasured(): boolean {
    return this.#chosen !== null || this.#further !== null;
  }

  /**
   * All columns of the network at a step; numbers that JSON does not have are null.
   *
   * @param options `isDue`, default true: whether the experiment's metrics are computed now
   * @throws StoppedError if the run is to stop before they are computed
   */
  async measure(
    parameters: Readonly<Parameters>,
    step: number,
    { yielder = new Yielder(), isDue = true }: { yielder?: Yielder; isDue?: boolean } = {},
  ): Promise<{ columns: ExtraColumns; seconds: number }> {
    const began = performance.now();
    const columns: ExtraColumns = {};
    if (this.#chosen !== null && isDue) {
      const { measures, context } = this.#chosen;
      const snapshot = new Snapshot(context, parameters);
      for (const measure of measures) {
        await yielder.yieldOrStop();
        const values = await computeMeasures([measure], snapshot);
        checkDeclared(measure, values);
        Object.assign(columns, values);
      }
    }
    await yielder.yieldOrStop();
    const own = (await this.#further?.(parameters, step)) ?? {};
    checkColumns(own, columns);
    Object.assign(columns, own);
    await yielder.yieldOrStop();
    for (const [name, value] of Object.entries(columns)) {
      if (!Number.isFinite(value)) columns[name] = null;
    }
    return { columns, seconds: (performance.now() - began) / 1000 };
  }
}

/**
 * Checks that a metric gives the columns that it was collected with, which are none of a record's.
 *
 * @throws RangeError for another one
 */
function checkDeclared({ name, columns }: Measure, values: ExtraColumns): void {
  const other = Object.keys(values).find((column) => !columns.includes(column));
  if (other === undefined) return;
  throw new RangeError(
    `The metric ${name} gives the column ${printable(other)}, which is not among its columns, ${columns.join(", ")}.`,
  );
}

/**
 * Checks that columns of one's own take the place of none that a record has.
 *
 * @throws RangeError for a name that is taken
 */
function checkColumns(own: ExtraColumns, others: ExtraColumns): void {
  for (const name of Object.keys(own)) {
    const isOfRecord = Object.hasOwn(recordSchema.shape, name);
    if (!isOfRecord && !Object.hasOwn(others, name)) continue;
    throw new RangeError(
      `measure gives the column ${name}, which ${isOfRecord ? "every record has" : "a metric of the run gives"}; give it another name.`,
    );
  }
}
