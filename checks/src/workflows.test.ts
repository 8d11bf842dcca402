import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { basename, join, matchesGlob, relative } from "node:path";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { oldestNode, packages, programs, root } from "./packages.ts";

interface Step {
  uses?: string;
  run?: string;
  with?: Record<string, unknown>;
  env?: Record<string, string>;
}
interface Job {
  "runs-on": string;
  steps: Step[];
  if?: string;
  needs?: string;
  permissions?: Record<string, string>;
  environment?: unknown;
  strategy?: { matrix: Record<string, unknown[]> };
}
interface Workflow {
  name: string;
  on: Record<string, unknown>;
  permissions: Record<string, string>;
  jobs: Record<string, Job>;
}

const folder = join(root, ".github");
const read = (name: string): unknown => parse(readFileSync(join(folder, name), "utf8"));
const workflows = readdirSync(join(folder, "workflows")).map(
  (name) => [name, read(`workflows/${name}`) as Workflow] as const,
);
const { scripts } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as {
  scripts: Record<string, string>;
};

/** Whether a step runs code of the repository or of packages that it installs. */
const runsForeignCode = ({ run = "" }: Step) =>
  /pnpm@|npm (ci|install)|\.ci\/run|scripts\//.test(run);

/** Whether a job may change something, or knows a secret. */
const isTrusted = (job: Job) =>
  Object.values(job.permissions ?? {}).includes("write") ||
  job.environment !== undefined ||
  JSON.stringify(job).includes("secrets.");

describe.each(workflows)("the workflow %s", (file, { name, on, permissions, jobs }) => {
  it("says what it is, when it runs and what it may, which is to read", () => {
    expect(name).toMatch(/^\w+$/);
    expect(Object.keys(on).length).toBeGreaterThan(0);
    expect(permissions).toEqual({ contents: "read" });
  });

  it("names every action by its commit, with the version that this is", () => {
    const text = readFileSync(join(folder, "workflows", file), "utf8");
    const used = [...text.matchAll(/uses: (.*)/g)].map(([, action]) => action);
    expect(used.length).toBeGreaterThan(0);
    for (const action of used) {
      expect(action).toMatch(/^actions\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
    }
  });

  it.each(Object.entries(jobs))("job %s runs no foreign code with rights or secrets", (_, job) => {
    if (isTrusted(job)) expect(job.steps.filter(runsForeignCode)).toEqual([]);
    else {
      const checkouts = job.steps.filter(({ uses = "" }) => uses.includes("/checkout@"));
      for (const step of checkouts) expect(step.with?.["persist-credentials"]).toBe(false);
    }
  });

  it.each(Object.entries(jobs))("job %s has steps that are there", (_job, job) => {
    expect(job["runs-on"]).toBeTypeOf("string");
    expect(job.steps.length).toBeGreaterThan(0);
    for (const { uses, run } of job.steps) {
      expect([uses, run].filter((each) => each !== undefined)).toHaveLength(1);
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

it("an action is of one version everywhere", () => {
  const used = new Set(
    workflows.flatMap(([, { jobs }]) =>
      Object.values(jobs).flatMap(({ steps }) => steps.flatMap(({ uses }) => uses ?? [])),
    ),
  );
  const names = [...used].map((action) => action.replace(/@.*/, ""));
  expect(names).toEqual([...new Set(names)]);
});

/** A workflow's job, and those that must have passed before it, the first first. */
function chain({ jobs }: Workflow, name: string): Job[] {
  const job = jobs[name] as Job;
  return job.needs === undefined ? [job] : [...chain({ jobs } as Workflow, job.needs), job];
}

describe.each([
  ["release.yml", "github.ref == 'refs/heads/main'"],
  ["page.yml", "github.ref == 'refs/heads/main' || startsWith(github.ref, 'refs/tags/')"],
])("what %s publishes", (file, from) => {
  const workflow = workflows.find(([name]) => name === file)?.[1] as Workflow;

  it("is started by a person alone", () => {
    expect(Object.keys(workflow.on)).toEqual(["workflow_dispatch"]);
  });

  it("comes from main or a tag, and was tested in full before", () => {
    const [test, ...others] = chain(workflow, "publish");
    expect(test?.if).toBe(from);
    expect(test?.steps.map(({ run }) => run)).toContain(".ci/run");
    expect(others.length).toBeGreaterThan(0);
    for (const [name, job] of Object.entries(workflow.jobs)) {
      if (isTrusted(job)) expect(chain(workflow, name)[0]).toBe(test);
    }
  });

  it("goes out with its provenance, from a job that may do no more than that", () => {
    const { publish } = workflow.jobs;
    const more = file === "page.yml" ? { pages: "write" } : {};
    expect(publish?.permissions).toEqual({ "id-token": "write", ...more });
    const scripts = publish?.steps.map(({ run = "" }) => run).join("\n");
    if (file === "release.yml") expect(scripts).toMatch(/npm publish .* --provenance/);
    else expect(scripts).toBe("");
  });
});

it("a release packs every package and program that is published", () => {
  const release = workflows.find(([name]) => name === "release.yml")?.[1];
  const pack = release?.jobs["pack"]?.steps.find(({ run = "" }) => / pack /.test(run))?.run ?? "";
  const filters = [...pack.matchAll(/--filter "\.\/([^"]*)"/g)].map(([, filter = ""]) => filter);
  const published = [...packages(), ...programs()].map(({ folder }) => relative(root, folder));
  for (const name of published) {
    expect(
      filters.some((filter) => matchesGlob(name, filter)),
      name,
    ).toBe(true);
  }
});

it("the page that goes out is the build that was tested", () => {
  const page = workflows.find(([name]) => name === "page.yml")?.[1];
  const { steps = [] } = page?.jobs["test"] ?? {};
  const tested = steps.findIndex(({ run }) => run === ".ci/run");
  expect(steps[tested]?.env).toEqual({ GROK_PAGE: "apps/web/dist" });
  const after = steps.slice(tested + 1);
  expect(after.some(({ run = "" }) => /pnpm@12 (run )?build|vite/.test(run))).toBe(false);
  expect(
    after.some(({ run = "" }) => run.includes('cp -r apps/web/dist "$RUNNER_TEMP/page"')),
  ).toBe(true);
  const upload = after.find(({ uses = "" }) => uses.includes("/upload-pages-artifact@"));
  expect(upload?.with?.["path"]).toBe("${{ runner.temp }}/page");
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

it("CONTRIBUTING.md names files that are somewhere, if it gives no folder", () => {
  const text = readFileSync(join(root, "CONTRIBUTING.md"), "utf8");
  const names = [...text.matchAll(/`([\w.-]+\.(?:tsx?|mjs|py|json|md))`/g)].map(([, name]) => name);
  const listed = spawnSync("git", ["ls-files"], { cwd: root, encoding: "utf8" }).stdout;
  const there = new Set(listed.split("\n").map((path) => basename(path)));
  expect(names.length).toBeGreaterThan(3);
  expect(names.filter((name = "") => !name.includes("NAME") && !there.has(name))).toEqual([]);
});
