// A plugin of TypeDoc: names documents after their first heading, puts each into the group of its
// folder, and leads links to folders to their READMEs. TypeDoc itself names documents after their files,
// of which many are README.md, and has no pages for folders.
import { existsSync, statSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { Converter, ReflectionKind } from "typedoc";

const groups = [
  [/^docs\/guides\//, "Guides"],
  [/^docs\/reproductions\//, "Reproductions"],
  [/^(packages|apps|bench|examples|python)\//, "Packages and programs"],
  [/./, "Documents"],
];

/** @param {import("typedoc").Application} app */
export function load(app) {
  app.converter.on(Converter.EVENT_RESOLVE_BEGIN, ({ project }) => {
    for (const document of project.documents ?? []) {
      if (!document.kindOf(ReflectionKind.Document)) continue;
      const [heading] = document.content;
      const [, title] = /^# (.+)$/m.exec(heading?.text ?? "") ?? [];
      const file = project.files.getReflectionPath(document) ?? "";
      const path = file.slice(`${process.cwd()}/`.length);
      if (title !== undefined) document.name = title.replaceAll("`", "");
      const [, group] = groups.find(([pattern]) => pattern.test(path)) ?? [];
      if (group !== undefined) document.frontmatter.group ??= group;
      leadFolderLinks(document.content, file, project.files);
    }
  });
}

/**
 * Leads links to folders to their READMEs; leaves of a link to a folder without one its text.
 *
 * @param {import("typedoc").CommentDisplayPart[]} content of a document
 * @param {string} file the document's path
 * @param {import("typedoc").FileRegistry} files
 */
function leadFolderLinks(content, file, files) {
  content.forEach((part, i) => {
    if (part.kind !== "relative-link") return;
    const folder = resolve(dirname(file), part.text);
    if (!existsSync(folder) || !statSync(folder).isDirectory()) return;
    if (existsSync(join(folder, "README.md"))) {
      part.text = join(part.text, "README.md");
      part.target = files.register(file, part.text)?.target;
      return;
    }
    const [before, after] = [content[i - 1], content[i + 1]];
    if (before?.kind !== "text" || after?.kind !== "text") return;
    before.text = before.text.replace(/\[([^[\]]*)\]\($/, "$1");
    after.text = after.text.replace(/^\)/, "");
    content[i] = { kind: "text", text: "" };
  });
}
