import { assembleFixture, type Fixture, fixtureArrays, type ReadFixture } from "../fixture.ts";
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

/** Lets a page be an implementation. */
export function servePage<S>(begin: (settings: S) => Promise<Served>): void {
  let served: Served | undefined;
  window.begin = async (settings) => {
    served = await begin(settings as S);
    return served.ready;
  };
  window.ask = async (request) =>
    request.do === "run" ? served?.run(request.seconds) : served?.answer?.(request);
}

/** The workload's fixture, from the process that opened the page. */
export async function fetchFixture(): Promise<ReadFixture> {
  const fixture = (await (await fetch("fixture/fixture.json")).json()) as Fixture;
  const files = await Promise.all(
    fixtureArrays.map(async (name) => {
      const response = await fetch(`fixture/${name}`);
      return [name, response.ok ? await response.arrayBuffer() : new ArrayBuffer()] as const;
    }),
  );
  const bytes = new Map<string, ArrayBuffer>(files);
  return assembleFixture(fixture, (name) => bytes.get(name) ?? new ArrayBuffer());
}
