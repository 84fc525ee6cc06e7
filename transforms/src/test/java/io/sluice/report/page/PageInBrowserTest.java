/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.report.page;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.closeTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The page as a browser shows it: on a telephone and on a screen, light and dark. Where there is no
 * Chromium it is not run. The pictures stay in {@code target/report-page}, to be looked at.
 */
@Timeout(300)
class PageInBrowserTest {
  private static final int TELEPHONE = 400;

  /** Shows the page in two frames, and writes down what can be measured of each. */
  private static final String MEASURE =
      """
      <!DOCTYPE html><meta charset="utf-8">
      <iframe width="400" height="900" frameborder="0" src="/report.html"></iframe>
      <iframe width="1280" height="900" frameborder="0" src="/report.html"></iframe>
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
        const labels = [...page.querySelectorAll('.over-time text')].map(e => e.getBoundingClientRect());
        const width = page.documentElement.clientWidth;
        const used = page.querySelector('path.used'), line = page.querySelector('path.allowed');
        return {
          width: page.documentElement.scrollWidth,
          body: rgb(style(page.body).backgroundColor),
          tooWide: all.filter(e => !e.closest('.wide, pre') && e.getBoundingClientRect().right > width + 1)
            .map(named),
          faint: texts.filter(e => contrast(color(e), behind(e)) < 4.5).map(named),
          small: texts.filter(e => parseFloat(style(e).fontSize) < 12).map(named),
          texts: texts.length,
          labels: labels.length,
          lower: page.querySelector('.over-time').getBoundingClientRect().top
            - page.querySelector('.numbers').getBoundingClientRect().top,
          cut: [...page.querySelectorAll('dd')].filter(e => e.scrollWidth > e.clientWidth).map(named),
          overlapping: labels.filter((r, i) => i > 0 && labels[i - 1].right + 4 > r.left).length,
          chart: used.getBoundingClientRect().width,
          chartHeight: used.getBoundingClientRect().height,
          area: contrast(rgb(style(used).fill), behind(used.closest('div'))),
          line: contrast(rgb(style(line).stroke), behind(line.closest('div'))),
          scripts: page.querySelectorAll('script, img').length
        };
      }
      onload = () => document.getElementById('result').textContent =
        JSON.stringify([...document.querySelectorAll('iframe')].map(measure));
      </script>
      """;

  private static final Pattern RESULT = Pattern.compile("<pre id=\"result\">(\\[.*?])</pre>");

  @TempDir Path folder;

  private final Set<String> requests = new ConcurrentSkipListSet<>();
  private HttpServer server;
  private Chromium chromium;

  @BeforeEach
  void serve() throws IOException {
    Optional<Path> program = Chromium.find();
    assumeTrue(
        program.isPresent(),
        "no Chromium: install chromium or google-chrome, or name one by -Dsluice.chromium=FILE");
    chromium = new Chromium(program.orElseThrow(), folder);
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    Map<String, String> pages =
        Map.of("/", MEASURE, "/report.html", SampleReport.page(SampleReport.of(170)));
    server.createContext(
        "/",
        exchange -> {
          String path = exchange.getRequestURI().toString();
          requests.add(path);
          byte[] body = pages.getOrDefault(path, "").getBytes(StandardCharsets.UTF_8);
          exchange.getResponseHeaders().add("Content-Type", "text/html");
          exchange.sendResponseHeaders(pages.containsKey(path) ? 200 : 404, 0);
          try (OutputStream out = exchange.getResponseBody()) {
            out.write(body);
          }
        });
    server.start();
  }

  @AfterEach
  void stop() {
    if (server != null) {
      server.stop(0);
    }
  }

  private String url(String path) {
    return "http://127.0.0.1:" + server.getAddress().getPort() + path;
  }

  @ParameterizedTest
  @EnumSource(Chromium.Scheme.class)
  void isReadable(Chromium.Scheme scheme) throws Exception {
    String dom = chromium.dom(url("/"), scheme);
    Matcher result = RESULT.matcher(dom);
    assertThat(dom, result.find(), is(true));
    JsonNode frames = new ObjectMapper().readTree(result.group(1));
    int[] widths = {TELEPHONE, 1280};
    for (int i = 0; i < widths.length; i++) {
      JsonNode frame = frames.get(i);
      String all = scheme + ", " + widths[i] + ": " + frame;
      assertThat(all, frame.get("width").asInt(), is(widths[i]));
      for (String faults : List.of("tooWide", "cut", "faint", "small")) {
        assertThat(faults, frame.get(faults).toString(), is("[]"));
      }
      assertThat(all, frame.get("texts").asInt(), is(greaterThan(500)));
      assertThat(all, frame.get("labels").asInt(), is(greaterThanOrEqualTo(3)));
      assertThat(all, frame.get("lower").asDouble(), is(0.0));
      assertThat(all, frame.get("overlapping").asInt(), is(0));
      assertThat(
          all, frame.get("chart").asDouble(), is(greaterThan(0.7 * Math.min(900, widths[i]))));
      assertThat(all, frame.get("chartHeight").asDouble(), is(closeTo(131, 3)));
      assertThat(all, frame.get("area").asDouble(), is(greaterThan(3.0)));
      assertThat(all, frame.get("line").asDouble(), is(greaterThan(3.0)));
      assertThat(all, frame.get("scripts").asInt(), is(0));
      boolean isDark = frame.get("body").get(0).asInt(255) < 64;
      assertThat(all, isDark, is(scheme == Chromium.Scheme.DARK));
    }
    requests.remove("/favicon.ico");
    assertThat(requests, is(Set.of("/", "/report.html")));
  }

  @ParameterizedTest
  @CsvSource({"LIGHT,400", "DARK,400", "LIGHT,1280", "DARK,1280"})
  void isAPicture(Chromium.Scheme scheme, int width) throws Exception {
    Path pictures = Path.of(System.getProperty("sluice.root"), "transforms/target/report-page");
    Path png =
        Files.createDirectories(pictures)
            .resolve((scheme + "-" + width).toLowerCase(Locale.ROOT) + ".png");
    Files.deleteIfExists(png);
    chromium.picture(url("/report.html"), scheme, width, 3000, png);
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
      assertThat(mean, is(lessThan(80.0)));
    } else {
      assertThat(mean, is(greaterThan(200.0)));
    }
  }

  @Test
  void aBrowserReadsNamesAsTexts() throws Exception {
    String dom = chromium.dom(url("/report.html"), Chromium.Scheme.LIGHT);
    assertThat(
        dom.contains("<h1>Import trips&lt;script&gt;alert(1)&lt;/script&gt;</h1>"), is(true));
    assertThat(dom.contains("<script"), is(false));
  }
}
