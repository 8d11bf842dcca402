import { createHash } from "node:crypto";
import { parameterShapes } from "@grok/models";
import {
  type Checkpoint,
  checkCheckpoint,
  decodeCheckpoint,
  encodeCheckpoint,
  fingerprint,
  modelOf,
  resolveExperiment,
} from "@grok/train";
import { decodeSafetensors, encodeSafetensors, findNonFinite } from "@grok/train/safetensors";
import { mutateBytes, mutateText } from "../mutate";
import { ensure, refusal, type Target } from "../target";

const experiment = resolveExperiment({ preset: "mlp", flags: { p: 5, width: 3, "embed-dim": 2 } });
const parameters: Checkpoint["parameters"] = new Map(
  Object.entries(parameterShapes(modelOf(experiment))).map(([name, shape]) => {
    const size = shape.reduce((a, b) => a * b, 1);
    return [name, { shape, data: new Float32Array(size).fill(0.5) }];
  }),
);
const valid = await encodeCheckpoint({
  experiment: await fingerprint(experiment),
  parameters,
  optimizer: new Map([["mean/embedding", { shape: [1], data: new Float32Array(1) }]]),
  progress: {
    step: 200,
    running: { loss: 1.5, correct: 10, examples: 256 },
    tMem: null,
    tGrok: null,
    bestValAcc: 0.25,
    elapsedSec: 1.25,
    metricsSec: 0,
    records: 1,
    lastRecord: {
      step: 200,
      epoch: 2.5,
      train_loss: 1.5,
      train_acc: 0.5,
      val_loss: 2.5,
      val_acc: 0.25,
      elapsed_sec: 1.25,
    },
  },
} as Checkpoint);

const unsealed = "0".repeat(64);

/** The file with the digest that its bytes have, as its writer would give it. */
function sealed(bytes: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  const text = Buffer.from(bytes).toString("latin1");
  const at = text.search(/"sha256":"[0-9a-f]{64}"/);
  if (at < 0) return bytes;
  const copy = Buffer.from(bytes);
  copy.write(unsealed, at + 10, "latin1");
  copy.write(createHash("sha256").update(copy).digest("hex"), at + 10, "latin1");
  return new Uint8Array(copy);
}

/** Checkpoints: bytes changed; bytes, metadata and progress changed under a digest that is right. */
export const checkpoint: Target = {
  name: "checkpoint",
  make(random) {
    if (random.chance(0.25)) return mutateBytes(random, valid);
    if (random.chance(0.4)) return sealed(mutateBytes(random, valid));
    const { tensors, metadata } = decodeSafetensors(valid);
    const key = random.pick(["progress", "progress", "progress", "step", "format", "experiment"]);
    const changed = {
      ...metadata,
      sha256: unsealed,
      [key]: mutateText(random, metadata[key] as string),
    };
    if (random.chance(0.1)) tensors.delete(random.pick([...tensors.keys()]));
    return sealed(encodeSafetensors({ tensors, metadata: changed }));
  },
  async check(input) {
    try {
      const read = await decodeCheckpoint(input as Uint8Array);
      await checkCheckpoint(experiment, read, 200);
      ensure(read.parameters.size === parameters.size, "it has the network's parameters");
      findNonFinite(read.parameters);
      return "valid";
    } catch (error) {
      return refusal(error, ["SafetensorsError", "RangeError"]);
    }
  },
};
