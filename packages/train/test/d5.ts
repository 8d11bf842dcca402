// An extension as somebody might write it: the group of a regular pentagon, for tests.
import { defineExtension, defineTask, z } from "../src/index";

const n = 5;

/** The product in D5: rⁱ is i, and rⁱs is n + i. */
function product(a: number, b: number): number {
  const [i, isFlipped, j, other] = [a % n, a >= n, b % n, b >= n] as const;
  return ((i + (isFlipped ? n - j : j)) % n) + (isFlipped !== other ? n : 0);
}

export default defineExtension({
  name: "d5",
  tasks: [
    defineTask({
      name: "dihedral",
      sentence: "the group of a regular pentagon",
      source: null,
      settings: z.strictObject({
        share: z.number().gt(0).lt(1).default(0.6).describe("share of all equations to train on"),
      }),
      build: ({ share }) => {
        const shape = { vocabulary: 2 * n, classes: 2 * n, length: 2, reads: [1] };
        const size = shape.classes ** 2;
        const rows = Array.from({ length: size }, (_, k) => [Math.floor(k / 10), k % 10] as const);
        return {
          ...shape,
          kind: "finite",
          name: "a∘b in D5",
          chance: 0.1,
          size,
          trainFraction: share,
          equation: null,
          dataset: () => ({
            ...shape,
            size,
            tokens: Int32Array.from(rows.flat()),
            labels: Int32Array.from(rows, ([a, b]) => product(a, b)),
          }),
        };
      },
    }),
  ],
  presets: {
    d5: {
      title: "D5",
      description: "An MLP on the group of a pentagon.",
      source: "none",
      task: { kind: "dihedral" },
      model: { architecture: "mlp", width: 8, embedDim: 4 },
      optimizer: { kind: "adamw", lr: 0.01 },
      training: { steps: 6, batch: { mode: "full" }, evalEvery: 2, checkpointEvery: 2 },
    },
  },
});
