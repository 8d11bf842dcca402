import { stopBackend, useBackend } from "@grok/backend";
import * as tf from "@tensorflow/tfjs-core";

/** What the page found, for the test to look at. */
export interface PageReport {
  isolated: boolean;
  name: string;
  threads: number;
  simd: string | undefined;
  /** A product's bytes, on each number of threads that is allowed here. */
  products: number[][];
  notice?: string;
  error?: string;
}

declare global {
  interface Window {
    /** `null` is a backend that is chosen for the page, with as many threads as that gives it. */
    report(threads: (number | null)[]): Promise<PageReport>;
  }
}

/** A product that is large enough to be divided among threads, of the same numbers each time. */
function product(): number[] {
  const numbers = (count: number) => Float32Array.from({ length: count }, (_, i) => Math.sin(i));
  return tf.tidy(() => {
    const a = tf.tensor2d(numbers(123 * 45), [123, 45]);
    const b = tf.tensor2d(numbers(67 * 45), [67, 45]);
    return Array.from(tf.matMul(a, b, false, true).dataSync());
  });
}

window.report = async (threads) => {
  const report: PageReport = {
    isolated: crossOriginIsolated,
    name: "",
    threads: 0,
    simd: undefined,
    products: [],
  };
  try {
    for (const count of threads) {
      const { name, threads, simd, notice } =
        count === null ? await useBackend("auto") : await useBackend("wasm", { threads: count });
      Object.assign(report, { name, threads, simd, notice });
      report.products.push(product());
    }
    await stopBackend();
  } catch (error) {
    report.error = String(error);
  }
  return report;
};
