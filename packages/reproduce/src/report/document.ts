import type { Figure } from "../figure/figure";
import type { Reproduction } from "../result/reproduction";
import { missingCost } from "./cost";
import { pageOf, sourcePages } from "./pages";
import { sourceDocument } from "./source-document";
import { cell, row } from "./table";
import { bandOf, oursText, quantityVerdictText, verdictText } from "./wording";

/** The command that writes the document. */
export const documentCommand = "grok reproduce --all --no-run --record .";

/**
 * What docs/reproductions.md and its pages hold, by file name within docs: on top a table of what was
 * published, what came out here and the verdict, then a page per source. Figures without a result are
 * listed as not yet run.
 */
export function reproductionsDocument(
  figures: readonly Figure[],
  results: ReadonlyMap<string, Reproduction>,
): Map<string, string> {
  const pages = sourcePages(figures);
  const files = new Map([["reproductions.md", table(figures, results)]]);
  for (const page of pages) {
    files.set(`reproductions/${page.name}.md`, sourceDocument(page, results));
  }
  return files;
}

function table(figures: readonly Figure[], results: ReadonlyMap<string, Reproduction>): string {
  const lines = [
    "# Reproductions",
    "",
    `What was published, and what comes out here. Written by \`${documentCommand}\` from [results/reproductions](../results/reproductions); \`grok reproduce ID\` runs a figure and judges it. Each figure links to its source's page, with the picture, the reasons and the runs. A second program computes every number again from the JSON (\`checks/src/verdicts/recompute.py\`).`,
    "",
    "- **Band or test**: ours agrees within the band, which was set before our runs were looked at. *By convention* means that nothing measured stands behind its width. Of a test it says the least p that the full set can give: a design that cannot fall below .05 is *undecidable*.",
    "- **Ours** is the median over seeds (Kaplan–Meier: runs that never got there or diverged count) with the least and the greatest, and N; “> 2,000” is a run that had not got there after 2,000. Of an order it is the share of pairs of runs that stand as published.",
    "- **Verdict**: no quantity gets one that its N cannot bear. A band was stated for the median of 5 runs, or of all seeds if a run takes more than half an hour; a test needs its full set, or the one that `--quick` names beforehand. Of a set that is not full, the cost of the rest stands beside it, by the mean time of the runs that are there.",
    "",
    row(["figure and quantity", "published", "band or test", "ours", "verdict"]),
    row(["---", "---", "---", "---", "---"]),
  ];
  for (const figure of figures) {
    const result = results.get(figure.id);
    const link = `**[${cell(figure.title)}](reproductions/${pageOf(figure)}.md#${figure.id})**`;
    const hasRun = result !== undefined && result.extent !== "none";
    const verdict = hasRun ? verdictText(result) : "not yet run";
    const cost = hasRun ? missingCost(result) : null;
    const rest = cost === null ? "" : `; ${cost}`;
    lines.push(row([link, cell(figure.source.text), "", "", `**${verdict}**${rest}`]));
    if (!hasRun) continue;
    for (const quantity of result.quantities) {
      lines.push(
        row([
          cell(quantity.name),
          cell(quantity.published),
          cell(bandOf(quantity)),
          cell(oursText(quantity)),
          quantityVerdictText(quantity),
        ]),
      );
    }
  }
  return `${lines.join("\n")}\n`;
}
