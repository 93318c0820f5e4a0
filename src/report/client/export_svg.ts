/** Height of the line under a drawing that names the run. */
const LINE = 20;
const SVG = "http://www.w3.org/2000/svg";

/**
 * A drawing as a file of its own: it carries the pictures that it shows, and a line that names the figure and the run.
 *
 * @param svg What is drawn; `<use>` may refer to the page's pictures.
 * @param names Shown under the drawing, and the title that readers of the file find.
 */
export function exportSvg(svg: string, names: { readonly run: string; readonly caption: string }): string {
  const root = new DOMParser().parseFromString(svg, "image/svg+xml").documentElement;
  const width = Number(root.getAttribute("width"));
  const height = Number(root.getAttribute("height"));
  root.setAttribute("height", String(height + LINE));
  root.setAttribute("viewBox", `0 0 ${width} ${height + LINE}`);
  const add = (name: string, attributes: Readonly<Record<string, string | number>>, text = ""): Element => {
    const element = root.ownerDocument.createElementNS(SVG, name);
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, String(value));
    element.textContent = text;
    return element;
  };
  const pictures = new Set(
    [...root.querySelectorAll("use")].map((use) => use.getAttribute("href") ?? "")
      .filter((href) => href.startsWith("#picture-")),
  );
  const defs = add("defs", {});
  for (const href of pictures) {
    const picture = document.getElementById(href.slice(1));
    if (picture) defs.append(root.ownerDocument.importNode(picture, true));
  }
  root.prepend(add("title", {}, `${names.caption}. ${names.run}`), add("metadata", {}, names.run), defs);
  root.append(
    add("rect", { y: height, width, height: LINE, fill: "#ffffff" }),
    add("text", { x: 4, y: height + 13, "font-size": "10px", fill: "#5a6372" }, names.run),
  );
  return new XMLSerializer().serializeToString(root);
}

/** A picture of an SVG file, `scale` pixels for each of its own. */
export async function rasterize(svg: string, scale: number): Promise<Blob> {
  const url = URL.createObjectURL(new Blob([svg], { type: "image/svg+xml" }));
  try {
    const image = new Image();
    image.src = url;
    await image.decode();
    const canvas = document.createElement("canvas");
    canvas.width = image.naturalWidth * scale;
    canvas.height = image.naturalHeight * scale;
    canvas.getContext("2d")!.drawImage(image, 0, 0, canvas.width, canvas.height);
    return await new Promise((resolve, reject) =>
      canvas.toBlob((blob) => blob ? resolve(blob) : reject(new Error("Cannot make a PNG of the figure")), "image/png")
    );
  } finally {
    URL.revokeObjectURL(url);
  }
}
