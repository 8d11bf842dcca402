import { expect, it } from "vitest";
import { lookAtFigures, lookAtFonts } from "./figures";

it("draws a picture", async () => {
  expect(await lookAtFigures()).toMatchObject({ condition: "here" });
});

it("tells fonts, and what helps without any", async () => {
  expect(await lookAtFonts([])).toMatchObject({ condition: "missing" });
  expect((await lookAtFonts([])).text).toContain("--font");
});
