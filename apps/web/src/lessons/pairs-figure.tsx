import { useCallback, useId } from "preact/hooks";
import { cellPixels, paintPairs } from "../panels/answers/paint-answers";
import type { Colors } from "../panels/colors";
import { Figure } from "../panels/figure/figure";
import { scene } from "../state/view-step";

const side = 420;

/** All pairs of the table, those trained on and the others; what the network answers is not shown. */
export function PairsFigure() {
  const id = useId();
  const table = scene.value?.table ?? null;
  const paint = useCallback(
    (pixels: Uint8ClampedArray, colors: Colors) => {
      if (table !== null) paintPairs(pixels, colors, table);
    },
    [table],
  );
  if (table === null) return null;
  const trained = table.train.reduce((sum, isTrained) => sum + isTrained, 0);
  const asked = table.answers.filter((answer) => answer >= 0).length;
  const label = `Table of all ${asked} pairs, a down and b across: ${trained} are trained on.`;
  const pixels = table.size * cellPixels;
  const raster = { x: 0, y: 0, width: side, height: side, columns: pixels, rows: pixels };
  return (
    <figure class="card pairs-figure">
      <Figure
        width={side}
        height={side}
        label={label}
        describedBy={id}
        rasters={[{ ...raster, paint, label }]}
      />
      <figcaption id={id}>
        Orange: the {trained.toLocaleString("en")} pairs that it trains on. Blue: the{" "}
        {(asked - trained).toLocaleString("en")} that it never sees.
      </figcaption>
    </figure>
  );
}
