import type { Facts, Lesson, Outcome } from "./lesson";
import { isDecided, stepText } from "./read-facts";

/** The rule that it found: numbers as places on circles. */
export const fourier: Lesson = {
  name: "fourier",
  title: "The rule that it found",
  about: "Look inside the network of the first scene: it found its own way to add.",
  flags: {},
  text: [
    "The network knows each number as a point in a space of many directions, random at first. Take the numbers in their order, 0, 1, 2, …: along each direction their values are a curve, and every curve is a sum of waves. Choose one wave that the network uses. It has two directions, a sine and a cosine.",
    "This is the run of the first scene; if it has not been trained yet, train it here.",
  ],
  question: "How will the numbers lie in the plane of these two directions?",
  choices: [
    { name: "line", text: "In a line, from the smallest to the largest" },
    { name: "circle", text: "On a circle" },
    { name: "cloud", text: "In a cloud without order" },
  ],
  task: "Train it until it has found the rule, and look at the planes of its waves. A thread joins the numbers, one step of the wave at a time.",
  outcome: circle,
  after:
    "On a circle adding is turning, and a full turn leads back to the start, as in clock arithmetic. The network turns by a, then by b, and reads off where it has come to: on a few circles of different speed at once. Nobody told it. Nanda et al. (2023) found the same in a transformer.",
  figure: "circles",
};

/** From this ratio of its axes on an ellipse is called a circle. */
const round = 0.8;

function circle(facts: Facts): Outcome | null {
  const { view, tGrok } = facts;
  if (!isDecided(facts) || view === null || view.step < (tGrok ?? 0)) return null;
  if (view.waves === null) return null;
  const { keys, circles } = view.waves;
  const used = circles.filter(({ frequency }) => keys.includes(frequency));
  if (used.length === 0) return null;
  const roundest = used.filter(({ roundness }) => roundness >= round).length;
  const texts = used.map(
    ({ frequency, roundness }) => `${roundness.toFixed(2)} for k = ${frequency}`,
  );
  const sentence = `At step ${stepText(view.step)} its answers need ${used.length} of ${view.waves.embedding.length - 1} waves. The shorter axis of each figure by the longer, 1 for a circle: ${texts.join(", ")}.`;
  if (roundest > used.length / 2) return { choice: "circle", sentence };
  return { choice: used.every(({ roundness }) => roundness < 0.2) ? "line" : "cloud", sentence };
}
