import { gridAxis } from "../axes/grid-axis";
import { panel, squareHeight } from "../layout/panel";
import { type SheetOptions, sheet } from "../layout/sheet";
import { cellPaths } from "../marks/cells";
import { checkMoments, type Moment, momentTitle } from "./moment";

/** What a network answers to every pair at one step; `answerMap` of @grok/metrics is one with a step. */
export interface AnswerMoment extends Moment {
  /** Elements per side. */
  readonly size: number;
  /** a by b, [size · size]; 1 right, 0 wrong, −1 no such pair. */
  readonly correct: ArrayLike<number>;
  /** 1 where the pair is trained on, [size · size]. */
  readonly train: ArrayLike<number>;
}

export interface AnswerMapFigureOptions extends SheetOptions {
  readonly note?: string;
}

// Right is light and wrong dark; what was trained on is grey where right, so that the rest stands out.
const KINDS = [
  { label: "right, not trained on", color: "#56B4E9" },
  { label: "wrong, not trained on", color: "#0b3c5d" },
  { label: "right, trained on", color: "#dadada" },
  { label: "wrong, trained on", color: "#D55E00" },
] as const;

/**
 * The table of all pairs (a, b) at several moments of a run, one panel each: which are answered
 * right, and which were trained on, as an SVG file.
 *
 * @throws RangeError without moments, or where a table does not have size² cells
 */
export function answerMapFigure(
  moments: readonly AnswerMoment[],
  options: AnswerMapFigureOptions = {},
): string {
  const caller = "answerMapFigure";
  checkMoments(moments, caller);
  for (const { step, size, correct, train } of moments) {
    if (!(size >= 1) || correct.length !== size * size || train.length !== size * size) {
      throw new RangeError(
        `${caller}: step ${step} has ${correct.length} and ${train.length} cells; a table of ${size} × ${size} has ${size * size}`,
      );
    }
  }
  return sheet(
    {
      ...options,
      columns: moments.length,
      panelHeight: squareHeight(options.width ?? 720, moments.length),
      legend: KINDS.map(({ label, color }) => ({ label, style: { color, width: 12 } })),
      panels: moments.map((moment) => {
        const { size, correct, train } = moment;
        const rest = Array.from(correct).filter((_, i) => train[i] === 0 && correct[i] !== -1);
        const right = rest.reduce<number>((sum, one) => sum + one, 0);
        const remark =
          rest.length === 0 ? undefined : `${((100 * right) / rest.length).toFixed(0)}%`;
        return panel({
          title: momentTitle({ remark, ...moment }),
          isSquare: true,
          isUpsideDown: true,
          grid: false,
          x: gridAxis(0, size - 1, "b", 5),
          y: gridAxis(0, size - 1, "a", 5),
          marks: (document, { x, y }) => [
            () =>
              cellPaths(document, "answers", {
                columns: size,
                rows: size,
                colors: KINDS.map(({ color }) => color),
                colorOf: (b, a) => {
                  const cell = a * size + b;
                  if (correct[cell] === -1) return -1;
                  return (train[cell] === 1 ? 2 : 0) + (correct[cell] === 1 ? 0 : 1);
                },
                left: (b) => x(b - 0.5),
                top: (a) => y(a - 0.5),
              }),
          ],
        });
      }),
      note:
        options.note ??
        "In brackets: the share of the pairs not trained on that are answered right. White: no such pair.",
    },
    caller,
  );
}
