/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.change.apply;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.sluice.change.record.Change;
import io.sluice.item.InvalidItemException;
import io.sluice.item.ItemKey;
import io.sluice.item.KeyAttribute;
import io.sluice.item.KeySchema;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

class ChangeBlockTest {

  @Test
  void aBlockOfAnotherLengthIsDamaged() throws InvalidItemException {
    KeySchema schema = KeySchema.of(KeyAttribute.parse("id:S"));
    ItemKey key = ItemKey.of(Map.of("id", AttributeValue.fromS("a")), schema);
    ChangeBlock.Draft draft = new ChangeBlock.Draft();
    draft.add(new LatestChange(Change.of(key, BigInteger.ONE, 1, null), 3, true));
    ChangeBlock block = draft.compress();
    List<LatestChange> read = new ArrayList<>();
    block.forEach(read::add);
    assertThat(read.size(), is(1));
    assertThat(read.get(0).count(), is(3L));
    for (int more : new int[] {-1, 1}) {
      ChangeBlock other = new ChangeBlock(block.bytes() + more, block.compressed());
      assertThrows(IllegalArgumentException.class, () -> other.forEach(read::add));
    }
  }
}
