import { useEffect, useId, useState } from "preact/hooks";
import { type BranchFault, makeBranch } from "../state/branch";
import { isBranching } from "../state/branching";
import { engine } from "../state/engine";
import { attempt, sayError } from "../state/notices";
import type { BranchPlace, BranchPlan } from "../worker/protocol";
import { branchPoint } from "./branch-here";
import { type Field, fieldsOf, typedOf } from "./fields";
import "./branch.css";

/** Asks what is to be otherwise from the step that the timeline shows on, and makes that run. */
export default function BranchCard() {
  const { value: point } = branchPoint;
  const id = useId();
  const [place, setPlace] = useState<BranchPlace | null>(null);
  const [typed, setTyped] = useState<Readonly<Record<string, string>>>({});
  /** What was typed to its end: nobody is told of a fault in the middle of a number. */
  const [settled, setSettled] = useState(typed);
  const [plan, setPlan] = useState<BranchPlan | null>(null);
  const [fault, setFault] = useState<BranchFault | null>(null);
  const [isBusy, setBusy] = useState(false);
  const [run, at] = [point?.id ?? null, point?.at ?? 0];
  const fields = place === null ? [] : fieldsOf(place);
  const given = typedOf(fields, typed);
  const key = JSON.stringify(typedOf(fields, settled));

  useEffect(() => {
    if (run === null) return undefined;
    return latest(engine().branchPlace(run, at), (found) => {
      setPlace(found);
      const end = Number(found.values["steps"]);
      // At the end of a run there is nothing to train unless it ends later.
      if (end > at) return;
      const steps = String(2 * at);
      setTyped((before) => ({ ...before, steps: before["steps"] ?? steps }));
      setSettled((before) => ({ ...before, steps: before["steps"] ?? steps }));
    });
  }, [run, at]);
  useEffect(() => {
    setFault(null);
    if (run === null || place === null) return undefined;
    return latest(engine().planBranch({ id: run, at, fields: typedOf(fields, settled) }), setPlan);
  }, [run, at, key, place === null]);

  if (point === null || at < 1) return null;
  const wrong = fault ?? (plan?.ok === false ? plan : null);
  const submit = async () => {
    const faulty =
      Object.keys(given).some((name) => name !== "steps") || plan?.ok === false
        ? await makeBranch({ id: point.id, at, fields: given })
        : { field: null, error: "Nothing would be different: change at least one setting." };
    if (faulty === null) isBranching.value = false;
    else setFault(faulty);
  };
  return (
    <section class="card branch" aria-labelledby={`${id}-title`}>
      <h3 id={`${id}-title`}>Branch at step {at.toLocaleString("en")}</h3>
      <p class="faint">
        A run of its own: {point.name} up to that step, and otherwise from there on. What is left
        empty stays as it is.
      </p>
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          setBusy(true);
          attempt(submit().finally(() => setBusy(false)));
        }}
      >
        <div class="branch-fields">
          {fields.map((field, i) => (
            <BranchField
              key={field.name}
              field={field}
              hasFocus={i === 0}
              text={typed[field.name] ?? ""}
              error={wrong?.field === field.name ? wrong.error : null}
              onType={(text) => setTyped({ ...typed, [field.name]: text })}
              onSettle={() => setSettled(typed)}
            />
          ))}
        </div>
        {wrong !== null && wrong.field === null && (
          <p class="faults" role="alert">
            {wrong.error}
          </p>
        )}
        {plan?.ok === true &&
          plan.notices.map((text) => (
            <p key={text} class="faint">
              {text}
            </p>
          ))}
        <p class="buttons">
          <button type="submit" class="plain" disabled={isBusy || place === null}>
            Branch and train
          </button>
          <button
            type="button"
            class="plain"
            onClick={() => {
              isBranching.value = false;
            }}
          >
            Cancel
          </button>
        </p>
      </form>
    </section>
  );
}

function BranchField({
  field: { name, title, now, help, choices },
  text,
  error,
  hasFocus,
  onType,
  onSettle,
}: {
  field: Field;
  text: string;
  error: string | null;
  hasFocus: boolean;
  onType: (text: string) => void;
  onSettle: () => void;
}) {
  const id = useId();
  const describedBy = [help && `${id}-help`, error && `${id}-error`].filter(Boolean).join(" ");
  return (
    <div class={`field field-${name}`}>
      <div class="field-head">
        <label for={id}>{title}</label>
      </div>
      <input
        id={id}
        type="text"
        autocomplete="off"
        spellcheck={false}
        placeholder={now}
        value={text}
        list={choices && `${id}-choices`}
        aria-invalid={error !== null}
        aria-describedby={describedBy === "" ? undefined : describedBy}
        ref={(input) => {
          if (hasFocus && input !== null && !hasBeenFocused.has(input)) {
            hasBeenFocused.add(input);
            input.focus();
          }
        }}
        onInput={(event) => onType(event.currentTarget.value)}
        onChange={onSettle}
      />
      {choices !== undefined && (
        <datalist id={`${id}-choices`}>
          {choices.map((choice) => (
            <option key={choice} value={choice} />
          ))}
        </datalist>
      )}
      {help !== undefined && (
        <p class="help" id={`${id}-help`}>
          {help}
        </p>
      )}
      {error !== null && (
        <p class="faults" role="alert" id={`${id}-error`}>
          {error}
        </p>
      )}
    </div>
  );
}

/** The fields that have had the focus when they appeared, which they take once. */
const hasBeenFocused = new WeakSet<HTMLInputElement>();

/** Takes what comes of something unless it is no longer asked for. */
function latest<T>(coming: Promise<T>, take: (value: T) => void): () => void {
  let isWanted = true;
  coming.then(
    (value) => {
      if (isWanted) take(value);
    },
    (error: unknown) => {
      if (isWanted) sayError(error);
    },
  );
  return () => {
    isWanted = false;
  };
}
