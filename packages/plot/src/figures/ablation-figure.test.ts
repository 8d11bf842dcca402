import { describe, expect, it } from "vitest";
import { ablationFigure } from "./ablation-figure";

describe("ablationFigure", () => {
  const parts = [
    { label: "whole", train_acc: 1, val_acc: 0.995 },
    { label: "without head 0.1", train_acc: 0.62, val_acc: 0.41 },
    { label: "without all heads", train_acc: null, val_acc: 0.01 },
  ];

  it("has a row for each part, with what is left of both accuracies", () => {
    const svg = ablationFigure(parts, { title: "Taken apart", chance: 1 / 59 });
    for (const words of [
      "without head 0.1: training 62%",
      "without head 0.1: validation 41%",
      "whole: validation 99.5%",
      "without all heads: validation 1%",
      "dotted: guessing, 1.7%",
    ]) {
      expect(svg).toContain(words);
    }
    expect(svg).not.toContain("without all heads: training");
    expect(ablationFigure(parts, { title: "Taken apart", chance: 1 / 59 })).toBe(svg);
  });

  it("refuses no parts and accuracies that are not shares", () => {
    expect(() => ablationFigure([])).toThrow(
      "ablationFigure: there are 0 parts; it takes one or more, with accuracies from 0 to 1",
    );
    expect(() => ablationFigure([{ label: "x", train_acc: 1.2, val_acc: 0 }])).toThrow(
      "ablationFigure: there is 1 part, and an accuracy of 1.2",
    );
  });
});
