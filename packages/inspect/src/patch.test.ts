import "@tensorflow/tfjs-backend-cpu";
import { nanda } from "@grok/models";
import * as tf from "@tensorflow/tfjs-core";
import { describe, expect, it } from "vitest";
import { subjectOf } from "../test/subjects";
import { patch, patching, scoreSubject } from "./index";
import { partsOf } from "./parts";
import { passPart } from "./score";

const subject = subjectOf((p) => nanda(p, { dModel: 12, heads: 3 }));
const { size } = subject.examples;
const last = subject.length - 1;
/** Each example gets the next one's. */
const rows = Int32Array.from({ length: size }, (_, row) => (row + 1) % size);

/** Logits by example, [size][classes]. */
function logitsByRow(change: Parameters<typeof passPart>[2]): number[][] {
  const found: number[][] = [];
  for (const part of partsOf(subject)) {
    const logits = tf.tidy(() => passPart(subject, part, change).arraySync());
    for (const [i, row] of part.rows.entries()) found[row] = logits[i] as number[];
  }
  return found;
}

const farthest = (a: number[][], b: number[][]) =>
  Math.max(...a.flatMap((each, i) => each.map((x, j) => Math.abs(x - (b[i]?.[j] as number)))));

describe("patch", () => {
  const plain = logitsByRow({});
  const others = Array.from(rows, (row) => plain[row] as number[]);

  it("with an input's own activations changes nothing", async () => {
    const sites = [{ point: "layers.0.residual.mid" }, { point: "layers.0.attention.pattern" }];
    expect(farthest(logitsByRow(patching(subject, sites)), plain)).toBeLessThan(1e-6);
    const [own, patched] = [await scoreSubject(subject), await patch(subject, sites)];
    expect(patched.accuracy).toBe(own.accuracy);
  });

  it.each([
    [
      "the whole stream at the position that is read",
      { point: "layers.0.residual.post", select: { position: [last] } },
    ],
    ["both operands' embeddings", { point: "tokenEmbedding", select: { position: [0, 1] } }],
    ["the logits", { point: "logits" }],
  ])("with %s of another input gives the other's answer", (_, site) => {
    expect(farthest(logitsByRow(patching(subject, [site], { rows })), others)).toBeLessThan(1e-6);
  });

  it("with the stream at another position leaves the answer as it is", () => {
    const site = { point: "layers.0.residual.post", select: { position: [0, 1] } };
    expect(farthest(logitsByRow(patching(subject, [site], { rows })), plain)).toBeLessThan(1e-6);
  });

  it("with one head alone changes the answer in part", () => {
    const site = { point: "layers.0.attention.z", select: { head: [1] } };
    const found = logitsByRow(patching(subject, [site], { rows }));
    expect(farthest(found, plain)).toBeGreaterThan(1e-3);
    expect(farthest(found, others)).toBeGreaterThan(1e-3);
  });

  it("from another checkpoint gives that checkpoint's answers, from the logits on", async () => {
    const parameters = subject.network.initialise(9);
    const found = logitsByRow(patching(subject, [{ point: "logits" }], { parameters }));
    expect(farthest(found, logitsByRow({ parameters }))).toBe(0);
    tf.dispose(parameters);
  });

  it("leaves no tensors", async () => {
    await patch(subject, [{ point: "tokenEmbedding" }], { rows });
    const before = tf.memory().numTensors;
    await patch(subject, [{ point: "tokenEmbedding" }, { point: "layers.0.attention.z" }], {
      rows,
    });
    expect(tf.memory().numTensors).toBe(before);
  });

  it.each([
    [
      { point: "layers.1.residual.mid" },
      {},
      "there is no point layers.1.residual.mid: the network has tokenEmbedding",
    ],
    [
      { point: "logits", select: { head: [0] } },
      {},
      "logits has no axis head: it has example, answer, class",
    ],
    [
      { point: "layers.0.attention.z", select: { head: [3] } },
      {},
      "layers.0.attention.z has no head 3: there are 3 from 0",
    ],
    [
      { point: "logits" },
      { rows: Int32Array.of(0) },
      "rows has 1 entries: it has one of 0 … 48 for each of 49 examples",
    ],
  ])("refuses %j with %j", async (site, source, message) => {
    await expect(patch(subject, [site], source)).rejects.toThrow(message);
  });
});
