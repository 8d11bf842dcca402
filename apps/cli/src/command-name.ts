import type { ProcessEnv } from "./process-env";

/** How the command is called again in the way that it was called now. */
export function commandName({
  npm_lifecycle_event: script,
  npm_package_name: project,
}: ProcessEnv["env"]): string {
  if (script === undefined) return "grok";
  if (script === "npx") return "npx @grok/cli";
  // A script of package.json; in a clone of grok it is one of pnpm's.
  return project === "grok-workspace" ? "npx -y pnpm@12 grok" : "npx grok";
}
