import type { Axis } from "../axes/axis";
import { COLOR_BAR_WIDTH, type ColorScale, colorBar } from "../axes/color-scale";
import { element } from "../element";
import { type Box, type PanelDrawing, panel } from "../layout/panel";
import { type SheetOptions, sheet } from "../layout/sheet";
import { cellPaths } from "../marks/cells";

/** A table of numbers as a panel of coloured cells. */
export interface HeatPanel {
  readonly title: string;
  /** [rows][columns] */
  readonly values: readonly (readonly number[])[];
  readonly x: Axis;
  readonly y: Axis;
  /** Written into each cell; nothing by default. */
  readonly textOf?: (value: number) => string;
}

/** Panels of coloured cells under one scale of colours. */
export function heatSheet(
  panels: readonly HeatPanel[],
  {
    colors,
    meaning,
    columns,
    panelHeight,
    note,
    ...options
  }: SheetOptions & {
    colors: ColorScale;
    /** What the colours measure. */
    meaning: string;
    columns: number;
    panelHeight: number;
    note?: string;
  },
  caller: string,
): string {
  const bar = colorBar(colors, meaning);
  return sheet(
    {
      ...options,
      columns,
      panelHeight,
      note,
      aside: {
        width: COLOR_BAR_WIDTH,
        // Beside the first row of panels.
        draw: (document, box: Box) => bar(document, { ...box, height: panelHeight }),
      },
      panels: panels.map((each) => heatPanel(each, colors)),
    },
    caller,
  );
}

function heatPanel(
  { title, values, x: across, y: down, textOf }: HeatPanel,
  colors: ColorScale,
): PanelDrawing {
  const [rows, columns] = [values.length, values[0]?.length ?? 0];
  const [firstX, firstY] = [across.domain[0], down.domain[0]];
  return panel({
    title,
    isSquare: true,
    isUpsideDown: true,
    grid: false,
    isLabelRoomKept: true,
    x: across,
    y: down,
    marks: (document, { x, y }) => [
      () =>
        cellPaths(document, title, {
          columns,
          rows,
          colors: colors.colors,
          colorOf: (column, row) => colors.shadeOf(values[row]?.[column] as number),
          left: (column) => x(firstX + column),
          top: (row) => y(firstY + row),
        }),
      textOf === undefined
        ? null
        : () =>
            element(
              document,
              "g",
              { "aria-label": `${title}, numbers`, "font-size": 10.5 },
              ...values.flatMap((row, i) =>
                row.flatMap((value, j) => {
                  const text = textOf(value);
                  if (text === "") return [];
                  const isDark = colors.shadeOf(value) < 0.6 * colors.colors.length;
                  const place = { x: x(firstX + j + 0.5), y: y(firstY + i + 0.5) + 3.8 };
                  return [
                    element(
                      document,
                      "text",
                      { ...place, fill: isDark ? "#ffffff" : "#000000" },
                      text,
                    ),
                  ];
                }),
              ),
            ),
    ],
  });
}
