import { attempt } from "../state/notices";
import { bringIn, bringInFiles } from "./bring-in";

/** Takes run folders and ZIP files that are dropped anywhere on the page. */
export function followDrops(): void {
  document.addEventListener("dragover", (event) => {
    if (event.dataTransfer?.types.includes("Files")) event.preventDefault();
  });
  document.addEventListener("drop", (event) => {
    const items = [...(event.dataTransfer?.items ?? [])];
    if (!items.some(({ kind }) => kind === "file")) return;
    event.preventDefault();
    // Entries have to be asked for before the first await.
    const entries = items.flatMap((item) => item.webkitGetAsEntry() ?? []);
    attempt(take(entries));
  });
}

async function take(entries: readonly FileSystemEntry[]): Promise<void> {
  const archives: File[] = [];
  const files: [string, File][] = [];
  for (const entry of entries) {
    if (entry.isFile) archives.push(await fileOf(entry as FileSystemFileEntry));
    else await collect(entry as FileSystemDirectoryEntry, `${entry.name}/`, files);
  }
  if (archives.length > 0) await bringIn(archives);
  if (files.length > 0) await bringInFiles(files);
}

async function collect(
  folder: FileSystemDirectoryEntry,
  path: string,
  into: [string, File][],
): Promise<void> {
  const reader = folder.createReader();
  for (;;) {
    // A reader gives its entries in parts, an empty one at the end.
    const entries = await new Promise<FileSystemEntry[]>((resolve, reject) => {
      reader.readEntries(resolve, reject);
    });
    if (entries.length === 0) return;
    for (const entry of entries) {
      if (entry.isFile)
        into.push([`${path}${entry.name}`, await fileOf(entry as FileSystemFileEntry)]);
      else await collect(entry as FileSystemDirectoryEntry, `${path}${entry.name}/`, into);
    }
  }
}

function fileOf(entry: FileSystemFileEntry): Promise<File> {
  return new Promise((resolve, reject) => entry.file(resolve, reject));
}
