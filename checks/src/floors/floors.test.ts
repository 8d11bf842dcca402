import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, it } from "vitest";
import { packages, programs, root } from "../packages";
import { floors } from "./floors";
import { floorsPicture } from "./picture";

const rows = floors();
const floorOf = new Map(rows.map(({ name, floor }) => [name, floor]));

it("has every package and app that is published, and the page", () => {
  const names = [
    ...packages().map(({ manifest }) => manifest.name),
    ...programs().map(({ name }) => `apps/${name}`),
    "apps/web",
  ];
  expect([...floorOf.keys()].sort()).toEqual([...new Set(names)].sort());
});

it("lets packages import what the table says, from floors below", () => {
  for (const { manifest } of packages()) {
    const row = rows.find(({ name }) => name === manifest.name);
    const imported = Object.keys({ ...manifest.dependencies, ...manifest.peerDependencies });
    const ours = imported.filter((name) => name.startsWith("@grok/"));
    for (const name of ours) {
      expect(floorOf.get(name), `${manifest.name} imports ${name}`).toBeLessThan(row?.floor ?? 0);
    }
    expect([...(row?.mayImport ?? ours)].sort(), manifest.name).toEqual(
      expect.arrayContaining(ours.sort()),
    );
  }
});

it("is drawn in docs/images/architecture.svg: GROK_WRITE=1 vitest run checks/src/floors draws it", async () => {
  const file = join(root, "docs/images/architecture.svg");
  const picture = floorsPicture(rows);
  if (process.env.GROK_WRITE !== undefined) await writeFile(file, picture);
  expect(await readFile(file, "utf8")).toBe(picture);
});
