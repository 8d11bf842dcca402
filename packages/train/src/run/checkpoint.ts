import { parameterShapes } from "@grok/models";
import * as z from "zod";
import { assemble } from "../experiment/assembly";
import type { Experiment } from "../experiment/experiment";
import { parse } from "../experiment/parse";
import { printable } from "../experiment/printable";
import { parseJson } from "../json/parse-json";
import { type Collection, collect } from "../kind/collection";
import { decodeSafetensors } from "../safetensors/decode";
import { encodeSafetensors } from "../safetensors/encode";
import { SafetensorsError, type StoredTensor } from "../safetensors/format";
import { sha256 } from "./digest";
import { type Environment, environmentSchema } from "./environment";
import { fingerprint } from "./fingerprint";
import { recordSchema } from "./record";

/** What a run has to remember besides its tensors. */
export const progressSchema = z.object({
  step: z.int().min(0),
  /** Sums over the steps since the last evaluation, for the running train metrics. */
  running: z.object({
    loss: z.number(),
    correct: z.number().min(0),
    examples: z.int().min(0),
  }),
  tMem: z.int().nullable(),
  tGrok: z.int().nullable(),
  /** Left out as long as the run has not forgotten. */
  tUngrok: z.int().optional(),
  bestValAcc: z.number().nullable(),
  /** Of answers that are values, which have no accuracy. */
  bestValLoss: z.number().optional(),
  elapsedSec: z.number().min(0),
  /** Seconds of it in measures. */
  metricsSec: z.number().min(0).default(0),
  /** Evaluations so far, and the last of them. */
  records: z.int().min(0),
  lastRecord: recordSchema.nullable(),
  /** Whether it was written as the run was interrupted, at a step at which it writes none by itself. */
  interrupted: z.boolean().optional(),
});

/** What a run has to remember besides its tensors. */
export type Progress = z.infer<typeof progressSchema>;

/** Everything that a run needs to continue exactly; that of a step at which something changes is from before the change. */
export interface Checkpoint {
  progress: Progress;
  /** The experiment's fingerprint, so that no other experiment continues from here. */
  experiment: string;
  /** What computed it; checkpoints from before this was kept do not say. */
  environment?: Environment;
  /** The network's parameters by name. */
  parameters: Map<string, StoredTensor>;
  /** The optimizer's state by name. */
  optimizer: Map<string, StoredTensor>;
}

const format = "grok-checkpoint-1";
const unsealed = "0".repeat(64);
const metadataSchema = z.strictObject({
  format: z.literal(format),
  step: z.string(),
  experiment: z.string(),
  progress: z.string(),
  environment: z.string().optional(),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
});

/**
 * A checkpoint as a safetensors file: tensors `parameters/NAME` and `optimizer/NAME`, the rest as
 * metadata. `sha256` there is the digest of the whole file with 64 zeros in the digest's place.
 */
export async function encodeCheckpoint(checkpoint: Checkpoint): Promise<Uint8Array<ArrayBuffer>> {
  const tensors = new Map<string, StoredTensor>();
  for (const [name, tensor] of checkpoint.parameters) tensors.set(`parameters/${name}`, tensor);
  for (const [name, tensor] of checkpoint.optimizer) tensors.set(`optimizer/${name}`, tensor);
  const { experiment, progress, environment } = checkpoint;
  const metadata = {
    format,
    sha256: unsealed,
    step: String(progress.step),
    experiment,
    progress: JSON.stringify(progress),
    ...(environment === undefined ? {} : { environment: JSON.stringify(environment) }),
  };
  const bytes = encodeSafetensors({ tensors, metadata });
  const digest = await sha256(bytes);
  bytes.set(new TextEncoder().encode(digest), sealPosition(bytes, unsealed));
  return bytes;
}

/**
 * Reads a checkpoint and holds it against its digest, which covers every byte.
 *
 * @throws SafetensorsError if the file is cut short, changed, or no checkpoint
 */
export async function decodeCheckpoint(bytes: Uint8Array): Promise<Checkpoint> {
  const file = decodeSafetensors(bytes);
  const [notice] = file.notices;
  // Exactly these numbers continue: none that was rounded or left out.
  if (notice !== undefined) {
    throw new SafetensorsError(`${notice} A checkpoint has F32 and I32 alone.`);
  }
  const metadata = metadataSchema.safeParse(file.metadata);
  if (!metadata.success) throw new SafetensorsError(noCheckpoint(file.metadata));
  const { experiment, progress: text, sha256: digest } = metadata.data;
  const copy = new Uint8Array(bytes);
  copy.set(new TextEncoder().encode(unsealed), sealPosition(copy, digest));
  if ((await sha256(copy)) !== digest) {
    throw new SafetensorsError("The file does not have the digest that it names: it was damaged.");
  }
  const { environment } = metadata.data;
  const checkpoint: Checkpoint = {
    progress: readPart("progress", text, progressSchema),
    experiment,
    ...(environment === undefined
      ? {}
      : { environment: readPart("environment", environment, environmentSchema) }),
    parameters: new Map(),
    optimizer: new Map(),
  };
  for (const [name, tensor] of file.tensors) {
    const slash = name.indexOf("/");
    const part = name.slice(0, slash);
    if (part !== "parameters" && part !== "optimizer") {
      throw new SafetensorsError(`Tensor ${printable(name)} has no place in a checkpoint.`);
    }
    checkpoint[part].set(name.slice(slash + 1), tensor);
  }
  return checkpoint;
}

/**
 * Whether a checkpoint was written because the run was interrupted, as its header says. False if it
 * is damaged.
 */
export function isInterruption(bytes: Uint8Array): boolean {
  try {
    const { metadata } = decodeSafetensors(bytes);
    const { interrupted } = JSON.parse(metadata.progress ?? "{}") as Partial<Progress>;
    return interrupted === true;
  } catch {
    return false;
  }
}

/** The longest text of a checkpoint's progress: one evaluation and a few numbers. */
const maxPart = 2 ** 17;

function readPart<S extends z.ZodType>(name: string, text: string, schema: S): z.infer<S> {
  try {
    return parse(schema, parseJson(text, maxPart));
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new SafetensorsError(`Its ${name} cannot be read: ${error.message}`, { cause: error });
  }
}

function noCheckpoint({ format: found }: Record<string, string>): string {
  return found !== undefined && found !== format && /^grok-checkpoint-\d+$/.test(found)
    ? `The file is a ${printable(found)}, of a newer grok than this one, which reads ${format}; update grok.`
    : `The file is no ${format}.`;
}

/**
 * Checks that an experiment can continue from a checkpoint.
 *
 * @param kinds that the experiment may be made of; default those that are built in
 * @throws RangeError if it is another experiment's or another step's
 */
export async function checkCheckpoint(
  experiment: Experiment,
  checkpoint: Checkpoint,
  step: number,
  kinds: Collection = collect(),
): Promise<void> {
  if (checkpoint.experiment !== (await fingerprint(experiment, step))) {
    throw new RangeError(`The checkpoint of step ${step} belongs to another experiment.`);
  }
  if (checkpoint.progress.step !== step) {
    throw new RangeError(
      `The checkpoint of step ${step} says it is of step ${checkpoint.progress.step}.`,
    );
  }
  const misfit = misfitOf(experiment, checkpoint, kinds);
  if (misfit !== null) {
    throw new RangeError(`The checkpoint of step ${step} does not fit the network: ${misfit}.`);
  }
}

/** What of a checkpoint has no place in an experiment's network, or is missing; null if nothing. */
function misfitOf(
  experiment: Experiment,
  { parameters, optimizer }: Pick<Checkpoint, "parameters" | "optimizer">,
  kinds: Collection,
): string | null {
  const { network } = assemble(experiment, kinds);
  const shapes = new Map(Object.entries(parameterShapes(network)));
  for (const [name, shape] of shapes) {
    const tensor = parameters.get(name);
    if (tensor === undefined) return `it lacks ${name}`;
    if (!(tensor.data instanceof Float32Array)) return `${name} holds whole numbers`;
    if (tensor.shape.join() !== shape.join()) {
      return `${name} has shape [${tensor.shape.join(", ")}], not [${shape.join(", ")}]`;
    }
  }
  for (const name of parameters.keys()) {
    if (!shapes.has(name)) return `it has ${printable(name)}`;
  }
  // Their shapes are checked by the optimizer that takes them.
  for (const [name, { data }] of optimizer) {
    if (!(data instanceof Float32Array)) return `${printable(name)} holds whole numbers`;
  }
  return null;
}

/** Where the digest stands: in the header, right after its key. */
function sealPosition(bytes: Uint8Array, digest: string): number {
  const headerEnd = 8 + Number(new DataView(bytes.buffer, bytes.byteOffset).getBigUint64(0, true));
  const seal = `"sha256":"${digest}"`;
  // Latin-1 keeps one character per byte, so that a position in the text is one in the file.
  const position = new TextDecoder("latin1").decode(bytes.subarray(0, headerEnd)).indexOf(seal);
  if (position < 0) throw new SafetensorsError("The header does not hold its digest in one piece.");
  return position + seal.indexOf(digest);
}
