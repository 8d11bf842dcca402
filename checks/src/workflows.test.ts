import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { oldestNode, root } from "./packages.ts";

interface Step {
  uses?: string;
  run?: string;
}
interface Workflow {
  name: string;
  on: Record<string, unknown>;
  permissions: Record<string, string>;
  jobs: Record<
    string,
    { "runs-on": string; steps: Step[]; strategy?: { matrix: Record<string, unknown[]> } }
  >;
}

const folder = join(root, ".github");
const read = (name: string): unknown => parse(readFileSync(join(folder, name), "utf8"));
const workflows = readdirSync(join(folder, "workflows")).map(
  (name) => [name, read(`workflows/${name}`) as Workflow] as const,
);
const { scripts } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as {
  scripts: Record<string, string>;
};

describe.each(workflows)("the workflow %s", (_, { name, on, permissions, jobs }) => {
  it("says what it is, when it runs and what it may", () => {
    expect(name).toMatch(/^\w+$/);
    expect(Object.keys(on).length).toBeGreaterThan(0);
    expect(permissions).toBeTypeOf("object");
  });

  it.each(Object.entries(jobs))("job %s has steps that are there", (_job, job) => {
    expect(job["runs-on"]).toBeTypeOf("string");
    expect(job.steps.length).toBeGreaterThan(0);
    for (const { uses, run } of job.steps) {
      expect([uses, run].filter((each) => each !== undefined)).toHaveLength(1);
      if (uses !== undefined) expect(uses).toMatch(/^actions\/[\w-]+@v\d+$/);
      for (const [, script = ""] of (run ?? "").matchAll(/pnpm@12 ([a-z][\w-]*)/g)) {
        expect([...Object.keys(scripts), "exec", "install"]).toContain(script);
      }
      for (const [file] of (run ?? "").matchAll(/(?:scripts|\.ci)\/[\w.-]+/g)) {
        expect(existsSync(join(root, file)), file).toBe(true);
      }
    }
  });
});

it("CI runs on the oldest Node that the packages claim, and on three systems", () => {
  const ci = workflows.find(([name]) => name === "ci.yml")?.[1];
  const matrix = Object.values(ci?.jobs ?? {}).find(({ strategy }) => strategy)?.strategy?.matrix;
  expect(matrix?.["node"]?.map(String)).toContain(oldestNode());
  expect(matrix?.["os"]).toEqual(["ubuntu-latest", "macos-latest", "windows-latest"]);
});

it("a release is started by a person alone, and carries its provenance", () => {
  const release = workflows.find(([name]) => name === "release.yml")?.[1];
  expect(Object.keys(release?.on ?? {})).toEqual(["workflow_dispatch"]);
  expect(release?.permissions["id-token"]).toBe("write");
});

it.each(readdirSync(join(folder, "ISSUE_TEMPLATE")))("the issue template %s is a form", (name) => {
  const form = read(`ISSUE_TEMPLATE/${name}`) as {
    name: string;
    description: string;
    body: object[];
  };
  expect(form.name).toMatch(/./);
  expect(form.description).toMatch(/./);
  for (const field of form.body) {
    expect(field).toMatchObject({
      type: expect.stringMatching(/^(textarea|input)$/),
      id: expect.any(String),
    });
  }
});

it("CONTRIBUTING.md names files that are there", () => {
  const text = readFileSync(join(root, "CONTRIBUTING.md"), "utf8");
  const spans = [...text.matchAll(/`((?:packages|apps|docs|examples|results|\.ci)\/[^`\s]*)`/g)];
  const paths = spans.map(([, path = ""]) => path).filter((path) => !/NAME|docs\/api/.test(path));
  expect(paths.length).toBeGreaterThan(15);
  expect(paths.filter((path) => !existsSync(join(root, path)))).toEqual([]);
});
