import { availableParallelism } from "node:os";
import { fileURLToPath } from "node:url";
import { Child } from "./child.ts";
import type { Report } from "./report.ts";

/** Seconds of one measurement. */
const seconds = 0.05;

/** The processor's limit for 128-bit multiply-adds, measured in processes of their own. */
export class Limit {
  /** GFLOP per second, round by round: one core while the others rest, and all at once. */
  readonly oneCore: number[] = [];
  readonly allCores: number[] = [];
  #children: Child[] = [];

  /** Starts a process per core; if that fails nothing is measured. */
  async start(report: Report): Promise<void> {
    const args = [fileURLToPath(new URL("implementations/limit.ts", import.meta.url))];
    const cores = Array.from({ length: availableParallelism() });
    this.#children = cores.map(() => new Child({ file: process.execPath, args }));
    try {
      await Promise.all(this.#children.map((child) => child.ready()));
    } catch (error) {
      this.kill();
      report.skip(
        `the processor's limit: ${error instanceof Error ? error.message : String(error)}`,
      );
    }
  }

  async measure(): Promise<void> {
    const [first] = this.#children;
    if (first === undefined) return;
    this.oneCore.push(await speedOf(first));
    const together = await Promise.all(this.#children.map(speedOf));
    this.allCores.push(together.reduce((sum, speed) => sum + speed, 0));
  }

  kill(): void {
    for (const child of this.#children) child.kill();
    this.#children = [];
  }
}

async function speedOf(child: Child): Promise<number> {
  const { steps, seconds: passed } = await child.ask({ do: "run", seconds });
  return steps / passed;
}
