import { parameterShapes } from "@grok/models";
import {
  assemble,
  ExperimentError,
  experimentAt,
  experimentOf,
  type ReadableFiles,
} from "@grok/train";
import {
  type ForkPlan,
  forkDifference,
  forkExperiment,
  planFork,
  writeFork,
} from "@grok/train/fork";
import type { Library, RunLabel } from "../storage/library";
import { describe } from "./describe";
import { extensionsHere, kindsHere } from "./extensions";
import { messageOf } from "./message";
import type { BranchPlace, BranchPlan, BranchRequest } from "./protocol";
import { readStoredRun } from "./stored-run";
import { readViews, rewriteViews } from "./view-log";
import { Views } from "./views";

/** The field for anything that a change can have, as `--change` takes it. */
const further = "changes";

/** The longest name that the page gives to a run. */
const longestName = 100;

/** A branch that is ready to be written, and what it changes. */
interface Prepared {
  fork: ForkPlan;
  text: string;
}

/** What a branch of a run can change at a step. */
export async function placeOf(files: ReadableFiles, at: number): Promise<BranchPlace> {
  const experiment = experimentOf((await readStoredRun(files)).config);
  const there = experimentAt(experiment, at + 1, extensionsHere());
  return {
    values: describe(there).values,
    parameters: Object.keys(parameterShapes(assemble(there, kindsHere()).network)),
  };
}

/** Finds out what would come of a branch; nothing is written. */
export async function planBranch(
  files: ReadableFiles,
  request: BranchRequest,
): Promise<(BranchPlan & { ok: false }) | (BranchPlan & { ok: true; prepared: Prepared })> {
  const { at, fields } = request;
  const parent = experimentOf((await readStoredRun(files)).config);
  const given: Record<string, string> = {};
  // One field after the other, so that what is wrong is told beside the one that it is about.
  const order = ["steps", ...Object.keys(fields).filter((field) => field !== "steps")];
  for (const field of order) {
    const text = fields[field]?.trim() ?? "";
    if (text !== "") given[field] = text;
    else if (field !== "steps") continue;
    try {
      const flags = flagsOf(at, given);
      const { steps } = forkExperiment(parent, { at, flags, ...extensionsHere() }).training;
      if (at >= steps) {
        const error = `It would end at step ${steps}, and branches at step ${at}: give a later step.`;
        return { ok: false, field: "steps", error };
      }
    } catch (error) {
      if (!(error instanceof ExperimentError)) throw error;
      return { ok: false, field, error: error.message };
    }
  }
  try {
    const fork = await planFork(files, { at, flags: flagsOf(at, given), ...extensionsHere() });
    const difference = forkDifference(experimentOf(fork.config), parent, at, extensionsHere());
    const prepared = { fork, text: difference.fork };
    return { ok: true, text: difference.fork, notices: fork.notices, prepared };
  } catch (error) {
    return { ok: false, field: null, error: messageOf(error) };
  }
}

/**
 * Writes a branch into the library as a run of its own, with what was seen of its past.
 *
 * @param parent the run that it branches from
 */
export async function writeBranch(
  library: Library,
  parent: RunLabel,
  { fork, text }: Prepared,
  onFull: (error: unknown) => void,
): Promise<RunLabel> {
  const views = new Views();
  await readViews(await library.read(parent.id), views);
  const name = nameOf(parent.name, `${fork.at}: ${text}`);
  const [label, files] = await library.create(name, onFull, parent.id);
  const { forkedFrom } = fork.config;
  try {
    await writeFork(
      files,
      {
        ...fork,
        config: {
          ...fork.config,
          ...(forkedFrom && { forkedFrom: { ...forkedFrom, run: parent.name.slice(0, 255) } }),
        },
      },
      extensionsHere(),
    );
    await rewriteViews(files, views, fork.from);
  } catch (error) {
    await files.close();
    await library.remove(label.id);
    throw error;
  }
  await files.close();
  return label;
}

/** The flags of a fork that say what the fields say. */
function flagsOf(at: number, fields: Readonly<Record<string, string>>) {
  const { steps, [further]: text, ...settings } = fields;
  const change = [
    // Not as one text, in which a value with a space would be two.
    ...(Object.keys(settings).length === 0 ? [] : [{ at, ...settings }]),
    ...(text === undefined ? [] : [`${at}: ${text}`]),
  ];
  return {
    ...(steps === undefined ? {} : { steps }),
    ...(change.length === 0 ? {} : { change }),
  } as Parameters<typeof forkExperiment>[1]["flags"] & object;
}

/** A branch is named by what differs, after the run that it is of. */
function nameOf(parent: string, text: string): string {
  const name = `${parent} · ${text}`;
  if (name.length <= longestName) return name;
  const room = longestName - text.length - 4;
  return room > 8 ? `${parent.slice(0, room)}… · ${text}` : `${text.slice(0, longestName - 1)}…`;
}
