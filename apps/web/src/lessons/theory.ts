import { neuronsOnLine } from "../network/phases";
import { percent } from "../state/narration";
import type { Facts, Lesson, Outcome } from "./lesson";
import { isDecided, stepText } from "./read-facts";

/** A network whose solution can be written down, beside what training finds. */
export const theory: Lesson = {
  name: "theory",
  title: "Theory beside experiment",
  about: "For one kind of network, weights that add can be written down. Does training find them?",
  from: "quadratic",
  flags: {},
  text: [
    "This network has one layer of neurons that square what they get. Gromov (2023) wrote weights for it that add without any training: each neuron is one wave over a, over b and over the answers, and where these waves begin, their phases, obey φa + φb = φc.",
    "Each dot is a neuron of the network that is trained here: φa + φb across, φc upwards. The line is the theory.",
  ],
  question:
    "When it has found the rule, how many neurons will lie at the line, within 1/12 of a turn?",
  choices: [
    { name: "chance", text: "A sixth, as by chance: training finds weights of its own" },
    { name: "half", text: "About half" },
    { name: "all", text: "Nearly all" },
  ],
  task: "Press Start. This network needs a second or two.",
  outcome: phases,
  after:
    "Theory and training agree about the phases long before they agree about the rest: in theory all of a neuron is one wave. On Watch, “Addition mod 97, analytic weights” has the weights of the theory and adds without a step of training.",
  figure: "phases",
};

function phases(facts: Facts): Outcome | null {
  const { phases: view, tGrok } = facts;
  if (!isDecided(facts) || view === null || view.step < (tGrok ?? 0)) return null;
  const all = view.frequencies.length;
  const near = neuronsOnLine(view);
  const share = view.shares.reduce((sum, each) => sum + each, 0) / all;
  const sentence = `At step ${stepText(view.step)}, ${near} of ${all} neurons are at the line. Of the power of a neuron's weights one wave holds ${percent(share)} on average; in theory it is all.`;
  const part = near / all;
  return { choice: part > 0.85 ? "all" : part < 0.3 ? "chance" : "half", sentence };
}
