import {
  board,
  type SpeedrunMeasure,
  type SpeedrunRecord,
  type SpeedrunReplay,
  type Spread,
  standingOf,
  type Track,
} from "@grok/sweep/speedrun";
import { count, duration, rate } from "../quantity";
import type { Style } from "../terminal/style";
import { type Column, table } from "../terminal/table";

const columns: Column[] = [
  { title: "rank", align: "right" },
  { title: "record" },
  { title: "seeds", align: "right" },
  { title: "steps", align: "right" },
  { title: "GFLOP", align: "right" },
  { title: "time", align: "right" },
  { title: "threads", align: "right" },
];

/** A track's board. */
export function boardText(
  { id, title }: Track,
  records: readonly SpeedrunRecord[],
  order: SpeedrunMeasure,
  style: Style,
): string {
  const standings = board(records, id, order);
  const head = `${style("bold", id)}: ${title}\n`;
  if (standings.length === 0) return `${head}no record here\n`;
  const rows = standings.map(({ record, grokked, isRanked, spread }, i) => [
    isRanked ? String(i + 1) : "–",
    record.name,
    `${grokked}/${record.runs.length}`,
    spread === null ? "–" : count(spread.steps.median),
    spread === null ? "–" : rate(spread.flops.median / 1e9),
    spread === null ? "–" : duration(spread.seconds.median),
    record.threads === null ? "–" : String(record.threads),
  ]);
  return `${head}${table(columns, rows, style)}`;
}

/** What came of a record's runs: its medians, with the least and the greatest. */
export function recordText(record: SpeedrunRecord): string {
  const { grokked, isRanked, spread } = standingOf(record);
  const runs = record.runs.length;
  const seeds = `${grokked} of ${runs} seeds came to 95%`;
  if (spread === null) return `${seeds}; a rank needs all of 20\n`;
  const text = (of: Spread, write: (value: number) => string) =>
    `${write(of.median)} (${write(of.min)} to ${write(of.max)})`;
  const { steps, flops, seconds } = spread;
  return `${seeds}${isRanked ? "" : "; a rank needs all of 20"}
  steps   ${text(steps, count)}
  GFLOP   ${text(flops, (value) => rate(value / 1e9))}
  time    ${text(seconds, duration)}
`;
}

/** A comparison, a line per seed. */
export function replayText(replays: readonly SpeedrunReplay[], style: Style): string {
  const steps = (value: number | null) => (value === null ? "never" : count(value));
  return table(
    [
      { title: "seed", align: "right" },
      { title: "recorded", align: "right" },
      { title: "here", align: "right" },
      { title: "time here", align: "right" },
      { title: "verdict" },
    ],
    replays.map(({ seed, run, recorded, verdict }) => [
      String(seed),
      steps(recorded.steps),
      steps(run.steps),
      duration(run.seconds),
      verdict,
    ]),
    style,
  );
}
