import { join } from "node:path";
import { maxThreads } from "@grok/backend";
import { parseSeeds, type Settings, seedsOf } from "@grok/sweep";
import {
  type SpeedrunMeasure,
  speedrunMeasures,
  speedrunSeeds,
  type Track,
  trackOf,
} from "@grok/sweep/speedrun";
import { collect, type LoadedExtension } from "@grok/train";
import { readDataFlags } from "@grok/train/node";
import type { GivenFlags } from "../arguments/given-flags";
import { textFlag } from "../arguments/text-flag";
import { numberFlag } from "../queue/queue-flags";
import { UsageError } from "../usage-error";

/** How runs are done. */
interface Runs {
  seeds: readonly number[];
  jobs: number;
  threads: number | undefined;
  takeOver: boolean;
  /** Null: the default. */
  folder: string | null;
}

/** What `grok speedrun` was asked for. */
export type SpeedrunRequest =
  | { do: "show"; track: Track | null; board: string; order: SpeedrunMeasure; json: boolean }
  | (Runs & { do: "check"; file: string; json: boolean })
  | (Runs & {
      do: "run";
      track: Track;
      name: string;
      by: string | null;
      note: string | null;
      preset: string | undefined;
      flags: Settings;
      /** The clone that keeps the record; null if none does. */
      record: string | null;
      json: boolean;
    });

/** What is the command's own, and no flag of a run. */
const own = new Set(
  "name by note seeds check jobs threads take-over preset order board out-dir record json debug use font".split(
    " ",
  ),
);

/**
 * Reads a command line of `grok speedrun`.
 *
 * @throws UsageError or SweepError for anything that cannot be
 */
export async function readSpeedrunRequest(
  id: string | undefined,
  given: GivenFlags,
  extensions: readonly LoadedExtension[],
): Promise<SpeedrunRequest> {
  const kinds = collect(extensions);
  const json = given.json === true;
  const flags = Object.entries(given).filter(([name]) => !own.has(name));
  const few = { min: 1, max: 256, whole: true };
  const runs = {
    jobs: numberFlag(given, "jobs", few) ?? 1,
    threads: numberFlag(given, "threads", { ...few, max: maxThreads }),
    takeOver: given["take-over"] === true,
    folder: textFlag(given, "out-dir") ?? null,
  };
  const asked = given.seeds === undefined ? null : seedsOf(parseSeeds(String(given.seeds)));
  const file = textFlag(given, "check");
  const name = textFlag(given, "name");
  if (file !== undefined) {
    const other = [...flags.map(([flag]) => flag), "name", "preset", "record", "by", "note"].find(
      (flag) => given[flag] !== undefined,
    );
    if (id !== undefined || other !== undefined) {
      throw new UsageError(
        `--check takes the track and all settings from the record, so ${id ?? `--${other}`} has no place beside it.`,
      );
    }
    return { do: "check", file, json, ...runs, seeds: asked ?? [0] };
  }
  const track = id === undefined ? null : trackOf(id);
  if (name === undefined) {
    const other = [...flags.map(([flag]) => flag), "preset", "record", "by", "note", "seeds"].find(
      (flag) => given[flag] !== undefined,
    );
    if (other !== undefined) {
      throw new UsageError(
        `--${other} is for a run, which needs a track and a --name, as in grok speedrun addition-97 --name mine --preset mlp.`,
      );
    }
    const board = textFlag(given, "board") ?? join("results", "speedrun");
    return { do: "show", track, board, order: orderOf(given), json };
  }
  if (track === null) {
    throw new UsageError("--name needs a track, as in grok speedrun addition-97 --name mine.");
  }
  if (!/^[a-z0-9][a-z0-9-]{0,63}$/.test(name)) {
    throw new UsageError(
      `--name is of lower-case letters, digits and dashes, at most 64, and not "${name}".`,
    );
  }
  const seeds = asked ?? speedrunSeeds;
  const stranger = seeds.find((seed) => !speedrunSeeds.includes(seed));
  if (stranger !== undefined) {
    throw new UsageError(`The seeds of a speedrun are 0 to 19, so ${stranger} is none.`);
  }
  const byName = Object.fromEntries(
    flags.map(([typed, value]) => [kinds.findFlag(typed)?.name ?? typed, value]),
  );
  return {
    do: "run",
    track,
    name,
    by: textFlag(given, "by") ?? null,
    note: textFlag(given, "note") ?? null,
    preset: textFlag(given, "preset"),
    flags: await readDataFlags(byName, kinds),
    record: textFlag(given, "record") ?? null,
    json,
    ...runs,
    seeds,
  };
}

function orderOf(given: GivenFlags): SpeedrunMeasure {
  const typed = textFlag(given, "order") ?? "flops";
  const order = speedrunMeasures.find((measure) => measure === typed);
  if (order !== undefined) return order;
  throw new UsageError(`--order is one of ${speedrunMeasures.join(", ")}, and not "${typed}".`);
}
