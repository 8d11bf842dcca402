import { useState } from "preact/hooks";
import { later } from "../layout/later";
import { PresetDialog } from "../presets/preset-dialog";
import { choose, setFlag } from "../state/commands";
import { base, baseName, bases, given, resolved } from "../state/experiment";
import { attempt } from "../state/notices";
import { isOpen, visibilityOf } from "../state/parts";
import { offer, shown } from "../state/session";
import { severalValues } from "../state/several-values";
import type { Offer } from "../worker/protocol";
import { DataFiles } from "./data-files";
import { Setting, titleOf } from "./setting";
import { sizeText } from "./size-text";

const Differences = later(() => import("./differences"));
const CommandText = later(() => import("../share/command-text"));
const SweepCard = later(() => import("../sweep/sweep-card"));

/** The settings that most people change, before all the others. */
const main = ["op", "formula", "p", "train-fraction", "weight-decay", "lr", "seed", "change"];

const groups: { group: Offer["flags"][number]["group"]; title: string }[] = [
  { group: "task", title: "Task" },
  { group: "model", title: "Network" },
  { group: "optimizer", title: "Optimizer" },
  { group: "training", title: "Training" },
  { group: "run", title: "Seed and shortcuts" },
];

/** Those of them that are long texts. */
const wide: ReadonlySet<string> = new Set(["formula", "change"]);

/** What the backend is set by, above. */
const elsewhere = new Set(["backend", "threads"]);

/** What is learned and how: a preset, and every setting. */
export function ExperimentCard() {
  const { value: here } = offer;
  const { value: what } = shown;
  if (here === null || what === null) return <aside class="card experiment" aria-busy="true" />;
  const flags = here.flags.filter(
    ({ name, isFile }) =>
      !elsewhere.has(name) &&
      // These are chosen, not typed.
      !isFile &&
      what.values[name] !== null &&
      what.values[name] !== undefined &&
      visibilityOf(name) !== "hidden",
  );
  const preset = visibilityOf("preset");
  const others = flags.filter(({ name }) => !main.includes(name));
  const canUndo = preset !== "locked" && flags.every(({ name }) => isOpen(name));
  const isChanged = Object.keys(given.value).length > 0;
  const hasNumbers = flags.some(
    ({ name, type }) => type === "number" && main.includes(name) && isOpen(name),
  );
  return (
    <aside class="card experiment" aria-labelledby="experiment-title">
      <header>
        <h2 id="experiment-title">Experiment</h2>
        {isChanged && canUndo && (
          <button type="button" class="quiet" onClick={() => attempt(choose(baseName.value))}>
            Undo all
          </button>
        )}
      </header>
      {preset !== "hidden" && <Presets />}
      {isChanged && <Differences />}
      {resolved.value?.ok === false && (
        <p class="faults" role="alert">
          {resolved.value.error}
        </p>
      )}
      <div class="pair">
        {main.map((name) => {
          const flag = flags.find((each) => each.name === name);
          const isWide = wide.has(name);
          return flag && <Setting key={name} flag={flag} isBrief isWide={isWide} />;
        })}
      </div>
      {hasNumbers && (
        <p class="help">Several values in a field, as 0.1, 1, make a sweep of several runs.</p>
      )}
      {Object.keys(severalValues.value).length > 0 && <SweepCard />}
      <OwnOperation flags={here.flags} />
      <DataFiles flags={here.flags} />
      {others.length > 0 && <AllSettings flags={others} />}
      <Command />
    </aside>
  );
}

function Presets() {
  const { description, source } = base.value;
  const size = shown.value === null ? null : sizeText(shown.value);
  return (
    <div class="field">
      <div class="field-head">
        <label for="preset">Begin from</label>
        <PresetDialog isDisabled={visibilityOf("preset") === "locked"} />
      </div>
      <select
        id="preset"
        disabled={visibilityOf("preset") === "locked"}
        value={baseName.value}
        onChange={(event) => {
          attempt(choose(event.currentTarget.value));
        }}
      >
        {bases.value.map(({ name, title }) => (
          <option key={name} value={name}>
            {title}
          </option>
        ))}
      </select>
      <p class="preset-text">
        {description} {size !== null && `${size}.`} After {source}.
      </p>
    </div>
  );
}

/** The flag of an operation that is typed, and what it begins as. */
const typedOperation = { name: "formula", value: "a^2 + a*b" };

/** Turns a named operation into a formula, to be changed. */
function OwnOperation({ flags }: { flags: Offer["flags"] }) {
  const { value: what } = shown;
  const flag = flags.find(({ name }) => name === typedOperation.name);
  const isNamed = what?.values["op"] !== null && what?.values["op"] !== undefined;
  if (flag === undefined || !isNamed || !isOpen(typedOperation.name) || !isOpen("op")) return null;
  return (
    <p class="own-operation">
      <button
        type="button"
        class="quiet"
        title={`${flag.description}.`}
        onClick={() => attempt(setFlag(typedOperation.name, typedOperation.value))}
      >
        Type an operation of your own
      </button>
    </p>
  );
}

function AllSettings({ flags }: { flags: Offer["flags"] }) {
  const [sought, setSought] = useState("");
  const words = sought.toLowerCase().split(/\s+/).filter(Boolean);
  const matches = ({ name, description }: Offer["flags"][number]) =>
    words.every((word) => `${name} ${titleOf(name)} ${description}`.toLowerCase().includes(word));
  const found = flags.filter(matches);
  return (
    <details class="all">
      <summary>All settings</summary>
      <input
        type="search"
        class="search"
        placeholder="Search settings"
        aria-label="Search settings"
        value={sought}
        onInput={(event) => setSought(event.currentTarget.value)}
      />
      {found.length === 0 && <p class="help">No setting of this experiment is called that.</p>}
      {groups.map(({ group, title }) => {
        const own = found.filter((flag) => flag.group === group);
        if (own.length === 0) return null;
        const changed = own.filter(({ name }) => given.value[name] !== undefined).length;
        return (
          <details key={group} class="group" open={words.length > 0 || undefined}>
            <summary>
              {title}
              {changed > 0 && ` (${changed} changed)`}
            </summary>
            {own.map((flag) => (
              <Setting key={flag.name} flag={flag} />
            ))}
          </details>
        );
      })}
    </details>
  );
}

/** The experiment as a command line, for those who open it. */
function Command() {
  const [isShown, setShown] = useState(false);
  return (
    <details class="all" onToggle={(event) => setShown(event.currentTarget.open)}>
      <summary>As a command</summary>
      {isShown && <CommandText />}
    </details>
  );
}
