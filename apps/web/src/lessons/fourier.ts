import { percent } from "../state/narration";
import type { Facts, Lesson, Outcome } from "./lesson";
import { isDecided, stepText } from "./read-facts";

/** The rule that it found: numbers as places on circles. */
export const fourier: Lesson = {
  name: "fourier",
  title: "The rule that it found",
  about: "Look inside the network of the first lesson: it found its own way to add.",
  flags: {},
  steps: [
    {
      name: "waves",
      title: "Waves in the numbers",
      text: [
        "The network knows each number as a point in a space of many directions, random at first. Take the numbers in their order, 0, 1, 2, …: along each direction their values are a curve, and every curve is a sum of waves that go round once, twice, three times and so on. These are its frequencies.",
        "This is the run of the first lesson; if it has not been trained yet, train it here.",
      ],
      question: "Once it has found the rule, how many of all frequencies do its answers need?",
      choices: [
        { name: "all", text: "Nearly all of them" },
        { name: "half", text: "Something between" },
        { name: "few", text: "A handful (a quarter at most)" },
      ],
      task: "Look at the spectrum over time. Drag the timeline to see the network before it understood.",
      outcome: waves,
      after:
        "Nobody told the network about waves. Nanda et al. (2023) found the same in a transformer, and worked out how it adds with them.",
      charts: ["accuracy"],
      panels: ["spectrum"],
    },
    {
      name: "circle",
      title: "Why waves?",
      text: [
        "A wave has a sine and a cosine: two directions. In the plane of these two, look at where the numbers lie, for one of the frequencies that it uses.",
      ],
      question: "How will the numbers lie in that plane?",
      choices: [
        { name: "line", text: "In a line, from the smallest to the largest" },
        { name: "circle", text: "On a circle" },
        { name: "cloud", text: "In a cloud without order" },
      ],
      task: "Look at the circles, and drag the timeline back to the start.",
      outcome: circle,
      after:
        "On a circle adding is turning, and a full turn leads back to the start, just as clock arithmetic does. The network turns by a, then by b, and reads off where it has come to: on a few circles of different speed at once, as one alone would mix up neighbours. It found trigonometry.",
      charts: ["accuracy"],
      panels: ["circles", "spectrum"],
    },
  ],
};

function waves(facts: Facts): Outcome | null {
  const { view, tGrok } = facts;
  if (!isDecided(facts) || view === null || view.step < (tGrok ?? 0)) return null;
  if (view.waves === null) return null;
  const all = view.waves.embedding.length - 1;
  const needed = view.waves.keys.length;
  const power = view.waves.embedding.slice(1);
  const total = power.reduce((sum, each) => sum + each, 0);
  const inKeys = view.waves.keys.reduce((sum, k) => sum + (view.waves?.embedding[k] ?? 0), 0);
  return {
    choice: needed <= all / 4 ? "few" : needed > 0.75 * all ? "all" : "half",
    sentence: `At step ${stepText(view.step)} its answers need ${needed} of ${all} frequencies (${view.waves.keys.join(", ")}) for 95% of their strength. These hold ${percent(inKeys / total)} of the strength of the waves in its numbers.`,
  };
}

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
    ({ frequency, roundness }) => `${roundness.toFixed(2)} for frequency ${frequency}`,
  );
  const sentence = `The shorter axis of each figure by the longer, 1 for a circle: ${texts.join(", ")}.`;
  if (roundest > used.length / 2) return { choice: "circle", sentence };
  return { choice: used.every(({ roundness }) => roundness < 0.2) ? "line" : "cloud", sentence };
}
