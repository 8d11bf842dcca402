import { FAILED } from "./control";

/**
 * The program of a worker, as text: it runs from this in Node and from a Blob in browsers, so that
 * bundlers need no configuration. Tells that it is ready, then works until it is terminated.
 */
export const workerSource = `"use strict";
function begin({ module, memory, block, thread, threads }, ready) {
  const words = new Int32Array(memory.buffer);
  const instance = new WebAssembly.Instance(module, {
    env: { memory },
    // As in thread-host.ts.
    host: {
      now: () => performance.now(),
      wait: (address, seen, milliseconds) => void Atomics.wait(words, address >>> 2, seen, milliseconds),
      notify: (address) => void Atomics.notify(words, address >>> 2),
    },
  });
  instance.exports.join(block, 1);
  ready();
  // Behind a timer, so that the message is out before this thread blocks.
  setTimeout(() => {
    try {
      instance.exports.work(thread, threads);
    } catch (error) {
      const failed = (block + ${FAILED}) >> 2;
      Atomics.compareExchange(new Int32Array(memory.buffer), failed, 0, thread + 1);
      throw error;
    }
  }, 0);
}
if (typeof process === "object" && process.versions && process.versions.node) {
  const { parentPort, workerData } = require("node:worker_threads");
  begin(workerData, () => parentPort.postMessage("ready"));
} else {
  self.onmessage = ({ data }) => begin(data, () => self.postMessage("ready"));
}
`;
