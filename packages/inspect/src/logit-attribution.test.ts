import "@tensorflow/tfjs-backend-cpu";
import { addition777, mlx, nanda, power, quadratic } from "@grok/models";
import * as tf from "@tensorflow/tfjs-core";
import { describe, expect, it } from "vitest";
import { subjectOf } from "../test/subjects";
import { logitAttribution } from "./index";
import { partsOf } from "./parts";
import { passPart } from "./score";

describe("logitAttribution", () => {
  it.each([
    ["without norms", subjectOf((p) => nanda(p, { dModel: 12, heads: 3 }))],
    [
      "with RMS norms and two layers",
      subjectOf((p) => mlx(p, { dModel: 8, heads: 2 }), { layout: "mlx" }),
    ],
    [
      "with layer norms, biases and a scale of its logits",
      subjectOf(
        (p) => ({
          ...addition777(),
          vocabulary: p + 2,
          classes: p + 2,
          context: 4,
          outputScale: 0.5,
          norm: { kind: "layer", position: "pre", eps: 1e-5, bias: true },
          biases: { attention: true, feedForward: true, head: true },
        }),
        { layout: "mlx" },
      ),
    ],
  ])("of a network %s adds up to its logits", async (_, subject) => {
    // Biases begin at zero, where they would say nothing.
    const parameters = Object.fromEntries(
      Object.entries(subject.parameters).map(([name, tensor]) => [
        name,
        name.endsWith("bias") ? tf.randomNormal(tensor.shape, 0, 0.3, "float32", 4) : tensor,
      ]),
    );
    const found = await logitAttribution({ ...subject, parameters });
    for (const part of partsOf(subject)) {
      const logits = tf.tidy(() => passPart({ ...subject, parameters }, part).arraySync());
      for (const [i, row] of part.rows.entries()) {
        const all = logits[i] as number[];
        const mean = all.reduce((sum, value) => sum + value, 0) / all.length;
        const right = (all[part.labels[i] as number] as number) - mean;
        const sum = found.reduce((whole, { values }) => whole + (values[row] as number), 0);
        expect(Math.abs(sum - right)).toBeLessThan(1e-5 * Math.max(1, Math.abs(right)));
      }
    }
    const [first] = found;
    expect(first?.component).toBe("embedding");
  });

  it.each([
    [
      "an MLP",
      subjectOf((p) => quadratic(p), { layout: "one-hot" }),
      "an MLP has no residual stream that is known here",
    ],
    [
      "post norms",
      subjectOf((p) => power(p, { dModel: 8, heads: 2 }), { layout: "power" }),
      "the norms of this transformer (position post) act on the residual stream itself",
    ],
  ])("is refused for %s", async (_, subject, message) => {
    await expect(logitAttribution(subject)).rejects.toThrow(message);
  });
});
