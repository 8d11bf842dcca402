import { element } from "../element";
import { runsOf, SCRIPT_SHIFT, SCRIPT_SIZE } from "../markup";

/**
 * Makes of a drawn figure a file that any viewer shows alike: a namespace, numbers to a hundredth
 * of a pixel (which also hides the last digits in which JavaScript engines differ), subscripts and
 * superscripts as `tspan`s, none of Plot's style sheet, which only browsers understand, and � in place
 * of characters that XML does not allow, such as controls and halves of surrogate pairs.
 */
export function finish(svg: Element, document: Document): string {
  svg.setAttribute("xmlns", "http://www.w3.org/2000/svg");
  svg.removeAttribute("class");
  for (const style of svg.querySelectorAll("style")) style.remove();
  for (const node of [svg, ...svg.querySelectorAll("*")]) {
    for (const { name, value } of node.attributes) {
      const rounded = roundNumbers(value);
      if (rounded !== value && name !== "aria-label") node.setAttribute(name, rounded);
    }
  }
  for (const text of svg.querySelectorAll("text")) {
    if (text.textContent === "") text.remove();
    else setScripts(text, document);
  }
  for (const group of svg.querySelectorAll("g")) if (!group.firstChild) group.remove();
  return `${svg.outerHTML}\n`.replace(NOT_XML, "\ufffd");
}

const NOT_XML = /[^\t\n\r -\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu;

function roundNumbers(attribute: string): string {
  return attribute.replace(/-?\d+\.\d{3,}(e[-+]?\d+)?/g, (digits) => {
    const rounded = Math.round(Number(digits) * 100) / 100;
    return String(rounded === 0 ? 0 : rounded);
  });
}

function setScripts(text: Element, document: Document): void {
  const runs = runsOf(text.textContent ?? "");
  if (runs.every((run) => run.level === "line")) return;
  const size = Number(text.closest("[font-size]")?.getAttribute("font-size"));
  text.textContent = "";
  let shift = 0;
  for (const run of runs) {
    const wanted = Math.round(size * SCRIPT_SHIFT[run.level] * 100) / 100;
    const dy = Math.round((wanted - shift) * 100) / 100;
    text.append(
      element(
        document,
        "tspan",
        {
          dy: dy === 0 ? undefined : dy,
          "font-size":
            run.level === "line" ? undefined : Math.round(size * SCRIPT_SIZE * 100) / 100,
        },
        run.text,
      ),
    );
    shift = wanted;
  }
}
