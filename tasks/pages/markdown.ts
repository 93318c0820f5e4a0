import { Marked, type Tokens } from "marked";
import { escapeHtml } from "../../src/report/mod.ts";

/** A name as the fragment of an address. */
function slug(text: string): string {
  return text.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, "-").replace(/^-|-$/g, "");
}

/**
 * Markdown as HTML. Headings can be linked to, tables and code scroll by themselves, and HTML in the text shows as text.
 *
 * @param text GitHub's Markdown.
 * @param address What a link's address becomes.
 * @default as it is
 */
export function markdownToHtml(text: string, address: (href: string) => string = (href) => href): string {
  const marked = new Marked({ async: false });
  marked.use({
    renderer: {
      html: ({ text }) => escapeHtml(text),
      heading({ tokens, depth, text }) {
        return `<h${depth} id="${slug(text)}">${this.parser.parseInline(tokens)}</h${depth}>\n`;
      },
      link({ href, tokens }) {
        return `<a href="${escapeHtml(address(href))}">${this.parser.parseInline(tokens)}</a>`;
      },
      code: ({ text }) => `<pre tabindex="0"><code>${escapeHtml(text)}</code></pre>\n`,
      table(token) {
        const cells = (row: readonly Tokens.TableCell[], tag: string): string =>
          `<tr>${
            row.map(({ tokens }) => `<${tag}>${this.parser.parseInline(tokens)}</${tag.split(" ")[0]}>`).join("")
          }</tr>`;
        const rows = token.rows.map((row) => cells(row, "td")).join("\n");
        return `<div class="scroll" tabindex="0"><table><thead>${
          cells(token.header, 'th scope="col"')
        }</thead><tbody>${rows}</tbody></table></div>\n`;
      },
    },
  });
  return marked.parse(text) as string;
}
