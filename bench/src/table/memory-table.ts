import type { Result } from "../result.ts";
import { markdown } from "./markdown.ts";

/** The most memory that each implementation's process had. */
export function memoryTable({ workloads }: Result): string {
  const titles = [
    ...new Set(
      workloads.flatMap(({ implementations }) => implementations.map(({ title }) => title)),
    ),
  ];
  const rows = titles.map((title) => [
    title,
    ...workloads.map(({ implementations }) => {
      const found = implementations.find((implementation) => implementation.title === title);
      return found === undefined ? "–" : (found.peakMemory / 2 ** 20).toFixed(0);
    }),
  ]);
  return markdown(["peak memory, MiB", ...workloads.map(({ id }) => id)], rows);
}
