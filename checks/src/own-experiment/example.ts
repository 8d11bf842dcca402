import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { root } from "../packages.ts";

/** An experiment of somebody's own: an extension of `examples/`, or flags alone. */
export interface Example {
  readonly name: string;
  /** The file of its extension; null if flags are enough. */
  readonly file: string | null;
  readonly flags: readonly string[];
}

const extension = (name: string): Example => ({
  name,
  file: join(root, "examples", `${name}.ts`),
  flags: ["--preset", name],
});

/** The experiments that the campaign does. */
export const examples: readonly Example[] = [
  extension("d5"),
  extension("rnn"),
  {
    name: "formula",
    file: null,
    flags: ["--preset", "mlp", "--formula", "a^2 + a*b", "--p", "23"],
  },
  {
    name: "square",
    file: null,
    flags: ["--preset", "order-parameters", "--activation", "square", "--loss", "mse", "--p", "97"],
  },
];

/** How many lines an example's extension has; 0 if flags are enough. */
export async function lineCount({ file }: Example): Promise<number> {
  return file === null ? 0 : (await readFile(file, "utf8")).trimEnd().split("\n").length;
}
