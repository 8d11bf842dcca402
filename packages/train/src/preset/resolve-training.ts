import { type Assembly, assemble, lossesOfTargets } from "../experiment/assembly";
import { asExperimentError, ExperimentError } from "../experiment/error";
import type { Experiment } from "../experiment/experiment";
import { parse } from "../experiment/parse";
import { described } from "../experiment/printable";
import { course } from "../experiment/training";
import type { Collection } from "../kind/collection";
import type { Label } from "../kind/kind";
import { usualKinds } from "../kinds/built-in";
import type { Draft } from "./merge";
import { labelOf, type Overrides } from "./overrides";
import type { Preset } from "./preset";

/** What of a task decides how it is trained. */
interface CourseFacts {
  /** Whether its examples never end. */
  isEndless: boolean;
  /** The loss of a task whose answers are numbers, if it is not the preset's; else undefined. */
  loss?: string | undefined;
}

/** What of a task decides how it is trained; an unknown or wrong one is reported where it is parsed. */
export function factsOf(
  preset: Preset,
  { task, model }: { task: Draft; model: Draft },
  kinds: Collection,
): CourseFacts {
  const { shape } = kinds.schema;
  const parsedTask = shape.task.safeParse(task);
  const parsedModel = shape.model.safeParse(model);
  if (!parsedTask.success || !parsedModel.success) return { isEndless: false };
  const parts = { task: parsedTask.data, model: parsedModel.data };
  const { size, values } = asExperimentError(
    () => assemble(parts as unknown as Experiment, kinds).task,
  );
  const able = lossesOfTargets(kinds);
  const isAble = values === 0 || able.includes(String(preset.training.loss));
  const loss = isAble ? undefined : able[0];
  return { isEndless: size === null, loss };
}

/** A preset's training as far as it is plain data, for the task that was chosen. */
export function baseTraining(preset: Preset, { isEndless, loss }: CourseFacts): Draft {
  const { epochs: _, evalEvery: __, batch, ...rest } = preset.training;
  const fits = (batch.mode === "stream") === isEndless;
  const mode = fits ? batch.mode : isEndless ? "stream" : "epoch";
  const size = typeof batch.size === "function" ? undefined : batch.size;
  return {
    loss: usualKinds.loss,
    ...rest,
    ...(loss === undefined ? {} : { loss }),
    ...(fits ? {} : { trainMetric: "running" }),
    batch: { mode, size },
  };
}

export function resolveTraining(
  preset: Preset,
  parts: Assembly,
  draft: Draft,
  epochs: { value: unknown; label: string } | undefined,
  overrides: Overrides,
): Draft {
  const label = labelOf(overrides);
  const training = draft.training as Draft;
  const trainSize = asExperimentError(() => parts.trainSize);
  const batch = resolveBatch(preset, training.batch as Draft, trainSize, label);
  const size = batch.mode === "full" ? trainSize : batch.size;
  const stepsPerEpoch = trainSize === null ? null : Math.ceil(trainSize / (size ?? trainSize));
  const { evalEvery } = preset.training;
  const fraction = parts.task.trainFraction ?? 0.5;
  const cadence =
    typeof evalEvery === "function"
      ? evalEvery(fraction)
      : evalEvery === "epoch"
        ? (stepsPerEpoch ?? 100)
        : evalEvery;
  return {
    ...training,
    batch,
    evalEvery: (training.evalEvery as number | undefined) ?? cadence,
    steps: overrides.has("training.steps")
      ? (training.steps as number)
      : stepsOf(epochs, preset, stepsPerEpoch, parts.experiment.task.kind),
  };
}

function resolveBatch(preset: Preset, batch: Draft, trainSize: number | null, label: Label) {
  const { size } = preset.training.batch;
  const whole = trainSize ?? Number.POSITIVE_INFINITY;
  if (batch.mode !== "full") {
    const own = typeof size === "function" ? (trainSize === null ? 512 : size(trainSize)) : size;
    const isOwn = batch.size === undefined || batch.size === size;
    // A preset's batch is no larger than the training set; a flag's is checked instead.
    if (isOwn) batch.size = Math.max(1, Math.min(own ?? 512, whole));
  }
  return parse(course.batch, batch, "training.batch", label);
}

function stepsOf(
  epochs: { value: unknown; label: string } | undefined,
  preset: Preset,
  stepsPerEpoch: number | null,
  kind: string,
): number {
  const count = epochs === undefined ? preset.training.epochs : epochs.value;
  if (count === undefined) return preset.training.steps as number;
  if (!(typeof count === "number" && count > 0 && Number.isFinite(count))) {
    throw new ExperimentError(
      `${epochs?.label} must be a number greater than 0, not ${described(epochs?.value)}.`,
    );
  }
  if (stepsPerEpoch === null) {
    throw new ExperimentError(
      `Task ${kind} has no epochs, as its examples never end; give --steps.`,
    );
  }
  const steps = Math.ceil(count * stepsPerEpoch);
  const limit = course.steps.maxValue as number;
  // Said of the flag that was given: nobody asked for a number of steps.
  if (steps > limit) {
    throw new ExperimentError(
      `${epochs?.label ?? "The preset"} asks for ${steps} steps, ${stepsPerEpoch} per epoch; allowed are ${limit}.`,
    );
  }
  return steps;
}

/** What of an optimizer follows from its kind and from the length of the run. */
export function optimizerDefaults(optimizer: Draft, steps: number, kinds: Collection): Draft {
  const { kind, schedule = {} } = optimizer as { kind: string; schedule?: Draft };
  const defaults = kinds.schedules
    .get(String(schedule.kind as string))
    ?.defaults?.(schedule as never, { steps });
  return {
    decay: optimizer.decay ?? kinds.optimizers.get(kind)?.decay ?? "zero",
    ...(defaults === undefined ? {} : { schedule: { ...defaults, ...schedule } }),
  };
}
