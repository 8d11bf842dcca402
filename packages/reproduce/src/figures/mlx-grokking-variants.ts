import { accuracyComparison } from "../drawing/accuracy";
import { bandOver } from "../drawing/bands";
import { captionOf } from "../drawing/caption";
import type { Figure } from "../figure/figure";
import { epochOf, stepsPerEpoch } from "../judge/measures";
import type { FigureRun } from "../result/figure-run";

/** A command of mlx-grokking's description, of which nothing but the command and its epochs is known. */
function variant({
  id,
  title,
  subtitle,
  flags,
  epochs,
  seconds,
}: {
  id: string;
  title: string;
  subtitle: string;
  flags: Record<string, string | number>;
  epochs: number;
  seconds: number;
}): Figure {
  const command = Object.entries(flags).map(([flag, value]) => `--${flag} ${value}`);
  return {
    id,
    title,
    source: {
      text: `The described 419K derivative of stockeh/mlx-grokking: ${[...command, `--epochs ${epochs}`].join(" ")}`,
      url: "https://github.com/stockeh/mlx-grokking",
    },
    about:
      "The description names the command and how many epochs it gets, and no result. Judged is what the command takes for granted: that it reaches 95% within them.",
    seedsBecause: "5, as a run takes a few minutes at most.",
    arms: [
      {
        name: "runs",
        label: subtitle,
        spec: { preset: "mlx", flags: { ...flags, epochs } },
        seeds: [0, 1, 2, 3, 4],
        quick: { seeds: [0, 1, 2] },
        seconds,
      },
    ],
    quantities: [
      {
        kind: "run",
        name: "Epoch of validation accuracy ≥ 95%",
        arms: ["runs"],
        unit: "epochs",
        of: epochOf(0.95),
        published: {
          text: `within its ${epochs.toLocaleString("en-US")} epochs`,
          band: [0, epochs],
          because: "the epochs that the command gives it",
        },
      },
    ],
    columns: ["train_acc", "val_acc"],
    draw: (runs: readonly FigureRun[]) => {
      const scale = runs[0] === undefined ? 1 : (stepsPerEpoch(runs[0]) ?? 1);
      return accuracyComparison(
        [
          bandOver(runs, "train_acc", "training", scale),
          bandOver(runs, "val_acc", "validation", scale),
        ],
        {
          title,
          subtitle: `${subtitle}; nothing but the command is published`,
          scale: "linear",
          stepName: "Epochs",
          note: `Median over seeds, with the quartiles as a band; a run that has ended counts with its last value. ${captionOf(runs)}`,
        },
      );
    },
    notes: [],
  };
}

/** Addition with weight decay 2. */
export const mlxGrokkingAddition = variant({
  id: "system-0-addition",
  title: "Addition mod 97, weight decay 2",
  subtitle: "half of the table, 419K parameters",
  flags: { op: "+", "weight-decay": 2 },
  epochs: 1_000,
  seconds: 40,
});

/** Division from three tenths of the table, with weight decay .5. */
export const mlxGrokkingSmallDivision = variant({
  id: "system-0-division-30",
  title: "Division mod 97 from 30% of the table, weight decay 0.5",
  subtitle: "419K parameters",
  flags: { op: "/", "weight-decay": 0.5, "train-fraction": 0.3 },
  epochs: 2_000,
  seconds: 300,
});
