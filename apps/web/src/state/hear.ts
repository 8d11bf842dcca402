import { batch } from "@preact/signals";
import { tracesAfter } from "../network/trace";
import type { SessionEvent, Told } from "../worker/protocol";
import { keepRecords } from "./keep-records";
import { attempt, say } from "./notices";
import { recordsAfter } from "./records-after";
import { refreshRuns } from "./runs";
import * as session from "./session";
import { isOfShown } from "./show-opened";
import { liveView, traces } from "./view-step";

/** Events that hold whatever is shown. */
const general: ReadonlySet<SessionEvent["type"]> = new Set(["backend", "notice", "error"]);

/** Takes what the worker tells of the run that is shown into the page's state. */
export function hearTold(told: Told[]): void {
  const events = told
    .filter((each) => isOfShown(each.generation) || general.has(each.event.type))
    .map(({ event }) => event);
  batch(() => {
    keepRecords(recordsAfter(session.records.peek(), events));
    for (const event of events) hearOne(event);
  });
}

function hearOne(event: SessionEvent): void {
  switch (event.type) {
    case "status":
      session.status.value = event.status;
      if (event.status !== "running") session.stepsPerSec.value = null;
      if (event.status !== "running" && event.status !== "starting") attempt(refreshRuns());
      break;
    case "backend":
      session.backend.value = event.backend;
      break;
    case "label":
      session.label.value = event.label;
      attempt(refreshRuns());
      break;
    case "start": {
      const { step } = event.start;
      session.step.value = step;
      session.summary.value = null;
      break;
    }
    case "progress":
      session.step.value = event.step;
      session.stepsPerSec.value = event.stepsPerSec;
      break;
    case "evaluation":
      session.step.value = event.record.step;
      break;
    case "view":
      liveView.value = event.view;
      traces.value = tracesAfter(traces.peek(), event.view);
      break;
    case "summary":
      session.summary.value = event.summary;
      session.step.value = event.summary.steps;
      break;
    case "notice":
    case "error":
      say(event.type, event.text);
  }
}
