import { batch } from "@preact/signals";
import type { Opened } from "../worker/protocol";
import { putIntoAddress } from "./address";
import { keepRecords } from "./keep-records";
import { attempt, say } from "./notices";
import { parentRun } from "./parent-run";
import { putPartsBack } from "./removed-parts";
import { refreshRuns } from "./runs";
import * as session from "./session";
import { clearViews, liveView, scenes, traces } from "./view-step";

/** What is shown now, as the worker counts it. */
let generation = 0;

/** Whether an event is about what is shown now. */
export function isOfShown(about: number): boolean {
  return about === generation;
}

/** Shows an experiment or a run instead of what was shown. */
export function showOpened(opened: Opened): void {
  generation = opened.generation;
  batch(() => {
    clearViews();
    putPartsBack();
    session.shown.value = opened;
    session.label.value = opened.label;
    session.recorded.value = opened.recorded;
    keepRecords(opened.records);
    session.summary.value = opened.summary;
    session.step.value = opened.step;
    session.stepsPerSec.value = null;
    session.status.value = statusOf(opened);
    scenes.value = opened.scenes;
    traces.value = opened.traces;
    liveView.value = opened.view;
    parentRun.value = opened.parent;
  });
  putIntoAddress(opened.link, opened.recorded !== null);
  attempt(refreshRuns());
  for (const text of opened.notices) say("notice", text);
}

function statusOf({ label, summary, experiment, step }: Opened): session.Status {
  if (label === null) return "ready";
  if (summary?.status === "failed") return "failed";
  const { steps, stopOnGrok } = experiment.training;
  const isDone = step >= steps || (stopOnGrok && summary?.status === "grokked");
  return isDone ? "ended" : "paused";
}
