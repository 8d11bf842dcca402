import { expect, it } from "vitest";
import { defineExtension, defineMetric } from "../kind/define";
import { columnDescriptions } from "./columns";

it("describes the columns of every run, of metrics, and of an extension's", () => {
  const extension = defineExtension({
    name: "own",
    metrics: [
      defineMetric({ name: "largest-weight", description: "the largest weight", value: () => 1 }),
    ],
  });
  expect(columnDescriptions({ extensions: [extension] })).toMatchObject({
    train_loss: "mean loss on training examples; of cross-entropy in nats",
    weight_norm: "√Σw² over all parameters",
    restricted_loss: expect.stringMatching(/\w/),
    largest_weight: "the largest weight",
  });
  expect(columnDescriptions()).not.toHaveProperty("largest_weight");
});
