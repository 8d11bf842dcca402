import { equationTask, type LayoutName, split } from "@grok/data";
import { cyclicGroup } from "@grok/metrics";
import { type ModelConfig, networkOf } from "@grok/models";
import type { Subject } from "../src/index";

/** A network with drawn weights and all sums mod p, half of them trained on. */
export function subjectOf(
  config: (p: number) => ModelConfig,
  { p = 7, layout = "nanda" as LayoutName, seed = 3 } = {},
): Subject & { pairs: Int32Array } {
  const task = equationTask({ name: "sum", elements: p, apply: (a, b) => (a + b) % p, layout });
  const network = networkOf(config(p));
  const { pairs, ...examples } = task.dataset();
  return {
    network,
    parameters: network.initialise(seed),
    examples,
    length: task.length,
    answerPositions: task.answerPositions,
    train: split(examples.size, 0.5, seed).train,
    group: cyclicGroup("+", p),
    pairs,
  };
}
