const wasmOut = "@tensorflow/tfjs-backend-wasm/wasm-out/";

/**
 * The value that a CommonJS script of tfjs-backend-wasm keeps in the global `name`, on a page with an
 * import map and no bundler: an `import` runs the script there, and loses what it made.
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
