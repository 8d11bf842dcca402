// The group of a regular pentagon as a task: grok train --use examples/d5.ts --preset d5
import { defineExtension, defineTask } from "@grok/train";

const n = 5;

/** The product in D5: element i < 5 is the rotation rⁱ, element 5 + i the reflection rⁱs. */
function product(a: number, b: number): number {
  const [i, isFlipped, j, other] = [a % n, a >= n, b % n, b >= n] as const;
  return ((i + (isFlipped ? n - j : j)) % n) + (isFlipped !== other ? n : 0);
}

const dihedral = defineTask({
  name: "dihedral",
  sentence: "the group of a regular pentagon",
  elements: 2 * n,
  apply: product,
  text: () => "a∘b in D5",
  symbols: () => Array.from({ length: 2 * n }, (_, i) => (i < n ? `r${i}` : `r${i - n}s`)),
});

export default defineExtension({
  name: "d5",
  tasks: [dihedral],
  presets: {
    d5: {
      title: "D5",
      description: "An MLP on the group of a regular pentagon.",
      source: "the example d5.ts",
      task: { kind: "dihedral", trainFraction: 0.8 },
      model: { architecture: "mlp", width: 64 },
      optimizer: { kind: "adamw", lr: 0.01 },
      training: { steps: 2000, batch: { mode: "full" }, evalEvery: 50, checkpointEvery: 100 },
    },
  },
});
