import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { type CodeBlock, codeBlocks, isScript } from "../markdown/blocks.ts";
import { root } from "../packages.ts";

/** The first line of a block that quotes a file of the repository. */
const quoted = /^\/\/ ((?:apps|bench|packages)\/\S+\.tsx?)\n/;

const documents = ["packages", "apps"]
  .flatMap((folder) => readdirSync(join(root, folder)).map((name) => `${folder}/${name}/README.md`))
  .concat(readdirSync(join(root, "docs/guides")).map((name) => `docs/guides/${name}`))
  .concat("CONTRIBUTING.md", "README.md")
  .filter((file) => existsSync(join(root, file)));
const quotes = documents
  .flatMap((file) => codeBlocks(file))
  .filter((block) => isScript(block) && quoted.test(block.text));

/** Code without its indentation, which a quotation may change. */
function unindented(code: string): string {
  return code
    .split("\n")
    .map((line) => line.trim())
    .join("\n")
    .trim();
}

it("finds what documents quote", () => {
  expect(quotes.length).toBeGreaterThan(2);
});

it.each(quotes.map((block): [string, CodeBlock] => [`${block.file}:${block.line}`, block]))(
  "%s is in the file that it names",
  (_, { text }) => {
    const [line, file = ""] = quoted.exec(text) ?? [];
    const source = unindented(readFileSync(join(root, file), "utf8"));
    expect(source).toContain(unindented(text.slice(line?.length)));
  },
);
