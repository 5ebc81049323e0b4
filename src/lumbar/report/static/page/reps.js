// The reps: which one a moment lies in, going to one, and playing one over and over. A rep is [number, lift-off,
// lockout, end].
function makeReps(list, moment) {
  let shown = null;
  const number = (rep) => (rep ? rep[0] : 0);
  const named = (wanted) => list.find((rep) => rep[0] === wanted);
  // Lift-off lies between two frames: the one before it, which is shown when a rep is chosen, is the rep's too.
  const last = (time) => list.findLast((rep) => rep[1] <= time + 0.035) ?? null;
  const at = (time) => { const rep = last(time); return rep && time <= rep[3] ? rep : null; };

  function words(time) {
    const rep = last(time);
    return at(time) ? `Rep ${rep[0]} of ${list.length}` : rep ? `After rep ${rep[0]}` : "";
  }

  function go(wanted) {
    const rep = named(wanted);
    if (!rep) return;
    if (moment.looped) loop(rep);
    moment.seek(rep[1]);
  }

  function goOn(by) {
    const now = moment.now(), current = last(now);
    const isInside = current && now > current[1] + 0.25; // ↑ first returns to this rep's own lift-off
    go(Math.max(1, number(current) + (by < 0 && isInside ? 0 : by)));
  }

  function loop(rep) {
    moment.looped = rep;
    for (const button of all('[data-do="loop"]')) button.setAttribute("aria-pressed", String(Boolean(rep)));
    for (const button of all("button[data-rep]")) {
      button.setAttribute("aria-pressed", String(Number(button.dataset.rep) === number(rep)));
    }
    const now = moment.now();
    if (rep && (now < rep[1] || now > rep[3])) moment.seek(rep[1]);
  }

  // A tap on a rep plays it over and over; one more on the same rep lets the film go on.
  function tap(wanted) {
    const rep = named(wanted);
    if (!rep || rep === moment.looped) return loop(null);
    loop(rep);
    moment.seek(rep[1]);
    if (!moment.player.playing()) moment.player.play();
  }

  moment.onShow((time) => {
    const current = number(at(time));
    if (current === shown) return;
    shown = current;
    for (const button of all("button[data-rep]")) {
      if (Number(button.dataset.rep) === shown) button.setAttribute("aria-current", "true");
      else button.removeAttribute("aria-current");
    }
  });
  for (const button of all("button[data-rep]")) {
    button.addEventListener("click", () => tap(Number(button.dataset.rep)));
  }
  return { at, words, go, goOn, toggleLoop: () => loop(moment.looped ? null : last(moment.now()) ?? list[0] ?? null) };
}
