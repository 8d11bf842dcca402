import "@tensorflow/tfjs-backend-cpu";
import { createRunFiles, openRunFiles, readRunFiles, resolveExperiment, train } from "@grok/train";
import * as tf from "@tensorflow/tfjs-core";
import { beforeAll, expect, it } from "vitest";
import { MemoryFiles } from "./memory-files";
import { SpillingFiles } from "./spilling-files";

const experiment = resolveExperiment({
  preset: "mlp",
  flags: { p: 5, width: 4, "embed-dim": 2, steps: 12, "eval-every": 2, "checkpoint-every": 4 },
});

beforeAll(async () => {
  await tf.setBackend("cpu");
});

/** A storage that takes this many bytes and no more. */
class SmallStorage extends MemoryFiles {
  room: number;

  constructor(room: number) {
    super("small");
    this.room = room;
  }

  override async write(name: string, content: string | Uint8Array<ArrayBuffer>): Promise<void> {
    this.#take(content.length);
    await super.write(name, content);
  }

  override async append(name: string, text: string): Promise<void> {
    this.#take(text.length);
    await super.append(name, text);
  }

  #take(bytes: number): void {
    if (bytes > this.room) throw new DOMException("It is full.", "QuotaExceededError");
    this.room -= bytes;
  }
}

it.each([1300, 2500, 4000, 7000])(
  "continues in memory when %d bytes are full, and leaves a run that can continue",
  async (room) => {
    const stored = new SmallStorage(room);
    const full: MemoryFiles[] = [];
    const files = new SpillingFiles(stored, (_, copies) => full.push(copies));
    const store = await createRunFiles(files, experiment);
    for await (const event of train(experiment, { store })) {
      if (event.type === "end") expect(event.summary.status).toBe("finished");
    }
    expect(full).toHaveLength(1);
    const whole = await readRunFiles(full[0] as MemoryFiles);
    expect(whole.records.map(({ step }) => step)).toEqual([1, 2, 4, 6, 8, 10, 12]);
    expect(whole.summary?.steps).toBe(12);
    if ((await stored.read("config.json")) === null) return;
    // What was stored before is whole, and continues to the same end.
    stored.room = Number.POSITIVE_INFINITY;
    const open = await openRunFiles(stored);
    for await (const _ of train(experiment, {
      store: open.store,
      resumeFrom: open.checkpoint,
    })) {
      // Nothing to do but to continue.
    }
    const mended = await readRunFiles(stored);
    const timeless = (records: typeof mended.records) =>
      records.map((record) => ({ ...record, elapsed_sec: 0 }));
    expect(timeless(mended.records)).toEqual(timeless(whole.records));
  },
);
