// The camera's picture under a guide; how bright it is and how level the phone stands. Nothing leaves the browser.
"use strict";
(() => {
  // Engineering rules: below this mean of 255 a gym is dim; a phone within so many degrees is level.
  const DIM = 60, LEVEL_DEGREES = 3, LEANING_DEGREES = 8;
  const byId = (id) => document.getElementById(id);
  const tell = (name, text) => { const line = byId("told").querySelector(`[data-${name}]`); if (line.textContent !== text) line.textContent = text; };

  function refuse(text) {
    byId("refused").textContent = text;
    byId("refused").hidden = false;
    byId("ask").hidden = true;
  }

  if (!isSecureContext || !navigator.mediaDevices) {
    refuse("Browsers show a page the camera only on localhost or over HTTPS, and this is neither. Use the phone’s own camera app with the advice above, or start Lumbar with a certificate (lumbar app --share --cert FILE --key FILE).");
    return;
  }

  byId("look").addEventListener("click", async () => {
    const motion = window.DeviceMotionEvent;
    const mayMove = motion && motion.requestPermission ? motion.requestPermission().catch(() => "denied") : "granted";
    try {
      const stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" }, audio: false });
      byId("camera").srcObject = stream;
      await byId("camera").play();
      addEventListener("pagehide", () => stream.getTracks().forEach((track) => track.stop()));
    } catch (error) {
      const told = { NotAllowedError: "The browser was not allowed to show the camera. Allow it for this page and load it again.", NotFoundError: "There is no camera here. Open this page on the phone that films." };
      return refuse(told[error.name] || `The camera cannot be shown (${error.name}). Use the camera app with the advice above.`);
    }
    byId("ask").hidden = true;
    byId("viewfinder").hidden = byId("told").hidden = false;
    watchLight();
    tell("level", "How level the phone stands is not known here.");
    if ((await mayMove) === "granted") addEventListener("devicemotion", watchLevel);
  });

  function watchLight() {
    const canvas = document.createElement("canvas");
    [canvas.width, canvas.height] = [32, 32];
    const pen = canvas.getContext("2d", { willReadFrequently: true });
    setInterval(() => {
      pen.drawImage(byId("camera"), 0, 0, 32, 32);
      const { data } = pen.getImageData(0, 0, 32, 32);
      let sum = 0;
      for (let at = 0; at < data.length; at += 4) sum += 0.2126 * data[at] + 0.7152 * data[at + 1] + 0.0722 * data[at + 2];
      tell("light", sum / 1024 < DIM ? "It is dim: turn a light on, or stand with the light behind the phone." : "Bright enough.");
    }, 500);
  }

  // Gravity tells both tilts whichever way the phone is held, and whichever sign its maker gives it.
  function watchLevel({ accelerationIncludingGravity: pull }) {
    if (!pull || pull.x === null) return;
    const size = Math.hypot(pull.x, pull.y, pull.z);
    if (size < 5) return;
    const roll = (Math.atan2(pull.x, pull.y) * 180) / Math.PI, aside = Math.abs(roll - 90 * Math.round(roll / 90));
    const lean = Math.abs((Math.asin(pull.z / size) * 180) / Math.PI);
    const faults = [];
    if (aside > LEVEL_DEGREES) faults.push(`turned ${aside.toFixed(0)}° out of level`);
    if (lean > LEANING_DEGREES) faults.push(`leaning ${lean.toFixed(0)}° forward or back`);
    tell("level", faults.length ? `The phone is ${faults.join(" and ")}.` : "The phone stands level.");
  }
})();
