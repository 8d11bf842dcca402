// The packages as a release would publish them, as new users would install them: from tarballs, in
// empty folders outside of the workspace.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { chromiumNeeded, hasChromium, startChromium } from "@grok/browsers";
import { hasRedis, RedisServer } from "@grok/redis";
import { transform } from "esbuild";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { serveFolder } from "../browser/file-server.ts";
import { loggedUntil } from "../browser/logged.ts";
import { codeBlocks, isScript } from "../markdown/blocks.ts";
import { expectPrinted } from "../markdown/printed.ts";
import { oldestNode, packages, programs, root } from "../packages.ts";
import { type Engines, installEngines, nodeVersions } from "./engines.ts";
import { folderSize } from "./folder-size.ts";
import type { Project } from "./project.ts";
import { tarballFiles, tarballManifest, tarballText } from "./tarball.ts";
import { Workplace } from "./workplace.ts";

// Each takes seconds; beside other work that may be many.
vi.setConfig({ testTimeout: 240_000 });

let place: Workplace;
let engines: Engines;

beforeAll(async () => {
  place = await Workplace.open();
  engines = await installEngines(place);
}, 600_000);
afterAll(() => place?.close());

const names = packages().map(({ name }) => name);
const versions = [oldestNode(), process.versions.node];
/** Copies a file of the repository into a project. */
async function copy(project: Project, from: string, name: string): Promise<string> {
  const text = await readFile(join(root, from), "utf8");
  await project.write(name, text);
  return text;
}

describe.each(names)("the tarball of @grok/%s", (name) => {
  it("has what its package.json names, its licence, and nothing of the workspace", async () => {
    const file = place.tarballs.find((each) => each.includes(`grok-${name}-`)) as string;
    const [manifest, files] = await Promise.all([tarballManifest(file), tarballFiles(file)]);
    expect(files).toEqual(expect.arrayContaining(["./LICENSE", "./README.md"]));
    const targets = Object.values(manifest.exports).flatMap((each) => Object.values(each));
    expect(files).toEqual(expect.arrayContaining(targets));
    expect(JSON.stringify(manifest)).not.toMatch(/workspace:|catalog:|@grok\/source/);
  });

  it("brings the licences of the code of others that it bundles", async () => {
    const file = place.tarballs.find((each) => each.includes(`grok-${name}-`)) as string;
    const files = await tarballFiles(file);
    const maps = files.filter((each) => each.endsWith(".js.map"));
    const sources = await Promise.all(maps.map((map) => tarballText(file, map)));
    // The last are copies of tfjs's binaries.
    const bundles = sources.some((text) => /\/node_modules\/|generated\/tfjs-/.test(text));
    expect(files.includes("./dist/licences.txt")).toBe(bundles);
  });
});

it.each(programs().map(({ name }) => name))(
  "the tarball of @grok/%s brings the licences of the code of others that it bundles",
  async (name) => {
    const file = place.tarballs.find((each) => each.includes(`grok-${name}-`)) as string;
    const licences =
      (await tarballFiles(file)).find((each) => each.endsWith("/licences.txt")) ?? "";
    expect(await tarballText(file, licences)).toMatch(/^@tensorflow\/tfjs-core .*\(Apache-2.0\)$/m);
  },
);

describe.each(names)("@grok/%s alone", (name) => {
  const blocks = codeBlocks(`packages/${name}/README.md`);
  const script = blocks.find(isScript)?.text ?? "";
  let project: Project;

  beforeAll(async () => {
    project = await place.project(`alone-${name}`);
    const install = blocks.find(({ language }) => language === "sh")?.text.trim() ?? "";
    expect(install).toMatch(new RegExp(`^npm install @grok/${name}( |$)`));
    await project.addStrictly(install.split(" ").slice(2));
    const { code } = await transform(script, { loader: "ts", format: "esm", target: "es2022" });
    await project.write("first.mjs", code);
  }, 120_000);

  it.each(versions)("its README's example prints what it says on Node %s", async (version) => {
    // Some examples make a folder, which must be new.
    await project.write(
      "clean.mjs",
      'import fs from "node:fs"; fs.rmSync("runs", { recursive: true, force: true });',
    );
    await project.execute(process.execPath, ["clean.mjs"]);
    const node = engines.nodes.get(version) as string;
    expectPrinted(script, await project.execute(node, ["first.mjs"]));
  });
});

describe("the command from npm", () => {
  let project: Project;

  beforeAll(async () => {
    project = await place.project("command");
    await project.run("npm install @grok/cli");
  }, 120_000);

  it("is one package, without dependencies", async () => {
    const modules = join(project.folder, "node_modules");
    const names = await readdir(modules);
    expect(names.filter((name) => !name.startsWith("."))).toEqual(["@grok"]);
    expect(await readdir(join(modules, "@grok"))).toEqual(["cli"]);
  });

  it("weighs what docs/packages.md says that it may", async () => {
    const budget = /`npm install @grok\/cli` .*at most (\d+) MB/.exec(
      await readFile(join(root, "docs/packages.md"), "utf8"),
    )?.[1];
    const megabytes = (await folderSize(join(project.folder, "node_modules"))) / 1e6;
    expect(megabytes).toBeLessThan(Number(budget));
  });

  const command = "node_modules/@grok/cli/dist/main.js";
  const grokOn = (version: string) => {
    const node = engines.nodes.get(version) as string;
    return { node, grok: (...args: string[]) => project.execute(node, [command, ...args]) };
  };
  const brief = ["--preset", "mlp", "--p", "11", "--width", "32", "--steps", "20"];
  const small = [...brief, "--threads", "1"];

  it("names the command to call next as npx calls it", async () => {
    const printed = await project.run("npx @grok/cli new own.ts");
    expect(printed).toContain("\nnpx @grok/cli train --use own.ts ");
  });

  it.each(nodeVersions)(
    "trains, resumes, sweeps, draws and serves its page on Node %s",
    async (version) => {
      const { node, grok } = grokOn(version);
      const run = `run-${version}`;
      await grok("train", ...small, "--out-dir", run);
      expect(await grok("resume", run, "--steps", "40")).toContain("40 steps");
      const page = join(project.folder, "node_modules/@grok/cli/page");
      expect(await readFile(join(page, "licences.txt"), "utf8")).toMatch(/preact.*\(MIT\)/);
      const files = await readdir(join(project.folder, run, "plots"));
      expect(files.sort()).toEqual(["accuracy.png", "accuracy.svg", "loss.png", "loss.svg"]);
      const sweep = `sweep-${version}`;
      const seeds = ["--seeds", "0..1", "--jobs", "2", "--out-dir", sweep];
      expect(await grok("sweep", ...small, ...seeds)).toContain("2 runs");
      expect(await readdir(join(project.folder, sweep))).toContain("runs.parquet");
      expect(await grok("--version")).toMatch(/^\d+\.\d+\.\d+/);
      expect(await project.servedPage(node, [command, "serve", "."])).toMatch(/<!doctype html>/i);
    },
  );

  it.each(nodeVersions)(
    "trains, resumes and sweeps a user's TypeScript, which imports from @grok/train, on Node %s",
    async (version) => {
      const { grok } = grokOn(version);
      const name = `own-${version.replaceAll(".", "-")}`;
      await grok("new", `${name}.ts`);
      const own = ["--use", `${name}.ts`, "--preset", name, "--n", "7"];
      const use = [...own, "--steps", "20", "--threads", "1"];
      await grok("train", ...use, "--no-plots", "--out-dir", `run-${name}`);
      const resumed = ["resume", `run-${name}`, "--use", `${name}.ts`, "--steps", "40"];
      expect(await grok(...resumed)).toContain("40 steps");
      const sweep = ["sweep", ...use, "--seeds", "0..1", "--jobs", "2"];
      expect(await grok(...sweep, "--out-dir", `sweep-${name}`)).toContain("2 runs");
    },
  );

  it("takes an extension in a project that has @grok/train of its own", async () => {
    const both = await place.project("command-and-library");
    await both.run("npm install @grok/cli @grok/train @tensorflow/tfjs-core");
    await both.run("npx grok new own.ts");
    const train = "npx grok train --use own.ts --preset own --steps 20 --no-plots --out-dir run";
    expect(await both.run(train)).toContain("20 steps");
  });

  it.each(nodeVersions)(
    "kills a run and continues it, byte for byte, on Node %s",
    async (version) => {
      const { grok } = grokOn(version);
      const kills = ["--kills", "1", "--no-boundaries"];
      expect(await grok("verify-resume", ...small, "--eval-every", "10", ...kills)).toMatch(
        /^[1-9]\d* kills? of .*; differences: 0$/m,
      );
    },
  );

  it.each(nodeVersions)(
    "judges a published figure from recorded runs, and starts a run of it, on Node %s",
    async (version) => {
      const { node, grok } = grokOn(version);
      const figure = "system-0-addition";
      expect(await grok("reproduce")).toContain(figure);
      const clone = await project.inside(`clone-${version}`);
      await copy(
        clone,
        `results/reproductions/${figure}.json`,
        `results/reproductions/${figure}.json`,
      );
      const place = ["--out-dir", `figures-${version}`];
      const judging = ["reproduce", figure, "--no-run", "--record", `clone-${version}`];
      expect(await grok(...judging, ...place)).toMatch(/^system-0-addition: reproduced$/m);
      const folder = join(project.folder, `figures-${version}`, figure);
      expect(await readdir(folder)).toEqual(expect.arrayContaining(["figure.png", "verdict.json"]));
      if (process.platform === "win32") return; // It has no signals.
      const started = spawn(node, [command, "reproduce", figure, "--seeds", "0", ...place], {
        cwd: project.folder,
        stdio: "ignore",
      });
      const ended = once(started, "exit");
      const runs = join(folder, "runs");
      await vi.waitUntil(
        async () => {
          const [run] = await readdir(runs).catch(() => []);
          return run !== undefined && existsSync(join(runs, run, "metrics.jsonl"));
        },
        { timeout: 60_000, interval: 100 },
      );
      started.kill("SIGINT");
      expect(await ended).toEqual([130, null]);
    },
  );

  it.runIf(hasRedis).each(nodeVersions)(
    `a worker takes a run of a sweep from a queue, on Node %s${hasRedis ? "" : " (needs Debian's redis-server)"}`,
    async (version) => {
      const { grok } = grokOn(version);
      const redis = await RedisServer.start();
      const queue = ["--queue", redis.url];
      // A run that another test here has done would leave the worker nothing to do.
      const sweep = ["--seeds", "0", "--no-reuse", "--out-dir", `queue-${version}`];
      try {
        const [printed] = await Promise.all([
          grok("sweep", ...brief, ...sweep, ...queue),
          grok("worker", "--once", "--threads", "1", ...queue),
        ]);
        expect(printed).toContain("1 run");
      } finally {
        await redis.remove();
      }
      const files = await readdir(join(project.folder, `queue-${version}`));
      expect(files).toContain("runs.parquet");
    },
  );
});

describe("CommonJS", () => {
  let project: Project;
  let script: string;

  beforeAll(async () => {
    project = await place.project("commonjs");
    await project.run("npm install @grok/optim @tensorflow/tfjs-core @tensorflow/tfjs-backend-cpu");
    script = await copy(project, "checks/src/install/projects/commonjs/main.cjs", "main.cjs");
  }, 120_000);

  it.each(versions)("loads @grok/optim with require and trains on Node %s", async (version) => {
    const node = engines.nodes.get(version) as string;
    expectPrinted(script, await project.execute(node, ["main.cjs"]));
  });
});

describe.skipIf(!hasChromium)(chromiumNeeded, () => {
  let browser: Browser;

  beforeAll(async () => {
    browser = await startChromium();
  });
  afterAll(() => browser?.close());

  it("a bare page with an import map trains, on two threads of WebAssembly", async () => {
    const project = await place.project("page");
    const html = await copy(project, "examples/bare-page.html", "index.html");
    await project.run(/npm install .*/.exec(html)?.[0] ?? "");
    const server = await serveFolder(project.folder);
    try {
      const lines = await loggedUntil(browser, server.url, /^finished$/m);
      expect(lines[0]).toBe("backend wasm, threads 2");
      const [, right, of] = /^step 500: (\d+) of (\d+) right$/m.exec(lines.join("\n")) ?? [];
      expect(Number(right) / Number(of)).toBeGreaterThan(0.95);
    } finally {
      server.close();
    }
  }, 180_000);
});
