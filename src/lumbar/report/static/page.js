"use strict";
// The film, the drawing over it and every chart share one time: the container's seconds.
(() => {
  const byId = (id) => document.getElementById(id);
  const all = (query) => [...document.querySelectorAll(query)];
  const data = JSON.parse(byId("data").textContent);

  // Numbers come packed (report/figure.py: pack): varints of 1 + zigzag(change since the row before); 0 is unseen.
  function unpack(text, columns, step) {
    const bytes = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
    const numbers = [], last = new Int32Array(columns);
    let code = 0, shift = 0;
    for (const byte of bytes) {
      code |= (byte & 127) << shift;
      shift += 7;
      if (byte & 128) continue;
      const column = numbers.length % columns, zigzag = code - 1;
      if (code) last[column] += (zigzag >>> 1) ^ -(zigzag & 1);
      numbers.push(code ? last[column] * step : NaN);
      code = shift = 0;
    }
    return Float32Array.from(numbers);
  }

  // The last row that was shown at a time; half a millisecond forgives rounding.
  function rowAt(times, time) {
    let low = 0, high = times.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (times[middle] <= time + 0.0005) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  const { figure, reps } = data;
  const clock = unpack(figure.pose.time, 1, 0.001);
  if (!clock.length) return; // nothing was seen: the film keeps the browser's own controls
  document.documentElement.classList.add("has-script");
  const pose = { xy: unpack(figure.pose.xy, figure.drawn * 2, 0.1), hidden: unpack(figure.pose.hidden, 1, 1) };
  const outline = { time: unpack(figure.outline.time, 1, 0.001), xy: unpack(figure.outline.xy, figure.outline.points * 2, 0.5) };
  const bar = figure.bar && { time: unpack(figure.bar.time, 1, 0.001), plate: unpack(figure.bar.plate, 4, 0.1) };
  const back = figure.back && { ...figure.back, xy: unpack(figure.back.xy, figure.back.points * 2, 0.5) };
  const lever = figure.lever && { ends: unpack(figure.lever.ends, 4, 0.5), cm: unpack(figure.lever.cm, 1, 1) };
  const motion = data.motion && { time: unpack(data.motion.time, 1, 0.001), bar: unpack(data.motion.bar_cm, 2, 0.1) };
  const curves = data.curves.map((curve) => ({
    ...curve, lines: curve.lines.map(([name, packed]) => ({ name, value: unpack(packed, 1, 10 ** -curve.decimals) })),
  }));

  // ---- The player: the clip, or a clock of its own where the page carries no clip.
  const video = byId("clip");
  const player = video ? filmPlayer(video) : bareClock();
  let now = data.from_s; // where the cursor is
  let onScreen = data.from_s; // which frame the film shows: the drawing waits for it
  let loop = null, repShown = null;

  function filmPlayer(film) {
    let wanted = null; // the newest seek, while an older one is still under way
    // The film's clock is the container's, or was set back to zero: where its first frame lies tells.
    let offset = 0, isReady = false, firstSeen = null;
    film.controls = false;
    const shown = () => film.currentTime + offset;
    const go = (time) => { film.currentTime = Math.max(0, time - offset); };
    film.addEventListener("seeked", () => {
      if (!isReady) {
        [offset, isReady] = [data.from_s - (firstSeen ?? film.currentTime), true];
        return seek(now);
      }
      drawAt(shown());
      if (wanted === null) return show(clock[rowAt(clock, shown())]);
      const next = wanted;
      wanted = null;
      go(next);
    });
    const findStart = () => { isReady = false; film.currentTime = 0; };
    if (film.readyState >= 2) findStart();
    film.addEventListener("loadeddata", findStart);
    for (const name of ["play", "pause"]) film.addEventListener(name, () => showPlaying(!film.paused));
    if (film.error && film.src.startsWith("data:")) asBlob(film);
    else if (film.src.startsWith("data:")) film.addEventListener("error", () => asBlob(film), { once: true });
    if ("requestVideoFrameCallback" in film) {
      const onFrame = (_, frame) => {
        firstSeen ??= frame.mediaTime;
        if (isReady) drawAt(frame.mediaTime + offset);
        if (isReady && !film.paused && !film.seeking) show(frame.mediaTime + offset);
        film.requestVideoFrameCallback(onFrame);
      };
      film.requestVideoFrameCallback(onFrame);
    } else {
      const tick = () => {
        if (isReady && !film.paused && !film.seeking) { drawAt(shown()); show(shown()); }
        requestAnimationFrame(tick);
      };
      requestAnimationFrame(tick);
    }
    return {
      seek: (time) => { if (!isReady) return; if (film.seeking) wanted = time; else go(time); },
      play: () => film.play().catch(() => showPlaying(false)),
      pause: () => film.pause(),
      playing: () => !film.paused,
      speed: (rate) => { film.playbackRate = rate; },
    };
  }

  // Some browsers refuse a long data: address as a film but take the same bytes as a blob.
  function asBlob(film) {
    const bytes = Uint8Array.from(atob(film.src.slice(film.src.indexOf(",") + 1)), (letter) => letter.charCodeAt(0));
    film.src = URL.createObjectURL(new Blob([bytes], { type: "video/mp4" }));
  }

  function bareClock() {
    let rate = 1, before = null;
    const tick = (at) => {
      if (before === null) return;
      const next = now + (rate * (at - before)) / 1000;
      before = at;
      show(Math.min(next, data.to_s));
      if (next >= data.to_s) stop(); else requestAnimationFrame(tick);
    };
    const stop = () => { before = null; showPlaying(false); };
    return {
      seek: () => {},
      play: () => { if (now >= data.to_s) now = data.from_s; before = performance.now(); showPlaying(true); requestAnimationFrame(tick); },
      pause: stop,
      playing: () => before !== null,
      speed: (value) => { rate = value; },
    };
  }

  // ---- Going places
  // Seek well inside a frame: at its very edge, rounding decides which of two frames is shown.
  function seek(time) {
    const row = rowAt(clock, time), next = clock[Math.min(row + 1, clock.length - 1)];
    player.seek(clock[row] + (next - clock[row]) / 4);
    show(clock[row]);
  }

  function step(frames) {
    player.pause();
    seek(clock[Math.min(Math.max(rowAt(clock, now) + frames, 0), clock.length - 1)]);
  }

  // Lift-off lies between two frames: the one before it, which is shown when a rep is chosen, is the rep's too.
  const repAt = (time) => reps.findLast((rep) => rep[1] <= time + 0.035) ?? null;
  const number = (rep) => (rep ? rep[0] : 0);
  function goToRep(wanted) {
    const rep = reps.find((one) => one[0] === wanted);
    if (!rep) return;
    if (loop) setLoop(rep);
    seek(rep[1]);
  }
  function otherRep(by) {
    const current = repAt(now);
    const isInside = current && now > current[1] + 0.25; // ↑ first returns to this rep's own lift-off
    goToRep(Math.max(1, number(current) + (by < 0 && isInside ? 0 : by)));
  }
  function setLoop(rep) {
    loop = rep;
    for (const button of all('[data-do="loop"]')) button.setAttribute("aria-pressed", String(Boolean(loop)));
    for (const button of all("button[data-rep]")) button.setAttribute("aria-pressed", String(Number(button.dataset.rep) === number(loop)));
    if (loop && (now < loop[1] || now > loop[3])) seek(loop[1]);
  }
  const toggleLoop = () => setLoop(loop ? null : repAt(now) ?? reps[0] ?? null);
  // A tap on a rep plays it over and over; one more on the same rep lets the film go on.
  function tapRep(wanted) {
    const rep = reps.find((one) => one[0] === wanted);
    if (!rep || rep === loop) return setLoop(null);
    setLoop(rep);
    seek(rep[1]);
    if (!player.playing()) player.play();
  }
  const togglePlay = () => (player.playing() ? player.pause() : player.play());

  // ---- Showing one moment everywhere
  const scrub = byId("scrub"), clockText = byId("clock");
  const charts = all("figure.timed").map((element) => ({
    svg: element.querySelector("svg.chart"), cursor: element.querySelector(".cursor"), reading: element.querySelector(".reading"),
    columns: [...element.querySelectorAll(".rep")], curve: curves.find((curve) => curve.id === element.dataset.chart),
  }));
  scrub.min = data.from_s;
  scrub.max = data.to_s;

  function show(time) {
    if (loop && player.playing() && time >= loop[3]) return seek(loop[1]);
    now = time;
    const share = (100 * (time - data.from_s)) / (data.to_s - data.from_s);
    const rep = repAt(time);
    const inRep = rep && time <= rep[3] ? rep : null;
    const words = inRep ? `Rep ${inRep[0]} of ${reps.length}` : rep ? `After rep ${rep[0]}` : "";
    for (const chart of charts) showOnChart(chart, share, inRep);
    scrub.value = time;
    scrub.setAttribute("aria-valuetext", `${time.toFixed(2)} seconds${words ? ", " + words : ""}`);
    clockText.textContent = `${time.toFixed(2)} s${words ? " · " + words : ""}`;
    if (number(inRep) !== repShown) showRep((repShown = number(inRep)));
    showOnPath();
    if (!video) drawAt(time);
  }

  function drawAt(time) {
    onScreen = time;
    draw();
  }

  function showOnChart(chart, share, rep) {
    chart.cursor.setAttribute("x1", `${share}%`);
    chart.cursor.setAttribute("x2", `${share}%`);
    chart.cursor.classList.add("on");
    for (const column of chart.columns) column.classList.toggle("now", Number(column.dataset.rep) === number(rep));
    const { lines, unit, decimals } = chart.curve, row = rowAt(motion.time, now);
    chart.reading.textContent = lines.map(({ name, value }) => {
      const known = Number.isFinite(value[row]);
      const text = known ? (value[row] + 0).toFixed(decimals).replace(/^-(0(\.0*)?)$/, "$1").replace("-", "−") : "—";
      return (lines.length > 1 ? `${name} ` : "") + text + (known ? (unit === "°" ? unit : `\u00a0${unit}`) : "");
    }).join(" · ");
  }

  function showRep(shown) {
    for (const button of all("button[data-rep]")) {
      if (Number(button.dataset.rep) === shown) button.setAttribute("aria-current", "true");
      else button.removeAttribute("aria-current");
    }
  }

  function showOnPath() {
    const square = byId("bar-path"), dot = square && square.querySelector(".cursor-dot");
    if (!dot) return;
    const row = rowAt(motion.time, now), [x, y] = [motion.bar[2 * row], motion.bar[2 * row + 1]];
    dot.classList.toggle("on", Number.isFinite(x + y));
    if (!Number.isFinite(x + y)) return;
    const [left, bottom] = square.dataset.origin.split(" ").map(Number), scale = Number(square.dataset.scale);
    dot.setAttribute("cx", left + scale * x);
    dot.setAttribute("cy", bottom - scale * y);
  }

  function showPlaying(playing) {
    for (const button of all('[data-do="play"]')) {
      button.classList.toggle("on", playing);
      button.setAttribute("aria-label", playing ? "Pause" : "Play");
    }
  }

  // ---- Drawing over the film; nothing is drawn where nothing is known
  const canvas = byId("drawing"), pen = canvas.getContext("2d");
  const layers = Object.fromEntries(all("[data-layer]").map((box) => [box.dataset.layer, box]));
  const isOn = (name) => Boolean(layers[name] && layers[name].checked);
  const colour = ([red, green, blue], alpha) => `rgb(${red} ${green} ${blue} / ${alpha})`;
  let unit = 1; // a line width of 1 in working pixels: one CSS pixel, less on a film narrower than 400

  function fit() {
    const ratio = window.devicePixelRatio || 1;
    canvas.width = Math.round(canvas.clientWidth * ratio);
    canvas.height = Math.round(canvas.clientHeight * ratio);
    draw();
  }

  function draw(backdrop) {
    if (!canvas.width || !canvas.clientWidth) return;
    const scale = canvas.width / figure.width;
    unit = (figure.width / canvas.clientWidth) * Math.min(1, Math.max(0.6, canvas.clientWidth / 400));
    pen.setTransform(1, 0, 0, 1, 0, 0);
    pen.clearRect(0, 0, canvas.width, canvas.height);
    if (backdrop) pen.drawImage(backdrop, 0, 0, canvas.width, canvas.height);
    if (isOn("veil")) {
      pen.fillStyle = `rgb(0 0 0 / ${figure.veil})`;
      pen.fillRect(0, 0, canvas.width, canvas.height);
    }
    pen.setTransform(scale, 0, 0, scale, 0, 0);
    pen.lineCap = pen.lineJoin = "round";
    if (isOn("outline")) drawOutline();
    if (isOn("lever")) drawLever();
    if (isOn("plate")) drawPlate();
    if (isOn("trail")) drawTrail();
    if (isOn("back")) drawBack();
    if (isOn("skeleton")) drawSkeleton();
  }

  function drawOutline() {
    const width = figure.outline.points * 2, start = rowAt(outline.time, onScreen) * width;
    pen.beginPath();
    for (let at = start, open = false; at < start + width; at += 2) {
      const known = Number.isFinite(outline.xy[at]);
      if (known) pen[open ? "lineTo" : "moveTo"](outline.xy[at], outline.xy[at + 1]);
      open = known;
    }
    if (Number.isFinite(outline.xy[start]) && Number.isFinite(outline.xy[start + width - 2])) pen.lineTo(outline.xy[start], outline.xy[start + 1]);
    pen.strokeStyle = colour(figure.colours.outline, 0.75);
    pen.lineWidth = 1.25 * unit;
    pen.stroke();
  }

  function drawPlate() {
    const [x, y, wide, high] = bar.plate.subarray(4 * rowAt(bar.time, onScreen));
    if (!Number.isFinite(x + y + wide + high)) return;
    pen.beginPath();
    pen.ellipse(x, y, wide, high, 0, 0, 2 * Math.PI);
    pen.moveTo(x + 2.5 * unit, y);
    pen.arc(x, y, 2.5 * unit, 0, 2 * Math.PI);
    pen.strokeStyle = colour(figure.colours.bar, 0.95);
    pen.lineWidth = 1.25 * unit;
    pen.stroke();
  }

  function drawTrail() {
    const last = rowAt(bar.time, onScreen), first = rowAt(bar.time, onScreen - figure.trail_s);
    for (let row = first + 1; row <= last; row += 1) {
      const [x0, y0] = bar.plate.subarray(4 * row - 4), [x1, y1] = bar.plate.subarray(4 * row);
      if (!Number.isFinite(x0 + y0 + x1 + y1)) continue;
      const fresh = 1 - (onScreen - bar.time[row]) / figure.trail_s;
      pen.beginPath();
      pen.moveTo(x0, y0);
      pen.lineTo(x1, y1);
      pen.strokeStyle = colour(figure.colours.bar, 0.15 + 0.85 * fresh);
      pen.lineWidth = (0.5 + 3 * fresh) * unit;
      pen.stroke();
    }
  }

  function drawBack() {
    const width = back.points * 2, row = rowAt(clock, onScreen), line = back.xy.subarray(row * width, (row + 1) * width);
    if (!line.every(Number.isFinite)) return;
    const [x0, y0] = line, [dx, dy] = [line[width - 2] - x0, line[width - 1] - y0];
    const standing = back.standing && back.standing.flatMap(([along, off]) => [x0 + along * dx - off * dy, y0 + along * dy + off * dx]);
    if (standing) stroke(standing, "skeleton", 0.6, 1.5, [6, 5]);
    stroke(line, "back", 0.95, 4);
  }

  function stroke(line, name, alpha, width, dash = []) {
    pen.beginPath();
    for (let at = 0; at < line.length; at += 2) pen.lineTo(line[at], line[at + 1]);
    pen.setLineDash(dash.map((part) => part * unit));
    pen.strokeStyle = colour(figure.colours[name], alpha);
    pen.lineWidth = width * unit;
    pen.stroke();
    pen.setLineDash([]);
  }

  // Level from the joint to the bar's line of weight, as on a drawing with dimensions: ends ticked, length written.
  function drawLever() {
    const row = rowAt(clock, onScreen), [x, y, weight, height] = lever.ends.subarray(4 * row), cm = lever.cm[row];
    if (!Number.isFinite(x + y + weight + height + cm)) return;
    stroke([weight, height, weight, y], "lever", 0.7, 1.25, [3, 4]);
    for (const end of [x, weight]) stroke([end, y - 6 * unit, end, y + 6 * unit], "lever", 0.95, 2);
    stroke([x, y, weight, y], "lever", 0.95, 2);
    pen.font = `600 ${14 * unit}px system-ui, sans-serif`;
    pen.textAlign = weight < x ? "right" : "left"; // beyond the bar, where no body is
    const at = weight + (weight < x ? -10 : 10) * unit, text = `${cm.toFixed(0)}\u00a0cm`;
    pen.lineWidth = 4 * unit;
    pen.strokeStyle = "rgb(0 0 0 / 0.6)";
    pen.strokeText(text, at, y + 5 * unit);
    pen.fillStyle = colour(figure.colours.lever, 1);
    pen.fillText(text, at, y + 5 * unit);
  }

  function drawSkeleton() {
    const row = rowAt(clock, onScreen), xy = pose.xy.subarray(row * figure.drawn * 2), hidden = pose.hidden[row];
    const isHidden = (joint) => (hidden >> joint) & 1;
    for (const [from, to, far] of figure.bones) {
      if (!Number.isFinite(xy[2 * from] + xy[2 * to])) continue;
      pen.setLineDash(isHidden(from) || isHidden(to) ? [4 * unit, 5 * unit] : []);
      pen.strokeStyle = colour(figure.colours.skeleton, far ? 0.45 : 0.95);
      pen.lineWidth = (far ? 1 : 2) * unit;
      pen.beginPath();
      pen.moveTo(xy[2 * from], xy[2 * from + 1]);
      pen.lineTo(xy[2 * to], xy[2 * to + 1]);
      pen.stroke();
    }
    pen.setLineDash([]);
    for (const joint of new Set(figure.bones.filter((bone) => !bone[2]).flatMap(([from, to]) => [from, to]))) {
      if (!Number.isFinite(xy[2 * joint]) || isHidden(joint)) continue;
      pen.beginPath();
      pen.arc(xy[2 * joint], xy[2 * joint + 1], 3 * unit, 0, 2 * Math.PI);
      pen.fillStyle = colour(figure.colours.skeleton, 0.95);
      pen.fill();
    }
  }

  // ---- Hands on it
  for (const { svg } of charts) {
    let held = false;
    const follow = (event) => {
      const box = svg.getBoundingClientRect();
      seek(data.from_s + ((event.clientX - box.left) / box.width) * (data.to_s - data.from_s));
    };
    svg.addEventListener("pointerdown", (event) => { held = true; svg.setPointerCapture(event.pointerId); player.pause(); follow(event); });
    svg.addEventListener("pointermove", (event) => { if (held) follow(event); });
    for (const end of ["pointerup", "pointercancel"]) svg.addEventListener(end, () => { held = false; });
  }
  const actions = { play: togglePlay, back: () => step(-1), forward: () => step(1), loop: toggleLoop };
  for (const button of all("button[data-do]")) button.addEventListener("click", actions[button.dataset.do]);
  for (const button of all("button[data-at]")) {
    button.addEventListener("click", () => {
      player.pause();
      seek(Number(button.dataset.at));
      watch.focus({ preventScroll: true }); // so that the film's keys work at once
      watch.scrollIntoView({ block: "start" });
    });
  }
  for (const button of all("button[data-rep]")) button.addEventListener("click", () => tapRep(Number(button.dataset.rep)));
  for (const radio of all('[name="strip"]')) {
    radio.addEventListener("change", () => { for (const strip of all(".strip")) strip.hidden = strip.dataset.strip !== radio.value; });
  }
  // What is drawn stays as it was chosen while the page is open, a reload included; some browsers forbid to keep it.
  const kept = (change) => {
    try {
      const chosen = { ...JSON.parse(sessionStorage.getItem("lumbar-drawn")), ...change };
      sessionStorage.setItem("lumbar-drawn", JSON.stringify(chosen));
      return chosen;
    } catch { return {}; }
  };
  const drawn = kept({});
  for (const [name, box] of Object.entries(layers)) {
    if (name in drawn) box.checked = drawn[name];
    box.addEventListener("change", () => { kept({ [name]: box.checked }); draw(); });
  }
  for (const radio of all('[name="speed"]')) radio.addEventListener("change", () => player.speed(Number(radio.value)));
  scrub.addEventListener("input", () => { player.pause(); seek(Number(scrub.value)); });
  byId("stage").addEventListener("click", togglePlay);

  const keys = {
    " ": togglePlay, ArrowLeft: () => step(-1), ArrowRight: () => step(1), ArrowUp: () => otherRep(-1), ArrowDown: () => otherRep(1),
    l: toggleLoop, L: toggleLoop,
  };
  for (let digit = 1; digit <= 9; digit += 1) keys[digit] = () => goToRep(digit);
  for (const box of Object.values(layers)) {
    if (box.dataset.key) keys[box.dataset.key.toLowerCase()] = keys[box.dataset.key] = () => box.click();
  }
  const watch = byId("watch");
  const isInView = () => { const box = byId("stage").getBoundingClientRect(); return box.bottom > 0 && box.top < innerHeight; };

  // Keys belong to the film while it has the focus, or while nothing else has it and the film is in view.
  document.addEventListener("keydown", (event) => {
    if (!byId("keys").checked || !keys[event.key] || event.ctrlKey || event.metaKey || event.altKey) return;
    const focus = document.activeElement, isLoose = !focus || focus === document.body;
    if (!(watch.contains(focus) || (isLoose && isInView()))) return;
    if (event.key === " " && focus && focus.matches("button, input")) return;
    if (event.key.startsWith("Arrow") && focus && focus.matches('[type="radio"]')) return;
    event.preventDefault();
    keys[event.key]();
  });

  // ---- Print shows this moment with its drawing, and every definition
  let opened = [];
  addEventListener("beforeprint", () => {
    opened = all("details:not([open])");
    for (const details of opened) details.open = true;
    draw(video && video.readyState >= 2 ? video : undefined);
  });
  addEventListener("afterprint", () => {
    for (const details of opened) details.open = false;
    draw();
  });

  new ResizeObserver(fit).observe(canvas);
  fit();
  seek(reps.length ? reps[0][1] : data.from_s);
})();
