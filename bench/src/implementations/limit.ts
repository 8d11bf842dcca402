// The processor's limit, measured beside the implementations: see peak.ts. A step is a GFLOP.
import { startWasm, stopBackend } from "@grok/backend";
import { peakSpeed } from "../peak.ts";
import { serve } from "../serve.ts";

await serve(async () => {
  const host = await startWasm({ threads: 1 });
  return {
    ready: { parameters: 0, losses: [], versions: {} },
    run: async (seconds) => ({ steps: seconds * peakSpeed(host, seconds), seconds, loss: null }),
    stop: stopBackend,
  };
});
