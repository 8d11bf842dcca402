import { expect, it } from "vitest";
import { commandName } from "./command-name";

it.each([
  [{}, "grok"],
  [{ npm_lifecycle_event: "npx" }, "npx @grok/cli"],
  [{ npm_lifecycle_event: "train", npm_package_name: "mine" }, "npx grok"],
  [{ npm_lifecycle_event: "start", npm_package_name: "grok-workspace" }, "npx -y pnpm@12 grok"],
])("of %o is %s", (env, name) => {
  expect(commandName(env)).toBe(name);
});
