import { percent } from "../state/narration";
import type { Facts, Lesson, Outcome } from "./lesson";
import { isDecided, lastRecord, stepText } from "./read-facts";

/** One thing is changed: weight decay. */
export const weightDecay: Lesson = {
  name: "weight-decay",
  title: "What makes it happen",
  about: "The same network with the same seed, and one setting changed: no weight decay.",
  flags: { "weight-decay": "0" },
  text: [
    "Weight decay pulls every weight a little towards zero at each step. A table learned by heart needs large weights; a rule needs smaller ones. So decay makes memory expensive, until the rule is the cheaper way to be right.",
    "The pairs and the first weights are the same as before. Only weight decay is now 0.",
  ],
  question: "What will this network do within the same number of steps?",
  choices: [
    { name: "same", text: "Find the rule about as soon" },
    { name: "later", text: "Find it, but later" },
    { name: "never", text: "Memorise, and stay there" },
    { name: "nothing", text: "Not even memorise" },
  ],
  task: "Press Start. It may take the whole run to know.",
  outcome: comparedWithFirst,
  after:
    "This is one run, which began with one choice of random weights. To see whether others do the same, press “with eight seeds at once” under the run on Watch.",
  figure: "accuracy",
};

/** One thing is changed: how many pairs it trains on. */
export const lessData: Lesson = {
  name: "less-data",
  title: "How much it must see",
  about: "Weight decay is back, but the network practises 40% of the pairs instead of 50%.",
  flags: { "train-fraction": "0.4" },
  text: [
    "This network practises 40% of all pairs; that of the first scene had 50%. Fewer pairs are less to learn by heart, and say less about the rule. Everything else is as in the first scene.",
  ],
  question: "What will the network do with fewer pairs?",
  choices: [
    { name: "sooner", text: "Find the rule sooner: there is less to memorise" },
    { name: "same", text: "Find it about as soon" },
    { name: "later", text: "Find it later" },
    { name: "never", text: "Not find it in so many steps" },
  ],
  task: "Press Start, and watch when the blue curve rises.",
  outcome: comparedWithFirst,
  after:
    "Few pairs are cheap to remember, so the rule has less of an advantage. There is a share of the table below which memory wins for good.",
  figure: "accuracy",
};

function comparedWithFirst(facts: Facts): Outcome | null {
  const { tMem, tGrok, firstTGrok } = facts;
  const last = lastRecord(facts);
  if (!isDecided(facts) || last === null) return null;
  const first =
    firstTGrok === null
      ? " Train the run of the first scene to compare it."
      : ` The run of the first scene had found the rule at step ${stepText(firstTGrok)}.`;
  if (tGrok === null) {
    const sentence = `At step ${stepText(last.step)}, where it ended, it had ${percent(last.train_acc)} of the pairs that it practises right and ${percent(last.val_acc)} of the others.${first}`;
    if (tMem === null) return { choice: "nothing", sentence };
    return { choice: "never", sentence };
  }
  const sentence = `It found the rule at step ${stepText(tGrok)}.${first}`;
  if (firstTGrok === null) return { choice: null, sentence };
  const ratio = tGrok / firstTGrok;
  return { choice: ratio > 1.25 ? "later" : ratio < 0.8 ? "sooner" : "same", sentence };
}
