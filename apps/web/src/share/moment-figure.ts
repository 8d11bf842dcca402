import { panelSvg } from "../panels/figure/export";

/** Units of the picture, and of its parts. */
const size = { width: 1280, margin: 40, gap: 24, head: 96 };

/**
 * The moment that the page shows as one SVG file: the sentence, and below it accuracy, the table of
 * answers and the circle beside each other, as far as they are on the page.
 *
 * @param sentence what is said of the run now
 * @param curve the accuracy as an SVG file
 * @throws Error if the pictures are not on the page
 */
export function momentFigure(sentence: string, curve: string): string {
  const looks = [...document.querySelectorAll("[data-look]")].filter(
    (look) => look.querySelector(".figure") !== null,
  );
  if (looks.length === 0) throw new Error("Open Watch first: its pictures are what is saved.");
  const page = getComputedStyle(document.documentElement);
  const color = (name: string) => page.getPropertyValue(name).trim();
  const inner = size.width - 2 * size.margin;
  // The curve has two parts of the width, each look one.
  const unit = (inner - size.gap * looks.length) / (2 + looks.length);
  const parts = [
    { svg: curve, width: 2 * unit },
    ...looks.map((look) => ({ svg: panelSvg(look, sentence), width: unit })),
  ].map(({ svg, width }) => {
    const root = new DOMParser().parseFromString(svg, "image/svg+xml").documentElement;
    const [own, high] = sizeOf(root);
    return { root, width, height: (width * high) / own };
  });
  const tallest = Math.max(...parts.map(({ height }) => height));
  const lines = linesOf(sentence, 92);
  const top = size.head + (lines.length - 1) * 34;
  const height = Math.ceil(top + tallest + size.margin);
  let x = size.margin;
  const placed = parts.map((part) => {
    const { root } = part;
    for (const [name, value] of Object.entries({
      x,
      y: top,
      width: part.width,
      height: part.height,
    }))
      root.setAttribute(name, value.toFixed(1));
    x += part.width + size.gap;
    return new XMLSerializer().serializeToString(root);
  });
  const text = lines.map(
    (line, i) =>
      `<text x="${size.margin}" y="${54 + 34 * i}" font-family="${escaped(color("--font"))}" font-size="25" font-weight="600" fill="${escaped(color("--ink"))}">${escaped(line)}</text>`,
  );
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${size.width}" height="${height}" viewBox="0 0 ${size.width} ${height}" role="img" aria-label="${escaped(sentence)}"><rect width="100%" height="100%" fill="${escaped(color("--surface"))}"/>${text.join("")}${placed.join("")}</svg>`;
}

/** Width and height of a drawing, which has a viewBox from here on so that it can be scaled. */
function sizeOf(root: Element): [number, number] {
  const box = root
    .getAttribute("viewBox")
    ?.split(/[\s,]+/)
    .map(Number);
  const [
    ,
    ,
    width = Number(root.getAttribute("width")),
    height = Number(root.getAttribute("height")),
  ] = box ?? [];
  if (box === undefined) root.setAttribute("viewBox", `0 0 ${width} ${height}`);
  return [width, height];
}

/** A sentence in lines of at most this many characters. */
function linesOf(text: string, max: number): string[] {
  return text.split(" ").reduce<string[]>((lines, word) => {
    const last = lines.at(-1);
    if (last === undefined || last.length + word.length >= max) return [...lines, word];
    return [...lines.slice(0, -1), `${last} ${word}`];
  }, []);
}

function escaped(text: string): string {
  return text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);
}
