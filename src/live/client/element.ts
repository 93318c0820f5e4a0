/**
 * An element of the page by its id.
 *
 * @throws {Error} where the page has none.
 */
export function element<T extends HTMLElement = HTMLElement>(id: string): T {
  const found = document.getElementById(id);
  if (found === null) throw new Error(`The page has no element "${id}"`);
  return found as T;
}

/** Shows an element or hides it. */
export function show(id: string, shown: boolean): void {
  element(id).hidden = !shown;
}
