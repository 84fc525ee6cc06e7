/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.storage;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.is;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.util.List;
import org.junit.jupiter.api.Test;

class S3RequestsTest extends S3Folder {

  @Test
  void requestsAreCountedByWhatAwsAsksForThem() throws IOException {
    S3Requests before = S3Requests.ofJvm();
    write("small", bytes(10));
    assertThat(S3Requests.ofJvm().since(before), is(new S3Requests(1, 0)));
    // Begun, three parts, completed.
    write("large", bytes(2 * PART + 1));
    assertThat(S3Requests.ofJvm().since(before), is(new S3Requests(6, 0)));
    assertThat(match("*"), contains("large", "small"));
    assertThat(S3Requests.ofJvm().since(before), is(new S3Requests(7, 0)));
    try (InputStream in = Channels.newInputStream(s3.open(place("small")))) {
      assertThat(in.readAllBytes().length, is(10));
    }
    assertThat(S3Requests.ofJvm().since(before), is(new S3Requests(7, 1)));
    s3.delete(List.of(place("small"), place("large")));
    assertThat("that is free", S3Requests.ofJvm().since(before), is(new S3Requests(7, 1)));
  }
}
