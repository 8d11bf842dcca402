import { comparisonFigure } from "@grok/plot";
import { bandOver } from "../drawing/bands";
import { captionOf } from "../drawing/caption";
import type { Figure } from "../figure/figure";
import { certain } from "../judge/quantity";
import { type FigureRun, lastOf, valueAt } from "../result/figure-run";
import { systemThreeArm, systemThreeSource } from "./system-3-run";

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
export const systemThreeOrderParameters: Figure = {
  id: "system-3-order-parameters",
  title: "Five order parameters along the transition, as coded and corrected",
  source: systemThreeSource,
  about:
    "The source draws RQI, effective rank, participation ratio, kernel alignment and SNR over the run as order parameters of the transition; no values of them are stored. Judged is what its formulas must give in closed form, and whether each moves as an order parameter should.",
  seedsBecause: "5, as a run takes seven minutes; they are those of system-3-run.",
  arms: [systemThreeArm],
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
  notes: [
    "As coded the SNR starts at 96 for random weights and is no function of how far a network has come: of seed 42 it is 96 at the start, 314 at step 200, when the training set has just been memorised, about 101 at steps 2,000 to 3,000, and 397 when test accuracy is near .945.",
  ],
};
