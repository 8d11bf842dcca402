import "@tensorflow/tfjs-backend-cpu";
import { nanda, quadratic } from "@grok/models";
import { expect, it } from "vitest";
import { subjectOf } from "../test/subjects";
import { ablate, pruneNeurons, scoreSubject } from "./index";

const analytic = () =>
  subjectOf((p) => quadratic(p, { width: 40, initialisation: "analytic" }), {
    p: 5,
    layout: "one-hot",
  });

it("takes neurons out in the order of a value, and gives what ablation gives", async () => {
  const subject = analytic();
  const values = Array.from({ length: 40 }, (_, i) => (i * 7) % 40);
  const rows = await pruneNeurons(subject, 0, values, { shares: [0, 0.05, 1] });
  expect(rows.map(({ pruned }) => pruned)).toEqual([0, 2, 40]);
  expect(rows[0]?.score).toEqual(await scoreSubject(subject));
  const lowest = [0, 1].map((value) => ({
    kind: "neuron" as const,
    layer: 0,
    neuron: values.indexOf(value),
  }));
  expect(rows[1]?.score).toEqual(await ablate(subject, lowest));
  // Of nothing, every answer is 0.
  expect(rows[2]?.score.accuracy).toBeCloseTo(1 / 5, 6);
  const [down] = await pruneNeurons(subject, 0, values, { first: "highest", shares: [0.025] });
  const highest = { kind: "neuron" as const, layer: 0, neuron: values.indexOf(39) };
  expect(down?.score).toEqual(await ablate(subject, [highest]));
  expect((await pruneNeurons(subject, 0, values)).map(({ pruned }) => pruned)).toEqual(
    Array.from({ length: 11 }, (_, i) => 4 * i),
  );
});

it("refuses what is no layer, no value or no share", async () => {
  const subject = analytic();
  const values = new Float64Array(40);
  await expect(pruneNeurons(subject, 1, values)).rejects.toThrow(
    "layer 1 has no neurons: the network has 1 layers of them, from 0",
  );
  await expect(pruneNeurons(subject, 0, [1])).rejects.toThrow(
    "values must be 40 finite numbers, one for each neuron of layer 0; there are 1",
  );
  await expect(pruneNeurons(subject, 0, values, { shares: [1.5] })).rejects.toThrow(
    "shares has 1.5; each is from 0 to 1",
  );
  const transformer = subjectOf((p) => nanda(p, { dModel: 8, heads: 2 }));
  const [whole, none] = await pruneNeurons(transformer, 0, new Float64Array(32), {
    shares: [0, 1],
  });
  expect(none?.score).not.toEqual(whole?.score);
});
