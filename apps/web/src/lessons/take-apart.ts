import { percent } from "../state/narration";
import type { Facts, Lesson, Outcome } from "./lesson";
import { isAboveChance, isDecided, stepText } from "./read-facts";

/** Whether the circles are what it computes with: they are taken away. */
export const takeApart: Lesson = {
  name: "take-apart",
  title: "Take it apart",
  about: "Circles are beautiful. But are they what the network computes with?",
  flags: {},
  text: [
    "What is found in a network may be there without being used. The test is to take it away: a wave is removed from what the network knows of each number, and all other waves stay.",
    "This is the run of the first scene; if it has not found the rule yet, train it here.",
  ],
  question:
    "Take out the few waves of its circles, and leave all the others. What will be left of its answers?",
  choices: [
    { name: "most", text: "Most of them: the others stand in" },
    { name: "some", text: "About half of them" },
    { name: "guess", text: "Nothing but guesses" },
  ],
  task: "When it has found the rule, press each wave beside “Take out” above the table, one after the other, until all are out. Watch the table after each.",
  outcome: withoutWaves,
  after:
    "Press “Put back” to have it whole again. This is how one knows what a part is for: by what is lost without it. “Train on without them” shows whether it finds another way.",
  figure: "answers",
};

function withoutWaves(facts: Facts): Outcome | null {
  const { view, ablated, scene } = facts;
  const keys = view?.waves?.keys ?? [];
  if (!isDecided(facts) || view === null || ablated === null || keys.length === 0) return null;
  if (scene === null || !keys.every((k) => ablated.parts.includes(`frequency:${k}`))) return null;
  const { before, after } = ablated;
  if (after.val_acc === null || before.val_acc === null) return null;
  const sentence = `Without ${keys.length === 1 ? "the wave" : "the waves"} k = ${keys.join(", ")} it has ${percent(after.train_acc ?? 0)} of the pairs that it practises right and ${percent(after.val_acc)} of the others, at step ${stepText(ablated.step)}. With them it has ${percent(before.train_acc ?? 0)} and ${percent(before.val_acc)}.`;
  if (!isAboveChance({ val_acc: after.val_acc }, facts)) return { choice: "guess", sentence };
  return { choice: after.val_acc > 0.75 ? "most" : "some", sentence };
}
