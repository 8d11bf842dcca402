import * as tf from "@tensorflow/tfjs-core";
import type { Attributes } from "./operation/definition";
import { isReference } from "./operation/registry";

/** One parameter's tensors by role, e.g. `{ parameter, gradient, m, v }`, all of one shape. */
export type Slots<Role extends string> = Record<Role, tf.Tensor>;

/** What defines an update. `Role` names the tensors that each parameter has. */
export interface UpdateDefinition<Role extends string, A extends Attributes> {
  /** The kernel's name in tfjs's registry, e.g. `GrokAdamUpdate`. */
  name: string;
  /** All roles, in the order in which a kernel takes them. */
  roles: readonly Role[];
  /** The roles that the update replaces; the others are only read. */
  replaces: readonly Role[];
  /** New tensors for the replaced roles of one parameter, in stock tfjs operations. */
  reference: (slots: Slots<Role>, attributes: A) => Partial<Slots<Role>>;
}

/**
 * An operation on many parameters at once that replaces some of their tensors. A fast kernel writes
 * in place; the reference form makes new tensors and disposes of the old ones. Use what it returns.
 */
export type Update<Role extends string, A extends Attributes> = (
  parameters: Slots<Role>[],
  attributes: A,
) => Slots<Role>[];

/**
 * Makes an update. A fast kernel gets its inputs as `"0"`, `"1"`, …: the roles of the first
 * parameter in the definition's order, then those of the second, and so on; it returns `[]`.
 * Tensors that an update replaces outlive the tidy scope they were made in.
 */
export function defineUpdate<Role extends string, A extends Attributes>(
  definition: UpdateDefinition<Role, A>,
): Update<Role, A> {
  const { name, roles, replaces, reference } = definition;
  return (parameters, attributes) => {
    if (!isReference(name)) {
      const owned = parameters.map((slots) => ownData(slots, replaces));
      const inputs: Record<string, tf.Tensor> = {};
      let count = 0;
      for (const slots of owned) {
        for (const role of roles) inputs[count++] = slots[role];
      }
      tf.engine().runKernel(name, inputs, attributes as unknown as tf.NamedAttrMap);
      return owned;
    }
    return parameters.map((slots) => {
      const replaced = tf.tidy(() => {
        const made = reference(slots, attributes);
        for (const role of replaces) tf.keep(made[role] as tf.Tensor);
        return made as tf.TensorContainerObject;
      }) as Slots<Role>;
      const updated = { ...slots };
      for (const role of replaces) {
        slots[role].dispose();
        updated[role] = replaced[role];
      }
      return updated;
    });
  };
}

/**
 * The same slots, with a copy instead of each replaced tensor whose data other tensors share (clones
 * and reshaped ones do): writing in place must not change those.
 */
function ownData<Role extends string>(slots: Slots<Role>, replaces: readonly Role[]): Slots<Role> {
  const { backend } = tf.engine();
  if (replaces.every((role) => backend.refCount(slots[role].dataId) === 1)) return slots;
  const owned = { ...slots };
  for (const role of replaces) {
    const shared = slots[role];
    if (backend.refCount(shared.dataId) === 1) continue;
    owned[role] = tf.tidy(() => tf.keep(tf.add(shared, 0)));
    shared.dispose();
  }
  return owned;
}
