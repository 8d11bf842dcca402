type Plot = typeof import("@grok/plot");

// The forms of figures. Each loads @grok/plot, and with it Observable Plot, when a figure is drawn:
// users who only judge runs do not wait for it.

/** `comparisonFigure` of @grok/plot. */
export async function comparisonFigure(
  ...given: Parameters<Plot["comparisonFigure"]>
): Promise<string> {
  return (await import("@grok/plot")).comparisonFigure(...given);
}

/** `grokTimeFigure` of @grok/plot. */
export async function grokTimeFigure(
  ...given: Parameters<Plot["grokTimeFigure"]>
): Promise<string> {
  return (await import("@grok/plot")).grokTimeFigure(...given);
}

/** `phaseDiagram` of @grok/plot. */
export async function phaseDiagram(...given: Parameters<Plot["phaseDiagram"]>): Promise<string> {
  return (await import("@grok/plot")).phaseDiagram(...given);
}
