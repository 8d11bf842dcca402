import { useRef } from "preact/hooks";
import { bringIn, bringInFiles } from "../share/bring-in";
import { attempt } from "../state/notices";

/** Opens run folders and archives from the disk. */
export function OpenFiles() {
  const archive = useRef<HTMLInputElement>(null);
  const folder = useRef<HTMLInputElement>(null);
  return (
    <div class="open-files">
      <span class="faint">Drop run folders or ZIP files anywhere, or</span>
      <button type="button" class="plain" onClick={() => archive.current?.click()}>
        Open ZIP
      </button>
      <button type="button" class="plain" onClick={() => folder.current?.click()}>
        Open folder
      </button>
      <input
        ref={archive}
        type="file"
        accept=".zip,application/zip"
        multiple
        hidden
        aria-label="ZIP files of runs"
        onChange={(event) => {
          attempt(bringIn([...(event.currentTarget.files ?? [])]));
          event.currentTarget.value = "";
        }}
      />
      <input
        ref={folder}
        type="file"
        // A property that Preact's types lack.
        {...{ webkitdirectory: true }}
        hidden
        aria-label="A run's folder"
        onChange={(event) => {
          const files = [...(event.currentTarget.files ?? [])];
          attempt(bringInFiles(files.map((file) => [file.webkitRelativePath, file])));
          event.currentTarget.value = "";
        }}
      />
    </div>
  );
}
