import { type ReadonlySignal, signal } from "@preact/signals";

/** Red, green, blue, each 0 … 255. */
export type Rgb = readonly [number, number, number];

const names = ["surface", "ink", "soft", "train", "rest", "trainPale", "restPale", "heat"] as const;

/** The colours that pixels are painted in; everything else is styled by the style sheet. */
export type Colours = Readonly<Record<(typeof names)[number], Rgb>>;

const light: Colours = {
  surface: [255, 255, 255],
  ink: [26, 26, 26],
  soft: [85, 85, 85],
  train: [230, 159, 0],
  rest: [0, 114, 178],
  trainPale: [253, 243, 219],
  restPale: [228, 239, 246],
  heat: [0, 60, 110],
};

const dark: Colours = {
  surface: [24, 26, 31],
  ink: [238, 238, 238],
  soft: [176, 180, 188],
  train: [240, 176, 48],
  rest: [86, 180, 233],
  trainPale: [58, 48, 28],
  restPale: [32, 44, 56],
  heat: [158, 216, 255],
};

const current = signal<Colours>(light);
let isWatching = false;

/**
 * The colours of the page as it is, light or dark: the custom properties `--pixel-…` where the page
 * has them, as three numbers.
 */
export function colours(): ReadonlySignal<Colours> {
  if (!isWatching && typeof document !== "undefined") {
    isWatching = true;
    const read = () => {
      current.value = readColours();
    };
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", read);
    new MutationObserver(read).observe(document.documentElement, { attributes: true });
    read();
  }
  return current;
}

function readColours(): Colours {
  const style = getComputedStyle(document.documentElement);
  const isDark = style.colorScheme.includes("dark")
    ? !style.colorScheme.includes("light") || matchMedia("(prefers-color-scheme: dark)").matches
    : false;
  return isDark ? dark : light;
}

/** A colour between two, at a share of the way from one to the other. */
export function mix(from: Rgb, to: Rgb, share: number): Rgb {
  const at = (i: 0 | 1 | 2) => Math.round(from[i] + (to[i] - from[i]) * share);
  return [at(0), at(1), at(2)];
}
