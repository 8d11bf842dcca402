/**
 * Whether Windows takes a file's name for a device, whatever stands behind its first dot: `con.svg`
 * is the console there. Such a file can be neither written nor read.
 *
 * @param name without folders
 */
export function isDeviceName(name: string): boolean {
  return /^(con|prn|aux|nul|conin\$|conout\$|com[0-9¹²³]|lpt[0-9¹²³])[ ]*(\.|$)/i.test(name);
}
