// What is drawn stays as it was chosen while the page is open, a reload included; some browsers forbid to keep it.
function makeSwitches(changed) {
  const boxes = new Map(all("[data-layer]").map((box) => [box.dataset.layer, box]));
  const kept = (change) => {
    try {
      const chosen = { ...JSON.parse(sessionStorage.getItem("lumbar-drawn")), ...change };
      sessionStorage.setItem("lumbar-drawn", JSON.stringify(chosen));
      return chosen;
    } catch { return {}; }
  };
  const drawn = kept({});
  for (const [name, box] of boxes) {
    if (name in drawn) box.checked = drawn[name];
    box.addEventListener("change", () => { kept({ [name]: box.checked }); changed(); });
  }
  const keys = [...boxes.values()].filter((box) => box.dataset.key);
  return {
    isOn: (name) => Boolean(boxes.get(name)?.checked),
    keys: keys.map((box) => [box.dataset.key, () => box.click()]),
  };
}
