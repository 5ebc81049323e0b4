// Opens without the machine that runs Lumbar: pages as they were last seen, and its own files.
"use strict";
const CACHE = "lumbar-2";
const FIRST = ["/", "/diary", "/plan", "/films", "/log", "/check"];

// The first pages, with the files that they name: they were loaded before this was there to keep them.
async function keepFirst() {
  const cache = await caches.open(CACHE);
  const named = new Set();
  for (const path of FIRST) {
    const answer = await fetch(path);
    if (!answer.ok) continue;
    for (const [, file] of (await answer.clone().text()).matchAll(/(?:src|href)="(\/(?:static\/|plan\/plan\.css|manifest)[^"]*)"/g)) named.add(file);
    await cache.put(path, answer);
  }
  await cache.addAll([...named]);
}

// Offline, a page of another address is today's; a file of an older version is as good as none.
async function kept(request, url) {
  const cache = await caches.open(CACHE);
  const found = await cache.match(request, { ignoreSearch: url.pathname.startsWith("/static/") });
  if (found) return found;
  return (request.mode === "navigate" && (await cache.match("/"))) || Response.error();
}

self.addEventListener("install", (event) => event.waitUntil(keepFirst().then(() => self.skipWaiting())));
self.addEventListener("activate", (event) => event.waitUntil(
  caches.keys().then((names) => Promise.all(names.filter((name) => name !== CACHE).map((name) => caches.delete(name)))).then(() => self.clients.claim()),
));
self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== location.origin || url.pathname.startsWith("/api/") || /\.(mp4|ics)$/.test(url.pathname)) return;
  event.respondWith(
    fetch(request).then((answer) => {
      if (answer.ok && answer.type === "basic" && !answer.redirected) {
        const copy = answer.clone();
        event.waitUntil(caches.open(CACHE).then((cache) => cache.put(request, copy)));
      }
      return answer;
    }).catch(() => kept(request, url)),
  );
});
