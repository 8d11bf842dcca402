import { expect, it } from "vitest";
import { figures } from "../figures/figures";
import type { FigureRun } from "../result/figure-run";

const findingsOf = (id: string, runs: readonly Partial<FigureRun>[]) =>
  figures.find((figure) => figure.id === id)?.findings?.(runs as FigureRun[]) ?? [];

/** Evaluations every 100 steps with these columns. */
const records = (columns: Readonly<Record<string, readonly number[]>>) =>
  Array.from({ length: (Object.values(columns)[0] as readonly number[]).length }, (_, i) => ({
    step: 100 * (i + 1),
    ...Object.fromEntries(Object.entries(columns).map(([name, values]) => [name, values[i]])),
  }));

it("takes each number of a sentence about our runs from the runs", () => {
  const [signal] = findingsOf("system-3-order-parameters", [
    { records: records({ val_acc: [0, 0, 0, 0.5, 0.8], snr_upstream: [90, 300, 100, 250, 310] }) },
  ]);
  expect(signal).toContain("it is 90 at the first evaluation, 300 at its peak");
  expect(signal).toContain("(step 200), then falls to 100");
  expect(signal).toContain("comes back to that value when validation accuracy is 80%.");

  const run = (alpha: number, t_grok: number | null) => ({
    settings: { alpha, "weight-decay": 1 },
    t_mem: 200,
    t_grok,
    best_val_acc: 0.5,
  });
  const [sweep] = findingsOf("system-3-sweep", [run(0.1, 6000), run(0, 8000), run(0.5, null)]);
  expect(sweep).toBe(
    "At λ = 1 t_grok is 8,000, 6,000 for α = 0, 0.1; at α = 0.5 it did not get there, with a best validation accuracy of 50%. Generalising takes 40, 30 times as long as memorising.",
  );

  const [rise] = findingsOf("system-1-paper-late", [
    { steps: 400, records: records({ val_acc: [0, 0.6, 0.7, 1] }) },
    { steps: 300, records: records({ val_acc: [0, 0.6, 0.7] }) },
  ]);
  expect(rise).toContain("takes > 100 to 200 steps from 50% to 95% here (N = 2)");

  const [chance] = findingsOf(
    "system-4-cliff",
    [0, 1, 2].flatMap((seed) =>
      [0.01, 0.02].map((lr) => ({ parameters: 777, seed, settings: { lr } })),
    ),
  );
  expect(chance).toContain("from 6 runs 0.00 for the network, 0.20 for the learning rate and 0.40");
});

it("says nothing where no run can bear it", () => {
  for (const { id, findings } of figures) {
    if (findings !== undefined) expect([id, findings([])]).toEqual([id, []]);
  }
});
