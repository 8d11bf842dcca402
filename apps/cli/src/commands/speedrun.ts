import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { stopBackend } from "@grok/backend";
import { parameterCount } from "@grok/models";
import type { SweepPlan } from "@grok/sweep";
import { runSpeedrun, type SpeedrunOutcome } from "@grok/sweep/node";
import {
  board,
  replayOf,
  type SpeedrunRecord,
  speedrunPlan,
  speedrunRuns,
  type Track,
  trackOf,
  tracks,
} from "@grok/sweep/speedrun";
import { assemble, collect, type Experiment, type LoadedExtension, stepFlops } from "@grok/train";
import { machineText } from "@grok/train/node";
import type { GivenFlags } from "../arguments/given-flags";
import type { ProcessEnv } from "../process-env";
import { countOf } from "../quantity";
import { withFileErrors } from "../run/file-error";
import { type Interrupt, listenForInterrupt } from "../run/interrupt";
import { startBackend } from "../run/start-backend";
import { boardText, recordText, replayText } from "../speedrun/board-text";
import { keepSpeedrun, readBoard, readSpeedrun, writeSpeedrun } from "../speedrun/records";
import { readSpeedrunRequest, type SpeedrunRequest } from "../speedrun/request";
import { type Status, status } from "../status";
import { chooseSweepDisplay } from "../sweep/sweep-display";
import { SweepStatus } from "../sweep/sweep-status";
import { styleFor } from "../terminal/style";
import { UsageError } from "../usage-error";

type Asked<D extends SpeedrunRequest["do"]> = Extract<SpeedrunRequest, { do: D }>;

/**
 * Shows the boards of the speedruns, runs an entry, or runs seeds of a record again.
 *
 * @throws UsageError or SweepError for anything that cannot be, before anything is run
 */
export async function speedrun(
  id: string | undefined,
  given: GivenFlags,
  processEnv: ProcessEnv,
  extensions: readonly LoadedExtension[] = [],
): Promise<Status> {
  const request = await readSpeedrunRequest(id, given, extensions);
  if (request.do === "show") return show(request, processEnv);
  if (request.do === "check") return check(request, processEnv, extensions);
  return run(request, processEnv, extensions);
}

async function show(
  { track, board: folder, order, json }: Asked<"show">,
  { stdout, env }: ProcessEnv,
): Promise<Status> {
  const records = await withFileErrors(`The board in ${folder} cannot be read`, () =>
    readBoard(folder),
  );
  const shown = track === null ? tracks : [track];
  if (json) {
    const boards = shown.map(({ id: of }) => ({ track: of, records: board(records, of, order) }));
    stdout.write(`${JSON.stringify(boards, null, 2)}\n`);
    return status.done;
  }
  const style = styleFor(stdout, env);
  stdout.write(shown.map((each) => boardText(each, records, order, style)).join("\n"));
  stdout.write(
    `\nMedians over seeds, of records in ${folder}. A rank needs 20 seeds that all come to 95%.\n`,
  );
  return status.done;
}

/** Trains an entry, and writes its record. */
async function run(
  request: Asked<"run">,
  processEnv: ProcessEnv,
  extensions: readonly LoadedExtension[],
): Promise<Status> {
  const { track, name, preset, flags, seeds, json } = request;
  const plan = speedrunPlan(track, { preset, flags }, { seeds, extensions });
  const folder = request.folder ?? join("runs", "speedrun", track.id, name);
  const outcome = await train(track, plan, { ...request, folder }, processEnv, extensions);
  if (outcome === null) return status.interrupted;
  if (outcome.environment === null) {
    throw new UsageError("No run has made an evaluation, so there is nothing to record.");
  }
  const [first] = speedrunRuns(plan).values();
  const { experiment } = first as { experiment: Experiment };
  const flopsPerStep = await flopsOf(experiment, extensions);
  const { backend, arithmetic, versions } = outcome.environment;
  // Extensions of the command are loaded from files, which have a digest.
  const used = experiment.extensions?.flatMap(({ name: of, sha256 }) =>
    sha256 === null ? [] : [{ name: of, sha256 }],
  );
  const record: SpeedrunRecord = {
    format: "grok-speedrun-1",
    track: track.id,
    name,
    by: request.by,
    note: request.note,
    date: new Date().toISOString().slice(0, 10),
    command: commandOf(request),
    preset: preset ?? null,
    flags: flags as SpeedrunRecord["flags"],
    ...(used === undefined ? {} : { extensions: used }),
    parameters: parameterCount(assemble(experiment, collect(extensions)).network),
    flops_per_step: flopsPerStep,
    machine: machineText(),
    backend,
    arithmetic,
    threads: request.threads ?? null,
    versions,
    runs: outcome.runs,
  };
  const output = json ? processEnv.stderr : processEnv.stdout;
  output.write(`\n${recordText(record)}\n`);
  const files = await withFileErrors(`The record cannot be written to ${folder}`, async () => [
    await writeSpeedrun(folder, record),
    ...(request.record === null ? [] : await keepSpeedrun(request.record, record)),
  ]);
  output.write(files.map((file) => `${file}\n`).join(""));
  if (json) processEnv.stdout.write(`${JSON.stringify(record, null, 2)}\n`);
  return status.done;
}

/** Runs seeds of a record again, and compares. */
async function check(
  request: Asked<"check">,
  processEnv: ProcessEnv,
  extensions: readonly LoadedExtension[],
): Promise<Status> {
  const { file, seeds, json } = request;
  const record = await withFileErrors(`${file} cannot be read`, () => readSpeedrun(file));
  const missing = seeds.find((seed) => record.runs.every((each) => each.seed !== seed));
  if (missing !== undefined) {
    throw new UsageError(`${file} has no run of seed ${missing}.`);
  }
  const track = trackOf(record.track);
  const entry = { preset: record.preset ?? undefined, flags: record.flags };
  const plan = speedrunPlan(track, entry, { seeds, extensions });
  const folder = request.folder ?? (await mkdtemp(join(tmpdir(), "grok-speedrun-")));
  try {
    const outcome = await train(track, plan, { ...request, folder }, processEnv, extensions);
    if (outcome === null) return status.interrupted;
    const replays = outcome.runs.flatMap((each) => replayOf(record, each) ?? []);
    const output = json ? processEnv.stderr : processEnv.stdout;
    output.write(`\n${replayText(replays, styleFor(output, processEnv.env))}`);
    if (json) processEnv.stdout.write(`${JSON.stringify(replays, null, 2)}\n`);
    const isAll =
      replays.length === seeds.length &&
      replays.every(({ verdict }) => verdict !== "not reproduced");
    return isAll ? status.done : status.failed;
  } finally {
    if (request.folder === null) await rm(folder, { recursive: true, force: true });
  }
}

/** Does the runs and shows how they stand; null if the user stopped them. */
async function train(
  track: Track,
  plan: SweepPlan,
  {
    folder,
    jobs,
    threads,
    takeOver,
    json,
  }: { folder: string } & Pick<Asked<"check">, "jobs" | "threads" | "takeOver" | "json">,
  processEnv: ProcessEnv,
  extensions: readonly LoadedExtension[],
): Promise<SpeedrunOutcome | null> {
  const experiments = plan.next([]).map(({ experiment }) => experiment);
  const sweepStatus = new SweepStatus({
    axes: plan.axes,
    maxRuns: plan.maxRuns,
    stopsOnGrok: true,
    stepsPerRun: Math.max(...experiments.map(({ training }) => training.steps)),
  });
  const interrupt: Interrupt = listenForInterrupt(processEnv);
  const shownOn: ProcessEnv = Object.create(processEnv, {
    stdout: { value: json ? processEnv.stderr : processEnv.stdout },
  });
  const display = chooseSweepDisplay(sweepStatus, shownOn, { json: false });
  interrupt.onFirst = () => {
    sweepStatus.note = "stopping; Ctrl-C again leaves at once";
  };
  interrupt.onSecond = () => display.close();
  try {
    const outcome = await withFileErrors(`The runs cannot be written to ${folder}`, () =>
      runSpeedrun(track, plan, {
        folder,
        jobs,
        threads,
        takeOver,
        extensions,
        signal: interrupt.signal,
        onWait: (sentence) => display.message(`${sentence}\n`),
        onChange(each, event) {
          sweepStatus.onEvent(each, performance.now() / 1000);
          if (event === null && each.state !== "running") display.ended(each);
        },
      }),
    );
    if (!interrupt.signal.aborted) return outcome;
    display.message(`${countOf(outcome.runs.length, "seed")} done; the same command continues.\n`);
    return null;
  } finally {
    display.close();
    interrupt.release();
  }
}

/** Counted on one thread, as the number of threads changes nothing. */
async function flopsOf(
  experiment: Experiment,
  extensions: readonly LoadedExtension[],
): Promise<number> {
  await startBackend("auto", 1);
  try {
    return await stepFlops(experiment, { extensions });
  } finally {
    await stopBackend();
  }
}

/** The command line that does it again. */
function commandOf({ track, name, preset, flags, threads, jobs }: Asked<"run">): string {
  const settings = Object.entries(flags).map(([flag, value]) => {
    if (typeof value === "boolean") return value ? `--${flag}` : `--no-${flag}`;
    const text = String(value);
    return `--${flag} ${/^[\w.,:+-]+$/.test(text) ? text : `'${text}'`}`;
  });
  return [
    `grok speedrun ${track.id} --name ${name}`,
    ...(preset === undefined ? [] : [`--preset ${preset}`]),
    ...settings,
    ...(jobs === 1 ? [] : [`--jobs ${jobs}`]),
    ...(threads === undefined ? [] : [`--threads ${threads}`]),
  ].join(" ");
}
