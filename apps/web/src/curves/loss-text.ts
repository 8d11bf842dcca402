/** A loss with three digits. */
export function lossText(loss: number): string {
  return loss !== 0 && Math.abs(loss) < 1e-3 ? loss.toExponential(1) : loss.toPrecision(3);
}
