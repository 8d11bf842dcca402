import { parseSeeds, seedsOf } from "@grok/sweep";
import type { LoadedExtension } from "@grok/train";
import type { ForkPlace } from "@grok/train/fork";
import { forkRun } from "@grok/train/node";
import type { GivenFlags } from "../arguments/given-flags";
import { extensionsOfRun } from "../extension/run-extensions";
import { checkFonts } from "../figure/fonts";
import type { ProcessEnv } from "../process-env";
import { count } from "../quantity";
import { withFileErrors } from "../run/file-error";
import { checkPlotFile, takeOutputFlags } from "../run/output-flags";
import { freeFolder } from "../run/run-folder";
import { type Status, status } from "../status";
import { UsageError } from "../usage-error";
import { resume } from "./resume";

/** Flags that are told to the training of a fork, not to the fork. */
const passedOn = [
  "plots",
  "save-plot",
  "font",
  "json",
  "take-over",
  "allow-changes",
  "use",
  "trust",
];

/**
 * Makes a new run of another one, the same up to a step and with other settings from there on, and
 * trains it.
 *
 * @throws UsageError or ExperimentError before anything is written, RunError for a folder that is no
 * run or is taken, RunFailure if the run failed
 */
export async function fork(
  parent: string,
  given: GivenFlags,
  processEnv: ProcessEnv,
  used: readonly LoadedExtension[] = [],
): Promise<Status> {
  const { at, seeds, train = true, trust: _, ...rest } = given;
  const { "take-over": __, "allow-changes": ___, ...typed } = rest;
  const [output, flags] = takeOutputFlags(typed);
  const place = placeOf(at);
  const order = seeds === undefined ? [null] : seedsOf(parseSeeds(String(seeds)));
  if (order.length === 0) {
    throw new UsageError(`--seeds ${String(seeds)} names no seed, or more than a sweep may have.`);
  }
  if (order.length > 1 && output.savePlot !== undefined) {
    throw new UsageError("--save-plot names one file, and --seeds asks for several runs.");
  }
  if (output.savePlot !== undefined) await checkPlotFile(output.savePlot);
  await checkFonts(output.fonts);
  const extensions = await extensionsOfRun(parent, given, used, processEnv);
  const training = Object.fromEntries(
    Object.entries(given).filter(([name]) => passedOn.includes(name)),
  );
  const page = output.json ? processEnv.stderr : processEnv.stdout;
  const folders: string[] = [];
  for (const seed of order) {
    const ending = seed === null ? "" : `-seed${seed}`;
    const {
      folder,
      at: step,
      notices,
      config,
    } = await withFileErrors(`${parent} cannot be forked`, () =>
      forkRun(
        parent,
        ({ at: step }) =>
          output.outDir === undefined
            ? freeFolder(`${parent.replace(/[\\/]+$/, "")}-at${step}${ending}`)
            : `${output.outDir}${ending}`,
        {
          at: place,
          flags: seed === null ? flags : { ...flags, "batch-seed": String(seed) },
          extensions,
        },
      ),
    );
    for (const notice of notices) page.write(`${notice}\n`);
    page.write(
      `${folder} is ${parent} up to step ${count(step)}; it ends at step ${count(config.training.steps)}.\n`,
    );
    folders.push(folder);
  }
  if (train === false) return status.done;
  for (const folder of folders) {
    const ended = await resume(folder, training, processEnv, extensions);
    if (ended !== status.done) return ended;
  }
  return status.done;
}

function placeOf(at: string | boolean | undefined): ForkPlace {
  if (at === undefined) {
    throw new UsageError("grok fork needs --at: a step, t_mem or t_grok.");
  }
  if (at === "t_mem" || at === "t_grok") return at;
  if (typeof at === "string" && /^\d{1,10}$/.test(at)) return Number(at);
  throw new UsageError(`--at must be a step, t_mem or t_grok, not "${String(at)}".`);
}
