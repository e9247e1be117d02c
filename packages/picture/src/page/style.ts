import { DARK, FONT, LIGHT } from '../style.ts'
import type { Palette } from '../style.ts'

const variables = (c: Palette): string =>
  `--paper:${c.paper};--ink:${c.ink};--mute:${c.mute};--hair:${c.hair};--accent:${c.accent};--tint:${c.tint};--red:${c.red}`

/** One sheet for screen (light, dark), telephone and A4. */
export const SHEET = `
:root{color-scheme:light dark;${variables(LIGHT)}}
@media screen and (prefers-color-scheme:dark){:root{${variables(DARK)}}}
*{box-sizing:border-box}
html{-webkit-text-size-adjust:100%}
body{margin:0;background:var(--paper);color:var(--ink);font:15px/1.55 ${FONT};font-variant-numeric:tabular-nums;overflow-wrap:anywhere}
main,footer{max-width:1000px;margin:0 auto;padding:0 20px}
header{padding:36px 0 4px}
.eyebrow{margin:0;color:var(--mute);font-size:13px}
h1{margin:2px 0 4px;font-size:26px;line-height:1.25;font-weight:650;text-wrap:balance}
.meta{margin:0;color:var(--mute)}
.lead{margin:22px 0 0;line-height:1.15;display:flex;flex-wrap:wrap;align-items:baseline;gap:2px 14px}
.lead strong{font-size:42px;font-weight:680;letter-spacing:-.01em}
.lead span{font-size:17px;color:var(--mute)}
.lede{margin:8px 0 0;font-size:16px}
.good{color:var(--accent)}.danger{color:var(--red)}.mute{color:var(--mute)}
figure{margin:22px 0 0;border:1px solid var(--hair);border-radius:10px;overflow:hidden}
figure svg{display:none;width:100%;height:auto}
figure svg.wide{display:block}
figcaption{padding:10px 20px 14px;color:var(--mute);font-size:13px;border-top:1px solid var(--hair)}
section{margin:34px 0 0}
h2{margin:0 0 12px;padding-top:12px;border-top:2px solid var(--ink);font-size:18px;line-height:1.3;font-weight:650}
h3{margin:20px 0 6px;font-size:14px;line-height:1.4;font-weight:650}
p{margin:6px 0}
ul,ol{margin:0;padding:0;list-style:none}
table{width:100%;border-collapse:collapse;font-size:14px}
th,td{padding:8px 14px 8px 0;text-align:left;vertical-align:top;border-bottom:1px solid var(--hair);font-weight:400}
thead th{color:var(--mute);font-size:12.5px;padding-top:0;white-space:nowrap}
tbody th{font-weight:600}
th:last-child,td:last-child{padding-right:0}
.n{text-align:right;white-space:nowrap}
.small{font-size:13px}
.item{padding:12px 0 12px 16px;border-bottom:1px solid var(--hair);border-left:3px solid var(--hair);margin-bottom:2px}
.item h3{margin:0;font-size:15px}.item h3 .tag:first-child{margin-right:8px}
.item p{margin:3px 0}
.item.bad{border-left-color:var(--red)}.item.warn{border-left-color:var(--mute)}
.tag{display:inline-block;padding:0 7px;border:1px solid currentColor;border-radius:4px;font-size:12px;font-weight:600;line-height:1.6;color:var(--mute);vertical-align:1px}
.tag.danger{color:var(--red)}.warn h3 .tag{color:var(--ink)}.bad h3 .tag{color:var(--paper);background:var(--red);border-color:var(--red);print-color-adjust:exact;-webkit-print-color-adjust:exact}
.thought{color:var(--mute);font-size:13.5px}
.chips{display:flex;flex-wrap:wrap;gap:4px 14px;font-size:13.5px}
.chips b{font-weight:600;color:var(--accent)}
.bar{position:relative;display:inline-block;width:84px;height:8px;margin-right:8px;border-radius:2px;background:var(--hair);vertical-align:1px;overflow:hidden;print-color-adjust:exact;-webkit-print-color-adjust:exact}
.bar i{position:absolute;inset:0 auto 0 0;background:var(--accent)}
.bar.ink i{background:var(--mute)}
.bar .spread{background:var(--ink);opacity:.28}
.cards{display:grid;grid-template-columns:repeat(3,1fr);gap:12px}
.card{padding:12px 14px;border:1px solid var(--hair);border-radius:8px;min-width:0}
.card p{margin:0}.card .big{font-size:26px;font-weight:650;line-height:1.3}
.reason{display:grid;grid-template-columns:3.6em 1fr;gap:0 10px;padding:7px 0;border-bottom:1px solid var(--hair)}
.reason .effect{font-weight:600;text-align:right}
q{quotes:"“" "”";color:var(--mute)}:lang(zh) q{quotes:"「" "」"}
code{font:12.5px/1.4 ui-monospace,SFMono-Regular,Menlo,Consolas,monospace;color:var(--mute)}
footer{margin-top:44px;padding-top:14px;padding-bottom:36px;color:var(--mute);font-size:12.5px}
footer p{border-top:1px solid var(--hair);padding-top:14px}
.unseen{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
@media (max-width:1019px){figure svg.wide{display:none}figure svg.middle{display:block}}
@media (max-width:679px){
figure svg.middle{display:none}figure svg.slim{display:block;max-width:520px;margin:0 auto}
main,footer{padding:0 12px}header{padding-top:20px}
h1{font-size:22px}.lead strong{font-size:32px}
figcaption{padding:10px 12px}
.cards{grid-template-columns:1fr;gap:8px}.cards.tight{grid-template-columns:repeat(3,1fr)}.tight .card{padding:8px 10px}.tight .big{font-size:20px}
table,tbody,tr,td,tbody th{display:block}thead{display:none}
tr{padding:8px 0;border-bottom:1px solid var(--hair)}
td,tbody th{border:0;padding:2px 0}
td{display:grid;grid-template-columns:8.5em 1fr;gap:8px;text-align:left;white-space:normal}
td::before{content:attr(data-head);color:var(--mute);font-size:13px}
}
@page{size:A4;margin:14mm}
@media print{
body{font-size:10.5pt}main,footer{max-width:none;padding:0}header{padding-top:0}
figure svg.wide,figure svg.slim{display:none!important}figure svg.middle{display:block!important}
section{margin-top:22px}h2,h3{break-after:avoid}
tr,.item,.card,.reason,figure{break-inside:avoid}
table{display:table}thead{display:table-header-group}tbody{display:table-row-group}tr{display:table-row;padding:0}th,td{display:table-cell!important}td::before{content:none!important}

.cards{grid-template-columns:repeat(3,1fr)}
}`
