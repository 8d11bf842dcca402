// Writes where the source is into every package.json that is published: npm shows it, and refuses a
// provenance that comes from another repository. The release does this, as it knows where it runs.
//
//   node scripts/set-repository.mjs https://github.com/OWNER/NAME
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const address = process.argv[2] ?? "";
if (!/^https:\/\/[\w.-]+\/[\w.-]+\/[\w.-]+$/.test(address)) {
  console.error(`The address is "${address}"; https://HOST/OWNER/NAME is meant.`);
  process.exit(2);
}
const root = fileURLToPath(new URL("../", import.meta.url));
for (const parent of ["packages", "apps"]) {
  for (const name of readdirSync(`${root}${parent}`)) {
    const directory = `${parent}/${name}`;
    const file = `${root}${directory}/package.json`;
    if (!existsSync(file)) continue;
    const before = JSON.parse(readFileSync(file, "utf8"));
    if (before.private === true) continue;
    const manifest = {
      ...before,
      repository: { type: "git", url: `git+${address}.git`, directory },
      homepage: `${address}/tree/main/${directory}#readme`,
      bugs: `${address}/issues`,
    };
    writeFileSync(file, `${JSON.stringify(manifest, null, 2)}\n`);
  }
}
