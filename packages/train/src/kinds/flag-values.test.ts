import { readFile, writeFile } from "node:fs/promises";
import { expect, it } from "vitest";
import { fieldsAt } from "../experiment/field";
import type { Flag } from "../flag/flag";
import { camel } from "../flag/kebab";
import { collect } from "../kind/collection";

/** The type of a flag's value in code. */
function typeOf({ path, type, choices }: Flag): string {
  const values =
    type === "choice"
      ? (choices ?? []).map((choice) => JSON.stringify(choice))
      : type === "boolean"
        ? ["boolean"]
        : type === "number"
          ? ["number"]
          : ["string", "number", "readonly string[]"];
  const schemas = path === null ? [] : fieldsAt(collect().schema, path);
  const isNullable = schemas.some((schema) => schema.safeParse(null).success);
  if (schemas.some((schema) => schema.safeParse([1, 2, 3]).success))
    values.push("readonly number[]");
  return [...values, ...(isNullable ? ["null"] : [])].join(" | ");
}

it("has every flag with its sentence, as an editor shows it", async () => {
  const { flags } = collect();
  const fields = flags
    .filter(({ group }) => group !== "output")
    .map((flag) => `  /** ${flag.description} */\n  ${camel(flag.name)}?: ${typeOf(flag)};\n`);
  const text = `/**
 * The flags of built-in kinds in camelCase, with their values in code. It is written by
 * flag-values.test.ts from the kinds: \`GROK_WRITE=1 vitest run packages/train/src/kinds\`, then format.
 */
export interface FlagValues {
${fields.join("")}}
`;
  const file = new URL("./flag-values.ts", import.meta.url);
  if (process.env.GROK_WRITE !== undefined) await writeFile(file, text);
  // Where lines break is the formatter's to say.
  const bare = (code: string) => code.replaceAll(/[\s|]/g, "");
  expect(bare(await readFile(file, "utf8"))).toBe(bare(text));
});
