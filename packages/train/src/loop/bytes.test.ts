import "@tensorflow/tfjs-backend-cpu";
import * as tf from "@tensorflow/tfjs-core";
import { beforeAll, expect, it } from "vitest";
import { collect, MemoryStore, timeless, tinyExperiments } from "../../test/tiny";
import type { Experiment } from "../experiment/experiment";
import { sha256 } from "../run/digest";
import { train } from "./train";

beforeAll(async () => {
  await tf.setBackend("cpu");
});

/** Digests of runs of 40 steps, from before experiments were made of kinds. */
const frozen: Record<string, string> = {
  "running metrics over uneven batches":
    "ef9b2aa5036c73b424172f74c18d6a841d9f53eb9c574157c55499c4168f2961",
  dropout: "e7f18e5f1714d797e2958fa25118a1dddfea82b8187340c511a624721cde6363",
  "end-of-sequence answers, L2 and replacement":
    "7780c83107c20196318869f29876cac675ab94d67d7ec80fd6814b58fdfc137b",
  "a full batch and Grokfast-MA":
    "59891d2b08b7717ca4f23223e56e1a0b5d06f6f61b4c1d194120578cf4175363",
  "Muon and decay to the first weights":
    "64af7ad08644a1a37bbe6593ec8545f4bb1922928c75cf60cf9362c90705982d",
  "a stream, clipping, cosine and Grokfast-EMA":
    "4b95475d9fd51c95294d15562662b74b08245f4f903b4b66afe5b29ccce2255d",
  "a fixed weight norm, scales, rotary positions and biases":
    "6035ac7dce784d537c0034155ff975ed88a5073b4ce97183c5631f8de744f3ce",
  "StableMax, a given weight norm and no biases":
    "ab227210d3129b994782668a856b89bd83c9514031d3a60bece2644f572d7797",
  "momentum, ⊥Grad and StableMax":
    "b6ee3ad3cafb23283f634cda4d232c8352598308759d88fe4295cc8b6502d54f",
};

it.each(Object.entries(tinyExperiments))(
  "trains %s to the bytes that it always had",
  async (name, tiny) => {
    const experiment: Experiment = { ...tiny, training: { ...tiny.training, steps: 40 } };
    const store = new MemoryStore();
    await collect(train(experiment, { store }));
    const { parameters, optimizer } = await store.last();
    const bytes: Uint8Array[] = [new TextEncoder().encode(JSON.stringify(timeless(store.records)))];
    for (const tensors of [parameters, optimizer]) {
      for (const [tensor, { data }] of [...tensors].sort(([a], [b]) => (a < b ? -1 : 1))) {
        bytes.push(new TextEncoder().encode(tensor));
        bytes.push(new Uint8Array(data.buffer, data.byteOffset, data.byteLength));
      }
    }
    expect(await sha256(new Uint8Array(await new Blob(bytes as BlobPart[]).arrayBuffer()))).toBe(
      frozen[name],
    );
  },
);
