import { INK, TRAINING, VALIDATION } from "../axes/palette";
import { accuracyAxis } from "../axes/value-axis";
import { element } from "../element";
import { panel } from "../layout/panel";
import { type SheetOptions, sheet } from "../layout/sheet";

/** How a network answers without one or several of its parts. */
export interface AblatedPart {
  /** What is out, in words: `without head 0.1`. */
  readonly label: string;
  /** Shares of the examples answered right; null for a set without examples. */
  readonly train_acc: number | null;
  readonly val_acc: number | null;
}

export interface AblationFigureOptions extends SheetOptions {
  /** The accuracy of guessing, as a share, marked by a line; default none. */
  readonly chance?: number;
  readonly note?: string;
}

const ROW = 21;

/**
 * What parts of a network are needed for, as an SVG file: a row for each part that was taken out, with
 * the accuracy on training and on validation examples that is left.
 *
 * @param parts from above; the first is usually the whole network
 * @throws RangeError without parts, or for an accuracy that is not a share
 */
export function ablationFigure(
  parts: readonly AblatedPart[],
  options: AblationFigureOptions = {},
): string {
  const caller = "ablationFigure";
  const accuracies = parts.flatMap((part) => [part.train_acc, part.val_acc]);
  const wrong = accuracies.find((value) => value !== null && !(value >= 0 && value <= 1));
  if (parts.length === 0 || wrong !== undefined) {
    throw new RangeError(
      `${caller}: there ${parts.length === 1 ? "is 1 part" : `are ${parts.length} parts`}${wrong === undefined ? "" : `, and an accuracy of ${wrong}`}; it takes one or more, with accuracies from 0 to 1`,
    );
  }
  const y = {
    type: "linear",
    domain: [-0.6, parts.length - 0.4],
    major: parts.map((_, row) => row),
    minor: [],
    format: (row: number) => parts[row]?.label ?? "",
    label: "",
  } as const;
  const { chance } = options;
  return sheet(
    {
      ...options,
      columns: 1,
      panelHeight: ROW * parts.length + 60,
      legend: [
        { label: "training examples (circles)", style: { color: TRAINING.color, width: 9 } },
        { label: "validation examples (squares)", style: { color: VALIDATION.color, width: 7 } },
        ...(chance === undefined ? [] : [{ label: `dotted: guessing, ${percent(chance)}` }]),
      ],
      panels: [
        panel({
          x: accuracyAxis(),
          y,
          isUpsideDown: true,
          marks: (document, { x, y: yOf, top, bottom }) => [
            chance === undefined
              ? null
              : () =>
                  element(document, "path", {
                    d: `M${x(100 * chance)},${top}V${bottom}`,
                    stroke: INK.level,
                    "stroke-dasharray": "2 3",
                    "aria-label": "guessing",
                  }),
            () =>
              element(
                document,
                "g",
                { "aria-label": "accuracies" },
                ...parts.flatMap(({ label, train_acc, val_acc }, row) => {
                  const both = [train_acc, val_acc].flatMap((value) =>
                    value === null ? [] : [x(100 * value)],
                  );
                  return [
                    element(document, "path", {
                      d: `M${Math.min(...both)},${yOf(row)}H${Math.max(...both)}`,
                      stroke: INK.level,
                      "stroke-width": 1.5,
                    }),
                    ...(train_acc === null
                      ? []
                      : [
                          element(document, "circle", {
                            cx: x(100 * train_acc),
                            cy: yOf(row),
                            r: 4.5,
                            fill: TRAINING.color,
                            "aria-label": `${label}: training ${percent(train_acc)}`,
                          }),
                        ]),
                    ...(val_acc === null
                      ? []
                      : [
                          element(document, "rect", {
                            x: x(100 * val_acc) - 3.2,
                            y: yOf(row) - 3.2,
                            width: 6.4,
                            height: 6.4,
                            fill: VALIDATION.color,
                            "aria-label": `${label}: validation ${percent(val_acc)}`,
                          }),
                        ]),
                  ];
                }),
              ),
          ],
        }),
      ],
    },
    caller,
  );
}

function percent(share: number): string {
  return `${Number((100 * share).toFixed(1))}%`;
}
