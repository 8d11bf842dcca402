import { readdir, readFile, writeFile } from "node:fs/promises";
import { expect, it } from "vitest";
import { commands } from "../src/arguments/commands";
import { inFreshFolder, type Outcome, run } from "./tiny";

inFreshFolder();

// Every --use loads its file in a process of its own first.
const patience = { timeout: 240_000 };
const small = ["--n", "5", "--steps", "6", "--eval-every", "3", "--d-model", "8"];
const here = ["--backend", "cpu", "--no-plots"];
const use = ["--use", "own.mjs"];
const trusted = /^Trusted: /m;

/** What a command does on a run of an extension: nobody agreed to run its code, or somebody did. */
interface Case {
  readonly args: readonly string[];
  /** What makes the code run; null if the command needs none of it. */
  readonly agreed: readonly (readonly string[])[] | null;
  readonly says?: RegExp;
}

/** The commands that take a run, in an order in which each finds what it needs. */
const runCommands: Readonly<Partial<Record<keyof typeof commands, Case>>> = {
  plot: { args: ["runs/own", "--columns", "a_share"], agreed: null, says: /accuracy/ },
  export: { args: ["runs/own", "own.zip"], agreed: null, says: /own\.zip/ },
  import: { args: ["own.zip", "--out-dir", "runs/again"], agreed: null, says: /runs\/again/ },
  analyze: {
    args: ["runs/again", "--no-plots", "--metrics", "weight-norm"],
    agreed: [["--trust"]],
    says: /2 checkpoints, weight-norm/,
  },
  inspect: {
    args: ["runs/again", "--no-plots"],
    agreed: [["--trust"], use],
    says: /^whole network/m,
  },
  resume: {
    args: ["runs/again", "--no-plots"],
    agreed: [[...use, "--steps", "9"]],
    says: /run +runs\/again/,
  },
  fork: {
    args: ["runs/again", "--at", "3", "--no-train", "--weight-decay", "0"],
    agreed: [[...use, "--out-dir", "runs/other"]],
  },
  runs: { args: ["runs"], agreed: null, says: /other/ },
};

/** Commands that make runs, or take no run at all; serve, worker and the proofs have tests of their own. */
const others = [
  "train",
  "sweep",
  "sweep-export",
  "worker",
  "reproduce",
  "speedrun",
  "serve",
  "verify-resume",
  "verify-queue",
  "presets",
  "new",
  "extension-bundle",
  "backends",
  "doctor",
  "completion",
];

it("has a case for every command", () => {
  expect([...Object.keys(runCommands), ...others].sort()).toEqual(Object.keys(commands).sort());
});

async function writeOwn(): Promise<void> {
  await run(["new", "own.ts"]);
  const text = (await readFile("own.ts", "utf8"))
    .replace("defineExtension, ", "defineExtension, defineMetric, ")
    .replace(
      "  tasks: [task],",
      `  tasks: [task],
  metrics: [defineMetric({ name: "a-share", description: "A number.", value: () => 0.5 })],`,
    );
  await writeFile("own.ts", text);
  expect(await run(["extension", "bundle", "own.ts"])).toMatchObject({ status: 0 });
}

it("reads a run without its code, and runs that only when somebody says so", patience, async () => {
  await writeOwn();
  const flags = [...small, "--metrics", "a-share", "--checkpoint-every", "3", ...here];
  const made = await run(["train", ...use, "--preset", "own", ...flags, "--out-dir", "runs/own"]);
  expect(made).toMatchObject({ status: 0, stderr: "" });
  for (const [name, { args, agreed, says = /./ }] of Object.entries(runCommands)) {
    const alone = await run([name, ...args]);
    if (agreed === null) {
      expect(alone, name).toMatchObject({ status: 0, stdout: expect.stringMatching(says) });
      continue;
    }
    expect(alone, name).toMatchObject({ status: 2, stdout: "" });
    expect(alone.stderr, name).toMatch(/whose code never runs by itself: give the same file with/);
    for (const more of agreed) {
      const { status, stdout, stderr } = await run([name, ...args, ...more]);
      expect([status, stdout], stderr).toEqual([0, expect.stringMatching(says)]);
      expect(trusted.test(stderr), name).toBe(more[0] === "--trust");
    }
  }
  const last = (await readFile("runs/again/metrics.jsonl", "utf8")).trimEnd().split("\n").at(-1);
  expect(JSON.parse(last as string)).toMatchObject({ step: 9, a_share: 0.5 });
  // The metric is gone from the file: another module, which the run does not continue with.
  await writeFile("own.ts", (await readFile("own.ts", "utf8")).replace(/^ {2}metrics: .*\n/m, ""));
  expect((await run(["resume", "runs/own", "--use", "own.ts", "--steps", "9"])).stderr).toMatch(
    /^grok: runs\/own was made with another extension own than own\.ts: sha256 .* use the file as it was then\.\n$/,
  );
  // Nobody's runs stand in the way of what looks for others.
  expect(
    await run(["reproduce", "system-0-division", "--no-run", "--reuse", "runs"]),
  ).toMatchObject({ status: 0 });
});

it("sweeps what a file names under use, if somebody agrees", patience, async () => {
  await writeOwn();
  const sweep = `# Two sizes\nuse: own.mjs\npreset: own\nflags: { n: 5, d-model: 8, steps: 6, backend: cpu }\ngrid: { train-fraction: [0.4, 0.6] }\n`;
  await writeFile("sweep.yaml", sweep);
  const expectRefused = ({ status, stdout, stderr }: Outcome) => {
    expect([status, stdout]).toEqual([2, ""]);
    expect(stderr).toMatch(
      /^grok: sweep\.yaml uses the extension own\.mjs, whose code never runs by itself: give the same file with --use FILE \(sha256 [0-9a-f]{16}…\), or trust what the sweep names with --trust\.\n$/,
    );
  };
  const slurm = ["sweep", "export", "sweep.yaml", "--slurm", "--out-dir", "sweep"];
  expectRefused(await run(["sweep", "sweep.yaml", "--dry-run"]));
  expectRefused(await run(slurm));
  const job = await run([...slurm, ...use]);
  const [, kept] = /--use (\S+) --out-dir \S+ --only-index/.exec(job.stdout) ?? [];
  expect(kept).toMatch(/\/sweep\/extensions\/own-[0-9a-f]{16}\.mjs$/);

  // An extension's settings are flags of the sweep.
  const dry = await run(["sweep", "sweep.yaml", "--trust", "--n", "6", "--dry-run", "--json"]);
  expect(dry.stderr).toMatch(
    /^Trusted: own\.mjs of sweep\.yaml, \d+ bytes, sha256 [0-9a-f]{64}\.$/m,
  );
  expect(JSON.parse(dry.stdout).runs).toHaveLength(2);
  const task = ["sweep", "sweep.yaml", "--use", kept as string, "--out-dir", "sweep"];
  expect(await run([...task, "--only-index", "1", "--threads", "1"])).toMatchObject({ status: 0 });
  const names = await readdir("sweep/runs");
  for (const name of names) {
    expect(await readdir(`sweep/runs/${name}/extensions`)).toEqual(["own.mjs"]);
  }

  const pods = ["--kubernetes", "--image", "grok", "--claim", "data"];
  const manifest = await run(["sweep", "export", "sweep.yaml", ...pods, ...use]);
  expect(manifest.stdout).toMatch(/^ {2}own\.mjs: \|/m);
  expect(manifest.stdout).toContain("train-fraction");
  expect(manifest.stdout).toContain("sweep /etc/grok/sweep.yaml --use /etc/grok/own.mjs --out-dir");
  expect(manifest.stdout).not.toContain("use: own.mjs");
});
