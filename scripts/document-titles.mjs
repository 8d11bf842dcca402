// A plugin of TypeDoc: names documents after their first heading and puts each into the group of its
// folder; TypeDoc itself names them after their files, of which many are README.md.
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
    }
  });
}
