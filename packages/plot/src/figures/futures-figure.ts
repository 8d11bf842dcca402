import { INK, styleOf } from "../axes/palette";
import { quantityAxis } from "../axes/quantity-axis";
import { type StepAxis, stepAxis } from "../axes/step-axis";
import { accuracyAxis } from "../axes/value-axis";
import { curvePanel } from "../layout/curve-panel";
import type { PanelDrawing } from "../layout/panel";
import { type SheetOptions, sheet } from "../layout/sheet";
import { type BandStep, bandCurve, checkBands } from "../marks/band-curve";
import type { CurveStyle } from "../marks/curve";
import type { LegendEntry } from "../marks/legend";

/** What became of runs that had one past and were changed alike, one for each seed. */
export interface Future {
  /** What was changed, and when. */
  readonly label: string;
  /** How many runs there are, those that failed too. */
  readonly runs: number;
  /** How many of them grokked at some time. */
  readonly grokked: number;
  /** How many of those that grokked were below the threshold again when they ended. */
  readonly ungrokked: number;
  /** How many failed before they grokked. */
  readonly failed: number;
  /** Seeds that are no run of it, as they never came to the change; default 0. */
  readonly missing?: number;
}

/** Futures that are drawn over one trunk. */
export interface FuturesPanel {
  readonly title?: string;
  /** Whether steps count from the change, as where each seed has it at a step of its own. */
  readonly isAligned: boolean;
  /** Steps at which futures leave the trunk; 0 if aligned. */
  readonly changes: readonly number[];
  /** What all have in common, up to the change. */
  readonly trunk: readonly BandStep[];
  /** The band of each future from its change on, in the futures' order; empty for one that is not in this panel. */
  readonly bands: readonly (readonly BandStep[])[];
}

/** What {@link futuresFigure} takes besides the futures. */
export interface FuturesFigureOptions extends SheetOptions {
  /** How many trunks there are, for the legend. */
  readonly trunks: number;
  /** Validation accuracy that counts as grokked, as a share. */
  readonly threshold?: number;
  /** What the vertical axis is; default validation accuracy. */
  readonly valueLabel?: string;
  readonly note?: string;
}

/** The past is no future: a grey of its own. */
const TRUNK: CurveStyle = { color: INK.soft, width: 2.5, symbol: "circle" };
const CHANGE = { color: INK.rule, dash: "8 2.5 1.5 2.5", width: 1.25 } as const;

/**
 * Futures over one trunk as an SVG file: validation accuracy over steps, what the runs have in common
 * drawn once up to the step of the change, and each future from there on, as medians over seeds with
 * bands. The legend says what became of all runs, those that failed or never grokked too.
 *
 * @throws RangeError without futures or panels, or where a step is not a finite number
 */
export function futuresFigure(
  futures: readonly Future[],
  panels: readonly FuturesPanel[],
  options: FuturesFigureOptions,
): string {
  const caller = "futuresFigure";
  if (futures.length === 0) throw new RangeError(`${caller}: there are no futures to draw`);
  if (panels.length === 0) throw new RangeError(`${caller}: there are no panels to draw`);
  checkBands(
    panels.flatMap(({ trunk, bands }) => [trunk, ...bands]),
    caller,
  );
  const hasBand = { band: true };
  return sheet(
    {
      ...options,
      columns: 1,
      panelHeight: panels.length === 1 ? 320 : 270,
      legend: [
        { label: `trunk (N = ${options.trunks})`, style: TRUNK, ...hasBand },
        ...futures.map((each, i) => ({
          label: `${each.label} (${fateOf(each)})`,
          style: styleOf(i),
          ...hasBand,
        })),
        ...changeEntry(panels),
      ],
      note: options.note ?? noteOf(panels),
      panels: panels.map((each) => panelOf(each, futures, options)),
    },
    caller,
  );
}

function panelOf(
  { title, isAligned, changes, trunk, bands }: FuturesPanel,
  futures: readonly Future[],
  { threshold, valueLabel = "Validation accuracy (%)" }: FuturesFigureOptions,
): PanelDrawing {
  const all = [trunk, ...bands].flatMap((band) => band.map(({ step }) => step));
  return curvePanel({
    title,
    curves: [
      bandCurve("trunk", trunk, TRUNK),
      ...futures.flatMap(({ label }, i) => {
        const band = bands[i] ?? [];
        return band.length === 0 ? [] : [bandCurve(label, band, styleOf(i))];
      }),
    ],
    steps: isAligned ? sinceChange(all) : stepAxis(all, "linear"),
    valueAxis: { ...accuracyAxis(), label: valueLabel },
    levels: threshold === undefined ? [] : [100 * threshold],
    rules: changes.map((step) => ({ label: "change", step, dash: CHANGE.dash })),
  });
}

function sinceChange(steps: readonly number[]): StepAxis {
  const axis = quantityAxis(steps, { label: "Steps since the change", include: [0], ticks: 6 });
  return { ...axis, place: (step) => step };
}

function changeEntry(panels: readonly FuturesPanel[]): LegendEntry[] {
  const marked = panels.some(({ changes }) => changes.length > 0);
  return marked ? [{ label: "step of the change", style: CHANGE }] : [];
}

function noteOf(panels: readonly FuturesPanel[]): string {
  const what =
    "Median over seeds, and the quartiles as a band. A run that has ended counts with its last value.";
  return panels.some(({ isAligned }) => isAligned)
    ? `${what} Where steps count from the change, seeds that never came to it are left out.`
    : what;
}

/** How many runs there are, and what became of them: `N = 5: 4 grokked, 1 of them ungrokked, 1 failed`. */
function fateOf({ runs, grokked, ungrokked, failed, missing = 0 }: Future): string {
  const never = runs - grokked - failed;
  const parts = [
    ...(grokked > 0 ? [`${grokked} grokked`] : []),
    ...(ungrokked > 0 ? [`${ungrokked} of them ungrokked`] : []),
    ...(never > 0 ? [`${never} never grokked`] : []),
    ...(failed > 0 ? [`${failed} failed`] : []),
    ...(missing > 0 ? [`${missing} never came to the change`] : []),
  ];
  return `N = ${runs}${parts.length === 0 ? "" : `: ${parts.join(", ")}`}`;
}
