/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.report.page;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.function.Consumer;

/**
 * What pages have in common: one HTML file, light or dark as the browser likes, which loads
 * nothing, runs no script, and forbids both to the browser.
 *
 * @param title of the page
 * @param css rules beside those that all pages have; may be empty
 * @param reloadSeconds after how many seconds the browser reads the page anew; 0 for never
 */
public record PageFrame(String title, String css, int reloadSeconds) {
  public PageFrame {
    if (reloadSeconds < 0) {
      throw new IllegalArgumentException(
          "reloadSeconds=" + reloadSeconds + " must be seconds, 0 or more");
    }
  }

  /**
   * Writes a page.
   *
   * @param content writes what is on it
   */
  public String of(Consumer<Html> content) {
    Html html = new Html();
    html.open("html", "lang", "en");
    head(html);
    html.open("body").open("main");
    content.accept(html);
    html.close("main").open("footer");
    html.add("p", "Written by Sluice. This page loads nothing and runs no script.");
    html.close("footer").close("body").close("html");
    return "<!DOCTYPE html>\n" + html.end();
  }

  private void head(Html html) {
    String style = Style.CSS + css;
    html.open("head").empty("meta", "charset", "utf-8");
    html.empty(
        "meta",
        "http-equiv",
        "Content-Security-Policy",
        "content",
        "default-src 'none'; style-src 'sha256-"
            + sha256(style)
            + "'; base-uri 'none'; form-action 'none'");
    if (reloadSeconds > 0) {
      html.empty("meta", "http-equiv", "refresh", "content", String.valueOf(reloadSeconds));
    }
    html.empty("meta", "name", "viewport", "content", "width=device-width, initial-scale=1");
    html.empty("meta", "name", "color-scheme", "content", "light dark");
    html.add("title", title + " \u00b7 Sluice").style(style).close("head");
  }

  private static String sha256(String text) {
    try {
      return Base64.getEncoder()
          .encodeToString(
              MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
