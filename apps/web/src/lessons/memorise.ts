import { percent } from "../state/narration";
import type { Facts, Lesson, Outcome } from "./lesson";
import { isAboveChance, isDecided, lastRecord, recordAt, stepText } from "./read-facts";

/** Knowing every example is not knowing the rule. */
export const memorise: Lesson = {
  name: "memorise",
  title: "Learned by heart",
  about: "A network practises half of a table. What does it know of the other half?",
  flags: {},
  text: [
    "The network must learn clock arithmetic: add a and b, and start again from 0 after 58. It practises half of all pairs (a, b), again and again. The other half it never sees; these only test it.",
  ],
  question: "When it knows the pairs that it practises, how will it do on the others?",
  choices: [
    { name: "together", text: "About as well: the rule is the same" },
    { name: "behind", text: "It will be no better than guessing" },
    { name: "ahead", text: "Better than on those that it practises" },
  ],
  task: "Press Start. Orange: the pairs that it practises. Blue: the others. The run pauses when it knows the orange ones.",
  outcome: first,
  after:
    "What it knows of these pairs is memory: nothing of it carries over to a pair that it has not seen.",
  figure: "accuracy",
};

/** The long wait, and the sudden rise. */
export const wait: Lesson = {
  name: "wait",
  title: "The long wait",
  about: "It knows every example. Training continues with the very same ones.",
  flags: {},
  text: [
    "Here are all pairs: a goes down, b goes across. Orange: the pairs that it practises, and by now knows by heart. Blue: those that it never sees. Most people would stop here: longer practice of the same pairs should only make the memory firmer.",
  ],
  question: "Training continues with the very same pairs. What will become of the blue ones?",
  choices: [
    { name: "stays", text: "Nothing: it keeps guessing them" },
    { name: "climbs", text: "Much later it gets nearly all of them right" },
    { name: "forgets", text: "Nothing, and it forgets orange ones too" },
  ],
  task: "Press Go on (or Start), and watch the table: a strong colour is a right answer, a faint one a wrong answer. The run pauses when there is something to see.",
  showsPairs: true,
  outcome: atTheEnd,
  after:
    "Power et al. (2022) called this grokking: a network that knew every example by heart comes to the rule behind them, long after there seemed to be nothing left to learn.",
  figure: "answers",
};

function first(facts: Facts): Outcome | null {
  const { tMem, chance, isEnded } = facts;
  const record = tMem === null ? null : recordAt(facts, tMem);
  if (tMem === null || record === null) {
    return isEnded ? { choice: null, sentence: "This run ended before it had memorised." } : null;
  }
  const sentence = `At step ${stepText(tMem)} it had ${percent(record.train_acc)} of the pairs that it practises right, and ${percent(record.val_acc)} of the others; guessing gives ${percent(chance)}.`;
  if (!isAboveChance(record, facts)) return { choice: "behind", sentence };
  return { choice: record.val_acc > record.train_acc ? "ahead" : "together", sentence };
}

function atTheEnd(facts: Facts): Outcome | null {
  const { tMem, tGrok } = facts;
  const last = lastRecord(facts);
  if (!isDecided(facts) || last === null) return null;
  if (tGrok !== null) {
    const times =
      tMem === null || tMem === 0
        ? ""
        : `, ${(tGrok / tMem).toFixed(1)} times as many steps as it took to memorise`;
    return {
      choice: "climbs",
      sentence: `It had ${percent(recordAt(facts, tGrok)?.val_acc ?? 0)} of the pairs that it never saw right at step ${stepText(tGrok)}${times}.`,
    };
  }
  const sentence = `At the end, step ${stepText(last.step)}, it has ${percent(last.train_acc)} of the pairs that it practises right and ${percent(last.val_acc)} of the others.`;
  if (last.train_acc < 0.9) return { choice: "forgets", sentence };
  return { choice: isAboveChance(last, facts) ? null : "stays", sentence };
}
