import { assembleHandout, type Handout, handoutArrays, type ReadHandout } from "../handout.ts";
import type { Ready, Request } from "../protocol.ts";
import type { Served } from "../serve.ts";

declare global {
  interface Window {
    /** Makes the common first steps. */
    begin(settings: unknown): Promise<Ready>;
    /** Answers a request of the process that opened the page. */
    ask(request: Request): Promise<unknown>;
  }
}

/** Lets a page be a contestant. */
export function servePage<S>(begin: (settings: S) => Promise<Served>): void {
  let served: Served | undefined;
  window.begin = async (settings) => {
    served = await begin(settings as S);
    return served.ready;
  };
  window.ask = async (request) =>
    request.do === "run" ? served?.run(request.seconds) : served?.answer?.(request);
}

/** The workload's handout, from the process that opened the page. */
export async function fetchHandout(): Promise<ReadHandout> {
  const handout = (await (await fetch("handout/handout.json")).json()) as Handout;
  const files = await Promise.all(
    handoutArrays.map(async (name) => {
      const response = await fetch(`handout/${name}`);
      return [name, response.ok ? await response.arrayBuffer() : new ArrayBuffer()] as const;
    }),
  );
  const bytes = new Map<string, ArrayBuffer>(files);
  return assembleHandout(handout, (name) => bytes.get(name) ?? new ArrayBuffer());
}
