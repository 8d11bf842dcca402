import { fullCount } from "../axes/number-format";
import { INK } from "../axes/palette";
import { element } from "../element";
import type { Milestones } from "../figures/run-record";
import { textWidth } from "../layout/text-width";
import { spread } from "./spread";

/** A step that a figure marks with a vertical rule. */
export interface StepRule {
  readonly label: string;
  readonly step: number;
  readonly dash: string;
}

/**
 * The rules for a run's milestones: one for both where they fall on the same step.
 *
 * @throws RangeError if a milestone is not a finite step ≥ 0.
 */
export function milestoneRules(milestones: Milestones | undefined, caller: string): StepRule[] {
  const rules: StepRule[] = [];
  for (const [name, symbol, dash] of [
    ["t_mem", "t_{mem}", "1.5 2.5"],
    ["t_grok", "t_{grok}", "8 2.5 1.5 2.5"],
  ] as const) {
    const step = milestones?.[name];
    if (step === null || step === undefined) continue;
    if (!(Number.isFinite(step) && step >= 0)) {
      throw new RangeError(`${caller}: ${name} is ${step}; a milestone is a step ≥ 0, or null`);
    }
    rules.push({ label: symbol, step, dash });
  }
  const [first, second] = rules;
  if (first && second && first.step === second.step) {
    return [{ ...second, label: `${first.label} = ${second.label}` }];
  }
  return rules.sort((a, b) => a.step - b.step);
}

/** What is written on a rule: `t_{mem} = 1,200`. */
export function ruleText(rule: StepRule): string {
  return `${rule.label} = ${fullCount(rule.step)}`;
}

const SIZE = 12;
const BETWEEN = 12;

/** The height of the row of labels above the frame. */
export const RULE_ROW = 24;

/**
 * The labels of rules in a row above the frame, where no curve is. Each stands over its rule, or as
 * near as its neighbours and the edges allow, and a short line leads from it to its rule.
 *
 * @param xs pixel position of each rule, not decreasing
 * @param top the frame's upper edge
 * @returns undefined if the labels do not fit between `left` and `right`
 */
export function ruleLabels(
  document: Document,
  rules: readonly StepRule[],
  xs: readonly number[],
  left: number,
  right: number,
  top: number,
): SVGElement | undefined {
  const texts = rules.map(ruleText);
  const widths = texts.map((text) => textWidth(text, { size: SIZE }));
  const centres = spread(xs, widths, BETWEEN, left, right);
  if (centres === undefined) return undefined;
  const nodes = texts.flatMap((text, i) => {
    const x = xs[i] as number;
    const centre = centres[i] as number;
    const reach = (widths[i] as number) / 2 - 4;
    const foot = Math.min(Math.max(x, centre - reach), centre + reach);
    return [
      element(document, "text", { x: centre, y: top - 11, fill: INK.text }, text),
      element(document, "path", {
        d: `M${foot},${top - 6}L${x},${top}`,
        stroke: INK.rule,
        fill: "none",
      }),
    ];
  });
  return element(
    document,
    "g",
    { "aria-label": "milestones", "font-size": SIZE, "text-anchor": "middle" },
    ...nodes,
  );
}
