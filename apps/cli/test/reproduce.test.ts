import { existsSync } from "node:fs";
import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { stripVTControlCharacters } from "node:util";
import { type Figure, figures } from "@grok/reproduce";
import { expect, it, vi } from "vitest";
import type { GivenFlags } from "../src/arguments/given-flags";
import { reproduce } from "../src/commands/reproduce";
import { TestOutput, TestProcessEnv } from "./process-env";
import { inFreshFolder, run } from "./tiny";

inFreshFolder();
// Each figure starts a process of its own from its sources.
vi.setConfig({ testTimeout: 180_000 });

const flags = { p: 7, width: 16, "embed-dim": 8, "eval-every": 10, steps: 20, backend: "cpu" };

/** A registry of one figure, whose runs take a moment. */
const tiny = (more: Partial<Figure["arms"][number]> = {}): Figure => ({
  id: "tiny",
  title: "A tiny figure",
  source: { text: "nobody", url: "https://example.org" },
  about: "",
  seedsBecause: "",
  arms: [
    {
      name: "runs",
      label: "runs",
      spec: { preset: "mlp", flags },
      seeds: [0, 1],
      quick: { seeds: [0] },
      seconds: 90,
      ...more,
    },
  ],
  quantities: [
    {
      kind: "run",
      name: "Steps made",
      arms: ["runs"],
      unit: "steps",
      of: ({ steps }) => ({ value: steps, happened: true }),
      published: { text: "1,000", band: [500, 2_000], because: "a factor of 2" },
    },
  ],
  columns: ["val_acc"],
  draw: async () => '<svg xmlns="http://www.w3.org/2000/svg" width="10" height="10"/>',
  notes: [],
});

const ask = async (
  ids: string[],
  given: GivenFlags,
  figure = tiny(),
  processEnv = new TestProcessEnv(),
) => {
  const status = await reproduce(ids, { jobs: "1", ...given }, processEnv, [figure]);
  return { status, stdout: processEnv.stdout.text, stderr: processEnv.stderr.text };
};

it("runs, judges and keeps a figure; not reproduced is a result and no failure", async () => {
  await mkdir("clone");
  const { status, stdout } = await ask(["tiny"], { quick: true, record: "clone" });
  expect(status).toBe(0);
  expect(stdout).toMatch(/1\/1 {2}seed 0: did not grok in 20 steps/);
  expect(stdout).toContain("tiny: partly run (1 of 2 runs)");
  expect(stdout).toMatch(
    /Steps made +1,000 +500 to 2,000 +20 one run +no verdict from one run, it needs 2/,
  );
  expect(existsSync("runs/reproduce/tiny/figure.png")).toBe(true);
  const document = await readFile("clone/docs/reproductions.md", "utf8");
  expect(document).toContain("partly run (1 of 2 runs)");

  const again = await ask(["tiny"], { run: false, json: true });
  expect(JSON.parse(again.stdout)).toMatchObject([{ id: "tiny", verdict: "partly run" }]);
  expect(again.stderr).toContain("tiny: partly run (1 of 2 runs)");

  const listed = await run(["reproduce"]);
  expect(listed.stdout).toMatch(/^system-0-division .*not yet run/m);
  const own = new TestProcessEnv();
  await reproduce([], {}, own, [tiny()]);
  expect(own.stdout.text).toMatch(/^tiny +2 \(1\) +3 min 0 s \(1 min 30 s\) +partly run \(1 of 2/m);
});

it("adds a seed to what a clone has recorded, without the runs that are recorded", async () => {
  await mkdir("clone");
  await ask(["tiny"], { seeds: "0", record: "clone" });
  await rm("runs", { recursive: true });
  const { stdout } = await ask(["tiny"], { record: "clone" });
  expect(stdout).toMatch(/1\/1 {2}seed 1: did not grok in 20 steps/);
  expect(stdout).toMatch(/Steps made +1,000 +500 to 2,000 +20 .*N = 2/);
  const again = await ask(["tiny"], { record: "clone" });
  expect(again.stdout).not.toContain("seed");
});

it("ends with 1 if a run failed, and counts one that diverged as never there", async () => {
  const broken = tiny({ spec: { preset: "mlp", flags: { ...flags, optimizer: "sgd", lr: 1e30 } } });
  const { status, stdout } = await ask(["tiny"], {}, broken);
  expect(status).toBe(1);
  // Both diverged: they count for all the steps that they were to make.
  expect(stdout).toMatch(/Steps made +1,000 +500 to 2,000 +20 \(20\) N = 2 +not reproduced/);
});

it("stops at Ctrl-C with status 130, and the same command continues", async () => {
  class Output extends TestOutput {
    override write(text: string): void {
      super.write(text);
      if (/^1\/2/m.test(text)) processEnv.send("SIGINT");
    }
  }
  const processEnv: TestProcessEnv = new TestProcessEnv(new Output());
  const { status } = await ask(["tiny"], {}, tiny(), processEnv);
  expect(status).toBe(130);
  expect(processEnv.stdout.text).toContain("tiny: partly run (1 of 2 runs)");
  const again = await ask(["tiny"], {});
  expect(again.status).toBe(0);
  expect(again.stdout).toMatch(/^tiny: not reproduced$/m);
});

it("lists every figure, with its runs, its time and its last verdict", async () => {
  const { status, stdout } = await run(["reproduce"]);
  expect(status).toBe(0);
  for (const { id } of figures) expect(stdout).toMatch(new RegExp(`^${id} .*not yet run`, "m"));
  const { stdout: json } = await run(["reproduce", "--json"]);
  expect((JSON.parse(json) as { id: string }[]).map(({ id }) => id)).toEqual(
    figures.map(({ id }) => id),
  );
  const narrow = await run(["reproduce"], new TestProcessEnv(new TestOutput(true, 80)));
  const lines = stripVTControlCharacters(narrow.stdout).split("\n");
  for (const line of lines) expect(line.length).toBeLessThanOrEqual(80);
});

it("refuses what cannot be, in a sentence, before anything is written", async () => {
  const refused = async (line: string) => {
    const { status, stderr, stdout } = await run(["reproduce", ...line.split(" ")]);
    expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
    expect(existsSync("runs")).toBe(false);
    return stderr;
  };
  expect(await refused("system-0-divison")).toBe(
    'grok: Unknown figure "system-0-divison"; did you mean system-0-division?\n',
  );
  expect(await refused("figure-1")).toMatch(
    /^grok: Unknown figure "figure-1"; there are system-0-division, .*\.\n$/,
  );
  expect(await refused("system-0-division --all")).toContain("Give figures or --all, not both.");
  expect(await refused("--quick")).toContain("--quick needs a figure or --all");
  expect(await refused("system-0-division --jobs 0")).toContain("--jobs");
  expect(await refused("system-0-division --seeds 3..1")).toContain("seeds must rise");
  expect(await refused("system-0-division --reuse nowhere")).toContain(
    '--reuse must name a folder that is there, not "nowhere".',
  );
  expect(await refused("system-0-division --seeds 7 --record .")).toContain(
    "--record keeps verdicts on a figure's own seeds; those of system-0-division are 0, 1, 2, 3, 4, not 7.",
  );
});

it("says that a verdict it cannot read is none", async () => {
  await mkdir("runs/reproduce/system-0-division", { recursive: true });
  await writeFile("runs/reproduce/system-0-division/verdict.json", "{}");
  const { status, stderr } = await run(["reproduce"]);
  expect(status).toBe(2);
  expect(stderr).toMatch(/verdict\.json is no verdict of grok reproduce; move it away\./);
});
