import type { TableScene } from "../../network/scene";
import { formatShare } from "../chart/scale";
import type { Inside, Pair } from "../inside";
import { answersByLogits, type Candidate, inputOf, leadingAnswers } from "./input";
import { InputAttention } from "./input-attention";
import { LogitStrip } from "./logit-strip";

/** What the network makes of one input: its likeliest answers, its logits, where it looks. */
export function InputView({
  inside,
  table,
  pair,
}: {
  inside: Inside;
  table: TableScene;
  pair: Pair;
}) {
  const view = inside.view.value;
  const look = inside.pair.value;
  const isWhole = look !== null && look.a === pair.a && look.b === pair.b;
  const { text, answer, isTrained } = inputOf(table, pair);
  const candidates: Candidate[] = isWhole
    ? answersByLogits(look, table, 5)
    : view?.answers == null
      ? []
      : leadingAnswers(view.answers, table, pair);
  const [first] = candidates;
  return (
    <section class="input" aria-label="One input">
      <PairFields inside={inside} table={table} pair={pair} />
      <p class="equation">{text}</p>
      {answer !== null && first !== undefined && (
        <>
          <p class={`verdict ${first.isRight ? "verdict-right" : "verdict-wrong"}`}>
            The network says <b>{first.name}</b>, which is {first.isRight ? "right" : "wrong"}. It
            was {isTrained ? "" : "not "}trained on this one.
          </p>
          <ol class="candidates" aria-label="Likeliest answers">
            {candidates.map((candidate) => (
              <li key={candidate.name} class={candidate.isRight ? "is-right" : ""}>
                <span class="candidate-name">{candidate.name}</span>
                <span class="candidate-bar">
                  <span
                    class={isTrained ? "bar-train" : "bar-rest"}
                    style={{ width: `${100 * candidate.share}%` }}
                  />
                </span>
                <span class="candidate-share">{formatShare(candidate.share)}</span>
              </li>
            ))}
          </ol>
          {isWhole ? (
            <LogitStrip look={look} table={table} />
          ) : (
            <p class="note">
              Its {view?.answers?.depth} likeliest answers. Its logits come when the network is next
              looked into; of past steps only those of the input chosen then are kept.
            </p>
          )}
          {isWhole && inside.scene.value?.attention != null && look.attention !== null && (
            <InputAttention scene={inside.scene.value.attention} attention={look.attention} />
          )}
        </>
      )}
    </section>
  );
}

function PairFields({ inside, table, pair }: { inside: Inside; table: TableScene; pair: Pair }) {
  const field = (name: "a" | "b") => (
    <label>
      {name}
      <input
        type="number"
        min={0}
        max={table.size - 1}
        value={pair[name]}
        onChange={(event) => {
          const value = Math.round(Number(event.currentTarget.value));
          if (value >= 0 && value < table.size) {
            inside.selected.value = { ...inside.selected.value, [name]: value };
          }
        }}
      />
    </label>
  );
  return (
    <div class="pair-fields">
      {field("a")}
      {field("b")}
    </div>
  );
}
