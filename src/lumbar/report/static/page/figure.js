// What is drawn over the film, layer by layer, in the clip's working pixels; nothing where nothing is known.
// ``pen`` is a canvas' context, ``unit`` a line width of 1: one CSS pixel, less on a film narrower than 400.
function makeFigure(packed, times, pen) {
  const pose = { xy: unpack(packed.pose.xy, packed.drawn * 2, 0.1), hidden: unpack(packed.pose.hidden, 1, 1) };
  const outline = { time: unpack(packed.outline.time, 1, 0.001), xy: unpack(packed.outline.xy, packed.outline.points * 2, 0.5) };
  const bar = packed.bar && { time: unpack(packed.bar.time, 1, 0.001), plate: unpack(packed.bar.plate, 4, 0.1) };
  const back = packed.back && { ...packed.back, xy: unpack(packed.back.xy, packed.back.points * 2, 0.5) };
  const lever = packed.lever && { ends: unpack(packed.lever.ends, 4, 0.5), cm: unpack(packed.lever.cm, 1, 1) };
  const joints = [...new Set(packed.bones.filter((bone) => !bone[2]).flatMap(([from, to]) => [from, to]))];
  const colour = (name, alpha) => { const [red, green, blue] = packed.colours[name]; return `rgb(${red} ${green} ${blue} / ${alpha})`; };
  let unit = 1;

  function stroke(line, name, alpha, width, dash = []) {
    pen.beginPath();
    for (let at = 0; at < line.length; at += 2) pen.lineTo(line[at], line[at + 1]);
    pen.setLineDash(dash.map((part) => part * unit));
    pen.strokeStyle = colour(name, alpha);
    pen.lineWidth = width * unit;
    pen.stroke();
    pen.setLineDash([]);
  }

  function drawOutline(time) {
    const width = packed.outline.points * 2, start = rowAt(outline.time, time) * width;
    pen.beginPath();
    for (let at = start, open = false; at < start + width; at += 2) {
      const known = Number.isFinite(outline.xy[at]);
      if (known) pen[open ? "lineTo" : "moveTo"](outline.xy[at], outline.xy[at + 1]);
      open = known;
    }
    if (Number.isFinite(outline.xy[start]) && Number.isFinite(outline.xy[start + width - 2])) pen.lineTo(outline.xy[start], outline.xy[start + 1]);
    pen.strokeStyle = colour("outline", 0.75);
    pen.lineWidth = 1.25 * unit;
    pen.stroke();
  }

  function drawPlate(time) {
    const [x, y, wide, high] = bar.plate.subarray(4 * rowAt(bar.time, time));
    if (!Number.isFinite(x + y + wide + high)) return;
    pen.beginPath();
    pen.ellipse(x, y, wide, high, 0, 0, 2 * Math.PI);
    pen.moveTo(x + 2.5 * unit, y);
    pen.arc(x, y, 2.5 * unit, 0, 2 * Math.PI);
    pen.strokeStyle = colour("bar", 0.95);
    pen.lineWidth = 1.25 * unit;
    pen.stroke();
  }

  function drawTrail(time) {
    const last = rowAt(bar.time, time), first = rowAt(bar.time, time - packed.trail_s);
    for (let row = first + 1; row <= last; row += 1) {
      const [x0, y0] = bar.plate.subarray(4 * row - 4), [x1, y1] = bar.plate.subarray(4 * row);
      if (!Number.isFinite(x0 + y0 + x1 + y1)) continue;
      const fresh = 1 - (time - bar.time[row]) / packed.trail_s;
      stroke([x0, y0, x1, y1], "bar", 0.15 + 0.85 * fresh, 0.5 + 3 * fresh);
    }
  }

  function drawBack(time) {
    const width = back.points * 2, row = rowAt(times, time), line = back.xy.subarray(row * width, (row + 1) * width);
    if (!line.every(Number.isFinite)) return;
    const [x0, y0] = line, [dx, dy] = [line[width - 2] - x0, line[width - 1] - y0];
    const standing = back.standing && back.standing.flatMap(([along, off]) => [x0 + along * dx - off * dy, y0 + along * dy + off * dx]);
    if (standing) stroke(standing, "skeleton", 0.6, 1.5, [6, 5]);
    stroke(line, "back", 0.95, 4);
  }

  // Level from the joint to the bar's line of weight, as on a drawing with dimensions: ends ticked, length written.
  function drawLever(time) {
    const row = rowAt(times, time), [x, y, weight, height] = lever.ends.subarray(4 * row), cm = lever.cm[row];
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
    pen.fillStyle = colour("lever", 1);
    pen.fillText(text, at, y + 5 * unit);
  }

  function drawSkeleton(time) {
    const row = rowAt(times, time), xy = pose.xy.subarray(row * packed.drawn * 2), hidden = pose.hidden[row];
    const isHidden = (joint) => (hidden >> joint) & 1;
    for (const [from, to, far] of packed.bones) {
      const line = [xy[2 * from], xy[2 * from + 1], xy[2 * to], xy[2 * to + 1]];
      if (!Number.isFinite(line[0] + line[2])) continue;
      stroke(line, "skeleton", far ? 0.45 : 0.95, far ? 1 : 2, isHidden(from) || isHidden(to) ? [4, 5] : []);
    }
    pen.fillStyle = colour("skeleton", 0.95);
    for (const joint of joints) {
      if (!Number.isFinite(xy[2 * joint]) || isHidden(joint)) continue;
      pen.beginPath();
      pen.arc(xy[2 * joint], xy[2 * joint + 1], 3 * unit, 0, 2 * Math.PI);
      pen.fill();
    }
  }

  // From the lowest to the topmost.
  const layers = [
    ["outline", drawOutline], ["lever", drawLever], ["plate", drawPlate], ["trail", drawTrail], ["back", drawBack],
    ["skeleton", drawSkeleton],
  ];
  return {
    draw: (time, isOn, width) => {
      unit = width;
      for (const [name, draw] of layers) if (isOn(name)) draw(time);
    },
  };
}
