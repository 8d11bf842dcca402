// The page's service worker. On static hosts that send no headers of their own it adds what makes the
// page cross-origin isolated, so that threads may share memory. And it keeps the page's files, so that
// the page opens offline; while there is a network, that is always asked first.
self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

self.addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method !== "GET" || new URL(request.url).origin !== self.location.origin) return;
  event.respondWith(answer(request));
});

// Asked by the page when it has nothing else to do.
self.addEventListener("message", (event) => {
  if (event.data === "keep") event.waitUntil(keep());
});

async function answer(request) {
  try {
    return isolated(await fetch(request));
  } catch (error) {
    // Whatever its query is, the page is the same.
    const kept = await caches.match(request.mode === "navigate" ? "./" : request, {
      ignoreSearch: true,
    });
    if (kept === undefined) throw error;
    return isolated(kept);
  }
}

function isolated(response) {
  if (response.status === 0) return response;
  const headers = new Headers(response.headers);
  headers.set("Cross-Origin-Opener-Policy", "same-origin");
  headers.set("Cross-Origin-Embedder-Policy", "require-corp");
  const { status, statusText, body } = response;
  return new Response(body, { status, statusText, headers });
}

/** Keeps the files of the newest version of the page, all or none, and forgets those of others. */
async function keep() {
  const response = await fetch("./kept.json", { cache: "no-cache" });
  if (!response.ok) return;
  const { version, files } = await response.json();
  const name = `grok-page-${version}`;
  const names = await caches.keys();
  if (!names.includes(name)) {
    const cache = await caches.open(name);
    try {
      await cache.addAll(files);
    } catch (error) {
      await caches.delete(name);
      throw error;
    }
  }
  for (const other of names) {
    if (other.startsWith("grok-page-") && other !== name) await caches.delete(other);
  }
}
