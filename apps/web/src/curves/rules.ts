import type uPlot from "uplot";
import { colorOf } from "./color";
import type { Rule } from "./curve";

/** How lines at values are dashed, in the key, too. */
export const levelDash: readonly number[] = [2, 3];

/** Draws lines at steps, named above the frame, and the step that the timeline shows. */
export function drawRules(plot: uPlot, rules: readonly Rule[], marked: number | null): void {
  const { ctx, bbox } = plot;
  const ratio = devicePixelRatio;
  ctx.save();
  ctx.font = `600 ${12 * ratio}px ${colorOf("--font")}`;
  ctx.textAlign = "left";
  ctx.textBaseline = "bottom";
  const right = bbox.left + bbox.width;
  let taken = Number.NEGATIVE_INFINITY;
  for (const { at, label } of [...rules].sort((a, b) => a.at - b.at)) {
    const x = Math.round(plot.valToPos(at, "x", true));
    if (x < bbox.left || x > right) continue;
    stroke(ctx, colorOf("--ink"), [], ratio);
    line(ctx, x, bbox.top - 4 * ratio, x, bbox.top + bbox.height);
    const width = ctx.measureText(label).width;
    const start = Math.max(taken, Math.min(x - width / 2, right - width));
    ctx.fillStyle = colorOf("--ink");
    ctx.fillText(label, start, bbox.top - 5 * ratio);
    taken = start + width + 8 * ratio;
  }
  if (marked !== null) {
    const x = Math.round(plot.valToPos(marked, "x", true));
    if (x >= bbox.left && x <= right) {
      stroke(ctx, colorOf("--accent"), [], 2 * ratio);
      line(ctx, x, bbox.top, x, bbox.top + bbox.height);
    }
  }
  ctx.restore();
}

/** Draws dotted lines at values; the chart's key names them, where no curve crosses out the words. */
export function drawLevels(plot: uPlot, levels: readonly Rule[]): void {
  const { ctx, bbox } = plot;
  const ratio = devicePixelRatio;
  ctx.save();
  for (const { at } of levels) {
    const y = Math.round(plot.valToPos(at, "y", true));
    if (y < bbox.top || y > bbox.top + bbox.height) continue;
    stroke(
      ctx,
      colorOf("--control"),
      levelDash.map((part) => part * ratio),
      ratio,
    );
    line(ctx, bbox.left, y, bbox.left + bbox.width, y);
  }
  ctx.restore();
}

function stroke(ctx: CanvasRenderingContext2D, color: string, dash: number[], width: number): void {
  ctx.strokeStyle = color;
  ctx.lineWidth = width;
  ctx.setLineDash(dash);
}

function line(
  ctx: CanvasRenderingContext2D,
  fromX: number,
  fromY: number,
  toX: number,
  toY: number,
): void {
  ctx.beginPath();
  ctx.moveTo(fromX, fromY);
  ctx.lineTo(toX, toY);
  ctx.stroke();
}
