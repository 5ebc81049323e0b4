// The controls under the film: time, play, steps, speed; and the buttons that lead to a finding's frame.
function makeControls(data, moment, reps, watch) {
  const scrub = byId("scrub"), clock = byId("clock");
  scrub.min = data.from_s;
  scrub.max = data.to_s;
  scrub.addEventListener("input", () => moment.pauseAt(Number(scrub.value)));
  moment.onShow((time) => {
    const words = reps.words(time), seconds = time.toFixed(2);
    scrub.value = time;
    scrub.setAttribute("aria-valuetext", `${seconds} seconds${words ? ", " + words : ""}`);
    clock.textContent = `${seconds} s${words ? " · " + words : ""}`;
  });
  moment.onPlaying((is) => {
    for (const button of all('[data-do="play"]')) {
      button.classList.toggle("on", is);
      button.setAttribute("aria-label", is ? "Pause" : "Play");
    }
  });
  const actions = {
    play: moment.toggle, back: () => moment.step(-1), forward: () => moment.step(1), loop: reps.toggleLoop,
  };
  for (const button of all("button[data-do]")) button.addEventListener("click", actions[button.dataset.do]);
  for (const radio of all('[name="speed"]')) {
    radio.addEventListener("change", () => moment.player.speed(Number(radio.value)));
  }
  for (const button of all("button[data-at]")) {
    button.addEventListener("click", () => {
      moment.pauseAt(Number(button.dataset.at));
      watch.focus({ preventScroll: true }); // so that the film's keys work at once
      watch.scrollIntoView({ block: "start" });
    });
  }
  for (const radio of all('[name="strip"]')) {
    radio.addEventListener("change", () => {
      for (const strip of all(".strip")) strip.hidden = strip.dataset.strip !== radio.value;
    });
  }
  byId("stage").addEventListener("click", moment.toggle);
}
