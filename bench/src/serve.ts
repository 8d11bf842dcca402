import { createInterface } from "node:readline";
import type { Answer, Ended, Ready, Request, Slice } from "./protocol.ts";

/** An implementation in JavaScript, once it has made the common first steps. */
export interface Served {
  ready: Ready;
  /** Trains for at least this long, in whole steps. */
  run(seconds: number): Promise<Slice>;
  /** Makes this many steps, and waits for them. */
  make?(steps: number): Promise<void>;
  /** Other requests that it answers. */
  answer?(request: Request): Promise<unknown>;
  stop?(): Promise<void>;
}

/** Runs an implementation in this process: answers requests on stdin, line by line, on stdout. */
export async function serve(begin: () => Promise<Served>): Promise<void> {
  // Answers alone go to stdout, whatever a library has to tell.
  console.log = console.error;
  const served = await tell(begin);
  if (served === undefined) return;
  for await (const line of createInterface({ input: process.stdin })) {
    const request = JSON.parse(line) as Request;
    if (request.do === "end") {
      await served.stop?.();
      const ended: Ended = { peakMemory: 1024 * process.resourceUsage().maxRSS };
      say({ ok: ended });
      break;
    }
    await tell(async () => {
      const ok =
        request.do === "run" ? await served.run(request.seconds) : await served.answer?.(request);
      if (ok === undefined)
        throw new Error(`${request.do} is not something this implementation does`);
      return { ready: ok };
    });
  }
  process.exit(0);
}

/** Says what came out, or why nothing did. */
async function tell<T extends { ready: unknown }>(work: () => Promise<T>): Promise<T | undefined> {
  try {
    const result = await work();
    say({ ok: result.ready });
    return result;
  } catch (error) {
    say({ error: error instanceof Error ? (error.stack ?? error.message) : String(error) });
    return undefined;
  }
}

function say(answer: Answer): void {
  process.stdout.write(`${JSON.stringify(answer)}\n`);
}
