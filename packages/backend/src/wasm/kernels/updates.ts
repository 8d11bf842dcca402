import type * as tf from "@tensorflow/tfjs-core";
import { Op } from "../op";
import { kernel } from "./kernel";
import { entriesOf, writeTensorList } from "./tensor-list";

const adam = kernel("GrokAdamUpdate", (host, inputs, attributes) => {
  const { learningRate, beta1, beta2, eps, weightDecay, correction1, correction2 } = attributes;
  const { address, count, elements } = writeTensorList(host, entriesOf(inputs, 4));
  host.run(
    Op.AdamUpdate,
    [address, count],
    [
      1 - learningRate * weightDecay,
      beta1,
      beta2,
      learningRate / correction1,
      1 / correction2,
      eps,
      1 - beta1,
      1 - beta2,
    ],
    elements * 16,
  );
  return [];
});

const sgd = kernel("GrokSgdUpdate", (host, inputs, attributes) => {
  const { learningRate, momentum, dampening, nesterov, weightDecay } = attributes;
  const { address, count, elements } = writeTensorList(host, entriesOf(inputs, 3));
  host.run(
    Op.SgdUpdate,
    [address, count, nesterov ? 1 : 0],
    [1 - learningRate * weightDecay, learningRate, momentum, 1 - dampening],
    elements * 4,
  );
  return [];
});

const lion = kernel("GrokLionUpdate", (host, inputs, attributes) => {
  const { learningRate, beta1, beta2, weightDecay } = attributes;
  const { address, count, elements } = writeTensorList(host, entriesOf(inputs, 3));
  host.run(
    Op.LionUpdate,
    [address, count],
    [1 - learningRate * weightDecay, learningRate, beta1, beta2, 1 - beta1, 1 - beta2],
    elements * 4,
  );
  return [];
});

const lerp = kernel("GrokLerpUpdate", (host, inputs, { weight }) => {
  const { address, count, elements } = writeTensorList(host, entriesOf(inputs, 2));
  host.run(Op.LerpUpdate, [address, count], [weight], elements * 2);
  return [];
});

const addScaled = kernel("GrokAddScaled", (host, inputs, { factor }) => {
  const entries = entriesOf(inputs, 2).map(([x, y]) => [
    x as tf.TensorInfo,
    y as tf.TensorInfo,
    host.output((x as tf.TensorInfo).shape, "float32"),
  ]);
  const { address, count, elements } = writeTensorList(host, entries);
  host.run(Op.AddScaled, [address, count], [factor], elements * 2);
  return entries.map(([, , z]) => z as tf.TensorInfo);
});

export const updateKernels = [adam, sgd, lion, lerp, addScaled];
