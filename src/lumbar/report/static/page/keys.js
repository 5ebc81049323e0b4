// Keys belong to the film while it has the focus, or while nothing else has it and the film is in view.
function makeKeys(moment, reps, switched, watch) {
  const keys = {
    " ": moment.toggle, ArrowLeft: () => moment.step(-1), ArrowRight: () => moment.step(1),
    ArrowUp: () => reps.goOn(-1), ArrowDown: () => reps.goOn(1), l: reps.toggleLoop, L: reps.toggleLoop,
  };
  for (let digit = 1; digit <= 9; digit += 1) keys[digit] = () => reps.go(digit);
  for (const [key, flip] of switched) keys[key.toLowerCase()] = keys[key] = flip;
  const isInView = () => { const box = byId("stage").getBoundingClientRect(); return box.bottom > 0 && box.top < innerHeight; };

  document.addEventListener("keydown", (event) => {
    if (!byId("keys").checked || !keys[event.key] || event.ctrlKey || event.metaKey || event.altKey) return;
    const focus = document.activeElement, isLoose = !focus || focus === document.body;
    if (!(watch.contains(focus) || (isLoose && isInView()))) return;
    if (event.key === " " && focus && focus.matches("button, input")) return;
    if (event.key.startsWith("Arrow") && focus && focus.matches('[type="radio"]')) return;
    event.preventDefault();
    keys[event.key]();
  });
}
