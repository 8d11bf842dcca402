import { LineChart } from "./chart/line-chart";
import { formatNumber } from "./chart/scale";
import { type Inside, shownStep } from "./inside";
import { PanelFrame, type PanelText } from "./panel-frame";

const text: PanelText = {
  id: "norm",
  title: "How large the weights are",
  lookFor:
    "Memory takes large weights. Weight decay pulls at them all the time, and a rule that does with less wins in the end.",
  sources: [{ label: "Liu et al. 2022", href: "https://arxiv.org/abs/2210.01117" }],
};

/** The length of all weights over time. */
export function NormPanel({ inside }: { inside: Inside }) {
  const records = inside.records.value;
  const steps = records.map(({ step }) => step);
  const values = records.map((record) => record["weight_norm"] as number | null | undefined);
  return (
    <PanelFrame
      text={text}
      table={() => ({
        caption: "Length of all weights as one vector, by step",
        columns: ["step", "weight norm"],
        rows: steps.map((step, i) => {
          const value = values[i];
          return [step, typeof value === "number" ? formatNumber(value) : null];
        }),
      })}
    >
      {(describedBy) => (
        <LineChart
          lines={[{ name: "weight norm", look: "third", steps, values }]}
          isFromZero
          isLogSteps={inside.isLogScale.value}
          axis="√Σw²"
          marked={shownStep(inside)}
          label="Weight norm over steps."
          describedBy={describedBy}
          onPick={inside.show}
        />
      )}
    </PanelFrame>
  );
}
