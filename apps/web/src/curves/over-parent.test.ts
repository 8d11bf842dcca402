import { expect, it } from "vitest";
import { overParent } from "./over-parent";

it("lays a branch over its parent, over the steps of both", () => {
  const curve = (values: number[]) => ({ name: "validation", color: "--val", values });
  const made = overParent(
    { steps: [0, 10, 25], curves: [curve([0, 0.1, 0.9])], rules: [{ at: 10, label: "change 10" }] },
    { steps: [0, 10, 20, 30], curves: [curve([0, 0.1, 0.2, 0.3])] },
    { own: "weight-decay=0", parent: "weight-decay=1" },
  );
  expect(made.steps).toEqual([0, 10, 20, 25, 30]);
  expect(made.curves).toEqual([
    {
      name: "validation, weight-decay=1",
      color: "--val",
      isPale: true,
      width: 1.75,
      values: [0, 0.1, 0.2, null, 0.3],
    },
    { name: "validation, weight-decay=0", color: "--val", values: [0, 0.1, null, 0.9, null] },
  ]);
  expect(made.rules).toEqual([{ at: 10, label: "change 10" }]);
});
