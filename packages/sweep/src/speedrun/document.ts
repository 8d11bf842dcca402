import type { SpeedrunRecord } from "./record";
import { board, type SpeedrunMeasure, type Spread, type Standing } from "./standing";
import { tracks } from "./track";

const columns: readonly SpeedrunMeasure[] = ["steps", "flops", "seconds"];

/**
 * The board as a document: a table per track, with the rules.
 *
 * @param intro Markdown that stands above the tables
 */
export function speedrunDocument(records: readonly SpeedrunRecord[], intro: string): string {
  const parts = tracks.map(({ id, title }) => {
    const standings = board(records, id);
    const head = `## \`${id}\`: ${title}`;
    if (standings.length === 0) return `${head}\n\nNo record yet.`;
    return `${head}\n\n${table(standings)}\n\n${notes(standings)}`;
  });
  return `${intro.trimEnd()}\n\n${parts.join("\n\n").trimEnd()}\n`;
}

function table(standings: readonly Standing[]): string {
  const best = new Map(columns.map((column) => [column, bestOf(standings, column)]));
  const rows = standings.map(({ record, grokked, isRanked, spread }, i) => {
    const cells = columns.map((column) => {
      if (spread === null) return "–";
      const text = spreadText(spread[column], column);
      return isRanked && spread[column].median === best.get(column) ? `**${text}**` : text;
    });
    return [
      isRanked ? String(i + 1) : "–",
      `\`${record.name}\``,
      record.by ?? "",
      `${grokked} of ${record.runs.length}`,
      record.parameters.toLocaleString("en-US"),
      ...cells,
    ];
  });
  const titles = [
    "rank",
    "record",
    "by",
    "seeds at 95%",
    "parameters",
    "steps",
    "GFLOP",
    "seconds",
  ];
  const rule = titles.map((_, i) => (i === 0 || i > 2 ? "---:" : "---"));
  return [titles, rule, ...rows].map((cells) => `| ${cells.join(" | ")} |`).join("\n");
}

function notes(standings: readonly Standing[]): string {
  return standings
    .map(({ record }) => {
      const { name, note, command, threads, backend, machine } = record;
      const on = `${machine}, ${backend}${threads === null ? "" : `, ${threads} thread${threads === 1 ? "" : "s"}`}`;
      return `- \`${name}\`: ${note === null ? "" : `${note} `}\`${command}\` (${on})`;
    })
    .join("\n");
}

function bestOf(standings: readonly Standing[], column: SpeedrunMeasure): number {
  return Math.min(
    ...standings.map(({ isRanked, spread }) =>
      isRanked && spread !== null ? spread[column].median : Infinity,
    ),
  );
}

function spreadText({ median, min, max }: Spread, column: SpeedrunMeasure): string {
  return `${numberText(median, column)} (${numberText(min, column)}–${numberText(max, column)})`;
}

/** A number of the board in three digits; FLOPs as GFLOP. */
function numberText(value: number, column: SpeedrunMeasure): string {
  if (column === "steps") return value.toLocaleString("en-US");
  const shown = column === "flops" ? value / 1e9 : value;
  return Number(shown.toPrecision(3)).toLocaleString("en-US", { maximumSignificantDigits: 3 });
}
