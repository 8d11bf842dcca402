import type { FloorRow } from "./floors.ts";

/** Where a package stands on its floor, and how wide it is. */
const places: Readonly<Record<string, readonly [x: number, width: number]>> = {
  "@grok/data": [190, 150],
  "@grok/ops": [370, 490],
  "@grok/plot": [880, 140],
  "@grok/models": [370, 150],
  "@grok/optim": [540, 150],
  "@grok/backend": [710, 150],
  "@grok/metrics": [880, 140],
  "@grok/inspect": [710, 150],
  "@grok/train": [190, 830],
  "@grok/sweep": [550, 470],
  "@grok/reproduce": [710, 310],
  "apps/cli": [190, 150],
  "apps/web": [370, 150],
  "apps/cdn": [540, 150],
};

/** What stands under a floor's number. */
const captions = [
  "nothing below",
  "the parts",
  "taken apart",
  "a run",
  "many runs",
  "published figures",
  "apps compose",
];

/** The way of a batch: from one package to another, at an x, with its number and words. */
const arrows: readonly (readonly [
  from: string,
  to: string,
  x: number,
  number: number,
  ...lines: string[],
])[] = [
  ["@grok/data", "@grok/train", 265, 1, "a step's tokens", "and labels"],
  ["@grok/train", "@grok/models", 445, 2, "forward"],
  ["@grok/models", "@grok/ops", 445, 3, "operations"],
  ["@grok/ops", "@grok/backend", 785, 4, "their kernels,", "on all threads"],
  ["@grok/ops", "@grok/optim", 615, 5, "gradients"],
  ["@grok/optim", "@grok/train", 585, 6, "new weights"],
  ["@grok/train", "@grok/metrics", 950, 7, "evaluations"],
  ["@grok/train", "apps/cli", 265, 8, "events: evaluation, milestone,", "checkpoint, end"],
  ["@grok/train", "@grok/sweep", 630, 8, "events"],
];

const top = 20;
const floorHeight = 74;
const boxHeight = 46;
/** Room between floors, for the words of arrows. */
const gap = 46;

/** The floors of the house, and the way of a batch through them, as SVG. */
export function floorsPicture(rows: readonly FloorRow[]): string {
  const highest = Math.max(...rows.map(({ floor }) => floor));
  const yOf = (floor: number) => top + (highest - floor) * (floorHeight + gap);
  const height = yOf(0) + floorHeight + top;
  const floorOf = (name: string) => rows.find((row) => row.name === name)?.floor ?? 0;
  const boxTop = (name: string) => yOf(floorOf(name)) + (floorHeight - boxHeight) / 2;
  const lines = [
    `<svg xmlns="http://www.w3.org/2000/svg" width="1080" height="${height}" viewBox="0 0 1080 ${height}" font-family="Inter, Helvetica, Arial, sans-serif" font-size="14">`,
    "<title>The floors of the house, and the way of a batch through them</title>",
    `<rect width="1080" height="${height}" fill="white"/>`,
    '<defs><marker id="a" viewBox="0 0 10 10" refX="9" refY="5" markerWidth="7" markerHeight="7" orient="auto"><path d="M0 0L10 5L0 10z" fill="#d55e00"/></marker></defs>',
  ];
  for (let floor = highest; floor >= 0; floor--) {
    const y = yOf(floor);
    lines.push(
      `<rect x="20" y="${y}" width="1040" height="${floorHeight}" rx="8" fill="#f4f6f8"/>`,
      `<text x="36" y="${y + 34}" font-weight="600">floor ${floor}</text><text x="36" y="${y + 53}" fill="#555" font-size="12">${captions[floor] ?? ""}</text>`,
    );
  }
  for (const { name } of rows) {
    const [x, width] = placeOf(name);
    const y = boxTop(name);
    lines.push(
      `<rect x="${x}" y="${y}" width="${width}" height="${boxHeight}" rx="6" fill="white" stroke="#0072b2" stroke-width="1.5"/><text x="${x + width / 2}" y="${y + 28}" text-anchor="middle">${name}</text>`,
    );
  }
  for (const [from, to, x, number, ...words] of arrows) {
    const isUp = floorOf(to) > floorOf(from);
    const start = boxTop(from) + (isUp ? 0 : boxHeight);
    const end = boxTop(to) + (isUp ? boxHeight + 2 : -2);
    lines.push(
      `<path d="M${x} ${start}V${end}" stroke="#d55e00" stroke-width="2" marker-end="url(#a)"/>`,
    );
    // Words stand in the gap below the higher floor of the two; those of an arrow that passes floors, too.
    const y =
      yOf(Math.max(floorOf(from), floorOf(to))) + floorHeight + (words.length > 1 ? 16 : 26);
    for (const [i, line] of words.entries()) {
      const mark = i === 0 ? `<tspan font-weight="700">${number}</tspan> ` : "";
      lines.push(
        `<text x="${x + 8}" y="${y + 16 * i}" fill="#a34700" font-size="12">${mark}${line}</text>`,
      );
    }
  }
  return `${[...lines, "</svg>"].join("\n")}\n`;
}

function placeOf(name: string): readonly [x: number, width: number] {
  const place = places[name];
  if (place === undefined) throw new Error(`${name} has no place in the picture of floors`);
  return place;
}
