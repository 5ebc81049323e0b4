// The canvas over the film: as many pixels as the screen has, drawn anew for every frame that the film shows.
function makeDrawing(canvas, packed, times, moment) {
  const pen = canvas.getContext("2d"), figure = makeFigure(packed, times, pen);
  const switches = makeSwitches(() => draw());
  let shown = moment.now(); // which frame the film shows

  function draw(ground) {
    if (!canvas.width || !canvas.clientWidth) return;
    const scale = canvas.width / packed.width;
    const unit = (packed.width / canvas.clientWidth) * Math.min(1, Math.max(0.6, canvas.clientWidth / 400));
    pen.setTransform(1, 0, 0, 1, 0, 0);
    pen.clearRect(0, 0, canvas.width, canvas.height);
    if (ground) ground(pen);
    if (switches.isOn("veil")) {
      pen.fillStyle = `rgb(0 0 0 / ${packed.veil})`;
      pen.fillRect(0, 0, canvas.width, canvas.height);
    }
    pen.setTransform(scale, 0, 0, scale, 0, 0);
    pen.lineCap = pen.lineJoin = "round";
    figure.draw(shown, switches.isOn, unit);
  }

  new ResizeObserver(() => {
    const ratio = window.devicePixelRatio || 1;
    canvas.width = Math.round(canvas.clientWidth * ratio);
    canvas.height = Math.round(canvas.clientHeight * ratio);
    draw();
  }).observe(canvas);
  // A frame is told of twice, when it was sought and when it is seen; it is drawn once.
  moment.onDraw((time) => {
    const frame = times[rowAt(times, time)];
    if (frame !== shown) { shown = frame; draw(); }
  });
  return { keys: switches.keys, draw };
}
