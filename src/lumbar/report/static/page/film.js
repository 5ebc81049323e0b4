// A seek decodes up to a second of film. While a hand drags, a rest between two leaves the processor to the screen,
// ms; an engineering rule.
const REST_MS = 50;

// The clip as a player; ``on`` hears of its frames (frame), of time that passes (time), of the end of a seek
// (rest), of play and pause (playing), and once, when it is known where its clock begins (ready).
function filmPlayer(film, from_s, on) {
  let wanted = null; // the newest seek, while an older one is under way or has just ended
  let isResting = false;
  // The film's clock is the container's, or was set back to zero: where its first frame lies tells.
  let offset = 0, isReady = false, firstSeen = null;
  film.controls = false;
  const shown = () => film.currentTime + offset;
  const go = (time) => { film.currentTime = Math.max(0, time - offset); };
  film.addEventListener("seeked", () => {
    if (!isReady) {
      [offset, isReady] = [from_s - (firstSeen ?? film.currentTime), true];
      return on.ready();
    }
    on.frame(shown());
    if (wanted === null) return on.rest(shown());
    isResting = true;
    setTimeout(() => {
      const next = wanted;
      [wanted, isResting] = [null, false];
      go(next);
    }, REST_MS);
  });
  const findStart = () => { isReady = false; film.currentTime = 0; };
  if (film.readyState >= 2) findStart();
  film.addEventListener("loadeddata", findStart);
  for (const name of ["play", "pause"]) film.addEventListener(name, () => on.playing(!film.paused));
  if (film.error && film.src.startsWith("data:")) asBlob(film);
  else if (film.src.startsWith("data:")) film.addEventListener("error", () => asBlob(film), { once: true });
  const isRunning = () => isReady && !film.paused && !film.seeking;
  if ("requestVideoFrameCallback" in film) {
    const onFrame = (_, frame) => {
      firstSeen ??= frame.mediaTime;
      if (isReady) on.frame(frame.mediaTime + offset);
      if (isRunning()) on.time(frame.mediaTime + offset);
      film.requestVideoFrameCallback(onFrame);
    };
    film.requestVideoFrameCallback(onFrame);
  } else {
    const tick = () => {
      if (isRunning()) { on.frame(shown()); on.time(shown()); }
      requestAnimationFrame(tick);
    };
    requestAnimationFrame(tick);
  }
  return {
    seek: (time) => { if (!isReady) return; if (film.seeking || isResting) wanted = time; else go(time); },
    play: () => film.play().catch(() => on.playing(false)),
    pause: () => film.pause(),
    playing: () => !film.paused,
    speed: (rate) => { film.playbackRate = rate; },
  };
}

// Some browsers refuse a long data: address as a film but take the same bytes as a blob.
function asBlob(film) {
  const bytes = Uint8Array.from(atob(film.src.slice(film.src.indexOf(",") + 1)), (letter) => letter.charCodeAt(0));
  film.src = URL.createObjectURL(new Blob([bytes], { type: "video/mp4" }));
}
