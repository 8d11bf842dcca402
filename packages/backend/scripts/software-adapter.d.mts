/** Shows Dawn the software adapter that Debian's Chromium brings. */
export function showSoftwareAdapter(): void;
