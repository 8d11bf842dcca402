import { execFileSync } from "node:child_process";
import { mkdir, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";

const module = new URL("../../scripts/build-command.mjs", import.meta.url).href;
const first = new URL("../../scripts/first-training.mjs", import.meta.url).href;

/** How turbo is called with these folders in the PATH. */
function turboCommand(path: string): string[] {
  const script = `import("${module}").then(({ turboCommand }) => console.log(JSON.stringify(turboCommand(process.argv[1]))))`;
  return JSON.parse(execFileSync(process.execPath, ["-e", script, path], { encoding: "utf8" }));
}

it("builds with npm alone: if there is no pnpm, npx brings it", async () => {
  const folder = await mkdtemp(join(tmpdir(), "grok-path-"));
  expect(turboCommand(folder)).toEqual(["npx", "-y", "pnpm@12", "exec", "turbo"]);
  expect(turboCommand("")).toContain("npx");
  await writeFile(join(folder, process.platform === "win32" ? "pnpm.cmd" : "pnpm"), "");
  expect(turboCommand(folder)).toEqual([expect.stringMatching(/node_modules.\.bin.turbo$/)]);
  await rm(folder, { recursive: true });
});

it("trains from the sources in a clone where the command was never built, and only there", async () => {
  const clone = await mkdtemp(join(tmpdir(), "grok-clone-"));
  const isFirst = (...args: string[]) => {
    const script = `import("${first}").then(({ isFirstTraining }) => console.log(isFirstTraining(JSON.parse(process.argv[1]), {}, process.argv[2])))`;
    const given = ["-e", script, JSON.stringify(args), clone];
    return execFileSync(process.execPath, given, { encoding: "utf8" }).trim();
  };
  expect(isFirst("train")).toBe("false"); // Nothing is installed.
  await mkdir(join(clone, "node_modules/.bin"), { recursive: true });
  expect(isFirst("train", "--p", "11")).toBe("true");
  expect(isFirst("plot", "run")).toBe("false");
  await mkdir(join(clone, "apps/cli/dist"), { recursive: true });
  await writeFile(join(clone, "apps/cli/dist/main.js"), "");
  expect(isFirst("train")).toBe("false");
  await rm(clone, { recursive: true });
});

it("a first training is one like any other, and tells its status", async () => {
  const folder = await mkdtemp(join(tmpdir(), "grok-first-"));
  const script = `import("${first}").then(async ({ trainFromSources }) => process.exit(await trainFromSources(process.argv.slice(1))))`;
  const train = (...args: string[]) =>
    execFileSync(process.execPath, ["-e", script, "--", "train", ...args], {
      encoding: "utf8",
      env: { ...process.env, INIT_CWD: folder },
      stdio: "pipe",
    });
  const small = ["--preset", "mlp", "--p", "11", "--width", "16", "--steps", "20"];
  expect(train(...small, "--no-plots", "--out-dir", "run")).toContain("20 steps");
  expect(await readdir(join(folder, "run"))).toContain("metrics.jsonl");
  expect(() => train("--steps", "none")).toThrow(expect.objectContaining({ status: 2 }));
  await rm(folder, { recursive: true });
});
