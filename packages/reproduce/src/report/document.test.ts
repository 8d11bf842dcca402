import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import { figures } from "../figures/figures";
import { judge } from "../judge/judge";
import { readResults } from "../node/record";
import { reproductionOf, runsOf } from "../result/reproduction";
import { reproductionsDocument } from "./document";

const root = fileURLToPath(new URL("../../../..", import.meta.url));

it("is up to date: grok reproduce --all --no-run --record . writes it", async () => {
  const results = await readResults(root, figures);
  const files = reproductionsDocument(figures, results);
  for (const [name, text] of files) {
    expect(await readFile(`${root}/docs/${name}`, "utf8")).toBe(text);
  }
  const all = [...files.values()].join("");
  for (const { id } of figures) expect(all).toContain(`grok reproduce ${id}`);
});

it("is of results whose runs give the verdicts again, without the machines they were done on", async () => {
  for (const [id, result] of await readResults(root, figures)) {
    const figure = figures.find((each) => each.id === id) as (typeof figures)[number];
    const again = reproductionOf(figure, judge(figure, runsOf(result)), runsOf(result), result);
    expect(again).toEqual(result);
  }
});

it("is of results from which every figure can be drawn again", async () => {
  for (const [id, result] of await readResults(root, figures)) {
    const figure = figures.find((each) => each.id === id);
    const svg = (await figure?.draw(runsOf(result))) ?? "";
    expect(svg).toContain("<svg");
    expect(svg).not.toMatch(/NaN|Infinity|undefined/);
    // Every quantity of the registry was judged, and no other.
    expect(result.quantities.map(({ name }) => name)).toEqual(
      figure?.quantities.map(({ name }) => name),
    );
  }
});
