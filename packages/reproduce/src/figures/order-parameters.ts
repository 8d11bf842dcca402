import { greatest, median } from "d3-array";
import { bandOver } from "../drawing/bands";
import { captionOf } from "../drawing/caption";
import { comparisonFigure } from "../drawing/figure-form";
import type { Figure } from "../figure/figure";
import { short } from "../judge/number-text";
import { certain } from "../judge/quantity";
import { type FigureRun, lastOf, type RunRecord, valueAt } from "../result/figure-run";
import { orderParametersArm, orderParametersSource } from "./order-parameters-run";

/** A column at the run's end less its value at the first evaluation that has it. */
function change(column: string) {
  return (run: FigureRun) => {
    const first = run.records.find((record) => Number.isFinite(valueAt(record, column)));
    return first === undefined ? null : certain(lastOf(run, column) - valueAt(first, column));
  };
}

function panel(runs: readonly FigureRun[], title: string, column: string, upstream: string) {
  return {
    title,
    quantity: { label: "" } as const,
    curves: [
      { ...bandOver(runs, column, "corrected"), label: "corrected" },
      { ...bandOver(runs, upstream, "upstream"), label: "upstream (as coded)" },
    ],
  };
}

/** The five order parameters along that run, as coded and corrected. */
export const orderParametersTransition: Figure = {
  id: "system-3-order-parameters",
  title: "Five order parameters along the transition, as coded and corrected",
  source: orderParametersSource,
  about:
    "The source draws RQI, effective rank, participation ratio, kernel alignment and SNR over the run as order parameters of the transition; no values of them are stored. Judged is what its formulas must give in closed form, and whether each moves as an order parameter should.",
  seedsBecause: "5, as a run takes seven minutes; they are those of system-3-run.",
  arms: [orderParametersArm],
  quantities: [
    {
      kind: "run",
      name: "RQI as coded: its greatest value over the run",
      arms: ["runs"],
      unit: "",
      of: (run) =>
        certain(
          Math.max(
            ...run.records.map((record) => valueAt(record, "rqi_upstream")).filter(Number.isFinite),
          ),
        ),
      published: {
        text: "an order parameter that rises as the network generalises",
        band: [0.05, 1],
        because: "a twentieth of its range, below which there is no rise to see",
        isConvention: true,
      },
      // A closed form, which holds for any run.
      needs: 1,
      inconsistent:
        "As coded it counts modular parallelograms, e_a + e_b = e_c + e_d for a + b = c + d modulo p, which embeddings on a circle cannot satisfy: it is 0 whatever the network learns.",
    },
    {
      kind: "run",
      name: "SNR as coded, at the first evaluation",
      arms: ["runs"],
      unit: "",
      of: (run) => {
        const first = run.records.find((record) =>
          Number.isFinite(valueAt(record, "snr_upstream")),
        );
        return first === undefined ? null : certain(valueAt(first, "snr_upstream"));
      },
      published: {
        text: "96 for random weights (closed form: 96 components against one)",
        band: [83, 109],
        because:
          "three standard deviations: the constant component's power is a sum of 512 squares in each of two blocks, 96 · √(2/512) / √2 = 4.2",
      },
    },
    {
      kind: "run",
      name: "Kernel alignment as coded, at the first evaluation",
      arms: ["runs"],
      unit: "",
      of: (run) => {
        const first = run.records.find((record) =>
          Number.isFinite(valueAt(record, "kernel_alignment_upstream")),
        );
        return first === undefined ? null : certain(valueAt(first, "kernel_alignment_upstream"));
      },
      published: {
        text: "not stored; a constant kernel scores .111",
        band: null,
        because: "nothing published; an alignment that is not centred starts near a constant's",
      },
    },
    {
      kind: "direction",
      name: "Kernel alignment, corrected (centred): change over the run",
      arms: ["runs"],
      unit: "",
      of: change("kernel_alignment"),
      published: {
        text: "rises (Kumar et al. 2024: the kernel aligns with the task)",
        band: null,
        because: "the sign test over seeds, p ≤ .05: five of five have a chance of 1 in 32",
      },
    },
    {
      kind: "direction",
      name: "SNR, corrected: change over the run",
      arms: ["runs"],
      unit: "",
      of: change("snr"),
      published: {
        text: "rises (power goes to key frequencies)",
        band: null,
        because: "the sign test over seeds, p ≤ .05: five of five have a chance of 1 in 32",
      },
    },
    {
      kind: "run",
      name: "Effective rank as coded: change over the run",
      arms: ["runs"],
      unit: "",
      of: change("effective_rank_upstream"),
      published: { text: "not stored", band: null, because: "nothing published" },
    },
    {
      kind: "run",
      name: "Participation ratio as coded: change over the run",
      arms: ["runs"],
      unit: "",
      of: change("participation_ratio_upstream"),
      published: { text: "not stored", band: null, because: "nothing published" },
    },
  ],
  columns: [
    "val_acc",
    "rqi",
    "rqi_upstream",
    "effective_rank",
    "effective_rank_upstream",
    "participation_ratio",
    "participation_ratio_upstream",
    "kernel_alignment",
    "kernel_alignment_upstream",
    "snr",
    "snr_upstream",
  ],
  draw: (runs) => {
    const snr = panel(runs, "SNR", "snr", "snr_upstream");
    return comparisonFigure(
      [
        {
          title: "Test accuracy",
          quantity: "accuracy",
          curves: [{ ...bandOver(runs, "val_acc", "test"), label: "test accuracy" }],
        },
        { ...panel(runs, "RQI", "rqi", "rqi_upstream"), quantity: { label: "", include: [0, 1] } },
        panel(runs, "Effective rank", "effective_rank", "effective_rank_upstream"),
        panel(runs, "Participation ratio", "participation_ratio", "participation_ratio_upstream"),
        panel(runs, "Kernel alignment", "kernel_alignment", "kernel_alignment_upstream"),
        { ...snr, quantity: { label: "", scale: "log" } },
      ],
      {
        title: "Order parameters along the transition, α = 0, λ = 1",
        subtitle: `In the form of ChanceSiyuan/grokking, which stores no values; N = ${runs.length}`,
        width: 900,
        scale: "log",
        note: `Median over seeds, with the quartiles as a band. As coded and corrected agree on the participation ratio. ${captionOf(runs)}`,
      },
    );
  },
  findings: (runs) => signalAlongRuns(runs),
  notes: [],
};

/** What the SNR as coded does before and while validation accuracy rises, in the median over runs. */
function signalAlongRuns(runs: readonly FigureRun[]): string[] {
  const courses = runs.flatMap((run) => {
    const seen = run.records.filter((record) => Number.isFinite(valueAt(record, "snr_upstream")));
    const before = seen.filter((record) => valueAt(record, "val_acc") < 0.1);
    const [first] = seen;
    const peak = greatest(before, signal);
    if (first === undefined || peak === undefined) return [];
    const least = greatest(
      before.filter(({ step }) => step > peak.step),
      (record) => -signal(record),
    );
    if (least === undefined) return [];
    const back = seen.find((record) => record.step > least.step && signal(record) >= signal(peak));
    return [
      { first: signal(first), peak: signal(peak), step: peak.step, least: signal(least), back },
    ];
  });
  if (courses.length === 0) return [];
  const middle = (of: (course: (typeof courses)[number]) => number) =>
    short(Math.round(median(courses, of) as number));
  const returned = courses.flatMap(({ back }) =>
    back === undefined ? [] : [valueAt(back, "val_acc")],
  );
  const again =
    returned.length === 0
      ? "and does not come back to that value"
      : `and comes back to that value when validation accuracy is ${Math.round(100 * (median(returned) as number))}%`;
  return [
    `As coded the SNR does not tell how far a network has come: of the evaluations kept in the JSON, in the median over ${courses.length} of ${runs.length} runs, it is ${middle(({ first }) => first)} at the first evaluation, ${middle(({ peak }) => peak)} at its peak before validation accuracy has reached 10% (step ${middle(({ step }) => step)}), then falls to ${middle(({ least }) => least)} while accuracy is still below 10%, ${again}.`,
  ];
}

const signal = (record: RunRecord) => valueAt(record, "snr_upstream");
