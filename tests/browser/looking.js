/* What a visitor sees and can hit, measured in the page by `looking.py`. */
(() => {
  const shown = element => element.checkVisibility({ visibilityProperty: true, opacityProperty: true })
    && element.getBoundingClientRect().width > 1;
  const name = element => element.outerHTML.slice(0, 90).replace(/\s+/g, " ");
  const ownText = element => [...element.childNodes]
    .some(node => node.nodeType === Node.TEXT_NODE && node.data.trim());

  const canvas = new OffscreenCanvas(1, 1).getContext("2d", { willReadFrequently: true });
  const over = (below, colour) => {
    canvas.fillStyle = `rgb(${below.join(" ")})`;
    canvas.fillRect(0, 0, 1, 1);
    canvas.fillStyle = colour;
    canvas.fillRect(0, 0, 1, 1);
    return [...canvas.getImageData(0, 0, 1, 1).data].slice(0, 3);
  };
  const parents = element => element ? [...parents(element.parentElement), element] : [];
  // The canvas of a page in the dark is black where nothing is painted.
  const ground = () => matchMedia("(prefers-color-scheme: dark)").matches ? [0, 0, 0] : [255, 255, 255];
  const behind = element => parents(element)
    .reduce((below, parent) => over(below, getComputedStyle(parent).backgroundColor), ground());
  const luminance = colour => colour
    .map(part => part / 255)
    .map(part => part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4)
    .reduce((sum, part, index) => sum + part * [0.2126, 0.7152, 0.0722][index], 0);
  const contrast = element => {
    const below = behind(element);
    const [dark, light] = [below, over(below, getComputedStyle(element).color)]
      .map(luminance).sort((one, other) => one - other);
    return (light + 0.05) / (dark + 0.05);
  };

  /* Each text in one of these elements with less contrast than asked for. */
  const faint = (selector, least) => [...document.querySelectorAll(selector)]
    .filter(element => ownText(element) && shown(element) && contrast(element) < least)
    .map(element => `${contrast(element).toFixed(2)} ${name(element)}`);

  /* What can be hit: with a label, both together. */
  const box = element => {
    const boxes = [element, ...(element.labels ?? [])].filter(shown).map(part => part.getBoundingClientRect());
    return {
      width: Math.max(...boxes.map(part => part.right)) - Math.min(...boxes.map(part => part.left)),
      height: Math.max(...boxes.map(part => part.bottom)) - Math.min(...boxes.map(part => part.top)),
    };
  };
  const block = element => getComputedStyle(element).display === "inline" ? block(element.parentElement) : element;
  const inText = element => block(element).textContent.trim() !== element.textContent.trim();
  const alone = element => ["radio", "checkbox"].includes(element.type) ? box(element) : element.getBoundingClientRect();

  /* Each target outside running text that is smaller than asked for, in CSS pixels. */
  const small = (selector, width, height) => [...document.querySelectorAll(selector)]
    .filter(element => shown(element) && !inText(element))
    .filter(element => alone(element).width < width - 0.01 || alone(element).height < height - 0.01)
    .map(element => `${Math.round(alone(element).width)}x${Math.round(alone(element).height)} ${name(element)}`);

  /* Whether an edge is drawn around an element, or under it, that differs from what is behind. */
  const edged = element => {
    const style = getComputedStyle(element), below = behind(element.parentElement).join();
    const differs = colour => over(behind(element.parentElement), colour).join() !== below;
    const sides = ["top", "right", "bottom", "left"].some(side =>
      style[`border-${side}-style`] !== "none" && parseFloat(style[`border-${side}-width`]) > 0
      && differs(style[`border-${side}-color`]));
    return sides || (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0
      && differs(style.outlineColor));
  };
  const edgeless = selector => [...document.querySelectorAll(selector)]
    .filter(element => shown(element) && !edged(element)).map(name);

  /* Whether the element with the focus shows it, and lies in the window. */
  const focusShown = () => {
    const element = document.activeElement, style = getComputedStyle(element);
    const where = element.getBoundingClientRect();
    const drawn = (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2) || style.boxShadow !== "none";
    const inside = where.bottom > 0 && where.top < innerHeight && where.right > 0 && where.left < innerWidth;
    return drawn && inside ? "" : `${drawn ? "outside the window" : "no outline"}: ${name(element)}`;
  };

  /* What moves by itself or slowly. */
  const moving = () => [...document.querySelectorAll("*")].filter(element => {
    const style = getComputedStyle(element);
    const lasts = list => list.split(",").some(time => parseFloat(time) > 0.001);
    return style.scrollBehavior === "smooth" || lasts(style.transitionDuration) || lasts(style.animationDuration);
  }).map(name);

  window.looking = { faint, small, edged, edgeless, focusShown, moving };
})();
