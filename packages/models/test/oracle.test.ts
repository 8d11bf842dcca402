import "@tensorflow/tfjs-backend-cpu";
import { describe, expect, it } from "vitest";
import { architectures } from "../src/index";
import { fixtureNames, readFixture } from "./fixture-files";
import { oracleSuite } from "./oracle-suite";

describe("PyTorch fixtures", () => {
  it("exist for every architecture", () => {
    expect(fixtureNames.sort()).toEqual(Object.keys(architectures).sort());
  });
});

describe("the points that PyTorch has", () => {
  it("are those of a network of each form", () => {
    const names = fixtureNames.filter((name) => readFixture(name).points !== undefined);
    expect(names).toEqual(["addition-777", "mlx", "mlx-swiglu", "nanda", "power"]);
  });
});

oracleSuite("cpu");
