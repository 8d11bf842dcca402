/** A rectangle in a figure's units. */
export interface FigureBox {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Places an element over a rectangle of a figure that fills the same parent. */
export function boxStyle(
  { x, y, width, height }: FigureBox,
  frame: { readonly width: number; readonly height: number },
): { left: string; top: string; width: string; height: string } {
  const percent = (part: number, of: number) => `${(100 * part) / of}%`;
  return {
    left: percent(x, frame.width),
    top: percent(y, frame.height),
    width: percent(width, frame.width),
    height: percent(height, frame.height),
  };
}
