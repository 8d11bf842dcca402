// Tries the readers of what comes from others with cases that nobody meant.
//   node --conditions=@grok/source --experimental-transform-types --no-warnings \
//     --import ./scripts/from-source.mjs apps/cli/test/fuzz/fuzz.ts \
//     --format safetensors --cases 1000000 --seed 1 [--json results/fuzz.json] [--only INDEX]
// A result is put into the JSON file beside those of other formats. --only shows one case.
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { Random } from "./random";
import { type FuzzResult, runFuzz } from "./run-fuzz";
import { targets } from "./targets/index";

const { values } = parseArgs({
  options: {
    format: { type: "string", default: "all" },
    cases: { type: "string", default: "100000" },
    seed: { type: "string", default: "1" },
    json: { type: "string" },
    only: { type: "string" },
  },
});
const chosen = targets.filter(({ name }) => values.format === "all" || name === values.format);
if (chosen.length === 0) {
  throw new RangeError(
    `--format must be all or one of ${targets.map(({ name }) => name).join(", ")}.`,
  );
}
const seed = Number(values.seed);
for (const target of chosen) {
  if (values.only !== undefined) {
    const input = target.make(new Random(seed, target.name, Number(values.only)));
    console.log(typeof input === "string" ? input : Buffer.from(input).toString("latin1"));
    console.log(await target.check(input));
    continue;
  }
  const before = process.cpuUsage();
  const result = await runFuzz(target, Number(values.cases), seed);
  const { user, system } = process.cpuUsage(before);
  console.log(
    `${result.format}: ${result.cases} cases, ${result.valid} valid, ${result.refused} refused, ${Math.round((user + system) / 1e6)} s of a processor`,
  );
  if (values.json !== undefined) save(values.json, result);
}

function save(file: string, result: FuzzResult): void {
  const written = existsSync(file)
    ? (JSON.parse(readFileSync(file, "utf8")) as { results: FuzzResult[] }).results
    : [];
  const results = [...written.filter(({ format }) => format !== result.format), result];
  const command =
    "node --conditions=@grok/source --experimental-transform-types --import ./scripts/from-source.mjs apps/cli/test/fuzz/fuzz.ts --format FORMAT --cases CASES --seed SEED --json results/fuzz.json";
  writeFileSync(file, `${JSON.stringify({ command, results }, null, 2)}\n`);
}
