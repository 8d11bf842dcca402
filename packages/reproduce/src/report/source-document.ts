import { group } from "d3-array";
import { captionOf } from "../drawing/caption";
import type { Figure } from "../figure/figure";
import { figureRuns } from "../figure/figure-runs";
import { type Reproduction, runsOf } from "../result/reproduction";
import { missingCost } from "./cost";
import type { SourcePage } from "./pages";
import { provenance } from "./provenance";
import { cell, row } from "./table";
import { bandOf, oursText, outsideText, quantityVerdictText, verdictText } from "./wording";

/** The page of a source: each of its figures with picture, numbers, reasons, runs and notes. */
export function sourceDocument(
  { title, figures }: SourcePage,
  results: ReadonlyMap<string, Reproduction>,
): string {
  const lines = [`# ${title}`, "", "[All reproductions](../reproductions.md)"];
  for (const figure of figures) lines.push("", ...section(figure, results.get(figure.id)));
  return `${lines.join("\n")}\n`;
}

function costOf(result: Reproduction): string {
  const cost = missingCost(result);
  return cost === null ? "" : `; ${cost}`;
}

function section(figure: Figure, result: Reproduction | undefined): string[] {
  const { id, title, source, about, seedsBecause, notes } = figure;
  const lines = [
    `<a id="${id}"></a>`,
    `## ${title}`,
    "",
    `\`grok reproduce ${id}\` · [${source.text}](${source.url})`,
    "",
    about,
    "",
  ];
  const of = new Set(figureRuns(figure).map(({ name }) => name)).size;
  if (result === undefined || result.runs.length === 0) {
    lines.push(`**Not yet run.** ${of} runs. Seeds: ${seedsBecause}`, "");
    for (const { name, published } of figure.quantities) {
      lines.push(`- ${name}: published ${published.text}. Band: ${published.because}.`);
    }
  } else {
    lines.push(
      `![${title}](../images/reproductions/${id}.png)`,
      "",
      `*${captionOf(runsOf(result))}*`,
      "",
      `**${capital(verdictText(result))}.** ${result.done} of ${result.of} runs${costOf(result)}. Seeds: ${seedsBecause}`,
      "",
      row(["quantity", "published", "band or test", "ours", "verdict"]),
      row(["---", "---", "---", "---", "---"]),
      ...result.quantities.map((quantity) =>
        row([
          cell(quantity.name),
          cell(quantity.published),
          cell(bandOf(quantity)),
          cell(oursText(quantity)),
          quantityVerdictText(quantity),
        ]),
      ),
      "",
      ...remarks(result.quantities),
      "",
      `Judged ${result.date.slice(0, 10)}; the first run is \`${result.runs[0]?.command}\`. The runs:`,
      "",
      ...provenance(runsOf(result)),
    );
  }
  const findings = result === undefined ? [] : (figure.findings?.(runsOf(result)) ?? []);
  const said = [...findings, ...notes];
  if (said.length > 0) lines.push("", ...said.map((sentence) => `- ${sentence}`));
  return lines;
}

type QuantityResult = Reproduction["quantities"][number];

/**
 * What the table does not say: how verdicts come about that are no plain matter of a band, published
 * values beyond all of ours, and where the bands come from, once for all quantities that have the same.
 */
function remarks(quantities: readonly QuantityResult[]): string[] {
  const isTested = ({ least }: QuantityResult) => least !== null;
  const lines = quantities.flatMap((quantity) => {
    const { name, verdict, reason, band } = quantity;
    const isPlain = verdict === "reproduced" && !isTested(quantity);
    const isTold = !isPlain && (band !== null || isTested(quantity));
    const beyond = outsideText(quantity);
    return [isTold ? reason : null, beyond]
      .filter((text) => text !== null)
      .map((text) => `- ${name}: ${text}`);
  });
  const banded = quantities.filter((each) => each.band !== null || isTested(each));
  for (const [because, own] of group(banded, (quantity) => quantity.because)) {
    const about =
      own.length === quantities.length ? "" : ` (${own.map(({ name }) => `“${name}”`).join("; ")})`;
    const [first] = own;
    if (first !== undefined && isTested(first)) lines.push(`- Judged by ${because}${about}.`);
    else lines.push(`- ${own.length > 1 ? "Bands" : "Band"}${about}: ${because}.`);
  }
  return lines;
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
