import type { CurveStyle } from "../marks/curve";

/**
 * The colours of Okabe and Ito, told apart under every common colour blindness (Okabe & Ito 2008,
 * "Color Universal Design"), except yellow, which is too faint for a line on white.
 */
const OKABE_ITO = {
  black: "#000000",
  orange: "#E69F00",
  skyBlue: "#56B4E9",
  green: "#009E73",
  blue: "#0072B2",
  vermillion: "#D55E00",
  purple: "#CC79A7",
} as const;

/**
 * Training: a light, solid line. Validation is drawn over it in dark dashes, so that training's dips
 * never hide it and both show where they meet. In greyscale they differ by lightness and dashes.
 */
export const TRAINING: CurveStyle = { color: OKABE_ITO.orange, width: 2.25, symbol: "circle" };

/** Validation: dark dashes. */
export const VALIDATION: CurveStyle = {
  color: OKABE_ITO.blue,
  dash: "8 2.5",
  width: 1.75,
  symbol: "square",
};

const CYCLE: readonly CurveStyle[] = [
  TRAINING,
  VALIDATION,
  { color: OKABE_ITO.green, dash: "2 2.5", width: 2.25, symbol: "triangle" },
  { color: OKABE_ITO.purple, dash: "9 3 2 3", width: 2, symbol: "diamond" },
  { color: OKABE_ITO.black, width: 1.25, symbol: "circle" },
  { color: OKABE_ITO.skyBlue, dash: "12 4", width: 2.25, symbol: "square" },
  { color: OKABE_ITO.vermillion, dash: "4 2", width: 1.5, symbol: "triangle" },
];

/** The style of the nth of several curves; colours repeat after seven. */
export function styleOf(index: number): CurveStyle {
  return CYCLE[index % CYCLE.length] as CurveStyle;
}

/** Greys of everything that is not data. */
export const INK = {
  text: "#1a1a1a",
  soft: "#555555",
  rule: "#333333",
  level: "#8a8a8a",
  grid: "#e6e6e6",
} as const;
