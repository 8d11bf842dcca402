// Ours, as `grok train` runs it: @grok/train's loop on @grok/backend's WebAssembly kernels.
import { startWasm, stopBackend } from "@grok/backend";
import type { Experiment } from "@grok/train";
import { measureProducts } from "../products.ts";
import { Profiler } from "../profiler.ts";
import type { Profile, Slice } from "../protocol.ts";
import { type Served, serve } from "../serve.ts";
import { type WorkloadId, workload } from "../workload.ts";
import { checkOurs, OurTraining } from "./our-training.ts";

/** How ours is to run, on the command line as JSON. */
export interface OursSettings {
  workload: WorkloadId;
  threads: number;
  simd: "wide" | "relaxed" | "plain";
  shortcuts: boolean;
}

async function begin(): Promise<Served> {
  const settings = JSON.parse(process.argv[2] as string) as OursSettings;
  const { threads, simd, shortcuts } = settings;
  const { checkSteps, experiment: whole } = workload(settings.workload);
  const experiment: Experiment = {
    ...whole,
    shortcuts: { sharedPrefixes: shortcuts, answerOnly: shortcuts, tokenTables: shortcuts },
  };
  const host = await startWasm({ threads, simd });
  const { node: Node, v8: V8 } = process.versions;
  const ready = await checkOurs(experiment, checkSteps, { Node, V8 });
  const training = new OurTraining(experiment);
  return {
    ready,
    run: (seconds) => training.run(seconds),
    answer: async (request) => {
      switch (request.do) {
        case "profile": {
          const profiler = new Profiler(host);
          let slice: Slice;
          try {
            slice = await training.run(request.seconds);
          } finally {
            profiler.stop();
          }
          return { ...profiler.times(), ...slice } satisfies Profile;
        }
        case "products":
          return measureProducts(host, request.products, request);
        default:
          return undefined;
      }
    },
    stop: stopBackend,
  };
}

await serve(begin);
