import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { root } from "../packages.ts";

/** An experiment of somebody's own: an extension of `examples/`, or flags alone. */
export interface Example {
  readonly name: string;
  /** The file of its extension; null if flags are enough. */
  readonly file: string | null;
  readonly flags: readonly string[];
  /** The same experiment as a loop of one's own, in `examples/`, with what it takes before STEPS. */
  readonly bareLoop: readonly [file: string, ...args: string[]];
  /** A data file that the flags name, by its name. */
  readonly data?: Readonly<Record<string, string>>;
}

const extension = (name: string): Example => ({
  name,
  file: join(root, "examples", `${name}.ts`),
  flags: ["--preset", name],
  bareLoop: [`bare/${name}.ts`],
});

/** The experiments that the campaign does. */
export const examples: readonly Example[] = [
  extension("d5"),
  extension("rnn"),
  {
    name: "formula",
    file: null,
    flags: ["--preset", "mlp", "--formula", "2*a + 3*b", "--p", "23"],
    bareLoop: ["own-task.ts"],
  },
  {
    name: "square",
    file: null,
    flags: ["--preset", "order-parameters", "--activation", "square", "--loss", "mse", "--p", "97"],
    bareLoop: ["bare/square.ts"],
  },
  {
    name: "polynomial",
    file: null,
    flags: [
      "--preset",
      "mlp",
      "--task",
      "polynomial",
      "--features",
      "100",
      "--coefficients",
      "0,0,0.5",
      "--width",
      "500",
      "--depth",
      "2",
      "--output-scale",
      "2",
    ],
    bareLoop: ["bare/polynomial.ts"],
  },
  {
    name: "rows",
    file: null,
    flags: ["--preset", "mlp", "--data", "rows.csv", "--target", "class", "--width", "128"],
    bareLoop: ["bare/rows.ts", "rows.csv", "class"],
    data: { "rows.csv": rowsOfFeatures() },
  },
];

/**
 * 1,000 rows of 20 features between −1 and 1, and the class that the signs of the first two make: as
 * parity is, it is in no single feature.
 */
function rowsOfFeatures(): string {
  const titles = Array.from({ length: 20 }, (_, i) => `x${i}`);
  let state = 1;
  const next = () => {
    // A linear congruential generator: the file is the same everywhere.
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Number((state / 2 ** 31 - 1).toFixed(4));
  };
  const rows = Array.from({ length: 1_000 }, () => {
    const features = titles.map(next);
    const [first = 0, second = 0] = features;
    return [...features, first * second > 0 ? "same" : "other"].join(",");
  });
  return `${[[...titles, "class"].join(","), ...rows].join("\n")}\n`;
}

/** How many lines an example's extension has; 0 if flags are enough. */
export async function lineCount({ file }: Pick<Example, "file">): Promise<number> {
  return file === null ? 0 : (await readFile(file, "utf8")).trimEnd().split("\n").length;
}

/** How many lines the same experiment has as a loop of one's own. */
export async function bareLines({ bareLoop: [name] }: Example): Promise<number> {
  return lineCount({ file: join(root, "examples", name) });
}
