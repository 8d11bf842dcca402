// The types as published: what strict users of TypeScript compile, from the tarballs.
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { codeBlocks, isScript } from "../markdown/blocks.ts";
import { expectPrinted } from "../markdown/printed.ts";
import { entryPoints, packages, root } from "../packages.ts";
import type { Project } from "./project.ts";
import { Workplace } from "./workplace.ts";

vi.setConfig({ testTimeout: 240_000 });

/** The oldest TypeScript that takes the types: before it `Uint8Array` had no parameter. */
const oldest = "5.7.3";

const compilers = {
  [oldest]: "node_modules/oldest-typescript/bin/tsc",
  "of the workspace": join(root, "node_modules/.bin/tsc"),
};

/** The entry points whose types contain those of tfjs. */
const withTfjs = ["@grok/backend", "@grok/ops", "@grok/ops/conformance"];

/** The entry points whose types name those of Node. */
const withNode = [
  "@grok/reproduce/node",
  "@grok/sweep/node",
  "@grok/sweep/queue",
  "@grok/train/node",
];

/** The file that imports an entry point. */
const fileOf = (name: string) => `${name.replaceAll(/\W+/g, "-").slice(1)}.mts`;

let place: Workplace;
let project: Project;
let typed: string;

beforeAll(async () => {
  place = await Workplace.open();
  project = await place.project("types");
  const names = packages().map(({ manifest }) => manifest.name);
  const others = ["core", "backend-cpu"].map((name) => `@tensorflow/tfjs-${name}`);
  const { version } = JSON.parse(
    await readFile(join(root, "node_modules/@types/node/package.json"), "utf8"),
  );
  await project.addStrictly([
    ...names,
    ...others,
    `@types/node@${version}`,
    `oldest-typescript@npm:typescript@${oldest}`,
  ]);
  typed = await readFile(join(root, "checks/src/install/projects/typescript/main.ts"), "utf8");
  await project.write("examples/main.mts", typed);
  for (const name of packages().map((each) => each.name)) {
    const script = codeBlocks(`packages/${name}/README.md`).find(isScript)?.text ?? "";
    await project.write(`examples/readme-${name}.mts`, script);
  }
  for (const name of entryPoints().keys()) {
    const text = `import * as all from "${name}";\nexport const names = Object.keys(all);\n`;
    await project.write(`imports/${fileOf(name)}`, text);
    if (!withTfjs.includes(name)) await project.write(`alone/${fileOf(name)}`, text);
  }
  const folder = "checks/src/install/projects/typescript";
  for (const name of ["own-tensors.ts", "tensors-of-tfjs.ts"]) {
    const text = await readFile(join(root, folder, name), "utf8");
    await project.write(`${name.replace(".ts", "")}/main.mts`, text);
  }
}, 240_000);
afterAll(() => place?.close());

/** Compiles files strictly; gives the errors, a line each. */
async function compile(
  compiler: string,
  include: readonly string[],
  options: Readonly<Record<string, unknown>>,
): Promise<string[]> {
  const compilerOptions = {
    strict: true,
    noUncheckedIndexedAccess: true,
    exactOptionalPropertyTypes: true,
    verbatimModuleSyntax: true,
    target: "es2022",
    module: "nodenext",
    rootDir: "examples",
    outDir: "out",
    ...options,
  };
  await project.write("tsconfig.json", JSON.stringify({ compilerOptions, include }));
  const program = compiler.startsWith("node_modules") ? process.execPath : compiler;
  const args = program === compiler ? [] : [join(project.folder, compiler)];
  return project.execute(program, [...args, "--project", "tsconfig.json"]).then(
    () => [],
    (error: Error) => error.message.split("\n").filter((line) => /error TS/.test(line)),
  );
}

const examples = ["examples/*.mts"];
const usual = { skipLibCheck: true, lib: ["es2023", "dom"], types: ["node"] };
/** With no types but those of JavaScript, all of which are checked. */
const alone = { skipLibCheck: false, lib: ["es2023"], types: [], noEmit: true, rootDir: "." };

describe.each(Object.entries(compilers))("TypeScript %s", (_, compiler) => {
  it("compiles the example of each README, strictly", async () => {
    expect(await compile(compiler, examples, usual)).toEqual([]);
  });

  it("finds no error in types of ours without skipLibCheck", async () => {
    const all = { ...usual, skipLibCheck: false, noEmit: true, rootDir: "." };
    const errors = await compile(compiler, ["imports/*.mts"], all);
    // tfjs-core 4.22 misses the types of `long`, and has types of WebGPU that are not those of the DOM.
    const theirs = /@tensorflow\/tfjs-|@webgpu\/types|lib\.dom\.d\.ts/;
    expect(errors.filter((line) => !theirs.test(line))).toEqual([]);
  });

  it("finds none at all, without the DOM, in packages whose types are free of tfjs", async () => {
    const errors = await compile(compiler, ["alone/*.mts"], { ...alone, types: ["node"] });
    expect(errors).toEqual([]);
  });
});

describe("without skipLibCheck and with nothing but es2023", () => {
  const workspace = Object.values(compilers)[1] as string;
  const names = [...entryPoints().keys()].filter((name) => !withTfjs.includes(name));

  it.each(names.filter((name) => !withNode.includes(name)))("%s has no error", async (name) => {
    expect(await compile(workspace, [`alone/${fileOf(name)}`], alone)).toEqual([]);
  });

  it.each(withNode)("%s lacks the types of Node only", async (name) => {
    const errors = await compile(workspace, [`alone/${fileOf(name)}`], alone);
    expect(errors.length).toBeGreaterThan(0);
    for (const line of errors) expect(line).toMatch(/Cannot find (module|name) 'node:/);
  });

  it("tensors can be read, and taken apart by rank", async () => {
    expect(await compile(workspace, ["own-tensors/main.mts"], alone)).toEqual([]);
  });
});

it("tensors are those of tfjs in a program that imports @grok/ops, and only there", async () => {
  const [, workspace] = Object.values(compilers) as [string, string];
  const options = { ...usual, noEmit: true, rootDir: "." };
  const file = "tensors-of-tfjs/main.mts";
  expect(await compile(workspace, [file], options)).toEqual([]);
  const text = await readFile(join(project.folder, file), "utf8");
  const without = text.replace('import type {} from "@grok/ops";\n', "");
  expect(without).not.toBe(text);
  await project.write("tensors-of-tfjs/without.mts", without);
  const errors = await compile(workspace, ["tensors-of-tfjs/without.mts"], options);
  expect(errors.join("\n")).toMatch(/not assignable to parameter of type .*Tensor/);
});

it.each(packages().map((each) => each.name))(
  "the README of @grok/%s says what its types need",
  async (name) => {
    const text = await readFile(join(root, `packages/${name}/README.md`), "utf8");
    const of = (list: string[]) => list.filter((each) => each.split("/")[1] === name);
    const ours =
      of(withTfjs).length > 0
        ? "The types contain those of tfjs, which have errors, so they need `skipLibCheck: true`"
        : "The types need TypeScript 5.7 or later and nothing else";
    expect(text).toContain(ours);
    const node = of(withNode).map((each) => `\`${each}\``);
    if (node.length > 0) expect(text).toContain(`${node.join(" and ")} also need \`@types/node\``);
  },
);

it("what TypeScript makes of a program trains a run, and bundlers' resolution takes it", async () => {
  const [, compiler] = Object.entries(compilers)[1] as [string, string];
  expect(await compile(compiler, ["examples/main.mts"], usual)).toEqual([]);
  expectPrinted(typed, await project.execute(process.execPath, ["out/main.mjs"]));
  const bundler = { ...usual, moduleResolution: "bundler", module: "esnext", noEmit: true };
  expect(await compile(compiler, examples, bundler)).toEqual([]);
});
