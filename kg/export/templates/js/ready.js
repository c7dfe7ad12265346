// When the first picture stands. What is not needed for it waits until then.

export let isReady = false;

let announceReady = null;

/** Kept when the first picture stands. */
export const whenDrawn = new Promise((done) => {
  announceReady = done;
});

/** Say that a picture stands; all but the first time this does nothing. */
export function firstDrawing() {
  if (isReady) return;
  isReady = true;
  performance.mark("first-drawing");
  document.documentElement.dataset.ready = "true";
  announceReady();
}
