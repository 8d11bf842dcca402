import type { TableScene } from "../../network/scene";
import { boxStyle, type FigureBox } from "../figure/box-style";
import type { Pair } from "../inside";

const moves: Readonly<Record<string, readonly [number, number]>> = {
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
  PageUp: [-10, 0],
  PageDown: [10, 0],
};

/** Lies over the table: the pointer looks at cells and chooses one, arrow keys go from cell to cell. */
export function CellPicker({
  box,
  frame,
  table,
  pair,
  describe,
  onHover,
  onSelect,
}: {
  box: FigureBox;
  frame: { readonly width: number; readonly height: number };
  table: TableScene;
  pair: Pair;
  describe: (pair: Pair) => string;
  onHover: (pair: Pair | null) => void;
  onSelect: (pair: Pair) => void;
}) {
  const at = (event: MouseEvent): Pair => {
    const area = (event.currentTarget as Element).getBoundingClientRect();
    const index = (part: number, of: number) =>
      Math.min(table.size - 1, Math.max(0, Math.floor((part / of) * table.size)));
    return {
      a: index(event.clientY - area.top, area.height),
      b: index(event.clientX - area.left, area.width),
    };
  };
  const move = (event: KeyboardEvent) => {
    const step = moves[event.key];
    if (step === undefined) return;
    event.preventDefault();
    const within = (value: number) => Math.min(table.size - 1, Math.max(0, value));
    onSelect({ a: within(pair.a + step[0]), b: within(pair.b + step[1]) });
  };
  return (
    <div
      class="cell-picker"
      role="application"
      tabIndex={0}
      aria-label={`Choose an input by the arrow keys: ${describe(pair)}`}
      style={boxStyle(box, frame)}
      onPointerMove={(event) => {
        if (event.pointerType !== "touch") onHover(at(event));
      }}
      onPointerLeave={() => onHover(null)}
      // Not as a finger comes down: it may be about to scroll past.
      onClick={(event) => onSelect(at(event))}
      onKeyDown={move}
    >
      <span class="visually-hidden" aria-live="polite">
        {describe(pair)}
      </span>
    </div>
  );
}
