import { expect, it } from "vitest";
import { tiny } from "../../test/tiny";
import { assemble } from "../experiment/assembly";
import { defineModel } from "../kind/define";
import { usesStockOperations } from "./stock-gradients";

it("is asked of kinds that are made of stock operations, and of no others", () => {
  const { experiment, modelKind, lossKind } = assemble(tiny("mlp", { p: 7, width: 8 }));
  const parts = { experiment, modelKind, lossKind };
  expect(usesStockOperations(parts)).toBe(false);
  const loss = { ...lossKind, usesStockOperations: true };
  expect(usesStockOperations({ ...parts, lossKind: loss })).toBe(true);
  const network = defineModel({
    name: "sums",
    sentence: "a sum of embeddings",
    parameters: (_, { vocabulary, classes }) => ({ table: { shape: [vocabulary, classes] } }),
    forward: ({ table }) => table,
  });
  expect(usesStockOperations({ ...parts, modelKind: network as never })).toBe(true);
});
