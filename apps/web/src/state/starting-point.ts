/**
 * What the page shows first, and lessons are about: a network that groks within seconds on two
 * cores, long after it has memorised, and then computes with a few circles. See
 * results/web-start.json for its seeds.
 */
export const quick = {
  name: "quick",
  title: "Quick: addition mod 59",
  description:
    "A small network learns a + b mod 59 from half of the table. It memorises at once and generalises more than 10 times later.",
  source: "taot/grokking-lab, smaller, with full batches and more weight decay",
  preset: "mlp",
  flags: {
    p: "59",
    "train-fraction": "0.5",
    "batch-mode": "full",
    "embed-dim": "32",
    width: "128",
    lr: "0.01",
    "weight-decay": "1",
    steps: "1500",
    "eval-every": "10",
    "checkpoint-every": "250",
    seed: "0",
  },
};
