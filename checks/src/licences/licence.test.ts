import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build } from "esbuild";
import { afterEach, beforeEach, expect, it } from "vitest";
import { licences } from "./esbuild-plugin.ts";
import { licenceOf, licencesText, packageOf } from "./licence.ts";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "grok-licences-"));
});
afterEach(() => rm(folder, { recursive: true }));

async function makePackage(name: string, files: Record<string, string>): Promise<string> {
  const own = join(folder, "node_modules", name);
  await mkdir(join(own, "esm"), { recursive: true });
  const manifest = { name, version: "1.2.3", license: "MIT", main: "esm/index.js", type: "module" };
  await writeFile(join(own, "package.json"), JSON.stringify(manifest));
  await writeFile(join(own, "esm/index.js"), `export const x = ${JSON.stringify(name)};`);
  // As packages have it that bring two kinds of modules.
  await writeFile(join(own, "esm/package.json"), '{"type":"module"}');
  for (const [file, text] of Object.entries(files)) await writeFile(join(own, file), text);
  return own;
}

it("finds the package of a module, its licence and its notices", async () => {
  const own = await makePackage("a", { LICENSE: "You may.\n", "NOTICE.md": "By A.", "x.js": "" });
  expect(packageOf(join(own, "esm/index.js"))).toBe(own);
  expect(packageOf("/work/src/index.ts")).toBeNull();
  expect(licenceOf(own)).toEqual({ name: "a 1.2.3", licence: "MIT", text: "You may.\n\nBy A." });
});

it("writes the licences of what a library bundles, and fails for what has none", async () => {
  await makePackage("a", { LICENCE: "You may." });
  await makePackage("unused", {});
  await makePackage("none", {});
  const leaving = await makePackage("leaves-out", { LICENSE: "You may." });
  await writeFile(
    join(leaving, "package.json"),
    '{"name":"leaves-out","version":"1.2.3","license":"MIT","main":"esm/index.js","browser":{"none":false}}',
  );
  await writeFile(join(leaving, "esm/index.js"), 'export * from "none"; export const y = 1;');
  const made = async (code: string, embedded: string[] = []) => {
    await writeFile(join(folder, "index.js"), code);
    await build({
      entryPoints: [join(folder, "index.js")],
      bundle: true,
      format: "esm",
      outdir: join(folder, "dist"),
      logLevel: "silent",
      plugins: [licences({ embedded })],
    });
  };
  await made('import { x } from "a"; import { x as y } from "unused"; console.log(x);');
  const text = await readFile(join(folder, "dist/licences.txt"), "utf8");
  expect(text).toMatch(/a 1\.2\.3 \(MIT\)\n=+\n\nYou may\./);
  expect(text).not.toContain("unused");
  // What `browser` in a package.json switches off is not bundled, and has no licence to look for.
  await made('import * as none from "leaves-out"; console.log(none);');
  expect(await readFile(join(folder, "dist/licences.txt"), "utf8")).toMatch(/^leaves-out 1\.2\.3/m);
  await expect(made('import { x } from "none"; console.log(x);')).rejects.toThrow(
    /No licence text was found of none 1\.2\.3, which would be published/,
  );
  await expect(made("console.log(1);", ["no-such-package"])).rejects.toThrow(/no-such-package/);
});

it("fails for a package without a text", async () => {
  const own = await makePackage("b", { "README.md": "MIT" });
  expect(() => licencesText([licenceOf(own)])).toThrow("No licence text was found of b 1.2.3");
});
