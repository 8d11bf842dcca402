import "@tensorflow/tfjs-backend-cpu";
import { mlp, nanda } from "@grok/models";
import * as tf from "@tensorflow/tfjs-core";
import { describe, expect, it } from "vitest";
import { subjectOf } from "../test/subjects";
import { gradientAttribution, scoreSubject, siteOf } from "./index";

describe("gradientAttribution", () => {
  it.each([
    ["a transformer", subjectOf((p) => nanda(p, { dModel: 12, heads: 3 }))],
    ["an MLP", subjectOf((p) => mlp(p, { width: 10 }), { layout: "pair" })],
  ])("of %s is the slope of the loss as a part is turned down", async (_, subject) => {
    const found = await gradientAttribution(subject);
    expect(found.length).toBeGreaterThan(9);
    for (const { component, loss } of found.slice(0, 6)) {
      const { point, select } = siteOf(subject.network, component);
      const losses: number[] = [];
      for (const part of [0.001, -0.001]) {
        const turn = (x: tf.Tensor) => {
          const axis = component.kind === "head" ? 2 : x.rank - 1;
          const place = (select?.head ?? select?.neuron)?.[0] as number;
          const sides = x.shape.map((side, i) => (i === axis ? side : 1));
          const factors = Float32Array.from({ length: sides[axis] as number }, (__, i) =>
            i === place ? 1 - part : 1,
          );
          return tf.mul(x, tf.tensor(factors, sides));
        };
        const { loss: value } = await scoreSubject(subject, {
          at: () => ({ [point]: turn }),
          sharedRows: true,
        });
        losses.push(value as number);
      }
      const slope = ((losses[0] as number) - (losses[1] as number)) / 0.002;
      expect(Math.abs(loss - slope)).toBeLessThan(2e-4 + 0.01 * Math.abs(slope));
    }
  });

  it("leaves no tensors", async () => {
    const subject = subjectOf((p) => nanda(p, { dModel: 12, heads: 3 }));
    const before = tf.memory().numTensors;
    await gradientAttribution(subject);
    expect(tf.memory().numTensors).toBe(before);
  });
});
