import { expect, it } from "vitest";
import { embeddersOf } from "./embedders";

it("takes origins, as a browser writes them", () => {
  expect(embeddersOf(undefined)).toEqual([]);
  expect(embeddersOf("https://blog.example")).toEqual(["https://blog.example"]);
  expect(embeddersOf("https://Blog.example/, http://localhost:8080")).toEqual([
    "https://blog.example",
    "http://localhost:8080",
  ]);
});

it.each([
  "",
  "*",
  "blog.example",
  "https://blog.example/page",
  "ftp://blog.example",
  "https://a; script-src *",
])("refuses %j, which is no origin", (text) => {
  expect(() => embeddersOf(text)).toThrow(
    /^--allow-embed must be origins such as https:\/\/blog.example, separated by commas; ".*" is none\.$/,
  );
});
