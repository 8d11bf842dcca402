// Lets node run the sources as they are, though their imports leave out the ending and take names
// from JSON: tests of the whole process need no build.
//
//   node --conditions=@grok/source --experimental-transform-types --import ./scripts/from-source.mjs apps/cli/src/main.ts
import { readFileSync } from "node:fs";
import { registerHooks } from "node:module";

registerHooks({
  resolve(specifier, context, next) {
    try {
      return next(specifier, context);
    } catch (error) {
      if (!specifier.startsWith(".")) throw error;
      return next(`${specifier}.ts`, context);
    }
  },
  load(url, context, next) {
    const isOurs = url.startsWith("file:") && !url.includes("/node_modules/");
    if (!isOurs || !url.endsWith("/package.json")) return next(url, context);
    const text = readFileSync(new URL(url), "utf8");
    const { version } = JSON.parse(text);
    const source = `export default ${text}; export const version = ${JSON.stringify(version)};`;
    return { format: "module", source, shortCircuit: true };
  },
});
