/** Dots that are set or not, `width` × `height` of them, row 0 on top. */
export class DotGrid {
  private readonly dots: Uint8Array;

  constructor(
    readonly width: number,
    readonly height: number,
  ) {
    this.dots = new Uint8Array(width * height);
  }

  has(x: number, y: number): boolean {
    return x < this.width && y < this.height && this.dots[y * this.width + x] === 1;
  }

  set(x: number, y: number): void {
    this.dots[y * this.width + x] = 1;
  }

  /**
   * Sets the dots of a straight line, both ends included (Bresenham's algorithm); where `dotted`,
   * every other one, by the coordinate in which the line is longer.
   */
  line(x0: number, y0: number, x1: number, y1: number, dotted: boolean): void {
    const dx = Math.abs(x1 - x0);
    const dy = -Math.abs(y1 - y0);
    const alone = dx === 0 && dy === 0;
    let [x, y, error] = [x0, y0, dx + dy];
    for (;;) {
      if (!dotted || alone || (dx >= -dy ? x : y) % 2 === 0) this.set(x, y);
      if (x === x1 && y === y1) return;
      const twice = 2 * error;
      if (twice >= dy) {
        error += dy;
        x += Math.sign(x1 - x0);
      }
      if (twice <= dx) {
        error += dx;
        y += Math.sign(y1 - y0);
      }
    }
  }
}
