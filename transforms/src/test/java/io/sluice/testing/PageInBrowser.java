/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.testing;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;

/**
 * A page as a browser shows it: on a telephone and on a screen, light and dark. Where there is no
 * Chromium the test is not run.
 */
public final class PageInBrowser implements AutoCloseable {
  /** The widths of a telephone and of a screen, in pixels. */
  public static final List<Integer> WIDTHS = List.of(400, 1280);

  /** Shows the page in two frames, and writes down what can be measured of each. */
  private static final String MEASURE =
      """
      <!DOCTYPE html><meta charset="utf-8">
      <iframe width="400" height="900" frameborder="0" src="/page.html"></iframe>
      <iframe width="1280" height="900" frameborder="0" src="/page.html"></iframe>
      <pre id="result"></pre>
      <script>
      const rgb = text => (text.match(/[\\d.]+/g) || []).map(Number);
      const light = c => { const [r, g, b] = c.map(v => v / 255)
        .map(v => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
        return 0.2126 * r + 0.7152 * g + 0.0722 * b; };
      const contrast = (a, b) => { const [x, y] = [light(a), light(b)];
        return (Math.max(x, y) + 0.05) / (Math.min(x, y) + 0.05); };
      function measure(frame) {
        const page = frame.contentDocument, view = frame.contentWindow;
        const style = e => view.getComputedStyle(e);
        const behind = e => { for (; e; e = e.parentElement) {
          const c = rgb(style(e).backgroundColor); if (c.length == 3) return c; } return [0, 255, 0]; };
        page.querySelectorAll('details').forEach(d => d.open = true);
        const all = [...page.body.querySelectorAll('*')];
        const texts = all.filter(e => [...e.childNodes].some(n => n.nodeType == 3 && n.data.trim())
          && e.tagName != 'title' && e.getClientRects().length);
        const color = e => rgb(e.namespaceURI.endsWith('svg') ? style(e).fill : style(e).color);
        const named = e => e.tagName + ': ' + e.textContent.slice(0, 30).replace(/[<>&]/g, '?');
        const width = page.documentElement.clientWidth;
        return {
          width: page.documentElement.scrollWidth,
          body: rgb(style(page.body).backgroundColor),
          tooWide: all.filter(e => !e.closest('.wide, pre') && e.getBoundingClientRect().right > width + 1)
            .map(named),
          faint: texts.filter(e => contrast(color(e), behind(e)) < 4.5).map(named),
          small: texts.filter(e => parseFloat(style(e).fontSize) < 12).map(named),
          texts: texts.length,
          cut: [...page.querySelectorAll('dd')].filter(e => e.scrollWidth > e.clientWidth).map(named),
          scripts: page.querySelectorAll('script, img').length,
          more: (MORE)(page, {rgb, contrast, behind, style})
        };
      }
      onload = () => document.getElementById('result').textContent =
        JSON.stringify([...document.querySelectorAll('iframe')].map(measure));
      </script>
      """;

  private static final Pattern RESULT = Pattern.compile("<pre id=\"result\">(\\[.*?])</pre>");
  private static final int BRIGHT = 200;
  private static final int DARK = 80;

  private final Set<String> requests = new ConcurrentSkipListSet<>();
  private final HttpServer server;
  private final Chromium chromium;

  private PageInBrowser(HttpServer server, Chromium chromium) {
    this.server = server;
    this.chromium = chromium;
  }

  /**
   * Serves a page.
   *
   * @param folder an empty folder for what the browser keeps
   * @param more an expression of JavaScript: a function of the page and of helpers, whose result is
   *     measured as well
   */
  public static PageInBrowser of(String html, Path folder, String more) throws IOException {
    Optional<Path> program = Chromium.find();
    assumeTrue(
        program.isPresent(),
        "no Chromium: install chromium or google-chrome, or name one by -Dsluice.chromium=FILE");
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    PageInBrowser shown = new PageInBrowser(server, new Chromium(program.orElseThrow(), folder));
    Map<String, String> pages = Map.of("/", MEASURE.replace("MORE", more), "/page.html", html);
    server.createContext(
        "/",
        exchange -> {
          String path = exchange.getRequestURI().toString();
          shown.requests.add(path);
          byte[] body = pages.getOrDefault(path, "").getBytes(StandardCharsets.UTF_8);
          exchange.getResponseHeaders().add("Content-Type", "text/html");
          exchange.sendResponseHeaders(pages.containsKey(path) ? 200 : 404, 0);
          try (OutputStream out = exchange.getResponseBody()) {
            out.write(body);
          }
        });
    server.start();
    return shown;
  }

  private String url(String path) {
    return "http://127.0.0.1:" + server.getAddress().getPort() + path;
  }

  /** Returns the page as the browser understands it, as HTML. */
  public String dom() throws IOException, InterruptedException {
    return chromium.dom(url("/page.html"), Chromium.Scheme.LIGHT);
  }

  /**
   * Measures the page in each of {@link #WIDTHS}, and checks that it can be read and loads nothing.
   *
   * @param texts which the page has at least
   */
  public List<JsonNode> measure(Chromium.Scheme scheme, int texts)
      throws IOException, InterruptedException {
    String dom = chromium.dom(url("/"), scheme);
    Matcher result = RESULT.matcher(dom);
    assertThat(dom, result.find(), is(true));
    List<JsonNode> frames = new ArrayList<>();
    new ObjectMapper().readTree(result.group(1)).forEach(frames::add);
    for (int i = 0; i < WIDTHS.size(); i++) {
      JsonNode frame = frames.get(i);
      String all = scheme + ", " + WIDTHS.get(i) + ": " + frame;
      assertThat(all, frame.get("width").asInt(), is(WIDTHS.get(i)));
      for (String faults : List.of("tooWide", "cut", "faint", "small")) {
        assertThat(faults, frame.get(faults).toString(), is("[]"));
      }
      assertThat(all, frame.get("texts").asInt(), is(greaterThan(texts)));
      assertThat(all, frame.get("scripts").asInt(), is(0));
      boolean isDark = frame.get("body").get(0).asInt(255) < 64;
      assertThat(all, isDark, is(scheme == Chromium.Scheme.DARK));
    }
    requests.remove("/favicon.ico");
    assertThat(requests, is(Set.of("/", "/page.html")));
    return frames;
  }

  /** Takes a picture, and checks that it has colours, and is light or dark. */
  public void picture(Chromium.Scheme scheme, int width, int height, Path folder)
      throws IOException, InterruptedException {
    Path png =
        Files.createDirectories(folder)
            .resolve((scheme + "-" + width).toLowerCase(Locale.ROOT) + ".png");
    Files.deleteIfExists(png);
    chromium.picture(url("/page.html"), scheme, width, height, png);
    BufferedImage picture = ImageIO.read(png.toFile());
    assertThat(picture.getWidth(), is(width));
    Set<Integer> colours = new HashSet<>();
    long brightness = 0;
    for (int x = 0; x < width; x++) {
      for (int y = 0; y < picture.getHeight(); y++) {
        int rgb = picture.getRGB(x, y);
        colours.add(rgb);
        brightness += (rgb >> 8) & 0xff;
      }
    }
    double mean = (double) brightness / width / picture.getHeight();
    assertThat(colours.size(), is(greaterThan(100)));
    if (scheme == Chromium.Scheme.DARK) {
      assertThat(mean, is(lessThan((double) DARK)));
    } else {
      assertThat(mean, is(greaterThan((double) BRIGHT)));
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
