import { readdir, readFile } from "node:fs/promises";
import { readCheckpoint, readRun } from "@grok/train/node";
import { describe, expect, it } from "vitest";
import { inFreshFolder, recordsOf, run, summaryOf, tiny } from "./tiny";

inFreshFolder();

const short = [...tiny, "--steps", "16", "--eval-every", "2", "--checkpoint-every", "4"];
const quiet = "--no-plots";

/** The tensors of the newest checkpoint, and the records without their times. */
async function courseOf(folder: string) {
  const { checkpoints } = await readRun(folder);
  const { parameters, optimizer } = await readCheckpoint(checkpoints.at(-1)?.path ?? "");
  const records = (await recordsOf(folder)).map((record) => ({ ...record, elapsed_sec: 0 }));
  return { parameters, optimizer, records };
}

describe("grok fork", () => {
  it("trains another future of a run, the same as --change does from the beginning", async () => {
    await run([...short, quiet, "--out-dir", "trunk"]);
    const before = await readFile("trunk/metrics.jsonl");
    const change = "6: weight-decay=0 freeze=tokenEmbedding";
    const whole = await run([...short, quiet, "--change", change, "--out-dir", "whole"]);
    expect(whole).toMatchObject({ status: 0, stderr: "" });
    expect(whole.stdout).toContain("Step 6: weight-decay=0 freeze=tokenEmbedding\n");

    const flags = ["--at", "6", "--weight-decay", "0", "--change", "6: freeze=tokenEmbedding"];
    const forked = await run(["fork", "trunk", ...flags, quiet]);
    expect(forked).toMatchObject({ status: 0, stderr: "" });
    expect(forked.stdout).toContain(
      "There is no checkpoint: the run is trained again up to step 6, to the same bytes.\ntrunk-at6 is trunk up to step 6; it ends at step 16.\n",
    );
    expect(await courseOf("trunk-at6")).toEqual(await courseOf("whole"));
    expect(await readFile("trunk/metrics.jsonl")).toEqual(before);
    const { stdout } = await run(["runs", "."]);
    expect(stdout).toMatch(
      /^trunk +finished +16 .*\n└ trunk-at6 +finished +16 .* 6: weight-decay=0 freeze=tokenEmbedding$/m,
    );
    expect(stdout).toMatch(
      /^whole +finished +16 .* mod 7; 6: weight-decay=0 freeze=tokenEmbedding$/m,
    );
    const lines = (await run(["runs", ".", "--json"])).stdout.trim().split("\n");
    const parents = lines.map((line) => JSON.parse(line)).map(({ run, parent }) => [run, parent]);
    expect(Object.fromEntries(parents)).toEqual({ trunk: null, "trunk-at6": "trunk", whole: null });
    const { forkedFrom } = JSON.parse(await readFile("trunk-at6/config.json", "utf8"));
    expect(forkedFrom).toMatchObject({ run: "trunk", step: 6 });
  });

  it("is the same bytes as the run with changes, on one thread and on two", async () => {
    const wasm = [...short, "--backend", "wasm", "--batch-size", "16", quiet];
    const change = "6: weight-decay=0 scale=tokenEmbedding:2";
    await run([...wasm, "--threads", "1", "--out-dir", "trunk"]);
    for (const threads of ["1", "2"]) {
      const on = ["--threads", threads];
      const whole = ["--change", change, "--out-dir", `whole-${threads}`];
      expect(await run([...wasm, ...on, ...whole])).toMatchObject({ status: 0, stderr: "" });
      const flags = ["--at", "6", "--change", change, ...on, "--out-dir", `fork-${threads}`];
      expect(await run(["fork", "trunk", ...flags, quiet])).toMatchObject({ status: 0 });
      expect((await summaryOf(`fork-${threads}`)).threads).toBe(Number(threads));
    }
    const [first, ...others] = await Promise.all(
      ["whole-1", "whole-2", "fork-1", "fork-2"].map(courseOf),
    );
    for (const other of others) expect(other).toEqual(first);
  });

  it("makes a fork per seed, and with --no-train leaves the training to resume", async () => {
    await run([...short, quiet, "--out-dir", "trunk"]);
    await run(["fork", "trunk", "--at", "12", "--seeds", "1..2", "--no-train"]);
    expect((await readdir(".")).sort()).toEqual(["trunk", "trunk-at12-seed1", "trunk-at12-seed2"]);
    expect((await readRun("trunk-at12-seed1")).summary).toBeNull();
    for (const seed of [1, 2]) {
      expect(await run(["resume", `trunk-at12-seed${seed}`, quiet])).toMatchObject({ status: 0 });
    }
    const [one, two] = [await courseOf("trunk-at12-seed1"), await courseOf("trunk-at12-seed2")];
    expect(one.records.slice(0, 6)).toEqual(two.records.slice(0, 6));
    expect(one.parameters).not.toEqual(two.parameters);
  });

  it("draws a run and its forks as futures, and says if they share no past", async () => {
    await run([...short, quiet, "--out-dir", "trunk"]);
    await run(["fork", "trunk", "--at", "6", "--weight-decay", "0", quiet]);
    const { status, stdout } = await run(["plot", "trunk", "--with", "trunk-at6"]);
    expect({ status, stdout }).toEqual({
      status: 0,
      stdout: "trunk/plots: accuracy and loss, and the futures of 2 runs, .png and .svg\n",
    });
    const svg = await readFile("trunk/plots/futures.svg", "utf8");
    expect(svg).toContain("6: weight-decay=0 (N = 1: 1 never grokked)");
    await run([...short, quiet, "--lr", "0.1", "--out-dir", "other"]);
    const { stderr } = await run(["plot", "trunk", "--with", "trunk-at6", "--with", "other"]);
    expect(stderr).toBe(
      "grok: trunk and other share no past: they differ in more than changes in mid-run, their seed and how long they last.\n",
    );
    expect((await run(["plot", "trunk", "--with", "trunk"])).stderr).toContain("have no futures");
  });

  it("continues behind its parent's end with --steps, and says when it has forgotten", async () => {
    const easy = ["--grok-threshold", "0.001"];
    await run([...short, ...easy, quiet, "--out-dir", "trunk"]);
    const flags = ["--at", "t_grok", "--steps", "20", "--change", "17: zero=unembedding.weight"];
    const { status, stdout } = await run(["fork", "trunk", ...flags, quiet, "--out-dir", "f"]);
    expect(status).toBe(0);
    const summary = await summaryOf("f");
    expect(summary.steps).toBe(20);
    expect(stdout).toContain(summary.status === "ungrokked" ? "and forgot at" : "grokked at");
  });

  it.each([
    [
      ["--at", "17"],
      "trunk has come to step 16; it can be forked at a step from 1 to that, not at 17.\n",
    ],
    [["--at", "t_grok"], "trunk has not grokked, so that it has no t_grok to be forked at.\n"],
    [["--at", "soon"], '--at must be a step, t_mem or t_grok, not "soon".\n'],
    [[], "grok fork needs --at: a step, t_mem or t_grok.\n"],
    [
      ["--at", "6", "--p", "11"],
      /gives the task a vocabulary of .* keeps the shape of the examples\.\n$/,
    ],
    [["--at", "6", "--change", "6: freeze=tokenEmbeding"], /did you mean tokenEmbedding\?\n$/],
    [
      ["--at", "6", "--seeds", "3..1"],
      "--seeds 3..1 names no seed, or more than a sweep may have.\n",
    ],
    [
      ["--at", "6", "--train-fraction", "2"],
      /The change at step 6: --train-fraction must be a number/,
    ],
  ])("refuses %j in one sentence, and writes nothing", async (flags, sentence) => {
    await run([...short, quiet, "--grok-threshold", "1", "--out-dir", "trunk"]);
    const { status, stderr } = await run(["fork", "trunk", ...flags]);
    expect(status).toBe(2);
    const told = stderr.replace("grok: ", "");
    if (typeof sentence === "string") expect(told).toBe(sentence);
    else expect(told).toMatch(sentence);
    expect(await readdir(".")).toEqual(["trunk"]);
  });
});
