/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.storage;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;

import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.io.fs.MatchResult;
import org.junit.jupiter.api.Test;

class S3ListingTest extends S3Folder {

  @Test
  void globs() throws IOException {
    for (String name :
        List.of(
            "a1.csv",
            "a2.csv",
            "a!.csv",
            "x/b.csv",
            "x/y/c.csv",
            "n\nl.csv",
            "x/n\nl.csv",
            "k[1],2.csv")) {
      put(name, name);
    }
    assertThat(match("a[!1].csv"), contains("a!.csv", "a2.csv"));
    assertThat(match("a?.csv"), contains("a!.csv", "a1.csv", "a2.csv"));
    assertThat(match("*/*.csv"), contains("x/b.csv", "x/n\nl.csv"));
    assertThat(match("x/**"), contains("x/b.csv", "x/n\nl.csv", "x/y/c.csv"));
    assertThat(match("n*"), contains("n\nl.csv"));
    assertThat(match("k\\[1],2.csv"), contains("k[1],2.csv"));
    assertThat(match("*/"), contains("x/"));
    assertThat(match("x/"), contains("x/"));
    assertThat(match("nothing*"), is(List.of()));
    assertThat(s3.match(List.of(url("nothing"))).get(0).status(), is(MatchResult.Status.NOT_FOUND));
  }

  @Test
  void marksOfFoldersAreNoFiles() throws IOException {
    put("", "");
    put("x/", "");
    put("x/a.csv", "a");
    assertThat(match("**"), contains("x/a.csv"));
    assertThat(match("*"), is(List.of()));
  }

  @Test
  void listingSendsNoRequestForEachObject() throws IOException {
    for (int i = 0; i < 30; i++) {
      put("f%02d.csv".formatted(i), "x".repeat(i));
      put("deep/f%02d.csv".formatted(i), "");
    }
    proxy.takeRequests();
    List<MatchResult.Metadata> found = s3.match(List.of(url("*.csv"))).get(0).metadata();
    assertThat(found, hasSize(30));
    assertThat(found.get(7).sizeBytes(), is(7L));
    assertThat(found.get(7).lastModifiedMillis() > 0, is(true));
    assertThat(found.get(7).isReadSeekEfficient(), is(true));
    List<String> requests = proxy.takeRequests();
    assertThat(requests, contains(startsWith("GET /")));
    assertThat("below it is not listed", requests.get(0), containsString("delimiter=%2F"));
    for (MatchResult.Metadata file : found) {
      try (SeekableByteChannel channel = open(file)) {
        assertThat(channel.size(), is(file.sizeBytes()));
      }
    }
    assertThat("the length is known", proxy.takeRequests(), is(List.of()));
  }

  @Test
  void anObjectThatIsReplacedByOneOfItsLengthHasAnotherTag() throws IOException {
    List<String> tags = new ArrayList<>();
    for (String contents : List.of("a", "b")) {
      write("tagged", contents.getBytes(UTF_8));
      for (String glob : List.of("tagged", "tag*")) {
        tags.add(s3.match(List.of(url(glob))).get(0).metadata().get(0).checksum());
      }
    }
    assertThat(tags.get(0), is(tags.get(1)));
    assertThat(tags.get(2), is(tags.get(3)));
    assertThat(tags.get(0), is(not(tags.get(2))));
  }
}
