import { useSignal } from "@preact/signals";
import { limitedAddress, limitsInAddress } from "../state/address";
import { parts, readLimits, type Visibility } from "../state/parts";
import { offer } from "../state/session";
import { Copied } from "./copied";

const texts: Readonly<Record<Visibility, string>> = {
  shown: "shown",
  locked: "locked",
  hidden: "hidden",
};

/** A link for a class: what students see, and what of it they cannot change. */
export function ClassLink({ link }: { link: string }) {
  const chosen = useSignal<Readonly<Record<string, Visibility>>>(limitsHere());
  const named = (standing: Visibility) =>
    Object.keys(chosen.value)
      .filter((name) => chosen.value[name] === standing)
      .join(",");
  const end = limitedAddress(link, { hide: named("hidden"), lock: named("locked") });
  const settings = (offer.value?.flags ?? []).map(({ name }) => [name, `--${name}`] as const);
  return (
    <details class="class-link">
      <summary>For a class: hide or lock parts of the page</summary>
      <p>
        Whoever opens the link sees the page so. It helps to stay with the matter; it protects
        nothing, as anyone can change an address.
      </p>
      <div class="class-parts">
        {Object.entries(parts).map(([name, { title, canLock }]) => (
          <Part key={name} name={name} title={title} canLock={canLock} chosen={chosen} />
        ))}
      </div>
      <details class="group">
        <summary>Single settings</summary>
        <div class="class-parts">
          {settings
            .filter(([name]) => !Object.hasOwn(parts, name))
            .map(([name, title]) => (
              <Part key={name} name={name} title={title} canLock chosen={chosen} />
            ))}
        </div>
      </details>
      <Copied text={`${location.origin}${location.pathname}#${end}`} what="link for a class" />
    </details>
  );
}

function Part({
  name,
  title,
  canLock,
  chosen,
}: {
  name: string;
  title: string;
  canLock: boolean;
  chosen: { value: Readonly<Record<string, Visibility>> };
}) {
  return (
    <label class="class-part">
      {title}
      <select
        value={chosen.value[name] ?? "shown"}
        onChange={(event) => {
          chosen.value = { ...chosen.value, [name]: event.currentTarget.value as Visibility };
        }}
      >
        {(["shown", ...(canLock ? ["locked" as const] : []), "hidden"] as const).map((each) => (
          <option key={each} value={each}>
            {texts[each]}
          </option>
        ))}
      </select>
    </label>
  );
}

/** What is locked and hidden in this page's own address. */
function limitsHere(): Readonly<Record<string, Visibility>> {
  const { hidden, locked } = readLimits(limitsInAddress.value, null);
  const known = new Set([
    ...Object.keys(parts),
    ...(offer.value?.flags ?? []).map((flag) => flag.name),
  ]);
  const standing = (names: ReadonlySet<string>, as: Visibility) =>
    [...names].filter((name) => known.has(name)).map((name) => [name, as] as const);
  return Object.fromEntries([...standing(locked, "locked"), ...standing(hidden, "hidden")]);
}
