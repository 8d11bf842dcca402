// A figure of one's own: validation accuracy against the length of the weights, as SVG and PNG.
import { writeFile } from "node:fs/promises";
import { useBackend } from "@grok/backend";
import { FONT_FAMILY, svgToPng } from "@grok/plot";
import { resolveExperiment, train } from "@grok/train";

await useBackend("auto", { threads: 1 });
const experiment = resolveExperiment({
  preset: "mlp",
  flags: {
    p: 23,
    steps: 500,
    "eval-every": 10,
    "weight-decay": 3,
    lr: 3e-3,
    "train-fraction": 0.7,
  },
});
const points: [length: number, accuracy: number][] = [];
for await (const event of train(experiment)) {
  if (event.type !== "evaluation") continue;
  points.push([Number(event.record["weight_norm"]), event.record.val_acc]);
}

const longest = Math.max(...points.map(([length]) => length));
const place = ([length, accuracy]: [number, number]) =>
  `${40 + (540 * length) / longest},${360 - 320 * accuracy}`;
const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="600" height="400" font-family="${FONT_FAMILY}">
<rect width="600" height="400" fill="white"/>
<path d="M40 40V360H580" fill="none" stroke="#888"/>
<polyline points="${points.map(place).join(" ")}" fill="none" stroke="#0072b2" stroke-width="2"/>
<text x="40" y="30">validation accuracy, from 0 to 1</text>
<text x="580" y="385" text-anchor="end">length of the weights, from 0 to ${longest.toFixed(1)}</text>
</svg>
`;
await writeFile("own-figure.svg", svg);
await writeFile("own-figure.png", await svgToPng(svg));
console.log(points.length); // 51
