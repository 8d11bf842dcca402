import { readdir, readFile, writeFile } from "node:fs/promises";
import { expect, it } from "vitest";
import { inFreshFolder, recordsOf, run } from "./tiny";

inFreshFolder();

// Every --use loads its file in a process of its own first.
const patience = { timeout: 240_000 };
const small = ["--n", "5", "--steps", "6", "--eval-every", "3", "--d-model", "8"];
const flags = [...small, "--backend", "cpu", "--no-plots", "--checkpoint-every", "3"];

it("writes an extension that trains, resumes and is read without its code", patience, async () => {
  expect(await run(["new", "Mine 2.ts"])).toMatchObject({ status: 0 });
  const again = await run(["new", "Mine 2.ts"]);
  expect(again).toMatchObject({
    status: 2,
    stderr: "grok: Mine 2.ts is there already; choose another file.\n",
  });
  const use = ["--use", "Mine 2.ts"];
  const trained = await run(["train", ...use, "--preset", "mine-2", ...flags]);
  expect(trained.stderr).toBe("");
  expect(trained.status).toBe(0);
  expect(trained.stdout).toMatch(/task +a² \+ b mod 5\n/);
  expect(trained.stdout).toMatch(/extension +mine-2 of Mine 2\.ts, sha256 [0-9a-f]{16}…\n/);
  const folder = "runs/mine-2-mine-2-seed0";
  expect(await readdir(`${folder}/extensions`)).toEqual(["mine-2.mjs"]);

  // Drawing curves needs no code; training does.
  expect(await run(["plot", folder])).toMatchObject({ status: 0, stderr: "" });
  const refused = await run(["resume", folder, "--steps", "9", "--no-plots"]);
  expect(refused.status).toBe(2);
  expect(refused.stderr).toMatch(
    /^grok: runs\/mine-2-mine-2-seed0 was made with the extension mine-2, whose code never runs by itself: give the same file with --use FILE \(sha256 [0-9a-f]{16}…\), or trust the copy in runs\/mine-2-mine-2-seed0\/extensions\/mine-2\.mjs with --trust\.\n$/,
  );
  const trusted = await run(["resume", folder, "--steps", "9", "--no-plots", "--trust"]);
  expect(trusted.stderr).toMatch(/^Trusted: extension mine-2, .* bytes, sha256 [0-9a-f]{64}\.\n$/);
  expect(trusted.status).toBe(0);
  expect((await recordsOf(folder)).map(({ step }) => step)).toEqual([3, 6, 9]);

  // A changed file is another experiment.
  await writeFile("Mine 2.ts", (await readFile("Mine 2.ts", "utf8")).replace("a * a + b", "a + b"));
  const changed = await run(["resume", folder, "--steps", "12", ...use]);
  expect(changed.status).toBe(2);
  expect(changed.stderr).toMatch(/was made with another extension mine-2 than Mine 2\.ts: sha256 /);
});

it("knows an extension's settings as flags, and says so of wrong ones", patience, async () => {
  await run(["new", "own.ts"]);
  const bundled = await run(["extension", "bundle", "own.ts"]);
  expect(bundled.stdout).toMatch(/^own\.mjs: \d+ bytes, sha256 [0-9a-f]{64}\n$/);
  const use = ["--use", "own.mjs"];
  const help = await run(["train", ...use, "--preset", "own", "--help"]);
  expect(help.stdout).toMatch(
    /--n <n> +how many elements there are \(a whole number\s+from 2 to 500; default: \d+\)/,
  );
  const far = await run(["train", ...use, "--preset", "own", "--n", "1"]);
  expect(far.stderr).toBe("grok: --n must be a whole number from 2 to 500, not 1.\n");
  const typo = await run(["train", ...use, "--preset", "own", "--train-fractoin", "0.4"]);
  expect(typo.stderr).toBe("grok: Unknown flag --train-fractoin; did you mean --train-fraction?\n");
  const listed = await run(["presets", ...use, "--json"]);
  expect(JSON.parse(listed.stdout).at(-1)).toMatchObject({ name: "own", task: "a² + b mod 59" });
});

it("says in a sentence what cannot be used, where nothing has to be loaded for it", async () => {
  await writeFile("none.ts", "export const a = 1;");
  const refusal = async (...args: string[]) => {
    const { status, stderr } = await run(args);
    expect(status).toBe(2);
    return stderr;
  };
  expect(await refusal("train", "--use", "none.ts")).toBe(
    'grok: none.ts has no default export; an extension ends in export default defineExtension({ name: "…", … }).\n',
  );
  expect(await refusal("train", "--use", "missing.ts")).toBe(
    "grok: There is no file missing.ts.\n",
  );
  expect(await refusal("train", "--use")).toBe("grok: --use needs a value.\n");
  expect(await refusal("export", "runs/x", "--use", "none.ts")).toMatch("Unknown flag --use");
  expect(await refusal("sweep", "--trust", "--seeds", "0..1")).toBe(
    "grok: --trust is for what a sweep's file names under use, and there is no file.\n",
  );
});
