// The page of one set: its parts, put together.
const byId = (id) => document.getElementById(id);
const all = (query) => [...document.querySelectorAll(query)];

function openPage() {
  const data = JSON.parse(byId("data").textContent), video = byId("clip"), watch = byId("watch");
  const times = unpack(data.figure.pose.time, 1, 0.001);
  if (!times.length) return; // nothing was seen: the film keeps the browser's own controls
  document.documentElement.classList.add("has-script");
  const moment = makeMoment(data, times, video), reps = makeReps(data.reps, moment);
  const drawing = makeDrawing(byId("drawing"), data.figure, times, moment);
  makeCharts(data, moment, reps);
  makePath(data.motion, moment);
  makeControls(data, moment, reps, watch);
  makeKeys(moment, reps, drawing.keys, watch);
  makePrint(drawing, video);
  moment.seek(data.reps.length ? data.reps[0][1] : data.from_s);
}

openPage();
