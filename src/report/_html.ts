/** A piece of markup that is safe to put into a page as it stands. */
export class Html {
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
  }

  toString(): string {
    return this.#text;
  }
}

/** What may stand in a template: text is escaped, markup is kept, lists are joined, nothing is left out. */
export type Content = Html | string | number | null | undefined | false | readonly Content[];

/** Text as it stands in markup or in a quoted attribute. */
export function escapeHtml(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;")
    .replaceAll("'", "&#39;");
}

/** Markup from a template, in which whatever is not markup already shows as text. */
export function markup(strings: TemplateStringsArray, ...values: readonly Content[]): Html {
  return new Html(strings.reduce((text, part, index) => text + toMarkup(values[index - 1]) + part));
}

/** Markup from text that is known to be markup: a rendered figure, a style, a script. */
export function trusted(text: string): Html {
  return new Html(text);
}

function toMarkup(value: Content): string {
  if (value === null || value === undefined || value === false) return "";
  if (value instanceof Html) return value.toString();
  if (typeof value === "object") return value.map(toMarkup).join("");
  return escapeHtml(String(value));
}

/** A results file's image as it may stand in a page, or null where it is anything but an embedded PNG or JPEG. */
export function imageUri(uri: string | null | undefined): string | null {
  return uri && /^data:image\/(png|jpeg);base64,[A-Za-z0-9+/]+=*$/.test(uri) ? uri : null;
}
