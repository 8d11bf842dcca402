import { fileURLToPath } from "node:url";

const path = (name: string) => fileURLToPath(new URL(name, import.meta.url));

/**
 * The command as a process of its own: the built one if `GROK_BUILT` is 1, as in the whole test
 * command, which builds first (a built command starts in less than half of the time); else from its
 * sources, which need no build.
 */
export const command: readonly string[] =
  process.env.GROK_BUILT === "1"
    ? [process.execPath, path("../dist/main.js")]
    : [
        process.execPath,
        "--conditions=@grok/source",
        "--experimental-transform-types",
        "--no-warnings",
        `--import=${path("../../../scripts/from-source.mjs")}`,
        path("../src/main.ts"),
      ];
