/** A layer's weight, the layer's number, and what it belongs to inside a transformer's layer. */
const layerWeight = /^layers\.(\d+)\.(?:(.+)\.)?weight$/;

/**
 * The parameters that Muon is meant for, by the names of @grok/models: matrices that map hidden
 * units to hidden units. Not among them are embeddings, heads, gains and biases.
 *
 * In a transformer these are the weights in `layers.`, of attention and feed-forward. In an MLP
 * (`layers.0.weight`, …) the last layer is the head; the first is an embedding where its input is
 * one-hot, that is, if there is no parameter `embedding`.
 *
 * @param parameters tensors, or anything that has their ranks
 * @returns their names, in the parameters' order
 */
export function hiddenMatrices(parameters: Readonly<Record<string, { rank: number }>>): string[] {
  const found = Object.entries(parameters).flatMap(([name, { rank }]) => {
    const match = rank === 2 ? layerWeight.exec(name) : null;
    return match === null
      ? []
      : [{ name, layer: Number(match[1]), inside: match[2] !== undefined }];
  });
  const plain = found.filter(({ inside }) => !inside).map(({ layer }) => layer);
  const head = Math.max(...plain);
  const table = "embedding" in parameters ? Number.NaN : 0;
  return found
    .filter(({ layer, inside }) => inside || (layer !== head && layer !== table))
    .map(({ name }) => name);
}
