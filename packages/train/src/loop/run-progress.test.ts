import { expect, it } from "vitest";
import { tiny } from "../../test/tiny";
import type { EvaluationRecord } from "../run/record";
import { RunProgress } from "./run-progress";

const experiment = tiny("mlx", { p: 7, "d-model": 8, steps: 12, "stop-on-grok": false });

/** A book of a run with these validation accuracies, and one that was read from its checkpoint half-way. */
function progressesOf(accuracies: number[]): RunProgress[] {
  const stretch = { experiment, epochAt: (step: number) => step };
  const whole = new RunProgress(stretch, null);
  const half = new RunProgress(stretch, null);
  const middle = Math.floor(accuracies.length / 2);
  const record = (val_acc: number, i: number) =>
    ({ step: i + 1, train_acc: 1, val_acc, val_loss: 1, train_loss: 1 }) as EvaluationRecord;
  for (const [i, accuracy] of accuracies.entries()) {
    whole.observe(record(accuracy, i));
    if (i < middle) half.observe(record(accuracy, i));
  }
  const progress = half.toSaved({ loss: 0, correct: 0, examples: 0 });
  const checkpoint = { progress, experiment: "", parameters: new Map(), optimizer: new Map() };
  const resumed = new RunProgress(stretch, checkpoint);
  for (const [i, accuracy] of accuracies.entries()) {
    if (i >= middle) resumed.observe(record(accuracy, i));
  }
  return [whole, resumed];
}

it.each([
  [[0.1, 0.96, 0.5, 0.4, 0.3], { status: "ungrokked", t_grok: 2, t_ungrok: 3 }],
  [[0.1, 0.96, 0.5, 0.4, 0.97], { status: "grokked", t_grok: 2 }],
  [[0.1, 0.2, 0.96, 0.4, 0.97, 0.2], { status: "ungrokked", t_grok: 3, t_ungrok: 6 }],
  [[0.1, 0.2, 0.3], { status: "finished", t_grok: null }],
])("says of %j whether it has grokked, and forgotten", (accuracies, wanted) => {
  for (const progress of progressesOf(accuracies)) {
    const { status, t_grok, t_ungrok } = progress.summary("planned", {
      parameters: 1,
      backend: "cpu",
      threads: 1,
      isMeasured: false,
    });
    const found = { status, t_grok, ...(t_ungrok === undefined ? {} : { t_ungrok }) };
    expect(found).toEqual(wanted);
  }
});
