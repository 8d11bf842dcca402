import "@tensorflow/tfjs-backend-cpu";
import { computeMeasures, Snapshot, selectMeasures } from "@grok/metrics";
import * as tf from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, it } from "vitest";
import { collect, MemoryStore, tiny } from "../../test/tiny";
import type { Experiment } from "../experiment/experiment";
import { train } from "../loop/train";
import { type Checkpoint, decodeCheckpoint } from "../run/checkpoint";
import type { RunFiles } from "../run/files";
import { fingerprint } from "../run/fingerprint";
import { analysisName, checkpointName } from "../run/names";
import { type AnalysedRun, analyseRun, choose } from "./analyse-run";
import { Analysis } from "./analysis";
import { checkpointViews } from "./checkpoint-views";

beforeAll(async () => {
  await tf.setBackend("cpu");
});

type Files = Pick<RunFiles, "folder" | "path" | "listCheckpoints" | "read" | "write">;

/** A run's files in memory, which count what is written. */
class MemoryFiles implements Files {
  readonly folder = "run";
  readonly contents = new Map<string, Uint8Array<ArrayBuffer>>();
  writes = 0;
  path(name: string): string {
    return `run/${name}`;
  }
  async listCheckpoints(): Promise<string[]> {
    return [...this.contents.keys()].filter((name) => name.startsWith("checkpoints/"));
  }
  async read(name: string): Promise<Uint8Array<ArrayBuffer> | null> {
    return this.contents.get(name) ?? null;
  }
  async write(name: string, content: string | Uint8Array<ArrayBuffer>): Promise<void> {
    this.writes++;
    const bytes = typeof content === "string" ? new TextEncoder().encode(content) : content;
    this.contents.set(name, new Uint8Array(bytes));
  }
  get lines(): Record<string, unknown>[] {
    const text = new TextDecoder().decode(this.contents.get(analysisName));
    return text
      .split("\n")
      .filter(Boolean)
      .map((line) => JSON.parse(line));
  }
}

/** The files of a run of some steps, with all its checkpoints. */
async function filesOf(experiment: Experiment): Promise<MemoryFiles> {
  const store = new MemoryStore();
  await collect(train(experiment, { store }));
  const files = new MemoryFiles();
  for (const [step, bytes] of store.checkpoints) {
    files.contents.set(checkpointName(step), new Uint8Array(bytes));
  }
  return files;
}

async function analyse(
  files: Files,
  analysis: Analysis,
  options: Parameters<typeof analyseRun>[2] = {},
): Promise<AnalysedRun & { kept: boolean[] }> {
  const steps = analyseRun(files, analysis, options);
  const kept: boolean[] = [];
  for (;;) {
    const next = await steps.next();
    if (next.done === true) return { ...next.value, kept };
    kept.push(next.value.isKept);
  }
}

const nanda = tiny("nanda", {
  p: 7,
  "d-model": 8,
  "n-heads": 2,
  steps: 12,
  "eval-every": 4,
  "checkpoint-every": 4,
  "keep-checkpoints": "all",
});
const names = ["progress", "circularity", "participation-ratio"];

describe("analyseRun", () => {
  it("gives a record per checkpoint, with what the measures say of it, and leaks nothing", async () => {
    const files = await filesOf(nanda);
    const analysis = await Analysis.of(nanda, names);
    const before = tf.memory().numTensors;
    const { records, frequencies, notices } = await analyse(files, analysis);
    expect(tf.memory().numTensors).toBe(before);
    expect(notices).toEqual([]);
    expect(records.map(({ step }) => step)).toEqual([4, 8, 12]);
    expect(records.map(({ epoch }) => epoch)).toEqual([4, 8, 12]);
    expect(files.lines).toEqual(records);
    const context = analysis.context as NonNullable<typeof analysis.context>;
    for (const { step, ...record } of records) {
      const bytes = files.contents.get(checkpointName(step)) as Uint8Array;
      const parameters = await analysis.parameters(await decodeCheckpoint(bytes));
      const judged = { ...context, keyFrequencies: frequencies as readonly number[] };
      const expected = await computeMeasures(
        selectMeasures(names, context).measures,
        new Snapshot(judged, parameters),
      );
      const moment = await new Snapshot(context, parameters).keyFrequencies();
      for (const [column, value] of Object.entries(expected)) {
        const wanted = column === "key_frequencies" ? moment.length : value;
        expect(record[column], column).toBeCloseTo(wanted as number, 6);
      }
      expect(record.singular_values).toHaveLength(8);
      expect(record.embedding_power).toHaveLength(4);
      expect(record.logit_power).toHaveLength(4);
      const norm = tf.tidy(() => tf.norm(parameters.tokenEmbedding as tf.Tensor).dataSync()[0]);
      const squares = record.singular_values?.reduce((sum, value) => sum + value ** 2, 0);
      expect(Math.sqrt(squares as number)).toBeCloseTo(norm as number, 4);
      tf.dispose(parameters);
    }
  });

  it("computes nothing twice, and only what is new of other measures", async () => {
    const files = await filesOf(nanda);
    const first = await analyse(files, await Analysis.of(nanda, ["gini"]));
    expect(first.kept).toEqual([false, false, false]);
    const { writes } = files;
    const again = await analyse(files, await Analysis.of(nanda, ["gini"]));
    expect(again.kept).toEqual([true, true, true]);
    expect(again.records).toEqual(first.records);
    expect(files.writes).toBe(writes);
    // A mark on what is there shows that it is kept.
    const marked = files.lines.map((line) => JSON.stringify({ ...line, gini_embedding: 0.125 }));
    await files.write(analysisName, `${marked.join("\n")}\n`);
    const more = await analyse(files, await Analysis.of(nanda, ["gini", "circularity"]));
    expect(more.kept).toEqual([false, false, false]);
    for (const record of more.records) {
      expect(record.gini_embedding).toBe(0.125);
      expect(record.circularity).toBeGreaterThan(0);
      expect(record.measures).toEqual(["gini", "spectra", "circularity"]);
    }
    const fresh = await analyse(files, await Analysis.of(nanda, ["gini"]), { isFresh: true });
    expect(fresh.records).toEqual(first.records);
  });

  it("judges again what was judged by other key frequencies, and by another experiment all", async () => {
    const analysis = await Analysis.of(nanda, ["fourier-losses", "gini"]);
    const { records } = await analyse(await filesOf(nanda), analysis);
    const [record] = records as [(typeof records)[0]];
    expect(analysis.missing(record, record.frequencies as number[])).toEqual([]);
    expect(analysis.missing(record, [1, 2, 3, 99])).toEqual(["fourier-losses"]);
    const other = await Analysis.of({ ...nanda, seed: 5 }, ["gini"]);
    expect(other.missing(record, record.frequencies as number[])).toEqual(["gini", "spectra"]);
    expect(other.missing(undefined, null)).toEqual(["gini", "spectra"]);
  });

  it("keeps what was done before it was stopped", async () => {
    const files = await filesOf(nanda);
    const analysis = await Analysis.of(nanda, ["gini"]);
    const controller = new AbortController();
    const steps = analyseRun(files, analysis, { signal: controller.signal });
    await steps.next();
    controller.abort();
    const { done, value } = await steps.next();
    expect(done).toBe(true);
    expect((value as AnalysedRun).records.map(({ step }) => step)).toEqual([4]);
    expect(files.lines.map(({ step }) => step)).toEqual([4]);
    expect((await analyse(files, analysis)).kept).toEqual([true, false, false]);
  });

  it("leaves out a checkpoint that is damaged or gone, and judges by the last whole one", async () => {
    const files = await filesOf(nanda);
    const whole = files.contents.get(checkpointName(12)) as Uint8Array<ArrayBuffer>;
    files.contents.set(checkpointName(12), whole.slice(0, -1));
    const { records, notices } = await analyse(files, await Analysis.of(nanda, ["gini"]));
    expect(records.map(({ step }) => step)).toEqual([4, 8]);
    expect(notices.join()).toMatch(
      /left out: run\/checkpoints\/step-00000012.safetensors is no whole/,
    );
  });

  it("makes again an analysis.jsonl that cannot be read", async () => {
    const files = await filesOf(nanda);
    await files.write(analysisName, '{"step": 4, "measures": 7}\n');
    const { records, notices } = await analyse(files, await Analysis.of(nanda, ["gini"]));
    expect(records).toHaveLength(3);
    expect(notices.join()).toMatch(
      /^run\/analysis.jsonl is made again: Line 1 of analysis.jsonl cannot be read: /,
    );
    await files.write(analysisName, "no JSON\n");
    expect((await analyse(files, await Analysis.of(nanda, ["gini"]))).notices.join()).toMatch(
      /made again: Line 1 of analysis.jsonl cannot be read/,
    );
  });

  it("finds nothing if there is no checkpoint", async () => {
    const found = await analyse(new MemoryFiles(), await Analysis.of(nanda, ["gini"]));
    expect(found.records).toEqual([]);
    expect(found.checkpoints).toEqual([]);
  });

  it("chooses checkpoints evenly, the first and the last among them", () => {
    const ten = Array.from({ length: 10 }, (_, i) => i);
    expect(choose(ten, "all")).toEqual(ten);
    expect(choose(ten, "last")).toEqual([9]);
    expect(choose(ten, 1)).toEqual([9]);
    expect(choose(ten, 4)).toEqual([0, 3, 6, 9]);
    expect(choose(ten, 99)).toEqual(ten);
    expect(choose([], 3)).toEqual([]);
  });
});

describe("what a run cannot have", () => {
  it("is skipped with its reason where examples never end; singular values remain", async () => {
    const addition = tiny("addition-777", {
      digits: 2,
      curriculum: "5:1,7:2",
      "test-size": 40,
      "batch-size": 8,
      steps: 4,
      "eval-every": 4,
      "checkpoint-every": 2,
      "warmup-steps": 1,
      "schedule-steps": 4,
    });
    const analysis = await Analysis.of(addition, ["progress", "rqi"]);
    expect(analysis.skipped).toEqual([
      {
        name: "of any kind",
        reason: "task addition has examples without end, and measures need all of them",
      },
    ]);
    const files = await filesOf(addition);
    const { records, frequencies } = await analyse(files, analysis);
    expect(frequencies).toBeNull();
    expect(records.map(({ step, epoch }) => [step, epoch])).toEqual([
      [2, null],
      [4, null],
    ]);
    expect(records[0]?.singular_values?.length).toBeGreaterThan(5);
    const last = await decodeCheckpoint(files.contents.get(checkpointName(4)) as Uint8Array);
    expect(await checkpointViews(analysis, last, null)).toEqual({
      step: 4,
      circle: null,
      attention: null,
      answers: null,
      periodicity: null,
      neurons: null,
    });
  });

  it("is skipped of a group for permutations and parity", async () => {
    const small = { "d-model": 8, "n-heads": 2, "n-layers": 1, steps: 2, "checkpoint-every": 1 };
    const s5 = tiny("openai", { ...small, op: "s5", "batch-size": 4, "eval-every": 2 });
    const skipped = (await Analysis.of(s5, ["progress"])).skipped.map(({ name }) => name);
    expect(skipped).toEqual(["fourier-losses", "gini"]);
    const parity = tiny("order-parameters", {
      task: "parity",
      bits: 5,
      samples: 30,
      relevant: 2,
      width: 8,
      steps: 2,
      "checkpoint-every": 1,
    });
    const analysis = await Analysis.of(parity, ["default"]);
    const files = await filesOf(parity);
    const { records, frequencies } = await analyse(files, analysis);
    expect(frequencies).toBeNull();
    expect(records[0]?.participation_ratio).toBeGreaterThan(1);
    expect(records[0]).not.toHaveProperty("embedding_power");
    const last = await decodeCheckpoint(files.contents.get(checkpointName(2)) as Uint8Array);
    const views = await checkpointViews(analysis, last, null);
    expect(views).toMatchObject({ circle: null, attention: null, answers: null });
  });

  it("weights that are not finite, or of another experiment, are one clear error", async () => {
    const files = await filesOf(nanda);
    const analysis = await Analysis.of(nanda, ["gini"]);
    const bytes = files.contents.get(checkpointName(4)) as Uint8Array;
    const checkpoint: Checkpoint = await decodeCheckpoint(bytes);
    (checkpoint.parameters.get("tokenEmbedding") as { data: Float32Array }).data[3] = Number.NaN;
    const before = tf.memory().numTensors;
    await expect(analysis.record(checkpoint, null)).rejects.toThrow(
      /^the parameter tokenEmbedding has NaN at row 0, column 3: all numbers must be finite$/,
    );
    expect(tf.memory().numTensors).toBe(before);
    const other = await Analysis.of({ ...nanda, seed: 5 }, ["gini"]);
    await expect(other.record(checkpoint, null)).rejects.toThrow("belongs to another experiment");
  });
});

describe("checkpointViews", () => {
  it("shows circle, attention, answers and periodicity of a transformer", async () => {
    const files = await filesOf(nanda);
    const analysis = await Analysis.of(nanda, ["gini"]);
    const bytes = files.contents.get(checkpointName(12)) as Uint8Array;
    const before = tf.memory().numTensors;
    const views = await checkpointViews(analysis, await decodeCheckpoint(bytes), 2);
    expect(tf.memory().numTensors).toBe(before);
    expect(views.circle?.points).toHaveLength(7);
    expect(views.circle?.share).toBeGreaterThan(0);
    expect(views.circle?.share).toBeLessThan(1);
    expect(views.answers?.correct).toHaveLength(49);
    expect(views.answers?.train.reduce((sum, one) => sum + one, 0)).toBe(14);
    expect(views.attention?.map(({ layer, head }) => [layer, head])).toEqual([
      [0, 0],
      [0, 1],
    ]);
    for (const { weights } of views.attention ?? []) {
      expect(weights.map((row) => row.reduce((sum, one) => sum + one, 0))).toEqual(
        Array(3).fill(expect.closeTo(1, 4)),
      );
      expect(weights[0]?.[1]).toBe(0);
    }
    // By Parseval the powers add up to the logits' squares.
    const powers = views.periodicity?.flat() as number[];
    expect(powers).toHaveLength(16);
    const context = analysis.context as NonNullable<typeof analysis.context>;
    const parameters = await analysis.parameters(await decodeCheckpoint(bytes));
    const { values } = await new Snapshot(context, parameters).pairLogits();
    tf.dispose(parameters);
    const squares = values.reduce((sum, value) => sum + value ** 2, 0);
    expect(powers.reduce((sum, power) => sum + power, 0) / squares).toBeCloseTo(1, 4);
  });
});

it("measures on the examples that were trained on behind a change", async () => {
  const fewer = { ...nanda.task, trainFraction: 0.15 } as Experiment["task"];
  const changed = { ...nanda, changes: [{ at: 5, set: { "task.trainFraction": 0.15 } }] };
  const files = await filesOf(changed);
  const { records } = await analyse(files, await Analysis.of(changed, names));
  expect(records.map(({ step, epoch }) => [step, epoch])).toEqual([
    [4, 4],
    [5, 5],
    [8, 8],
    [12, 12],
  ]);
  for (const [i, task] of [nanda.task, nanda.task, fewer, fewer].entries()) {
    const { step, ...record } = records[i] as (typeof records)[number];
    const there = await Analysis.of({ ...nanda, task }, names);
    const bytes = files.contents.get(checkpointName(step)) as Uint8Array;
    const checkpoint = await decodeCheckpoint(bytes);
    const alike = { ...checkpoint, experiment: await fingerprint(there.experiment) };
    const { experiment: _, ...same } = await there.record(alike, record.frequencies ?? null);
    const { experiment: __, ...found } = record;
    expect({ ...found, step }).toEqual(same);
  }
});
