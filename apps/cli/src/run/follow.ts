import { changeText, type Extensions, type Summary, type TrainEvent } from "@grok/train";
import type { Display } from "../display/display";
import type { Standing } from "../display/standing";
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
  }: Pick<Standing, "last" | "tMem" | "tGrok"> & {
    greet: (start: Extract<TrainEvent, { type: "start" }>) => string;
    extensions?: Extensions;
  },
): Promise<Outcome> {
  let speed = new Speed();
  let standing: Standing | undefined;
  interrupt.onFirst = () => {
    if (standing === undefined) return;
    standing.note = "stopping; Ctrl-C again leaves at once";
    display.moved(standing);
  };
  interrupt.onSecond = () => display.close();
  for await (const event of events) {
    if (event.type === "start") {
      display.say(greet(event));
      const { step, steps, stepsPerEpoch, experiment } = event;
      const { training } = experiment;
      speed.note(step, performance.now() / 1000);
      standing = {
        ...before,
        step,
        steps,
        stepsPerEpoch,
        rules: training,
        stopsOnGrok: training.stopOnGrok,
        stepsPerSecond: Number.NaN,
      };
      display.moved(standing);
    }
    if (standing === undefined) continue;
    switch (event.type) {
      case "progress":
        advance(standing, event.step, speed);
        display.moved(standing);
        break;
      case "evaluation":
        advance(standing, event.record.step, speed);
        standing.last = event.record;
        display.evaluated(event.record, standing);
        break;
      case "milestone":
        if (event.name === "t_mem") standing.tMem = event.step;
        else standing.tGrok = event.step;
        display.reached(event.name, standing);
        break;
      case "change":
        display.say(`Step ${count(event.step)}: ${changeText(event.change, { extensions })}\n`);
        break;
      case "device-loss": {
        const { step, from, backend, reason } = event.loss;
        standing.step = from;
        speed = new Speed();
        display.say(
          `At step ${step} ${reason}. The run goes on from step ${from}, on ${backend}.\n`,
        );
        break;
      }
      case "end": {
        const { summary, cause } = event;
        standing.step = summary.steps;
        standing.note = summary.status;
        display.moved(standing);
        display.close();
        return { summary, stepsPerEpoch: standing.stepsPerEpoch, cause };
      }
    }
  }
  throw new Error("The run ended without saying how.");
}

function advance(standing: Standing, step: number, speed: Speed): void {
  speed.note(step, performance.now() / 1000);
  standing.step = step;
  standing.stepsPerSecond = speed.stepsPerSecond;
}
