import { mkdir, readFile, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import {
  parseSpeedrun,
  type SpeedrunRecord,
  speedrunDocument,
  speedrunMeasures,
} from "@grok/sweep/speedrun";
import { expect, it, vi } from "vitest";
import { orders } from "../src/arguments/speedrun-options";
import { boardMark, readBoard } from "../src/speedrun/records";
import { inFreshFolder, run } from "./tiny";

const root = fileURLToPath(new URL("../../..", import.meta.url));

inFreshFolder();
// Each speedrun starts a process of its own from its sources.
vi.setConfig({ testTimeout: 180_000 });

const entry = ["speedrun", "addition-97", "--name", "mine", "--preset", "quadratic"];
const quick = ["--steps", "60", "--seeds", "0", "--threads", "1"];
const file = "runs/speedrun/addition-97/mine/mine.json";

async function readRecord(path: string): Promise<SpeedrunRecord> {
  return parseSpeedrun(await readFile(path, "utf8"), path);
}

it("trains an entry, keeps its record, and checks it to the bit", async () => {
  await mkdir("clone");
  const made = await run([...entry, ...quick, "--by", "me", "--record", "clone"]);
  expect(made).toMatchObject({ status: 0, stderr: "" });
  expect(made.stdout).toContain("1 of 1 seeds came to 95%; a rank needs all of 20");
  const record = await readRecord(file);
  expect(record).toMatchObject({
    track: "addition-97",
    by: "me",
    command: "grok speedrun addition-97 --name mine --preset quadratic --steps 60 --threads 1",
    parameters: 145_500,
    // Three products of 4,704 examples, 500 squares and 97 answers.
    flops_per_step: 2 * 3 * 4704 * 500 * 97,
    runs: [{ seed: 0, steps: expect.any(Number) }],
  });
  expect(record.runs[0]?.steps).toBeLessThan(60);
  const kept = "clone/results/speedrun/addition-97/mine.json";
  expect(await readRecord(kept)).toEqual(record);
  expect(await readFile("clone/docs/speedrun.md", "utf8")).toContain(
    "| – | `mine` | me | 1 of 1 |",
  );

  const shown = await run(["speedrun", "--board", "clone/results/speedrun"]);
  expect(shown.stdout).toMatch(/^ +– +mine +1\/1 /m);
  const check = await run(["speedrun", "--check", kept]);
  expect(check.stdout).toMatch(/^ +0 +\d+ +\d+ .* same$/m);
  expect(check.status).toBe(0);

  const [first] = record.runs;
  const better = { ...record, runs: [{ ...first, steps: 5 }] };
  await writeFile("better.json", JSON.stringify(better));
  const refuted = await run(["speedrun", "--check", "better.json", "--json"]);
  expect(refuted.status).toBe(1);
  expect(JSON.parse(refuted.stdout)).toMatchObject([{ seed: 0, verdict: "not reproduced" }]);
});

it.each([
  ["addition-79", /There is no track "addition-79"; did you mean addition-97\?/],
  ["--name mine", /--name needs a track/],
  ["addition-97 --name Mine", /--name is of lower-case letters, digits and dashes/],
  ["addition-97 --preset mlp", /--preset is for a run, which needs a track and a --name/],
  ["addition-97 --name a --seeds 18..20", /The seeds of a speedrun are 0 to 19, so 20 is none\./],
  ["addition-97 --name a --label-noise 0.1", /Track addition-97 decides --label-noise/],
  ["addition-97 --order speed", /--order is one of flops, steps, seconds, and not "speed"\./],
  ["--check nothing.json", /nothing\.json cannot be read/],
  ["s5 --check nothing.json", /so s5 has no place beside it/],
])("refuses in a sentence, before anything is run: %s", async (line, sentence) => {
  const { status, stderr, stdout } = await run(["speedrun", ...line.split(" ")]);
  expect([stdout, stderr.split("\n")]).toEqual(["", [expect.stringMatching(sentence), ""]]);
  expect(status).toBeGreaterThan(0);
});

it("has a document that is up to date: --record . writes it", async () => {
  const text = await readFile(`${root}/docs/speedrun.md`, "utf8");
  const intro = text.slice(0, text.indexOf(boardMark) + boardMark.length);
  expect(speedrunDocument(await readBoard(`${root}/results/speedrun`), intro)).toBe(text);
  expect(orders).toEqual(speedrunMeasures);
});
