/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.cluster;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HomeTest {
  private final Home home = Home.make("test");

  @AfterEach
  void delete() {
    home.delete();
  }

  @Test
  void aScriptHandsOnEveryWordAsItIs() throws Exception {
    Path script =
        home.writeScript(
            "bin/script",
            Map.of("SAID", "it's $HOME"),
            List.of("sh", "-c", "printf '%s|' \"$SAID\" \"$@\"", "sh", "a b", "*"));
    Process process = new ProcessBuilder(script.toString(), "c d", "\"e'").start();
    String output = new String(process.getInputStream().readAllBytes());
    assertThat(output, is("it's $HOME|a b|*|c d|\"e'|"));
    assertThat(process.waitFor(), is(0));
  }

  @Test
  void itIsDeletedWithWhatIsLinked() throws Exception {
    Path jar = Files.createTempFile("some", ".jar");
    home.link(List.of(jar), "jars");
    home.link(List.of(jar), "jars");
    assertThat(Files.exists(home.at("jars").resolve(jar.getFileName())), is(true));
    home.delete();
    assertThat(Files.exists(home.folder()), is(false));
    assertThat(Files.exists(jar), is(true));
    Files.delete(jar);
  }

  @Test
  void settingsAreLines() throws Exception {
    home.writeSettings("conf/some.conf", ": ", Map.of("a.b", "1"));
    assertThat(Files.readString(home.at("conf/some.conf")), is("a.b: 1\n"));
  }

  @Test
  void theVersionOfAnEngineIsInTheNameOfAJar() {
    ClassPath path = new ClassPath(List.of(Path.of("/r/flink-core-1.0.jar"), Path.of("/r/x.jar")));
    assertThat(path.versionOf("flink-core"), is("1.0"));
  }
}
