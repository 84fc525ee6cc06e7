/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.night;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;

import io.sluice.pipelines.night.file.Hook;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Hooks that do not do what is expected of them. */
@Timeout(60)
class HookCallTest {
  /** More than a pipe takes. */
  private static final byte[] LARGE = "x".repeat(1 << 20).getBytes(UTF_8);

  @TempDir Path folder;

  private static Hook command(String script) {
    return new Hook("onFailure", List.of("sh", "-c", script), null);
  }

  @Test
  void aCommandThatNeitherReadsNorEndsIsKilled() throws InterruptedException {
    assertThat(
        HookCall.of(command("exec sleep 600"), LARGE, 1),
        is(List.of("onFailure, sh: it does not end within 1 s")));
  }

  @Test
  void aCommandMayEndWithoutReadingAndMayReadAll() throws Exception {
    assertThat(HookCall.of(command("exit 0"), LARGE), is(empty()));
    Path got = folder.resolve("got");
    assertThat(HookCall.of(command("cat > " + got), LARGE), is(empty()));
    assertThat(Files.size(got), is((long) LARGE.length));
  }

  /** Whoever has the address of a channel may post there. */
  @Test
  void onlyTheHostOfAnAddressIsRepeated() throws IOException, InterruptedException {
    int port;
    try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = closed.getLocalPort();
    }
    URI secret =
        URI.create("http://u:pass@localhost:" + port + "/services/T0/B0/secret?key=secret");
    List<String> problems = HookCall.of(new Hook("onFailure", List.of(), secret), LARGE);
    assertThat(problems.size(), is(1));
    assertThat(
        problems.get(0),
        allOf(
            startsWith("onFailure, localhost: "),
            not(containsString("secret")),
            not(containsString("pass"))));
  }
}
