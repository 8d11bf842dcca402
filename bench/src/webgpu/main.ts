// What a training step asks of the graphics device, ours beside stock TensorFlow.js:
// `pnpm bench --backend webgpu [--workloads W0,W2] [--steps 4] [--json FILE]`
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { writeHandout } from "../handout.ts";
import { machine } from "../machine.ts";
import { type WorkloadId, workload, workloadIds } from "../workload.ts";
import type { Counted } from "./child.ts";

/** Dispatches per step that are aimed at. */
const targets: Partial<Record<WorkloadId, number>> = { W0: 60, W2: 20 };

/** Workloads that stock TensorFlow.js has been written for. */
const withStock: readonly WorkloadId[] = ["W0", "W2"];

const { values } = parseArgs({
  args: process.argv.slice(2),
  options: {
    backend: { type: "string" },
    workloads: { type: "string", default: "W0,W2" },
    steps: { type: "string", default: "4" },
    json: { type: "string" },
  },
});

function run(who: string, id: WorkloadId, folder: string): Counted {
  const child = fileURLToPath(new URL("child.ts", import.meta.url));
  const args = ["--no-warnings", child, who, id, values.steps, folder];
  const out = execFileSync(process.execPath, args, {
    encoding: "utf8",
    stdio: ["ignore", "pipe", "ignore"],
  });
  return JSON.parse(out.trim().split("\n").at(-1) as string) as Counted;
}

const perStep = ({ tally, steps }: Counted) =>
  Object.fromEntries(
    Object.entries(tally).map(([key, n]) => [key, Math.round((100 * n) / steps) / 100]),
  );

const chosen = values.workloads.split(",") as WorkloadId[];
const unknown = chosen.find((id) => !workloadIds.includes(id));
if (unknown !== undefined) {
  process.stderr.write(
    `bench: there is no workload ${unknown}: ${workloadIds.join(", ")} are allowed\n`,
  );
  process.exit(2);
}
const folder = mkdtempSync(join(tmpdir(), "grok-bench-webgpu-"));
const workloads = [];
try {
  for (const id of chosen) {
    const { preset, title } = workload(id);
    writeHandout(workload(id), join(folder, id));
    const ours = run("ours", id, join(folder, id));
    const stock = withStock.includes(id) ? run("stock", id, join(folder, id)) : undefined;
    const row = {
      id,
      preset,
      title,
      adapter: ours.adapter,
      batch: ours.batch,
      target: targets[id] ?? null,
      ours: perStep(ours),
      stock: stock === undefined ? null : perStep(stock),
      secondsPerStep: {
        ours: ours.seconds / ours.steps,
        stock: stock === undefined ? null : stock.seconds / stock.steps,
      },
      bytes: { ours: ours.bytes, stock: stock?.bytes ?? null },
    };
    workloads.push(row);
    process.stdout.write(`${id} ${preset} on ${ours.adapter}, per step:\n`);
    process.stdout.write(`  ours   ${JSON.stringify(row.ours)}\n`);
    process.stdout.write(`  stock  ${JSON.stringify(row.stock)}\n`);
    if (row.target !== null) process.stdout.write(`  target ≤ ${row.target} dispatches\n`);
  }
} finally {
  rmSync(folder, { recursive: true });
}
if (values.json !== undefined) {
  const file = resolve(values.json);
  mkdirSync(dirname(file), { recursive: true });
  const result = {
    date: new Date().toISOString(),
    command: ["pnpm bench", ...process.argv.slice(2)].join(" "),
    machine: machine(),
    note: "On a software adapter only the counts mean something, not the seconds.",
    workloads,
  };
  writeFileSync(file, `${JSON.stringify(result, null, 1)}\n`);
}
