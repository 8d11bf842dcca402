import { homedir } from "node:os";
import { join } from "node:path";

/** The folders in which a system keeps fonts, for all its users and for this one. */
export function fontFolders(
  platform: string = process.platform,
  env: Readonly<Record<string, string | undefined>> = process.env,
  home = homedir(),
): string[] {
  if (platform === "win32") {
    const local = env.LOCALAPPDATA ?? join(home, "AppData", "Local");
    return [
      join(env.WINDIR ?? "C:\\Windows", "Fonts"),
      join(local, "Microsoft", "Windows", "Fonts"),
    ];
  }
  if (platform === "darwin") {
    return ["/System/Library/Fonts", "/Library/Fonts", join(home, "Library", "Fonts")];
  }
  // The folders of the XDG Base Directory Specification, and the older one in the home.
  const own = env.XDG_DATA_HOME || join(home, ".local", "share");
  const shared = (env.XDG_DATA_DIRS || "/usr/local/share:/usr/share").split(":");
  return [...[...shared, own].map((folder) => join(folder, "fonts")), join(home, ".fonts")];
}
