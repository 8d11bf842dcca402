import type { EvaluationRecord, Experiment } from "@grok/train";
import type { EventEmitter } from "./event-emitter";
import type { Going, Limits } from "./live-run";
import type { Recording } from "./recording";
import type { Views } from "./views";

/** Seconds in which a recorded run is shown from its first to its last evaluation. */
const seconds = 40;

/** A run that was computed elsewhere, shown as if it were computed: evaluation by evaluation. */
export class RecordedRun {
  readonly recording: Recording;
  /** It is kept nowhere. */
  readonly label = null;
  readonly #emitter: Pick<EventEmitter, "emit">;
  readonly #views: Views;
  readonly #pause: number;
  /** How many evaluations were shown. */
  #shown = 0;

  /** @param seconds how long all of it takes */
  constructor(
    recording: Recording,
    page: { emitter: Pick<EventEmitter, "emit">; views: Views },
    duration = seconds,
  ) {
    this.recording = recording;
    this.#emitter = page.emitter;
    this.#views = page.views;
    this.#pause = (1000 * duration) / recording.records.length;
  }

  get experiment(): Experiment {
    return this.recording.experiment;
  }

  /** The step that is shown. */
  get step(): number {
    return this.recording.records[this.#shown - 1]?.step ?? 0;
  }

  /** Shows what was seen in the network before its first step. */
  async look(): Promise<void> {
    const [first] = this.recording.views;
    if (first !== undefined) this.#views.add(first);
  }

  /** Shows what follows until it is stopped or over. */
  async begin(limits: Limits): Promise<Going> {
    return { end: this.#play(limits) };
  }

  async #play({ signal, until = Number.POSITIVE_INFINITY }: Limits): Promise<void> {
    const { records, views } = this.recording;
    this.#emitter.emit({ type: "status", status: "running" });
    while (this.#shown < records.length && !signal.aborted && this.step < until) {
      const before = this.step;
      const record = records[this.#shown++] as EvaluationRecord;
      this.#emitter.emit({ type: "evaluation", record });
      for (const view of views.filter(({ step }) => step > before && step <= record.step)) {
        this.#views.add(view);
        this.#emitter.emit({ type: "view", view });
      }
      await new Promise((done) => setTimeout(done, this.#pause));
    }
    const isOver = this.#shown === records.length;
    this.#emitter.emit({ type: "status", status: isOver ? "ended" : "paused" });
  }
}
