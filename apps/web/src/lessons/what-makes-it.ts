import { percent } from "../state/narration";
import type { Facts, Lesson, Outcome } from "./lesson";
import { isDecided, lastRecord, normOf, recordAt, stepText } from "./read-facts";

/** One thing is changed: weight decay. */
export const weightDecay: Lesson = {
  name: "weight-decay",
  title: "What makes it happen",
  about: "The same network with the same seed, and one setting changed: no weight decay.",
  flags: { "weight-decay": "0" },
  steps: [
    {
      name: "without",
      title: "Without decay",
      text: [
        "Weight decay pulls every weight a little towards zero at each step. If that makes memory expensive, then without it nothing should push the network away from its memory. The pairs and the first weights are the same; only weight decay is now 0.",
      ],
      question: "What will this network do within the same number of steps?",
      choices: [
        { name: "same", text: "Generalise about as soon" },
        { name: "later", text: "Generalise, but later" },
        { name: "never", text: "Memorise, and stay there" },
        { name: "nothing", text: "Not even memorise" },
      ],
      task: "Press Start. It may take the whole run to know.",
      outcome: comparedWithFirst,
      after:
        "This is one run, which began with one choice of random weights. To see whether others do the same, open Runs and train more seeds (other random beginnings) of both.",
      charts: ["accuracy"],
      panels: [],
    },
    {
      name: "norm",
      title: "Nothing pulls back",
      text: ["Look at the weights again, now that nothing pulls them towards zero."],
      question: "From the step where it had memorised to the end, what did their length do?",
      choices: [
        { name: "grows", text: "It grew" },
        { name: "shrinks", text: "It shrank" },
        { name: "same", text: "It stayed as it was" },
      ],
      task: "Look at the panel of the weights.",
      outcome: normToTheEnd,
      after:
        "Larger weights make the network ever surer of what it knows by heart. That lowers its training loss, so nothing asks it for a rule.",
      charts: ["loss"],
      panels: ["norm"],
    },
  ],
};

/** One thing is changed: how many pairs it trains on. */
export const lessData: Lesson = {
  name: "less-data",
  title: "How much it must see",
  about: "Weight decay is back, but the network sees 40% of the pairs instead of 50%.",
  flags: { "train-fraction": "0.4" },
  steps: [
    {
      name: "fewer",
      title: "A smaller half",
      text: [
        "This network trains on 40% of all pairs; that of the first lesson had 50%. Fewer pairs are less to learn by heart, and say less about the rule. Everything else is as in the first lesson.",
      ],
      question: "What will the network do with fewer pairs to train on?",
      choices: [
        { name: "sooner", text: "Generalise sooner: there is less to memorise" },
        { name: "same", text: "Generalise about as soon" },
        { name: "later", text: "Generalise later" },
        { name: "never", text: "Not generalise in so many steps" },
      ],
      task: "Press Start, and watch when the blue curve rises.",
      outcome: comparedWithFirst,
      after:
        "Few pairs are cheap to remember, so the rule has less of an advantage. There is a share of the table below which memory wins for good. Try it: change the train fraction on the page Watch.",
      charts: ["accuracy"],
      panels: ["answers"],
    },
  ],
};

function comparedWithFirst(facts: Facts): Outcome | null {
  const { tMem, tGrok, firstTGrok } = facts;
  const last = lastRecord(facts);
  if (!isDecided(facts) || last === null) return null;
  const first =
    firstTGrok === null
      ? " Train the run of the first lesson to compare it."
      : ` The run of the first lesson had generalised at step ${stepText(firstTGrok)}.`;
  if (tGrok === null) {
    const sentence = `At step ${stepText(last.step)}, where it ended, it had ${percent(last.train_acc)} of its training pairs right and ${percent(last.val_acc)} of the others.${first}`;
    if (tMem === null) return { choice: "nothing", sentence };
    return { choice: "never", sentence };
  }
  const sentence = `It generalised at step ${stepText(tGrok)}.${first}`;
  if (firstTGrok === null) return { choice: null, sentence };
  const ratio = tGrok / firstTGrok;
  return { choice: ratio > 1.25 ? "later" : ratio < 0.8 ? "sooner" : "same", sentence };
}

function normToTheEnd(facts: Facts): Outcome | null {
  const { tMem } = facts;
  const last = lastRecord(facts);
  if (!isDecided(facts) || tMem === null || last === null) return null;
  const [from, to] = [normOf(recordAt(facts, tMem)), normOf(last)];
  if (from === null || to === null) return null;
  const sentence = `It was ${from.toFixed(1)} at step ${stepText(tMem)} and ${to.toFixed(1)} at step ${stepText(last.step)}.`;
  return { choice: to > 1.05 * from ? "grows" : to < 0.95 * from ? "shrinks" : "same", sentence };
}
