// One moment for all: the film, the drawing over it and every chart. Whoever shows it asks to be told.
function makeMoment(data, times, video) {
  const shows = [], draws = [], hears = [];
  let now = data.from_s; // where the cursor is

  const tell = (who, what) => { for (const one of who) one(what); };
  const on = {
    now: () => now,
    ready: () => seek(now),
    frame: (time) => tell(draws, time), // the drawing waits for the film's own frame
    time: show,
    rest: (time) => show(times[rowAt(times, time)]),
    playing: (is) => tell(hears, is),
  };
  const player = video ? filmPlayer(video, data.from_s, on) : bareClock(data.from_s, data.to_s, on);

  function show(time) {
    const { looped } = moment;
    if (looped && player.playing() && time >= looped[3]) return seek(looped[1]);
    now = time;
    tell(shows, time);
    if (!video) tell(draws, time);
  }

  // Seek well inside a frame: at its very edge, rounding decides which of two frames is shown.
  function seek(time) {
    const row = rowAt(times, time), next = times[Math.min(row + 1, times.length - 1)];
    player.seek(times[row] + (next - times[row]) / 4);
    show(times[row]);
  }

  function step(frames) {
    player.pause();
    seek(times[Math.min(Math.max(rowAt(times, now) + frames, 0), times.length - 1)]);
  }

  const moment = {
    looped: null, // the rep that is played over and over
    now: () => now, seek, step, player,
    pauseAt: (time) => { player.pause(); seek(time); },
    toggle: () => (player.playing() ? player.pause() : player.play()),
    onShow: (one) => shows.push(one),
    onDraw: (one) => draws.push(one),
    onPlaying: (one) => hears.push(one),
  };
  return moment;
}
