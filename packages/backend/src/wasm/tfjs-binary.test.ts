import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { expect, it } from "vitest";
import { tfjsBinary } from "./tfjs-binary";

it.each(["tfjs-backend-wasm-simd", "tfjs-backend-wasm-threaded-simd"] as const)(
  "%s is tfjs's own file, byte for byte",
  async (name) => {
    const { resolve } = createRequire(import.meta.url);
    const file = await readFile(resolve(`@tensorflow/tfjs-backend-wasm/wasm-out/${name}.wasm`));
    expect(file.equals(await tfjsBinary(name))).toBe(true);
  },
);
