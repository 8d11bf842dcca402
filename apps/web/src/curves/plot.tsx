import { useEffect, useRef } from "preact/hooks";
import uPlot from "uplot";
import "uplot/dist/uPlot.min.css";
import { isLogSteps } from "../state/chart-options";
import { isDark } from "../state/theme";
import type { ChartData, Quantity } from "./curve";
import { plotOptions } from "./plot-options";

/** A canvas with curves over steps. What it shows is told in words by `label`. */
export function Plot({
  data,
  quantity,
  height,
  marked,
  label,
  onHover,
  onPick,
}: {
  data: ChartData;
  quantity: Quantity;
  height: number;
  /** A step to mark. */
  marked: number | null;
  label: string;
  /** The index of the step under the pointer. */
  onHover: (index: number | null) => void;
  onPick: (step: number) => void;
}) {
  const root = useRef<HTMLDivElement>(null);
  const plot = useRef<uPlot | undefined>(undefined);
  /** The data that the plot has. */
  const drawn = useRef<ChartData | null>(null);
  // What the hooks of a plot read, which outlives a rendering.
  const newest = useRef({ data, marked, onHover, onPick });
  newest.current = { data, marked, onHover, onPick };
  const isLog = isLogSteps.value;
  const dark = isDark.value;
  const curves = data.curves.map(({ name, color, isPale }) => `${name} ${color} ${isPale}`).join();
  const fewSteps = data.steps.length < 30;

  useEffect(() => {
    const element = root.current as HTMLDivElement;
    const made = new uPlot(
      plotOptions({
        quantity,
        isLogSteps: isLog,
        width: element.clientWidth,
        height,
        data: () => newest.current.data,
        marked: () => newest.current.marked,
        onHover: (index) => newest.current.onHover(index),
      }),
      aligned(newest.current.data, isLog),
      element,
    );
    plot.current = made;
    drawn.current = newest.current.data;
    const click = () => {
      const at = made.cursor.idx;
      const step = at == null ? undefined : made.data[0][at];
      if (step !== undefined) newest.current.onPick(step);
    };
    made.over.addEventListener("click", click);
    const drag = (event: PointerEvent) => {
      // uPlot follows the mouse alone. What moves up or down scrolls, and comes as a cancelled pointer.
      if (event.pointerType !== "touch") return;
      const area = made.over.getBoundingClientRect();
      const left = Math.min(area.width, Math.max(0, event.clientX - area.left));
      made.setCursor({ left, top: event.clientY - area.top });
      if (event.type === "pointermove") click();
    };
    made.over.addEventListener("pointerdown", drag);
    made.over.addEventListener("pointermove", drag);
    const resize = new ResizeObserver(() => {
      const width = element.clientWidth;
      if (width > 0 && width !== made.width) made.setSize({ width, height });
    });
    resize.observe(element);
    return () => {
      resize.disconnect();
      made.destroy();
      plot.current = undefined;
    };
  }, [quantity, isLog, dark, curves, fewSteps, height]);

  useEffect(() => {
    if (drawn.current === data) return;
    drawn.current = data;
    plot.current?.setData(aligned(data, isLog));
  }, [data, isLog]);

  useEffect(() => {
    plot.current?.redraw();
  }, [marked]);

  return <div ref={root} class="plot" role="img" aria-label={label} style={{ height }} />;
}

/** uPlot's data; a log axis has no place for step 0. */
function aligned({ steps, curves }: ChartData, isLog: boolean): uPlot.AlignedData {
  const from = isLog && (steps[0] ?? 1) <= 0 ? 1 : 0;
  return [
    steps.slice(from) as number[],
    ...curves.map(({ values }) => values.slice(from) as (number | null)[]),
  ];
}
