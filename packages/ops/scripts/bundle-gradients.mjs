// Bundles the gradients of tfjs's stock operations into src/gradients/generated/. Node cannot import
// tfjs's own modules of them, which are neither CommonJS nor named as modules, and the union package
// that has them brings every backend. Does nothing if the file is there for this version.
import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const out = fileURLToPath(new URL("../src/gradients/generated/", import.meta.url));
const require = createRequire(import.meta.url);

/** The loop at the end of tfjs's list of gradients. */
const registering =
  /^for \(const gradientConfig of gradConfigs\) \{\s*registerGradient\(gradientConfig\);\s*\}/m;

/** What of tfjs's modules the package exports comes from there; the rest is bundled. */
const fromCore = {
  name: "from-core",
  setup({ onLoad }) {
    const exported = new Set(Object.keys(require("@tensorflow/tfjs-core")));
    const isExported = (name) => exported.has(name.trim().split(" as ")[0]);
    onLoad({ filter: /tfjs-core[/\\]dist[/\\]engine\.js$/ }, () => ({
      contents: `import { engine } from "@tensorflow/tfjs-core"; export const ENGINE = engine();`,
    }));
    onLoad({ filter: /tfjs-core[/\\]dist[/\\].*\.js$/ }, async ({ path }) => {
      const code = (await readFile(path, "utf8")).replace(/\/\/# sourceMappingURL=.*/, "");
      const contents = code.replace(/^import \{([^}]*)\} from '\..*';$/gm, (line, names) =>
        names.split(",").every(isExported)
          ? `import {${names}} from "@tensorflow/tfjs-core";`
          : line,
      );
      // Registering them is the caller's: a module that only has effects is dropped by bundlers, as the
      // package says that its modules have none.
      return { contents: contents.replace(registering, "export { gradConfigs };"), loader: "js" };
    });
  },
};

/** Writes the file if it is missing or of another version, and says whether it did. */
export async function bundleGradients() {
  const manifest = require.resolve("@tensorflow/tfjs-core/package.json");
  const { version } = JSON.parse(await readFile(manifest, "utf8"));
  const header = `// ${version}, as a list: made by scripts/bundle-gradients.mjs of tfjs-core (Apache-2.0).`;
  const path = join(out, "tfjs-gradients.ts");
  const present = await readFile(path, "utf8").catch(() => "");
  if (present.startsWith(header)) return false;
  const { outputFiles } = await build({
    stdin: {
      contents: 'export { gradConfigs } from "./register_all_gradients.js";',
      resolveDir: join(dirname(manifest), "dist"),
    },
    bundle: true,
    write: false,
    format: "esm",
    target: "es2022",
    minifySyntax: true,
    minifyWhitespace: true,
    external: ["@tensorflow/tfjs-core"],
    plugins: [fromCore],
  });
  await mkdir(out, { recursive: true });
  // A reader sees the old file or the new one, also when two processes build at once.
  const fresh = `${path}.${process.pid}`;
  await writeFile(fresh, `${header}\n// @ts-nocheck\n${outputFiles[0].text}\n`);
  await rename(fresh, path);
  return true;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  if (await bundleGradients()) console.log("tfjs: gradients");
}
