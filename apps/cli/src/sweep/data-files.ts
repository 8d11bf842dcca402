import type { Sweep } from "@grok/sweep";
import type { Collection } from "@grok/train";
import { readDataFlags } from "@grok/train/node";

/** A sweep with the data files that its flags name, read. */
export async function withDataFiles(sweep: Sweep, kinds: Collection): Promise<Sweep> {
  const grid: Sweep["grid"] = {};
  for (const [flag, axis] of Object.entries(sweep.grid)) {
    const isOfFiles = Array.isArray(axis) && kinds.findFlag(flag)?.isFile === true;
    grid[flag] = isOfFiles
      ? ((await Promise.all(
          axis.map(async (value) => (await readDataFlags({ [flag]: value }, kinds))[flag]),
        )) as typeof axis)
      : axis;
  }
  const flags = await readDataFlags(sweep.flags, kinds);
  if (sweep.list === undefined) return { ...sweep, grid, flags };
  const list = await Promise.all(sweep.list.map((settings) => readDataFlags(settings, kinds)));
  return { ...sweep, grid, flags, list };
}
