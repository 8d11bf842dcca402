import { useId } from "preact/hooks";
import { neuronsOnLine } from "../network/phases";
import { Figure } from "../panels/figure/figure";
import { phases } from "./phases";

const side = 420;
const margin = 40;
const span = side - 2 * margin;

/** The phases of all neurons beside the line on which theory has them. */
export default function PhasesFigure() {
  const id = useId();
  const { value: view } = phases;
  const at = (turn: number) => margin + (turn + 0.5) * span;
  const near = view === null ? 0 : neuronsOnLine(view);
  const label =
    view === null
      ? "Phases of the neurons: not known yet."
      : `Phases of ${view.frequencies.length} neurons at step ${view.step}: ${near} lie within a twelfth of a turn of the line of the theory.`;
  return (
    <figure class="card phases-figure">
      <Figure width={side} height={side} label={label} describedBy={id}>
        <path class="phases-frame" d={`M${margin} ${margin}h${span}v${span}h${-span}Z`} />
        {[-1, 0, 1].map((turn) => (
          <path key={turn} class="phases-theory" d={theoryLine(turn, at)} />
        ))}
        {view !== null &&
          Array.from(view.frequencies, (frequency, i) => (
            <circle
              key={i}
              class="phases-neuron"
              cx={at(view.operands[i] as number)}
              cy={side - at(view.answers[i] as number)}
              r={2.6}
              opacity={0.25 + 0.75 * (view.shares[i] as number)}
            >
              <title>
                Neuron {i}: wave {frequency}
              </title>
            </circle>
          ))}
        <text class="key" x={side / 2} y={side - 12} text-anchor="middle">
          φa + φb, in turns
        </text>
        <text class="key" x={12} y={margin - 14}>
          φc
        </text>
      </Figure>
      <figcaption id={id}>
        {view === null
          ? "Each dot will be a neuron."
          : `Step ${view.step.toLocaleString("en")}: ${near} of ${view.frequencies.length} neurons are at the line. `}
        A dot is the stronger, the more of its weights one wave holds.
      </figcaption>
    </figure>
  );
}

/** The line on which both phases are equal, shifted by whole turns, within the frame. */
function theoryLine(turn: number, at: (turn: number) => number): string {
  const [from, to] = [Math.max(-0.5, -0.5 - turn), Math.min(0.5, 0.5 - turn)];
  if (from >= to) return "";
  return `M${at(from)} ${side - at(from + turn)}L${at(to)} ${side - at(to + turn)}`;
}
