/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.night.page;

/** The rules of the page beside those of all pages. */
final class NightStyle {

  static final String CSS =
      """
      .run { color: var(--used); }
      .wait, .held { color: var(--muted); }
      header .bar { display: block; border-radius: 5px; }
      .lanes {
        display: grid; grid-template-columns: minmax(3rem, max-content) minmax(0, 1fr);
        gap: 0.4rem 0.8rem; align-items: center;
      }
      .lane-of { max-width: 12rem; font-weight: 600; }
      .lanes svg { display: block; overflow: visible; }
      .lanes text { fill: var(--muted); font-size: 12px; font-variant-numeric: tabular-nums; }
      .lanes .grid { stroke: var(--line); }
      .lanes .track { fill: var(--panel); }
      .legend { flex-wrap: wrap; }
      .key-of { color: var(--muted); }
      .key-of::before {
        content: ""; display: inline-block; width: 1em; height: 0.8em; margin-right: 0.4em;
      }
      .key-of.good::before { background: var(--good); }
      .key-of.run::before { background: var(--used); }
      .key-of.bad::before { background: var(--bad); }
      .key-of.warn::before { background: var(--warn); }
      .bar-of { stroke: var(--page); stroke-width: 1px; fill: var(--muted); }
      .bar-of.good { fill: var(--good); }
      .bar-of.run { fill: var(--used); }
      .bar-of.bad { fill: var(--bad); }
      .bar-of.warn { fill: var(--warn); }
      .steps { list-style: none; padding: 0; margin: 0.5rem 0; display: flex; flex-wrap: wrap; gap: 0.6rem; }
      .step {
        flex: 1 1 13rem; max-width: 100%; background: var(--panel); border-radius: 0.5rem;
        border-left: 4px solid; padding: 0.5rem 0.8rem;
      }
      .step > * { color: var(--text); }
      .step .note, .step summary { color: var(--muted); font-size: 0.875rem; }
      .step p { margin: 0.1rem 0; }
      .step .sign { display: inline-block; width: 1.4em; }
      .step.good .sign { color: var(--good); }
      .step.bad .sign { color: var(--bad); }
      .step.warn .sign { color: var(--warn); }
      .step.run .sign { color: var(--used); }
      .step .warn { color: var(--warn); }
      .step .counted { font-weight: 600; font-variant-numeric: tabular-nums; }
      .step .bar { display: block; margin: 0.3rem 0; }
      .options { margin: 0; padding-left: 1.1rem; }
      a { color: var(--used); }
      dd { white-space: normal; }
      @media (max-width: 30rem) {
        .lanes { grid-template-columns: minmax(0, 1fr); gap: 0.2rem; }
        .lane-of { max-width: 100%; }
        .lanes > div:empty { display: none; }
      }
      """;

  private NightStyle() {}
}
