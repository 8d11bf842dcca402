import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { useBackend } from "@grok/backend";
import { resolveExperiment, train } from "@grok/train";
import { createRun } from "@grok/train/node";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { runFromSource } from "../from-source.ts";
import { root } from "../packages.ts";
import { hasModule, runPython } from "./debian-python.ts";

vi.setConfig({ testTimeout: 240_000 });

interface Cell {
  cell_type: "code" | "markdown";
  metadata: { tags?: string[] };
  source: string[];
  outputs?: unknown[];
}

const notebooks = join(root, "examples/notebooks");
let folder: string;
beforeAll(async () => void (folder = await mkdtemp(join(tmpdir(), "grok-notebook-"))));
afterAll(() => rm(folder, { recursive: true, force: true }));

async function codeOf(name: string): Promise<Cell[]> {
  const { cells } = JSON.parse(await readFile(join(notebooks, name), "utf8")) as { cells: Cell[] };
  return cells.filter((cell) => cell.cell_type === "code");
}

it("are two, without outputs, which the examples' page names", async () => {
  const readme = await readFile(join(root, "examples/README.md"), "utf8");
  const names = (await readdir(notebooks)).filter((name) => name.endsWith(".ipynb"));
  expect(names.sort()).toEqual(["deno.ipynb", "python.ipynb"]);
  for (const name of names) {
    expect(readme).toContain(`(notebooks/${name})`);
    for (const { outputs } of await codeOf(name)) expect(outputs).toEqual([]);
  }
});

const hasNumpy = hasModule("numpy");

it.skipIf(!hasNumpy)(
  "python.ipynb: every cell runs [needs Debian's python3-numpy; the figure's cell matplotlib, too]",
  async () => {
    await useBackend("cpu");
    const flags = { p: 23, steps: 20, "eval-every": 10, backend: "cpu" };
    const experiment = resolveExperiment({ preset: "mlp", flags });
    const store = await createRun(join(folder, "runs/notebook"), experiment);
    for await (const _ of train(experiment, { store }));
    await store.close();
    const cells = (await codeOf("python.ipynb")).filter(
      ({ metadata: { tags = [] } }) =>
        !tags.includes("needs-matplotlib") || hasModule("matplotlib"),
    );
    const program = cells
      .map(({ source }) => source.join(""))
      .join("\n\n")
      .replace("../../python", join(root, "python"));
    const { status, stdout, stderr } = runPython(program, folder);
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    expect(stdout).toMatch(/^mlp 23 finished$/m);
    expect(stdout).toMatch(/^last validation accuracy: [\d.]+$/m);
    expect(stdout).toMatch(/^step 20 strongest frequencies: \[/m);
  },
);

it("deno.ipynb: its cells run, by Node on the packages' sources", async () => {
  const cells = (await codeOf("deno.ipynb")).map(({ source }) => source.join(""));
  // Deno's kernel takes packages from npm, and shows a cell's last value.
  const text = cells.join("\n\n").replaceAll('"npm:', '"');
  const shown = text.replace(/\(\{ \[Symbol\.for.*\}\);$/, "const shown = $&");
  expect(shown).not.toBe(text);
  const file = join(root, "examples", `.notebook-${process.pid}.ts`);
  await writeFile(
    file,
    `${shown}\nconsole.log(Object.keys((shown as any)[Symbol.for("Jupyter.display")]()).join());\nprocess.exit();\n`,
  );
  try {
    const printed = await runFromSource(file, [], folder);
    expect(printed).toMatch(/^wasm, \d+ threads$/m);
    expect(printed).toMatch(/^300 [\d.]+ [\d.]+$/m);
    expect(printed.trimEnd().split("\n").at(-1)).toBe("image/svg+xml");
  } finally {
    await rm(file);
  }
});
