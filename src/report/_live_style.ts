/** The rules of the page that runs networks in the browser. */
export const LIVE_STYLE = `
form{display:grid;gap:1rem;max-width:none;margin-bottom:1.2rem}
form fieldset{border:1px solid var(--grid);border-radius:6px;padding:.6rem .9rem .9rem;margin:0;min-width:0}
form legend{padding:0 .4rem;color:var(--muted);font-size:.9rem}
form input[type=number]{font:inherit;color:inherit;background:var(--paper);border:1px solid var(--rule);border-radius:5px;padding:.22rem .5rem;width:6.5rem}
form input[type=file]{font:inherit;font-size:.9rem;max-width:100%}
.offered{display:grid;gap:.35rem}
.offered>div{display:flex;flex-wrap:wrap;gap:.2rem .6rem;align-items:baseline}
.offered>div>span{flex:0 0 9.5rem}
.offered label{display:inline-flex;gap:.3rem;align-items:baseline;font-size:.9rem;white-space:nowrap}
.choices{display:flex;flex-wrap:wrap;gap:.2rem 1.4rem}
.choices label{white-space:nowrap}
.fields{display:flex;flex-wrap:wrap;gap:.5rem .6rem;align-items:center;font-size:.92rem}
.fields>div{display:flex;flex-wrap:wrap;gap:.2rem .5rem;align-items:center;margin-right:.6rem;min-width:0}
.go{justify-self:start;font-weight:600;padding:.4rem 1.1rem;border-color:var(--link);color:var(--link)}
.go:disabled{color:var(--muted);border-color:var(--rule);cursor:default}
.drop{border:1px dashed var(--rule);border-radius:6px;padding:.7rem .9rem;margin-top:.5rem;display:flex;flex-wrap:wrap;gap:.3rem .8rem;align-items:baseline;min-width:0}
.drop.over{border-color:var(--link);background:var(--panel)}
.hint{color:var(--muted);font-size:.85rem;margin:.1rem 0}
.hint.failed{color:var(--bad)}
#layers select{width:100%;max-width:34rem;display:block;margin:.3rem 0}
#conditions fieldset{display:grid;gap:.2rem}
#conditions table{margin:0;width:auto;justify-self:start}
#conditions td,#conditions th{padding:.2rem .9rem .2rem 0;vertical-align:middle}
[data-running=true] #run{min-height:100vh}
progress{width:100%;max-width:44rem;height:.8rem;accent-color:var(--link)}
#status{font-weight:600;margin:.4rem 0}
#status.failed{color:var(--bad)}
#pace{color:var(--muted);font-size:.9rem;font-variant-numeric:tabular-nums;margin:.3rem 0}
#pace:empty{display:none}
.found{width:auto;font-size:.82rem;margin-top:1rem}
.found caption .symbol{vertical-align:-1px}
.found td{padding:.3rem .6rem .3rem 0;min-width:4.3rem;vertical-align:bottom}
#found .panels{grid-template-columns:repeat(auto-fit,minmax(13rem,1fr))}
#found .panel h3{margin-top:.6rem}
.found thead th{white-space:normal;overflow-wrap:anywhere;max-width:6rem;padding:.3rem .6rem .3rem 0;vertical-align:bottom}
.found th[scope=row]{white-space:nowrap;padding:.25rem 1rem .25rem 0;vertical-align:middle}
.found img{display:block;width:48px;height:48px;border:1px solid var(--rule);image-rendering:pixelated}
.found td span{color:var(--muted);font-variant-numeric:tabular-nums;font-size:.78rem}
#report{width:100%;height:min(85vh,60rem);border:1px solid var(--rule);border-radius:6px;background:var(--paper);margin-top:1rem}
#downloads{max-width:none;display:flex;flex-wrap:wrap;gap:.3rem 1.2rem}
#compared table{font-size:.84rem;width:auto}
#compared td,#compared th{padding:.25rem 1rem .25rem 0}
#compared h3{margin-top:1rem}
#compared details{border:0}
.compared{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,26rem),1fr));gap:0 2.5rem}
.compared>div{min-width:0}
.compared h4{font-size:.9rem;margin:.6rem 0 0}
.compared p{font-size:.84rem}
.compared p small{display:inline;margin-left:.4rem}
[hidden]{display:none!important}
@media (prefers-color-scheme:dark){.found img{filter:brightness(1.6)}}
@media (max-width:40rem){.offered>div>span{flex-basis:100%;font-weight:600}.found th[scope=row]{padding-right:.6rem}}
`;
