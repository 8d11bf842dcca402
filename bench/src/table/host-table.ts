import { timesOf } from "../profile-times.ts";
import type { Result } from "../result.ts";
import { markdown, number, percent } from "./markdown.ts";

/** What our step spends outside of WebAssembly. */
export function hostTable({ workloads }: Result): string {
  const rows = workloads.flatMap(({ id, implementations }) =>
    implementations.flatMap(({ title, key, profile }) => {
      if (profile === null || key.includes("plain")) return [];
      const { step, wasm, kernels, rest } = timesOf(profile);
      return [
        [
          id,
          title,
          number(step),
          number(wasm),
          number(kernels),
          number(rest),
          percent(1 - wasm / step),
        ],
      ];
    }),
  );
  const head = [
    "ms per step",
    "",
    "whole",
    "WebAssembly",
    "kernels' JavaScript",
    "rest",
    "host's share",
  ];
  return rows.length === 0 ? "" : markdown(head, rows);
}
