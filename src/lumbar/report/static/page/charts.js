// The charts under the film: one cursor, a reading each, and a hand that drags the cursor.
function makeCharts(data, moment, reps) {
  const time = data.motion && unpack(data.motion.time, 1, 0.001);
  const curves = new Map(data.curves.map((curve) => [curve.id, {
    ...curve, lines: curve.lines.map(([name, packed]) => ({ name, value: unpack(packed, 1, 10 ** -curve.decimals) })),
  }]));
  const length_s = data.to_s - data.from_s;

  for (const element of all("figure.timed")) {
    const svg = element.querySelector("svg.chart"), cursor = element.querySelector(".cursor");
    const reading = element.querySelector(".reading"), curve = curves.get(element.dataset.chart);
    const columns = [...element.querySelectorAll(".rep")];
    cursor.classList.add("on");
    moment.onShow((now) => {
      const share = `${(100 * (now - data.from_s)) / length_s}%`, rep = reps.at(now);
      cursor.setAttribute("x1", share);
      cursor.setAttribute("x2", share);
      for (const column of columns) column.classList.toggle("now", Boolean(rep) && Number(column.dataset.rep) === rep[0]);
      reading.textContent = readingOf(curve, rowAt(time, now));
    });
    follow(svg);
  }

  function follow(svg) {
    let held = false;
    const go = (event) => {
      const box = svg.getBoundingClientRect();
      moment.seek(data.from_s + ((event.clientX - box.left) / box.width) * length_s);
    };
    svg.addEventListener("pointerdown", (event) => {
      held = true;
      svg.setPointerCapture(event.pointerId);
      moment.player.pause();
      go(event);
    });
    svg.addEventListener("pointermove", (event) => { if (held) go(event); });
    for (const end of ["pointerup", "pointercancel"]) svg.addEventListener(end, () => { held = false; });
  }
}

function readingOf({ lines, unit, decimals }, row) {
  return lines.map(({ name, value }) => {
    const known = Number.isFinite(value[row]);
    const text = known ? (value[row] + 0).toFixed(decimals).replace(/^-(0(\.0*)?)$/, "$1").replace("-", "−") : "—";
    return (lines.length > 1 ? `${name} ` : "") + text + (known ? (unit === "°" ? unit : `\u00a0${unit}`) : "");
  }).join(" · ");
}
