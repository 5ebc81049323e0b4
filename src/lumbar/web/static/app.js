// What a page does besides showing: sending clips in pieces, asking before deleting, working offline.
"use strict";
(() => {
  const PIECE = 4 * 1024 * 1024;
  // A connection that moves nothing for so long is as good as lost (ms): an engineering rule.
  const STILL_MS = 15000;
  const byId = (id) => document.getElementById(id);

  // ---- Asking first
  document.addEventListener("submit", (event) => {
    const question = event.target.dataset.ask;
    if (question && !window.confirm(question)) event.preventDefault();
  });

  // ---- The body chart says in words what is chosen on it
  for (const chart of document.querySelectorAll(".body-chart")) {
    const tellChosen = () => {
      const names = [...chart.querySelectorAll("input:checked")].map((box) => box.parentElement.textContent.trim());
      chart.querySelector("[data-chosen]").textContent = names.join(" · ");
    };
    chart.addEventListener("change", tellChosen);
    tellChosen();
  }

  // ---- A timer for holds: ten seconds to get ready, then the time until it is stopped
  for (const holder of document.querySelectorAll("[data-timer]")) {
    const find = (name) => holder.querySelector(`[data-${name}]`), button = find("start"), field = holder.querySelector("input");
    const LEAD_MS = 10000, most = Number(holder.dataset.stopAt || Infinity);
    let from = null;
    find("buttons").hidden = false;
    const tick = () => {
      if (from === null) return;
      const held = (performance.now() - from) / 1000;
      find("clock").textContent = held < 0 ? `−${Math.ceil(-held)}` : held.toFixed(1);
      if (held >= 0 && button.textContent !== "Stop") [button.textContent, find("told").textContent] = ["Stop", "The time runs."];
      if (held >= most) stop(most);
      else requestAnimationFrame(tick);
    };
    const stop = (held) => {
      from = null;
      button.textContent = "Start again, after ten seconds";
      find("clock").textContent = held.toFixed(1);
      field.value = held.toFixed(1);
      find("told").textContent = `${held.toFixed(1)} seconds.`;
    };
    button.addEventListener("click", () => {
      if (from !== null) {
        const held = (performance.now() - from) / 1000;
        if (held > 0) return stop(held);
        from = null;
        button.textContent = "Start, after ten seconds";
        find("clock").textContent = "0.0";
        return;
      }
      from = performance.now() + LEAD_MS;
      button.textContent = "Leave it";
      find("told").textContent = "Get ready: ten seconds.";
      tick();
    });
  }

  // ---- Sending a clip
  const form = byId("upload");
  if (form) form.addEventListener("submit", (event) => { event.preventDefault(); send(form); });

  async function send(form) {
    const clip = form.elements.clip.files[0];
    if (!clip) return;
    fault("");
    const stop = new AbortController();
    byId("stop").onclick = () => stop.abort();
    form.hidden = true;
    byId("progress").hidden = false;
    try {
      location.assign(`/films/${await sent(clip, saidIn(form), stop.signal)}`);
    } catch (error) {
      form.hidden = false;
      byId("progress").hidden = true;
      fault(error.name === "AbortError" ? "Sending was stopped. Choose the same clip again to go on where it stopped." : error.message);
    }
  }

  function saidIn(form) {
    const unit = form.elements.unit.value;
    const typed = form.elements.bar.value.trim().replace(",", ".");
    const bar = typed === "" ? null : Number(typed);
    if (bar !== null && !Number.isFinite(bar)) throw new Error(`The bar cannot be “${typed}”: write a number such as 140.`);
    return {
      bar_kg: bar === null ? null : unit === "lb" ? bar * 0.45359237 : bar,
      plate_m: Number(form.elements.plate_mm.value) / 1000,
      unit,
      hides_faces: form.elements.hides_faces.checked,
    };
  }

  async function sent(clip, said, signal) {
    const name = `upload ${clip.name} ${clip.size} ${clip.lastModified}`;
    let state = await known(localStorage.getItem(name), signal);
    if (!state) {
      state = await ask("POST", "/api/v1/uploads", { body: JSON.stringify({ name: clip.name, size: clip.size, said }), headers: { "content-type": "application/json" }, signal });
      localStorage.setItem(name, state.key);
    }
    while (state.came < state.size) {
      tell(state);
      state = await piece(clip, state, signal);
    }
    tell(state);
    try {
      return (await ask("POST", `/api/v1/uploads/${state.key}/film`, { signal })).key;
    } finally {
      localStorage.removeItem(name);
    }
  }

  async function known(key, signal) {
    if (!key) return null;
    const answer = await fetch(`/api/v1/uploads/${key}`, { signal });
    return answer.ok ? answer.json() : null;
  }

  // A piece that is lost on its way is asked for again from where the upload stands, for about two minutes.
  async function piece(clip, state, signal) {
    for (let wait = 1; ; wait *= 2) {
      try {
        return await put(clip.slice(state.came, state.came + PIECE), state, signal);
      } catch (error) {
        if (error.name === "AbortError" || error.final || wait > 64) throw error;
        byId("sent").textContent = "The connection is lost. Trying again…";
        await new Promise((done) => setTimeout(done, wait * 1000));
        state = (await known(state.key, signal).catch(() => null)) || state;
      }
    }
  }

  // Not fetch: only this one tells how much of it has gone, and so whether it still moves.
  function put(piece, state, signal) {
    return new Promise((done, failed) => {
      signal.throwIfAborted();
      const request = new XMLHttpRequest(), stop = () => request.abort();
      let still;
      const moves = () => { clearTimeout(still); still = setTimeout(stop, STILL_MS); };
      request.open("PATCH", `/api/v1/uploads/${state.key}`);
      request.setRequestHeader("upload-offset", state.came);
      request.setRequestHeader("content-type", "application/octet-stream");
      request.responseType = "json";
      request.upload.onprogress = ({ loaded }) => { moves(); tell({ ...state, came: state.came + loaded }); };
      request.onloadend = () => {
        clearTimeout(still);
        signal.removeEventListener("abort", stop);
        if (signal.aborted) failed(signal.reason);
        else if (request.status === 0) failed(new Error("The connection is lost. Choose the same clip again to go on where it stopped."));
        else try { done(understood(request.status, request.response || {})); } catch (error) { failed(error); }
      };
      signal.addEventListener("abort", stop);
      moves();
      request.send(piece);
    });
  }

  async function ask(method, path, options) {
    const answer = await fetch(path, { method, ...options });
    return understood(answer.status, await answer.json().catch(() => ({})));
  }

  function understood(status, told) {
    if (status >= 200 && status < 300) return told;
    const error = new Error(typeof told.detail === "string" ? told.detail : "That did not work. Try again.");
    error.final = status < 500 && status !== 429;
    throw error;
  }

  function tell(state) {
    byId("progress").querySelector("progress").value = state.came / state.size;
    byId("sent").textContent = `${(state.came / 1e6).toFixed(1)} of ${(state.size / 1e6).toFixed(1)} MB`;
  }

  function fault(text) {
    byId("fault").textContent = text;
    byId("fault").hidden = !text;
    if (text) byId("fault").scrollIntoView({ block: "nearest" }); // on a phone it lies under what stands at the bottom
  }

  // ---- Offline: what is noted now is kept in this browser and sent when the machine is there again, once.
  // Each note has a name of its own: two tabs that send at once take out what was sent and nothing else.
  const WAITING = "waiting";
  const PERSON = document.body.dataset.person || "";
  const waiting = () => JSON.parse(localStorage.getItem(WAITING) || "[]");
  const keep = (notes) => localStorage.setItem(WAITING, JSON.stringify(notes));

  function wait(path, body) {
    keep([...waiting(), { id: `${Date.now()} ${Math.random()}`, person: PERSON, path, body }]);
    say("Lumbar is not there now. This is kept here and sent when it is back.");
  }

  for (const each of document.querySelectorAll("form[data-offline]")) {
    // A page may lie open overnight: an entry is of the time when it is made.
    each.addEventListener("input", () => {
      const at = each.elements.at;
      if (Date.now() - Date.parse(at.value) > 30 * 60e3) at.value = new Date().toISOString();
    });
    each.addEventListener("submit", async (event) => {
      if (event.defaultPrevented) return;
      event.preventDefault();
      const body = entryOf(each);
      const answer = await fetch(each.action, { method: "POST", body: new URLSearchParams(new FormData(each)) }).catch(() => null);
      if (!answer || answer.status >= 502) {
        wait(each.dataset.offline, body);
        each.reset();
      } else if (answer.redirected) location.assign(answer.url);
      else showInstead(await answer.text());
    });
  }

  // What a page answers to a form takes the place of what is shown; scripts in it do not run, and need not.
  function showInstead(text) {
    const page = new DOMParser().parseFromString(text, "text/html");
    byId("main").replaceWith(document.adoptNode(page.getElementById("main")));
    byId("main").focus();
    for (const each of byId("main").querySelectorAll("form[data-offline]")) each.removeAttribute("data-offline");
  }

  function entryOf(form) {
    const said = new FormData(form);
    const at = new Date();
    const hours = Number(said.get("hours_since_lift"));
    const left = new Set(["at", "with_places", "had_places", "places", "hours_since_lift"]);
    const answers = {};
    for (const [name, value] of said) if (!left.has(name) && value !== "") answers[name] = value;
    const since = said.get("hours_since_lift") && Number.isFinite(hours);
    return {
      at: at.toISOString(),
      session_at: since ? new Date(at - hours * 3600e3).toISOString() : null,
      answers,
      places: said.getAll("places").length || said.get("had_places") ? said.getAll("places") : null,
    };
  }

  // ---- Today's list: a tick stays where it was set, and the page need not come again
  const boxes = () => [...document.querySelectorAll("form[data-tick]")];
  const isTicked = (form) => form.querySelector("button").getAttribute("aria-pressed") === "true";

  function mark(form, isDone) {
    form.querySelector("button").setAttribute("aria-pressed", String(isDone));
    form.querySelector("button span").textContent = isDone ? "✓" : "";
    form.elements.done.value = isDone ? "" : "yes";
  }

  for (const each of boxes()) {
    each.addEventListener("submit", async (event) => {
      event.preventDefault();
      const isDone = !isTicked(each);
      const body = { day: each.dataset.day, exercise: each.dataset.tick, is_done: isDone };
      mark(each, isDone);
      if (waiting().some(isMine)) return wait("/api/v1/plan/ticks", body), flush(); // after what was noted before
      const answer = await post("/api/v1/plan/ticks", body);
      if (!answer || answer.status >= 502) return wait("/api/v1/plan/ticks", body);
      if (!answer.ok) {
        mark(each, !isDone);
        say((await answer.json().catch(() => ({}))).detail || "That did not work. Try again.");
      }
    });
  }

  // A page that was kept from before shows what was ticked since.
  function showWaiting() {
    for (const one of waiting().filter(isMine)) {
      const form = boxes().find((each) => each.dataset.tick === one.body.exercise && each.dataset.day === one.body.day);
      if (form) mark(form, one.body.is_done);
    }
  }

  // ---- Sending what waits
  const isMine = (one) => one.person === PERSON || one.person === undefined;
  const post = (path, body) => fetch(path, { method: "POST", body: JSON.stringify(body), headers: { "content-type": "application/json" } }).catch(() => null);

  // Not there, too busy, or not paired (any more): it goes on waiting. Anything else is an answer.
  const isNoAnswer = (answer) => !answer || answer.status >= 500 || [401, 403, 429].includes(answer.status);

  async function sendAll() {
    for (let one; (one = waiting().find(isMine)); ) {
      const answer = await post(one.path, one.body);
      if (isNoAnswer(answer)) return;
      keep(waiting().filter((each) => each.id !== one.id));
      say(answer.ok ? "What was noted offline is kept now." : "Something noted offline was refused. Note it again.");
    }
  }

  let sending = null;
  function flush() {
    sending ??= (navigator.locks ? navigator.locks.request(WAITING, sendAll) : sendAll()).finally(() => { sending = null; });
    return sending;
  }

  function say(text) {
    byId("say").textContent = text;
  }

  // ---- Everything was deleted: this browser forgets it, too
  const forgotten = document.querySelector("[data-forgotten]");
  if (forgotten) {
    keep(waiting().filter((one) => one.person !== forgotten.dataset.forgotten));
    for (const name of Object.keys(localStorage)) if (name.startsWith("upload ")) localStorage.removeItem(name);
    if (window.caches) caches.keys().then((names) => names.forEach((name) => caches.delete(name)));
  }

  addEventListener("online", flush);
  document.addEventListener("visibilitychange", () => { if (!document.hidden && waiting().some(isMine)) flush(); });
  showWaiting();
  if (waiting().some(isMine)) flush();
  if ("serviceWorker" in navigator && isSecureContext) navigator.serviceWorker.register("/sw.js");
})();
