// Where a page finds the files of tfjs-backend-wasm: with a bundler, or with an import map and none.

/** The SIMD builds of tfjs-backend-wasm, for a memory of their own and for a shared one. */
export type TfjsBinary = "tfjs-backend-wasm-simd.wasm" | "tfjs-backend-wasm-threaded-simd.wasm";

const wasmOut = "@tensorflow/tfjs-backend-wasm/wasm-out/";

/**
 * One of tfjs's `.wasm` files on a page: in the folder given, else where an import map or a bundler
 * has it, else beside the page.
 */
export async function fetchBinary(name: TfjsBinary, folder?: string): Promise<ArrayBuffer> {
  const places =
    folder === undefined
      ? [mapped(`${wasmOut}${name}`), bundled(name), `./${name}`]
      : [`${folder}${name}`];
  for (const url of places) {
    const binary = url === undefined ? undefined : await fetchWasm(url);
    if (binary !== undefined) return binary;
  }
  throw new Error(
    `the wasm backend needs ${name} of @tensorflow/tfjs-backend-wasm, which is not at ${places.at(-1)}; say where it is with the option wasmFolder`,
  );
}

/**
 * What a CommonJS script that sets the global `name` gives, on a page without a bundler: there an
 * `import` of it runs it, and loses what it made.
 */
export async function importScript(path: string, name: string): Promise<unknown> {
  const url = mapped(`${wasmOut}${path}`);
  const response = url === undefined ? undefined : await fetch(url);
  if (!response?.ok) throw new Error(`${path} of @tensorflow/tfjs-backend-wasm is no module here`);
  const module = new Blob([await response.text(), `\nexport default ${name};`], {
    type: "text/javascript",
  });
  const address = URL.createObjectURL(module);
  try {
    return await import(/* @vite-ignore */ /* webpackIgnore: true */ address);
  } finally {
    URL.revokeObjectURL(address);
  }
}

/** Where the page's import map has a module, if it does. */
function mapped(specifier: string): string | undefined {
  try {
    return import.meta.resolve(specifier);
  } catch {
    return undefined;
  }
}

/** Where a bundler such as Vite has put the file: it knows these expressions, and replaces them. */
function bundled(name: TfjsBinary): string {
  const url =
    name === "tfjs-backend-wasm-simd.wasm"
      ? new URL(
          "@tensorflow/tfjs-backend-wasm/wasm-out/tfjs-backend-wasm-simd.wasm",
          import.meta.url,
        )
      : new URL(
          "@tensorflow/tfjs-backend-wasm/wasm-out/tfjs-backend-wasm-threaded-simd.wasm",
          import.meta.url,
        );
  return url.href;
}

/** The file at an address, if it is WebAssembly: a server may answer what it does not have with a page. */
async function fetchWasm(url: string): Promise<ArrayBuffer | undefined> {
  const response = await fetch(url).catch(() => undefined);
  if (!response?.ok) return undefined;
  const binary = await response.arrayBuffer();
  return binary.byteLength > 4 && new DataView(binary).getUint32(0) === 0x0061736d
    ? binary
    : undefined;
}
