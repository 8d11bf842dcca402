// How long it takes a new user from `npm install` to the first result: installs each package in an
// empty folder and runs its README's example, and prints the times as JSON. Called by
// `pnpm first-result`, after a build. npm has what others publish in its cache, as after a first time.
// `npx @grok/cli train` is timed until its first line of numbers, with an empty cache and again.
import { cpus, loadavg } from "node:os";
import { join } from "node:path";
import { transform } from "esbuild";
import { codeBlocks, isScript } from "../markdown/blocks.ts";
import { packages } from "../packages.ts";
import { Workplace } from "./workplace.ts";

const load = Number((loadavg()[0] ?? Number.NaN).toFixed(1));
const place = await Workplace.open();
const rows = [];
for (const { name } of packages()) {
  const blocks = codeBlocks(`packages/${name}/README.md`);
  const install = blocks.find(({ language }) => language === "sh")?.text.trim() ?? "";
  const script = blocks.find(isScript)?.text ?? "";
  const project = await place.project(`first-${name}`);
  const { code } = await transform(script, { loader: "ts", format: "esm" });
  await project.write("first.mjs", code);
  const start = performance.now();
  await project.run(install);
  const installed = performance.now();
  await project.execute(process.execPath, ["first.mjs"]);
  const seconds = (from: number, to: number) => Number(((to - from) / 1000).toFixed(1));
  const times = {
    install: seconds(start, installed),
    example: seconds(installed, performance.now()),
  };
  rows.push({ command: install, seconds: times });
}
/** Seconds until `npx @grok/cli train` prints its first numbers. */
async function firstNumbers(name: string, cache: string): Promise<number> {
  const project = await place.project(name);
  const args = ["-y", "--cache", cache, "@grok/cli", "train"];
  const start = performance.now();
  const running = await project.start("npx", args, /^step .*$/m);
  const seconds = (performance.now() - start) / 1000;
  await running.stop();
  return Number(seconds.toFixed(1));
}
const cache = join(place.folder, "npm-cache");
const npx = {
  command: "npx @grok/cli train",
  seconds: {
    "empty cache": await firstNumbers("npx-cold", cache),
    again: await firstNumbers("npx-again", cache),
  },
};
await place.close();
const machine = `${cpus().length} × ${cpus()[0]?.model}, Node ${process.versions.node}`;
const date = new Date().toISOString();
const command = "pnpm first-result";
console.log(JSON.stringify({ date, command, machine, load, npx, packages: rows }, null, 2));
