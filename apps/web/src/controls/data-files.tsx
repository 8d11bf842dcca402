import { useId, useState } from "preact/hooks";
import { setDataFile } from "../state/data-file";
import { given, waiting } from "../state/experiment";
import { attempt } from "../state/notices";
import { isOpen } from "../state/parts";
import { shown } from "../state/session";
import type { DataFileInfo, DataNeed, Offer } from "../worker/protocol";
import { titleOf } from "./setting";

/** The files that an experiment learns from; an experiment of a formula can be left for one of a file. */
export function DataFiles({ flags }: { flags: Offer["flags"] }) {
  const takers = flags
    .filter(({ name, isFile }) => isFile && isOpen(name))
    // Of examples before that of an operation, which has one of its own.
    .sort((a, b) => Number(a.name === "table") - Number(b.name === "table"));
  if (takers.length === 0) return null;
  const has = (shown.value?.files.length ?? 0) > 0 || waiting.value !== null;
  const isAsked = takers.some(({ name }) => name in given.value);
  return (
    <details class="data-files" open={has || isAsked || undefined}>
      <summary>Data from a file</summary>
      <p class="help">Choose one, or drop it on its field. It stays in this browser.</p>
      {takers.map((flag) => (
        <DataFile
          key={flag.name}
          flag={flag}
          file={shown.value?.files.find((file) => file.flag === flag.name) ?? null}
          need={waiting.value?.needs.find((need) => need.flag === flag.name) ?? null}
        />
      ))}
    </details>
  );
}

function DataFile({
  flag: { name, description },
  file,
  need,
}: {
  flag: Offer["flags"][number];
  file: DataFileInfo | null;
  need: DataNeed | null;
}) {
  const id = useId();
  const [isOver, setOver] = useState(false);
  const take = (chosen: File | undefined) => {
    if (chosen !== undefined) attempt(setDataFile(name, chosen));
  };
  const typed = given.value[name]?.split(":")[0];
  return (
    <div
      class={`field data-file${isOver ? " is-over" : ""}`}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault();
        // The page takes what is dropped elsewhere for a run.
        event.stopPropagation();
        setOver(false);
        take(event.dataTransfer?.files[0]);
      }}
    >
      <div class="field-head">
        <label for={id}>{titleOf(name)}</label>
      </div>
      {need !== null ? (
        <p class="data-name">
          The link needs <b>{need.name}</b>, sha256 {need.sha256.slice(0, 8)}…
        </p>
      ) : file !== null ? (
        <p class="data-name">
          <b>{file.name}</b>
          {file.bytes !== null && `, ${sizeOf(file.bytes)}`}, sha256 {file.sha256.slice(0, 8)}…
        </p>
      ) : (
        typed !== undefined && (
          <p class="data-name">
            <b>{typed}</b>
          </p>
        )
      )}
      <input
        id={id}
        type="file"
        aria-describedby={`${id}-help`}
        onChange={(event) => {
          take(event.currentTarget.files?.[0]);
          // The same file may be chosen again, when it has changed.
          event.currentTarget.value = "";
        }}
      />
      <p class="help" id={`${id}-help`}>
        {description.charAt(0).toUpperCase() + description.slice(1)}.
      </p>
    </div>
  );
}

function sizeOf(bytes: number): string {
  if (bytes < 1000) return `${bytes} bytes`;
  return bytes < 1e6 ? `${(bytes / 1e3).toFixed(1)} kB` : `${(bytes / 1e6).toFixed(1)} MB`;
}
