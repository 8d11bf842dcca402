import { type Line, LineChart } from "./chart/line-chart";
import { formatNumber } from "./chart/scale";
import { type Inside, shownStep } from "./inside";
import { PanelFrame, type PanelText } from "./panel-frame";

const text: PanelText = {
  id: "losses",
  title: "Progress that accuracy hides",
  lookFor:
    "Restricted loss, of the key frequencies alone, falls while validation loss still stands: the rule is being built behind the memory. Excluded loss, without them, rises again when memory is given up.",
  sources: [{ label: "Nanda et al. 2023", href: "https://arxiv.org/abs/2301.05217" }],
};

/** Restricted and excluded loss beside those of training and validation. */
export function LossesPanel({ inside }: { inside: Inside }) {
  const step = shownStep(inside);
  // A loss in other units has no place on this axis.
  const hasOwn = inside.scene.value?.hasLogits ?? true;
  const lines = lossLines(inside).filter(({ look }) => hasOwn || !isOwn.has(look));
  return (
    <PanelFrame
      text={text}
      table={() => ({
        caption: "Losses at the steps that were looked at, in nats",
        columns: ["step", ...(hasOwn ? ["training", "validation"] : []), "restricted", "excluded"],
        rows: inside.traces.value.map(({ step: at, measures }) => {
          const record = inside.records.value.find((each) => each.step === at);
          return [
            at,
            ...[
              ...(hasOwn ? [record?.train_loss, record?.val_loss] : []),
              measures["restricted_loss"],
              measures["excluded_loss"],
            ].map((value) => (typeof value === "number" ? formatNumber(value) : null)),
          ];
        }),
      })}
    >
      {(describedBy) => (
        <LineChart
          lines={lines}
          isLog
          isLogSteps={inside.isLogScale.value}
          axis="loss (nats)"
          marked={step}
          label={`Losses over steps: ${lines.map(({ name }) => name).join(", ")}.`}
          describedBy={describedBy}
          onPick={inside.show}
        />
      )}
    </PanelFrame>
  );
}

/** The run's own losses. */
const isOwn: ReadonlySet<Line["look"]> = new Set(["train", "rest"]);

function lossLines({ records, traces }: Inside): Line[] {
  const steps = records.value.map(({ step }) => step);
  // A run that the command trained has them among its records.
  const measured = new Map<number, Readonly<Record<string, unknown>>>();
  for (const record of records.value) {
    if ("restricted_loss" in record) measured.set(record.step, record);
  }
  for (const { step, measures } of traces.value) measured.set(step, measures);
  const looked = [...measured.keys()].sort((one, other) => one - other);
  const column = (name: string) =>
    looked.map((step) => measured.get(step)?.[name] as number | null | undefined);
  return [
    { name: "training", look: "train", steps, values: records.value.map((r) => r.train_loss) },
    { name: "validation", look: "rest", steps, values: records.value.map((r) => r.val_loss) },
    { name: "restricted", look: "third", steps: looked, values: column("restricted_loss") },
    { name: "excluded", look: "fourth", steps: looked, values: column("excluded_loss") },
  ];
}
