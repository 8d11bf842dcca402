import { describe, expect, it } from "vitest";
import { oldestNode, packages, programs } from "./packages.ts";

describe.each(packages().map((each) => [each.manifest.name, each.manifest] as const))(
  "package.json of %s",
  (_, manifest) => {
    it("says what npm shows and what installers and bundlers need", () => {
      expect(manifest).toMatchObject({
        type: "module",
        license: "MIT",
        sideEffects: false,
        engines: { node: `>=${oldestNode()}` },
        files: ["dist", "README.md"],
        publishConfig: { access: "public", provenance: true },
      });
      expect(manifest["description"]).toMatch(/.{20}/);
      expect(manifest["keywords"]).toContain("grokking");
    });

    it("publishes the exports of the workspace, less the sources", () => {
      const published = Object.fromEntries(
        Object.entries(manifest.exports).map(
          ([path, { "@grok/source": _source, ...conditions }]) => [path, conditions],
        ),
      );
      expect(manifest.publishConfig?.exports).toEqual(published);
      for (const conditions of Object.values(published)) {
        // The types first, or TypeScript takes what comes before.
        expect(Object.keys(conditions)).toEqual(["types", "default"]);
      }
    });

    it("leaves tfjs-core to whoever installs it, as two of them share nothing", () => {
      const dependencies = Object.keys(manifest.dependencies ?? {});
      expect(dependencies).not.toContain("@tensorflow/tfjs-core");
      expect(dependencies).not.toContain("@tensorflow/tfjs");
    });
  },
);

describe.each(programs().map((each) => [each.manifest.name, each.manifest] as const))(
  "package.json of %s",
  (_, manifest) => {
    it("says what npm shows, and publishes what is built", () => {
      expect(manifest).toMatchObject({
        license: "MIT",
        engines: { node: `>=${oldestNode()}` },
        publishConfig: { access: "public", provenance: true },
      });
      expect(manifest["files"]).toEqual(expect.arrayContaining(["dist", "README.md"]));
      expect(manifest["keywords"]).toContain("grokking");
    });
  },
);
