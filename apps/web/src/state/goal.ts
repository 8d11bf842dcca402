import type { NetworkScene } from "../network/scene";

/** What a network must learn, in a sentence for somebody who has never heard of it. */
export function goalText(
  task: string,
  scene: Pick<NetworkScene, "table" | "group"> | null,
): string {
  const { table = null, group = null } = scene ?? {};
  if (group !== null) {
    const isProduct = group.elements[0] === 1;
    const p = isProduct ? group.order + 1 : group.order;
    if (isProduct) {
      const what = group.sign === 1 ? "multiply a by b" : "divide a by b";
      return `The network must learn to ${what} on a clock with ${p} hours, from 0 to ${p - 1}.`;
    }
    return group.sign === 1
      ? `The network must learn clock arithmetic: add a and b, and start again from 0 after ${p - 1}.`
      : `The network must learn clock arithmetic: subtract b from a, and continue from ${p - 1} below 0.`;
  }
  return table === null
    ? `The network must learn this: ${task}.`
    : `The network must learn the answers to all ${table.answers.filter((answer) => answer >= 0).length.toLocaleString("en")} questions of ${task}.`;
}
