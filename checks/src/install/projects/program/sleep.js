// Lets the kernels' threads fall asleep between jobs; prints whether any of them wrote where nothing lies.
import { setTimeout as sleep } from "node:timers/promises";
import { useBackend } from "@grok/backend";
import * as tf from "@tensorflow/tfjs-core";

await useBackend("wasm", { threads: 2 });
const x = tf.ones([256, 256]);
const low = () => tf.backend().wasm.HEAP32.slice(0, 256);
const before = low();
for (let i = 0; i < 20; i++) {
  tf.dispose(tf.matMul(x, x));
  await sleep(5);
}
const changed = low().filter((word, i) => word !== before[i]).length;
console.log(`${changed} words were changed`);
