import { type Collection, collect } from "../kind/collection";
import type { Extensions } from "../kind/extension";
import { assemble } from "./assembly";
import type { Experiment } from "./experiment";

/** Settings of the functions that put an experiment into words. */
interface TextOptions {
  /** Whose kinds the experiment may be made of; default none. */
  extensions?: Extensions;
}

/** What is learned, in a few words: `a/b mod 97`. */
export function taskText(
  experiment: Pick<Experiment, "task" | "model">,
  { extensions }: TextOptions = {},
): string {
  const { task, model } = experiment;
  const kinds = collect(extensions);
  const kind = kinds.tasks.get(task.kind);
  // A run can be looked at without the extension that defines its parts.
  if (kind === undefined) return task.kind;
  if (kind.text !== undefined) return kind.text(task as never);
  return kinds.models.has(model.architecture) ? assemble(experiment, kinds).task.name : task.kind;
}

/** What is learned, in a word for a file's name: `div`, `x2+y2`, `mul1`, `addition`. */
export function taskSlug(
  { task }: Pick<Experiment, "task">,
  { extensions }: TextOptions = {},
): string {
  return (
    collect(extensions)
      .tasks.get(task.kind)
      ?.slug?.(task as never) ?? task.kind
  );
}

/** What a run's loss is called on an axis; null for cross-entropy in nats, as figures call it anyway. */
export function lossText(
  { training: { loss } }: Pick<Experiment, "training">,
  { extensions }: TextOptions = {},
): string | null {
  const kind = collect(extensions).losses.get(loss);
  return kind?.unit === "nats" ? null : `Loss, ${loss}`;
}

/** The optimizer, in a few words: `AdamW, lr 0.001, weight decay 1`. */
export function optimizerText(
  { optimizer }: Pick<Experiment, "optimizer">,
  { extensions }: TextOptions = {},
): string {
  const { kind, lr, weightDecay } = optimizer;
  const kinds: Collection = collect(extensions);
  const label = kinds.optimizers.get(kind)?.label ?? kind;
  const parts = [label, `lr ${lr}`, `weight decay ${weightDecay}`];
  for (const [name, transform] of kinds.transforms) {
    if (!kinds.isOn(name, optimizer)) continue;
    const text = transform.text(optimizer[name as keyof typeof optimizer] as never);
    if (text !== null) parts.push(text);
  }
  const groups = optimizer.parameterGroups?.length ?? 0;
  if (groups > 0) parts.push(groups === 1 ? "1 parameter group" : `${groups} parameter groups`);
  return parts.join(", ");
}
