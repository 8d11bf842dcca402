import type * as tf from "@tensorflow/tfjs-core";
import { entriesOf } from "../../wasm/kernels/tensor-list";
import type { WebgpuHost } from "../host";
import { type Role, runOnLists } from "../list";
import type { ParameterSpec } from "../program";
import type { Value } from "../value";
import { elementwiseCall } from "./elementwise";
import { kernel } from "./kernel";

type Inputs = Record<string, tf.TensorInfo>;
type Settings = (ParameterSpec & { value: number })[];

/** Settings that are floats, by name. */
export function floats(values: Record<string, number>): Settings {
  return Object.entries(values).map(([name, value]) => ({ name, type: "f32", value }));
}

/** Runs `body`, which knows the roles by name, on each element of lists of tensors. */
function onEach(
  host: WebgpuHost,
  name: string,
  roles: readonly Role[],
  settings: Settings,
  body: string,
): void {
  runOnLists(host, roles, (vectors, { total }) => {
    const pick = (isRead: boolean): Record<string, Value> =>
      Object.fromEntries(
        roles.flatMap((role, i) =>
          (role.use === "reads") === isRead ? [[role.name, vectors[i] as Value]] : [],
        ),
      );
    return [
      elementwiseCall(name, total / 4, {
        inputs: pick(true),
        outputs: pick(false),
        settings,
        body,
      }),
    ];
  });
}

/** An update's roles, from its inputs in turn. */
function rolesOf(inputs: Inputs, uses: Record<string, Role["use"]>): Role[] {
  const names = Object.keys(uses);
  const entries = entriesOf(inputs, names.length);
  return names.map((name, i) => ({
    name,
    use: uses[name] as Role["use"],
    tensors: entries.map((entry) => entry[i] as tf.TensorInfo),
  }));
}

const adam = kernel("GrokAdamUpdate", (host, inputs, attributes) => {
  const { learningRate, beta1, beta2, eps, weightDecay, correction1, correction2 } = attributes;
  onEach(
    host,
    "adam",
    rolesOf(inputs, { parameter: "replaces", gradient: "reads", m: "replaces", v: "replaces" }),
    floats({
      keep: 1 - learningRate * weightDecay,
      beta1,
      beta2,
      rest1: 1 - beta1,
      rest2: 1 - beta2,
      rate: learningRate / correction1,
      scale: 1 / correction2,
      eps,
    }),
    `let g = gradient[i];
  let first = beta1() * m[i] + rest1() * g;
  let second = beta2() * v[i] + rest2() * g * g;
  m[i] = first;
  v[i] = second;
  parameter[i] = parameter[i] * keep() - rate() * first / (sqrt(second * scale()) + eps());`,
  );
  return [];
});

const sgd = kernel("GrokSgdUpdate", (host, inputs, attributes) => {
  const { learningRate, momentum, dampening, nesterov, weightDecay } = attributes;
  onEach(
    host,
    "sgd",
    rolesOf(inputs, { parameter: "replaces", gradient: "reads", velocity: "replaces" }),
    floats({
      keep: 1 - learningRate * weightDecay,
      rate: learningRate,
      momentum,
      share: 1 - dampening,
      ahead: nesterov ? 1 : 0,
    }),
    `let g = gradient[i];
  let moved = momentum() * velocity[i] + share() * g;
  velocity[i] = moved;
  var direction = moved;
  if (ahead() > 0.0) { direction = g + momentum() * moved; }
  parameter[i] = parameter[i] * keep() - rate() * direction;`,
  );
  return [];
});

const lion = kernel("GrokLionUpdate", (host, inputs, attributes) => {
  const { learningRate, beta1, beta2, weightDecay } = attributes;
  onEach(
    host,
    "lion",
    rolesOf(inputs, { parameter: "replaces", gradient: "reads", m: "replaces" }),
    floats({
      keep: 1 - learningRate * weightDecay,
      rate: learningRate,
      beta1,
      beta2,
      rest1: 1 - beta1,
      rest2: 1 - beta2,
    }),
    `let g = gradient[i];
  let c = beta1() * m[i] + rest1() * g;
  // NaN is neither, and stays.
  let sign = select(select(c, 1.0, c > 0.0), -1.0, c < 0.0);
  parameter[i] = parameter[i] * keep() - rate() * sign;
  m[i] = beta2() * m[i] + rest2() * g;`,
  );
  return [];
});

const lerp = kernel("GrokLerpUpdate", (host, inputs, { weight }) => {
  onEach(
    host,
    "lerp",
    rolesOf(inputs, { value: "replaces", goal: "reads" }),
    floats({ weight }),
    "value[i] = value[i] + weight() * (goal[i] - value[i]);",
  );
  return [];
});

const addScaled = kernel("GrokAddScaled", (host, inputs, { factor }) => {
  const roles = rolesOf(inputs, { x: "reads", y: "reads" });
  const made = (roles[0] as Role).tensors.map(({ shape }) => host.memory.output(shape));
  onEach(
    host,
    "add scaled",
    [...roles, { name: "z", use: "makes", tensors: made }],
    floats({ factor }),
    "z[i] = x[i] + factor() * y[i];",
  );
  return made;
});

export const updateKernels = [adam, sgd, lion, lerp, addScaled];
