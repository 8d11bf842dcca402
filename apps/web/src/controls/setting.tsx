import { useId } from "preact/hooks";
import { setFlag } from "../state/commands";
import { given } from "../state/experiment";
import { attempt } from "../state/notices";
import { visibilityOf } from "../state/parts";
import { shown } from "../state/session";
import { setSeveral, severalValues } from "../state/several-values";
import { valuesIn, withPoint } from "../sweep/values-in";
import type { Offer } from "../worker/protocol";
import { TypedField } from "./typed-field";

/** One setting of the experiment: its value, what it means, and what it may be. */
export function Setting({
  flag: { name, type, choices, choiceTitles, description, limits },
  title = titleOf(name),
  isBrief = false,
  isWide = false,
}: {
  flag: Offer["flags"][number];
  title?: string;
  /** Whether help stays behind the title's tooltip. */
  isBrief?: boolean;
  /** Whether it takes the room of two. */
  isWide?: boolean;
}) {
  const id = useId();
  const value = shown.value?.values[name] ?? null;
  const several = severalValues.value[name];
  const typed = several?.join(", ") ?? given.value[name];
  const isChanged = typed !== undefined;
  const set = (next: string | null) => {
    setSeveral(name, null);
    attempt(setFlag(name, next));
  };
  const help = `${capital(description)}.${limits === null ? "" : ` Allowed: ${limits}.`}`;
  const described = isBrief ? undefined : `${id}-help`;
  const isLocked = visibilityOf(name) === "locked";
  const common = {
    disabled: isLocked,
    id,
    "aria-describedby": described,
    title: isBrief ? help : undefined,
  };
  return (
    <div
      class={`field${isChanged ? " changed" : ""}${isLocked ? " locked" : ""}${isWide ? " wide" : ""}`}
    >
      {type === "boolean" ? (
        <label class="check" for={id}>
          <input
            {...common}
            type="checkbox"
            checked={(typed ?? value) === "true"}
            onChange={(event) => set(String(event.currentTarget.checked))}
          />
          {title}
        </label>
      ) : (
        <>
          <div class="field-head">
            <label for={id}>{title}</label>
            {isChanged && !isLocked && (
              <Undo
                name={title}
                onUndo={() => (several === undefined ? set(null) : setSeveral(name, null))}
              />
            )}
          </div>
          {choices !== null ? (
            <select
              {...common}
              value={typed ?? value ?? ""}
              onChange={(event) => set(event.currentTarget.value)}
            >
              {choices.map((choice) => (
                <option key={choice} value={choice}>
                  {choiceTitles?.[choice] ?? choice}
                </option>
              ))}
            </select>
          ) : (
            <TypedField
              {...common}
              type="text"
              inputMode={type === "number" ? "decimal" : "text"}
              value={typed ?? value ?? ""}
              onSettle={(entered) => {
                const text = entered.trim();
                const values = type === "number" ? valuesIn(text) : null;
                if (values !== null) setSeveral(name, values);
                else if (text === "") set(null);
                else set(type === "number" ? withPoint(text) : text);
              }}
            />
          )}
        </>
      )}
      {!isBrief && (
        <p class="help" id={`${id}-help`}>
          {help}
        </p>
      )}
    </div>
  );
}

function Undo({ name, onUndo }: { name: string; onUndo: () => void }) {
  return (
    <button type="button" class="quiet" title="Undo" aria-label={`${name}: undo`} onClick={onUndo}>
      ↺
    </button>
  );
}

const short: Record<string, string> = {
  op: "Operation",
  formula: "Formula of a and b",
  p: "Modulus p",
  data: "Data: rows (CSV) or images (IDX)",
  labels: "Labels of images (IDX)",
  table: "Table of an operation (CSV or JSON)",
  change: "Changes in its course",
  lr: "Learning rate",
  "n-heads": "Attention heads",
  "n-layers": "Layers",
  "d-model": "Width of a token (d-model)",
  "mlp-mult": "Feed-forward multiple",
  beta1: "β₁",
  beta2: "β₂",
  eps: "ε",
};

/** What a flag is called on the page. */
export function titleOf(name: string): string {
  return short[name] ?? capital(name.replaceAll("-", " "));
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
