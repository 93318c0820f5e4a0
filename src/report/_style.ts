import { DARK, type Family } from "./_families.ts";
import { FIGURE_STYLE } from "./_figure_style.ts";
import { FIRST_SCREEN_STYLE } from "./_first_screen_style.ts";
import { FONT, PAPER } from "./figures/_theme.ts";

/** The partner of each of the paper theme's colours on dark paper. */
const DARK_PAPER: Readonly<Record<keyof typeof PAPER, string>> = {
  ink: "#e8eaee",
  muted: "#a7afbb",
  rule: "#444c58",
  grid: "#2a303a",
  paper: "#14171c",
};

/** Rules that give every colour of the drawn figures its partner in dark mode, and leave downloads as they are. */
function figureColors(families: readonly Family[]): string {
  const pairs = [
    ...(Object.keys(PAPER) as (keyof typeof PAPER)[]).map((name) => [PAPER[name], DARK_PAPER[name]]),
    ...families.map((family) => [family.color, DARK[family.color]]),
  ];
  return pairs.map(([light, dark]) =>
    `:is(.canvas svg,.dots,.symbol) [fill="${light}"]{fill:${dark}}:is(.canvas svg,.dots,.symbol) [stroke="${light}"]{stroke:${dark}}` +
    `.swatch[style*="${light}"]{background:${dark}}`
  ).join("");
}

/** The page's style sheet. */
export function pageStyle(families: readonly Family[]): string {
  return `${BASE}${FIGURE_STYLE}${FIRST_SCREEN_STYLE}@media screen and (prefers-color-scheme:dark){${DARK_ROOT}${DARK_MAPS}${
    figureColors(families)
  }}`;
}

const DARK_ROOT = `:root{--ink:${DARK_PAPER.ink};--muted:${DARK_PAPER.muted};--rule:${DARK_PAPER.rule};` +
  `--grid:${DARK_PAPER.grid};--paper:${DARK_PAPER.paper};--panel:#1b1f26;--link:#7cc0f2;--good:#5fd3a4;--bad:#ff9c78;--look:#f0b95a;--focus:#9ad2f5}`;

/** Maps are pictures in a family’s colour on clear ground; on dark ground they take more light. */
const DARK_MAPS = "[id^=figure-position-maps] image{filter:brightness(1.6)}";

const BASE = `
:root{--ink:${PAPER.ink};--muted:${PAPER.muted};--rule:${PAPER.rule};--grid:${PAPER.grid};--paper:${PAPER.paper};
--panel:#f6f7f9;--link:#005a92;--good:#00674b;--bad:#a83c00;--look:#8a5a00;--focus:#0072b2;color-scheme:light dark}
*{box-sizing:border-box}
html{scroll-padding-top:3.5rem;-webkit-text-size-adjust:100%}
body{margin:0;background:var(--paper);color:var(--ink);font:1rem/1.6 ${FONT};overflow-wrap:anywhere}
header,main,footer{max-width:62rem;margin:0 auto;padding:0 1.25rem}
header{padding-top:1.5rem}
.kicker{color:var(--muted);font-size:.82rem;margin:0 0 .2rem;max-width:none}
h1,h2,h3{line-height:1.2;text-wrap:balance}
h1{font:600 clamp(1.4rem,2.7vw,1.68rem)/1.2 Charter,"Iowan Old Style","Palatino Linotype",Palatino,Georgia,serif;margin:0 0 .5rem;letter-spacing:-.01em}
h2{font:600 1.65rem/1.2 Charter,"Iowan Old Style","Palatino Linotype",Palatino,Georgia,serif;margin:0 0 1rem}
h3{font-size:1.02rem;margin:1.75rem 0 .5rem}
p,ul,ol{max-width:44rem}
.lead{font-size:.98rem;line-height:1.5;max-width:none;margin:0 0 .6rem}
.notice{border-left:3px solid var(--rule);padding:.1rem 0 .1rem .9rem;margin:.6rem 0 0;font-size:.95rem}
a{color:var(--link);text-underline-offset:.15em}
small{display:block;color:var(--muted);font-size:.82em;font-weight:400;line-height:1.4}
code,pre{font:.86em/1.5 ui-monospace,SFMono-Regular,Menlo,Consolas,"Liberation Mono",monospace}
pre{background:var(--panel);padding:1rem;overflow:auto;border-radius:6px;white-space:pre-wrap}
.hash{word-break:break-all}
:focus-visible{outline:2px solid var(--focus);outline-offset:2px;border-radius:2px}
.skip{position:absolute;left:-99rem}
.skip:focus{left:1rem;top:1rem;background:var(--paper);padding:.5rem 1rem;z-index:9}
nav ol{list-style:none;display:flex;flex-wrap:wrap;gap:.25rem 1.1rem;padding:0;margin:0;max-width:none;font-size:.9rem}
nav{margin:1.75rem 0 .5rem;padding:.8rem 0;border-top:1px solid var(--grid)}
nav a{text-decoration:none;color:var(--muted);padding:.2rem 0;display:inline-block}
nav a:hover{color:var(--ink);text-decoration:underline}
section{padding:2.75rem 0 1rem;border-top:1px solid var(--grid)}
#overview,#claims{border-top:0;padding:.2rem 0 0}
html:not(.js) .js-only{display:none!important}
.controls{position:sticky;top:0;z-index:5;background:var(--paper);border-bottom:1px solid var(--rule);display:flex;gap:.65rem;align-items:center;padding:.45rem 0;font-size:.82rem;overflow-x:auto;overflow-y:hidden;white-space:nowrap;scrollbar-width:thin}
.controls>*{flex:none}
.controls label>span:first-child,.controls legend{color:var(--muted)}
.controls fieldset{min-width:0;border:0;margin:0;padding:0;display:flex;gap:.2rem .2rem;align-items:center}
.controls legend{float:left;margin-right:.6rem;padding:0}
.controls .family{display:inline-flex;align-items:center;gap:.35rem;cursor:pointer;border-radius:4px;padding:.1rem .3rem;max-width:min(100%,20rem)}
.controls .family span+span{overflow:hidden;text-overflow:ellipsis;white-space:nowrap}
.choice{min-width:0;max-width:100%}
.controls select{max-width:10rem}
select,button{font:inherit;color:inherit;background:var(--paper);border:1px solid var(--rule);border-radius:5px;padding:.22rem .5rem;max-width:100%}
button{cursor:pointer}
button:hover,select:hover{border-color:var(--muted)}
.quiet{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
.swatch{display:inline-block;width:.75em;height:.75em;border-radius:2px;background:var(--light);margin-right:.4em;flex:none}
.controls .swatch{margin:0}
@media (min-width:64rem){.controls{--room:min(100vw - 4rem,80rem);margin-inline:calc((100% - var(--room))/2)}}
.highlighted{background:var(--panel)}
.figure{margin:0 0 2.75rem}
.figure h3{margin-bottom:.6rem}
.choice{display:inline-block;margin:0 1rem .75rem 0;font-size:.86rem;max-width:100%}
.choice span{color:var(--muted)}
.canvas svg{display:block;background:transparent!important;max-width:100%;height:auto}
.canvas.empty{min-height:4rem;position:relative}
.canvas.empty::after{content:"Nothing to show for this choice.";color:var(--muted);position:absolute;inset:1rem 0 auto}
.canvas.empty>*{visibility:hidden;height:3rem;overflow:hidden}
figcaption{color:var(--muted);font-size:.9rem;max-width:44rem;margin-top:.5rem}
.actions{margin-top:.6rem;display:flex;gap:.4rem}
.actions button{font-size:.78rem;padding:.1rem .55rem;color:var(--muted)}
.scroll{overflow-x:auto;position:relative}
.rows{max-height:24rem;overflow:auto;margin-top:.75rem}
table{border-collapse:collapse;font-size:.88rem;line-height:1.45;width:100%;margin:.5rem 0 1rem;font-variant-numeric:tabular-nums}
th,td{text-align:left;vertical-align:top;padding:.5rem .9rem .5rem 0;border-bottom:1px solid var(--grid);overflow-wrap:break-word}
thead th{color:var(--muted);font-weight:500;border-bottom-color:var(--rule);white-space:nowrap}
tbody th{font-weight:500}
caption{text-align:left;font-weight:600;padding:.5rem 0}
.networks{min-width:56rem}
.networks th[scope=row]{min-width:11rem}
.networks td{overflow-wrap:anywhere;min-width:7rem}
.multiverse td{min-width:8.5rem}
.multiverse .number{display:block;white-space:nowrap}
.overview{font-size:.75rem}
.overview thead th{vertical-align:bottom}
.overview thead th:nth-child(n+3){writing-mode:vertical-rl;text-align:end}
.overview .verdict{margin-right:0;letter-spacing:-.02em;font-size:inherit}
.overview td,.overview thead th{padding-right:.6rem;white-space:nowrap}
.overview th[scope=rowgroup]{min-width:10rem;max-width:13rem}
.overview th[scope=row]{font-weight:400;white-space:nowrap;padding-right:.28rem}
.verdict{white-space:nowrap;font-weight:600;font-size:.92em}
.verdict.holds{color:var(--good)}
.verdict.fails{color:var(--bad)}
.verdict.inconclusive,.verdict.mixed,.verdict.described,.verdict.not-tested{color:var(--muted)}
.status{font-size:.78rem;border:1px solid var(--rule);border-radius:999px;padding:0 .5em;color:var(--muted);white-space:nowrap;font-weight:400}
details{border-bottom:1px solid var(--grid);padding:.5rem 0}
summary{cursor:pointer;font-weight:500}
.tally{font-size:.82rem;margin-left:.5rem}
.facts{display:grid;grid-template-columns:repeat(auto-fit,minmax(18rem,1fr));gap:.2rem 2.5rem;margin:0;font-size:.9rem}
.facts div{display:flex;gap:.75rem;border-bottom:1px solid var(--grid);padding:.35rem 0}
.facts dt{color:var(--muted);flex:0 0 6.5rem}
.facts dd{margin:0;min-width:0}
.paste{background:var(--panel);border-radius:6px;padding:1rem 1.2rem;max-width:none;font-size:.95rem}
.changes{color:var(--muted);font-size:.92rem}
.sheet{margin:1rem 0}
.sheet img{max-width:100%;height:auto;border-radius:4px}
footer{color:var(--muted);font-size:.85rem;padding-top:2rem;padding-bottom:3rem}
#tooltip{position:fixed;z-index:10;background:var(--ink);color:var(--paper);font-size:.78rem;line-height:1.45;padding:.4rem .6rem;border-radius:5px;pointer-events:none;max-width:20rem}
#tooltip span{opacity:.7;margin-right:.3em}
#tooltip[hidden]{display:none}
@media (max-width:40rem){header{padding-top:1rem}
section{padding-top:2rem}.facts div{flex-direction:column;gap:0}.facts dt{flex:none}
.overview th[scope=row]{white-space:normal}.overview th[scope=rowgroup]{min-width:7.5rem}}
@media (min-width:120rem){html{font-size:118.75%}.canvas,.shares,.name{zoom:1.1875}}
@media print{.js-only,nav,.skip,#tooltip{display:none!important}body{font-size:10pt}header,main,footer{max-width:none;padding:0}
.figure,tr,.sheet,.panel,.trust li{break-inside:avoid}
details::details-content{content-visibility:visible;block-size:auto}h2,h3{break-after:avoid}.scroll,.rows{overflow:visible;max-height:none}section{padding:1.2rem 0 .5rem}
a{color:inherit;text-decoration:none}.networks{min-width:0;font-size:.7rem}table{font-size:.78rem}.canvas svg{max-height:24cm}}
@media (forced-colors:active){.canvas,.dots,.symbol,.interval,.swatch{forced-color-adjust:none;background-color:var(--paper)}.swatch{background:var(--light)}
.controls{border-bottom:1px solid CanvasText}.canvas svg{background:var(--paper)!important}}
@media (prefers-reduced-motion:no-preference){html{scroll-behavior:smooth}}
`;
