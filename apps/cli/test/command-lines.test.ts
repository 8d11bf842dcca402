import { readRun } from "@grok/train/node";
import { expect, it } from "vitest";
import { TestOutput, TestProcessEnv } from "./process-env";
import { inFreshFolder, run } from "./tiny";

inFreshFolder();

/** Runs a command line until its run has begun, and stops it. */
async function begin(line: string) {
  class Output extends TestOutput {
    override write(text: string): void {
      super.write(text);
      if (/^ {2}run /m.test(text)) processEnv.send("SIGINT");
    }
  }
  const processEnv: TestProcessEnv = new TestProcessEnv(new Output());
  return run(line.split(" "), processEnv);
}

// Command lines that people know from the systems reproduced, as they stand behind the program's name.
it.each([
  [
    "train --preset paper_default --p 97 --train-frac 0.5 --seed 0 --eval-every 1000 --out-dir runs/x",
    "runs/x",
    { preset: "paper_default", training: { evalEvery: 1000, steps: 10_000 } },
  ],
  [
    "train --op + --weight-decay 2.0 --epochs 1000",
    "runs/mlx-add-seed0",
    { task: { op: "+" }, optimizer: { weightDecay: 2 }, training: { steps: 10_000 } },
  ],
  [
    "train --op / --weight-decay 0.5 --train-fraction 0.3 --epochs 2000",
    "runs/mlx-div-seed0",
    { task: { op: "/", trainFraction: 0.3 }, optimizer: { weightDecay: 0.5 } },
  ],
  [
    "train --preset order-parameters --p 97 --width 512 --alpha 0.25 --weight-decay 1 --lr 1e-3 --train-fraction 0.3 --n-epochs 30000 --log-every 50 --save-dir results/x --seed 42 --no-order-params --no-plots",
    "results/x",
    { model: { alpha: 0.25, width: 512 }, training: { steps: 30_000, evalEvery: 50 }, seed: 42 },
  ],
  [
    "train",
    "runs/mlx-div-seed0",
    { preset: "mlx", task: { op: "/", p: 97 }, training: { stopOnGrok: true } },
  ],
])("grok %s", async (line, folder, experiment) => {
  const { status, stderr } = await begin(line);
  expect({ status, stderr }).toEqual({ status: 130, stderr: "" });
  const { config, summary } = await readRun(folder);
  expect(config).toMatchObject(experiment);
  expect(summary).toMatchObject({ status: "interrupted" });
});
