import { backendRecovery, startWebgpu, type WebgpuHost } from "@grok/backend";
import { type Experiment, type Summary, train } from "@grok/train";
import { MemoryStore, tiny } from "../../../packages/train/test/tiny";

/** A run of a second, for what happens in the middle of one. */
export const shortRun: Experiment = tiny("mlp", {
  p: 7,
  width: 8,
  "embed-dim": 4,
  "batch-size": 9,
  steps: 30,
  "eval-every": 10,
  "stop-on-grok": false,
});

/** A run that has ended. */
export interface Done {
  store: MemoryStore;
  summary: Summary;
}

/**
 * Trains to the end.
 *
 * @throws what ended it, where it failed
 */
export async function trainToEnd(
  experiment: Experiment,
  options: Parameters<typeof train>[1] = {},
): Promise<Done> {
  const store = new MemoryStore();
  let summary: Summary | undefined;
  for await (const event of train(experiment, { store, ...options })) {
    if (event.type === "end") {
      ({ summary } = event);
      if (event.cause !== undefined) throw event.cause;
    }
  }
  return { store, summary: summary as Summary };
}

/** The losses of a run's evaluations, in order. */
export function lossesOf({ store }: Done): number[] {
  return store.records.flatMap(({ train_loss, val_loss }) => [train_loss, val_loss]);
}

/**
 * Loses the device in the middle of a step, once `calls` calculations have been asked for.
 *
 * @param isForGood whether no adapter is found from then on
 * @returns what lets adapters be found again
 */
export function loseAfter(lost: WebgpuHost, calls: number, isForGood = false): () => void {
  const { gpu } = navigator as unknown as { gpu: { requestAdapter?: unknown } };
  const record = lost.record.bind(lost);
  let left = calls;
  lost.record = (node) => {
    if (--left === 0) {
      lost.device.destroy();
      // Before the one that it inherits.
      if (isForGood) gpu.requestAdapter = async () => null;
    }
    record(node);
  };
  return () => {
    delete gpu.requestAdapter;
  };
}

/**
 * Trains {@link shortRun} on WebGPU and loses the device in the middle of it.
 *
 * @param isForGood whether no other one comes
 */
export async function trainThroughLoss(isForGood: boolean): Promise<Done> {
  const next = backendRecovery({ allowSoftware: true, threads: 1 });
  const findAgain = loseAfter(await startWebgpu({ allowSoftware: true }), 500, isForGood);
  try {
    return await trainToEnd(shortRun, {
      recover: async (error) => {
        const choice = await next(error);
        return choice && { threads: choice.threads };
      },
    });
  } finally {
    findAgain();
  }
}
