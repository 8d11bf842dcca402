import { readdir, readFile, writeFile } from "node:fs/promises";
import { describe, expect, it } from "vitest";
import { inFreshFolder, run, tiny } from "./tiny";

describe("grok export --format", () => {
  inFreshFolder();

  it("writes a run's and a sweep's evaluations as tables and event files", async () => {
    await run([...tiny, "--steps", "6", "--eval-every", "3", "--out-dir", "a"]);
    const csv = await run(["export", "a", "--format", "csv"]);
    expect(csv).toEqual({ status: 0, stdout: "a.csv\n", stderr: "" });
    const records = (await readFile("a/metrics.jsonl", "utf8")).trim().split("\n");
    const lines = (await readFile("a.csv", "utf8")).trim().split("\r\n");
    expect(lines[0]).toBe(Object.keys(JSON.parse(records[0] ?? "")).join(","));
    expect(lines.slice(1)).toEqual(
      records.map((line) => Object.values(JSON.parse(line)).map(String).join(",")),
    );

    const sweep = [...tiny.slice(1), "--steps", "6", "--eval-every", "3", "--jobs", "1"];
    await run(["sweep", ...sweep, "--grid", "lr=0.1,0.2", "--out-dir", "s", "--no-plots"]);
    expect((await run(["export", "s", "--format", "csv"])).stdout).toBe("s.csv: 2 runs\n");
    const [titles, ...rows] = (await readFile("s.csv", "utf8")).trim().split("\r\n");
    expect(titles).toMatch(/^run,lr,step,/);
    expect(rows.map((row) => row.split(",").slice(1, 3))).toEqual(
      ["0.1", "0.2"].flatMap((lr) => records.map((line) => [lr, String(JSON.parse(line).step)])),
    );
    expect((await run(["export", "s", "t.pq", "--format", "parquet"])).status).toBe(0);
    expect((await readFile("t.pq")).subarray(0, 4).toString()).toBe("PAR1");
    expect((await run(["export", "s", "--format", "tensorboard"])).status).toBe(0);
    const folders = (await readdir("s-tensorboard")).sort();
    expect(folders).toEqual([
      expect.stringMatching(/^lr=0\.1 [0-9a-f]{16}$/),
      expect.stringMatching(/^lr=0\.2 [0-9a-f]{16}$/),
    ]);
    expect(await readdir(`s-tensorboard/${folders[0]}`)).toEqual([
      expect.stringMatching(/^events\.out\.tfevents\.\d+\.[0-9a-f]{16}$/),
    ]);
  });

  it("replaces nothing, and says what cannot be", async () => {
    await writeFile("a.csv", "mine");
    await run([...tiny, "--steps", "3", "--out-dir", "a"]);
    const before = (await readdir(".")).sort();
    for (const [args, sentence] of [
      [["a", "--format", "csv"], "a.csv is there already; choose another file."],
      [["a", "a", "--format", "tensorboard"], "a is there already; choose another folder."],
      [["a", "--format", "cvs"], '--format must be a format of grok export, not "cvs"; did you'],
      [["nix", "--format", "csv"], "nix"],
    ] as const) {
      const { status, stderr } = await run(["export", ...args]);
      expect(status).toBe(2);
      expect(stderr).toContain(`grok: ${sentence}`);
      expect(stderr.trim().split("\n")).toHaveLength(1);
    }
    expect((await readdir(".")).sort()).toEqual(before);
    expect(await readFile("a.csv", "utf8")).toBe("mine");
  });
});
