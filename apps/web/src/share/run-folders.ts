/** A file with its path below what was opened. */
export interface FoundFile<F> {
  path: string;
  file: F;
}

/** A run's folder: its name, and its files with their paths in it. */
export interface FoundRun<F> {
  name: string;
  files: FoundFile<F>[];
}

/** The runs among files: each folder that holds a config.json, with everything below it. */
export function runFolders<F>(files: readonly FoundFile<F>[]): FoundRun<F>[] {
  const configs = files.filter(({ path }) => path.split("/").at(-1) === "config.json");
  return configs.map(({ path }) => {
    const folder = path.slice(0, -"config.json".length);
    return {
      name: folder.split("/").at(-2) ?? "Run",
      files: files
        .filter((file) => file.path.startsWith(folder))
        .map((file) => ({ ...file, path: file.path.slice(folder.length) })),
    };
  });
}
