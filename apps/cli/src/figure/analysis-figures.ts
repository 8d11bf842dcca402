import { type AnalysedSource, Sources } from "./analysed-source";
import { curveDrawings } from "./curve-drawings";
import { momentDrawings } from "./moment-drawings";

const drawings = { ...curveDrawings, ...momentDrawings };

/** The figures of an analysis as SVG, by name, and why others were not drawn. */
export interface AnalysisFigures {
  figures: Record<string, string>;
  skipped: { name: string; reason: string }[];
}

/** Draws every figure that the run can have. */
export function drawAnalysis(source: AnalysedSource): AnalysisFigures {
  const figures: Record<string, string> = {};
  const skipped: AnalysisFigures["skipped"] = [];
  for (const [name, draw] of Object.entries(drawings)) {
    const drawn = draw(new Sources(source));
    if ("svg" in drawn) figures[name] = drawn.svg;
    else skipped.push({ name, reason: drawn.reason });
  }
  return { figures, skipped };
}
