import { ShareMenu } from "../share/share-menu";
import { addressOf, type Route, route, routes } from "../state/address";
import { visibilityOf } from "../state/parts";
import { runs } from "../state/runs";
import { type ThemeChoice, theme } from "../state/theme";

/** What each view is called. */
export const viewTitles: Readonly<Record<Route, string>> = {
  watch: "Watch",
  lessons: "Lessons",
  runs: "Runs",
};

/** The page's name, its views, light and dark. */
export function Top() {
  return (
    <header class="top">
      <h1 class="brand">
        <img src="./icon.svg" alt="" />
        Grokking, live
      </h1>
      <nav aria-label="Views">
        {routes
          .filter((name) => visibilityOf(name) !== "hidden")
          .map((name) => (
            <a
              key={name}
              href={addressOf(name)}
              aria-current={route.value === name ? "page" : undefined}
            >
              {viewTitles[name]}
              {name === "runs" && runs.value.length > 0 && ` (${runs.value.length})`}
            </a>
          ))}
      </nav>
      <div class="top-tools">
        {visibilityOf("share") !== "hidden" && <ShareMenu />}
        <label>
          <span class="visually-hidden">Colours</span>
          <select
            value={theme.value}
            onChange={(event) => {
              theme.value = event.currentTarget.value as ThemeChoice;
            }}
          >
            <option value="auto">Auto</option>
            <option value="light">Light</option>
            <option value="dark">Dark</option>
          </select>
        </label>
      </div>
    </header>
  );
}
