import "@tensorflow/tfjs-backend-cpu";
import { mlp, nanda, quadratic } from "@grok/models";
import * as tf from "@tensorflow/tfjs-core";
import { describe, expect, it } from "vitest";
import { subjectOf } from "../test/subjects";
import {
  ablation,
  answerSubject,
  type Component,
  outgoingRows,
  type Subject,
  scoreSubject,
} from "./index";

/** The subject with rows of a parameter at zero. */
function withoutRows(subject: Subject, rows: ReturnType<typeof outgoingRows>): Subject {
  if (rows === null) throw new Error("there are no rows");
  const tensor = subject.parameters[rows.parameter] as tf.Tensor;
  const values = tensor.dataSync().slice();
  const width = tensor.shape[1] as number;
  values.fill(0, rows.first * width, (rows.last + 1) * width);
  return {
    ...subject,
    parameters: { ...subject.parameters, [rows.parameter]: tf.tensor(values, tensor.shape) },
  };
}

describe("outgoingRows", () => {
  const transformer = subjectOf((p) => nanda(p, { dModel: 12, heads: 3 }));
  const cases: [string, Subject, Exclude<Component, { kind: "frequency" | "direction" }>][] = [
    ["a head", transformer, { kind: "head", layer: 0, head: 1 }],
    ["a transformer's neuron", transformer, { kind: "neuron", layer: 0, neuron: 9 }],
    [
      "an MLP's neuron",
      subjectOf((p) => quadratic(p, { width: 20 }), { layout: "one-hot" }),
      { kind: "neuron", layer: 0, neuron: 4 },
    ],
  ];

  it.each(cases)("at zero they are %s that is taken out", async (_, subject, component) => {
    const { change } = await ablation(subject, [component]);
    const [cut, ablated, whole] = await Promise.all([
      answerSubject(withoutRows(subject, outgoingRows(subject.network, component))),
      answerSubject(subject, change),
      answerSubject(subject),
    ]);
    const distance = (one: Float32Array, other: Float32Array) =>
      one.reduce((most, value, i) => Math.max(most, Math.abs(value - (other[i] as number))), 0);
    expect(distance(cut.logits, ablated.logits)).toBeLessThan(1e-6);
    expect(distance(cut.logits, whole.logits)).toBeGreaterThan(1e-6);
  });

  it("is refused for a part that there is not", () => {
    expect(() => outgoingRows(transformer.network, { kind: "head", layer: 0, head: 3 })).toThrow(
      "there is no head:0.3: there are 3 in layer 0",
    );
  });
});

describe("answerSubject", () => {
  it("gives scoreSubject's figures and the logits in the order of the examples", async () => {
    const subject = subjectOf((p) => mlp(p, { width: 16 }), { layout: "pair" });
    const { score, logits } = await answerSubject(subject);
    expect(score).toEqual(await scoreSubject(subject));
    const { network, examples, length, answerPositions } = subject;
    const batch = { tokens: examples.tokens, size: examples.size, length, answerPositions };
    const expected = network
      .forward({ ...subject.parameters }, network.plan(batch))
      .dataSync() as Float32Array;
    expect(logits).toHaveLength(expected.length);
    expected.forEach((value, i) => {
      expect(logits[i]).toBeCloseTo(value, 5);
    });
  });
});
