import { multiplyAdds } from "../arithmetic.ts";
import { timesOf } from "../profile-times.ts";
import type { Profile } from "../protocol.ts";
import type { Result, WorkloadResult } from "../result.ts";
import { quantile } from "../statistics.ts";
import { markdown, number, percent } from "./markdown.ts";

/** Per workload the time per step by operation, and our matrix products one by one. */
export function profileTables({ workloads }: Result): string[] {
  return workloads.flatMap((workload) => [
    ...workload.implementations.flatMap(({ title, key, profile }) =>
      profile === null || key.includes("plain") ? [] : [kernelTable(workload.id, title, profile)],
    ),
    productTable(workload),
  ]);
}

function kernelTable(id: string, title: string, profile: Profile): string {
  const { step, rest } = timesOf(profile);
  const perStep = 1000 / profile.steps;
  const rows = profile.kernels.map(({ name, calls, seconds, wasmSeconds }) => [
    name,
    number(calls / profile.steps),
    number(perStep * seconds),
    number(perStep * wasmSeconds),
    percent((perStep * seconds) / step),
  ]);
  rows.push(["JavaScript around them", "", number(rest), "0", percent(rest / step)]);
  const head = [`${id}, ${title}`, "calls per step", "ms per step", "in WebAssembly", "share"];
  return markdown(head, rows);
}

function productTable({ id, products }: WorkloadResult): string {
  if (products === null) return "";
  const rows = products.products.map(({ product, speeds }) => {
    const { m, k, n, transposeA, transposeB, count } = product;
    return [
      `${m} × ${k} × ${n}${transposeA ? ", Aᵀ" : ""}${transposeB ? ", Bᵀ" : ""}`,
      String(count),
      number(2e-6 * count * multiplyAdds(product)),
      number(quantile(speeds, 0.5)),
      percent(
        quantile(
          speeds.map((speed, round) => speed / (products.peaks[round] as number)),
          0.5,
        ),
      ),
    ];
  });
  const head = [
    `${id}, product, 1 thread`,
    "times per step",
    "MFLOP per step",
    "GFLOP/s",
    "of the peak",
  ];
  return markdown(head, rows);
}
