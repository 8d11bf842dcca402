/**
 * Sinusoidal positions (Vaswani et al. 2017): feature 2i of position t is sin(t/10000^(2i/width)),
 * feature 2i + 1 is its cosine.
 *
 * @param positions the position of each row
 * @returns [positions.length · width]
 */
export function sinusoidalPositions(positions: Int32Array, dModel: number): Float32Array {
  const values = new Float32Array(positions.length * dModel);
  for (let row = 0; row < positions.length; row++) {
    for (let feature = 0; feature < dModel; feature++) {
      const even = feature - (feature % 2);
      const angle = (positions[row] as number) / 10000 ** (even / dModel);
      values[row * dModel + feature] = even === feature ? Math.sin(angle) : Math.cos(angle);
    }
  }
  return values;
}
