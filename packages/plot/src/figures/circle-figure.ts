import * as Plot from "@observablehq/plot";
import { ticks as linearTicks } from "d3-array";
import { INK } from "../axes/palette";
import { element } from "../element";
import { panel, squareHeight } from "../layout/panel";
import { type SheetOptions, sheet } from "../layout/sheet";
import { checkMoments, type Moment, momentTitle } from "./moment";

/** The numbers as an embedding places them in a plane, at one step. */
export interface CircleMoment extends Moment {
  /** Where each number lies, [p][2]; the nth is the number n, or the nth power of the generator. */
  readonly points: readonly (readonly [number, number])[];
}

export interface CircleFigureOptions extends SheetOptions {
  /** The frequency of the plane: neighbours on the circle are then n and n + 1/k mod p. */
  readonly frequency: number;
  /** What the colours and numbers stand for; default "number n". */
  readonly element?: string;
  readonly note?: string;
}

/** Numbers written beside their points: few enough to be read. */
const NUMBERED = 12;

/**
 * An embedding in the plane of one frequency at several moments of a run, one panel each, as an SVG
 * file. A point is a number n, coloured by k·n mod p, so that a circle of that frequency goes once
 * through all colours; the line joins the numbers in that order.
 *
 * @throws RangeError without moments, or where a point is not finite
 */
export function circleFigure(
  moments: readonly CircleMoment[],
  options: CircleFigureOptions,
): string {
  const caller = "circleFigure";
  checkMoments(moments, caller);
  const { frequency } = options;
  for (const { step, points } of moments) {
    const wrong = points.findIndex((point) => !point.every(Number.isFinite));
    if (points.length < 2 || wrong >= 0) {
      throw new RangeError(
        `${caller}: step ${step} has ${points.length} points, number ${wrong} not finite; there are two or more, all finite`,
      );
    }
  }
  const hue = Plot.scale({ color: { type: "cyclical", scheme: "rainbow", domain: [0, 1] } });
  return sheet(
    {
      ...options,
      columns: moments.length,
      panelHeight: squareHeight(options.width ?? 720, moments.length),
      note:
        options.note ??
        `Each point is a ${options.element ?? "number n"}, coloured by ${frequency}·n mod p; the line joins those that are neighbours in that order. In brackets: the frequency's share of the embedding's power. The plane is made of the embedding's own cosine and sine of the frequency, so that even random numbers lean towards a circle. Each panel has its own scale.`,
      panels: moments.map((moment) => {
        const { points } = moment;
        const reach = 1.15 * Math.max(...points.flat().map(Math.abs), 1e-9);
        const axis = {
          type: "linear",
          domain: [-reach, reach],
          major: linearTicks(-reach, reach, 3),
          minor: [],
          format: (tick: number) => String(tick).replace("-", "−"),
          label: "",
        } as const;
        const p = points.length;
        const order = points
          .map((_, n) => ({ n, turn: (frequency * n) % p }))
          .sort((a, b) => a.turn - b.turn);
        const every = Math.ceil(p / NUMBERED);
        return panel({
          title: momentTitle(moment),
          isSquare: true,
          x: { ...axis, label: `along cos w_{${frequency}}n` },
          y: { ...axis, label: `along sin w_{${frequency}}n` },
          marks: (document, { x, y }) => {
            const at = (n: number) => points[n] as readonly [number, number];
            const path = order.map(({ n }) => `${x(at(n)[0])},${y(at(n)[1])}`).join("L");
            return [
              () =>
                element(document, "path", {
                  d: `M${path}Z`,
                  fill: "none",
                  stroke: INK.level,
                  "stroke-width": 0.6,
                  "stroke-opacity": 0.6,
                  "aria-label": "order",
                }),
              () =>
                element(
                  document,
                  "g",
                  { "aria-label": "numbers", stroke: "#ffffff", "stroke-width": 0.5 },
                  ...order.map(({ n, turn }) =>
                    element(document, "circle", {
                      cx: x(at(n)[0]),
                      cy: y(at(n)[1]),
                      r: 3.4,
                      fill: hue.apply(turn / p) as string,
                    }),
                  ),
                ),
              () =>
                element(
                  document,
                  "g",
                  {
                    "aria-label": "names",
                    "font-size": 9.5,
                    fill: INK.text,
                    stroke: "#ffffff",
                    "stroke-width": 2.5,
                    "paint-order": "stroke",
                  },
                  ...points.flatMap((point, n) => {
                    if (n % every !== 0) return [];
                    const length = Math.hypot(...point) || 1;
                    const [dx, dy] = point.map((part) => (10 * part) / length) as [number, number];
                    return [
                      element(
                        document,
                        "text",
                        { x: x(point[0]) + dx, y: y(point[1]) - dy + 3.4 },
                        String(n),
                      ),
                    ];
                  }),
                ),
            ];
          },
        });
      }),
    },
    caller,
  );
}
