import { join } from "node:path";
import { bandOf, type Figure, oursText, quantityVerdictText, verdictText } from "@grok/reproduce";
import { pictureName, type Reproduced, verdictName } from "@grok/reproduce/node";
import type { Style } from "../terminal/style";
import { table } from "../terminal/table";

/** What is said of a figure that was judged: its verdict, and the numbers side by side. */
export function verdictReport(
  figure: Figure,
  { result, svg }: Reproduced,
  folder: string,
  style: Style,
): string {
  const rows = result.quantities.map((quantity) => [
    quantity.name,
    quantity.published,
    bandOf(quantity),
    oursText(quantity),
    quantityVerdictText(quantity),
  ]);
  const columns = ["quantity", "published", "band or test", "ours", "verdict"].map((title) => ({
    title,
  }));
  const lines = [
    "",
    `${style("bold", figure.id)}: ${style("bold", verdictText(result))}`,
    `${figure.title}, ${figure.source.text}`,
    table(columns, rows, style).trimEnd(),
    ...result.quantities.map(({ name, reason }) => `  ${name}: ${reason}`),
  ];
  if (svg !== null) {
    lines.push(`figure   ${join(folder, pictureName)}`, `verdict  ${join(folder, verdictName)}`);
  }
  return `${lines.join("\n")}\n`;
}
