import { existsSync } from "node:fs";
import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { readSweep } from "@grok/sweep/node";
import { expect, it, vi } from "vitest";
import { TestOutput, TestProcessEnv } from "./process-env";
import { inFreshFolder, recordsOf, run } from "./tiny";

inFreshFolder();
// Each sweep starts a process of its own from its sources.
vi.setConfig({ testTimeout: 180_000 });

const tiny =
  "sweep --preset mlp --p 7 --width 16 --embed-dim 8 --backend cpu --eval-every 20 --jobs 1";
const sweep = (more: string, processEnv?: TestProcessEnv) =>
  run(`${tiny} ${more}`.split(" "), processEnv);

it("does a sweep, tells of each run, writes tables and figures, and has nothing to do again", async () => {
  const line = "--steps 40 --grid weight-decay=0.1,1,10 --grid train-fraction=0.5,0.7 --out-dir s";
  const { status, stdout, stderr } = await sweep(line);
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  expect(stdout.match(/^\d\/6 {2}weight-decay .*: did not grok in 40 steps/gm)).toHaveLength(6);
  expect(stdout).toContain("The sweep has ended: 6 runs.");
  const files = ["sweep.json", "runs.csv", "runs.parquet", "runs.md"];
  const plots = ["phase-diagram", "t-grok-by-weight-decay"].map((name) => `plots/${name}.png`);
  for (const file of [...files, ...plots]) expect(existsSync(`s/${file}`)).toBe(true);
  expect((await readFile("s/runs.csv", "utf8")).trimEnd().split("\r\n")).toHaveLength(7);
  const [head, first] = (await readFile("s/runs.csv", "utf8")).split("\r\n");
  const [name = "", values = []] = [first?.split(",")[0], first?.split(",")];
  const last = (await recordsOf(`s/runs/${name}`)).at(-1);
  expect(Number(values[head?.split(",").indexOf("final_val_loss") ?? -1])).toBe(last?.val_loss);
  expect(Number(values[head?.split(",").indexOf("final_train_acc") ?? -1])).toBe(last?.train_acc);
  expect(await readdir("s")).not.toContain(".lock");

  const again = await sweep(`${line} --json --no-plots`);
  expect(again.status).toBe(0);
  const runs = again.stdout
    .trimEnd()
    .split("\n")
    .map((text) => JSON.parse(text) as { name: string });
  expect(runs.map(({ name }) => name).sort()).toEqual((await readdir("s/runs")).sort());
  expect(again.stderr).toContain("6 finished");
});

it("reads a file, whose settings the command line overrules", async () => {
  const text =
    "title: A file\npreset: mlp\nflags: { p: 7, width: 16, steps: 20 }\ngrid: { lr: [0.1, 0.01] }\n";
  await writeFile("small.yaml", text);
  const args = "sweep small.yaml --steps 30 --backend cpu --seeds 3..4 --jobs 1 --no-plots";
  expect((await run(args.split(" "))).status).toBe(0);
  const state = await readSweep("runs/sweeps/small");
  expect(state?.title).toBe("A file");
  expect(state?.runs.map(({ settings, step }) => ({ ...settings, step }))).toEqual([
    { lr: 0.1, seed: 3, step: 30 },
    { lr: 0.1, seed: 4, step: 30 },
    { lr: 0.01, seed: 3, step: 30 },
    { lr: 0.01, seed: 4, step: 30 },
  ]);
  // A sweep beside it takes the runs that it shares.
  await writeFile("other.yaml", text.replace("[0.1, 0.01]", "[0.01, 0.02]"));
  const { stdout } = await run(args.replace("small", "other").split(" "));
  expect(stdout.match(/, from .*small/g)).toHaveLength(2);
});

it("ends with 1 where a run failed, says which and why, and does the others", async () => {
  const { status, stdout } = await sweep(
    "--optimizer sgd --steps 40 --grid lr=1e30,0.01 --out-dir s",
  );
  expect(status).toBe(1);
  expect(stdout).toMatch(/lr 1e\+?30: failed: .* at step \d+/);
  expect(stdout).toContain("1 failed, 1 finished");
});

it("tells in a dry run which runs come once others have memorised, and refuses what cannot wait", async () => {
  const line = (more: string, change: string) =>
    run([...tiny.split(" "), ...more.split(" "), "--grid", `change=${change}`]);
  const change = "none,t_mem: weight-decay=0";
  const { stdout } = await line("--steps 1000 --seeds 0..1 --dry-run", change);
  expect(stdout).toContain("2 runs, and up to 2 more that continue from them at t_mem or t_grok");
  const adaptive = await line("--steps 1000 --adaptive --budget 2", change);
  expect(adaptive.stderr).toMatch(
    /changes at t_mem or t_grok, .* need all of them beforehand\.\n$/,
  );
  const wrong = await line("--steps 1000", "t_mem: weigth-decay=0");
  expect(wrong.stderr).toContain("did you mean weight-decay?");
  expect(await readdir(".")).toEqual([]);
});

it("shows runs, their number and a time in a dry run, and writes nothing", async () => {
  const { status, stdout } = await sweep(
    "--steps 1000 --grid lr=1e-4..1e-2:3log --seeds 0..1 --dry-run",
  );
  expect(status).toBe(0);
  expect(stdout.match(/^[0-9a-f]{16} /gm)).toHaveLength(6);
  expect(stdout).toMatch(/^6 runs, \d+ at a time with \d+ threads? each: about /m);
  const { stdout: json } = await sweep(
    "--steps 1000 --grid lr=0.1,1 --adaptive --budget 5 --dry-run --json",
  );
  expect(JSON.parse(json)).toMatchObject({ most: 5, seconds: expect.any(Number) });
  expect(await readdir(".")).toEqual([]);
});

it.each([
  ["sweep", /^grok: grok sweep needs FILE.yaml, --grid or --seeds/],
  ["sweep none.yaml", /^grok: none.yaml cannot be read: it does not exist/],
  ["sweep --grid lr", /^grok: --grid must be a flag and its values/],
  [
    "sweep --grid lr=1 --lr 2",
    /^grok: --lr is for every run, and the sweep varies it; give one of them\./,
  ],
  ["sweep --grid lr=1 --budget 3", /^grok: --budget goes with --adaptive\./],
  ["sweep --grid lr=1 --adaptive", /^grok: --adaptive needs --budget/],
  ["sweep --grid lr=1 --early-stop never", /^grok: --early-stop must be one of median, halving/],
  ["sweep --grid lr=1 --jobs 0", /^grok: --jobs must be a whole number from 1 to 256, not "0"/],
  [
    "sweep --grid lr=-1",
    /^grok: In run 1 of 1 \(lr -1\): --lr must be a number greater than 0, not -1/,
  ],
  ["sweep --grid lr=1 --save-plot x.png", /^grok: Unknown flag --save-plot/],
])("refuses %s", async (line, sentence) => {
  const { status, stderr } = await run(line.split(" "));
  expect({ status, stderr }).toEqual({ status: 2, stderr: expect.stringMatching(sentence) });
  expect(await readdir(".")).toEqual([]);
});

it("keeps what is in the way", async () => {
  await writeFile("file", "mine");
  const { status, stderr } = await sweep("--steps 20 --grid lr=0.1,1 --out-dir file");
  expect(status).toBe(2);
  expect(stderr).toMatch(/^grok: The sweep cannot be written to file: a file is in the way/);
  expect(await readFile("file", "utf8")).toBe("mine");
  await mkdir("other");
  await writeFile("other/sweep.json", "{}");
  const damaged = await sweep("--steps 20 --grid lr=0.1,1 --out-dir other");
  expect(damaged.stderr).toMatch(/other\/sweep.json is no state of a sweep; move it away\./);
  expect(damaged.status).toBe(2);
});

it("stops at Ctrl-C with status 130, and the same command continues", async () => {
  class Output extends TestOutput {
    override write(text: string): void {
      super.write(text);
      if (/^1\/4/m.test(text)) processEnv.send("SIGINT");
    }
  }
  const processEnv: TestProcessEnv = new TestProcessEnv(new Output());
  const line = "--steps 200 --grid lr=0.1,0.2,0.3,0.4 --out-dir s --no-plots";
  const { status, stdout } = await sweep(line, processEnv);
  expect(status).toBe(130);
  expect(stdout).toMatch(/Interrupted with \d runs? left; the same command continues\./);
  const again = await sweep(line);
  expect(again.status).toBe(0);
  expect(again.stdout).toContain("4 finished");
});
