import { existsSync } from "node:fs";
import { mkdtemp, readdir, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { stopBackend } from "@grok/backend";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { run } from "../../../apps/cli/test/tiny.ts";
import { runFromSource } from "../from-source.ts";
import { type CodeBlock, codeBlocks, isScript } from "../markdown/blocks.ts";
import { expectPrinted } from "../markdown/printed.ts";
import { root } from "../packages.ts";
import { treatmentOf } from "./commands.ts";

vi.setConfig({ testTimeout: 240_000 });

const guides = (await readdir(join(root, "docs/guides"))).map((name) => `docs/guides/${name}`);
const documents = ["README.md", "CONTRIBUTING.md", "examples/README.md", ...guides].filter((file) =>
  existsSync(join(root, file)),
);
const before = process.cwd();

/** The command lines of a block, in which `\` continues in the next line. */
function commandLines({ text }: CodeBlock): string[] {
  return text
    .replace(/\\\n\s*/g, "")
    .split("\n")
    .filter((line) => line.trim() !== "" && !line.startsWith("#"));
}

describe.each(documents)("the code in %s", (file) => {
  const blocks = codeBlocks(file);
  let folder: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "grok-documents-"));
    // Scripts find the packages as the examples do.
    await symlink(join(root, "examples/node_modules"), join(folder, "node_modules"), "junction");
    // Documents name files of the repository by their paths.
    await symlink(join(root, "packages"), join(folder, "packages"), "junction");
    process.chdir(folder);
  });
  afterAll(async () => {
    process.chdir(before);
    await stopBackend();
    await rm(folder, { recursive: true, force: true });
  });

  it("is in languages that a test knows", () => {
    const languages = new Set(blocks.map(({ language }) => language));
    const known = ["sh", "js", "ts", "yaml", "json", "text", "mermaid"];
    expect(known).toEqual(expect.arrayContaining([...languages]));
  });

  // In the order of the document, as its readers come to them: scripts read what commands made.
  for (const block of blocks) {
    if (isScript(block)) {
      it(`line ${block.line}: the script runs and prints what it says`, async () => {
        const script = join(folder, `line-${block.line}.ts`);
        await writeFile(script, block.text);
        expectPrinted(block.text, await runFromSource(script, [], folder));
      });
      continue;
    }
    if (block.language !== "sh") continue;
    it.each(commandLines(block).map((line) => [line]))("$ %s", async (line) => {
      const treatment = treatmentOf(line);
      expect(treatment, "no rule in commands.ts says what to do with it").toBeDefined();
      if (treatment?.kind === "grok") {
        const { status, stderr } = await run(treatment.args);
        expect(status, stderr).toBe(0);
      }
      const example = /pnpm@12 example ([\w-]+)/.exec(line)?.[1];
      if (example !== undefined) {
        expect(existsSync(join(root, `examples/${example}.ts`)), line).toBe(true);
      }
      if (treatment?.kind === "not run") console.log(`not run: ${line}\n  ${treatment.reason}`);
    });
  }
});
