import { tally } from "../network/answers";
import { percent } from "../state/narration";
import type { Facts, Lesson, Outcome } from "./lesson";
import { isAboveChance, isDecided, lastRecord, recordAt, stepText } from "./read-facts";

/** The first lesson: knowing every example is not knowing the rule. */
export const memorise: Lesson = {
  name: "memorise",
  title: "Memorise, then understand",
  about: "A network learns a table by heart. Does it learn what the table is about?",
  flags: {},
  steps: [
    {
      name: "first",
      title: "Half of a table",
      text: [
        "The network must learn clock arithmetic: add a and b, and start again from 0 after 58. It is shown half of all pairs (a, b) with their answers, again and again. The other half it never sees; these pairs only test it.",
      ],
      question:
        "When it has learned the pairs that it trains on, how will it do on those that it has never seen?",
      choices: [
        { name: "together", text: "About as well: the rule is the same" },
        { name: "behind", text: "It will be no better than guessing" },
        { name: "ahead", text: "Better than on those that it trains on" },
      ],
      task: "Press Start, and watch the two curves. The run pauses when it knows the pairs that it trains on.",
      outcome: first,
      after:
        "What it knows of the training pairs is memory: nothing of it carries over to a pair that it has not seen.",
      charts: ["accuracy"],
      panels: [],
    },
    {
      name: "table",
      title: "Where it is wrong",
      text: [
        "Here are all pairs: a goes down, b goes across. Orange cells are pairs that it trains on, blue ones are those that it never sees. When you have predicted, you see its answers: a strong colour is a right answer, a faint one a wrong answer.",
      ],
      question: "Where in the table are its mistakes?",
      choices: [
        { name: "unseen", text: "On pairs that it never saw" },
        { name: "everywhere", text: "On both kinds alike" },
        { name: "trained", text: "On pairs that it trains on" },
      ],
      task: "Look at the table: which cells are faint? If there is none yet, press Start first.",
      showsPairs: true,
      // If it has grokked since, nothing is wrong any more.
      looksAt: ({ tMem, tGrok, viewSteps }) =>
        tMem === null || tGrok === null ? null : (viewSteps.find((at) => at >= tMem) ?? null),
      outcome: table,
      after: "Point at a faint cell to see what it answers there, and how sure it is of it.",
      charts: ["accuracy"],
      panels: ["answers"],
    },
    {
      name: "wait",
      title: "And if training goes on?",
      text: [
        "On its training pairs the network cannot get better. Most people would stop here: training longer on the same examples should only make the memory firmer.",
      ],
      question:
        "Training continues with the very same pairs. What will happen to the blue curve, the share of unseen pairs that it gets right?",
      choices: [
        { name: "stays", text: "Nothing: it stays at guessing" },
        { name: "climbs", text: "Much later it climbs to nearly all" },
        { name: "forgets", text: "Nothing, and it forgets training pairs too" },
      ],
      task: "Press Go on, and have patience. The run pauses when there is something to see.",
      outcome: wait,
      after:
        "Power et al. (2022) called this grokking: a network that knew every example by heart comes to the rule behind them, long after there seemed to be nothing left to learn.",
      charts: ["accuracy"],
      panels: ["answers"],
    },
  ],
};

function first(facts: Facts): Outcome | null {
  const { tMem, chance, isEnded } = facts;
  const record = tMem === null ? null : recordAt(facts, tMem);
  if (tMem === null || record === null) {
    return isEnded ? { choice: null, sentence: "This run ended before it had memorised." } : null;
  }
  const sentence = `At step ${stepText(tMem)} it had ${percent(record.train_acc)} of its training pairs right, and ${percent(record.val_acc)} of the others; guessing gives ${percent(chance)}.`;
  if (!isAboveChance(record, facts)) return { choice: "behind", sentence };
  return { choice: record.val_acc > record.train_acc ? "ahead" : "together", sentence };
}

function table({ view, scene, tMem }: Facts): Outcome | null {
  if (tMem === null || view === null || view.step < tMem) return null;
  if (view.answers === null || scene === null || scene.table === null) return null;
  const { train, rest } = tally(view.answers, scene.table);
  const wrong = { train: train.of - train.right, rest: rest.of - rest.right };
  const all = wrong.train + wrong.rest;
  const sentence = `At step ${stepText(view.step)} it is wrong on ${stepText(wrong.train)} of the ${stepText(train.of)} pairs that it trains on, and on ${stepText(wrong.rest)} of the ${stepText(rest.of)} others.`;
  if (all === 0) return { choice: null, sentence: `${sentence} There are no mistakes left.` };
  const share = wrong.rest / all;
  return {
    choice: share > 0.9 ? "unseen" : share < 0.1 ? "trained" : "everywhere",
    sentence,
  };
}

function wait(facts: Facts): Outcome | null {
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
  const sentence = `At the end, step ${stepText(last.step)}, it has ${percent(last.train_acc)} of its training pairs right and ${percent(last.val_acc)} of the others.`;
  if (last.train_acc < 0.9) return { choice: "forgets", sentence };
  return { choice: isAboveChance(last, facts) ? null : "stays", sentence };
}
