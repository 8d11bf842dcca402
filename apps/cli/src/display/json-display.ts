import type { EvaluationRecord } from "@grok/train";
import type { Output } from "../process-env";
import type { Display } from "./display";
import type { Standing } from "./standing";

/** Prints each evaluation as metrics.jsonl has it; all else is another display's. */
export class JsonDisplay implements Display {
  readonly #records: Output;
  readonly #rest: Display;

  constructor(records: Output, rest: Display) {
    this.#records = records;
    this.#rest = rest;
  }

  moved(standing: Standing): void {
    this.#rest.moved(standing);
  }

  evaluated(record: EvaluationRecord, standing: Standing): void {
    this.#records.write(`${JSON.stringify(record)}\n`);
    this.#rest.evaluated(record, standing);
  }

  reached(name: "t_mem" | "t_grok", standing: Standing): void {
    this.#rest.reached(name, standing);
  }

  say(text: string): void {
    this.#rest.say(text);
  }

  close(): void {
    this.#rest.close();
  }
}
