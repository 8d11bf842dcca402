import "@tensorflow/tfjs-backend-cpu";
import * as tf from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, it } from "vitest";
import { collect as gather, MemoryStore, timeless, tiny } from "../../test/tiny";
import type { Experiment } from "../experiment/experiment";
import { train } from "../loop/train";
import { type Checkpoint, decodeCheckpoint } from "../run/checkpoint";
import { fingerprint } from "../run/fingerprint";

beforeAll(async () => {
  await tf.setBackend("cpu");
});

const flags = { p: 7, "d-model": 8, "batch-size": 8, steps: 12, "eval-every": 2 };
const trunk = tiny("mlx", { ...flags, "stop-on-grok": false });
const changedBy = (change: string, more: object = {}) => tiny("mlx", { ...flags, ...more, change });

async function run(experiment: Experiment, options: Parameters<typeof train>[1] = {}) {
  const store = new MemoryStore();
  const events = await gather(train(experiment, { store, ...options }));
  const ended = events.at(-1);
  if (ended?.type === "end" && ended.cause !== undefined) throw ended.cause;
  return { store, events };
}

const at = async (store: MemoryStore, step: number): Promise<Checkpoint> =>
  decodeCheckpoint(store.checkpoints.get(step) as Uint8Array);

/** What is the same for two runs that came to the same. */
const courseOf = async (store: MemoryStore) => {
  const { parameters, optimizer, progress } = await store.last();
  return { parameters, optimizer, progress: timeless(progress) };
};

const changes = [
  "5: weight-decay=0",
  "5: lr=0.01 weight-decay=2 beta2=0.9",
  "5: optimizer=sgd momentum=0.9",
  "5: optimizer=lion reset-optimizer",
  "5: loss=mse",
  "5: train-fraction=0.3 batch-size=5",
  "5: batch-mode=replacement",
  "5: label-noise=0.5",
  "5: batch-seed=7",
  "5: op=*",
  "5: freeze=tokenEmbedding",
  "5: scale=*.weight:0.5 zero=finalNorm.gain",
  "5: reinitialise=tokenEmbedding reset-optimizer",
  "5: reinitialise=tokenEmbedding:9",
  "5: prune=*:0.5",
  "5: rescale=*:3",
  "5: keep-frequencies=tokenEmbedding:1+3",
  "5: remove-frequencies=tokenEmbedding:2",
  "5: zero-rows=layers.0.attention.output.weight:0-3",
  "3: freeze=* lr=0.1; 5: thaw=*; 9: weight-decay=0",
  "5: weight-norm=3; 8: weight-norm=4",
  "5: decay=init weight-decay=1",
  "5: parameter-groups=tokenEmbedding:lr=0.1; 7: freeze=tokenEmbedding; 9: thaw=tokenEmbedding",
];

describe.each(changes)("the change %s", (change) => {
  it("makes a difference from its step on, and none before", async () => {
    const { store, events } = await run(changedBy(change));
    const { store: without } = await run(trunk);
    const first = Number.parseInt(change, 10);
    const early = ({ step }: { step: number }) => step <= first;
    expect(store.records.filter(early).map(timeless)).toEqual(
      without.records.filter(early).map(timeless),
    );
    expect((await store.last()).parameters).not.toEqual((await without.last()).parameters);
    expect(events.filter(({ type }) => type === "change")).toHaveLength(change.split(";").length);
  });

  it("gives the same bytes wherever the run is interrupted", async () => {
    const experiment = changedBy(change);
    const { store } = await run(experiment);
    const whole = await courseOf(store);
    for (const until of [5, 6, 9]) {
      const begun = await run(experiment, { until });
      const resumed = await run(experiment, { resumeFrom: await begun.store.last() });
      expect(await courseOf(resumed.store)).toEqual(whole);
      expect([...begun.store.records, ...resumed.store.records].map(timeless)).toEqual(
        store.records.map(timeless),
      );
    }
  });
});

it("continues from a checkpoint of the run without the change, up to its step", async () => {
  const experiment = changedBy("5: weight-decay=0 scale=tokenEmbedding:2");
  const whole = await run(experiment);
  for (const until of [4, 5]) {
    const { store } = await run(trunk, { until });
    const fork = await run(experiment, { resumeFrom: await store.last() });
    expect(await courseOf(fork.store)).toEqual(await courseOf(whole.store));
  }
  const { store } = await run(trunk, { until: 6 });
  await expect(run(experiment, { resumeFrom: await store.last() })).rejects.toThrow(
    "The checkpoint of step 6 belongs to another experiment.",
  );
});

it("continues exactly where its device is lost, before and after the change", async () => {
  const experiment = changedBy("5: lr=0.1 scale=tokenEmbedding:2", { "checkpoint-every": 3 });
  const whole = await run(experiment);
  for (const losing of [4, 6, 10]) {
    let isLost = false;
    const { store } = await run(experiment, {
      measure: (_, step) => {
        if (step !== losing || isLost) return {};
        isLost = true;
        throw new Error("the device is lost");
      },
      recover: async () => ({}),
    });
    expect(isLost).toBe(true);
    expect(await courseOf(store)).toEqual(await courseOf(whole.store));
  }
});

it("leaves frozen parameters as they are, and trains them again once thawed", async () => {
  const experiment = changedBy("4: freeze=tokenEmbedding; 8: thaw=tokenEmbedding", {
    "checkpoint-every": 2,
  });
  const { store } = await run(experiment);
  const tableAt = async (step: number) => (await at(store, step)).parameters.get("tokenEmbedding");
  expect(await tableAt(6)).toEqual(await tableAt(4));
  expect(await tableAt(8)).toEqual(await tableAt(4));
  expect(await tableAt(10)).not.toEqual(await tableAt(8));
  const names = (await at(store, 6)).optimizer;
  expect([...names.keys()].some((name) => name.endsWith(".tokenEmbedding"))).toBe(false);
});

it("counts epochs over training sets of different sizes", async () => {
  // 21 examples in batches of 8 are 3 steps, 12 in batches of 4 too; 12 in batches of 6 are 2.
  const { store } = await run(changedBy("6: train-fraction=0.3 batch-size=6"));
  expect(store.records.map(({ step, epoch }) => [step, epoch])).toEqual([
    [2, 2 / 3],
    [4, 4 / 3],
    [6, 2],
    [8, 3],
    [10, 4],
    [12, 5],
  ]);
});

it("shares the fingerprint up to the step of the change", async () => {
  const experiment = changedBy("5: weight-decay=0");
  expect(await fingerprint(experiment, 5)).toBe(await fingerprint(trunk));
  expect(await fingerprint(experiment, 6)).toBe(await fingerprint(experiment));
  expect(await fingerprint(experiment)).not.toBe(await fingerprint(trunk));
});

it.each([
  ["x: lr=1", /--change must be a step, a colon and what changes/],
  ["5:", /The change at step 5 changes nothing/],
  ["12: lr=1", /nothing to change at step 12, as the run ends at step 12; allowed are 1 to 11/],
  ["0: lr=1", /a whole number of at least 1, not 0/],
  ["5: lr=1; 5: lr=2", /two changes at step 5; make them one/],
  ["7: lr=1; 5: lr=2", /The change at step 5 must stand before that at step 7/],
  ["5: lr=-1", /The change at step 5: --lr must be a number greater than 0, not -1/],
  ["5: weigth-decay=1", /which is no flag .*did you mean weight-decay\?/],
  ["5: steps=100", /--steps cannot change in mid-run/],
  ["5: d-model=4", /--d-model cannot change in mid-run/],
  ["5: p=5", /gives the task a vocabulary of \d+, and the network was made for/],
  ["5: momentum=0.9", /--momentum goes with --optimizer sgd/],
  ["5: batch-size=500", /The change at step 5 cannot be made: .*must be at most 21/],
  ["5: freeze=tokenEmbeding", /fits no parameter; the network has .*did you mean tokenEmbedding\?/],
  ["5: scale=tokenEmbedding", /it is written scale=PARAMETERS:FACTOR/],
  ["5: scale=tokenEmbedding:x", /scale by must be a number/],
  ["5: prune=*:2", /prune share must be a number/],
  ["5: zero-rows=tokenEmbedding:9-99", /tokenEmbedding has no row 99: it has \d+, counted from 0/],
  ["5: zero-rows=tokenEmbedding:5-3", /its rows 5-3 end before they begin/],
  ["5: zero-rows=finalNorm.gain:0", /finalNorm.gain is no weight with rows/],
  ["5: zero-rows=tokenEmbedding:a", /rows are numbers and ranges, as 3\+64-95, not "a"/],
  ["5: keep-frequencies=tokenEmbedding:9", /9 is no frequency modulo 7; they are 1 to 3/],
  ["5: keep-frequencies=finalNorm.gain:1", /is no embedding of symbols; tokenEmbedding is/],
])("refuses %s in one sentence", (change, sentence) => {
  expect(() => changedBy(change)).toThrow(sentence);
});

it("takes changes as data, with flags as in code or as the experiment has them", () => {
  const wanted = changedBy("5: weight-decay=0 freeze=tokenEmbedding scale=*.gain:2");
  const asData = { at: 5, weightDecay: 0, freeze: "tokenEmbedding", scale: "*.gain:2" };
  expect(tiny("mlx", { ...flags, changes: [asData] })).toEqual(wanted);
  expect(tiny("mlx", { ...flags, changes: wanted.changes })).toEqual(wanted);
});
