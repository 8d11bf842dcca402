// Trains the main job on WebGPU until it has grokked, and says how long that took: main-job-run.ts SEED
import { startWebgpu, stopBackend } from "@grok/backend";
import { resolveExperiment } from "@grok/train";
import type { Answer } from "../protocol.ts";
import { timeToGrok } from "./time-to-grok.ts";

const seed = Number(process.argv[2]);
await startWebgpu();
const experiment = resolveExperiment({ preset: "mlx", flags: { seed, backend: "webgpu" } });
const answer: Answer = { ok: await timeToGrok(experiment) };
process.stdout.write(`${JSON.stringify(answer)}\n`);
await stopBackend();
process.exit(0);
