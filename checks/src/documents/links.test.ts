import { execFileSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import { root } from "../packages.ts";

const listed = execFileSync(
  "git",
  ["ls-files", "--cached", "--others", "--exclude-standard", "*.md"],
  { cwd: root, encoding: "utf8" },
);
const files = listed
  .trim()
  .split("\n")
  .filter((file) => existsSync(join(root, file)));

/** A document without its code, in which brackets are no links. */
function prose(file: string): string {
  const text = readFileSync(join(root, file), "utf8");
  return text.replace(/^( *)```.*?^\1```$/gms, "").replace(/`[^`\n]*`/g, "code");
}

/** The targets of a document's links and pictures. */
function targets(file: string): string[] {
  const links = prose(file).matchAll(/\]\(\s*<?([^()\s>]+)>?(?:\s+"[^"]*")?\s*\)/g);
  const html = prose(file).matchAll(/(?:href|src)="([^"]+)"/g);
  return [...links, ...html].map(([, target = ""]) => target);
}

/** The anchors that GitHub gives a document's headings, and those that it has itself. */
function anchors(file: string): Set<string> {
  const text = readFileSync(join(root, file), "utf8");
  const found = new Set([...text.matchAll(/<a (?:id|name)="([^"]+)"/g)].map(([, id = ""]) => id));
  for (const [, heading = ""] of text.replace(/^```.*?^```$/gms, "").matchAll(/^#+ (.+)$/gm)) {
    const plain = heading.replace(/\[([^\]]*)\]\([^)]*\)/g, "$1").toLowerCase();
    const slug = plain
      .replace(/[^\p{L}\p{N}\s_-]/gu, "")
      .trim()
      .replace(/\s/g, "-");
    let name = slug;
    for (let i = 1; found.has(name); i++) name = `${slug}-${i}`;
    found.add(name);
  }
  return found;
}

describe.each(files)("links of %s", (file) => {
  it("lead to files and headings that are there", () => {
    const broken = targets(file).filter((target) => {
      // Addresses of others are not fetched: tests do not depend on somebody's server.
      if (/^[a-z]+:/.test(target)) return !/^(https:\/\/[\w.-]+\.\w+(\/|$|#)|mailto:)/.test(target);
      const [path = "", anchor] = target.split("#");
      const to = path === "" ? file : join(dirname(file), decodeURIComponent(path));
      if (to.startsWith("..") || !existsSync(join(root, to))) return true;
      return anchor !== undefined && to.endsWith(".md") && !anchors(to).has(anchor);
    });
    expect(broken).toEqual([]);
  });
});

it("the guides' index leads to every guide", () => {
  const index = targets("docs/guides/README.md");
  const guides = files.filter((file) => /^docs\/guides\/(?!README)/.test(file));
  expect(guides.length).toBeGreaterThan(6);
  for (const file of guides) expect(index).toContain(file.replace("docs/guides/", ""));
});

it("docs/gallery.md shows every figure that the tests of @grok/plot draw", () => {
  const drawn = readdirSync(join(root, "packages/plot/gallery")).map(
    (name) => `../packages/plot/gallery/${name}`,
  );
  expect(drawn.length).toBeGreaterThan(10);
  expect(targets("docs/gallery.md")).toEqual(expect.arrayContaining(drawn));
});
