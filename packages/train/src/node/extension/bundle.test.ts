import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { bundleExtension } from "./bundle";

let root: string;
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), "grok-bundle-"));
});
afterAll(() => rm(root, { recursive: true }));

/** Writes files below the folder, and gives the first one's path. */
async function written(folder: string, files: Record<string, string>): Promise<string> {
  for (const [name, text] of Object.entries(files)) {
    await mkdir(dirname(join(root, folder, name)), { recursive: true });
    await writeFile(join(root, folder, name), text);
  }
  return join(root, folder, Object.keys(files)[0] as string);
}

const source = `import { n } from "./lib/n";
import { twice } from "doubling";
import rows from "./rows.csv";
// Five rows.
export default { name: "mine", size: twice(n), rows };
`;
const files = {
  "mine.ts": source,
  "lib/n.ts": "export const n: number = 5;\n",
  "rows.csv": "a,b\n1,2\n",
};
const doubling = {
  "node_modules/doubling/package.json":
    '{ "name": "doubling", "version": "1.2.3", "main": "m.js" }',
  "node_modules/doubling/m.js": "exports.twice = (x) => 2 * x;\n",
};

it("gives the same bytes in every folder, with packages that lie elsewhere and other line ends", async () => {
  const one = await bundleExtension(await written("one", { ...files, ...doubling }));
  const crlf = Object.fromEntries(
    Object.entries(files).map(([name, text]) => [
      name,
      name.endsWith(".ts") ? text.replaceAll("\n", "\r\n") : text,
    ]),
  );
  await written("deep/er", doubling);
  const tsconfig = {
    "tsconfig.json": '{ "compilerOptions": { "target": "es5", "jsx": "react" } }',
  };
  const two = await bundleExtension(await written("deep/er/than/that", { ...crlf, ...tsconfig }));
  expect(two.sha256).toBe(one.sha256);
  expect(new TextDecoder().decode(one.code)).not.toContain(root);
  // Of this version of esbuild: another digest would be another experiment.
  expect(one.sha256).toMatchInlineSnapshot(
    `"bb7a51ee35ab45da6fc9df62863568b8e65406330bcc6482bf9542408e3d3576"`,
  );
});

it("takes a bundle as it is", async () => {
  const path = await written("made", { "plain.js": "export default { name: 'plain' };" });
  const made = await bundleExtension(path);
  const kept = join(root, "made", "kept.mjs");
  await writeFile(kept, made.code);
  const again = await bundleExtension(kept);
  expect([...again.code]).toEqual([...made.code]);
  expect(again).toMatchObject({ sha256: made.sha256, file: "kept.mjs" });
});

it("finds a package that is installed, in modules of both forms", async () => {
  const entry = `module.exports = { name: "packed" };`;
  await written("user", {
    "node_modules/packed/package.json": '{ "name": "packed", "version": "1.0.0", "main": "a.cjs" }',
    "node_modules/packed/a.cjs": entry,
  });
  const { code, file } = await bundleExtension("packed", join(root, "user"));
  expect(new TextDecoder().decode(code)).toContain(`name: "packed"`);
  expect(file).toBe("packed");
  await expect(bundleExtension("unpacked", join(root, "user"))).rejects.toThrow(
    "unpacked cannot be bundled: unpacked cannot be found.",
  );
});

it("says in a sentence why something cannot be bundled", async () => {
  const refusal = async (text: string) => {
    const path = await written("wrong", { "wrong.ts": text });
    const error: Error = await bundleExtension(path).then(
      () => expect.fail(),
      (caught) => caught,
    );
    return `${error.name}: ${error.message.replaceAll(root, "ROOT")}`;
  };
  expect(await refusal("export const a = 1;")).toMatchInlineSnapshot(
    `"ExtensionError: ROOT/wrong/wrong.ts has no default export; an extension ends in export default defineExtension({ name: "…", … })."`,
  );
  expect(await refusal("export default {\n  a: ;")).toMatchInlineSnapshot(
    `"ExtensionError: ROOT/wrong/wrong.ts cannot be bundled: wrong.ts:2:6: Unexpected ";"."`,
  );
  expect(await refusal("await 1; export default {};")).toMatchInlineSnapshot(
    `"ExtensionError: ROOT/wrong/wrong.ts cannot be bundled: an extension cannot await outside of a function."`,
  );
  expect(await refusal("import a from './b'; export default a;")).toMatchInlineSnapshot(
    `"ExtensionError: ROOT/wrong/wrong.ts cannot be bundled: wrong.ts:1:15: ./b cannot be found."`,
  );
  expect(await refusal("import a from 'fs'; export default a;")).toMatchInlineSnapshot(
    `"ExtensionError: ROOT/wrong/wrong.ts cannot be bundled: wrong.ts:1:15: fs is Node's own, and an extension runs on a page as well."`,
  );
  expect(await refusal("export default await import('node:os');")).toMatchInlineSnapshot(
    `"ExtensionError: ROOT/wrong/wrong.ts cannot be bundled: an extension cannot await outside of a function."`,
  );
  expect(
    await refusal("import a from '@grok/train/node'; export default a;"),
  ).toMatchInlineSnapshot(
    `"ExtensionError: ROOT/wrong/wrong.ts cannot be bundled: wrong.ts:1:15: @grok/train/node is not among what an extension may import from its host: @grok/data, @grok/metrics, @grok/metrics/numerics, @grok/metrics/prediction, @grok/metrics/statistics, @grok/metrics/upstream, @grok/models, @grok/ops, @grok/optim, @grok/train, @grok/train/analysis, @grok/train/archive, @grok/train/fork, @grok/train/front-end, @grok/train/link, @grok/train/safetensors, @tensorflow/tfjs-core, zod."`,
  );
  expect(await refusal("import a from './a.wasm'; export default a;")).toMatchInlineSnapshot(
    `"ExtensionError: ROOT/wrong/wrong.ts cannot be bundled: wrong.ts:1:15: ./a.wasm cannot be found."`,
  );
  await expect(bundleExtension(join(root, "none.ts"))).rejects.toThrow("There is no file");
  await expect(bundleExtension(root)).rejects.toThrow(
    `${root} is no regular file, but a folder, a pipe, a socket or a device.`,
  );
});
