// Bundles the libraries into modules for `<script type="module">`: a file per package, and chunks that
// they share, so that all of them use the same tfjs. Called by `build`.
import { readFile, rm } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { licences } from "../../../checks/src/licences/esbuild-plugin.ts";

const folder = fileURLToPath(new URL("..", import.meta.url));
const manifest = JSON.parse(await readFile(`${folder}package.json`, "utf8"));

/** Entry points for Node, for tests of operations, and of types alone. */
const notForPages = new Set(["/conformance", "/node", "/queue", "/types"]);

/** What each file gives to its importer, by the file's name. */
const modules = new Map([["tf", "@tensorflow/tfjs-core"]]);
for (const name of Object.keys(manifest.devDependencies)) {
  if (!name.startsWith("@grok/")) continue;
  const short = name.slice("@grok/".length);
  const { exports } = JSON.parse(
    await readFile(`${folder}node_modules/${name}/package.json`, "utf8"),
  );
  for (const path of Object.keys(exports)) {
    const part = path.slice(1);
    if (!notForPages.has(part)) modules.set(`${short}${part}`, `${name}${part}`);
  }
}

const entry = {
  name: "entry",
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^entry:/ }, ({ path }) => ({
      path: path.slice("entry:".length),
      namespace: "entry",
    }));
    onLoad({ filter: /.*/, namespace: "entry" }, ({ path }) => ({
      contents: `export * from "${modules.get(path)}";`,
      resolveDir: folder,
    }));
  },
};

await rm(`${folder}dist`, { recursive: true, force: true });
await build({
  entryPoints: [...modules.keys()].map((name) => ({ in: `entry:${name}`, out: name })),
  outdir: `${folder}dist`,
  bundle: true,
  splitting: true,
  format: "esm",
  platform: "browser",
  target: "es2022",
  minify: true,
  legalComments: "none",
  define: { "process.env.NODE_ENV": '"production"' },
  plugins: [entry, licences()],
  logLevel: "error",
});
