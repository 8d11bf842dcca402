import type { EvaluationRecord } from "@grok/train";
import { paintByAnswer } from "../first-look/paint-by-answer";
import type { NetworkScene } from "../network/scene";
import type { CircleView, NetworkView } from "../network/view";
import { ranked, ringOrder } from "../panels/circles-panel";
import { colors } from "../panels/colors";
import { percent } from "../state/narration";

/** Pixels of a film, which a processor can encode as fast as it plays. */
export const filmSize = { width: 960, height: 540 };

/** What everything below is measured in. */
const frameSize = { width: 1280, height: 720 };

/** What a frame shows: the network at a step, and the records up to it. */
export interface FilmFrame {
  readonly title: string;
  readonly records: readonly EvaluationRecord[];
  /** The step at which the axis ends. */
  readonly lastStep: number;
  readonly view: NetworkView;
  readonly scene: NetworkScene;
}

const chart = { x: 80, y: 190, width: 540, height: 430 };
const square = { y: 190, side: 290 };

/** Draws a frame of a film: the curves so far, the table of answers, and the circle if there is one. */
export function drawFrame(
  context: CanvasRenderingContext2D,
  { title, records, lastStep, view, scene }: FilmFrame,
): void {
  const color = (name: string) =>
    getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  const font = color("--font");
  const scale = filmSize.width / frameSize.width;
  context.setTransform(scale, 0, 0, scale, 0, 0);
  context.fillStyle = color("--surface");
  context.fillRect(0, 0, frameSize.width, frameSize.height);
  const write = (text: string, x: number, y: number, size: number, ink: string) => {
    context.font = `600 ${size}px ${font}`;
    context.fillStyle = color(ink);
    context.fillText(text, x, y);
  };
  write(title, 60, 76, 30, "--ink");
  const last = records.at(-1);
  write(`step ${(last?.step ?? 0).toLocaleString("en")}`, 60, 130, 24, "--soft");
  if (last !== undefined && Number.isFinite(last.val_acc)) {
    write(`practised ${percent(last.train_acc)}`, 260, 130, 24, "--train");
    write(`never seen ${percent(last.val_acc)}`, 500, 130, 24, "--val");
  }
  context.strokeStyle = color("--line");
  context.lineWidth = 1;
  for (const share of [0, 0.5, 1]) {
    const y = chart.y + chart.height * (1 - share);
    stroke(context, [
      [chart.x, y],
      [chart.x + chart.width, y],
    ]);
    write(percent(share).replace("0.0%", "0%"), 18, y + 6, 17, "--soft");
  }
  write(
    lastStep.toLocaleString("en"),
    chart.x + chart.width - 40,
    chart.y + chart.height + 30,
    17,
    "--soft",
  );
  for (const [name, ink] of [
    ["train_acc", "--train-mark"],
    ["val_acc", "--val"],
  ] as const) {
    context.strokeStyle = color(ink);
    context.lineWidth = 4;
    stroke(
      context,
      records
        .filter((record) => Number.isFinite(record[name]))
        .map((record) => [
          chart.x + (chart.width * record.step) / lastStep,
          chart.y + chart.height * (1 - record[name]),
        ]),
    );
  }
  // The network is looked into less often than it is evaluated.
  const looked = view.step === last?.step ? "" : `, at step ${view.step.toLocaleString("en")}`;
  if (view.answers !== null && scene.table !== null) {
    const { size } = scene.table;
    const pixels = new ImageData(size, size);
    paintByAnswer(pixels.data, colors().peek(), view.answers, scene.table);
    const small = new OffscreenCanvas(size, size);
    small.getContext("2d")?.putImageData(pixels, 0, 0);
    context.imageSmoothingEnabled = false;
    context.drawImage(small, 660, square.y, square.side, square.side);
    write(`all its answers${looked}`, 660, square.y + square.side + 34, 19, "--soft");
  }
  const circle = strongest(view);
  if (circle !== undefined && scene.group !== null) {
    const { order } = scene.group;
    drawRing(context, circle, order, {
      x: 970,
      ink: color("--accent"),
      thread: color("--control"),
    });
    write(`its numbers${looked}`, 970, square.y + square.side + 34, 19, "--soft");
  }
}

/** The plane of the frequency that holds most of the embedding. */
function strongest({ waves }: NetworkView): CircleView | undefined {
  if (waves === null) return undefined;
  return ranked(waves.embedding).flatMap(
    ({ frequency }) => waves.circles.find((each) => each.frequency === frequency) ?? [],
  )[0];
}

function drawRing(
  context: CanvasRenderingContext2D,
  { points, frequency }: CircleView,
  order: number,
  { x, ink, thread }: { x: number; ink: string; thread: string },
): void {
  const half = square.side / 2;
  const at = (i: number): [number, number] => [
    x + half + ((points[2 * i] ?? 0) / 127) * (half - 8),
    square.y + half - ((points[2 * i + 1] ?? 0) / 127) * (half - 8),
  ];
  const ring = ringOrder(frequency, order).map(at);
  context.strokeStyle = thread;
  context.lineWidth = 1.5;
  stroke(context, [...ring, ring[0] as [number, number]]);
  context.fillStyle = ink;
  for (const [cx, cy] of ring) {
    context.beginPath();
    context.arc(cx, cy, 4.5, 0, 2 * Math.PI);
    context.fill();
  }
}

function stroke(
  context: CanvasRenderingContext2D,
  points: readonly (readonly [number, number] | readonly number[])[],
): void {
  context.beginPath();
  for (const [i, point] of points.entries()) {
    const [x = 0, y = 0] = point;
    if (i === 0) context.moveTo(x, y);
    else context.lineTo(x, y);
  }
  context.stroke();
}
