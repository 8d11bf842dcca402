// Lets the declarations of a built package name tensors as `@grok/ops/types` does, so that its
// users do not need the types of tfjs. Run in its folder, after tsup.
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const own = "@grok/ops/types";
for (const name of readdirSync("dist").filter((each) => each.endsWith(".d.ts"))) {
  const file = join("dist", name);
  const text = readFileSync(file, "utf8");
  const specifier = /(?<=^import (?:.+ from )?')(?:@tensorflow\/tfjs-core|@grok\/ops)(?=';$)/gm;
  writeFileSync(file, text.replace(specifier, own));
}
