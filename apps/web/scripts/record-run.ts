// Makes a recording for the page from a run that the command trained with all its checkpoints:
//
//   pnpm grok train --preset order-parameters --p 59 ... --checkpoint-every 10 --keep-checkpoints all --out-dir RUN
//   node --conditions=@grok/source --experimental-transform-types --import=./scripts/from-source.mjs \
//     apps/web/scripts/record-run.ts RUN apps/web/public/recorded/NAME.run "COMMAND"
//
// The page shows it where a device is too slow to train itself.
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { gzipSync } from "node:zlib";
import { stopBackend, useBackend } from "@grok/backend";
import { initialise, type Parameters } from "@grok/models";
import { experimentOf, modelOf, resolveExperiment } from "@grok/train";
import { type CheckpointFile, readCheckpoint, readRun } from "@grok/train/node";
import * as tf from "@tensorflow/tfjs-core";
import { encodeView } from "../src/network/encode-view";
import { createInspector } from "../src/network/inspector";
import { quick } from "../src/state/starting-point";
import { encodeRecording } from "../src/worker/recording";

const [folder, out, command, count = "28", end] = process.argv.slice(2);
if (folder === undefined || out === undefined || command === undefined) {
  throw new Error("Usage: record-run.ts RUN OUT COMMAND [LOOKS [LAST_STEP]]");
}

/** Looks into the network that are kept: a phone loads each, and a large table makes each large. */
const looks = Number(count);

/** The last step of it: some presets train on long after they have generalised. */
const until = end === undefined ? Number.POSITIVE_INFINITY : Number(end);

await useBackend("wasm", { threads: 1 });
const { config, ...run } = await readRun(folder);
const checkpoints = run.checkpoints.filter(({ step }) => step <= until);
const experiment = experimentOf(config);
const looker = createInspector(experiment);
if (looker.scene.table !== null) looker.select({ a: 3, b: 5 });
const last = checkpoints.at(-1)?.step ?? 0;
const views: string[] = [];
let before = -1;
for (let i = 0; i < looks; i++) {
  // Between a timeline that is linear in steps and one that is logarithmic.
  const wanted = last * (i / (looks - 1)) ** 2;
  const step = checkpoints.find((each) => each.step >= wanted)?.step ?? last;
  if (i > 0 && step === before) continue;
  before = i === 0 ? 0 : step;
  const weights: Parameters =
    i === 0 ? initialise(modelOf(experiment), experiment.seed) : await weightsAt(step);
  views.push(encodeView(await looker.snapshot(weights, before)));
  tf.dispose(weights);
}
looker.dispose();
await stopBackend();

const text = encodeRecording({
  origin: {
    date: new Date().toISOString().slice(0, 10),
    command,
    machine: "one thread of an AMD EPYC (Zen 4), Node 24",
  },
  config: await pageConfig(folder),
  metrics: (await readFile(join(folder, "metrics.jsonl"), "utf8"))
    .split("\n")
    .filter((line) => line !== "" && JSON.parse(line).step <= until)
    .map((line) => `${line}\n`)
    .join(""),
  views: views.join(""),
});
const bytes = gzipSync(text, { level: 9 });
await mkdir(dirname(out), { recursive: true });
await writeFile(out, bytes);
console.info(`${out}: ${views.length} views, ${(bytes.length / 1000).toFixed(0)} KB`);

/** The run's config.json as if the page had trained it: all those checkpoints were for this script. */
async function pageConfig(run: string): Promise<string> {
  const whole = JSON.parse(await readFile(join(run, "config.json"), "utf8"));
  // Of a preset as it is, the page trains what the preset says.
  const { training } = resolveExperiment({ preset: whole.preset });
  const isQuick = whole.preset === quick.preset;
  whole.training.checkpointEvery = isQuick
    ? Number(quick.flags["checkpoint-every"])
    : training.checkpointEvery;
  whole.training.keepCheckpoints = training.keepCheckpoints;
  return JSON.stringify(whole);
}

async function weightsAt(step: number): Promise<Parameters> {
  const file = checkpoints.find((each) => each.step === step) as CheckpointFile;
  const weights: Parameters = {};
  for (const [name, { shape, data }] of (await readCheckpoint(file.path)).parameters) {
    weights[name] = tf.tensor(data.slice(), [...shape], "float32");
  }
  return weights;
}
