// One small run wherever people are, from the tarballs in empty folders: the curve is the same.
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { chromiumNeeded, hasChromium, startChromium } from "@grok/browsers";
import { build, transform } from "esbuild";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { isolated, open, serveFolder } from "../browser/file-server.ts";
import { loggedUntil } from "../browser/logged.ts";
import { codeBlocks } from "../markdown/blocks.ts";
import { oldestNode, root } from "../packages.ts";
import { expectCloseCurves, expectSameCurve, printedRun, type References } from "./curve.ts";
import { type Engines, installEngines, nodeVersions } from "./engines.ts";
import type { Project } from "./project.ts";
import { Workplace } from "./workplace.ts";

// Each takes seconds; beside other work that may be many.
vi.setConfig({ testTimeout: 240_000 });

const packagesOfTraining = ["@grok/backend", "@grok/train", "@tensorflow/tfjs-core"];
const isEnd = /^(grokked|finished|failed)/m;
const tool = (name: string) =>
  fileURLToPath(new URL(`../../node_modules/.bin/${name}`, import.meta.url));
const vite = tool("vite");
const esbuild = tool("esbuild");

let place: Workplace;
let engines: Engines;
let installed: Project;
let references: References;

beforeAll(async () => {
  place = await Workplace.open();
  engines = await installEngines(place);
  installed = await place.project("train");
  await installed.addStrictly(packagesOfTraining);
  await programIn(installed);
  references = {
    fused: await printedBy(installed, process.execPath, "main.js"),
    // Has no relaxed SIMD.
    unfused: await printedBy(installed, engines.nodes.get(oldestNode()) as string, "main.js"),
  };
}, 600_000);
afterAll(() => place?.close());

/** Copies files of a folder of the repository into a project. */
async function copy(project: Project, folder: string, ...names: string[]): Promise<void> {
  for (const name of names) {
    await project.write(name, await readFile(join(root, folder, name), "utf8"));
  }
}

/** What the worker of `examples/page` is without its types. */
async function trainer(): Promise<string> {
  const text = await readFile(join(root, "examples/page/train.ts"), "utf8");
  return (await transform(text, { loader: "ts", format: "esm", target: "es2022" })).code;
}

/** Makes the program that prints what that worker posts. */
async function programIn(project: Project): Promise<Project> {
  await project.write("package.json", '{ "private": true, "type": "module" }\n');
  await copy(project, "checks/src/install/projects/program", "main.js", "console.js", "sleep.js");
  await project.write("train.js", await trainer());
  return project;
}

async function printedBy(project: Project, program: string, ...args: string[]) {
  return printedRun((await project.execute(program, args)).split("\n"));
}

describe("a program", () => {
  it.each(nodeVersions)("on Node %s", async (version) => {
    const run = await printedBy(installed, engines.nodes.get(version) as string, "main.js");
    expectSameCurve(run, references);
  });

  // V8 11.3 of Node 20 forgets a variable at WebAssembly's own wait, until it has optimised the code.
  it.each(nodeVersions)(
    "on Node %s has threads that know after a sleep where they were",
    async (version) => {
      const node = engines.nodes.get(version) as string;
      expect(await installed.execute(node, ["sleep.js"])).toContain("0 words were changed");
    },
  );

  it("has a curve that hardly depends on how products are rounded", () => {
    expectCloseCurves(references);
  });

  it("on Bun, installed by it, and compiled into one file", async () => {
    const project = await place.project("bun");
    await project.execute(engines.bun, ["add", ...packagesOfTraining]);
    await programIn(project);
    expectSameCurve(await printedBy(project, engines.bun, "main.js"), references, "unfused");
    await project.execute(engines.bun, ["build", "--compile", "main.js", "--outfile", "alone"]);
    const alone = await printedBy(project, join(project.folder, "alone"));
    expectSameCurve(alone, references, "unfused");
  });

  it("on Deno, installed by it, with all permissions and with none", async () => {
    const project = await place.project("deno");
    const names = packagesOfTraining.map((name) => `npm:${name}`);
    await project.execute(engines.deno, ["add", ...names]);
    await programIn(project);
    const all = await printedBy(project, engines.deno, "run", "--allow-all", "main.js");
    expectSameCurve(all, references);
    const none = await printedBy(project, engines.deno, "run", "--no-prompt", "main.js");
    expect(none.threads).toBe(1);
    expectSameCurve(none, references);
  });

  it("bundled for Node by esbuild, without what it installed", async () => {
    const project = await place.project("bundle");
    await build({
      entryPoints: [join(installed.folder, "main.js")],
      outfile: join(project.folder, "main.mjs"),
      bundle: true,
      platform: "node",
      format: "esm",
      // tfjs is CommonJS in Node, which a bundle of modules has no `require` and no `__dirname` for.
      banner: {
        js: 'import { createRequire } from "node:module"; const require = createRequire(import.meta.url), __dirname = import.meta.dirname;',
      },
      logLevel: "error",
    });
    expectSameCurve(await printedBy(project, process.execPath, "main.mjs"), references);
  });
});

describe.skipIf(!hasChromium)(`a page ${chromiumNeeded}`, () => {
  let browser: Browser;

  beforeAll(async () => {
    browser = await startChromium();
  });
  afterAll(() => browser?.close());

  const loggedBy = async (url: string) => printedRun(await loggedUntil(browser, url, isEnd));

  it("of a Vite build trains in a worker, on two threads", async () => {
    const project = await installed.inside("vite");
    await copy(project, "examples/page", "index.html", "page.ts", "train.ts", "vite.config.js");
    await project.execute(vite, ["build"]);
    const server = await serveFolder(join(project.folder, "dist"));
    try {
      const run = await loggedBy(server.url);
      expect(run.threads).toBe(2);
      expectSameCurve(run, references);
    } finally {
      server.close();
    }
  });

  it("of Vite's dev server does with no configuration, on one thread", async () => {
    const project = await installed.inside("vite-dev");
    await copy(project, "examples/page", "index.html", "page.ts", "train.ts");
    // As a program of its own, so that this process keeps its environment.
    const server = await project.start(vite, ["--port", "0"], /http:\/\/localhost:\d+\//);
    try {
      const run = await loggedBy(server.match);
      expect(run.threads).toBe(1);
      expectSameCurve(run, references);
    } finally {
      await server.stop();
    }
  });

  it.each([
    ["bun build", () => engines.bun, ["build", "--target", "browser", "--outdir", "bundle"]],
    ["deno bundle", () => engines.deno, ["bundle", "--platform", "browser", "--outdir", "bundle"]],
    [
      "esbuild",
      () => esbuild,
      ["--bundle", "--format=esm", "--log-level=error", "--outdir=bundle"],
    ],
  ])("with a worker of %s does with no configuration", async (name, program, args) => {
    const project = await installed.inside(name.replace(" ", "-"));
    await copy(project, "checks/src/install/projects/worker", "index.html");
    await project.write("train.js", await trainer());
    await project.execute(program(), [...args, "train.js"]);
    const server = await serveFolder(project.folder);
    try {
      const run = await loggedBy(server.url);
      expect(run.threads).toBe(2);
      expectSameCurve(run, references);
    } finally {
      server.close();
    }
  });

  describe("bundled by", () => {
    let bundlers: Project;

    beforeAll(async () => {
      bundlers = await place.project("bundlers");
      const plugins = ["@rollup/plugin-node-resolve@16.0.3", "@rollup/plugin-commonjs@29.0.3"];
      await bundlers.addStrictly(["webpack@5.113.0", "rollup@4.68.8", ...plugins]);
      await copy(bundlers, "checks/src/install/projects/bundlers", "webpack.mjs", "rollup.mjs");
    }, 120_000);

    const trained = async (bundler: string, project: Project) => {
      await project.write("train.js", await trainer());
      await bundlers.execute(process.execPath, [`${bundler}.mjs`, project.folder]);
      const server = await serveFolder(project.folder);
      try {
        const run = await loggedBy(server.url);
        expect(run.threads).toBe(2);
        expectSameCurve(run, references);
      } finally {
        server.close();
      }
    };

    it("webpack does with no configuration, the worker included", async () => {
      const project = await installed.inside("webpack");
      await copy(project, "checks/src/install/projects/bundlers", "index.html");
      const page = await readFile(join(root, "examples/page/page.ts"), "utf8");
      const { code } = await transform(page, { loader: "ts", format: "esm", target: "es2022" });
      await project.write("page.js", code.replace("./train.ts", "./train.js"));
      await trained("webpack", project);
    });

    it("Rollup does with its plugins for packages and CommonJS, in a worker", async () => {
      const project = await installed.inside("rollup");
      await copy(project, "checks/src/install/projects/worker", "index.html");
      await trained("rollup", project);
    });
  });

  it("of Next.js does with no configuration, on one thread", async () => {
    const project = await place.project("next");
    await project.addStrictly([
      ...packagesOfTraining,
      "next@16.4.6",
      "react@19.3.1",
      "react-dom@19.3.1",
    ]);
    await copy(project, "checks/src/install/projects/next", "app/layout.js", "app/page.js");
    await project.write("app/train.js", await trainer());
    const next = join(project.folder, "node_modules/.bin/next");
    await project.execute(next, ["build"]);
    const server = await project.start(next, ["start", "-p", "0"], /http:\/\/localhost:\d+/);
    try {
      const run = await loggedBy(server.match);
      expect(run.threads).toBe(1);
      expectSameCurve(run, references);
    } finally {
      await server.stop();
    }
  });

  it.each([
    ["isolated", isolated, 2],
    ["not isolated", {}, 1],
  ])("with the modules of @grok/cdn, from another origin; %s", async (_, headers, threads) => {
    const project = await place.project(`cdn-${threads}`);
    await project.addStrictly(["@grok/cdn"]);
    const cdn = await serveFolder(join(project.folder, "node_modules/@grok/cdn"), open);
    const readme = codeBlocks("apps/cdn/README.md").find(({ language }) => language === "html");
    const html = readme?.text.replaceAll("https://cdn.jsdelivr.net/npm/@grok/cdn/", cdn.url);
    await writeFile(join(project.folder, "index.html"), `<!doctype html>\n${html}`);
    const server = await serveFolder(project.folder, headers);
    try {
      const run = await loggedBy(server.url);
      expect(run.threads).toBe(threads);
      expectSameCurve(run, references);
    } finally {
      server.close();
      cdn.close();
    }
  });
});
