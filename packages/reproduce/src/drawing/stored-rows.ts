import type { ComparedPanel } from "@grok/plot";
import type { StoredRow } from "../published/power-reproduction";
import type { FigureRun } from "../result/figure-run";
import { bandNote } from "./accuracy";
import { bandOver, publishedCurve } from "./bands";
import { captionOf } from "./caption";
import { comparisonFigure } from "./figure-form";

/** Accuracy and loss over steps, each in a panel, of runs beside the stored ones of power-reproduction. */
export function accuracyAndLoss(
  runs: readonly FigureRun[],
  rows: readonly StoredRow[],
  options: { title: string; subtitle: string },
): Promise<string> {
  const published = (index: 1 | 2 | 3 | 4) =>
    rows.map((row) => [row[0], row[index]] as const).filter(([, value]) => value > 0);
  const panels: ComparedPanel[] = [
    {
      title: "Accuracy",
      quantity: "accuracy",
      curves: [
        bandOver(runs, "train_acc", "training"),
        bandOver(runs, "val_acc", "validation"),
        publishedCurve("published, training", published(1)),
        publishedCurve("published, validation", published(2)),
      ],
    },
    {
      title: "Loss",
      quantity: "loss",
      curves: [
        bandOver(runs, "train_loss", "training"),
        bandOver(runs, "val_loss", "validation"),
        publishedCurve("published, training", published(3)),
        publishedCurve("published, validation", published(4)),
      ],
    },
  ];
  const note = `${bandNote} ${captionOf(runs)}`;
  return comparisonFigure(panels, { width: 900, note, ...options });
}
