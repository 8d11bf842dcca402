/** Properties that the style sheet gives and that a file must carry itself. */
const styled = [
  "fill",
  "fill-opacity",
  "stroke",
  "stroke-width",
  "stroke-dasharray",
  "stroke-opacity",
  "stroke-linejoin",
  "stroke-linecap",
  "opacity",
  "font-family",
  "font-size",
  "font-weight",
  "font-variant-numeric",
  "text-anchor",
  "dominant-baseline",
  "paint-order",
] as const;

/** The figures of a panel as one SVG file, as they look and lie now. */
export function panelSvg(panel: Element, title: string): string {
  const figures = [...panel.querySelectorAll(".figure")];
  const places = figures.map((figure) => figure.getBoundingClientRect());
  const left = Math.min(...places.map((place) => place.left));
  const top = Math.min(...places.map((place) => place.top));
  const drawings = figures.map((figure, i) => {
    const drawing = drawingOf(figure);
    if (figures.length > 1) {
      const place = places[i] as DOMRect;
      drawing.setAttribute("x", String(Math.round(place.left - left)));
      drawing.setAttribute("y", String(Math.round(place.top - top)));
      drawing.setAttribute("width", String(Math.round(place.width)));
      drawing.setAttribute("height", String(Math.round(place.height)));
    }
    return drawing;
  });
  const [first] = drawings as [SVGSVGElement];
  const { width, height } =
    figures.length > 1
      ? {
          width: Math.round(Math.max(...places.map((place) => place.right)) - left),
          height: Math.round(Math.max(...places.map((place) => place.bottom)) - top),
        }
      : first.viewBox.baseVal;
  const file = element("svg", {
    xmlns: "http://www.w3.org/2000/svg",
    width: String(width),
    height: String(height),
    viewBox: `0 0 ${width} ${height}`,
    role: "img",
    "aria-label": title,
  });
  const fill = getComputedStyle(panel).backgroundColor;
  file.append(element("rect", { width: "100%", height: "100%", fill }), ...drawings);
  return new XMLSerializer().serializeToString(file);
}

/** A figure's drawing with its style and its canvases' pixels in it. */
function drawingOf(figure: Element): SVGSVGElement {
  const drawn = figure.querySelector("svg") as SVGSVGElement;
  const drawing = drawn.cloneNode(true) as SVGSVGElement;
  const originals = [...drawn.querySelectorAll("*")];
  for (const [i, node] of [...drawing.querySelectorAll("*")].entries()) {
    const style = getComputedStyle(originals[i] as Element);
    for (const property of styled) {
      const value = style.getPropertyValue(property);
      if (value !== "" && value !== "none" && value !== "normal" && value !== "auto") {
        node.setAttribute(property, value);
      } else if (property === "fill" || property === "stroke") {
        node.setAttribute(property, value || "none");
      }
    }
    node.removeAttribute("class");
  }
  for (const name of ["role", "aria-hidden", "aria-label", "aria-describedby"]) {
    drawing.removeAttribute(name);
  }
  for (const canvas of [...figure.querySelectorAll("canvas")].reverse()) {
    const [x, y, width, height] = (canvas.dataset["box"] ?? "").split(" ");
    const pixels = {
      href: canvas.toDataURL("image/png"),
      preserveAspectRatio: "none",
      style: "image-rendering:pixelated",
    };
    drawing.prepend(element("image", { x, y, width, height, ...pixels }));
  }
  return drawing;
}

/** The same as PNG, at twice the size of its units. */
export async function figurePng(svg: string, scale = 2): Promise<Blob> {
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`;
  await image.decode();
  const canvas = document.createElement("canvas");
  canvas.width = image.naturalWidth * scale;
  canvas.height = image.naturalHeight * scale;
  canvas.getContext("2d")?.drawImage(image, 0, 0, canvas.width, canvas.height);
  return new Promise((resolve, reject) => {
    canvas.toBlob((blob) => {
      if (blob === null) reject(new Error("The browser made no picture of this figure."));
      else resolve(blob);
    }, "image/png");
  });
}

/** Hands a file to the browser to save. */
export function saveFile(name: string, content: Blob): void {
  const url = URL.createObjectURL(content);
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}

function element(
  name: string,
  attributes: Readonly<Record<string, string | undefined>>,
): SVGElement {
  const node = document.createElementNS("http://www.w3.org/2000/svg", name) as SVGElement;
  for (const [key, value] of Object.entries(attributes)) {
    if (value !== undefined) node.setAttribute(key, value);
  }
  return node;
}
