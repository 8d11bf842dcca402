import type { ComponentChildren } from "preact";
import { useId, useRef, useState } from "preact/hooks";
import { DataTable, type TableData } from "./data-table";
import { figurePng, panelSvg, saveFile } from "./figure/export";

/** Where what a panel shows comes from. */
export interface Source {
  readonly label: string;
  readonly href: string;
}

/** What every panel has. */
export interface PanelText {
  /** In a file's name, too. */
  readonly id: string;
  readonly title: string;
  /** What to look for, in a sentence. */
  readonly lookFor: string;
  readonly sources: readonly Source[];
}

/** A panel's head, its figure, and behind it the numbers. */
export function PanelFrame({
  text: { id, title, lookFor, sources },
  table,
  children,
}: {
  text: PanelText;
  table?: () => TableData;
  /** Is given the id of the sentence that says what to look for. */
  children: (describedBy: string) => ComponentChildren;
}) {
  const [isTable, setTable] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const root = useRef<HTMLElement>(null);
  const key = useId();
  const save = async (kind: "svg" | "png") => {
    if (root.current === null) return;
    try {
      const svg = panelSvg(root.current, title);
      const file =
        kind === "svg" ? new Blob([svg], { type: "image/svg+xml" }) : await figurePng(svg);
      saveFile(`${id}.${kind}`, file);
    } catch (error) {
      setProblem(error instanceof Error ? error.message : String(error));
    }
  };
  return (
    <article ref={root} class="panel" aria-labelledby={`${key}-title`} data-panel={id}>
      <header>
        <h3 id={`${key}-title`}>{title}</h3>
        <div class="panel-tools">
          {table !== undefined && (
            <button
              type="button"
              aria-expanded={isTable}
              aria-label={`${title}: numbers`}
              onClick={() => setTable(!isTable)}
            >
              Numbers
            </button>
          )}
          <button
            type="button"
            aria-label={`${title}: save as SVG`}
            onClick={() => void save("svg")}
          >
            SVG
          </button>
          <button
            type="button"
            aria-label={`${title}: save as PNG`}
            onClick={() => void save("png")}
          >
            PNG
          </button>
        </div>
      </header>
      <p class="look-for" id={`${key}-text`}>
        {lookFor}{" "}
        {sources.map((source, i) => (
          <span key={source.href}>
            {i > 0 && ", "}
            <a href={source.href} target="_blank" rel="noreferrer">
              {source.label}
            </a>
          </span>
        ))}
      </p>
      {children(`${key}-text`)}
      {problem !== null && (
        <p class="problem" role="alert">
          {problem}
        </p>
      )}
      {isTable && table !== undefined && <DataTable data={table()} />}
    </article>
  );
}
