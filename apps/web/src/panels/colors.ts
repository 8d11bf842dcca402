import { type ReadonlySignal, signal } from "@preact/signals";

/** Red, green, blue, each 0 … 255. */
export type Rgb = readonly [number, number, number];

/** The colours that pixels are painted in, by what they are of. */
export interface Colors {
  readonly surface: Rgb;
  /** Pairs trained on. */
  readonly train: Rgb;
  /** Pairs held out. */
  readonly rest: Rgb;
  /** The strong end of a heat map. */
  readonly heat: Rgb;
}

const tokens = { surface: "--surface", train: "--train-mark", rest: "--val", heat: "--accent" };

const black: Rgb = [0, 0, 0];
const current = signal<Colors>({ surface: black, train: black, rest: black, heat: black });
let isWatching = false;

/** The page's colours as they are now, from the style sheet's tokens. */
export function colors(): ReadonlySignal<Colors> {
  if (!isWatching) {
    isWatching = true;
    const read = () => {
      const style = getComputedStyle(document.documentElement);
      current.value = {
        surface: parse(style.getPropertyValue(tokens.surface)),
        train: parse(style.getPropertyValue(tokens.train)),
        rest: parse(style.getPropertyValue(tokens.rest)),
        heat: parse(style.getPropertyValue(tokens.heat)),
      };
    };
    new MutationObserver(read).observe(document.documentElement, { attributes: true });
    read();
  }
  return current;
}

/** `#rrggbb`, or `#rgb` as a minifier writes it, as numbers; black where it is something else. */
function parse(text: string): Rgb {
  const digits = /^#([0-9a-f]{3}|[0-9a-f]{6})$/i.exec(text.trim())?.[1];
  if (digits === undefined) return black;
  const hex = digits.length === 3 ? digits.replace(/./g, "$&$&") : digits;
  const part = (at: number) => Number.parseInt(hex.slice(at, at + 2), 16);
  return [part(0), part(2), part(4)];
}

/** A colour between two, at a share of the way from one to the other. */
export function mix(from: Rgb, to: Rgb, share: number): Rgb {
  const at = (i: 0 | 1 | 2) => Math.round(from[i] + (to[i] - from[i]) * share);
  return [at(0), at(1), at(2)];
}
