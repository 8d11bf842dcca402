import { lossText } from "../curves/loss-text";
import { percent } from "../state/narration";
import type { Facts, Lesson, Outcome } from "./lesson";
import { isAboveChance, isDecided, stepText } from "./read-facts";

/** What changes in the network while its accuracy stands still. */
export const hiddenProgress: Lesson = {
  name: "hidden-progress",
  title: "What it did all that time",
  about: "Between memorising and understanding, accuracy stands still. The network does not.",
  flags: {},
  text: [
    "Accuracy counts right answers. Loss also says how sure the network is of the right one: it is large if the network is sure of something wrong.",
    "This is the run of the first scene again; if it has not been trained yet, train it here.",
  ],
  question:
    "During the wait, while its answers to unseen pairs are no better than guesses: what does their loss (blue) do?",
  choices: [
    { name: "still", text: "It stands still, too" },
    { name: "falls", text: "It falls, long before accuracy moves" },
    { name: "rises", text: "It only rises" },
  ],
  task: "Run to the end of the wait. Then follow the blue curve from where the network has memorised (t_mem) to where it has found the rule (t_grok).",
  outcome: loss,
  after:
    "So the jump is not as sudden as it looks. Something is built behind the memory, and accuracy is the last to show it.",
  figure: "loss",
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
