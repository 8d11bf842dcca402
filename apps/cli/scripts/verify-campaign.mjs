// The proof in docs/reliability.md: `grok verify-resume` over many experiments, summed up in
// results/verify-resume.json and in the table of that page. Build first.
//
//   node apps/cli/scripts/verify-campaign.mjs DIR
//
// DIR keeps what each experiment gave, NAME.json, so that it can be stopped and started again.
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../../..", import.meta.url));
const mlp = "--preset mlp --p 11 --width 16 --embed-dim 8 --batch-size 16";
const orderParameters = "--preset order-parameters --p 11 --width 16 --train-fraction 0.5";
const random = "--kills 40 --no-boundaries";

/** What is verified, by name, and with which flags. */
const experiments = {
  "transformer-dropout": "--kills 30 --threads 2 --kill-seed 1",
  "addition-777":
    "--preset addition-777 --digits 2 --curriculum 5:1,7:2 --test-size 40 --batch-size 16 --kills 30 --kill-seed 2",
  mlx: `--preset mlx --p 11 --d-model 16 --batch-size 32 --kill-seed 3 ${random}`,
  mlp: `${mlp} --kill-seed 4 ${random}`,
  "order-parameters": `${orderParameters} --metrics order-parameters --threads 2 --kill-seed 5 ${random}`,
  "mlx-swiglu": `--preset mlx-swiglu --p 11 --d-model 16 --n-heads 2 --batch-size 32 --kill-seed 6 ${random}`,
  "grokfast-ema": `${mlp} --grokfast ema --kill-seed 7 ${random}`,
  "grokfast-ma": `${orderParameters} --grokfast ma --grokfast-window 5 --threads 2 --kill-seed 8 ${random}`,
  muon: `${mlp} --optimizer muon --decay init --weight-decay 0.5 --threads 2 --kill-seed 9 ${random}`,
  "nanda-sgd": `--preset nanda --p 11 --d-model 16 --n-heads 2 --optimizer sgd --momentum 0.9 --nesterov --lr 0.1 --loss stablemax --kill-seed 10 ${random}`,
  power: "--power --kills 8 --no-boundaries --kill-seed 11",
  faults: "--faults --kills 0 --no-boundaries",
};

const [folder, ...options] = process.argv.slice(2);
if (folder === undefined) throw new Error("Give the folder that keeps what each experiment gives.");
mkdirSync(folder, { recursive: true });

const results = [];
for (const [name, flags] of Object.entries(experiments)) {
  const file = join(folder, `${name}.json`);
  if (!existsSync(file) && !options.includes("--collect")) {
    console.log(`${name}: grok verify-resume ${flags}`);
    const args = ["verify-resume", "--json", "--jobs", "2", ...flags.split(" ")];
    const { stdout } = spawnSync(process.execPath, [join(root, "apps/cli/dist/main.js"), ...args], {
      encoding: "utf8",
      stdio: ["ignore", "pipe", "inherit"],
    });
    writeFileSync(file, stdout);
  }
  const text = existsSync(file) ? readFileSync(file, "utf8") : "";
  if (text.trim() !== "")
    results.push({ name, command: `grok verify-resume ${flags}`, ...JSON.parse(text) });
}

const phases = ["start-up", "training", "evaluation", "metrics write", "checkpoint write", "end"];
const sum = (numbers) => numbers.reduce((total, each) => total + each, 0);
const counts = (way) => (result) => phases.map((phase) => result.kills[way]?.[phase] ?? 0);
const ways = ["random instants", "write boundaries", "loss of power"];
const total = (way) => phases.map((_, i) => sum(results.map((each) => counts(way)(each)[i])));
const row = (name, numbers) => `| ${name} | ${numbers.join(" | ")} | ${sum(numbers)} |`;
const kills = Object.fromEntries(
  ways.map((way) => [way, Object.fromEntries(phases.map((phase, i) => [phase, total(way)[i]]))]),
);
const summary = {
  made: "node apps/cli/scripts/verify-campaign.mjs DIR",
  node: process.versions.node,
  total: sum(results.map((each) => each.total)),
  runs: sum(results.map((each) => each.runs)),
  differences: sum(results.map((each) => each.differences.length)),
  kills,
  experiments: results.map((each) => ({ ...each, faults: undefined })),
  faults: results
    .flatMap(({ faults = [] }) => faults)
    .map(({ fault, said, differences, skipped }) => ({
      fault,
      said: said.replaceAll(/\/tmp\/grok-verify-\w+\/fault-\w+\//g, ""),
      ...(skipped === undefined ? { differences } : { skipped }),
    })),
};
writeFileSync(join(root, "results/verify-resume.json"), `${JSON.stringify(summary, null, 2)}\n`);

const table = [
  `| killed | ${phases.join(" | ")} | all |`,
  `|---|${"---:|".repeat(phases.length + 1)}`,
  ...ways.map((way) => row(way, total(way))),
].join("\n");
const tried = summary.faults.filter(({ skipped }) => skipped === undefined).length;
const words = `${summary.total} kills of ${summary.runs} runs, and ${tried} faults, over ${results.length} sets of flags (one and two threads; WebAssembly): ${summary.differences} differences. [results/verify-resume.json](../results/verify-resume.json) has them one by one, with their commands.`;
const page = join(root, "docs/reliability.md");
const [begin, end] = ["<!-- verify-resume: begin -->", "<!-- verify-resume: end -->"];
const text = readFileSync(page, "utf8");
const [before, rest] = text.split(begin);
const [, after] = rest.split(end);
writeFileSync(page, `${before}${begin}\n${words}\n\n${table}\n${end}${after}`);
console.log(`${words}\n\n${table}`);
