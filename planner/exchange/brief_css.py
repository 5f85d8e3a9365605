"""The rules of CSS of the brief as a page that stands alone, on a screen and on paper; its colours are the theme's."""

from __future__ import annotations

from typing import Final

from planner.look import theme

RULES: Final = f"""\
:root {{ color-scheme: light dark; --ink: {theme.INK}; --mute: {theme.MUTE}; --rule: {theme.RULE}; --page: {theme.PAGE}; }}
* {{ box-sizing: border-box; }}
body {{ margin: 0; background: var(--page); color: var(--ink); font: 16px/1.45 {theme.FONT}; }}
main {{ max-width: 70rem; margin: 0 auto; padding: 2rem 1.5rem 3rem; overflow-wrap: anywhere; }}
h1 {{ font-size: 1.75rem; font-weight: 650; line-height: 1.2; margin: 0 0 .6rem; text-wrap: balance; }}
h2 {{ font-size: 1.1rem; font-weight: 650; margin: 1.8rem 0 .5rem; break-after: avoid; }}
p {{ margin: .35rem 0; unicode-bidi: plaintext; }}
ul {{ margin: 0; padding-left: 1.1rem; }}
li {{ margin: .3rem 0; unicode-bidi: plaintext; }}
li::marker {{ content: "\\2013\\00a0\\00a0"; color: var(--mute); }}
.mute, dt, figcaption span, thead th {{ color: var(--mute); font-weight: 400; }}
.lead {{ font-size: 1.25rem; line-height: 1.4; max-width: 46rem; margin: 0 0 1.2rem; text-wrap: pretty; }}
.numbers {{ display: grid; grid-template-columns: repeat(auto-fit, minmax(8.5rem, 1fr)); gap: 1rem 1.2rem; margin: 0;
  padding: .9rem 0; border: solid var(--rule); border-width: 1px 0; }}
.numbers div {{ display: flex; flex-direction: column; }}
.numbers dt {{ font-size: .85rem; line-height: 1.25; margin-bottom: auto; padding-bottom: .25rem; }}
.numbers dd {{ margin: 0; }}
.numbers dd.mute {{ font-size: .85rem; min-height: 1.25em; line-height: 1.25; }}
.numbers b {{ font-size: 1.45rem; font-weight: 600; line-height: 1.2; white-space: nowrap; }}
.pair {{ display: grid; grid-template-columns: repeat(auto-fit, minmax(min(22rem, 100%), 1fr)); gap: 1.5rem 2.5rem; margin-top: 1.6rem; }}
.wide {{ margin-top: 1.8rem; overflow-x: auto; }}
.wide figure {{ min-width: 52rem; }}
figure {{ margin: 0; break-inside: avoid; }}
figcaption {{ margin-bottom: .6rem; line-height: 1.3; }}
figcaption span {{ font-size: .9rem; }}
figure svg {{ display: block; height: auto; overflow: visible; }}
.table {{ overflow-x: auto; }}
table {{ border-collapse: collapse; width: 100%; font-size: .95rem; font-variant-numeric: tabular-nums; }}
th, td {{ text-align: left; vertical-align: top; padding: .25rem .8rem .25rem 0; overflow-wrap: break-word; }}
thead th {{ border-bottom: 1px solid var(--rule); white-space: nowrap; }}
tbody {{ border-bottom: 1px solid var(--rule); break-inside: avoid; }}
tbody th {{ font-weight: 600; width: 27%; }}
td:nth-last-child(-n+2), thead th:nth-last-child(-n+2) {{ text-align: right; padding-right: 0; padding-left: .8rem; }}
.status {{ white-space: nowrap; }}
.fact {{ margin-right: .8rem; }}
footer {{ margin-top: 2.2rem; padding-top: .6rem; border-top: 1px solid var(--rule); color: var(--mute); font-size: .85rem; }}
@media print {{
  @page {{ size: A4; margin: 8mm 13mm; }}
  :root {{ color-scheme: light; }}
  html {{ font-size: 8pt; }}
  body {{ font-size: 1rem; line-height: 1.22; }}
  main {{ max-width: none; padding: 0; }}
  h1 {{ font-size: 16pt; }}
  h2 {{ font-size: 9.5pt; margin: 6pt 0 1pt; }}
  .lead {{ font-size: 10.5pt; max-width: none; margin-bottom: 7pt; }}
  .numbers {{ grid-template-columns: repeat(6, 1fr); gap: .8rem; padding: 5pt 0; }}
  .numbers b {{ font-size: 13pt; }}
  .pair {{ grid-template-columns: 1fr 1fr; gap: 6mm; margin-top: 9pt; }}
  .wide {{ display: none; }}
  figure svg {{ width: 82%; }}
  li {{ margin: 1.5pt 0; }}
  p {{ margin: 2pt 0; }}
  table {{ font-size: .97rem; }}
  th, td {{ padding-top: .4pt; padding-bottom: .4pt; }}
  footer {{ font-size: 7.5pt; margin-top: 5pt; padding-top: 2pt; }}
}}
"""
