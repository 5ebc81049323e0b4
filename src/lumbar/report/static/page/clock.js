// A clock of its own, where the page carries no clip; it plays like a film.
function bareClock(from_s, to_s, on) {
  let rate = 1, before = null;
  const tick = (at) => {
    if (before === null) return;
    const next = on.now() + (rate * (at - before)) / 1000;
    before = at;
    on.time(Math.min(next, to_s));
    if (next >= to_s) stop(); else requestAnimationFrame(tick);
  };
  const start = () => {
    if (on.now() >= to_s) on.time(from_s);
    before = performance.now();
    on.playing(true);
    requestAnimationFrame(tick);
  };
  const stop = () => { before = null; on.playing(false); };
  return {
    seek: () => {},
    play: start,
    pause: stop,
    playing: () => before !== null,
    speed: (value) => { rate = value; },
  };
}
