import { type Found, here } from "./finding";

/** Tries esbuild, which bundles extensions: it runs as a process of its own, which a system may refuse. */
export async function lookAtExtensions(): Promise<Found> {
  const { transform, version } = await import("esbuild");
  await transform("const a: number = 1", { loader: "ts" });
  return here(`esbuild ${version} bundles what --use names.`);
}
