// Print shows this moment with its drawing, on the film or on a dark ground, and every definition.
function makePrint(drawing, video) {
  let opened = [];
  addEventListener("beforeprint", () => {
    opened = all("details:not([open])");
    for (const details of opened) details.open = true;
    drawing.draw((pen) => {
      const { width, height } = pen.canvas;
      pen.fillStyle = getComputedStyle(byId("stage")).backgroundColor;
      pen.fillRect(0, 0, width, height);
      if (video && video.readyState >= 2) pen.drawImage(video, 0, 0, width, height);
    });
  });
  addEventListener("afterprint", () => {
    for (const details of opened) details.open = false;
    drawing.draw();
  });
}
