export { fontFolders } from "./font-folders";
export { SystemFonts, type SystemFontsOptions } from "./system-fonts";
