// Print shows this moment with its drawing, and every definition.
function makePrint(drawing, video) {
  let opened = [];
  addEventListener("beforeprint", () => {
    opened = all("details:not([open])");
    for (const details of opened) details.open = true;
    drawing.draw(video && video.readyState >= 2 ? video : undefined);
  });
  addEventListener("afterprint", () => {
    for (const details of opened) details.open = false;
    drawing.draw();
  });
}
