import "@tensorflow/tfjs-backend-cpu";
import { describe, expect, it } from "vitest";
import { architectures } from "../src/index";
import { fixtureNames } from "./fixture-files";
import { oracleSuite } from "./oracle-suite";

describe("PyTorch fixtures", () => {
  it("exist for every architecture", () => {
    expect(fixtureNames.sort()).toEqual(Object.keys(architectures).sort());
  });
});

oracleSuite("cpu");
