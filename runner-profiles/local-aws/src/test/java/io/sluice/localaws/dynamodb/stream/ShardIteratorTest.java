/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.stream;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.sluice.localaws.dynamodb.value.DynamoDbException;
import org.junit.jupiter.api.Test;

class ShardIteratorTest {

  private static final String ARN =
      "arn:aws:dynamodb:eu-west-1:000000000000:table/t/stream/2023-11-14T22:13:20.000";

  private final ShardIterator iterator =
      new ShardIterator(ARN, "shardId-00000001700000000000-0123abcd", 7, 1_700_000_000_000L);

  @Test
  void comesBackAsItWas() {
    assertThat(iterator.text(), startsWith(ARN + "|1|"));
    assertThat(ShardIterator.parse(iterator.text()), is(iterator));
  }

  @Test
  void isReadOnlyAsItWasMade() {
    String text = iterator.text();
    String changed =
        text.substring(0, text.length() - 8) + "AAAA" + text.substring(text.length() - 4);
    for (String other :
        new String[] {"x", ARN, ARN + "|1|", ARN + "|1|?", ARN + "|1|eA==", changed}) {
      DynamoDbException failure =
          assertThrows(DynamoDbException.class, () -> ShardIterator.parse(other), other);
      assertThat(failure.type(), is("ValidationException"));
      assertThat(failure.getMessage(), is("Invalid ShardIterator"));
    }
  }
}
