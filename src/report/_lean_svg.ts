/** An element of a drawing: its attributes as they are written, and what stands inside. */
interface Element {
  readonly name: string;
  readonly attributes: Map<string, string>;
  children: (Element | string)[];
}

/** What only serves a live drawing, or a screen reader, for which the page describes a figure as a whole. */
const IDLE = /^(?:class|role|aria-.*|pointer-events|version|stroke-miterlimit|xmlns:xlink)$/;
/** What a group hands down to everything inside. */
const INHERITED = ["fill", "stroke", "stroke-width", "font-size", "font-weight", "text-anchor"];
const LENGTHS = /^(?:d|transform|x|y|x1|x2|y1|y2|width|height|viewBox)$/;
/** A path that is drawn this often, or more, is written once. */
const REPEATED = 4;

/**
 * The same static drawing in fewer bytes: nothing that cannot be seen, tenths of a pixel, attributes that siblings share on
 * their group, paths that recur (the shapes of marks) written once. Text is left as it is.
 *
 * @param svg Well-formed SVG, as Vega writes it.
 * @param prefix Put before every id inside, so that several figures share a page.
 */
export function leanSvg(svg: string, prefix: string): string {
  const root = parse(svg);
  const face = /font-family="([^"]*)"/.exec(svg)?.[1];
  clean(root);
  root.attributes.set("xmlns", "http://www.w3.org/2000/svg");
  if (face !== undefined) root.attributes.set("font-family", face);
  const ids = new Map<string, string>();
  rename(root, prefix, ids);
  shareShapes(root, `${prefix}-s`);
  hoist(root);
  return print(root);
}

function parse(svg: string): Element {
  const top: Element = { name: "", attributes: new Map(), children: [] };
  const open = [top];
  for (const [token] of svg.matchAll(/<[^>]+>|[^<]+/g)) {
    const inside = open[open.length - 1];
    if (!token.startsWith("<")) inside.children.push(token);
    else if (token.startsWith("</")) open.pop();
    else {
      const [, name] = /^<([^\s/>]+)/.exec(token)!;
      const attributes = new Map([...token.matchAll(/\s([^\s=]+)="([^"]*)"/g)].map(([, key, value]) => [key, value]));
      const element: Element = { name, attributes, children: [] };
      inside.children.push(element);
      if (!token.endsWith("/>")) open.push(element);
    }
  }
  return top.children.find((child): child is Element => typeof child !== "string")!;
}

function clean(element: Element): void {
  const { attributes } = element;
  for (const [name, value] of attributes) {
    if (IDLE.test(name) || name === "font-family" || (name === "opacity" && value === "1")) attributes.delete(name);
    else if (name === "xlink:href") attributes.delete(name), attributes.set("href", value);
    else if (LENGTHS.test(name)) attributes.set(name, rounded(value));
  }
  if (/^translate\(0,\s*0\)$/.test(attributes.get("transform") ?? "")) attributes.delete("transform");
  if (element.name !== "g" && element.name !== "svg" && !attributes.has("stroke")) attributes.delete("stroke-width");
  for (const child of element.children) if (typeof child !== "string") clean(child);
  element.children = element.children.flatMap((child) => {
    if (typeof child === "string") return [child];
    if (invisible(child)) return [];
    return child.name === "g" && child.attributes.size === 0 ? child.children : [child];
  });
}

function invisible({ name, attributes, children }: Element): boolean {
  if (attributes.get("display") === "none" || attributes.get("opacity") === "0") return true;
  if (name === "g" || name === "defs") return children.length === 0;
  if (name !== "path" && name !== "rect") return false;
  const painted = ["fill", "stroke"].some((name) => !["transparent", "none", undefined].includes(attributes.get(name)));
  return !painted || (name === "path" && (attributes.get("d") ?? "") === "");
}

function rounded(value: string): string {
  return value.replaceAll(
    /-?\d+\.\d{2,}(?:e-?\d+)?/g,
    (number) => String(Math.round(Number(number) * 10) / 10),
  );
}

/** Vega numbers clip paths and gradients over the life of the process; here they are numbered within the figure. */
function rename(element: Element, prefix: string, names: Map<string, string>): void {
  const named = (id: string): string => {
    if (!names.has(id)) names.set(id, `${prefix}-${names.size}`);
    return names.get(id)!;
  };
  for (const [key, value] of element.attributes) {
    if (key === "id") element.attributes.set(key, named(value));
    else if (key === "href" && value.startsWith("#")) element.attributes.set(key, `#${named(value.slice(1))}`);
    else if (value.startsWith("url(#")) element.attributes.set(key, `url(#${named(value.slice(5, -1))})`);
  }
  for (const child of element.children) if (typeof child !== "string") rename(child, prefix, names);
}

function shareShapes(root: Element, prefix: string): void {
  const uses = new Map<string, Element[]>();
  const visit = (element: Element): void => {
    const d = element.name === "path" ? element.attributes.get("d")! : "";
    if (d.length > 12) uses.set(d, [...uses.get(d) ?? [], element]);
    for (const child of element.children) if (typeof child !== "string") visit(child);
  };
  visit(root);
  const shapes = [...uses].filter(([, elements]) => elements.length >= REPEATED);
  if (shapes.length === 0) return;
  shapes.forEach(([, elements], index) => {
    for (const [at, element] of elements.entries()) {
      const place = /^translate\(([^,]+),([^)]+)\)$/.exec(element.attributes.get("transform") ?? "");
      const rest = [...element.attributes].filter(([name]) => name !== "d" && !(place && name === "transform"));
      element.attributes.clear();
      element.attributes.set("href", `#${prefix}${index}`);
      if (place) element.attributes.set("x", place[1]).set("y", place[2]);
      for (const [name, value] of rest) element.attributes.set(name, value);
      elements[at] = Object.assign(element, { name: "use" });
    }
  });
  const defined = shapes.map(([d], index): Element => ({
    name: "path",
    attributes: new Map([["id", `${prefix}${index}`], ["d", d]]),
    children: [],
  }));
  root.children.unshift({ name: "defs", attributes: new Map(), children: defined });
}

/** Writes what all children of a group share on the group. */
function hoist(element: Element): void {
  const children = element.children.filter((child): child is Element => typeof child !== "string");
  for (const child of children) hoist(child);
  if (element.name !== "g" || children.length < 2) return;
  for (const name of INHERITED) {
    const value = children[0].attributes.get(name);
    if (value === undefined || children.some(({ attributes }) => attributes.get(name) !== value)) continue;
    element.attributes.set(name, value);
    for (const { attributes } of children) attributes.delete(name);
  }
}

function print({ name, attributes, children }: Element): string {
  const open = `<${name}${[...attributes].map(([key, value]) => ` ${key}="${value}"`).join("")}`;
  if (children.length === 0) return `${open}/>`;
  return `${open}>${children.map((child) => typeof child === "string" ? child : print(child)).join("")}</${name}>`;
}
