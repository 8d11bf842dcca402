import { SweepError } from "../sweep-error";
import { type SweepSpec, seedsFault } from "./spec";

const assignment = /^([\w-]+)=(.+)$/s;
const number = String.raw`[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?`;
const range = new RegExp(`^(${number})\\.\\.(${number}):(\\d+)(log)?$`, "i");

/**
 * Reads axes as the command line has them: `weight-decay=0.01,0.1,1` for a list, `lr=1e-4..1e-2:5`
 * for five values evenly spaced, and `lr=1e-4..1e-2:5log` for five by equal factors.
 *
 * @throws SweepError if one is none of these, or a flag comes twice
 */
export function parseGrid(texts: readonly string[]): NonNullable<SweepSpec["grid"]> {
  const grid: NonNullable<SweepSpec["grid"]> = {};
  for (const text of texts) {
    const [, flag = "", values = ""] = assignment.exec(text.trim()) ?? [];
    if (flag === "") {
      throw new SweepError(
        `--grid must be a flag and its values, as in weight-decay=0.01,0.1,1 or lr=1e-4..1e-2:5log, not "${text}".`,
      );
    }
    if (Object.hasOwn(grid, flag))
      throw new SweepError(`--grid names ${flag} twice; give it once.`);
    const [, from, to, count, log] = range.exec(values) ?? [];
    grid[flag] =
      count === undefined
        ? values.split(",").map((value) => value.trim())
        : {
            from: Number(from),
            to: Number(to),
            count: Number(count),
            scale: log === undefined ? "linear" : "log",
          };
  }
  return grid;
}

/** Reads seeds as the command line has them: `0..4`, `1,2,7`, or one seed, `7`. */
export function parseSeeds(text: string): string | number[] {
  const trimmed = text.trim();
  if (/^-?\d+(,\s*-?\d+)*$/.test(trimmed)) return trimmed.split(",").map(Number);
  if (/^-?\d+\.\.-?\d+$/.test(trimmed)) return trimmed;
  throw new SweepError(`--seeds must be ${seedsFault(trimmed)}.`);
}
