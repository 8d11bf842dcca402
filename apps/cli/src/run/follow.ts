import type { Extensions, Summary, TrainEvent } from "@grok/train";
import { changeText } from "@grok/train/front-end";
import type { Display } from "../display/display";
import type { RunStatus } from "../display/run-status";
import { count } from "../quantity";
import type { Interrupt } from "./interrupt";
import { Speed } from "./speed";

/** What is known when a run has ended. */
export interface Outcome {
  summary: Summary;
  stepsPerEpoch: number | null;
  /** What a failed run threw. */
  cause: unknown;
}

/**
 * Shows a run to its end.
 *
 * @param options the last evaluation and milestones of a run that is resumed; `greet` gives the
 * lines to begin with
 */
export async function follow(
  events: AsyncIterable<TrainEvent>,
  display: Display,
  interrupt: Interrupt,
  {
    greet,
    extensions,
    ...before
  }: Pick<RunStatus, "last" | "tMem" | "tGrok"> & {
    greet: (start: Extract<TrainEvent, { type: "start" }>) => string;
    extensions?: Extensions;
  },
): Promise<Outcome> {
  let speed = new Speed();
  let runStatus: RunStatus | undefined;
  interrupt.onFirst = () => {
    if (runStatus === undefined) return;
    runStatus.note = "stopping; Ctrl-C again leaves at once";
    display.progress(runStatus);
  };
  interrupt.onSecond = () => display.close();
  for await (const event of events) {
    if (event.type === "start") {
      display.message(greet(event));
      const { step, steps, stepsPerEpoch, experiment } = event;
      const { training } = experiment;
      speed.note(step, performance.now() / 1000);
      runStatus = {
        ...before,
        step,
        steps,
        stepsPerEpoch,
        rules: training,
        stopsOnGrok: training.stopOnGrok,
        stepsPerSecond: Number.NaN,
      };
      display.progress(runStatus);
    }
    if (runStatus === undefined) continue;
    switch (event.type) {
      case "progress":
        advance(runStatus, event.step, speed);
        display.progress(runStatus);
        break;
      case "evaluation":
        advance(runStatus, event.record.step, speed);
        runStatus.last = event.record;
        display.evaluation(event.record, runStatus);
        break;
      case "milestone":
        if (event.name === "t_mem") runStatus.tMem = event.step;
        else runStatus.tGrok = event.step;
        display.milestone(event.name, runStatus);
        break;
      case "change":
        display.message(`Step ${count(event.step)}: ${changeText(event.change, { extensions })}\n`);
        break;
      case "device-loss": {
        const { step, from, backend, reason } = event.loss;
        runStatus.step = from;
        speed = new Speed();
        display.message(
          `At step ${step} ${reason}. The run continues from step ${from}, on ${backend}.\n`,
        );
        break;
      }
      case "end": {
        const { summary, cause } = event;
        runStatus.step = summary.steps;
        runStatus.note = summary.status;
        display.progress(runStatus);
        display.close();
        return { summary, stepsPerEpoch: runStatus.stepsPerEpoch, cause };
      }
    }
  }
  throw new Error("The run ended without saying how.");
}

function advance(runStatus: RunStatus, step: number, speed: Speed): void {
  speed.note(step, performance.now() / 1000);
  runStatus.step = step;
  runStatus.stepsPerSecond = speed.stepsPerSecond;
}
