// Everything that must hold on main, in one command: `pnpm test`.
//
//   pnpm test                  all checks and all tests that this machine can run
//   pnpm test packages/ops     only the tests under a path, without the other checks
//
// Ends with what was skipped and how to enable it, and a line `N passed, N failed`. With
// GROK_FORBID_SKIPS=1, as in CI, a skipped test fails.
import { spawn, spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const only = process.argv.slice(2);
const results = { passed: 0, failed: 0 };
const failures = [];

function commandOf(command) {
  return join(root, "node_modules/.bin", command);
}

// On Windows the tools are scripts.
const options = { cwd: root, shell: process.platform === "win32" };

/** A check that prints only when it fails. */
async function check({ name, command, args }) {
  const start = performance.now();
  const child = spawn(commandOf(command), args, { ...options, stdio: ["ignore", "pipe", "pipe"] });
  let printed = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (text) => {
      printed += text;
    });
  }
  const ok = await new Promise((resolve) => {
    child.on("error", (error) => {
      printed += `${error.message}\n`;
      resolve(false);
    });
    child.on("close", (status) => resolve(status === 0));
  });
  results[ok ? "passed" : "failed"]++;
  console.log(`${ok ? "✓" : "✗"} ${name} (${((performance.now() - start) / 1000).toFixed(1)} s)`);
  if (ok) return;
  failures.push(name);
  console.log(printed);
}

/** Runs checks two at a time: most use one core, and the machine of CI has two. */
async function checkAll(checks) {
  const left = [...checks];
  const worker = async () => {
    for (let next = left.shift(); next !== undefined; next = left.shift()) await check(next);
  };
  await Promise.all([worker(), worker()]);
}

const folder = mkdtempSync(join(tmpdir(), "grok-test-"));
const tarballs = join(folder, "tarballs");
if (only.length === 0) {
  await check({
    name: "build",
    command: "turbo",
    args: ["run", "build", "--output-logs=errors-only"],
  });
  await check({
    name: "tarballs",
    command: "node",
    args: ["checks/src/install/pack.ts", tarballs],
  });
  const packages = readdirSync(join(root, "packages"), { withFileTypes: true }).filter(
    (entry) =>
      entry.isDirectory() && existsSync(join(root, "packages", entry.name, "package.json")),
  );
  await checkAll([
    { name: "types", command: "node", args: ["scripts/typecheck.mjs"] },
    { name: "every exported symbol documented", command: "typedoc", args: ["--emit", "none"] },
    { name: "lint", command: "oxlint", args: ["--type-aware", "."] },
    { name: "format", command: "biome", args: ["check", "."] },
    { name: "dead code", command: "knip", args: [] },
    { name: "workspace", command: "sherif", args: [] },
    { name: "sizes", command: "node", args: ["checks/src/size/check.ts"] },
    ...packages.flatMap(({ name }) => {
      const folder = join(root, "packages", name);
      const { version } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
      const tarball = join(tarballs, `grok-${name}-${version}.tgz`);
      return [
        { name: `package ${name}: publint`, command: "publint", args: ["--strict", tarball] },
        {
          name: `package ${name}: types as published`,
          command: "attw",
          args: [tarball, "--profile", "esm-only"],
        },
      ];
    }),
  ]);
}

// Tests take what was just built: the command, which starts sooner than its sources, the page, and the
// packages' tarballs.
const built = { GROK_BUILT: "1", GROK_PAGE: "apps/web/dist", GROK_TARBALLS: tarballs };
const env = only.length === 0 ? { ...process.env, ...built } : process.env;
const report = join(folder, "report.json");
spawnSync(
  commandOf("vitest"),
  ["run", "--reporter=default", "--reporter=json", `--outputFile=${report}`, ...only],
  { ...options, env, stdio: "inherit" },
);
const skipped = [];
const seconds = new Map();
if (existsSync(report)) {
  const { testResults } = JSON.parse(readFileSync(report, "utf8"));
  for (const file of testResults) {
    seconds.set(file.name.replace(root, ""), (file.endTime - file.startTime) / 1000);
    // A file that could not be loaded has no tests to count.
    if (file.status === "failed" && file.assertionResults.length === 0) {
      results.failed++;
      failures.push(file.name);
    }
    for (const test of file.assertionResults) {
      if (test.status === "passed") results.passed++;
      else if (test.status === "failed") {
        results.failed++;
        failures.push(test.fullName);
      } else skipped.push(`${file.name.replace(root, "")}: ${test.fullName}`);
    }
  }
} else {
  results.failed++;
  failures.push("vitest wrote no report");
}
rmSync(folder, { recursive: true });

if (only.length === 0) {
  const slowest = [...seconds].sort(([, a], [, b]) => b - a).slice(0, 20);
  console.log("\nWhat took longest, in seconds (two files run at a time):");
  for (const [name, time] of slowest) console.log(`  ${time.toFixed(0).padStart(4)}  ${name}`);
}
if (skipped.length > 0) {
  console.log(`\nSkipped ${skipped.length}; each name says what it needs:`);
  for (const name of skipped) console.log(`  - ${name}`);
  if (process.env.GROK_FORBID_SKIPS === "1") {
    results.failed += skipped.length;
    failures.push(...skipped);
  }
}
if (failures.length > 0) {
  console.log("\nFailed:");
  for (const name of failures) console.log(`  - ${name}`);
}
console.log(`\n${results.passed} passed, ${results.failed} failed`);
process.exit(results.failed === 0 ? 0 : 1);
