import { fromBase64 } from "./base64";

/** The SIMD builds of tfjs-backend-wasm, for a memory of their own and for a shared one. */
export type TfjsBinary = "tfjs-backend-wasm-simd" | "tfjs-backend-wasm-threaded-simd";

/**
 * One of tfjs's WebAssembly binaries. It is part of this package, as a module that is loaded when it is
 * asked for: no bundler, dev server or page has to be told where a `.wasm` file lies.
 */
export async function tfjsBinary(name: TfjsBinary): Promise<Uint8Array<ArrayBuffer>> {
  const { gzipped } = await load(name);
  const packed = new Blob([fromBase64(gzipped)]).stream();
  const binary = packed.pipeThrough(new DecompressionStream("gzip"));
  return new Uint8Array(await new Response(binary).arrayBuffer());
}

function load(name: TfjsBinary): Promise<{ gzipped: string }> {
  return name === "tfjs-backend-wasm-simd"
    ? import("./generated/tfjs-backend-wasm-simd")
    : import("./generated/tfjs-backend-wasm-threaded-simd");
}
