// How long it takes a new user from `npm install` to the first result: installs each package in an
// empty folder and runs its README's example, and prints the times as JSON. Called by
// `pnpm first-result`, after a build. npm has what others publish in its cache, as after a first time.
import { cpus, loadavg } from "node:os";
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
await place.close();
const machine = `${cpus().length} × ${cpus()[0]?.model}, Node ${process.versions.node}`;
const date = new Date().toISOString();
const command = "pnpm first-result";
console.log(JSON.stringify({ date, command, machine, load, packages: rows }, null, 2));
