import { existsSync } from "node:fs";
import { listPresets } from "@grok/train";
import { describe, expect, it } from "vitest";
import { inFreshFolder, run, summaryOf } from "./tiny";

inFreshFolder();

const transformer = ["--d-model", "8", "--n-heads", "2", "--n-layers", "1"];
const small: Record<string, string[]> = {
  mlp: ["--width", "8", "--embed-dim", "4", "--p", "7"],
  "order-parameters": ["--width", "8", "--p", "7"],
  orthograd: ["--width", "8", "--p", "7"],
  "addition-777": ["--digits", "2", "--test-size", "20", "--batch-size", "8"],
  "tiny-modular": ["--p", "7"],
};
/** Others differ from these in what the flags say. */
const alike = ["grokfast-baseline", "grokfast-ma", "softmax-collapse", "stablemax", "custom"];
const presets = listPresets()
  .map(({ name }) => name)
  .filter((name) => !alike.includes(name));
const isMlp = (preset: string) => ["mlp", "order-parameters", "orthograd"].includes(preset);
const isAddition = (preset: string) => preset === "addition-777";

/** A preset at a size that takes no time, for a few steps, with flags of which the last ones win. */
function lineOf(preset: string, flags: readonly string[]): string[] {
  const sizes = small[preset] ?? [...transformer, "--p", "7"];
  const all = [...sizes, "--steps", "3", "--eval-every", "3", "--backend", "cpu", ...flags];
  const chosen = new Map<string, string>();
  for (let i = 0; i < all.length; i += 2) chosen.set(all[i] as string, all[i + 1] as string);
  if (chosen.has("--epochs")) chosen.delete("--steps");
  return ["train", "--preset", preset, "--no-plots", "--out-dir", "run", ...[...chosen].flat()];
}

/** That a command ended in a result, or in one sentence that says what to do. */
async function expectClear(args: readonly string[]): Promise<{ status: number; said: string }> {
  const { status, stderr } = await run(args);
  const sentences = stderr.split("\n").filter((line) => line.startsWith("grok:"));
  const said = sentences.join("\n");
  expect(stderr).not.toMatch(/--debug shows where|\n\s+at |undefined|\[object|NaN GiB/);
  if (status === 0) {
    expect(sentences).toEqual([]);
    expect(["finished", "grokked"]).toContain((await summaryOf("run")).status);
  } else {
    expect(said).toMatch(/^grok: .+[.?]$/);
    expect(sentences).toHaveLength(1);
    // Wrong use is found before anything is made; a run that fails says so in its summary.
    if (status === 2) expect(existsSync("run")).toBe(false);
    else expect(await summaryOf("run")).toMatchObject({ status: "failed" });
  }
  return { status, said };
}

/** What is far out of range, and which presets have it. */
const extremes: [string, string[], (preset: string) => boolean][] = [
  ["a learning rate of a million", ["--lr", "1e6"], () => true],
  ["a learning rate that is next to nothing", ["--lr", "1e-300"], () => true],
  ["a learning rate beyond float32", ["--lr", "1e300"], () => true],
  ["a weight decay of a thousand", ["--weight-decay", "1e3"], () => true],
  ["a weight decay beyond float32", ["--weight-decay", "1e300"], () => true],
  ["width 1", ["--width", "1"], isMlp],
  ["embeddings of 1", ["--embed-dim", "1"], (preset) => preset === "mlp"],
  ["one feature", ["--d-model", "1", "--n-heads", "1"], (preset) => !isMlp(preset)],
  ["a feed-forward of nothing", ["--mlp-mult", "1e-9"], (preset) => !isMlp(preset)],
  ["p 2", ["--p", "2", "--op", "+"], (preset) => !isAddition(preset)],
  ["p 2 divided", ["--p", "2", "--op", "/"], (preset) => !isAddition(preset)],
  [
    "p 3 with one example",
    ["--p", "3", "--train-fraction", "0.12"],
    (preset) => !isAddition(preset),
  ],
  ["a validation set of one", ["--train-fraction", "0.999999"], (preset) => !isAddition(preset)],
  [
    "a batch larger than the data",
    ["--batch-size", "100000"],
    (preset) => preset === "mlp" || preset === "mlx",
  ],
  ["alpha of −400", ["--alpha", "-400"], isMlp],
  ["alpha of 400", ["--alpha", "400"], isMlp],
  ["eps of 1e300", ["--eps", "1e300"], () => true],
  ["eps of 1e-300", ["--eps", "1e-300"], () => true],
  ["a clip of 1e-300", ["--clip", "1e-300"], () => true],
  ["a weight norm of 1e-300", ["--weight-norm", "1e-300"], () => true],
  ["a weight norm of 1e30", ["--weight-norm", "1e30"], () => true],
  ["initial weights of 1e30", ["--init-scale", "1e30"], (preset) => preset !== "omnigrok"],
  ["initial weights of next to nothing", ["--init-scale", "1e-300"], () => true],
  ["logits times 1e38", ["--output-scale", "1e38"], () => true],
  ["warm-up of 10^15 steps", ["--warmup-steps", "1e15"], () => true],
  ["evaluations past the end", ["--eval-every", "1e9"], () => true],
  ["a negative seed", ["--seed", "-3"], () => true],
  ["the largest seed", ["--seed", "9007199254740991"], () => true],
];

describe("numbers far out of range", () => {
  const cases = extremes.flatMap(([what, flags, has]) =>
    presets.filter(has).map((preset) => [preset, what, flags] as const),
  );
  it.each(cases)("%s with %s ends in a result or a sentence", async (preset, _, flags) => {
    const { status } = await expectClear(lineOf(preset, flags));
    expect(status).toBeLessThan(3);
  });

  const refused: [string, string[], RegExp][] = [
    [
      "mlx",
      ["--steps", "0"],
      /^grok: --steps must be a whole number from 1 to 1000000000, not 0\.$/,
    ],
    ["mlx", ["--steps", "-1"], /^grok: --steps must be .*, not -1\.$/],
    ["mlx", ["--steps", "1e10"], /^grok: --steps must be .*, not 10000000000\.$/],
    ["mlx", ["--epochs", "1e99"], /^grok: --epochs asks for .* steps.*allowed are 1000000000\.$/],
    ["mlx", ["--epochs", "0"], /^grok: --epochs must be a number greater than 0, not 0\.$/],
    ["mlx", ["--train-fraction", "1"], /^grok: --train-fraction must be .* less than 1, not 1\.$/],
    ["mlx", ["--train-fraction", "1e-9"], /leaves none for training/],
    ["mlx", ["--n-heads", "3"], /^grok: The network cannot be built: .*3 heads\.$/],
    ["mlx", ["--p", "96", "--op", "/"], /modulus p must be prime, not 96\.$/],
    ["mlx", ["--p", "1"], /^grok: --p must be a whole number from 2 to 4096, not 1\.$/],
    ["mlx", ["--p", "1e6"], /^grok: --p must be a whole number from 2 to 4096, not 1000000\.$/],
    [
      "mlx",
      ["--batch-size", "0"],
      /^grok: --batch-size must be a whole number of at least 1, not 0\.$/,
    ],
    [
      "mlx",
      ["--batch-size", "1e12"],
      /^grok: --batch-size must be at most 21, .*not 1000000000000\.$/,
    ],
    ["mlp", ["--batch-size", "1e12"], /GiB of memory for a batch/],
    ["mlp", ["--width", "65536", "--depth", "64"], /GiB of memory for weights/],
    ["mlx", ["--d-model", "8192", "--n-layers", "128"], /GiB of memory for weights/],
    ["mlx", ["--lr", "NaN"], /^grok: --lr must be a number greater than 0, not "NaN"\.$/],
    ["mlx", ["--lr", "Infinity"], /^grok: --lr must be .*, not "Infinity"\.$/],
    ["mlx", ["--lr", "1e999"], /^grok: --lr must be .*\.$/],
    ["mlx", ["--lr", "0x10"], /^grok: --lr must be .*, not "0x10"\.$/],
    ["mlx", ["--lr", ""], /^grok: --lr must be .*, not ""\.$/],
    ["mlx", ["--lr", "0"], /^grok: --lr must be a number greater than 0, not 0\.$/],
    ["mlx", ["--seed", ""], /^grok: --seed must be a whole number .*, not ""\.$/],
    ["mlx", ["--seed", "1.5"], /^grok: --seed must be a whole number/],
    ["mlx", ["--seed", "9007199254740992"], /^grok: --seed must be a whole number/],
    ["mlx", ["--threads", "0"], /^grok: --threads must be/],
    ["mlx", ["--dropout", "1"], /^grok: --dropout must be .* less than 1, not 1\.$/],
    [
      "addition-777",
      ["--digits", "0"],
      /^grok: --digits must be a whole number from 1 to 15, not 0\.$/,
    ],
    ["addition-777", ["--test-size", "0"], /^grok: --test-size must be/],
  ];
  it.each(refused)("%s refuses %j", async (preset, flags, message) => {
    const { status, said } = await expectClear(lineOf(preset, flags));
    expect(said).toMatch(message);
    expect(status).toBe(2);
  });
});
