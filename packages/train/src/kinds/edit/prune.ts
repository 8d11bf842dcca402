import * as z from "zod";
import { defineEdit } from "../../kind/define";
import { each } from "./each";

/** The smallest weights of each parameter, set to zero. */
export const prune = defineEdit({
  name: "prune",
  sentence: "the given share of each parameter's weights, the smallest in size, is set to zero",
  source: "Han et al. 2015, arXiv:1506.02626",
  settings: z.strictObject({
    share: z.number().gt(0).lt(1).describe("the share set to zero"),
  }),
  value: { setting: "share", word: "SHARE" },
  apply: ({ share }, parameters) => {
    const kept = new Map(
      Array.from(parameters.values(), (tensor) => {
        const order = Array.from(tensor.data.keys()).sort(
          // Of equal ones the first go, so that the count is exact.
          (a, b) =>
            Math.abs(tensor.data[a] as number) - Math.abs(tensor.data[b] as number) || a - b,
        );
        const gone = new Set(order.slice(0, Math.floor(share * order.length)));
        return [tensor, gone];
      }),
    );
    return each(parameters, (value, i, tensor) => (kept.get(tensor)?.has(i) ? 0 : value));
  },
});
