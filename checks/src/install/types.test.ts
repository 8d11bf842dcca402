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
  for (const [i, name] of [...entryPoints().keys()].entries()) {
    const text = `import * as all from "${name}";\nexport const names = Object.keys(all);\n`;
    await project.write(`imports/${i}-${name.replaceAll(/\W+/g, "-")}.mts`, text);
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

  it("takes @grok/data and @grok/plot without the types of the DOM and of Node, too", async () => {
    const none = { skipLibCheck: false, lib: ["es2023"], types: [], noEmit: true, rootDir: "." };
    const files = ["imports/*-grok-data.mts", "imports/*-grok-plot*.mts"];
    expect(await compile(compiler, files, none)).toEqual([]);
  });
});

it("what TypeScript makes of a program trains a run, and bundlers' resolution takes it", async () => {
  const [, compiler] = Object.entries(compilers)[1] as [string, string];
  expect(await compile(compiler, ["examples/main.mts"], usual)).toEqual([]);
  expectPrinted(typed, await project.execute(process.execPath, ["out/main.mjs"]));
  const bundler = { ...usual, moduleResolution: "bundler", module: "esnext", noEmit: true };
  expect(await compile(compiler, examples, bundler)).toEqual([]);
});
