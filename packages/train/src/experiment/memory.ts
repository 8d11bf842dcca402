import { parameterCount } from "@grok/models";
import { limits } from "../run/limits";
import type { Assembly } from "./assembly";
import { ExperimentError, InsufficientMemoryError } from "./error";

/** What 32-bit WebAssembly can address; no page has more either. */
const maxBytes = 2 ** 32;
const gibibyte = 2 ** 30;

/** What a run needs memory for, at the very least. */
interface Need {
  bytes: number;
  /** Completes "memory for …". */
  what: string;
  /** Examples that it is for, if it is for some, and how a user calls them. */
  examples?: number;
  unit?: string;
}

/**
 * Checks that a run could fit into memory at all, before anything is taken: less than it needs at
 * the very least is counted, so that nothing is refused that could run.
 *
 * @throws ExperimentError if what is learned, or one batch, exceeds 4 GiB, or a checkpoint what can be
 * read again
 */
export function checkMemory(assembly: Assembly): void {
  for (const need of [learnedNeed(assembly), batchNeed(assembly)]) {
    if (need.bytes <= maxBytes) continue;
    throw new ExperimentError(
      `The run needs at least ${inGiB(need.bytes)} of memory for ${need.what}; allowed are 4 GiB, which is what WebAssembly can address${fitting(need, maxBytes)}.`,
    );
  }
  const checkpoint = 4 * parameterCount(assembly.network) * (1 + slotsOf(assembly));
  if (checkpoint <= limits.checkpoint) return;
  throw new ExperimentError(
    `A checkpoint of the run would have ${inGiB(checkpoint)}; allowed are ${inGiB(limits.checkpoint)}, which is what can be read again.`,
  );
}

/**
 * Checks that a machine has the memory that a run needs at the very least.
 *
 * @param available in bytes
 * @throws InsufficientMemoryError if it has not, with what of it would fit
 */
export function checkAvailableMemory(assembly: Assembly, available: number): void {
  const needs = [learnedNeed(assembly), batchNeed(assembly), dataNeed(assembly)];
  const total = needs.reduce((sum, { bytes }) => sum + bytes, 0);
  if (total <= available) return;
  const largest = needs.reduce((one, other) => (one.bytes >= other.bytes ? one : other));
  const left = available - (total - largest.bytes);
  throw new InsufficientMemoryError(
    `The run needs at least ${inGiB(total)} of memory, ${inGiB(largest.bytes)} of it for ${largest.what}, and there are ${inGiB(available)} here${fitting(largest, left)}.`,
  );
}

function learnedNeed(assembly: Assembly): Need {
  const bytes = 4 * parameterCount(assembly.network) * (2 + slotsOf(assembly));
  return { bytes, what: "weights, gradients and the optimizer's state" };
}

/** A step's examples, one layer of what an MLP makes of them, and their logits with the slopes. */
function batchNeed({ network, task, batchSize, trainSize, experiment }: Assembly): Need {
  // Drawn with replacement, some may be the same, and are computed once.
  const isDistinct = experiment.training.batch.mode !== "replacement" && trainSize !== null;
  const logits = isDistinct ? 2 * task.classes : 0;
  return {
    bytes: 4 * batchSize * (task.length + network.cost.inputWidth + logits),
    what: "a batch and one layer of what the network makes of it",
    examples: batchSize,
    unit: "examples a step",
  };
}

/** The order of the examples, and their numbers, or a table if they are asked for all at once. */
function dataNeed({ task, trainSize, experiment }: Assembly): Need {
  const { size, length, answerPositions } = task;
  if (size === null) return { bytes: 0, what: "no examples" };
  const isFull = experiment.training.batch.mode === "full";
  const rows = experiment.metrics.length > 0 ? size : isFull ? (trainSize ?? 0) : 0;
  return {
    bytes: 4 * size + 4 * rows * (length + answerPositions.length),
    what: `the task's ${size.toLocaleString("en-US")} examples`,
    examples: size,
    unit: "examples in all",
  };
}

/** The end of a sentence: how much would fit. */
function fitting({ bytes, examples, unit }: Need, available: number): string {
  if (examples === undefined || available <= 0) return "";
  const most = Math.floor((examples * available) / bytes);
  return most < 1 ? "" : `: at most ${most.toLocaleString("en-US")} ${unit} would fit`;
}

function inGiB(bytes: number): string {
  return `${Number((bytes / gibibyte).toPrecision(3))} GiB`;
}

/** Numbers that the optimizer keeps per parameter, at the least. */
function slotsOf({ experiment, kinds, optimizerKind }: Assembly): number {
  const { optimizer } = experiment;
  let slots = optimizerKind.slots;
  for (const [name, kind] of kinds.transforms) {
    if (kinds.isOn(name, optimizer))
      slots += kind.slots(optimizer[name as keyof typeof optimizer] as never);
  }
  return slots;
}
