import { effect, signal } from "@preact/signals";

/** What was chosen; `auto` follows the system. */
export type ThemeChoice = "auto" | "light" | "dark";

const key = "grok-theme";
const system = matchMedia("(prefers-color-scheme: dark)");
const systemIsDark = signal(system.matches);

/** The colours that were chosen. */
export const theme = signal<ThemeChoice>(stored());

/** Whether the page is dark now. */
export const isDark = signal(false);

/** Sets the page's colours by {@link theme}, and remembers it. */
export function followTheme(): void {
  system.addEventListener("change", ({ matches }) => {
    systemIsDark.value = matches;
  });
  effect(() => {
    isDark.value = theme.value === "auto" ? systemIsDark.value : theme.value === "dark";
    document.documentElement.dataset["theme"] = isDark.value ? "dark" : "light";
    try {
      localStorage.setItem(key, theme.value);
    } catch {
      // Where nothing can be stored the choice lasts as long as the page.
    }
  });
}

function stored(): ThemeChoice {
  try {
    const choice = localStorage.getItem(key);
    return choice === "light" || choice === "dark" ? choice : "auto";
  } catch {
    return "auto";
  }
}
