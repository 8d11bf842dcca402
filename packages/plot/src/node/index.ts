export { fontFiles } from "./font-files";
export { fontFolders } from "./font-folders";
export { SystemFonts, type SystemFontsOptions } from "./system-fonts";
