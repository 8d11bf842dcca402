import type { Figure } from "../figure/figure";

/** A page of the document: the figures of one source. */
export interface SourcePage {
  /** Of its file, without `.md`. */
  readonly name: string;
  readonly title: string;
  readonly figures: readonly Figure[];
}

const systems: Readonly<Record<string, string>> = {
  "system-0": "stockeh/mlx-grokking",
  "system-1": "JohanLi233/grokking and Power et al. 2022",
  "system-2": "taot/grokking-lab",
  "system-3": "ChanceSiyuan/grokking",
  "system-4": "yhavinga/gpt-acc-jax and menonpg/tiny-transformers",
};

/** The page that a figure is on: that of its system, or its own. */
export function pageOf({ id }: Pick<Figure, "id">): string {
  return /^system-\d/.exec(id)?.[0] ?? id;
}

/** The pages of some figures, in their order. */
export function sourcePages(figures: readonly Figure[]): SourcePage[] {
  const names = [...new Set(figures.map(pageOf))];
  return names.map((name) => {
    const own = figures.filter((figure) => pageOf(figure) === name);
    return { name, title: systems[name] ?? (own[0]?.source.text as string), figures: own };
  });
}
