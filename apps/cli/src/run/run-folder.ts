import { existsSync } from "node:fs";
import { join } from "node:path";
import type { Experiment } from "@grok/train";

const operators: Record<string, string> = { "+": "add", "-": "sub", "*": "mul", "/": "div" };

/** Operations that no operator's name says, and whose own name file systems forbid. */
const operations: Record<string, string> = { "*1": "mul1" };

/** What is learned, in a word for a file's name: `div`, `x2+y2`, `add-mul`, `mul1`, `addition`. */
export function slugOf(task: Experiment["task"]): string {
  if (!("op" in task)) return task.kind;
  const isOperators = /^[-+*/]+$/.test(task.op);
  return isOperators
    ? task.op
        .split("")
        .map((each) => operators[each])
        .join("-")
    : (operations[task.op] ?? task.op);
}

/**
 * The folder of a run that was given none: `runs/mlx-div-seed0`, or the first of `…-2`, `…-3` that
 * does not exist.
 */
export function freeRunFolder({ preset, task, seed }: Experiment): string {
  const name = join("runs", `${preset}-${slugOf(task)}-seed${seed}`);
  for (let number = 1; ; number++) {
    const folder = number === 1 ? name : `${name}-${number}`;
    if (!existsSync(folder)) return folder;
  }
}
