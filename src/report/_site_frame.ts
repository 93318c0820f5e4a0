import { type Content, type Html, markup } from "./_html.ts";

/** The pages of the site that every page of it links to, relative to the site. */
const PLACES = [
  ["index.html", "Reports"],
  ["live/index.html", "Live"],
  ["index.html#networks", "Networks"],
  ["docs/index.html", "Guides"],
  ["docs/api.html", "API"],
] as const;

/** What a page of the site shows above its contents, and below. */
export interface SiteFrame {
  readonly title: string;
  readonly lead?: string;
  /** The way to the site's folder: `./` or `../`. */
  readonly root: "./" | "../";
  readonly body: Content;
  readonly footer: string;
}

/** The body of a page of the site. */
export function siteFrame({ title, lead, root, body, footer }: SiteFrame): Html {
  return markup`<a class="skip" href="#content">Skip to the content</a>
<header>
<nav class="places" aria-label="Site"><strong>Fusiform</strong><ul>${
    PLACES.map(([address, name]) => markup`<li><a href="${root}${address}">${name}</a></li>`)
  }</ul></nav>
<h1>${title}</h1>
${lead !== undefined && markup`<p class="lead">${lead}</p>`}
</header>
<main id="content">${body}</main>
<footer><p>${footer}</p></footer>`;
}

/** The rules that pages of the site have beside those of every page. */
export const SITE_STYLE = `
.places{display:flex;flex-wrap:wrap;gap:.2rem 1.2rem;align-items:baseline;border:0;margin:0 0 1.2rem;padding:0;font-size:.9rem}
.places ul{list-style:none;display:flex;flex-wrap:wrap;gap:.2rem 1.1rem;margin:0;padding:0}
main section{padding:1.6rem 0 .6rem}
main h2{font-size:1.3rem;margin-bottom:.5rem}
main section:first-child{border-top:0;padding-top:.4rem}
.cards{display:grid;grid-template-columns:repeat(auto-fill,minmax(min(100%,19rem),1fr));gap:1.6rem 1.5rem;list-style:none;padding:0;max-width:none;margin:1rem 0}
.card{display:flex;flex-direction:column;gap:.45rem;min-width:0}
.card p,.card ul{margin:0}
.card h3{font:600 1.08rem/1.3 Charter,"Iowan Old Style","Palatino Linotype",Palatino,Georgia,serif;margin:0}
.hero{display:block;width:100%;height:auto;aspect-ratio:2/1;object-fit:cover;border-radius:4px;background:var(--panel)}
.hero.absent{display:grid;place-items:center;color:var(--muted);font-size:.85rem}
.card .about{color:var(--muted);font-size:.82rem;line-height:1.45}
.card .found{list-style:none;padding:0;display:grid;gap:.1rem;font-size:.84rem}
.card .found li{display:grid;grid-template-columns:6.6rem minmax(0,1fr);gap:0 .5rem;align-items:baseline}
.card .key{list-style:none;padding:0;display:flex;flex-wrap:wrap;gap:.1rem .9rem;font-size:.82rem}
.card .key li{display:flex;align-items:center;gap:.35rem}
.card .key strong{font-variant-numeric:tabular-nums}
.card .changes{font-size:.82rem}
.newest{list-style:none;padding:0;margin:0;max-width:none;font-size:.88rem}
.across{min-width:62rem;font-size:.84rem}
.across td,.across th{padding:.35rem .8rem .35rem 0}
.across .share{text-align:right}
.across td,.across th{white-space:nowrap}
.across th[scope=row]{position:sticky;left:0;background:var(--paper);font-weight:400}
.across button{font:inherit;color:inherit;background:none;border:0;padding:0;text-align:inherit;text-decoration:underline dotted;text-underline-offset:.2em}
.across [aria-sort=ascending] button::after{content:" ▲"}
.across [aria-sort=descending] button::after{content:" ▼"}
.guide{max-width:46rem}
.guide h2{margin:2rem 0 .6rem}
.guide table{width:auto}
.guide pre{white-space:pre;max-width:100%}
.api pre{margin:.3rem 0 .5rem;padding:.6rem .8rem;white-space:pre-wrap}
.api h2{font-size:1.05rem;margin:2rem 0 .4rem}
.contents{columns:14rem;list-style:none;padding:0;max-width:none;font-size:.9rem}
@media (min-width:80rem){header,main,footer{max-width:74rem}}
`;
