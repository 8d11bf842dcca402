import type { DotGrid } from "../marks/dot-grid";

/** The characters of a text curve. */
export interface Charset {
  /** Dots per character. */
  readonly cell: { readonly width: number; readonly height: number };
  /** Whether training needs dots to differ from validation. */
  readonly dotted: boolean;
  readonly side: string;
  readonly tick: string;
  readonly corner: string;
  readonly base: string;
  readonly baseTick: string;
  legend(color: boolean): string;
  /** The character for two cells of dots. */
  glyph(
    train: (x: number, y: number) => boolean,
    validation: (x: number, y: number) => boolean,
  ): string;
}

const TRAIN = "33";
const VALIDATION = "36";

const paint = (text: string, code: string, color: boolean) =>
  color ? `\u001b[${code}m${text}\u001b[39m` : text;

// The bit of each of a braille character's dots, by row and column (Unicode, U+2800).
const BRAILLE = [
  [0x01, 0x08],
  [0x02, 0x10],
  [0x04, 0x20],
  [0x40, 0x80],
] as const;

const unicode: Charset = {
  cell: { width: 2, height: 4 },
  dotted: true,
  side: "│",
  tick: "┤",
  corner: "└",
  base: "─",
  baseTick: "┬",
  legend: (color) =>
    `${paint("⠂⠂⠂ training", TRAIN, color)}  ${paint("⠒⠒⠒ validation", VALIDATION, color)}`,
  glyph(train, validation) {
    let bits = 0;
    for (const [y, row] of BRAILLE.entries()) {
      for (const [x, bit] of row.entries()) {
        if (validation(x, y) || train(x, y)) bits |= bit;
      }
    }
    return bits === 0 ? " " : String.fromCharCode(0x2800 + bits);
  },
};

const ascii: Charset = {
  cell: { width: 1, height: 1 },
  dotted: false,
  side: "|",
  tick: "+",
  corner: "+",
  base: "-",
  baseTick: "+",
  legend: (color) =>
    `${paint("o training", TRAIN, color)}  ${paint("* validation", VALIDATION, color)}  # both`,
  glyph(train, validation) {
    const [t, v] = [train(0, 0), validation(0, 0)];
    return t && v ? "#" : v ? "*" : t ? "o" : " ";
  },
};

export const CHARSETS = { unicode, ascii } as const;

/** One character of the picture: both curves' dots within it, coloured by validation first. */
export function textCell(
  train: DotGrid,
  validation: DotGrid,
  column: number,
  row: number,
  charset: Charset,
  color: boolean,
): string {
  const { width, height } = charset.cell;
  const within = (grid: DotGrid) => (x: number, y: number) =>
    grid.has(column * width + x, row * height + y);
  const glyph = charset.glyph(within(train), within(validation));
  if (!color || glyph === " ") return glyph;
  let shows = false;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) shows ||= within(validation)(x, y);
  }
  return paint(glyph, shows ? VALIDATION : TRAIN, true);
}
