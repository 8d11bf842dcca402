import { packagedFile } from "./packaged-file";

/** A type that the engine's own types declare, those of the DOM or of Node; none without them. */
type Declared<Name extends string> = typeof globalThis extends {
  [N in Name]: { prototype: infer Instance };
}
  ? Instance
  : never;

type CompiledModule = typeof globalThis extends {
  WebAssembly: { Module: { prototype: infer Module } };
}
  ? Module
  : never;

/** Where resvg's WebAssembly comes from: its bytes, its compiled module, a response or its URL. */
export type WasmSource =
  | ArrayBuffer
  | ArrayBufferView<ArrayBuffer>
  | CompiledModule
  | Declared<"Response">
  | Declared<"URL">
  | string;

type Library = typeof import("@resvg/resvg-wasm");

let loaded: Promise<Library> | undefined;

/**
 * The renderer, loaded and compiled at the first call. In Node it reads its own `.wasm`; a page
 * passes it in. Later calls use what the first one loaded.
 */
export function loadResvg(wasm?: WasmSource | Promise<WasmSource>): Promise<Library> {
  loaded ??= load(wasm).catch((error) => {
    loaded = undefined;
    throw error;
  });
  return loaded;
}

async function load(wasm?: WasmSource | Promise<WasmSource>): Promise<Library> {
  const library = await import("@resvg/resvg-wasm");
  const source =
    (await wasm) ??
    ((await packagedFile("@resvg/resvg-wasm/index_bg.wasm", "wasm")) as BufferSource);
  try {
    await library.initWasm(source);
  } catch (error) {
    // Another copy of this package, or the user, has started the one renderer that there is.
    if (!(error instanceof Error && error.message.startsWith("Already initialized"))) throw error;
  }
  return library;
}
