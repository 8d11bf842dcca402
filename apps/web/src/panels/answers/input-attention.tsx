import type { AttentionScene } from "../../network/scene";
import { formatShare } from "../chart/scale";

/** Where each head looks from the position at which the answer is read. */
export function InputAttention({
  scene: { layers, heads, positions },
  attention,
}: {
  scene: AttentionScene;
  attention: Float32Array;
}) {
  const length = positions.length;
  const rows = Array.from({ length: layers * heads }, (_, i) => {
    const from = (i * length + length - 1) * length;
    return {
      name: layers > 1 ? `${Math.floor(i / heads) + 1}.${(i % heads) + 1}` : `${i + 1}`,
      shares: attention.subarray(from, from + length),
    };
  });
  return (
    <table class="input-attention">
      <caption>where each head looks from “{positions.at(-1)}”</caption>
      <thead>
        <tr>
          <th scope="col">head</th>
          {positions.map((position, i) => (
            <th scope="col" key={i}>
              {position}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map(({ name, shares }) => (
          <tr key={name}>
            <th scope="row">{name}</th>
            {Array.from(shares, (share, i) => (
              <td key={i} style={{ "--share": share.toFixed(3) }}>
                {formatShare(share)}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
