import type { EvaluationRecord } from "@grok/train";
import type { Output } from "../process-env";
import type { Display } from "./display";
import type { RunStatus } from "./run-status";

/** Prints each evaluation as metrics.jsonl has it; all else is another display's. */
export class JsonDisplay implements Display {
  readonly #records: Output;
  readonly #rest: Display;

  constructor(records: Output, rest: Display) {
    this.#records = records;
    this.#rest = rest;
  }

  progress(runStatus: RunStatus): void {
    this.#rest.progress(runStatus);
  }

  evaluation(record: EvaluationRecord, runStatus: RunStatus): void {
    this.#records.write(`${JSON.stringify(record)}\n`);
    this.#rest.evaluation(record, runStatus);
  }

  milestone(name: "t_mem" | "t_grok", runStatus: RunStatus): void {
    this.#rest.milestone(name, runStatus);
  }

  message(text: string): void {
    this.#rest.message(text);
  }

  close(): void {
    this.#rest.close();
  }
}
