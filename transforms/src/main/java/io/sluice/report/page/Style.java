/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.report.page;

/** The style of the page, light and dark. */
final class Style {

  static final String CSS =
      """
      :root {
        --page: #ffffff; --panel: #f5f7f9; --text: #1b1f24; --muted: #57606a; --line: #d4dae0;
        --used: #2f6fb0; --allowed: #b34700; --good: #1a6b35; --warn: #8a4b00; --bad: #b3261e;
      }
      @media (prefers-color-scheme: dark) {
        :root {
          --page: #12161b; --panel: #1c2229; --text: #e6e9ed; --muted: #a3aeb9; --line: #39424c;
          --used: #5b9bd5; --allowed: #ffab5e; --good: #6fcf8f; --warn: #f0b264; --bad: #ff8f86;
        }
      }
      * { box-sizing: border-box; }
      body {
        margin: 0; background: var(--page); color: var(--text);
        font: 16px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif;
      }
      main, footer { max-width: 60rem; margin: 0 auto; padding: 1rem; overflow-wrap: anywhere; }
      h1 { font-size: 1.7rem; line-height: 1.2; margin: 0.5rem 0 0; }
      h2 { font-size: 1.3rem; margin: 2.5rem 0 0.5rem; border-bottom: 1px solid var(--line); }
      h3 { font-size: 1.05rem; margin: 1.5rem 0 0.4rem; }
      h4, h5, h6 { font-size: 1rem; margin: 1.2rem 0 0.3rem; }
      p { margin: 0.4rem 0; }
      .note, footer, small { color: var(--muted); font-size: 0.875rem; }
      small { display: block; font-weight: normal; line-height: 1.35; }
      code, pre { font-family: ui-monospace, "Cascadia Mono", Menlo, Consolas, monospace; }
      code { font-size: 0.9em; }
      pre { background: var(--panel); padding: 0.8rem; overflow: auto; font-size: 0.875rem; }
      .states { list-style: none; padding: 0; margin: 1rem 0; display: flex; flex-wrap: wrap; gap: 0.5rem; }
      .states li { border: 1px solid; border-radius: 1rem; padding: 0.1rem 0.8rem; font-weight: 600; }
      .good { color: var(--good); }
      .warn { color: var(--warn); }
      .bad { color: var(--bad); }
      .figures { display: flex; flex-wrap: wrap; gap: 0.6rem; margin: 1rem 0; }
      .figures div { background: var(--panel); border-radius: 0.5rem; padding: 0.6rem; flex: 1 1 7.4rem; }
      dt { color: var(--muted); font-size: 0.875rem; }
      dd { margin: 0; font-size: 1.1rem; font-weight: 600; font-variant-numeric: tabular-nums; white-space: nowrap; }
      .equation { margin-top: 1.2rem; font-variant-numeric: tabular-nums; }
      .examples { padding-left: 1.6rem; }
      .examples li { margin: 0.5rem 0; }
      .wide { overflow-x: auto; }
      table { border-collapse: collapse; width: 100%; margin: 0.5rem 0; }
      th, td {
        text-align: left; vertical-align: top; padding: 0.35rem 0.8rem 0.35rem 0;
        border-bottom: 1px solid var(--line);
      }
      tr *:last-child { padding-right: 0; }
      thead th { color: var(--muted); font-size: 0.875rem; font-weight: 600; }
      tbody th { font-weight: 600; }
      tfoot th, tfoot td { font-weight: 700; border-bottom: 0; }
      .number { text-align: right; font-variant-numeric: tabular-nums; overflow-wrap: normal; white-space: nowrap; }
      td.number small { white-space: normal; }
      .bill th { overflow-wrap: break-word; }
      .bill td { width: 33%; }
      .facts th { width: 45%; font-weight: normal; color: var(--muted); }
      .facts td.number { text-align: left; }
      .share { width: 13rem; white-space: nowrap; }
      .share span { color: var(--muted); font-size: 0.875rem; }
      .share svg { margin-right: 0.6rem; vertical-align: middle; }
      .wide td, .wide th { overflow-wrap: normal; }
      .wide .long { overflow-wrap: anywhere; }
      .wide td:has(.long) { min-width: 12rem; }
      .bar .track { fill: var(--line); }
      .bar .fill { fill: var(--used); }
      .bar .warn { fill: var(--warn); }
      .key-of-item { font-family: ui-monospace, "Cascadia Mono", Menlo, Consolas, monospace; font-size: 0.9em; }
      figure { margin: 0.8rem 0; }
      figcaption { display: flex; flex-wrap: wrap; gap: 0.2rem 1.5rem; }
      .legend { display: flex; gap: 1.2rem; }
      .key::before { content: ""; display: inline-block; width: 1.4em; margin-right: 0.4em; vertical-align: middle; }
      .key.used::before { height: 0.8em; background: var(--used); }
      .key.allowed::before { border-top: 3px dashed var(--allowed); }
      .key.above::before { content: "\\2191"; width: auto; color: var(--allowed); font-weight: 700; }
      .plot { display: grid; grid-template-columns: 56px minmax(0, 1fr); margin-top: 0.5rem; }
      .plot text { fill: var(--muted); font-size: 12px; font-variant-numeric: tabular-nums; }
      .plot .over-time { overflow: visible; }
      .plot .grid { stroke: var(--line); }
      .plot .used { fill: var(--used); }
      .plot .allowed { stroke: var(--allowed); stroke-width: 2.5px; stroke-dasharray: 7 4; }
      .plot .hint { pointer-events: all; }
      .plot .hint:hover { fill: var(--text); fill-opacity: 0.15; }
      summary { cursor: pointer; padding: 0.4rem 0; }
      :focus-visible { outline: 2px solid var(--used); outline-offset: 2px; }
      @media (max-width: 30rem) {
        h1 { font-size: 1.4rem; }
        .share { width: 6rem; }
        .share span { display: block; }
        th, td { padding-right: 0.5rem; }
        .bars th { min-width: 0; }
      }
      @media print { .wide { overflow: visible; } .figures div { border: 1px solid var(--line); } }
      """;

  private Style() {}
}
