import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { ProcessEnv } from "../process-env";
import { sweepExport } from "./sweep-export";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "grok-export-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** Where what would be printed is kept. */
function processEnv(): { processEnv: ProcessEnv; printed: string[] } {
  const printed: string[] = [];
  const stream = { write: (text: string) => printed.push(text) > 0 };
  return { processEnv: { stdout: stream, stderr: stream } as unknown as ProcessEnv, printed };
}

test("a sweep with data files goes to Slurm, and is refused for pods, which would not have them", async () => {
  const data = join(folder, "rows.csv");
  await writeFile(data, "x,y,class\n0,1,a\n1,0,b\n1,1,a\n0,0,b\n");
  const file = join(folder, "sweep.yaml");
  await writeFile(
    file,
    `preset: mlp\nflags:\n  data: ${data}\n  target: class\n  train-fraction: 0.5\nseeds: 0..1\n`,
  );
  const pods = { kubernetes: true, image: "me/grok", claim: "disk" };
  const refused = processEnv();
  await expect(sweepExport(file, pods, refused.processEnv)).rejects.toThrow(
    "The pods of --kubernetes would not have the data files of this sweep (rows.csv); --slurm can",
  );
  expect(refused.printed).toEqual([]);
  const { processEnv: there, printed } = processEnv();
  await sweepExport(file, { slurm: true, "out-dir": join(folder, "sweep") }, there);
  expect(printed.join("")).toContain("--only-index");
});
