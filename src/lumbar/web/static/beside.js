// Two films and their curves on one time: seconds from the lift-off of the chosen reps.
"use strict";
(() => {
  const CURVES = [
    ["Bar height", "cm", (series) => series.bar_height_m, (metres) => 100 * metres],
    ["Bar speed, up", "m/s", (series) => series.bar_speed_up_m_per_s, (speed) => speed],
    ["Trunk, from upright", "°", (series) => series.angles_rad.trunk, (radians) => 90 - (radians * 180) / Math.PI],
  ];
  const STEP = 0.02, BEFORE = 1, AFTER = 0.5;
  const byId = (id) => document.getElementById(id);
  const films = [...document.querySelectorAll("[data-beside] figure")].map((figure) => ({
    video: figure.querySelector("video"), key: figure.dataset.film,
    from: Number(figure.dataset.liftOff), to: Number(figure.dataset.lockout), start: 0,
  }));
  const moment = byId("moment"), button = byId("play");
  const until = Math.max(...films.map((film) => film.to - film.from)) + AFTER;
  moment.min = -BEFORE;
  moment.max = until.toFixed(2);
  let now = 0, plots = [], since = null;

  function show(time, isFromChart) {
    now = Math.min(Math.max(time, -BEFORE), until);
    moment.value = now;
    byId("clock").textContent = `${now.toFixed(2)} s`;
    moment.setAttribute("aria-valuetext", `${now.toFixed(2)} seconds from lift-off`);
    for (const plot of plots) if (plot !== isFromChart) plot.setCursor({ left: plot.valToPos(now, "x"), top: 10 }, false);
  }

  // The page's clip begins at its own zero, the curves at the container's time of the first frame.
  const place = (film, time) => Math.max(0, film.from + time - film.start);
  function seek(time, isFromChart) {
    for (const film of films) film.video.currentTime = place(film, time);
    show(time, isFromChart);
  }

  function play() {
    if (now >= until - 0.05) seek(-BEFORE);
    for (const film of films) film.video.play().catch(() => {});
    since = performance.now() - now * 1000;
    button.textContent = "Pause";
    button.setAttribute("aria-pressed", "true");
    requestAnimationFrame(tick);
  }

  function pause() {
    since = null;
    for (const film of films) film.video.pause();
    button.textContent = "Play both";
    button.setAttribute("aria-pressed", "false");
  }

  function tick(at) {
    if (since === null) return;
    show((at - since) / 1000);
    for (const film of films) if (Math.abs(film.video.currentTime - place(film, now)) > 0.15) film.video.currentTime = place(film, now);
    if (now >= until) pause();
    else requestAnimationFrame(tick);
  }

  button.addEventListener("click", () => (since === null ? play() : pause()));
  moment.addEventListener("input", () => { pause(); seek(Number(moment.value)); });

  // A curve between the frames that were seen, at even steps; nothing where nothing was seen.
  function at(times, values, wanted, shown) {
    let row = 0;
    return wanted.map((time) => {
      while (row < times.length - 2 && times[row + 1] < time) row += 1;
      const [from, to] = [values[row], values[row + 1]], gap = times[row + 1] - times[row];
      const isSeen = time >= times[row] && time <= times[row + 1] && gap < 0.2 && from !== null && to !== null;
      return isSeen ? shown(from + ((to - from) * (time - times[row])) / gap) : null;
    });
  }

  function draw(records) {
    const style = getComputedStyle(document.documentElement), colour = (name) => style.getPropertyValue(`--${name}`).trim();
    const times = Array.from({ length: Math.round((until + BEFORE) / STEP) + 1 }, (_, place) => place * STEP - BEFORE);
    const axis = { stroke: colour("quiet"), grid: { stroke: colour("line"), width: 1 }, ticks: { stroke: colour("line") } };
    for (const [title, unit, of, shown] of CURVES) {
      const lines = records.map((record, place) => at(record.series.time_s, of(record.series), times.map((time) => time + films[place].from), shown));
      const holder = byId("curves").appendChild(document.createElement("figure"));
      holder.appendChild(document.createElement("figcaption")).innerHTML = `<h2>${title}, ${unit}</h2><p class="small"><span class="line-this">—</span> this set <span class="line-other">- -</span> the other</p>`;
      const plot = new uPlot({
        width: holder.clientWidth, height: 180, legend: { show: false }, cursor: { y: false, drag: { x: false, y: false } },
        scales: { x: { time: false } },
        axes: [{ ...axis, values: (_, marks) => marks.map((mark) => `${mark} s`) }, { ...axis, size: 48 }],
        series: [{}, { stroke: colour("accent"), width: 2 }, { stroke: colour("second"), width: 2, dash: [6, 4] }],
        hooks: { setCursor: [(one) => { if (one.over.matches(":hover") && since === null && one.cursor.left >= 0) seek(one.posToVal(one.cursor.left, "x"), one); }] },
      }, [times, ...lines], holder);
      plots.push(plot);
      new ResizeObserver(() => plot.setSize({ width: holder.clientWidth, height: 180 })).observe(byId("curves"));
    }
    requestAnimationFrame(() => show(now)); // the charts lay themselves out first
  }

  const told = (answer) => (answer.ok ? answer.json() : Promise.reject(new Error("The curves are not here: analyse the set again.")));
  Promise.all(films.map((film) => fetch(`/api/v1/films/${film.key}/report/analysis.json`).then(told)))
    .then((records) => {
      records.forEach((record, place) => { films[place].start = record.series.time_s[0]; });
      draw(records);
      seek(0);
      matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => {
        byId("curves").textContent = "";
        plots = [];
        draw(records);
      });
    })
    .catch((error) => { byId("curves").textContent = error.message; });
  for (const select of document.querySelectorAll("#choose select")) select.addEventListener("change", () => {
    if (select.name === "earlier") select.form.elements.earlier_rep.value = "1";
    select.form.requestSubmit();
  });
})();
