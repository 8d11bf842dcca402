import type { Experiment } from "@grok/train";
import { batch } from "@preact/signals";
import type { BackendRequest, Described } from "../worker/protocol";
import { isRecordedInAddress, isSoftwareAllowed, linkInAddress, putIntoAddress } from "./address";
import { engine, startEngine, stopEngine } from "./engine";
import { base, baseName, bases, given, resolved, waiting } from "./experiment";
import { hearTold } from "./hear";
import { waitFor } from "./loading-timeout";
import { nearestBase } from "./nearest-base";
import { putAway, say, sayError } from "./notices";
import { stopPreparing, whilePreparing } from "./preparing";
import { addressOfRecording, type RecordingEntry, recordings } from "./recordings";
import { refreshRuns } from "./runs";
import * as session from "./session";
import { showOpened } from "./show-opened";
import { quick } from "./starting-point";

/** Starts the worker and shows an experiment, or the run that was shown when the last one died. */
export async function begin(): Promise<void> {
  if (!isSecureContext) {
    session.status.value = "crashed";
    say(
      "error",
      `Over plain http:// from another machine nothing can be trained or listed here: browsers give such a page no storage, no digests and no threads. Use https://, or a tunnel, as ssh -L ${location.port || 80}:localhost:${location.port || 80} ${location.hostname}, and then http://localhost:${location.port || 80}/.`,
    );
    return;
  }
  try {
    await getReady();
  } catch (error) {
    session.status.value = "crashed";
    throw error;
  } finally {
    waitFor(null);
  }
}

async function getReady(): Promise<void> {
  waitFor(() => "the trainer's script");
  const worker = await startEngine(hearTold, crashed);
  waitFor(() => "the browser's storage and its graphics device");
  // What is shown next may be one of the runs that are kept.
  const [offered] = await Promise.all([
    worker.experiments.offer(isSoftwareAllowed.peek()),
    refreshRuns(),
  ]);
  session.offer.value = offered;
  if (offered.storageProblem !== null) say("notice", offered.storageProblem);
  waitFor(() =>
    session.backend.peek() === null ? "what computes, and its threads" : "the network",
  );
  const request = session.backendRequest.peek();
  // What is automatic starts by itself.
  if (request.name !== "auto") await worker.useBackend(request);
  const { label } = session;
  if (label.peek() === null)
    await (linkInAddress() === "" ? applyExperiment() : followLink(linkInAddress()));
  else await openRun((label.peek() as { id: string }).id);
}

/** Shows the experiment of a link; one that is broken is said, and what was shown stays. */
export async function followLink(link: string): Promise<void> {
  const followed = await engine().experiments.follow(link);
  waiting.value = null;
  if (followed.ok) {
    setControls(followed);
    resolved.value = followed;
    if (await showRecordingAsAsked(followed)) return;
    await configure(followed.experiment);
    return;
  }
  if (session.shown.peek() === null) await applyExperiment();
  if (followed.needs === undefined) {
    say("error", `The address has no experiment that can be run: ${followed.error}`);
    return;
  }
  waiting.value = { link, needs: followed.needs };
  // It is still what the address asks for, after a reload too.
  putIntoAddress(link, false);
  say("error", followed.error);
}

/** Sets the controls to what gives an experiment. */
function setControls(described: Described): void {
  const setting = nearestBase(described, bases.peek());
  if (setting === null) return;
  batch(() => {
    baseName.value = setting.base.name;
    given.value = setting.given;
  });
}

/** Sets a flag, or with null leaves it to what the experiment began from. */
export async function setFlag(name: string, value: string | null): Promise<void> {
  const { [name]: _, ...others } = given.peek();
  const flags = value === null ? others : { ...others, [name]: value };
  await choose(baseName.peek(), flags, name);
}

/** Sets flags, or with null takes them back, and trains what they give. */
export async function tryFlags(flags: Readonly<Record<string, string | null>>): Promise<void> {
  const next = Object.fromEntries(
    Object.entries({ ...given.peek(), ...flags }).filter(([, value]) => value !== null),
  ) as Record<string, string>;
  await choose(baseName.peek(), next, Object.keys(flags)[0]);
  if (resolved.peek()?.ok === true) await start();
}

/**
 * Chooses what to begin from and flags over it, and makes ready for what they give. What has no
 * meaning beside the flag `changed` is left out.
 */
export async function choose(
  name: string,
  flags: Record<string, string> = {},
  changed?: string,
): Promise<void> {
  batch(() => {
    waiting.value = null;
    baseName.value = name;
    given.value = flags;
  });
  await applyExperiment(changed);
}

async function applyExperiment(changed?: string): Promise<void> {
  const [from, flags] = [base.peek(), given.peek()];
  const result = await engine().experiments.resolve(
    from.preset,
    { ...from.flags, ...flags },
    changed ?? null,
  );
  // The controls may have changed again.
  if (base.peek() !== from || given.peek() !== flags) return;
  resolved.value = result;
  if (!result.ok) return;
  const left = result.dropped.filter((name) => name in flags);
  if (left.length > 0) {
    given.value = Object.fromEntries(
      Object.entries(flags).filter(([name]) => !left.includes(name)),
    );
    say("notice", `Left out, as it has no meaning there: ${left.join(", ")}.`);
  }
  if (session.shown.peek() === null && (await showRecordingAsAsked(result))) return;
  await configure(result.experiment);
}

/** Shows an experiment before its first step; if its first look takes long, that is said. */
async function configure(experiment: Experiment): Promise<void> {
  showOpened(await whilePreparing(engine().configure(experiment)));
}

/**
 * Ends what is made ready, with the worker that does it. What was shown before is shown again, or
 * what the page begins with if nothing was.
 */
export async function cancelPreparing(): Promise<void> {
  stopPreparing();
  if (session.shown.peek() === null) {
    putIntoAddress(null, false);
    batch(() => {
      baseName.value = quick.name;
      given.value = {};
    });
  }
  await restart();
}

/** Where the address asks for it, shows the recording of an experiment; says if there is none. */
async function showRecordingAsAsked({ link }: Described): Promise<boolean> {
  if (!isRecordedInAddress.peek()) return false;
  const recording = recordings.find((each) => each.link === link);
  if (recording === undefined) {
    say("error", "There is no recorded run of this experiment, so it is trained here.");
    return false;
  }
  try {
    await showRecording(recording);
    return true;
  } catch (error) {
    sayError(error);
    return false;
  }
}

/** Shows a recorded run instead of training, from its first step. */
export async function showRecording(recording: RecordingEntry): Promise<void> {
  const opened = await engine().openRecording(addressOfRecording(recording));
  setControls(opened);
  resolved.value = { ok: true, dropped: [], ...opened };
  showOpened(opened);
}

/** Makes ready to train what was shown as a recording. */
export async function leaveRecording(): Promise<void> {
  await applyExperiment();
}

export async function start(): Promise<void> {
  await engine().start();
}

/** Shows an experiment and trains it. */
export async function startExperiment(experiment: Experiment): Promise<void> {
  const opened = await engine().configure(experiment);
  setControls(opened);
  showOpened(opened);
  await engine().start();
}

export async function pause(): Promise<void> {
  await engine().pause();
}

export async function stepOnce(): Promise<void> {
  await engine().step();
}

export async function reset(): Promise<void> {
  const opened = await engine().reset();
  if (opened !== null) showOpened(opened);
}

/** Shows a run of the library, from where it can continue. */
export async function openRun(id: string): Promise<void> {
  const opened = await engine().open(id);
  setControls(opened);
  resolved.value = { ok: true, dropped: [], ...opened };
  showOpened(opened);
}

export async function changeBackend(request: BackendRequest): Promise<void> {
  session.backendRequest.value = request;
  waitFor(() => "what computes");
  try {
    await engine().useBackend(request);
  } finally {
    waitFor(null);
  }
}

/** The notice of the last crash, which a new start puts away. */
let crashNotice: number | undefined;

function crashed(reason: string): void {
  waitFor(null);
  session.status.value = "crashed";
  session.stepsPerSec.value = null;
  crashNotice = say(
    "error",
    `The trainer stopped unexpectedly (${reason}). What was recorded is kept; starting it again continues from the last checkpoint.`,
  );
}

/** Starts the worker again, after a crash or where it does not answer. */
export async function restart(): Promise<void> {
  stopEngine();
  if (crashNotice !== undefined) putAway(crashNotice);
  session.status.value = "loading";
  session.backend.value = null;
  await begin();
}
