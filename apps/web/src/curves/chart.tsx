import type { ComponentChildren } from "preact";
import { useId, useState } from "preact/hooks";
import { attempt } from "../state/notices";
import { viewedStep, viewStep } from "../state/view-step";
import type { ChartData, Quantity } from "./curve";
import { Numbers } from "./numbers";
import { Plot } from "./plot";
import { levelDash } from "./rules";

/** A chart with its title, a key with the values under the pointer, and the numbers behind it. */
export function Chart({
  title,
  data,
  quantity,
  height,
  label,
  empty,
  note,
  format,
  tools,
}: {
  title: string;
  data: ChartData;
  quantity: Quantity;
  height: number;
  /** What it shows, in words. */
  label: string;
  /** What to say if there is nothing yet. */
  empty: string;
  /** What it is, under the title. */
  note?: string | undefined;
  format: (value: number) => string;
  tools?: ComponentChildren;
}) {
  const id = useId();
  const [hovered, setHovered] = useState<number | null>(null);
  const [isTable, setTable] = useState(false);
  return (
    <section class="card chart" aria-labelledby={id}>
      <header>
        <h2 id={id}>{title}</h2>
        <div class="key">
          {data.curves
            .filter(({ name }) => name !== "")
            .map(({ name, color, dash, values, isPale = false }) => (
              <span key={name} class={isPale ? "pale" : ""}>
                <svg viewBox="0 0 24 8" aria-hidden="true">
                  <line
                    x1="0"
                    x2="24"
                    y1="4"
                    y2="4"
                    stroke={`var(${color})`}
                    stroke-width="2.5"
                    stroke-dasharray={dash?.join(" ")}
                  />
                </svg>
                {name} <b>{shownValue(valueAt(values, hovered), format)}</b>
              </span>
            ))}
          {(data.levels ?? []).map((level) => (
            <span key={level.label} class="level">
              <svg viewBox="0 0 24 8" aria-hidden="true">
                <line
                  x1="0"
                  x2="24"
                  y1="4"
                  y2="4"
                  stroke="var(--control)"
                  stroke-width="1.5"
                  stroke-dasharray={levelDash.join(" ")}
                />
              </svg>
              {level.label}
            </span>
          ))}
          {hovered !== null && <span>at step {data.steps[hovered]?.toLocaleString("en")}</span>}
        </div>
        <div class="chart-tools">
          <button
            type="button"
            class="quiet"
            aria-expanded={isTable}
            onClick={() => setTable(!isTable)}
          >
            Numbers
          </button>
          {tools}
        </div>
      </header>
      {note !== undefined && <p class="faint chart-note">{note}</p>}
      <div class="plot-frame">
        <Plot
          data={data}
          quantity={quantity}
          height={height}
          marked={viewedStep.value}
          label={label}
          onHover={setHovered}
          onPick={(step) => attempt(viewStep(step))}
        />
        {data.steps.length === 0 && empty !== "" && (
          <p class="empty">
            <span>{empty}</span>
          </p>
        )}
      </div>
      {isTable && <Numbers title={title} data={data} format={format} />}
    </section>
  );
}

/** The value at an index, or else the last one that there is. */
function valueAt(values: readonly (number | null)[], index: number | null): number | null {
  return (index === null ? values.findLast((value) => value !== null) : values[index]) ?? null;
}

function shownValue(value: number | null | undefined, format: (value: number) => string): string {
  return value === null || value === undefined ? "–" : format(value);
}
