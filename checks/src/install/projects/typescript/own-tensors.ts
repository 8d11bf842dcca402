// Strict TypeScript without the types of tfjs, the DOM and Node: tensors have types of ours.
import { type Matrix, readMatrix } from "@grok/metrics";
import { forward, initialise, mlx } from "@grok/models";
import { adamW } from "@grok/optim";

const config = mlx(97);
const parameters = initialise(config, 0);
const tokens = Int32Array.of(3, 97, 5, 98);
const logits = forward(config, parameters, { tokens, size: 1, length: 4, answerPositions: [3] });
const [examples, classes]: [number, number] = logits.shape;
const values: Float32Array | Int32Array | Uint8Array = await logits.data();
const rows: number[][] = logits.arraySync();
const matrix: Matrix = await readMatrix(logits);
logits.dispose();
const optimizer = adamW({ learningRate: 1e-3 });
optimizer.step(parameters, parameters, optimizer.initialise(parameters), 0);
export const all = { examples, classes, values, rows, matrix };
