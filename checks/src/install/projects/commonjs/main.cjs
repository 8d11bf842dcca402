// CommonJS: an optimizer of @grok/optim goes to the bottom of a parabola.
require("@tensorflow/tfjs-backend-cpu");
const tf = require("@tensorflow/tfjs-core");
const { adamW, disposeState } = require("@grok/optim");

async function main() {
  await tf.setBackend("cpu");
  const optimizer = adamW({ learningRate: 0.1 });
  const parameters = { w: tf.tensor1d([3, -2]) };
  const state = optimizer.initialise(parameters);
  for (let step = 0; step < 200; step++) {
    optimizer.step(parameters, { w: tf.mul(parameters.w, 2) }, state, step);
  }
  console.log(Math.hypot(...parameters.w.dataSync()) < 0.05); // true
  disposeState(state);
}
void main();
