import type { LayoutName } from "../layout/catalogue";
import { type EquationTask, equationTask } from "../task/equation";
import type { FiniteGroup } from "./finite-group";
import { findGroup } from "./parse-group";

/** All products a∘b = c of a finite group. */
export interface GroupTask extends EquationTask {
  readonly group: FiniteGroup;
}

/** What {@link groupTask} takes. */
export interface GroupTaskOptions {
  /** A name as {@link findGroup} reads it, e.g. `"D5"`. */
  group: string;
  /** How an equation becomes tokens; `mlx` by default. */
  layout?: LayoutName;
}

/**
 * The task of learning a finite group's table from part of it, as Chughtai et al. 2023 do.
 *
 * @throws RangeError as {@link findGroup}, or for an unknown layout
 */
export function groupTask({ group: name, layout }: GroupTaskOptions): GroupTask {
  const group = findGroup(name);
  const task = equationTask({
    name: `a∘b in ${group.name}`,
    elements: group.order,
    apply: (a, b) => group.product(a, b),
    layout,
  });
  return { ...task, group };
}
