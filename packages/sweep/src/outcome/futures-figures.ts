import { scoreOf } from "@grok/metrics";
import { curveBand } from "@grok/metrics/statistics";
import type { FuturesPanel } from "@grok/plot";
import type { SweepState } from "../state/sweep-state";
import type { ChangedRun, Future, Futures } from "./future";
import { middle } from "./middle";
import { spaced } from "./spaced";
import { settingsInWords } from "./words";

/** As many curves as styles tell apart. */
const maxFutures = 7;

/** Figures of one sweep, one for each set of trunks; the tables have all. */
const maxFigures = 6;

/**
 * The figures of futures over one trunk, as SVG by name: `futures`, and `futures-2` and so on for
 * further trunks, as a sweep has whose runs differ in more than changes and seeds.
 *
 * @param threshold validation accuracy that counts as grokked, as a share
 */
export async function futuresFigures(
  state: SweepState,
  groups: readonly Futures[],
  threshold: number,
): Promise<Record<string, string>> {
  const drawn = spaced(groups.filter(hasCurves), maxFigures);
  const figures: Record<string, string> = {};
  for (const [i, group] of drawn.entries()) {
    figures[i === 0 ? "futures" : `futures-${i + 1}`] = await draw(state, group, threshold);
  }
  return figures;
}

/** Whether anything changed, in a run that was evaluated. */
function hasCurves({ futures }: Futures): boolean {
  return futures.some(({ place, runs }) => place !== null && runs.some(isSeen));
}

function isSeen({ records }: ChangedRun): boolean {
  return records.length > 0;
}

async function draw(
  state: SweepState,
  { settings, futures: all }: Futures,
  threshold: number,
): Promise<string> {
  const futures = spaced(all, maxFutures);
  const areValues = all.some(({ runs }) =>
    runs.some(({ records }) => records.some((each) => each.val_explained !== undefined)),
  );
  const trunks = new Set(all.flatMap(({ runs }) => runs.map(trunkOf))).size;
  const shown =
    futures.length === all.length ? [] : [`${futures.length} of ${all.length} futures shown`];
  const { futuresFigure } = await import("@grok/plot");
  return futuresFigure(
    futures.map(({ change, point, missing }) => ({
      label: change === null ? "no change" : change.replace(/\bt_(mem|grok)\b/g, "t_{$1}"),
      runs: point.runs.length,
      grokked: point.grokked,
      ungrokked: point.forgotten,
      failed: point.failed,
      missing,
    })),
    panelsOf(futures),
    {
      title: state.title ?? undefined,
      subtitle: [settingsInWords(settings), ...shown].filter(Boolean).join(" · ") || undefined,
      trunks,
      threshold,
      valueLabel: areValues ? "Explained variance of the validation targets (%)" : undefined,
    },
  );
}

/** What a run has in common with those that are changed otherwise: its seed. */
function trunkOf({ run }: ChangedRun): string {
  return String(run.settings.seed ?? "");
}

/**
 * Futures that leave the trunk at steps that are the same for all seeds share a panel; those of a step
 * that each seed has for itself have a panel in which steps count from there.
 */
function panelsOf(futures: readonly Future[]): FuturesPanel[] {
  // If no seed came to a change, the legend says so, and there is nothing to draw.
  const begun = futures.filter(({ runs }) => runs.some(isSeen));
  const places = [...new Set(begun.flatMap(({ place }) => place ?? []))];
  const own = places.filter((place) => !/^\d+$/.test(place));
  const isCommon = (place: string | null) => place !== null && !own.includes(place);
  const panels = own.map((place) => ({
    title: `From ${place.replace(/^t_(\w+)/, "t_{$1}")} on`,
    ...aligned(futures, place),
  }));
  if (!places.some(isCommon)) return panels;
  const title = panels.length === 0 ? undefined : "From a step on";
  return [{ title, ...overSteps(futures, isCommon) }, ...panels];
}

function overSteps(
  futures: readonly Future[],
  isIn: (place: string | null) => boolean,
): FuturesPanel {
  const unchanged = futures.find(({ place }) => place === null);
  const changed = futures.filter(({ place }) => isIn(place));
  const changes = [...new Set(changed.map(({ place }) => Number(place)))].sort((a, b) => a - b);
  // What is never changed continues as a future of its own from the first change on.
  const [first = 0] = changes;
  const end = unchanged === undefined ? (changes.at(-1) ?? first) : first;
  const runs = [...(unchanged?.runs ?? []), ...changed.flatMap((each) => each.runs)];
  return {
    isAligned: false,
    changes,
    trunk: trunkBand(runs, () => ({ at: end, shift: 0 })),
    bands: futures.map(({ place, runs: own }) => {
      if (place !== null && !isIn(place)) return [];
      const at = place === null ? first : Number(place);
      return futureBand(own, () => ({ at, shift: 0 }));
    }),
  };
}

function aligned(futures: readonly Future[], place: string): FuturesPanel {
  const changed = futures.filter((each) => each.place === place);
  const unchanged = futures.find((each) => each.place === null);
  const steps = new Map<string, number>();
  for (const each of changed.flatMap(({ runs }) => runs)) {
    if (each.changedAt !== null) steps.set(trunkOf(each), each.changedAt);
  }
  const from = (each: ChangedRun) => {
    const at = steps.get(trunkOf(each));
    return at === undefined ? null : { at, shift: at };
  };
  const runs = [...(unchanged?.runs ?? []), ...changed.flatMap((each) => each.runs)];
  // Beyond it some runs were not meant to continue.
  const horizon = Math.min(
    ...runs.flatMap((each) => {
      const at = steps.get(trunkOf(each));
      return at === undefined ? [] : [each.run.steps - at];
    }),
  );
  return {
    isAligned: true,
    changes: [0],
    trunk: trunkBand(runs, from),
    bands: futures.map((future) =>
      future === unchanged || future.place === place
        ? futureBand(future.runs, from).filter(({ step }) => step <= horizon)
        : [],
    ),
  };
}

/** Up to or from which step of a run something is drawn, and which of its steps is drawn as step 0. */
type Cut = (run: ChangedRun) => { at: number; shift: number } | null;

/** The band of what runs have in common, of each seed once: of the run that is changed last. */
function trunkBand(runs: readonly ChangedRun[], cut: Cut) {
  const latest = new Map<string, ChangedRun>();
  const when = ({ changedAt }: ChangedRun) => changedAt ?? Number.POSITIVE_INFINITY;
  for (const each of runs.filter(isSeen)) {
    const known = latest.get(trunkOf(each));
    if (known === undefined || when(each) > when(known)) latest.set(trunkOf(each), each);
  }
  return bandOf([...latest.values()], cut, (step, at) => step <= at, "nothing");
}

/** The band of runs from the last evaluation before their change on. */
function futureBand(runs: readonly ChangedRun[], cut: Cut) {
  const isFuture = (step: number, at: number, { records }: ChangedRun) =>
    step >= (records.findLast((each) => each.step <= at)?.step ?? at);
  return bandOf(runs, cut, isFuture, "last");
}

function bandOf(
  runs: readonly ChangedRun[],
  cut: Cut,
  isIn: (step: number, at: number, run: ChangedRun) => boolean,
  afterEnd: "nothing" | "last",
) {
  const curves = runs.flatMap((each) => {
    const place = cut(each);
    if (place === null) return [];
    const own = each.records.filter(({ step }) => isIn(step, place.at, each));
    if (own.length === 0) return [];
    return [
      own.map((record) => ({ step: record.step - place.shift, value: scoreOf(record, "val") })),
    ];
  });
  return curves.length === 0 ? [] : middle(curveBand(curves, { afterEnd }), curves.length);
}
