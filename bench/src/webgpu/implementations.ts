import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { type Implementation, torchCommand } from "../implementation.ts";
import type { Adapter } from "../protocol.ts";
import type { Cut, WorkloadId } from "../workload.ts";
import type { InBrowser } from "./browser.ts";
import { titles } from "./keys.ts";
import type { WebgpuOptions } from "./options.ts";
import type { OursOnWebgpu } from "./ours.ts";

const all: readonly WorkloadId[] = ["W0", "W1", "W2", "W3", "W4"];

const here = (name: string) => fileURLToPath(new URL(name, import.meta.url));

/** Who takes part, in the order of the tables. */
export function webgpuImplementations(
  { without, python }: Pick<WebgpuOptions, "without" | "python">,
  { isSoftware }: Pick<Adapter, "isSoftware">,
  cut: Cut,
): Implementation[] {
  const node = (args: string[]) => ({ file: process.execPath, args: ["--no-warnings", ...args] });
  const inBrowser = (page: InBrowser["page"], folder: string, settings: unknown) => {
    const given: InBrowser = { page, folder, isSoftware, settings };
    return node([here("browser.ts"), JSON.stringify(given)]);
  };
  const onGpu = { threads: 1, shortcuts: false, workloads: all, quick: true };
  const torch = (form: "eager" | "graph") => (_: unknown, folder: string) =>
    torchCommand(pythonWithTorch(python), [folder, "1", "cuda", form]);
  const implementations: (Implementation & { isInBrowser?: boolean })[] = [
    {
      ...onGpu,
      key: "ours-node",
      title: titles["ours-node"],
      library: "ours",
      shortcuts: true,
      command: ({ id }) =>
        node([here("node-ours.ts"), JSON.stringify({ id, cut } satisfies OursOnWebgpu)]),
    },
    {
      ...onGpu,
      key: "ours-browser",
      title: "ours, Chromium",
      library: "ours",
      shortcuts: true,
      isInBrowser: true,
      command: ({ id }, folder) =>
        inBrowser("page-ours.ts", folder, { id, cut } satisfies OursOnWebgpu),
    },
    {
      ...onGpu,
      key: "stock-node",
      title: "stock tfjs-webgpu, Node",
      library: "stock",
      workloads: ["W0", "W2"],
      command: (_, folder) => node([here("node-stock.ts"), folder]),
    },
    {
      ...onGpu,
      key: "jax-browser",
      title: "jax-js, Chromium, jit",
      library: "jax",
      workloads: ["W2"],
      isInBrowser: true,
      command: (_, folder) => inBrowser("page-jax.ts", folder, null),
    },
    {
      ...onGpu,
      key: "torch-eager",
      title: titles["torch-eager"],
      library: "torch",
      command: torch("eager"),
    },
    {
      ...onGpu,
      key: "torch-graph",
      title: titles["torch-graph"],
      library: "torch",
      command: torch("graph"),
    },
  ];
  return implementations.filter(
    ({ library, isInBrowser }) =>
      !without.has(library) && !(isInBrowser === true && without.has("browser")),
  );
}

/** The first Python here that has PyTorch, unless one is named. */
function pythonWithTorch(named: string | undefined): string {
  if (named !== undefined) return named;
  const look = ["-c", "import importlib.util as u, sys; sys.exit(u.find_spec('torch') is None)"];
  const found = ["python3", "/usr/bin/python3"].find(
    (file) => spawnSync(file, look, { stdio: "ignore" }).status === 0,
  );
  return found ?? "python3";
}
