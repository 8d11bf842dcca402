import { engineText } from "@grok/train/front-end";
import { group } from "d3-array";
import type { FigureRun } from "../result/figure-run";

/** When, where and with which versions runs were done: a line for those that have it in common. */
export function provenance(runs: readonly FigureRun[]): string[] {
  const distinct = [...new Map(runs.map((run) => [run.name, run])).values()];
  return [...group(distinct, about)].map(([text, own]) => {
    const seconds = own.reduce((sum, { elapsed_sec }) => sum + elapsed_sec, 0);
    return `- ${own.length} ${own.length === 1 ? "run" : "runs"} (${listOf(own)}; ${duration(seconds)}): ${text}`;
  });
}

function about({ ended, machine, backend, threads, versions }: FigureRun): string {
  const text = engineText(versions);
  const engine = text === null ? "" : `, ${text}`;
  const version = versions["@grok/train"];
  const code = version === undefined ? "" : `, @grok/train ${version}`;
  const count =
    threads === null
      ? "an unknown number of threads"
      : `${threads} thread${threads === 1 ? "" : "s"}`;
  return `recorded ${ended?.slice(0, 10) ?? "at an unknown date"} on ${machine ?? "a machine whose processor was not kept"}, ${backend} with ${count}${engine}${code}`;
}

function listOf(runs: readonly FigureRun[]): string {
  const seeds = [...new Set(runs.map(({ seed }) => seed))].sort((a, b) => a - b);
  return `seed${seeds.length === 1 ? "" : "s"} ${seeds.join(", ")}`;
}

function duration(seconds: number): string {
  return seconds < 600 ? `${Math.round(seconds)} s` : `${Math.round(seconds / 60)} min`;
}
