/** Style of figures: the drawing for the room there is, their numbers, the mark that was asked, folds. */
export const FIGURE_STYLE = `
.canvas{container-type:inline-size}
.canvas svg{overflow:visible}
.canvas .narrow{display:none}
@container (max-width:599.98px){.canvas .wide{display:none}.canvas .narrow{display:block}}
.pictures{position:absolute}
.number{color:var(--muted);font-weight:500;text-decoration:none}
.number:hover{text-decoration:underline}
.follows{font-size:.86em;white-space:nowrap}
.fold>summary{font-size:.95rem}
.fold .figure{margin-top:.75rem}
.canvas .asked{stroke:var(--focus);stroke-width:2.5px;paint-order:stroke;opacity:1!important}
.canvas image.asked,.canvas use.asked{outline:2.5px solid var(--focus)}
.canvas:focus-visible{outline-offset:6px}
@media (max-width:40rem){.follows{white-space:normal}}
`;
