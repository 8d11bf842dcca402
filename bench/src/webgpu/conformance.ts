// Holds every operation on the graphics device against its reference form on cpu: conformance.ts SAMPLES
import "@tensorflow/tfjs-backend-cpu";
import { startWebgpu, stopBackend } from "@grok/backend";
import {
  compareOperation,
  operationSamplers,
  referenceResults,
  updateSamplers,
  wgslTolerance,
} from "@grok/ops/conformance";
import type { Answer } from "../protocol.ts";
import type { Conformance } from "./visit.ts";

const samples = Number(process.argv[2]);
const samplers = { ...operationSamplers, ...updateSamplers };
const expected = await referenceResults(samplers, samples);
await startWebgpu({ allowSoftware: true });
const operations: Conformance["operations"] = {};
for (const [name, sampler] of Object.entries(samplers)) {
  const { largest, where, unrepeatable, leaks } = await compareOperation(
    sampler,
    expected.get(name) ?? [],
  );
  // False for NaN.
  const agrees = largest < wgslTolerance && unrepeatable.length === 0 && leaks === 0;
  operations[name] = { largest, where, agrees };
}
const answer: Answer = { ok: { samples, tolerance: wgslTolerance, operations } };
process.stdout.write(`${JSON.stringify(answer)}\n`);
await stopBackend();
process.exit(0);
