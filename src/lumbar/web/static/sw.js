// Opens without the machine that runs Lumbar: pages as they were last seen, and its own files.
"use strict";
const CACHE = "lumbar-1";
const FIRST = ["/", "/diary", "/films", "/log", "/check"];
self.addEventListener("install", (event) => event.waitUntil(
  caches.open(CACHE).then((cache) => cache.addAll(FIRST)).then(() => self.skipWaiting()),
));
self.addEventListener("activate", (event) => event.waitUntil(
  caches.keys().then((names) => Promise.all(names.filter((name) => name !== CACHE).map((name) => caches.delete(name)))).then(() => self.clients.claim()),
));
self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== location.origin || url.pathname.startsWith("/api/") || url.pathname.endsWith(".mp4")) return;
  event.respondWith(
    fetch(request).then((answer) => {
      if (answer.ok && answer.type === "basic") {
        const copy = answer.clone();
        caches.open(CACHE).then((cache) => cache.put(request, copy));
      }
      return answer;
    }).catch(() => caches.match(request, { ignoreSearch: url.pathname.startsWith("/static/") }).then((kept) => kept || caches.match("/")).then((kept) => kept || Response.error())),
  );
});
