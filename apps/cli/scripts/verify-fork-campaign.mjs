// The proof for forks in docs/reliability.md: `grok verify-resume --fork` at random steps of several
// presets, summed up in results/verify-fork.json and in that page. Build first.
//
//   node apps/cli/scripts/verify-fork-campaign.mjs DIR
//
// DIR keeps what each fork gave, NAME.json, so that it can be stopped and started again.
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { randomStream } from "@grok/data";

const root = fileURLToPath(new URL("../../..", import.meta.url));
const steps = 16;
const forksOfEach = 5;
const seed = 0;

/** What is forked, by preset; none changes anything, so that a fork must be its parent. */
const presets = {
  mlp: "--preset mlp --p 11 --width 16 --embed-dim 8 --batch-size 16",
  mlx: "--preset mlx --p 11 --d-model 16 --batch-size 32",
  nanda: "--preset nanda --p 11 --d-model 16 --n-heads 2",
  "order-parameters": "--preset order-parameters --p 11 --width 16 --train-fraction 0.5",
};

const [folder, ...options] = process.argv.slice(2);
if (folder === undefined) throw new Error("Give the folder that keeps what each fork gives.");
mkdirSync(folder, { recursive: true });

const forks = [];
for (const [preset, flags] of Object.entries(presets)) {
  const places = randomStream(seed, "forks", Object.keys(presets).indexOf(preset)).integerArray(
    steps - 1,
    forksOfEach,
  );
  for (const [i, place] of places.entries()) {
    const at = place + 1;
    const command = `grok verify-resume --fork ${at} ${flags} --steps ${steps} --kills 2 --no-boundaries --kill-seed ${i}`;
    const file = join(folder, `${preset}-${i}.json`);
    if (!existsSync(file) && !options.includes("--collect")) {
      console.log(command);
      const args = [...command.split(" ").slice(1), "--json", "--jobs", "1"];
      const main = join(root, "apps/cli/dist/main.js");
      const { stdout } = spawnSync(process.execPath, [main, ...args], {
        encoding: "utf8",
        stdio: ["ignore", "pipe", "inherit"],
      });
      writeFileSync(file, stdout);
    }
    const text = existsSync(file) ? readFileSync(file, "utf8").trim() : "";
    if (text === "") continue;
    const { faults: _, ...result } = JSON.parse(text);
    forks.push({ preset, at, command, ...result });
  }
}

const sum = (numbers) => numbers.reduce((total, each) => total + each, 0);
const summary = {
  made: "node apps/cli/scripts/verify-fork-campaign.mjs DIR",
  node: process.versions.node,
  presets: Object.keys(presets),
  total: sum(forks.map((each) => each.total)),
  differences: sum(forks.map((each) => each.differences.length)),
  forks,
};
writeFileSync(join(root, "results/verify-fork.json"), `${JSON.stringify(summary, null, 2)}\n`);

const words = `${forks.length} forks of ${summary.presets.length} presets (${summary.presets.join(", ")}) at random steps, ${summary.total} kills: ${summary.differences} differences. [results/verify-fork.json](../results/verify-fork.json) has them one by one, with their commands.`;
const page = join(root, "docs/reliability.md");
const [begin, end] = ["<!-- verify-fork: begin -->", "<!-- verify-fork: end -->"];
const text = readFileSync(page, "utf8");
const [before, rest] = text.split(begin);
const [, after] = rest.split(end);
writeFileSync(page, `${before}${begin}\n${words}\n${end}${after}`);
console.log(words);
