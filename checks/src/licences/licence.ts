import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** The file with the licences of what is bundled. */
export const licencesName = "licences.txt";

/** How packages call the files with their licence and with what must be told besides. */
const licenceFile = /^(licen[cs]e|copying|ofl|notice)\b/i;

/** Packages that say which licence they have and bring no text of it, with their copyright notice. */
const withoutText: Readonly<Record<string, { text: string; copyright: string }>> = {
  "@polka/url": lukeed(),
  "@resvg/resvg-wasm": {
    text: "MPL-2.0.txt",
    copyright:
      "Copyright (c) 2021-present, yisibl(一丝). The source is at https://github.com/yisibl/resvg-js.",
  },
  "@tensorflow/tfjs-backend-cpu": tfjs(),
  "@tensorflow/tfjs-backend-wasm": tfjs(),
  "@tensorflow/tfjs-backend-webgpu": tfjs(),
  "@tensorflow/tfjs-core": tfjs(),
  sirv: lukeed(),
};

function tfjs() {
  return {
    text: "Apache-2.0.txt",
    copyright: "Copyright 2017–2024 Google LLC. All rights reserved.",
  };
}

function lukeed() {
  return { text: "MIT.txt", copyright: "Copyright (c) Luke Edwards (https://lukeed.com)." };
}

/** A package of others with its licence. */
export interface Licence {
  /** Its name and version. */
  name: string;
  /** As its package.json names it. */
  licence: string;
  /** Null if there is none to be found. */
  text: string | null;
}

/** The package in whose folder a file lies; null for a file of this repository. */
export function packageOf(file: string): string | null {
  if (!file.includes("/node_modules/")) return null;
  let folder = dirname(file);
  // Folders within packages may have a package.json that only says of what kind their modules are.
  while (!isPackage(folder)) {
    const parent = dirname(folder);
    if (parent === folder) return null;
    folder = parent;
  }
  return folder;
}

function isPackage(folder: string): boolean {
  const manifest = join(folder, "package.json");
  return existsSync(manifest) && "version" in JSON.parse(readFileSync(manifest, "utf8"));
}

/** The licence of a package, from its folder. */
export function licenceOf(folder: string): Licence {
  const manifest = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  const files = readdirSync(folder).filter((name) => licenceFile.test(name));
  const texts = files.sort().map((name) => readFileSync(join(folder, name), "utf8").trim());
  if (texts.length === 0) texts.push(...readmeLicence(folder));
  const known = withoutText[manifest.name];
  if (texts.length === 0 && known !== undefined) {
    const file = fileURLToPath(new URL(known.text, import.meta.url));
    texts.push(known.copyright, readFileSync(file, "utf8").trim());
  }
  return {
    name: `${manifest.name} ${manifest.version}`,
    licence: String(manifest.license ?? "not named"),
    text: texts.length === 0 ? null : texts.join("\n\n"),
  };
}

/** The section of a package's README that holds its licence; nothing for one that only names it. */
function readmeLicence(folder: string): string[] {
  const name = readdirSync(folder).find((each) => /^readme\.md$/i.test(each));
  if (name === undefined) return [];
  const text = readFileSync(join(folder, name), "utf8");
  const section = /^[#\s]*licen[cs]e\b[^\n]*\n[^]*/im.exec(text)?.[0] ?? "";
  return /copyright/i.test(section) && section.length > 500 ? [section.trim()] : [];
}

/**
 * Licences as one text.
 *
 * @throws Error if a package has none: what may not be published must not be built
 */
export function licencesText(licences: readonly Licence[]): string {
  const missing = licences.filter(({ text }) => text === null).map(({ name }) => name);
  if (missing.length > 0) {
    throw new Error(
      `No licence text was found of ${missing.join(", ")}, which would be published; checks/src/licences/licence.ts says where texts come from.`,
    );
  }
  const rule = "=".repeat(80);
  const parts = licences
    .toSorted((a, b) => (a.name < b.name ? -1 : 1))
    .map(({ name, licence, text }) => `${rule}\n${name} (${licence})\n${rule}\n\n${text}\n`);
  return `What is bundled here is made of code of its own and of the packages below, under their licences.\n\n${parts.join("\n")}`;
}
