import { readdir, readFile } from "node:fs/promises";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import ts from "typescript";
import { describe, expect, it } from "vitest";
import { collect } from "./collection";

const root = fileURLToPath(new URL("../../../..", import.meta.url));

/** Where experiments are handled, whatever they are made of. */
const places = ["packages/train/src", "packages/sweep/src", "apps/cli/src", "apps/web/src"];

/** Where kinds are defined, and where experiments are named as data: presets and lessons. */
const exempt =
  /^packages\/train\/src\/(kinds|preset\/sources)\/|^apps\/web\/src\/lessons\/|\.test\.tsx?$/;

/** Texts that are the name of something else, by file: a preset, a flag, a format, a group of metrics. */
const namesakes: Readonly<Record<string, readonly string[]>> = {
  "packages/train/src/preset/presets.ts": ["mlx"],
  "packages/train/src/preset/taken-flags.ts": ["order-parameters"],
  "packages/train/src/analysis/usual-measures.ts": ["order-parameters"],
  "apps/cli/src/arguments/verify-options.ts": ["power"],
  "apps/cli/src/run/probe.ts": ["mlp", "mlx"],
  "apps/cli/src/sweep/sweep-request.ts": ["mlx"],
  "apps/web/src/controls/data-files.tsx": ["table"],
  "apps/web/src/controls/experiment-card.tsx": ["formula"],
  "apps/web/src/controls/setting.tsx": ["formula", "table"],
  "apps/web/src/network/scene-of.ts": ["order-parameters"],
  "apps/web/src/offers/offers.tsx": ["quadratic"],
  "apps/web/src/panels/neurons/tiles.tsx": ["constant"],
  "apps/web/src/state/data-file.ts": ["mlp"],
  "apps/web/src/state/recordings.ts": ["mlx", "nanda"],
  "apps/web/src/state/starting-point.ts": ["mlp"],
  "packages/sweep/src/node/export-records.ts": ["csv"],
  "packages/sweep/src/speedrun/track.ts": ["modular", "permutation"],
  "apps/cli/src/arguments/record-commands.ts": ["csv"],
};

/** The names of the kinds that an experiment may be made of, by what they are kinds of. */
const lists: readonly ReadonlySet<string>[] = (() => {
  const { tasks, models, losses, optimizers, transforms, schedules } = collect();
  const all: ReadonlyMap<string, { name: string }>[] = [];
  all.push(tasks, models, losses, optimizers, transforms, schedules);
  return all.map((kinds) => {
    const own = Array.from(kinds.values(), ({ name }) => name);
    return new Set([...kinds.keys(), ...own]);
  });
})();
const names = new Set(lists.flatMap((list) => [...list]));

/** A text that talks of a kind by its name: `--model mlp`, `task modular`. */
const spoken = /\b(?:model|task|loss|optimizer|schedule)s?[ =]([a-z][\w-]*)/g;

function isKeyOf(parent: ts.Node, node: ts.Node): boolean {
  return ts.isPropertyAssignment(parent) && parent.name === node;
}

/**
 * Where a source says a kind's name: as a text of its own, unless that is a type; as keys of an object
 * that has several, as a table has them; as a word of a regular expression; and within a text, behind
 * what it is a kind of.
 */
function saidNames(source: string, isJsx: boolean): { name: string; line: number }[] {
  const kind = isJsx ? ts.ScriptKind.TSX : ts.ScriptKind.TS;
  const file = ts.createSourceFile("a", source, ts.ScriptTarget.Latest, true, kind);
  const found: { name: string; line: number }[] = [];
  const say = (name: string, node: ts.Node) => {
    if (!names.has(name)) return;
    found.push({ name, line: file.getLineAndCharacterOfPosition(node.getStart()).line + 1 });
  };
  const visit = (node: ts.Node): void => {
    // Types vanish, and attributes are the page's own.
    if (ts.isTypeNode(node) || ts.isJsxAttribute(node)) return;
    const isText = ts.isStringLiteralLike(node) || ts.isTemplateLiteralToken(node);
    if (isText && !isKeyOf(node.parent, node)) say(node.text, node);
    if (isText || ts.isJsxText(node)) {
      for (const [, name = ""] of node.text.matchAll(spoken)) say(name, node);
    }
    if (ts.isRegularExpressionLiteral(node)) {
      for (const [word] of node.text.matchAll(/[a-z][\w-]*/g)) say(word, node);
    }
    if (ts.isObjectLiteralExpression(node)) {
      // A shorthand is named after a variable, not after what is looked up.
      const keys = node.properties.flatMap(({ kind: form, name }) => {
        const isKey = name !== undefined && form !== ts.SyntaxKind.ShorthandPropertyAssignment;
        return isKey && (ts.isIdentifier(name) || ts.isStringLiteralLike(name))
          ? [{ name: name.text, node: name }]
          : [];
      });
      for (const list of lists) {
        const ofList = keys.filter(({ name }) => list.has(name));
        if (ofList.length > 1) for (const key of ofList) say(key.name, key.node);
      }
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
}

describe("nobody asks for a kind by its name outside of its definition", () => {
  it("in any file", { timeout: 60_000 }, async () => {
    const found: string[] = [];
    const used = new Map<string, Set<string>>();
    for (const place of places) {
      const files = await readdir(join(root, place), { recursive: true, withFileTypes: true });
      for (const file of files) {
        const path = join(file.parentPath, file.name);
        const name = relative(root, path).replaceAll("\\", "/");
        if (!file.isFile() || !/\.tsx?$/.test(name) || exempt.test(name)) continue;
        const source = await readFile(path, "utf8");
        for (const said of saidNames(source, name.endsWith("x"))) {
          if (namesakes[name]?.includes(said.name)) {
            used.set(name, (used.get(name) ?? new Set()).add(said.name));
          } else found.push(`${name}:${said.line}: ${said.name}`);
        }
      }
    }
    expect(found).toEqual([]);
    // None is excused that is not there.
    for (const [name, texts] of Object.entries(namesakes)) {
      expect(used.get(name), name).toEqual(new Set(texts));
    }
  });

  it.each([
    ['if (task.kind === "modular") a();', ["modular"]],
    ["switch (kind) { case `parity`: }", ["parity"]],
    ['["mlp", "prieto"].includes(name)', ["mlp", "prieto"]],
    ['const asked = "muon"; if (kind === asked) a();', ["muon"]],
    ["const table = { mse: 1, hinge: 2 };", ["mse", "hinge"]],
    ['byName["cosine"]', ["cosine"]],
    ["/^(mlp|other)$/.test(name)", ["mlp"]],
    ["throw new RangeError(`Not for ${a}; model mlp does.`)", ["mlp"]],
    ['say("give --task modular")', ["modular"]],
    ["<p>The loss hinge</p>", ["hinge"]],
    ['type A = "mlp"; const a: "adam" | null = null;', []],
    ['const facts = { group: "own" }; // model mlp', []],
  ])("in %s", (source, expected) => {
    expect(saidNames(source, true).map(({ name }) => name)).toEqual(expected);
  });
});
