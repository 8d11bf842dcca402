import type { Series } from "@grok/verify";
import type { Style } from "../terminal/style";
import { type Column, table } from "../terminal/table";

/** Ways of dying that are counted apart, and what a run does meanwhile, as the table has them. */
const ways = ["random instants", "write boundaries", "loss of power"] as const;
const phases = [
  "start-up",
  "training",
  "evaluation",
  "metrics write",
  "checkpoint write",
  "end",
] as const;

/** See {@link ways}. */
export type Way = (typeof ways)[number];

/** Counts what was killed, and keeps what differed. */
export class Tally {
  runs = 0;
  readonly kills: Partial<Record<Way, Record<string, number>>> = {};
  readonly differences: { folder: string; killed: Series["killed"]; differences: string[] }[] = [];

  /** Takes note of a series. */
  add(way: Way, { folder, killed, differences }: Series): void {
    this.runs++;
    const counts = (this.kills[way] ??= Object.fromEntries(phases.map((phase) => [phase, 0])));
    for (const { phase } of killed) counts[phase] = (counts[phase] ?? 0) + 1;
    if (differences.length > 0) this.differences.push({ folder, killed, differences });
  }

  /** Kills in all. */
  get total(): number {
    return Object.values(this.kills).reduce((sum, counts) => sum + sumOf(counts), 0);
  }

  /** Kills by way and phase. */
  text(style: Style): string {
    const columns: Column[] = [
      { title: "killed" },
      ...phases.map((title): Column => ({ title, align: "right" })),
      { title: "all", align: "right" },
    ];
    const rows = ways.flatMap((way) => {
      const counts = this.kills[way];
      if (counts === undefined) return [];
      return [[way, ...phases.map((phase) => String(counts[phase])), String(sumOf(counts))]];
    });
    return table(columns, rows, style);
  }
}

function sumOf(counts: Record<string, number>): number {
  return Object.values(counts).reduce((sum, each) => sum + each, 0);
}
