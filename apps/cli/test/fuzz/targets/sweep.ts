import { parseSweep } from "@grok/sweep";
import { mutateText } from "../mutate";
import { ensure, refusal, type Target } from "../target";

const sweeps = [
  `title: Weight decay against data
preset: mlp
flags: { p: 31, width: 64, steps: 4000 }
grid:
  weight-decay: { from: 0.1, to: 10, count: 3, scale: log }
  train-frac: [0.3, 0.5]
seeds: 0..2
exclude:
  - { weight-decay: { from: 5 }, train-fraction: 0.3 }
`,
  `preset: mlp
sample:
  method: sobol
  count: 8
  over:
    lr: { from: 0.001, to: 0.1, scale: log }
    op: ["+", "-"]
`,
  `flags: &a { p: 31 }
grid: { width: &b [16, 32], depth: *b }
seeds: [0, 1, 2]
`,
  '{"preset":"mlx","grid":{"lr":[0.001,0.01]},"seeds":"0..9"}',
  `a: &a [x, x]
b: &b [*a, *a, *a, *a, *a, *a, *a, *a]
c: &c [*b, *b, *b, *b, *b, *b, *b, *b]
d: &d [*c, *c, *c, *c, *c, *c, *c, *c]
flags: [*d, *d, *d, *d, *d, *d, *d, *d]
`,
];

/** YAML: sweeps with text changed, and what YAML is known for: aliases of aliases, depth, tags. */
export const sweep: Target = {
  name: "sweep",
  make: (random) => mutateText(random, random.pick(sweeps)),
  check(input) {
    try {
      const read = parseSweep(input as string);
      ensure(JSON.stringify(read).length < 2 ** 20, "a sweep is no longer than its text allows");
      return "valid";
    } catch (error) {
      return refusal(error, ["SweepError"]);
    }
  },
};
