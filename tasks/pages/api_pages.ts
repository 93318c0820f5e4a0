import { readFile } from "node:fs/promises";
import { escapeHtml } from "../../src/report/mod.ts";
import { markdownToHtml } from "./markdown.ts";
import { type Declaration, signature } from "./signature.ts";

interface JsDoc {
  readonly doc?: string;
  readonly tags?: readonly { kind: string; name?: string; doc?: string; type?: string; tsType?: { repr: string } }[];
}

interface Documented extends Declaration {
  readonly jsDoc?: JsDoc;
}

/** What `deno doc --json` writes, as far as it is read here: addresses of modules to what they export. */
interface Documentation {
  readonly nodes: Record<string, {
    readonly module_doc?: JsDoc;
    readonly symbols: readonly { readonly name: string; readonly declarations: readonly Documented[] }[];
  }>;
}

/** A page of documentation. */
export interface DocumentedPage {
  /** Its file's name. */
  readonly file: string;
  readonly title: string;
  /** Markup. */
  readonly html: string;
}

/**
 * The documentation of the library: a page that lists its modules, and one for each of them.
 *
 * @param text What `deno doc --json` writes of the modules.
 * @param exports Names of the modules in the package to their files, as in `deno.json`.
 * @throws {Error} Where a module's source cannot be read.
 */
export async function apiPages(text: string, exports: Readonly<Record<string, string>>): Promise<DocumentedPage[]> {
  const { nodes } = JSON.parse(text) as Documentation;
  const pages: DocumentedPage[] = [];
  const list: string[] = [];
  for (const [name, path] of Object.entries(exports)) {
    const found = nodes[new URL(path, new URL("../../", import.meta.url)).href];
    if (found === undefined) throw new Error(`Cannot document "${name}": deno doc has nothing of ${path}`);
    const { module_doc, symbols } = found;
    const short = name === "." ? "fusiform" : name.slice(2);
    const file = `api-${short}.html`;
    const shown = [...symbols].sort((a, b) => a.name.localeCompare(b.name, "en"));
    const own = new Set(shown.map((symbol) => symbol.name));
    const sections = await Promise.all(shown.map(({ name, declarations }) => symbolSection(name, declarations, own)));
    const contents = shown.map(({ name }) => `<li><a href="#${name}">${name}</a></li>`).join("");
    const title = name === "." ? "@fusiform/fusiform" : `@fusiform/fusiform/${short}`;
    pages.push({
      file,
      title,
      html: `${prose(module_doc?.doc, own)}<ul class="contents">${contents}</ul>\n${sections.join("\n")}`,
    });
    const first = (module_doc?.doc ?? "").split(/\n\s*\n/)[0];
    list.push(`<h2><a href="./${file}">${title}</a></h2>${prose(first, new Set())}<p>${shown.length} exports.</p>`);
  }
  return [{ file: "api.html", title: "API", html: list.join("\n") }, ...pages];
}

/** A declaration of each overload, then what its comment says. */
async function symbolSection(
  name: string,
  declarations: readonly Documented[],
  own: ReadonlySet<string>,
): Promise<string> {
  const parts = await Promise.all(declarations.map(async (declaration) => {
    const source = await readFile(new URL(declaration.location.filename), "utf8");
    const { doc, tags = [] } = declaration.jsDoc ?? {};
    return `<pre tabindex="0"><code>${escapeHtml(signature(declaration, source))}</code></pre>${prose(doc, own)}${
      prose(tags.map(tagLine).filter((line) => line !== "").join("\n\n"), own)
    }`;
  }));
  return `<h2 id="${name}">${name}</h2>${parts.join("")}`;
}

/** A tag of a comment as a paragraph of Markdown. */
function tagLine({ kind, name, doc = "", type, tsType }: NonNullable<JsDoc["tags"]>[number]): string {
  const thrown = type ?? tsType?.repr;
  switch (kind) {
    case "param":
      return doc === "" ? "" : `**${name}**: ${doc}`;
    case "return":
      return `**Returns** ${doc}`;
    case "throws":
      return `**Throws** ${thrown === undefined ? "" : `\`${thrown}\` `}${doc}`;
    case "default":
      return `**Default**: ${doc}`;
    case "example":
      return `**Example**\n\n${doc}`;
    default:
      return "";
  }
}

/** A comment's Markdown as HTML; names that stand on the same page are links. */
function prose(doc: string | undefined, own: ReadonlySet<string>): string {
  const text = (doc ?? "").replace(
    /\{@link(?:code)? ([^}\s]+)[^}]*\}/g,
    (_, name: string) => own.has(name) ? `[\`${name}\`](#${name})` : `\`${name}\``,
  );
  return text === "" ? "" : markdownToHtml(text);
}
