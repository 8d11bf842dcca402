import { fileURLToPath } from "node:url";

/**
 * How Node starts a file of this project as a process of its own: the file beside the caller's, and
 * the options that Node needs for it. From this repository's sources, as tests run them, that is the
 * file in TypeScript; or the built one, which starts sooner, if `GROK_BUILT` is 1.
 *
 * @param from `import.meta.url` of the caller
 * @param name of the file, without its ending
 */
export function childEntry(from: string, name: string): { file: string; execArgv?: string[] } {
  const path = (file: string) => fileURLToPath(new URL(file, from));
  if (!from.endsWith(".ts")) return { file: path(`./${name}.js`) };
  if (process.env["GROK_BUILT"] === "1") {
    return {
      file: path(`${from.slice(0, from.lastIndexOf("/src/"))}/dist/${name}.js`),
      execArgv: [],
    };
  }
  const hooks = new URL("../../../../scripts/from-source.mjs", import.meta.url);
  return {
    file: path(`./${name}.ts`),
    execArgv: [
      "--conditions=@grok/source",
      "--experimental-transform-types",
      "--no-warnings",
      `--import=${hooks}`,
    ],
  };
}
