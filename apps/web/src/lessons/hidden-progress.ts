import { lossText } from "../curves/loss-text";
import { percent } from "../state/narration";
import type { Facts, Lesson, Outcome } from "./lesson";
import { isAboveChance, isDecided, normOf, recordAt, stepText } from "./read-facts";

/** What changes in the network while its accuracy stands still. */
export const hiddenProgress: Lesson = {
  name: "hidden-progress",
  title: "What it did all that time",
  about: "Between memorising and understanding the accuracy stands still. The network does not.",
  flags: {},
  steps: [
    {
      name: "loss",
      title: "Under the flat curve",
      text: [
        "Accuracy counts right answers. Loss also says how sure the network was of the right one: it is large where the network is sure of something wrong. This is the run of the first lesson; if it has not been trained yet, train it here.",
      ],
      question:
        "After it has memorised, while its answers to unseen pairs are still no better than guesses: what does their loss (blue) do?",
      choices: [
        { name: "still", text: "It lies still too" },
        { name: "falls", text: "It falls, long before accuracy moves" },
        { name: "rises", text: "It only rises" },
      ],
      task: "Run to the end of the wait, then look at the blue loss curve where blue accuracy is flat.",
      outcome: loss,
      after:
        "So the jump is not as sudden as it looks. Something is being built behind the memory, and accuracy is the last to show it.",
      charts: ["accuracy", "loss"],
      panels: [],
    },
    {
      name: "norm",
      title: "The size of the weights",
      text: [
        "Weight decay pulls every weight a little towards zero at each step. While the network still has mistakes on its training pairs, learning pulls harder. After that decay is nearly alone.",
      ],
      question: "After it has memorised, what will become of the length of all weights together?",
      choices: [
        { name: "grows", text: "They go on growing" },
        { name: "shrinks", text: "They shrink" },
        { name: "same", text: "They stay as they are" },
      ],
      task: "Look at the panel of the weights, and drag the timeline through the run.",
      outcome: norm,
      after:
        "A table learned by heart needs large weights; a rule does with less. Decay makes memory expensive, until the rule is the cheaper way to be right.",
      charts: ["accuracy"],
      panels: ["norm"],
    },
  ],
};

function loss(facts: Facts): Outcome | null {
  const { tMem, records } = facts;
  if (!isDecided(facts)) return null;
  const flat = records.filter(
    (record) => tMem !== null && record.step >= tMem && !isAboveChance(record, facts),
  );
  const peak = flat.reduce<(typeof flat)[number] | null>(
    (most, record) => (most === null || record.val_loss > most.val_loss ? record : most),
    null,
  );
  const last = flat.at(-1);
  if (peak === null || last === undefined) {
    return { choice: null, sentence: "In this run accuracy did not stand still after memorising." };
  }
  const sentence = `Validation loss was ${lossText(peak.val_loss)} at step ${stepText(peak.step)}, its highest, and ${lossText(last.val_loss)} at step ${stepText(last.step)}, where validation accuracy was still ${percent(last.val_acc)}.`;
  if (last.val_loss < 0.9 * peak.val_loss) return { choice: "falls", sentence };
  const first = flat[0] as (typeof flat)[number];
  return { choice: last.val_loss > 1.1 * first.val_loss ? "rises" : "still", sentence };
}

function norm(facts: Facts): Outcome | null {
  const { tMem, tGrok, records } = facts;
  if (!isDecided(facts) || tMem === null) return null;
  const end = tGrok ?? records.at(-1)?.step ?? 0;
  const start = normOf(recordAt(facts, tMem));
  const last = normOf(recordAt(facts, end));
  if (start === null || last === null) return null;
  const between = records.filter(({ step }) => step >= tMem && step <= end);
  const top = between.reduce((most, record) =>
    (normOf(record) ?? 0) > (normOf(most) ?? 0) ? record : most,
  );
  const most = normOf(top) ?? start;
  const sentence = `Their length was ${most.toFixed(1)} at step ${stepText(top.step)}, where it was greatest after memorising, and ${last.toFixed(1)} at step ${stepText(end)}.`;
  if (last < 0.95 * most) return { choice: "shrinks", sentence };
  return { choice: last > 1.05 * start ? "grows" : "same", sentence };
}
