/** What Windows puts into folders by itself, in lower case. */
const ofWindows: readonly string[] = [
  "thumbs.db",
  "ehthumbs.db",
  "ehthumbs_vista.db",
  "desktop.ini",
];

/**
 * Whether a file or folder of an archive is one that a system or a running command left there, and
 * nobody meant to pack: what macOS's Finder adds (`__MACOSX/`, `._NAME`, `.DS_Store`, `Icon\r`), what
 * Windows' Explorer adds (`Thumbs.db`, `desktop.ini`), a run's lock and unfinished files, and
 * checkpoints that were set aside as damaged.
 *
 * @param name with the folders that it lies in, separated by slashes; a folder's ends in one
 */
export function isLitter(name: string): boolean {
  const parts = name.split("/").filter((part) => part !== "");
  if (parts.includes("..")) return false;
  const last = parts.at(-1) ?? "";
  return (
    parts.includes("__MACOSX") ||
    /^\.[^.]/.test(last) ||
    last === "Icon\r" ||
    ofWindows.includes(last.toLowerCase()) ||
    last.endsWith(".safetensors.damaged")
  );
}
