import { randomStream } from "@grok/data";
import type * as tf from "@tensorflow/tfjs-core";
import { distanceIrrelevance } from "../clock-pizza/distance-irrelevance";
import { type AskedLogit, gradientSymmetricity } from "../clock-pizza/gradient-symmetricity";
import { type CyclicGroup, cyclicGroup } from "../progress/cyclic-group";
import { defined } from "./defined";
import type { Measure } from "./measure";
import { needsEmbedding, needsGroup } from "./requirement";
import type { Snapshot } from "./snapshot";

/** Logits that are differentiated, at least. */
const looked = 100;

const symmetricity: Measure = {
  name: "gradient-symmetricity",
  group: "clock-pizza",
  columns: ["gradient_symmetricity"],
  description:
    "how alike a logit's slopes are along both operands: 1 for a pizza, less for a clock",
  source: "Zhong et al. 2023",
  cost: "moderate",
  unavailable: (context) => needsGroup(context) ?? needsEmbedding(context) ?? needsTwo(context),
  compute: async (snapshot) => {
    const { parameters, context } = snapshot;
    const { parameter } = context.anatomy.embedding as { parameter: string };
    const found = await gradientSymmetricity(
      [parameter, parameters[parameter] as tf.Tensor2D],
      (table, rows) => context.forward({ ...parameters, [parameter]: table }, rows),
      await askedLogits(snapshot),
    );
    return { gradient_symmetricity: defined(found) };
  },
};

const irrelevance: Measure = {
  name: "distance-irrelevance",
  group: "clock-pizza",
  columns: ["distance_irrelevance"],
  description: "how little the right logit depends on the operands' distance: near 1 for a clock",
  source: "Zhong et al. 2023",
  // Not by default: it tells two algorithms apart, and most tasks have neither.
  cost: "moderate",
  unavailable: needsGroup,
  compute: async (snapshot) => ({
    distance_irrelevance: defined(distanceIrrelevance(await snapshot.pairLogits())),
  }),
};

/** Measures that tell networks which add by the clock from those that add by the pizza. */
export const clockPizzaMeasures: readonly Measure[] = [symmetricity, irrelevance];

function needsTwo({ task: { operation, p } }: Snapshot["context"]): string | null {
  const order = p === null ? 0 : (cyclicGroup(operation, p)?.order ?? 0);
  return order > 1 ? null : "it needs two operands that differ from each other";
}

/**
 * Random logits of random pairs of different operands, the same at every step; within a pass no
 * operand occurs twice, so that one backward pass has the slopes of all of its logits.
 */
async function askedLogits(snapshot: Snapshot): Promise<AskedLogit[][]> {
  const { task, examples, seed, anatomy } = snapshot.context;
  const { order, rows } = await snapshot.pairLogits();
  const { elements, sign } = snapshot.group as CyclicGroup;
  const { blocks } = anatomy.embedding as { blocks: number };
  const random = randomStream(seed, "gradient-symmetricity");
  const perPass = Math.floor(order / 2);
  const rowOf = (slot: number, row: number) => {
    const element = examples.pairs[2 * row + slot] as number;
    return blocks === 1 ? (task.firstToken ?? 0) + element : slot * (task.p as number) + element;
  };
  return Array.from({ length: Math.ceil(looked / perPass) }, () => {
    const shuffled = random.permutation(order);
    return Array.from({ length: perPass }, (_, i) => {
      const [x, b] = [shuffled[2 * i] as number, shuffled[2 * i + 1] as number];
      const y = sign === 1 ? b : (order - b) % order;
      const row = rows[x * order + y] as number;
      const element = elements[random.integer(order)] as number;
      return {
        operands: [rowOf(0, row), rowOf(1, row)] as const,
        row,
        label: (task.firstClass ?? 0) + element,
      };
    });
  });
}
