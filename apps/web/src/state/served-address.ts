/** The address that `grok serve` wrote into the page under a name; null if it did not. */
export function servedAddress(name: string): string | null {
  const place = document.querySelector<HTMLMetaElement>(`meta[name="${name}"]`)?.content;
  return place === undefined ? null : new URL(place, document.baseURI).href;
}
