import { createHash } from "node:crypto";
import { expect, it } from "vitest";
import * as z from "zod";
import { extensionLimit, wrapped } from "./format";
import { loadExtension } from "./load";

const modules = { zod: { z, __esModule: true } };
const bytes = (text: string) => new TextEncoder().encode(text);
const load = (code: string) => loadExtension(bytes(wrapped(code)), "mine.ts", modules);
const define = (value: string) => load(`module.exports.default = ${value};`);
const refusal = (value: string) =>
  define(value).then(
    () => "nothing",
    (error: Error) => `${error.name}: ${error.message}`,
  );

it("runs a bundle on the host's modules and knows it by its digest", async () => {
  const code = bytes(
    wrapped(`const { z } = require("zod");
    module.exports.default = { name: "mine", tasks: [{ name: "t", sentence: "T.", settings: z.strictObject({}) }] };`),
  );
  const { extension, sha256, ...rest } = await loadExtension(code, "mine.ts", modules);
  expect(extension.tasks?.[0]?.name).toBe("t");
  expect(sha256).toBe(createHash("sha256").update(code).digest("hex"));
  expect(rest).toEqual({ code, file: "mine.ts" });
});

it("says what is wrong with a definition, naming the file and the part", async () => {
  const part = "{ name: 'm', sentence: 'M.', settings: { width: 5 } }";
  const twice = "{ name: 'm', sentence: 'M.' }";
  const sentences: [value: string, sentence: string][] = [
    [
      "undefined",
      'mine.ts has no default export; an extension ends in export default defineExtension({ name: "…", … }).',
    ],
    ["null", "The default export of mine.ts must be what defineExtension gives, not null."],
    ["[]", "The default export of mine.ts must be what defineExtension gives, not a list."],
    [
      "{ name: '../x' }",
      'The name of the extension in mine.ts must be a lower-case letter and then at most 39 lower-case letters, digits and dashes, and no device of Windows, not "../x".',
    ],
    ["{ name: 'x', task: [] }", "mine.ts has an unknown key task; did you mean tasks?"],
    ["{ name: 'x', tasks: {} }", "tasks of mine.ts must be a list, not an object."],
    ["{ name: 'x', tasks: [5] }", "A task of mine.ts must be an object, not 5."],
    ["{ name: 'x', models: [{}] }", "A model of mine.ts needs a name, not undefined."],
    [
      "{ name: 'x', models: [{ name: 'm' }] }",
      'The model "m" of mine.ts needs a sentence that says what it is.',
    ],
    [
      `{ name: 'x', models: [${part}] }`,
      'The settings of the model "m" of mine.ts must be a schema as z.strictObject({ … }) makes it, with z from @grok/train, not an object.',
    ],
    [`{ name: 'x', losses: [${twice}, ${twice}] }`, 'The loss "m" of mine.ts is defined twice.'],
    [
      "{ name: 'x', presets: [] }",
      "presets of mine.ts must be an object from names to presets, not a list.",
    ],
    ["{ name: 'x', presets: { p: 5 } }", 'Preset "p" of mine.ts must be an object, not 5.'],
    [
      "{ name: 'x', presets: { p: { task: { kind: 't' }, model: { architecture: 'mlp' } } } }",
      'Preset "p" of mine.ts needs optimizer: { kind: "…" }, not undefined.',
    ],
    [
      "{ name: 'x', presets: { p: { task: { kind: 't' }, model: { architecture: 'mlp' }, optimizer: { kind: 'adamw' }, training: { batch: {} } } } }",
      'Preset "p" of mine.ts needs training: { steps: …, batch: { mode: "…" }, evalEvery: … }, not an object.',
    ],
  ];
  for (const [value, sentence] of sentences) {
    expect(await refusal(value)).toBe(`ExtensionError: ${sentence}`);
  }
});

it("gives what is thrown while it is loaded as a sentence", async () => {
  await expect(load("throw new TypeError('no such thing')")).rejects.toThrow(
    "mine.ts throws while it is loaded: no such thing.",
  );
  await expect(load("throw Object.create(null)")).rejects.toThrow(
    "mine.ts throws while it is loaded: something that is no error.",
  );
  await expect(load("require('fs')")).rejects.toThrow(
    "mine.ts imports fs, which this program does not have; it has zod.",
  );
  await expect(load("{")).rejects.toThrow(/^mine\.ts throws while it is loaded: /);
});

it("runs nothing that is no bundle of this version", async () => {
  const tried = (text: string | Uint8Array<ArrayBuffer>) =>
    loadExtension(typeof text === "string" ? bytes(text) : text, "mine.mjs", modules);
  const trap = "\nglobalThis.trapped = true; export default () => ({ name: 'x' });\n";
  await expect(tried(trap)).rejects.toThrow("mine.mjs is no bundled extension");
  await expect(tried(`// grok extension: format 1, host API 2${trap}`)).rejects.toThrow(
    "mine.mjs was bundled as format 1 for host API 2, and this version loads format 1 for host API 1",
  );
  await expect(tried(`\uFEFF// grok extension: format 1, host API 1${trap}`)).rejects.toThrow(
    "no bundled",
  );
  await expect(tried(`// grok extension: format 1, host API 1 ${trap}`)).rejects.toThrow(
    "no bundled",
  );
  const large = `// grok extension: format 1, host API 1${trap}${" ".repeat(extensionLimit)}`;
  await expect(tried(large)).rejects.toThrow("an extension may have 4194304");
  await expect(tried(Uint8Array.of(0xff, 0xfe))).rejects.toThrow("mine.mjs is no text in UTF-8.");
  expect("trapped" in globalThis).toBe(false);
});
