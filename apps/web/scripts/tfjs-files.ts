import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { Plugin } from "vite";

/** The builds of tfjs-backend-wasm that `@grok/backend` loads: with shared memory, and without. */
const names = ["tfjs-backend-wasm-threaded-simd.wasm", "tfjs-backend-wasm-simd.wasm"];

/** Puts tfjs's `.wasm` files into the page's folder `tfjs/`, in builds and from the dev server. */
export function tfjsFiles(): Plugin {
  const { resolve } = createRequire(import.meta.url);
  const read = (name: string) =>
    readFileSync(resolve(`@tensorflow/tfjs-backend-wasm/wasm-out/${name}`));
  return {
    name: "tfjs-files",
    generateBundle() {
      for (const name of names) {
        this.emitFile({ type: "asset", fileName: `tfjs/${name}`, source: read(name) });
      }
    },
    configureServer(server) {
      server.middlewares.use((request, response, next) => {
        const name = names.find((each) => request.url?.endsWith(`/tfjs/${each}`));
        if (name === undefined) return next();
        response.setHeader("Content-Type", "application/wasm");
        response.end(read(name));
      });
    },
  };
}
