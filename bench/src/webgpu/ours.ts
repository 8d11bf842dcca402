import { startWebgpu, stopBackend } from "@grok/backend";
import { train } from "@grok/train";
import { checkOurs, OurTraining } from "../implementations/our-training.ts";
import type { Served } from "../serve.ts";
import { type Cut, type WorkloadId, workload } from "../workload.ts";
import { adapterHere } from "./adapter.ts";
import { counted } from "./counted.ts";

/** How ours is to run. */
export interface OursOnWebgpu {
  id: WorkloadId;
  cut: Cut;
}

/** Ours, as `grok train --backend webgpu` and the page run it. */
export async function oursOnWebgpu(
  { id, cut }: OursOnWebgpu,
  versions: Record<string, string>,
): Promise<Served> {
  const adapter = await adapterHere();
  const count = counted();
  const { device } = await startWebgpu({ allowSoftware: true });
  const { experiment, checkSteps } = workload(id, cut);
  const finish = async () => {
    await device.queue.onSubmittedWorkDone();
  };
  const ready = { ...(await checkOurs(experiment, checkSteps, versions)), adapter };
  const training = new OurTraining(experiment, finish);
  return count({
    ready,
    run: (seconds) => training.run(seconds),
    make: async (until) => {
      for await (const event of train(experiment, { until })) {
        if (event.type === "end" && event.cause !== undefined) throw event.cause;
      }
      await finish();
    },
    stop: stopBackend,
  });
}
