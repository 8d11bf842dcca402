import { readdir, readFile, writeFile } from "node:fs/promises";
import { lockFolder } from "@grok/train/node";
import { expect, it } from "vitest";
import { inFreshFolder, run, tiny } from "./tiny";

inFreshFolder();

const short = [...tiny, "--steps", "8", "--eval-every", "2", "--checkpoint-every", "4"];
const quiet = "--no-plots";

/** What a command refuses with, having written nothing but what was there. */
async function refusal(args: readonly string[]): Promise<string> {
  const before = await readdir(".", { recursive: true });
  const { status, stderr } = await run([...args, quiet]);
  expect(status).toBe(2);
  expect(stderr.trimEnd()).not.toContain("\n");
  expect(await readdir(".", { recursive: true })).toEqual(before);
  return stderr.replace("grok: ", "").trimEnd();
}

it("refuses wrong changes of a run before it begins", async () => {
  const change = (text: string) => refusal([...short, "--change", text]);
  expect(await change("8: lr=1")).toContain("as the run ends at step 8; allowed are 1 to 7");
  expect(await change("4: lr=1; 4: lr=2")).toContain("two changes at step 4; make them one");
  expect(await change("4: freeze=embeding")).toMatch(/fits no parameter; .*Embedding/);
  expect(await change("4: p=11")).toContain("keeps the shape of the examples");
  expect(await change("t_mem: lr=1")).toContain("grok fork RUN --at t_mem");
});

it("refuses a data file for a change, in mid-run and in a fork", async () => {
  const rows = Array.from({ length: 20 }, (_, i) => `${i % 5},${i % 3},${i % 2}`).join("\n");
  await writeFile("one.csv", `a,b,class\n${rows}\n`);
  await writeFile("two.csv", `a,b,class\n${rows.replaceAll("4", "3")}\n`);
  const mlp = ["train", "--preset", "mlp", "--width", "8", "--backend", "cpu", "--data", "one.csv"];
  const few = [...mlp, "--steps", "8", "--eval-every", "2"];
  const sentence = "--data is a file, which cannot change in mid-run.";
  expect(await refusal([...few, "--change", "4: data=two.csv"])).toContain(sentence);
  expect(await run([...few, quiet, "--out-dir", "trunk"])).toMatchObject({ status: 0 });
  for (const how of [
    ["--data", "two.csv"],
    ["--change", "4: data=two.csv"],
  ]) {
    expect(await refusal(["fork", "trunk", "--at", "4", ...how])).toContain(sentence);
  }
});

it("refuses folders that are taken, and steps that a diverged run never came to", async () => {
  const diverging = ["--optimizer", "sgd", "--lr", "1e30"];
  const failed = await run([...short, ...diverging, quiet, "--out-dir", "diverged"]);
  expect(failed.status).toBe(1);
  expect(await refusal(["fork", "diverged", "--at", "7"])).toMatch(
    /^diverged has (come to step \d; it can be forked at a step from 1 to that, not at 7|not been trained yet)/,
  );
  await run([...short, quiet, "--out-dir", "trunk"]);
  const into = (folder: string) => refusal(["fork", "trunk", "--at", "4", "--out-dir", folder]);
  expect(await into("trunk")).toMatch(/^trunk .*/);
  expect(await into("diverged")).toMatch(/^diverged .*/);
  await writeFile("file", "");
  expect(await into("file")).toMatch(/file/);
  expect(await refusal(["fork", "none", "--at", "4"])).toMatch(/^none /);
  await writeFile("trunk/config.json", (await readFile("trunk/config.json", "utf8")).slice(9));
  expect(await refusal(["fork", "trunk", "--at", "4"])).toMatch(/config\.json/);
});

it("forks a run that another process is at", async () => {
  await run([...short, quiet, "--out-dir", "trunk"]);
  const lock = await lockFolder("trunk");
  try {
    const { status } = await run(["fork", "trunk", "--at", "4", "--lr", "0.1", quiet]);
    expect(status).toBe(0);
  } finally {
    await lock.release();
  }
});
