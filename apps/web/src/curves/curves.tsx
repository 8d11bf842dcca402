import { scoreOf } from "@grok/metrics";
import { computed } from "@preact/signals";
import { isLogSteps } from "../state/chart-options";
import { percent } from "../state/narration";
import { standingOf } from "../state/parts";
import { milestones, records, shown } from "../state/session";
import { Chart } from "./chart";
import type { ChartData, Curve } from "./curve";
import { lossText } from "./loss-text";

const steps = computed(() => records.value.map(({ step }) => step));

/** Whether answers are values, which have no accuracy. */
const areValues = computed(() => records.value.at(-1)?.val_explained !== undefined);

const rules = computed(() => {
  const { tMem, tGrok } = milestones.value;
  return [
    ...(tMem === null ? [] : [{ at: tMem, label: `t_mem ${tMem.toLocaleString("en")}` }]),
    ...(tGrok === null ? [] : [{ at: tGrok, label: `t_grok ${tGrok.toLocaleString("en")}` }]),
  ];
});

const accuracy = computed((): ChartData => {
  const { value: what } = shown;
  const threshold = what?.experiment.training.grokThreshold ?? 0.95;
  return {
    steps: steps.value,
    curves: areValues.value
      ? [trainCurve("train_explained"), validationCurve("val_explained")]
      : [trainCurve("train_acc"), validationCurve("val_acc")],
    rules: rules.value,
    levels: [
      ...(what?.chance == null
        ? []
        : [{ at: what.chance, label: `guessing: ${percent(what.chance)}` }]),
      { at: threshold, label: `grokked: ${percent(threshold)}` },
    ],
  };
});

/** What the curves will show, for those who see them for the first time. */
const expectation = computed(() => {
  const experiment = shown.value?.experiment;
  if (experiment === undefined) return "";
  const { task } = experiment;
  const part = "trainFraction" in task ? ` (${percent(task.trainFraction)} of all)` : "";
  return [
    `Training: how many of the examples that it is shown${part} the network gets right.`,
    "Validation: how many of the others, which it never sees.",
    "Press Start, and watch when each curve rises.",
  ].join("\n");
});

const loss = computed(
  (): ChartData => ({
    steps: steps.value,
    curves: [trainCurve("train_loss"), validationCurve("val_loss")],
    rules: rules.value,
  }),
);

const both = ["accuracy", "loss"] as const;

/** Accuracy and loss as training goes. */
export function Curves({ charts = both }: { charts?: readonly ("accuracy" | "loss")[] }) {
  const shownCharts = charts.filter((name) => standingOf(name) !== "hidden");
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
  const losses =
    last === undefined
      ? "no evaluation yet."
      : `at step ${last.step} training ${lossText(last.train_loss)}, validation ${lossText(last.val_loss)}.`;
  return (
    <div class="curves">
      {shownCharts.includes("accuracy") && (
        <Chart
          title={areValues.value ? "Explained variance (R²)" : "Accuracy"}
          data={accuracy.value}
          quantity="accuracy"
          height={300}
          label={`${areValues.value ? "Explained variance" : "Accuracy"} over steps: ${now}`}
          empty={expectation.value}
          format={percent}
          tools={<StepScale />}
        />
      )}
      {shownCharts.includes("loss") && (
        <Chart
          title="Loss"
          data={loss.value}
          quantity="loss"
          height={220}
          label={`Loss over steps, by its logarithm: ${losses}`}
          empty=""
          format={lossText}
          tools={shownCharts.includes("accuracy") ? undefined : <StepScale />}
        />
      )}
    </div>
  );
}

/** Whether steps are spaced linearly or by their logarithm. */
export function StepScale() {
  return (
    <fieldset class="segments" aria-label="Steps">
      {[false, true].map((isLog) => (
        <label key={String(isLog)}>
          <input
            type="radio"
            name="steps"
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

type Column =
  | "train_acc"
  | "val_acc"
  | "train_explained"
  | "val_explained"
  | "train_loss"
  | "val_loss";

function trainCurve(column: Column): Curve {
  return { name: "training", color: "--train-mark", width: 2.5, values: valuesOf(column) };
}

function validationCurve(column: Column): Curve {
  return { name: "validation", color: "--val", width: 2, dash: [8, 3], values: valuesOf(column) };
}

function valuesOf(column: Column): (number | null)[] {
  const isLoss = column.endsWith("loss");
  // A loss of 0 has no place on its log axis, and what explains nothing none on that of shares.
  return records.value.map(({ [column]: value }) => {
    if (value === null || value === undefined || Number.isNaN(value)) return null;
    return value < 0 || (isLoss && value === 0) ? null : value;
  });
}
