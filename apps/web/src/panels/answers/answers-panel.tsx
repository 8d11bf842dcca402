import { useComputed } from "@preact/signals";
import { useCallback } from "preact/hooks";
import { tally } from "../../network/answers";
import type { TableScene } from "../../network/scene";
import type { AnswersView } from "../../network/view";
import { linearScale } from "../chart/scale";
import type { Colors } from "../colors";
import type { TableData } from "../data-table";
import { Figure } from "../figure/figure";
import type { Inside, Pair } from "../inside";
import { PanelFrame, type PanelText } from "../panel-frame";
import { AblationBar } from "./ablation-bar";
import { CellPicker } from "./cell-picker";
import { inputOf, leadingAnswers } from "./input";
import { InputView } from "./input-view";
import { cellPixels, paintAnswers } from "./paint-answers";

const text: PanelText = {
  id: "answers",
  title: "Every question, every answer",
  lookFor:
    "First the cells it was trained on fill in, one by one and by heart; when the network has found the rule, all the others follow together.",
  sources: [{ label: "Power et al. 2022", href: "https://arxiv.org/abs/2201.02177" }],
};

const frame = { width: 540, height: 552 };
const plot = { x: 36, y: 8, side: 496 };

/** The table of all pairs, right and wrong, beside what the network makes of one of them. */
export function AnswersPanel({ inside }: { inside: Inside }) {
  const scene = inside.scene.value;
  const view = inside.view.value;
  const { hovered } = inside;
  const pair = useComputed(() => hovered.value ?? inside.selected.value);
  const table = scene?.table ?? null;
  const ablated = inside.ablation.view.value;
  const answers = ablated?.answers ?? view?.answers ?? null;
  return (
    <PanelFrame
      text={text}
      table={
        table === null || answers === null
          ? undefined
          : () => rowTable(answers, table, inside.selected.value)
      }
    >
      {(describedBy) =>
        table !== null &&
        answers !== null && (
          <div class="answers">
            <div>
              <AblationBar inside={inside} />
              <AnswerMap
                table={table}
                answers={answers}
                pair={pair.value}
                describedBy={describedBy}
                onHover={(next) => {
                  hovered.value = next;
                }}
                onSelect={(next) => {
                  hovered.value = null;
                  inside.selected.value = next;
                }}
              />
              <Legend table={table} answers={answers} />
            </div>
            <InputView inside={inside} table={table} pair={pair.value} />
          </div>
        )
      }
    </PanelFrame>
  );
}

function AnswerMap({
  table,
  answers,
  pair,
  describedBy,
  onHover,
  onSelect,
}: {
  table: TableScene;
  answers: AnswersView;
  pair: Pair;
  describedBy: string;
  onHover: (pair: Pair | null) => void;
  onSelect: (pair: Pair) => void;
}) {
  const { size, names } = table;
  // Long names have no room at the edge.
  const isShort = names.every(({ length }) => length <= 5);
  const nameOf = (element: number) => (isShort ? names[element] : element);
  const paint = useCallback(
    (pixels: Uint8ClampedArray, colors: Colors) => paintAnswers(pixels, colors, answers, table),
    [answers, table],
  );
  const cell = plot.side / size;
  const ticks = linearScale([0, size - 1], [cell / 2, plot.side - cell / 2], 5);
  const { train, rest } = tally(answers, table);
  const label = `Table of answers, a down and b across: ${train.right} of ${train.of} trained on and ${rest.right} of ${rest.of} held out are right.`;
  const box = { x: plot.x, y: plot.y, width: plot.side, height: plot.side };
  return (
    <div class="picture">
      <Figure
        {...frame}
        label={label}
        describedBy={describedBy}
        rasters={[{ ...box, columns: size * cellPixels, rows: size * cellPixels, paint, label }]}
      >
        {ticks.ticks.map((tick) => (
          <g key={tick} class="tick">
            <text x={plot.x - 6} y={plot.y + ticks.place(tick)} class="end middle">
              {nameOf(tick)}
            </text>
            <text x={plot.x + ticks.place(tick)} y={plot.y + plot.side + 16} class="centre">
              {nameOf(tick)}
            </text>
          </g>
        ))}
        <text
          x={12}
          y={plot.y + plot.side / 2}
          class="axis centre"
          transform={`rotate(-90 12 ${plot.y + plot.side / 2})`}
        >
          a
        </text>
        <text x={plot.x + plot.side / 2} y={frame.height - 4} class="axis centre">
          b
        </text>
        <g class="crosshair">
          <path
            d={`M${plot.x} ${plot.y + (pair.a + 0.5) * cell}H${plot.x + plot.side}M${plot.x + (pair.b + 0.5) * cell} ${plot.y}V${plot.y + plot.side}`}
          />
          <rect
            x={plot.x + pair.b * cell - 1.5}
            y={plot.y + pair.a * cell - 1.5}
            width={cell + 2}
            height={cell + 2}
          />
        </g>
      </Figure>
      <CellPicker
        box={box}
        frame={frame}
        table={table}
        pair={pair}
        describe={(at) => inputOf(table, at).text + leadingText(answers, table, at)}
        onHover={onHover}
        onSelect={onSelect}
      />
    </div>
  );
}

function leadingText(answers: AnswersView, table: TableScene, pair: Pair): string {
  const [first] = leadingAnswers(answers, table, pair);
  if (first === undefined) return "";
  return `; the network says ${first.name}, ${first.isRight ? "right" : "wrong"}`;
}

function Legend({ table, answers }: { table: TableScene; answers: AnswersView }) {
  const { train, rest } = tally(answers, table);
  return (
    <ul class="legend">
      <li>
        <span class="swatch swatch-train" /> trained on: <b>{train.right}</b> of {train.of} right
      </li>
      <li>
        <span class="swatch swatch-rest" /> held out: <b>{rest.right}</b> of {rest.of} right
      </li>
      <li class="legend-note">faint: wrong</li>
    </ul>
  );
}

/** The row of the chosen a, with every b. */
function rowTable(answers: AnswersView, table: TableScene, { a }: Pair): TableData {
  const bs = [...Array(table.size).keys()].filter((b) => inputOf(table, { a, b }).answer !== null);
  return {
    caption: `The answers to a = ${table.names[a]} with every b`,
    columns: ["b", "right answer", "network's answer", "its probability", "set"],
    rows: bs.map((b) => {
      const { answer, isTrained } = inputOf(table, { a, b });
      const [first] = leadingAnswers(answers, table, { a, b });
      return [
        table.names[b] as string,
        answer === null ? null : (table.names[answer] as string),
        first?.name ?? null,
        first === undefined ? null : first.share.toFixed(2),
        isTrained ? "trained on" : "held out",
      ];
    }),
  };
}
