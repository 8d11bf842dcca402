// Each is a chunk of its own in what is built, so that a curve in text loads no DOM.
export * from "./figures";
export { type TextCurveOptions, textCurve } from "./text-curve";
