import { expect, it } from "vitest";
import { fontFolders } from "./font-folders";

it("knows where systems keep fonts", () => {
  expect(fontFolders("linux", {}, "/home/me")).toEqual([
    "/usr/local/share/fonts",
    "/usr/share/fonts",
    "/home/me/.local/share/fonts",
    "/home/me/.fonts",
  ]);
  expect(fontFolders("linux", { XDG_DATA_DIRS: "/a:/b", XDG_DATA_HOME: "/c" }, "/h")).toEqual([
    "/a/fonts",
    "/b/fonts",
    "/c/fonts",
    "/h/.fonts",
  ]);
  expect(fontFolders("darwin", {}, "/Users/me")[2]).toBe("/Users/me/Library/Fonts");
  expect(fontFolders("win32", { WINDIR: "D:\\W" }, "D:\\me")[0]).toMatch(/^D:\\W.Fonts$/);
});
