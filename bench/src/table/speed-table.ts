import type { Result } from "../result.ts";
import { fine } from "../verdict.ts";
import { markdown, withSpread } from "./markdown.ts";

/** Steps per second of every implementation on every workload. */
export function speedTable({ workloads }: Result): string {
  const titles = [
    ...new Set(
      workloads.flatMap(({ implementations }) => implementations.map(({ title }) => title)),
    ),
  ];
  const rows = titles.map((title) => [
    title,
    ...workloads.map(({ implementations }) => {
      const found = implementations.find((implementation) => implementation.title === title);
      if (found === undefined) return "–";
      return withSpread(found.stepsPerSecond) + (found.verdict === fine ? "" : " (wrong)");
    }),
  ]);
  const head = [
    "training steps per second",
    ...workloads.map(({ id, preset }) => `${id} \`${preset}\``),
  ];
  return markdown(head, rows);
}
