// A program that passes tensors of ours to tfjs, and has the types of @grok/ops for that.

import { forward, initialise, mlx } from "@grok/models";
import type {} from "@grok/ops";
import * as tf from "@tensorflow/tfjs-core";

const config = mlx(97);
const tokens = Int32Array.of(3, 97, 5, 98);
const batch = { tokens, size: 1, length: 4, answerPositions: [3] };
export const answers = tf.argMax(forward(config, initialise(config, 0), batch), 1);
