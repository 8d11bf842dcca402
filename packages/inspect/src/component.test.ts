import { addition777, mlp, nanda, networkOf } from "@grok/models";
import { describe, expect, it } from "vitest";
import { componentsOf, componentText, parseComponent } from "./component";

describe("components", () => {
  it.each(["head:0.3", "neuron:1.511", "frequency:41"])("%s reads as it is written", (text) => {
    expect(componentText(parseComponent(text))).toBe(text);
  });

  it.each(["head:0", "head:0.1.2", "frequency:1.5", "neuron:-1.0", "layer:0", "", "head:0.1 "])(
    "%j is refused with what is allowed",
    (text) => {
      expect(() => parseComponent(text)).toThrow(
        `${JSON.stringify(text)} is no part of a network: allowed are head:LAYER.HEAD, neuron:LAYER.N and frequency:K, counted from 0`,
      );
    },
  );

  it("are counted per layer", () => {
    expect(componentsOf(networkOf(nanda(113)))).toEqual({ heads: [4], neurons: [512] });
    expect(componentsOf(networkOf(addition777()))).toEqual({ heads: [1], neurons: [14] });
    expect(componentsOf(networkOf(mlp(97, { width: 10, depth: 4 })))).toEqual({
      heads: [],
      neurons: [10, 10, 10],
    });
  });
});
