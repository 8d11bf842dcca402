import { element } from "../element";

/** A grid of coloured cells. */
export interface Cells {
  readonly columns: number;
  readonly rows: number;
  /** Which of the colours a cell has; −1 for none. */
  readonly colorOf: (column: number, row: number) => number;
  readonly colors: readonly string[];
  /** Pixel of the left edge of a column; `columns` gives the right edge of the last. */
  readonly left: (column: number) => number;
  /** Pixel of the upper edge of a row, counted downwards; `rows` gives the lower edge of the last. */
  readonly top: (row: number) => number;
}

/**
 * The cells as one path for each colour, in which neighbours of a row are one piece: small enough for
 * tens of thousands of them.
 */
export function cellPaths(
  document: Document,
  label: string,
  { columns, rows, colorOf, colors, left, top }: Cells,
): SVGElement {
  const paths = colors.map(() => [] as string[]);
  for (let row = 0; row < rows; row++) {
    const [above, below] = [round(top(row)), round(top(row + 1))];
    for (let from = 0; from < columns; ) {
      const color = colorOf(from, row);
      let to = from + 1;
      while (to < columns && colorOf(to, row) === color) to++;
      if (color >= 0) {
        const [start, end] = [round(left(from)), round(left(to))];
        paths[color]?.push(`M${start} ${above}H${end}V${below}H${start}Z`);
      }
      from = to;
    }
  }
  return element(
    document,
    "g",
    { "aria-label": label, "shape-rendering": "crispEdges" },
    ...paths.flatMap((pieces, color) =>
      pieces.length === 0
        ? []
        : [element(document, "path", { d: pieces.join(""), fill: colors[color] })],
    ),
  );
}

function round(pixel: number): number {
  return Math.round(pixel * 10) / 10;
}
