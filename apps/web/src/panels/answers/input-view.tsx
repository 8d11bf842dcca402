import { TypedField } from "../../controls/typed-field";
import type { TableScene } from "../../network/scene";
import { formatNumber, formatShare } from "../chart/scale";
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
  const ablated = inside.ablation.view.value;
  const isWhole = ablated === null && look !== null && look.a === pair.a && look.b === pair.b;
  const answers = ablated?.answers ?? view?.answers ?? null;
  const { text, answer, isTrained } = inputOf(table, pair);
  const candidates: Candidate[] = isWhole
    ? answersByLogits(look, table, 5)
    : answers === null
      ? []
      : leadingAnswers(answers, table, pair);
  const [first] = candidates;
  const hasLogits = inside.scene.value?.hasLogits ?? true;
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
                    style={{ width: `${100 * barOf(candidate, hasLogits)}%` }}
                  />
                </span>
                <span class="candidate-share">{textOf(candidate, hasLogits)}</span>
              </li>
            ))}
          </ol>
          {isWhole ? (
            <LogitStrip look={look} table={table} what={hasLogits ? "logit" : "output"} />
          ) : (
            <p class="note">
              Its {answers?.depth} likeliest answers
              {ablated === null ? "" : " without the parts that are out"}.
              {ablated === null &&
                " Its logits come when the network is next looked into; of past steps only those of the input chosen then are kept."}
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

/** How long a candidate's bar is: its probability, or its output if that is to be 1 for the right answer. */
function barOf({ share, output }: Candidate, hasLogits: boolean): number {
  return hasLogits || output === null ? share : Math.min(1, Math.max(0, output));
}

function textOf({ share, output }: Candidate, hasLogits: boolean): string {
  if (hasLogits) return formatShare(share);
  return output === null ? "" : formatNumber(output);
}

function PairFields({ inside, table, pair }: { inside: Inside; table: TableScene; pair: Pair }) {
  const field = (name: "a" | "b") => (
    <label>
      {name}
      <TypedField
        type="number"
        min={0}
        max={table.size - 1}
        value={pair[name]}
        onSettle={(text) => {
          const value = Math.round(Number(text));
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
