/** Finds the element with an id. */
export function byId(id) {
  return document.getElementById(id);
}

/** Finds the part of a screen with a name, of which a page may have two screens. */
export function part(root, name) {
  return root.querySelector(`[data-part=${name}]`);
}

/**
 * Makes an element.
 *
 * @param {string} tag with classes behind dots: "li.friend"
 * @param {object} properties of the element; `data` sets its data attributes, `aria` its ARIA attributes
 * @param {...(Node | string)} children null and undefined are left out
 */
export function make(tag, { data = {}, aria = {}, ...properties } = {}, ...children) {
  const [name, ...classes] = tag.split(".");
  const element = Object.assign(document.createElement(name), properties);
  element.classList.add(...classes);
  Object.assign(element.dataset, data);
  for (const [attribute, value] of Object.entries(aria)) {
    element.setAttribute(`aria-${attribute}`, value);
  }
  element.append(...children.filter((child) => child !== null && child !== undefined));
  return element;
}

/** Sets a text only if it is another one, so that a screen reader does not hear it twice. */
export function setText(element, text) {
  if (element.textContent !== text) {
    element.textContent = text;
  }
}

/** True when the visitor asked the system for less motion, or cannot see any. */
export function isStill() {
  return document.hidden || matchMedia("(prefers-reduced-motion: reduce)").matches;
}
