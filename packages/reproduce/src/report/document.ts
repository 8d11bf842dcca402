import { group } from "d3-array";
import type { Figure } from "../figure/figure";
import { figureRuns } from "../figure/figure-runs";
import type { Reproduction } from "../result/reproduction";
import { bandOf, oursText, verdictText } from "./wording";

/** The command that writes the document. */
export const documentCommand = "grok reproduce --all --no-run --record .";

/**
 * docs/reproductions.md: a table of what was published, what came out here and the verdict, then each
 * figure. Figures without a result are listed as not yet run.
 *
 * @param images where the pictures lie, as the document links to them
 */
export function reproductionsDocument(
  figures: readonly Figure[],
  results: ReadonlyMap<string, Reproduction>,
  images = "images/reproductions",
): string {
  const lines = [
    "# Reproductions",
    "",
    `What was published, and what comes out here. Written by \`${documentCommand}\` from [results/reproductions](../results/reproductions); \`grok reproduce ID\` runs a figure and judges it.`,
    "",
    "- A **band** was set before our runs were looked at; where it comes from stands with each figure. A published number is mostly one seed, and so one sample.",
    "- **Ours** is the median over seeds (Kaplan–Meier, in which runs that never got there count) with the least and the greatest, and N; of an order, the share of pairs of runs that stand as published.",
    "- **quick** verdicts stand on fewer runs than the full set. What is *partly run* or *not yet run* is not judged.",
    "",
    ...overview(figures, results),
  ];
  for (const figure of figures) lines.push("", ...section(figure, results.get(figure.id), images));
  return `${lines.join("\n")}\n`;
}

function overview(
  figures: readonly Figure[],
  results: ReadonlyMap<string, Reproduction>,
): string[] {
  const rows = figures.flatMap((figure) => {
    const result = results.get(figure.id);
    const head = [`[${figure.title}](#${figure.id})`, cell(figure.source.text), ""];
    if (result === undefined || result.extent === "none") {
      return [row([...head, "", "**not yet run**"])];
    }
    return [
      row([...head, "", `**${verdictText(result)}**`]),
      ...result.quantities.map((quantity) =>
        row([
          "",
          cell(quantity.name),
          cell(quantity.published),
          cell(oursText(quantity)),
          quantityVerdict(quantity),
        ]),
      ),
    ];
  });
  return [
    row(["figure", "source, and what of it", "published", "ours", "verdict"]),
    row(["---", "---", "---", "---", "---"]),
    ...rows,
  ];
}

function quantityVerdict({ verdict, extent }: Reproduction["quantities"][number]): string {
  return extent === "quick" && verdict !== "partly run" ? `${verdict} (quick)` : verdict;
}

function section(figure: Figure, result: Reproduction | undefined, images: string): string[] {
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
    lines.push(`**Not yet run.** ${of} runs. Seeds: ${seedsBecause}`);
    for (const quantity of figure.quantities) {
      const { text, because } = quantity.published;
      lines.push(`- ${quantity.name}: published ${text}. Band: ${because}.`);
    }
  } else {
    lines.push(`![${title}](${images}/${id}.png)`, "");
    lines.push(
      `**${capital(verdictText(result))}.** ${result.done} of ${result.of} runs. Seeds: ${seedsBecause}`,
      "",
    );
    lines.push(row(["quantity", "published", "band", "ours", "verdict"]));
    lines.push(row(["---", "---", "---", "---", "---"]));
    for (const quantity of result.quantities) {
      lines.push(
        row([
          cell(quantity.name),
          cell(quantity.published),
          cell(bandOf(quantity)),
          cell(oursText(quantity)),
          quantityVerdict(quantity),
        ]),
      );
    }
    lines.push("");
    lines.push(...remarks(result.quantities));
    const [first] = result.runs;
    const seconds = result.runs.reduce((sum, { elapsed_sec }) => sum + elapsed_sec, 0);
    lines.push(
      "",
      `Judged ${result.date.slice(0, 10)} on ${result.runs.length} runs (${duration(seconds)} of training); the first is \`${first?.command}\`, on ${environments(result)}.`,
    );
  }
  if (notes.length > 0) lines.push("", ...notes.map((note) => `- ${note}`));
  return lines;
}

type QuantityResult = Reproduction["quantities"][number];

/**
 * What the table does not say: how verdicts come about that are no plain matter of a band, and where the
 * bands come from, once for all quantities that have the same.
 */
function remarks(quantities: readonly QuantityResult[]): string[] {
  const lines = quantities
    .filter(({ extent, verdict, unit }) => {
      const isJudged = extent === "full" || extent === "quick";
      return isJudged && (unit === "pairs" || verdict !== "reproduced");
    })
    .filter(({ band, unit }) => band !== null || unit === "pairs")
    .map(({ name, reason }) => `- ${name}: ${reason}`);
  const banded = quantities.filter(({ band, unit }) => band !== null || unit === "pairs");
  for (const [because, own] of group(banded, (quantity) => quantity.because)) {
    const of = own.length === quantities.length ? "" : ` (${own.map(listed).join("; ")})`;
    const word = own[0]?.unit === "pairs" ? "Judged by" : own.length > 1 ? "Bands" : "Band";
    lines.push(
      word === "Judged by" ? `- Judged by ${because}${of}.` : `- ${word}${of}: ${because}.`,
    );
  }
  return lines;
}

/** A quantity's name inside a list. */
function listed({ name }: QuantityResult): string {
  return `“${name}”`;
}

/** What computed the runs. */
function environments({ runs }: Reproduction): string {
  const all = runs.map(({ backend, threads, versions }) => {
    const engine = versions.node === undefined ? "" : `, Node ${versions.node}`;
    return `${backend} with ${threads ?? "an unknown number of"} thread${threads === 1 ? "" : "s"}${engine}`;
  });
  return [...new Set(all)].join("; ");
}

function duration(seconds: number): string {
  return seconds < 600 ? `${Math.round(seconds)} s` : `${Math.round(seconds / 60)} min`;
}

function row(cells: readonly string[]): string {
  return `| ${cells.join(" | ")} |`;
}

/** Text for a cell of a table. */
function cell(text: string): string {
  return text.replaceAll("|", "\\|").replaceAll("\n", " ");
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
