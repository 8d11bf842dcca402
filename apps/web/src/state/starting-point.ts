/**
 * What the page shows first: a network that groks within seconds on two cores, long after it has
 * memorised. See results/web-start.json for its seeds.
 */
export const quick = {
  name: "quick",
  title: "Quick: addition mod 59",
  description:
    "A small two-layer network learns a + b mod 59 from half of the table. It memorises at once and generalises more than 10 times later.",
  source: "ChanceSiyuan/grokking, smaller, with more weight decay",
  preset: "order-parameters",
  flags: {
    p: "59",
    width: "256",
    "train-fraction": "0.5",
    lr: "0.01",
    "weight-decay": "1",
    steps: "3000",
    "eval-every": "10",
    "checkpoint-every": "250",
    seed: "0",
  },
};
