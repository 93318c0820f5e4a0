import { FONT } from "./figures/_theme.ts";

/** The rules of the first screen: pictures, shares, claims and checks. */
export const FIRST_SCREEN_STYLE = `
.warning{border-left:4px solid var(--look);background:var(--panel);max-width:none;padding:.4rem .9rem;margin:0 0 1rem}
.checked{font-size:.8rem;color:var(--muted);max-width:none;margin:0 0 .5rem}
.checked .look{color:var(--look);font-weight:600}
.legend{list-style:none;display:flex;flex-wrap:wrap;gap:.1rem .9rem;padding:0;margin:0 0 .45rem;max-width:none;font-size:.76rem}
.legend li{display:flex;align-items:center;gap:.35rem;min-width:0}
.learned{color:var(--muted)}
.symbol{flex:none}
.panels{display:grid;grid-template-columns:repeat(auto-fill,minmax(13rem,1fr));gap:1rem 1.1rem}
.panel{min-width:0}
.panel h2{font:600 .98rem/1.3 ${FONT};margin:0 0 .25rem;display:-webkit-box;-webkit-box-orient:vertical;-webkit-line-clamp:2;overflow:hidden}
.strip{display:grid;grid-template-columns:repeat(4,1fr);gap:2px;min-width:0;flex:1}
.strip svg{display:block;width:100%;height:auto;aspect-ratio:1;border-radius:2px;background:var(--grid)}
.shares{display:grid;grid-template-columns:4.8rem minmax(0,1fr) 2.5rem;gap:0 .45rem;margin:.5rem 0 .1rem;font-size:11px;line-height:17px}
.shares ul{list-style:none;margin:0;padding:0;min-width:0}
.shares li{overflow:hidden;text-overflow:ellipsis;white-space:nowrap;height:17px}
.shares .means li{overflow:visible}
.shares .means{text-align:right;color:var(--muted);font-variant-numeric:tabular-nums}
.dots{display:block;overflow:visible;font-size:10px}
.driver{display:grid;grid-template-columns:4.8rem minmax(0,1fr);gap:.45rem;align-items:center;margin-top:3px;min-height:1.2rem;font-size:11px}
.name{display:flex;align-items:center;gap:.25rem;min-width:0}
.name span{overflow:hidden;white-space:nowrap;text-overflow:ellipsis}
.agreement{white-space:nowrap}
#claims h2{font:600 .98rem/1.3 ${FONT};margin:.3rem 0 0}
.none{color:var(--muted);font-size:11px}
.driver .none{display:flex;align-items:center;aspect-ratio:4.15}
.reading{color:var(--muted);font-size:.77rem;max-width:none;margin:.4rem 0 .3rem}
.matrix{font-size:.85rem;margin:0 0 .3rem}
.matrix th,.matrix td{padding:.4rem 1rem .4rem 0;min-width:9rem}
.matrix th[scope=row]{min-width:12rem;width:23%}
.matrix thead th{font-size:.8rem;white-space:normal;vertical-align:bottom;line-height:1.3;padding-top:.1rem;padding-bottom:.25rem}
.matrix .answer{display:flex;flex-wrap:wrap;gap:0 .5rem;align-items:baseline}
.matrix .number{white-space:nowrap;font-variant-numeric:tabular-nums}
.matrix .spread{display:grid;grid-template-columns:minmax(4.5rem,7rem) auto;justify-content:start;gap:.5rem;align-items:center;font-size:.8rem;color:var(--muted)}
.many td,.many th{padding-right:.6rem;min-width:7rem}
.many th[scope=row]{min-width:8rem;width:auto}
.many .spread{grid-template-columns:minmax(0,7rem);gap:0}
.interval{display:block}
.interval .small{fill:var(--grid)}
.interval .zero{stroke:var(--muted);stroke-width:1}
.interval .bar{stroke:var(--ink);stroke-width:2}
.interval .point{fill:var(--ink)}
.criteria{display:block;white-space:nowrap;font-size:.74rem;line-height:1.6}
.marks .verdict{font-size:.68rem;letter-spacing:0}
.evidence dt{font-weight:500;margin-top:.8rem}
.evidence dd{margin:.1rem 0 0;max-width:52rem;font-size:.92rem}
.trust{list-style:none;padding:0;margin:.5rem 0;max-width:none;display:grid;grid-template-columns:repeat(auto-fill,minmax(13rem,1fr));gap:.7rem 1.1rem}
.trust li{border-left:4px solid var(--good);padding:.05rem 0 .05rem .7rem;font-size:.85rem;display:flex;flex-direction:column;align-items:start}
.trust .look{border-left-color:var(--look);border-left-style:double}
.trust .outcome{color:var(--good);font-weight:600}
.trust .look .outcome{color:var(--look)}
@media (max-width:40rem){.driver{grid-template-columns:.9rem minmax(0,1fr);gap:.3rem}.name span,.dots .between{display:none}.panels{grid-template-columns:1fr 1fr;gap:1rem .8rem}.shares{grid-template-columns:3.5rem minmax(0,1fr) 2.3rem;gap:0 .3rem;font-size:10px}
.matrix,.matrix tbody,.matrix tr,.matrix th,.matrix td{display:block;width:auto!important;min-width:0!important}.matrix thead{display:none}
.matrix tr{padding:.6rem 0;border-bottom:1px solid var(--grid)}.matrix th,.matrix td{border:0;padding:.15rem 0}
.matrix td[data-label]::before{content:attr(data-label);display:block;color:var(--muted);font-size:.78rem}.trust{grid-template-columns:1fr 1fr}}
`;
