import type { Rgb } from "../panels/colors";

/** Lightness goes once up and down round the wheel, so that answers differ without hues, too. */
const lightness = { mean: 0.7, swing: 0.1 };
const chroma = 0.13;

const wheels = new Map<number, readonly Rgb[]>();

/** A colour for each of this many answers, round a wheel: neighbours look alike, and the last like the first. */
export function answerColors(count: number): readonly Rgb[] {
  let wheel = wheels.get(count);
  if (wheel === undefined) {
    wheel = Array.from({ length: count }, (_, i) => wheelColor((2 * Math.PI * i) / count));
    wheels.set(count, wheel);
  }
  return wheel;
}

function wheelColor(angle: number): Rgb {
  const light = lightness.mean + lightness.swing * Math.cos(angle - 1.9);
  return rgbOfOklab(light, chroma * Math.cos(angle), chroma * Math.sin(angle));
}

/** sRGB of a colour in Oklab (Ottosson 2020, https://bottosson.github.io/posts/oklab/). */
function rgbOfOklab(light: number, a: number, b: number): Rgb {
  const l = (light + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const m = (light - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const s = (light - 0.0894841775 * a - 1.291485548 * b) ** 3;
  return [
    channel(4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s),
    channel(-1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s),
    channel(-0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s),
  ];
}

function channel(linear: number): number {
  const value = linear <= 0.0031308 ? 12.92 * linear : 1.055 * linear ** (1 / 2.4) - 0.055;
  return Math.round(255 * Math.min(1, Math.max(0, value)));
}

/** The wheel as a style sheet's gradient, from the first answer to the last. */
export function wheelGradient(count: number): string {
  const colors = answerColors(count);
  const stops = Array.from({ length: 13 }, (_, i) => {
    const [r, g, b] = colors[Math.round((i * (count - 1)) / 12)] as Rgb;
    return `rgb(${r} ${g} ${b})`;
  });
  return `linear-gradient(90deg, ${stops.join(", ")})`;
}
