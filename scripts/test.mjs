// Everything that must hold on main, in one command: `pnpm test`.
//
//   pnpm test                  all checks and all tests that this machine can run
//   pnpm test packages/ops     only the tests under a path, without the other checks
//
// Ends with what was skipped and how to enable it, and a line `N passed, N failed`. With
// GROK_FORBID_SKIPS=1, as in CI, a skipped test fails.
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const only = process.argv.slice(2);
const results = { passed: 0, failed: 0 };
const failures = [];

function run(command, args, options = {}) {
  return spawnSync(join(root, "node_modules/.bin", command), args, {
    cwd: root,
    encoding: "utf8",
    stdio: "inherit",
    // On Windows the tools are scripts.
    shell: process.platform === "win32",
    ...options,
  });
}

/** A check that prints only when it fails. */
function check(name, command, args, options) {
  const start = performance.now();
  const { status, stdout, stderr } = run(command, args, { stdio: "pipe", ...options });
  const ok = status === 0;
  results[ok ? "passed" : "failed"]++;
  console.log(`${ok ? "✓" : "✗"} ${name} (${((performance.now() - start) / 1000).toFixed(1)} s)`);
  if (ok) return;
  failures.push(name);
  console.log(`${stdout ?? ""}${stderr ?? ""}`);
}

if (only.length === 0) {
  check("build", "turbo", ["run", "build", "--output-logs=errors-only"]);
  check("types", "node", ["scripts/typecheck.mjs"]);
  check("format", "biome", ["check", "."]);
  check("lint", "oxlint", ["--type-aware", "."]);
  check("dead code", "knip", []);
  check("workspace", "sherif", []);
  check("every exported symbol documented", "typedoc", ["--emit", "none"]);
  check("sizes", "node", ["checks/src/size/check.ts"]);
  const packages = readdirSync(join(root, "packages"), { withFileTypes: true }).filter(
    (entry) =>
      entry.isDirectory() && existsSync(join(root, "packages", entry.name, "package.json")),
  );
  for (const { name } of packages) {
    const folder = join(root, "packages", name);
    check(`package ${name}: publint`, "publint", ["--strict", folder]);
    check(`package ${name}: types as published`, "attw", [
      "--pack",
      folder,
      "--profile",
      "esm-only",
    ]);
  }
}

const folder = mkdtempSync(join(tmpdir(), "grok-test-"));
const report = join(folder, "report.json");
run("vitest", ["run", "--reporter=default", "--reporter=json", `--outputFile=${report}`, ...only]);
const skipped = [];
if (existsSync(report)) {
  const { testResults } = JSON.parse(readFileSync(report, "utf8"));
  for (const file of testResults) {
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
