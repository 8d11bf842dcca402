import "@tensorflow/tfjs-backend-cpu";
import { mlx, nanda, quadratic } from "@grok/models";
import { describe, expect, it } from "vitest";
import { subjectOf } from "../test/subjects";
import { ablate, cutPath, scoreSubject } from "./index";

const nets = subjectOf((p) => nanda(p, { dModel: 12, heads: 3 }));
const deep = subjectOf((p) => mlx(p, { dModel: 8, heads: 2 }), { layout: "mlx" });

describe("cutPath", () => {
  it("to the logits of the last feed-forward's neuron is all that the neuron does", async () => {
    const own = (await scoreSubject(nets)).loss as number;
    const changes: number[] = [];
    for (let n = 0; n < 8; n++) {
      const neuron = { kind: "neuron", layer: 0, neuron: n } as const;
      const [cut, out] = [await cutPath(nets, neuron, "logits"), await ablate(nets, [neuron])];
      expect(cut.loss).toBeCloseTo(out.loss as number, 6);
      changes.push(Math.abs((cut.loss as number) - own));
    }
    expect(Math.max(...changes)).toBeGreaterThan(1e-4);
  });

  it("of a head is less than the head: what one later part reads, others still have", async () => {
    const head = { kind: "head", layer: 0, head: 0 } as const;
    const whole = (await ablate(deep, [head])).loss as number;
    const own = (await scoreSubject(deep)).loss as number;
    const ends = [
      "layers.0.feedForward",
      "layers.1.attention",
      "layers.1.feedForward",
      "logits",
    ] as const;
    for (const end of ends) {
      const { loss } = await cutPath(deep, head, end);
      expect(loss, end).not.toBe(own);
      expect(loss, end).not.toBe(whole);
    }
  });

  it("is refused to what comes before, and in networks whose parts do not add up", async () => {
    const head = { kind: "head", layer: 1, head: 0 } as const;
    await expect(cutPath(deep, head, "layers.0.feedForward")).rejects.toThrow(
      "layers.0.feedForward does not come after head:1.0",
    );
    await expect(cutPath(deep, head, "layers.7.attention")).rejects.toThrow(
      "layers.7.attention does not come after head:1.0",
    );
    const mlp = subjectOf((p) => quadratic(p), { layout: "one-hot" });
    await expect(cutPath(mlp, { ...head, kind: "neuron", neuron: 0 }, "logits")).rejects.toThrow(
      "an MLP has no residual stream that is known here",
    );
  });
});
