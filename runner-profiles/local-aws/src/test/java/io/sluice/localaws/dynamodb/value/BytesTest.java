/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.value;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.sameInstance;

import org.junit.jupiter.api.Test;

class BytesTest {

  @Test
  void keepsItsBytesWhateverBecomesOfTheArrays() {
    byte[] given = {1, 2};
    Bytes bytes = Bytes.of(given);
    given[0] = 9;
    bytes.toArray()[1] = 9;

    assertThat(bytes, is(Bytes.of((byte) 1, (byte) 2)));
    assertThat(bytes.hashCode(), is(Bytes.of((byte) 1, (byte) 2).hashCode()));
    assertThat(bytes.size(), is(2));
    assertThat(bytes.at(1), is((byte) 2));
  }

  @Test
  void ordersBytesAsUnsigned() {
    Bytes low = Bytes.of((byte) 0x7f);
    Bytes high = Bytes.of((byte) 0x80);

    assertThat(high.compareTo(low), greaterThan(0));
    assertThat(low.compareTo(high), lessThan(0));
    assertThat(low.compareTo(Bytes.of((byte) 0x7f)), is(0));
  }

  @Test
  void ordersAPrefixBeforeWhatItBegins() {
    Bytes one = Bytes.of((byte) 5);
    Bytes two = Bytes.of((byte) 5, (byte) 0);

    assertThat(Bytes.of().compareTo(one), lessThan(0));
    assertThat(one.compareTo(two), lessThan(0));
    assertThat(one, not(two));
  }

  @Test
  void findsAPrefix() {
    Bytes bytes = Bytes.of((byte) 1, (byte) 2, (byte) 3);

    assertThat(bytes.startsWith(Bytes.of()), is(true));
    assertThat(bytes.startsWith(Bytes.of((byte) 1, (byte) 2)), is(true));
    assertThat(bytes.startsWith(bytes), is(true));
    assertThat(bytes.startsWith(Bytes.of((byte) 2)), is(false));
    assertThat(Bytes.of((byte) 1).startsWith(bytes), is(false));
  }

  @Test
  void findsAPart() {
    Bytes bytes = Bytes.of((byte) 1, (byte) 1, (byte) 2, (byte) 3);

    assertThat(bytes.contains(Bytes.of()), is(true));
    assertThat(bytes.contains(Bytes.of((byte) 1, (byte) 2)), is(true));
    assertThat(bytes.contains(Bytes.of((byte) 2, (byte) 3)), is(true));
    assertThat(bytes.contains(Bytes.of((byte) 3, (byte) 1)), is(false));
    assertThat(Bytes.of((byte) 1).contains(bytes), is(false));
  }

  @Test
  void printsItselfInBase64() {
    assertThat(Bytes.of((byte) 'b').toString(), is("Yg=="));
    assertThat(Bytes.of((byte) 0xff, (byte) 0xfe, (byte) 0xfd).toString(), is("//79"));
    assertThat(Bytes.of().toString(), is(""));
  }

  @Test
  void hasOneInstanceWithoutBytes() {
    assertThat(Bytes.of(new byte[0]), sameInstance(Bytes.wrap(new byte[0])));
  }
}
