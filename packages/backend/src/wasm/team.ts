import { inNode, nodeModule } from "./environment";
import { workerSource } from "./worker-source";

/** What every worker needs to take part. */
interface TeamPart {
  module: WebAssembly.Module;
  memory: WebAssembly.Memory;
  /** Address of the control block. */
  block: number;
  /** How many threads work, the calling one included. */
  threads: number;
}

/** What a team is started with. */
export interface TeamSetup extends TeamPart {
  /** Called when a worker has died. */
  onDeath: (thread: number, cause: unknown) => void;
  /** How browsers start a worker, where not from here. */
  startThread?: StartThread | undefined;
}

/** A worker that a browser is to start for the kernels. */
export interface ThreadRequest {
  name: string;
  /** The program of a classic worker. */
  source: string;
  /** What is posted to it; the first thing that it posts says that it is ready. */
  message: unknown;
  /** To be called at the first thing that it posts. */
  onReady: () => void;
  /** To be called when it did not start, or has died. */
  onDeath: (cause: { message?: string }) => void;
}

/** Starts a worker, and gives the function that ends it. */
export type StartThread = (request: ThreadRequest) => () => void;

/** A worker did not start: a page's content security policy forbids it, or the system has no thread left. */
export class ThreadStartError extends Error {
  override name = "ThreadStartError";

  constructor(thread: number, cause: unknown) {
    const { message } = (cause ?? {}) as { message?: string };
    const what = `thread ${thread} of the WebAssembly kernels did not start`;
    super(message ? `${what}: ${message}` : what, { cause });
  }
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
 * @throws ThreadStartError if one does not start, Error if one takes longer than `patience`
 */
export async function startTeam(setup: TeamSetup, patience = 30_000): Promise<Team> {
  const { onDeath, startThread = startWebWorker, ...part } = setup;
  const start = inNode ? await nodeStarter() : webStarter(startThread);
  let stopping = false;
  const workers = Array.from({ length: setup.threads - 1 }, (_, i) =>
    start(part, i + 1, (cause) => stopping || onDeath(i + 1, cause)),
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
  return (part: TeamPart, thread: number, onDeath: (cause: unknown) => void): StartedWorker => {
    const worker = new Worker(workerSource, {
      eval: true,
      name: `grok-kernels-${thread}`,
      workerData: { ...part, thread },
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
        onDeath(cause);
        reject(new ThreadStartError(thread, cause));
      });
    });
    return { ready, end: () => worker.terminate() };
  };
}

function webStarter(startThread: StartThread) {
  return (part: TeamPart, thread: number, onDeath: (cause: unknown) => void): StartedWorker => {
    let end = () => {};
    const ready = new Promise<void>((resolve, reject) => {
      const fail = (cause: unknown) => {
        onDeath(cause);
        reject(new ThreadStartError(thread, cause));
      };
      const request = { name: `grok-kernels-${thread}`, source: workerSource, onDeath: fail };
      try {
        end = startThread({ ...request, message: { ...part, thread }, onReady: resolve });
      } catch (cause) {
        fail(cause);
      }
    });
    return { ready, end: async () => end() };
  };
}

/**
 * The workers that have not ended. While one starts, nothing else may refer to it but its own
 * listeners; Firefox takes such a worker for garbage when a collection comes before its first message,
 * and who waits for that waits for ever.
 */
const living = new Set<Worker>();

function startWebWorker({ name, source, message, onReady, onDeath }: ThreadRequest): () => void {
  const url = URL.createObjectURL(new Blob([source], { type: "text/javascript" }));
  const worker = new Worker(url, { name });
  living.add(worker);
  const end = () => {
    living.delete(worker);
    URL.revokeObjectURL(url);
    worker.terminate();
  };
  worker.onmessage = () => {
    URL.revokeObjectURL(url);
    onReady();
  };
  worker.onerror = (event) => {
    end();
    onDeath(event);
  };
  worker.postMessage(message);
  return end;
}
