import { spawnSync } from "node:child_process";
import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it, vi } from "vitest";

vi.setConfig({ testTimeout: 120_000 });

const results = fileURLToPath(new URL("../../../results/reproductions", import.meta.url));
const script = fileURLToPath(new URL("recompute.py", import.meta.url));
const python = "/usr/bin/python3";
const hasScipy = spawnSync(python, ["-c", "import scipy"], { stdio: "ignore" }).status === 0;

const recompute = (folder: string) => spawnSync(python, [script, folder], { encoding: "utf8" });

describe.skipIf(!hasScipy)("scipy [needs Debian's python3-scipy]", () => {
  it("finds every number of docs/reproductions.md again, from the JSON alone", () => {
    const { status, stdout, stderr } = recompute(results);
    expect({ status, stderr, stdout }).toMatchObject({
      status: 0,
      stderr: "",
      stdout: expect.stringMatching(/^\d{3,} numbers of \d+ figures compared, 0 differ\n$/),
    });
  });

  it("tells of a number that was changed", async () => {
    const folder = await mkdtemp(join(tmpdir(), "grok-recompute-"));
    try {
      const file = join(folder, "system-0-addition.json");
      await cp(join(results, "system-0-addition.json"), file);
      const text = await readFile(file, "utf8");
      await writeFile(file, text.replace(/"ours": ?\d+/, '"ours": 58'));
      const { status, stdout } = recompute(folder);
      expect(status).toBe(1);
      expect(stdout).toMatch(/Epoch of validation accuracy ≥ 95%, median: 58 in the file, 57/);
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});
