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

/** A figure of the page as an SVG file of its own, as it looks now. */
export function figureSvg(figure: Element, title: string): string {
  const drawn = figure.querySelector("svg") as SVGSVGElement;
  const file = drawn.cloneNode(true) as SVGSVGElement;
  const originals = [...drawn.querySelectorAll("*")];
  for (const [i, node] of [...file.querySelectorAll("*")].entries()) {
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
  const { width, height } = drawn.viewBox.baseVal;
  file.setAttribute("xmlns", "http://www.w3.org/2000/svg");
  file.setAttribute("width", String(width));
  file.setAttribute("height", String(height));
  file.removeAttribute("aria-hidden");
  file.removeAttribute("aria-describedby");
  file.setAttribute("role", "img");
  file.setAttribute("aria-label", title);
  for (const canvas of [...figure.querySelectorAll("canvas")].reverse()) {
    const [x, y, w, h] = (canvas.dataset["box"] ?? "").split(" ");
    file.prepend(
      element("image", {
        x,
        y,
        width: w,
        height: h,
        href: canvas.toDataURL("image/png"),
        preserveAspectRatio: "none",
        style: "image-rendering:pixelated",
      }),
    );
  }
  const surface = getComputedStyle(figure.closest(".panel") ?? figure).backgroundColor;
  file.prepend(element("rect", { width: "100%", height: "100%", fill: surface }));
  return new XMLSerializer().serializeToString(file);
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

function element(name: string, attributes: Record<string, string | undefined>): Element {
  const node = document.createElementNS("http://www.w3.org/2000/svg", name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value !== undefined) node.setAttribute(key, value);
  }
  return node;
}
