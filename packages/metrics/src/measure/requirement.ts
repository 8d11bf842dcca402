import { cyclicGroup } from "../progress/cyclic-group";
import type { RunContext } from "./snapshot";

/** Why a run's numbers cannot be put on a line, or null if they can. */
export function needsResidues({ task }: RunContext): string | null {
  return task.p === null ? "the elements are not residues, so they have no order" : null;
}

/** Why a run's task is no addition in a cyclic group, or null if it is. */
export function needsGroup({ task }: RunContext): string | null {
  return task.p !== null && cyclicGroup(task.operation, task.p) !== null
    ? null
    : `${task.operation} is no addition in a cyclic group: allowed are + and -, and *, *1 and / mod a prime`;
}

/** Why the inputs of an MLP cannot be rebuilt from its examples, or null if they can or need not be. */
export function needsOperands({ anatomy, task, examples }: RunContext): string | null {
  const { mlp } = anatomy;
  if (mlp === null) return null;
  const { kind } = mlp.input;
  const isRead =
    mlp.slots === 2 &&
    examples.pairs.length > 0 &&
    (kind === "embedding" || (kind === "one-hot" && task.p !== null));
  return isRead ? null : "it needs an MLP that sees the two operands alone, as residues if one-hot";
}

/** Why a run has no hidden activations to look at, or null if it has. */
export function needsHidden(context: RunContext): string | null {
  const { anatomy, hidden } = context;
  if (!anatomy.hidden) return `${anatomy.words} has no hidden activations`;
  if (hidden !== undefined) return null;
  if (anatomy.mlp === null) return "the run does not give hidden activations";
  return needsOperands(context);
}

/** Why a network has no parameter whose rows belong to the numbers, or null if it has. */
export function needsEmbedding(context: RunContext): string | null {
  const { embedding, words } = context.anatomy;
  return embedding === null ? `${words} has no embedding of its symbols` : needsResidues(context);
}

/** Why a network has no hidden neurons that see both operands and give logits, or null if it has. */
export function needsAddingNeurons(context: RunContext): string | null {
  const { mlp } = context.anatomy;
  const isOne = mlp !== null && mlp.input.kind === "one-hot" && mlp.slots === 2 && mlp.depth === 2;
  if (!isOne) {
    return "it needs an MLP with one hidden layer that sees the two operands as one-hot vectors";
  }
  const { operation, p } = context.task;
  const order = p === null ? 0 : (cyclicGroup(operation, p)?.order ?? 0);
  return needsGroup(context) ?? (order < 3 ? `waves need 3 elements, and it has ${order}` : null);
}

/** Whether a network has hidden neurons that see both operands of a cyclic group and give logits. */
export function hasAddingNeurons(context: RunContext): boolean {
  return needsAddingNeurons(context) === null;
}

/** Why a network has no weight that it sees the elements through, or null if it has; they need no order. */
export function needsInputWeight({ anatomy, task }: RunContext): string | null {
  const { embedding, words } = anatomy;
  if (embedding === null) return `${words} has no embedding of its symbols`;
  return elementsOf(task) === null ? "the task has no operands" : null;
}

/** How many elements a task's operands range over; null if it has no operands. */
export function elementsOf({ p, elements }: RunContext["task"]): number | null {
  return elements ?? p;
}

/** Why there is no linear map from hidden neurons to the logits, or null if there is. */
export function needsLogitMap({ anatomy }: RunContext): string | null {
  return anatomy.neuronsToLogits === null
    ? `${anatomy.words} has no linear map from its neurons to its logits`
    : null;
}

/** Why a run's answers are no labels, or null if they are. */
export function needsLabels({ areValues = false }: RunContext): string | null {
  return areValues ? "the answers are numbers, and not labels" : null;
}

/** Why the gradients of a run's loss are not those of the measures, or null if they are. */
export function needsSoftmax({ loss = "softmax" }: RunContext): string | null {
  return loss === "softmax" ? null : `it is of the loss by softmax, and this run trains on ${loss}`;
}

/** Why an embedding of a run's residues has no parallelograms, or null if it has some. */
export function needsParallelograms(context: RunContext): string | null {
  const { p } = context.task;
  return p !== null && p < 3
    ? `an embedding of ${p} numbers has no parallelograms, for which it takes 3`
    : needsResidues(context);
}

/** Why the debiased alignment of a run's tangent kernel is not defined, or null if it is. */
export function needsAlignedExamples(context: RunContext): string | null {
  const { examples, train } = context;
  const unlabelled = needsLabels(context);
  if (unlabelled !== null) return unlabelled;
  const rest = examples.labels.length - train.length;
  // Where all are trained on, all are looked at.
  const looked = rest > 0 ? rest : examples.labels.length;
  return looked < 4
    ? `it needs at least 4 validation examples, and this run has ${looked}`
    : needsOperands(context);
}
