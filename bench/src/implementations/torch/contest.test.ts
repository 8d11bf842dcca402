import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Child } from "../../child.ts";
import { writeFixture } from "../../fixture-files.ts";
import { torchCommand } from "../../implementation.ts";
import type { Ready } from "../../protocol.ts";
import { workload } from "../../workload.ts";

const python = "/usr/bin/python3";
const look = ["-c", "import importlib.util as u, sys; sys.exit(u.find_spec('torch') is None)"];
const hasTorch = spawnSync(python, look, { stdio: "ignore" }).status === 0;
const folder = mkdtempSync(join(tmpdir(), "grok-torch-"));
const ids = ["W0", "W1"] as const;

async function begin(id: string, ...args: string[]): Promise<Ready> {
  const child = new Child(torchCommand(python, [join(folder, id), "1", ...args]));
  try {
    return await child.ready();
  } finally {
    child.kill();
  }
}

describe.skipIf(!hasTorch)("PyTorch [needs Debian's python3-torch]", { timeout: 240_000 }, () => {
  beforeAll(() => {
    for (const id of ids)
      writeFixture(workload(id, { examples: 16, checkSteps: 6 }), join(folder, id));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  it.each(ids)("the step of a CUDA graph is the step of torch.optim: %s on cpu", async (id) => {
    const [eager, whole] = await Promise.all([
      begin(id, "cpu", "eager"),
      begin(id, "cpu", "graph"),
    ]);
    expect(whole.parameters).toBe(eager.parameters);
    expect(eager.losses.length).toBe(6);
    for (const [i, loss] of whole.losses.entries()) {
      expect(Math.abs(loss / (eager.losses[i] as number) - 1)).toBeLessThan(1e-4);
    }
    // The last losses are no longer those of the first weights.
    expect(new Set(whole.losses).size).toBe(6);
  });

  it("says that there is no CUDA, if there is none", async () => {
    const said = await begin("W1", "cuda", "eager").then(
      ({ versions }) => `on ${versions["GPU"]}`,
      (error: Error) => error.message,
    );
    expect(said).toMatch(/^(on .*NVIDIA.*|PyTorch \S+ finds no CUDA device here)$/);
  });
});
