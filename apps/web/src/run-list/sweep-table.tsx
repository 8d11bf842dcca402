import { titleOf } from "../controls/setting";
import { percent } from "../state/narration";
import type { SweepCell, SweepDiagram } from "./sweeps";

/** A sweep as a diagram of its two settings, as its runs come. */
export function SweepTable({ sweep }: { sweep: SweepDiagram }) {
  const { name, rows, columns, others, cells, runs } = sweep;
  const all = cells.flat();
  const steps = all.flatMap(({ medianTGrok }) => medianTGrok ?? []);
  const [first, last] = [Math.min(...steps), Math.max(...steps)];
  return (
    <section class="card sweep" aria-label={`Sweep ${name}`}>
      <h2>Sweep {name}</h2>
      <p class="faint">
        {runs} runs so far: {sum(all, "grokked")} have grokked, {sum(all, "training")} are being
        trained. In each place the middle step at which its seeds grokked, and how many did; the
        sooner, the stronger the colour. Where none has, the highest validation accuracy.
        {others.length > 0 && ` ${others.map(titleOf).join(", ")} vary too, and lie together here.`}
      </p>
      <div class="scroll">
        <table>
          <caption class="visually-hidden">
            Steps to grok by {titleOf(rows.name)}
            {columns !== null && ` and ${titleOf(columns.name)}`}
          </caption>
          <thead>
            {columns !== null && (
              <tr>
                <td />
                <th scope="colgroup" colSpan={columns.values.length}>
                  {titleOf(columns.name)}
                </th>
              </tr>
            )}
            <tr>
              <th scope="col">{titleOf(rows.name)}</th>
              {(columns?.values ?? ["t_grok"]).map((value) => (
                <th key={value} scope="col">
                  {value}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.values.map((value, i) => (
              <tr key={value}>
                <th scope="row">{value}</th>
                {(cells[i] ?? []).map((cell, j) => (
                  <Cell key={columns?.values[j] ?? ""} cell={cell} first={first} last={last} />
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

function Cell({ cell, first, last }: { cell: SweepCell; first: number; last: number }) {
  const { medianTGrok: step, runs, grokked, training, bestVal } = cell;
  if (runs === 0) return <td class="none">–</td>;
  const share =
    step === null || last === first ? 0 : Math.log(step / first) / Math.log(last / first);
  const strength = step === null ? 0 : 52 - 40 * share;
  return (
    <td
      style={{
        background: `color-mix(in srgb, var(--val) ${strength.toFixed(0)}%, var(--surface))`,
      }}
    >
      <b>
        {step !== null ? step.toLocaleString("en") : bestVal === null ? "waits" : percent(bestVal)}
      </b>
      <span>
        {grokked} of {runs}
        {training > 0 && `, ${training} going`}
      </span>
    </td>
  );
}

function sum(cells: readonly SweepCell[], column: "grokked" | "training"): number {
  return cells.reduce((total, cell) => total + cell[column], 0);
}
