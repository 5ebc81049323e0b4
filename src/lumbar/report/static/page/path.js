// The bar's path from the side, with a dot where the bar is now.
function makePath(motion, moment) {
  const square = byId("bar-path"), dot = square && square.querySelector(".cursor-dot");
  if (!dot) return;
  const time = unpack(motion.time, 1, 0.001), bar = unpack(motion.bar_cm, 2, 0.1);
  const [left, bottom] = square.dataset.origin.split(" ").map(Number), scale = Number(square.dataset.scale);
  moment.onShow((now) => {
    const row = rowAt(time, now), [x, y] = [bar[2 * row], bar[2 * row + 1]], isKnown = Number.isFinite(x + y);
    dot.classList.toggle("on", isKnown);
    if (!isKnown) return;
    dot.setAttribute("cx", left + scale * x);
    dot.setAttribute("cy", bottom - scale * y);
  });
}
