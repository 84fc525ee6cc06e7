/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.service;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import java.io.ByteArrayOutputStream;
import java.util.Random;
import org.junit.jupiter.api.Test;

class AnswerBytesTest {

  @Test
  void keepsWhatIsWritten() {
    for (long seed = 0; seed < 50; seed++) {
      Random random = new Random(seed);
      ByteArrayOutputStream expected = new ByteArrayOutputStream();
      AnswerBytes bytes = new AnswerBytes();
      for (int i = random.nextInt(40); i > 0; i--) {
        byte[] part = new byte[random.nextInt(1 << random.nextInt(18))];
        random.nextBytes(part);
        int from = random.nextInt(part.length + 1);
        expected.write(part, from, part.length - from);
        bytes.write(part, from, part.length - from);
        expected.write(i);
        bytes.write(i);
      }
      assertThat("seed " + seed, bytes.toByteArray(), is(expected.toByteArray()));
    }
  }

  @Test
  void startsAgain() {
    AnswerBytes bytes = new AnswerBytes();
    bytes.write(new byte[100_000], 0, 100_000);
    bytes.reset();
    bytes.write(7);
    assertThat(bytes.toByteArray(), is(new byte[] {7}));
  }
}
