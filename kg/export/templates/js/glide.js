// While somebody pans or zooms a larger network, a picture of it moves, and vis-network draws anew every
// now and then and when all is at rest: drawing everything takes longer than a frame.

import {later} from "./dom.js";
import {hovered} from "./hover.js";
import {state} from "./state.js";
import {drawn, net, visEdges, visNodes} from "./network.js";

const GLIDE_FROM = 600; // nodes and edges
const PATIENCE = 150; // milliseconds a moved picture may stand in
const glide = {full: null, picture: null, fresh: false};

const atRest = later(() => {
  glide.full = null;
  net.redraw();
}, 120);

/** Let the network glide: put our drawing before vis-network's own. */
export function letGlide() {
  const renderer = net.renderer;
  const drawFully = renderer._redraw;
  renderer._redraw = (hidden = false) => {
    const {scale, translation} = net.body.view;
    const canvas = net.canvas.frame.canvas;
    const content = [drawn, state.node, state.fact, hovered.node, hovered.fact, canvas.width, canvas.height].join();
    const last = glide.full;
    const moved = last && (last.k !== scale || last.x !== translation.x || last.y !== translation.y);
    const stands = moved && last.content === content && performance.now() - last.at < PATIENCE;
    if (hidden || !stands || visNodes.length + visEdges.length < GLIDE_FROM) {
      drawFully.call(renderer, hidden);
      glide.full = {content, k: scale, x: translation.x, y: translation.y, at: performance.now()};
      glide.fresh = true;
      if (moved) atRest();
      return;
    }
    movePicture(canvas, last, scale, translation);
    atRest();
  };
}

function movePicture(canvas, last, scale, translation) {
  glide.picture ??= document.createElement("canvas");
  const {picture} = glide;
  if (glide.fresh) {
    // The canvas still shows what was last drawn in full.
    [picture.width, picture.height] = [canvas.width, canvas.height];
    picture.getContext("2d").drawImage(canvas, 0, 0);
    glide.fresh = false;
  }
  const ctx = canvas.getContext("2d");
  const ratio = canvas.width / canvas.clientWidth;
  const grow = scale / last.k;
  ctx.save();
  ctx.setTransform(1, 0, 0, 1, 0, 0);
  ctx.clearRect(0, 0, canvas.width, canvas.height);
  const left = (translation.x - last.x * grow) * ratio;
  const top = (translation.y - last.y * grow) * ratio;
  ctx.drawImage(picture, left, top, canvas.width * grow, canvas.height * grow);
  ctx.restore();
}
