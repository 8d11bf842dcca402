/**
 * What the page shows first: a network that groks within half a minute or so on two cores, long
 * after it has memorised. See results/web-start.json for its seeds.
 */
export const quick = {
  name: "quick",
  title: "Quick: addition mod 59",
  description:
    "A small two-layer network learns a + b mod 59 from half of the table. It memorises at once and generalises some 20 times later.",
  source: "ChanceSiyuan/grokking, smaller, with more weight decay",
  preset: "order-parameters",
  flags: {
    p: "59",
    width: "256",
    "train-fraction": "0.5",
    lr: "0.003",
    "weight-decay": "1",
    steps: "6000",
    "eval-every": "20",
    "checkpoint-every": "500",
    seed: "0",
  },
};
