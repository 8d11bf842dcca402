import { join } from "node:path";
import { stripVTControlCharacters } from "node:util";
import { type Figure, figureRuns, type Reproduction, verdictText } from "@grok/reproduce";
import { readResult, readResults, verdictName } from "@grok/reproduce/node";
import { count, duration } from "../quantity";
import type { Style } from "../terminal/style";
import { table } from "../terminal/table";

/** What is known of a figure before it is run. */
export interface ListedFigure {
  id: string;
  title: string;
  source: string;
  url: string;
  runs: number;
  quickRuns: number;
  /** CPU seconds of all runs, and of those of `--quick`, on one thread as measured here. */
  seconds: number;
  quickSeconds: number;
  /** The last verdict: that of the folder, else the one that the clone keeps. */
  verdict: string;
}

/** Figures with their last verdicts. */
export async function listFigures(
  registry: readonly Figure[],
  folder: string,
): Promise<ListedFigure[]> {
  const kept = await readResults(".", registry);
  return Promise.all(
    registry.map(async (figure) => {
      const [full, quick] = [distinct(figure, false), distinct(figure, true)];
      const own = await readResult(join(folder, figure.id, verdictName));
      const last = better(own, kept.get(figure.id) ?? null);
      return {
        id: figure.id,
        title: figure.title,
        source: figure.source.text,
        url: figure.source.url,
        runs: full.length,
        quickRuns: quick.length,
        seconds: sum(full),
        quickSeconds: sum(quick),
        verdict: last === null ? "not yet run" : verdictText(last),
      };
    }),
  );
}

/** As a table; in a narrow one how many runs there are and where a figure is from are left out. */
export function figureTable(figures: readonly ListedFigure[], style: Style, width: number): string {
  const columns: [string, (figure: ListedFigure) => string][] = [
    ["figure", ({ id }) => id],
    ["runs (quick)", ({ runs, quickRuns }) => `${count(runs)} (${count(quickRuns)})`],
    [
      "time here (quick)",
      ({ seconds, quickSeconds }) => `${duration(seconds)} (${duration(quickSeconds)})`,
    ],
    ["last verdict", ({ verdict }) => verdict],
    ["source", ({ source }) => source],
  ];
  const set = (chosen: typeof columns) =>
    table(
      chosen.map(([title]) => ({ title })),
      figures.map((figure) => chosen.map(([, of]) => of(figure))),
      style,
    );
  const whole = set(columns);
  const isNarrow = stripVTControlCharacters(whole)
    .split("\n")
    .some(({ length }) => length > width);
  if (!isNarrow) return whole;
  const short: typeof columns = [
    ["figure", ({ id }) => id],
    ["time", ({ seconds }) => duration(seconds)],
    ["last verdict", ({ verdict }) => verdict],
  ];
  return set(short);
}

function better(own: Reproduction | null, kept: Reproduction | null): Reproduction | null {
  if (own === null || kept === null) return own ?? kept;
  return kept.done > own.done ? kept : own;
}

function distinct(figure: Figure, quick: boolean): { seconds: number }[] {
  return [...new Map(figureRuns(figure, quick).map((run) => [run.name, run])).values()];
}

function sum(runs: readonly { seconds: number }[]): number {
  return runs.reduce((total, { seconds }) => total + seconds, 0);
}
