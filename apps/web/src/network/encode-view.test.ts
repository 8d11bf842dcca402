import { expect, test } from "vitest";
import { decodeView, decodeViews, encodeView } from "./encode-view";
import type { NetworkView } from "./view";

const view: NetworkView = {
  step: 300,
  milliseconds: 12.5,
  answers: {
    size: 2,
    depth: 1,
    classes: Uint16Array.of(1, 300, 2, 0),
    shares: Uint8Array.of(255, 0, 128, 7),
    right: Uint8Array.from({ length: 9000 }, (_, i) => i % 256),
  },
  embedding: { points: Int8Array.of(-127, 127, 0, -1), unit: 0.01, explained: [0.5, 0.25] },
  waves: {
    embedding: Float32Array.of(0, 1.5, 1e-30),
    logits: null,
    keys: [1],
    circles: [{ frequency: 1, roundness: 0.5, points: Int8Array.of(1, 2), unit: 2 }],
  },
  attention: Uint8Array.of(255, 0, 100, 155),
  pair: { step: 300, a: 1, b: 0, logits: Float32Array.of(-1, 2), attention: null },
  measures: { weight_norm: 3.25, rqi: null },
};

test("a view comes back as it was", () => {
  const line = encodeView(view);
  expect(line.indexOf("\n")).toBe(line.length - 1);
  expect(decodeView(line)).toEqual(view);
});

test("what is torn, changed or of another version is left out", () => {
  const line = encodeView(view);
  const text = `${line}${line.slice(0, 500)}\n{"version":1}\n{"version":2,"view":{}}\nnull\n${line}${line.slice(0, 90)}`;
  expect([...decodeViews(text)]).toEqual([view, view]);
  for (const bad of [
    line.replace('"version":1', '"version":2'),
    line.replace('"step":300', '"step":"300"'),
    line.replace(/"attention":\{[^}]*\}/, '"attention":[1]'),
    line.replace(/"bytes":"[^"]*"/, '"bytes":"!"'),
  ]) {
    expect(bad).not.toBe(line);
    expect(decodeView(bad)).toBeNull();
  }
});
