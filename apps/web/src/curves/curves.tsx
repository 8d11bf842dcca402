import { scoreOf } from "@grok/metrics";
import { computed } from "@preact/signals";
import { useId } from "preact/hooks";
import { isLogSteps } from "../state/chart-options";
import { percent } from "../state/narration";
import { visibilityOf } from "../state/parts";
import { milestones, records, shown } from "../state/session";
import { Chart } from "./chart";
import { ColumnChart } from "./column-chart";
import type { ChartData } from "./curve";
import { lossText } from "./loss-text";
import { runChart } from "./run-chart";

/** Whether answers are values, which have no accuracy. */
export const areValues = computed(
  () => shown.value?.areValues ?? records.value.at(-1)?.val_explained !== undefined,
);

const accuracy = computed((): ChartData => {
  const { value: what } = shown;
  const threshold = what?.experiment.training.grokThreshold ?? 0.95;
  return {
    ...bothOf(areValues.value ? "explained" : "acc"),
    levels: [
      ...(areValues.value ? [{ at: 0, label: "predicting their mean 0%" }] : []),
      ...(what?.chance == null
        ? []
        : [{ at: what.chance, label: `guessing ${percent(what.chance)}` }]),
      ...(grokLossLevels.value.length > 0
        ? []
        : [{ at: threshold, label: `grokked ${percent(threshold)}` }]),
    ],
  };
});

/** What the curves will show, for those who see them for the first time. */
const expectation = computed(() => {
  const experiment = shown.value?.experiment;
  if (experiment === undefined) return "";
  const { task } = experiment;
  const part = "trainFraction" in task ? ` (${percent(task.trainFraction)} of all)` : "";
  if (areValues.value) {
    return [
      `Orange: the share of the variance of the targets that it practises${part} that it explains.`,
      "Blue: the same of the targets that it never sees.",
      "Press Start, and watch when each curve rises.",
    ].join("\n");
  }
  return [
    `Orange: how many of its practice questions${part} it gets right.`,
    "Blue: how many of the questions that it has never seen.",
    "Press Start, and watch when each curve rises.",
  ].join("\n");
});

/** The validation loss that counts as grokked, if the run is judged by it. */
const grokLossLevels = computed(() => {
  const grokLoss = shown.value?.experiment.training.grokLoss ?? null;
  return grokLoss === null ? [] : [{ at: grokLoss, label: `grokked ${lossText(grokLoss)}` }];
});

const loss = computed(
  (): ChartData => ({
    ...bothOf("loss"),
    levels: grokLossLevels.value,
  }),
);

const all = ["accuracy", "loss", "measures"] as const;

/** How much is right as training goes; of answers that are values, how much is explained. */
export function AccuracyChart({ height }: { height: number }) {
  const { tMem, tGrok } = milestones.value;
  const last = records.value.at(-1);
  const marks = [
    tMem === null ? "" : ` t_mem at step ${tMem}.`,
    tGrok === null ? "" : ` t_grok at step ${tGrok}.`,
  ].join("");
  const now =
    last === undefined
      ? "no evaluation yet."
      : `at step ${last.step} training ${percent(scoreOf(last, "train"))}, validation ${percent(scoreOf(last, "val"))}.${marks}`;
  return (
    <Chart
      title={areValues.value ? "Explained variance (R²)" : "Accuracy"}
      data={accuracy.value}
      quantity="accuracy"
      height={height}
      label={`${areValues.value ? "Explained variance" : "Accuracy"} over steps: ${now}`}
      empty={expectation.value}
      format={percent}
      tools={<StepScale />}
    />
  );
}

/** Accuracy, loss and what else is measured as training goes. */
export function Curves({ charts = all }: { charts?: readonly (typeof all)[number][] }) {
  const shownCharts = charts.filter((name) => visibilityOf(name) !== "hidden");
  const last = records.value.at(-1);
  const losses =
    last === undefined
      ? "no evaluation yet."
      : `at step ${last.step} training ${lossText(last.train_loss)}, validation ${lossText(last.val_loss)}.`;
  return (
    <div class="curves">
      {shownCharts.includes("accuracy") && <AccuracyChart height={300} />}
      {shownCharts.includes("loss") && (
        <Chart
          title={shown.value?.loss ?? "Loss"}
          data={loss.value}
          quantity="loss"
          height={220}
          label={`Loss over steps, by its logarithm: ${losses}`}
          empty=""
          format={lossText}
          tools={shownCharts.includes("accuracy") ? undefined : <StepScale />}
        />
      )}
      {shownCharts.includes("measures") && <ColumnChart />}
    </div>
  );
}

/** Whether steps are spaced linearly or by their logarithm. */
export function StepScale() {
  // Radio buttons of one name are one group, and a page has several of these.
  const id = useId();
  return (
    <fieldset class="segments" aria-label="Steps">
      {[false, true].map((isLog) => (
        <label key={String(isLog)}>
          <input
            type="radio"
            name={id}
            checked={isLogSteps.value === isLog}
            onChange={() => {
              isLogSteps.value = isLog;
            }}
          />
          {isLog ? "log steps" : "linear steps"}
        </label>
      ))}
    </fieldset>
  );
}

const training = { name: "training", color: "--train-mark", width: 2.5 };
const validation = { name: "validation", color: "--val", width: 2, dash: [8, 3] };

/** The same quantity of the training and of the validation set. */
function bothOf(quantity: "acc" | "explained" | "loss"): ChartData {
  return runChart([
    { ...training, column: `train_${quantity}` },
    { ...validation, column: `val_${quantity}` },
  ]);
}
