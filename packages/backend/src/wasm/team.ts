import { inNode, nodeModule } from "./environment";
import { workerSource } from "./worker-source";

/** What every worker needs to take part. */
export interface TeamSetup {
  module: WebAssembly.Module;
  memory: WebAssembly.Memory;
  /** Address of the control block. */
  block: number;
  /** How many threads work, the calling one included. */
  threads: number;
  /** Called when a worker has died. */
  onDeath: (thread: number, cause: unknown) => void;
}

/** The workers of a team, which the calling thread leads. */
export interface Team {
  /** Ends the workers; resolves when none runs any more. */
  stop(): Promise<void>;
}

/**
 * Starts `threads - 1` workers; resolves when all are ready for a job.
 *
 * @param patience milliseconds that they may take for it
 * @throws Error where one does not start
 */
export async function startTeam(setup: TeamSetup, patience = 30_000): Promise<Team> {
  const start = inNode ? await nodeStarter() : startWebWorker;
  let stopping = false;
  const workers = Array.from({ length: setup.threads - 1 }, (_, i) =>
    start({ ...setup, onDeath: (...death) => stopping || setup.onDeath(...death) }, i + 1),
  );
  const stop = async () => {
    stopping = true;
    await Promise.all(workers.map(({ end }) => end()));
  };
  let timer: ReturnType<typeof setTimeout> | undefined;
  const tooLate = new Promise<never>((_, reject) => {
    const late = new Error(
      `the threads of the WebAssembly kernels did not start within ${patience / 1000} s`,
    );
    timer = setTimeout(() => reject(late), patience);
  });
  try {
    await Promise.race([Promise.all(workers.map(({ ready }) => ready)), tooLate]);
  } catch (error) {
    await stop();
    throw error;
  } finally {
    clearTimeout(timer);
  }
  return { stop };
}

interface StartedWorker {
  ready: Promise<void>;
  end: () => Promise<unknown>;
}

async function nodeStarter() {
  const { Worker } = await nodeModule<typeof import("node:worker_threads")>("node:worker_threads");
  return ({ onDeath, ...setup }: TeamSetup, thread: number): StartedWorker => {
    const worker = new Worker(workerSource, {
      eval: true,
      name: `grok-kernels-${thread}`,
      workerData: { ...setup, thread },
      // Not the flags of the process: a loader or an inspector has no business in a kernel's thread.
      execArgv: [],
    });
    const ready = new Promise<void>((resolve, reject) => {
      worker.once("message", () => {
        // From here on the worker does not keep the process alive.
        worker.unref();
        resolve();
      });
      let cause: unknown;
      worker.once("error", (error) => {
        cause = error;
      });
      worker.once("exit", () => {
        onDeath(thread, cause);
        reject(new Error(`thread ${thread} of the WebAssembly kernels did not start`, { cause }));
      });
    });
    return { ready, end: () => worker.terminate() };
  };
}

/**
 * The workers that have not ended. While one starts, nothing else may refer to it but its own
 * listeners; Firefox takes such a worker for garbage when a collection comes before its first message,
 * and who waits for that waits for ever.
 */
const living = new Set<Worker>();

function startWebWorker({ onDeath, ...setup }: TeamSetup, thread: number): StartedWorker {
  const url = URL.createObjectURL(new Blob([workerSource], { type: "text/javascript" }));
  const worker = new Worker(url, { name: `grok-kernels-${thread}` });
  living.add(worker);
  const ready = new Promise<void>((resolve, reject) => {
    worker.onmessage = () => resolve();
    worker.onerror = (event) => {
      living.delete(worker);
      onDeath(thread, event);
      reject(
        new Error(`thread ${thread} of the WebAssembly kernels did not start: ${event.message}`),
      );
    };
  });
  worker.postMessage({ ...setup, thread });
  return {
    ready: ready.finally(() => URL.revokeObjectURL(url)),
    end: async () => {
      living.delete(worker);
      worker.terminate();
    },
  };
}
