import { Copied } from "../share/copied";
import { addressOf } from "../state/address";
import { quick } from "../state/starting-point";
import { lessons } from "./lessons";
import { progress } from "./progress";
import { scoreOf, scoreText } from "./score";

/** What can be tried next, and as which change of the first network. */
const trials = [
  {
    text: "Only 30% of the pairs: does it still find the rule?",
    flags: { "train-fraction": "0.3", steps: "5000" },
  },
  { text: "a × b instead of a + b: are there circles, too?", flags: { op: "*" } },
  { text: "A rule without a group, a² + ab: what does it do?", flags: { formula: "a^2 + a*b" } },
] as const;

/** The end of the story: how the predictions went, what to try, and a link to send on. */
export function Ending() {
  const score = scoreOf(lessons, progress.value);
  return (
    <section class="card ending" aria-labelledby="ending-title">
      <h3 id="ending-title">The end, and what to try</h3>
      <p>
        <b>{scoreText(score)}</b> Grokking surprised those who found it, too.
      </p>
      <ul>
        {trials.map(({ text, flags }) => (
          <li key={text}>
            <a href={`#${linkWith(flags)}`}>{text}</a>
          </li>
        ))}
      </ul>
      <p>A link to this story, to send to somebody who would guess otherwise:</p>
      <Copied
        text={`${location.origin}${location.pathname}${storyAddress}`}
        what="link to the story"
      />
      <p>
        <a href={addressOf("watch")}>Back to the run on Watch</a>
      </p>
    </section>
  );
}

const storyAddress = "#ui.view=lessons";

/** The end of an address that shows the first network with other settings. */
function linkWith(flags: Readonly<Record<string, string>>): string {
  const all: Record<string, string> = { preset: quick.preset, ...quick.flags, ...flags };
  return Object.entries(all)
    .map(([name, value]) => `${name}=${encodeURIComponent(value)}`)
    .join("&");
}
